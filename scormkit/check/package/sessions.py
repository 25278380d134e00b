"""C5R rules: what an AU sends, in its order (cmi5 8 to 11). A Session's statements and requests in, problems out.

Statements count in the order in which they were sent. Those of the LMS itself are passed over.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from scormkit.check.package import sessionrules as rules
from scormkit.standards import xapi

if TYPE_CHECKING:
    from scormkit.model.problem import Problem
    from scormkit.model.source import Span

FINAL = ("completed", "passed", "failed")


def as_object(value: Any) -> dict[str, Any]:
    """A JSON object; an empty one where the value is something else."""
    return value if isinstance(value, dict) else {}


@dataclass(frozen=True)
class Sent:
    """A statement (parsed JSON) and where it stands."""

    statement: dict[str, Any]
    span: Span

    @property
    def verb(self) -> str:
        verb = self.statement.get("verb")
        return str(verb.get("id", "")) if isinstance(verb, dict) else ""

    @property
    def name(self) -> str:
        """The last part of one of cmi5's own verbs, else nothing."""
        return self.verb.rpartition("/")[2] if self.verb in xapi.AU_VERBS else ""

    def part(self, *names: str) -> Any:
        """A value inside the statement, or None."""
        here: Any = self.statement
        for name in names:
            here = here.get(name) if isinstance(here, dict) else None
        return here

    @property
    def categories(self) -> set[str]:
        listed = self.part("context", "contextActivities", "category") or []
        return {
            str(one.get("id")) for one in (listed if isinstance(listed, list) else [listed]) if isinstance(one, dict)
        }

    @property
    def session(self) -> str:
        return str(self.extension(xapi.SESSION) or "")

    def extension(self, iri: str) -> Any:
        """The value of an extension of the context, or None."""
        return as_object(self.part("context", "extensions")).get(iri)


@dataclass(frozen=True)
class Launch:
    """What the launch and LMS.LaunchData gave; None where it is not known."""

    actor: dict[str, Any] | None = None
    activity: str | None = None
    registration: str | None = None
    mode: str = "Normal"
    mastery: float | None = None
    template: dict[str, Any] = field(default_factory=dict)
    return_url: str | None = None


def is_cmi5(sent: list[Sent]) -> bool:
    """Whether statements are of cmi5 at all: by their category or session."""
    return any(one.session or xapi.CMI5_CATEGORY in one.categories for one in sent)


def check(sent: list[Sent], launch: Launch | None) -> Iterator[Problem]:
    """The statements of one registration, in the order in which they were sent."""
    own = [one for one in sent if one.verb not in xapi.LMS_VERBS]
    by_session: dict[str, list[Sent]] = {}
    for one in own:
        by_session.setdefault(one.session, []).append(one)
    for session in by_session.values():
        yield from _order(session)
    yield from _registration(own)
    for one in own:
        for rule in (_identity, _categories, _results, _scores, _times):
            yield from rule(one, launch)


def simple(one: Sent, launch: Launch | None) -> Iterator[Problem]:
    """What holds for statements of xAPI content that is not of cmi5."""
    if one.verb == xapi.VOIDED:
        yield rules.VOIDS.at(one.span)
    if launch and launch.registration and one.part("context", "registration") != launch.registration:
        yield rules.NOT_ECHOED.at(one.span, what="the registration")


def _order(session: list[Sent]) -> Iterator[Problem]:
    names = [one.name for one in session]
    if names[0] != "initialized":
        yield rules.FIRST.at(session[0].span, verb=session[0].verb)
    if "terminated" not in names:
        yield rules.LAST.at(session[-1].span, what="terminated was never sent")
    elif names.index("terminated") < len(names) - 1:
        after = session[names.index("terminated") + 1]
        yield rules.LAST.at(after.span, what="something was sent after terminated")
    counted: Counter[str] = Counter()
    for one in session:
        counted[one.name] += 1
        if one.name and counted[one.name] == 2:
            yield rules.TWICE.at(one.span, verb=one.name)
    if "passed" in names and "failed" in names:
        later = session[max(names.index("passed"), names.index("failed"))]
        yield rules.BOTH.at(later.span, what="passed and failed were sent in one session")


def _registration(sent: list[Sent]) -> Iterator[Problem]:
    """What may happen only once for a learner and a course, in all sessions together."""
    before: dict[str, str] = {}
    for one in sent:
        if one.name in ("completed", "passed"):
            if before.get(one.name, one.session) != one.session:
                yield rules.AGAIN.at(one.span, verb=one.name)
            before.setdefault(one.name, one.session)
        elif one.name == "failed" and before.get("passed", one.session) != one.session:
            yield rules.BOTH.at(one.span, what="failed was sent after passed")


def _identity(one: Sent, launch: Launch | None) -> Iterator[Problem]:
    if not one.statement.get("id"):
        yield rules.NO_ID.at(one.span)
    if one.verb == xapi.VOIDED:
        yield rules.VOIDS.at(one.span)
    if launch is None:
        return
    if one.name and launch.activity and one.part("object", "id") != launch.activity:
        yield rules.OBJECT.at(one.span, found=one.part("object", "id"), wanted=launch.activity)
    if launch.actor is not None and _who(one.statement.get("actor")) != _who(launch.actor):
        yield rules.ACTOR.at(one.span)
    registration = one.part("context", "registration")
    if launch.registration and registration != launch.registration:
        yield rules.CONTEXT.at(one.span, what="the registration")
    for what in _missing(launch.template, one.part("context")):
        yield rules.CONTEXT.at(one.span, what=what)
    if launch.mode != "Normal" and one.name in FINAL:
        yield rules.MODE.at(one.span, verb=one.name, mode=launch.mode)


def _who(actor: Any) -> Any:
    return {k: v for k, v in actor.items() if k not in ("objectType", "name")} if isinstance(actor, dict) else actor


def _missing(template: dict[str, Any], context: Any) -> Iterator[str]:
    """What of the context template is not in the context: extensions and activities (cmi5 10.2.1)."""
    context = as_object(context)
    for key, value in as_object(template.get("extensions")).items():
        if as_object(context.get("extensions")).get(key) != value:
            yield f"the extension {key}"
    for group, listed in as_object(template.get("contextActivities")).items():
        given = as_object(context.get("contextActivities")).get(group) or []
        ids = [one.get("id") for one in given if isinstance(one, dict)] if isinstance(given, list) else []
        for one in listed if isinstance(listed, list) else [listed]:
            if isinstance(one, dict) and one.get("id") not in ids:
                yield f"the {group} activity {one.get('id')}"


def _categories(one: Sent, _launch: Launch | None) -> Iterator[Problem]:
    if one.name and xapi.CMI5_CATEGORY not in one.categories:
        yield rules.CATEGORY.at(one.span, verb=one.name)
    if one.name in FINAL and xapi.MOVEON_CATEGORY not in one.categories:
        yield rules.MOVEON.at(one.span, verb=one.name)


def _results(one: Sent, _launch: Launch | None) -> Iterator[Problem]:
    result = as_object(one.part("result"))
    if one.name in (*FINAL, "terminated") and not result.get("duration"):
        yield rules.DURATION.at(one.span, verb=one.name)
    if not one.name and xapi.CMI5_CATEGORY not in one.categories:
        return  # a statement of the content's own
    success = {"passed": True, "failed": False}.get(one.name)
    if result.get("success") is not success:
        yield rules.RESULT.at(one.span, verb=one.name or one.verb, what=f"success is {_shown(result.get('success'))}")
    completion = True if one.name == "completed" else None
    if result.get("completion") is not completion:
        yield rules.RESULT.at(one.span, verb=one.name, what=f"completion is {_shown(result.get('completion'))}")


def _shown(value: Any) -> str:
    return "missing" if value is None else str(value).lower()


def _scores(one: Sent, launch: Launch | None) -> Iterator[Problem]:
    score = one.part("result", "score")
    if not isinstance(score, dict) or not (one.name or xapi.CMI5_CATEGORY in one.categories):
        return
    if one.name not in ("passed", "failed"):
        yield rules.SCORE.at(one.span, verb=one.name)
    if "raw" in score and not {"min", "max"} <= score.keys():
        yield rules.RAW.at(one.span)
    mastery = launch.mastery if launch else None
    if mastery is None:
        return
    if one.name in ("passed", "failed") and one.extension(xapi.MASTERY) != mastery:
        yield rules.MASTERY.at(one.span, mastery=mastery)
    scaled = score.get("scaled")
    if (
        isinstance(scaled, int | float)
        and (scaled >= mastery) != (one.name == "passed")
        and one.name in ("passed", "failed")
    ):
        yield rules.JUDGED.at(one.span, verb=one.name, scaled=scaled, mastery=mastery)


def _times(one: Sent, _launch: Launch | None) -> Iterator[Problem]:
    timestamp = one.statement.get("timestamp")
    if not isinstance(timestamp, str) or not re.search(r"([Zz]|\+00:?00)$", timestamp):
        yield rules.TIME.at(one.span, what="missing" if timestamp is None else repr(timestamp))


Request = dict[str, Any]


def requests(
    made: list[Request], launch: Launch, at: Callable[[Request | None], Span], is_cmi5: bool
) -> Iterator[Problem]:
    """The requests of one session: `method`, `url`, `headers` (names in lower case), `status`, and whether each is of the
    `fetch` address or of the `lrs`.

    `launch` tells which address ends the session; `at` gives the place of a request, or of the session.
    """
    if not is_cmi5:
        yield from _headers([r for r in made if r.get("lrs")], "", at)
        return
    fetched = [r for r in made if r.get("fetch")]
    posted = [r for r in fetched if r.get("method") == "POST"]
    if len(posted) != 1 or len(fetched) != 1:
        yield rules.FETCH.at(at(fetched[0] if fetched else None), count=len(fetched), posted=len(posted))
    to_lrs = [r for r in made if r.get("lrs")]
    token = next((str(r.get("token", "")) for r in posted), "")
    yield from _headers(to_lrs, token, at)
    first = next(
        (i for i, r in enumerate(made) if _is(r, "/statements") and r.get("method") in ("POST", "PUT")), len(made)
    )
    if not any(_reads(r, "/activities/state", xapi.LAUNCH_DATA) for r in made):
        yield rules.LAUNCH_DATA.at(at(None))
    if not any(_reads(r, "/agents/profile", xapi.PREFERENCES) for r in made[:first]):
        yield rules.PREFERENCES.at(at(None))
    for one in made:
        changes = one.get("method") not in ("GET", "HEAD")
        if changes and _is(one, "/activities/state") and xapi.LAUNCH_DATA in str(one.get("url")):
            yield rules.LAUNCH_DATA_WRITTEN.at(at(one), method=one.get("method"))
    if launch.return_url and not any(str(r.get("url", "")).startswith(launch.return_url) for r in made):
        yield rules.RETURN.at(at(None), url=launch.return_url)
    yield from _after_refusal(made, at)


def _headers(to_lrs: list[Request], token: str, at: Callable[[Request | None], Span]) -> Iterator[Problem]:
    told: set[str] = set()
    for one in to_lrs:
        headers = as_object(one.get("headers"))
        if token and headers.get("authorization") != f"Basic {token}" and "token" not in told:
            told.add("token")
            yield rules.TOKEN.at(at(one))
        if not str(headers.get("x-experience-api-version", "")).startswith("1.0") and "version" not in told:
            told.add("version")
            yield rules.VERSION.at(at(one))


def _after_refusal(made: list[Request], at: Callable[[Request | None], Span]) -> Iterator[Problem]:
    """cmi5 11: an LMS may refuse to store preferences; the AU goes on."""
    for number, one in enumerate(made):
        refused = _is(one, "/agents/profile") and one.get("method") in ("PUT", "POST") and one.get("status") == 403
        if refused and not any(_is(later, "/statements") for later in made[number + 1 :]):
            yield rules.REFUSED.at(at(one))


def _is(request: Request, path: str) -> bool:
    return path in str(request.get("url", "")).split("?")[0]


def _reads(request: Request, path: str, name: str) -> bool:
    return _is(request, path) and request.get("method") == "GET" and name in str(request.get("url", ""))
