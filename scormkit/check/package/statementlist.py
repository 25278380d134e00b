"""A JSON file of statements in, problems out: `scormkit check --statements FILE.json`.

The file holds one statement, a list of them, what an LRS answers (`{"statements": [...]}`), or a recorded session:

    {"launch": {"actor": {...}, "activityId": "...", "registration": "...", "returnURL": "...", "launchMode": "Normal",
                "masteryScore": 0.8, "contextTemplate": {...}, "fetch": "...", "endpoint": "..."},
     "statements": [...],
     "requests": [{"method": "GET", "url": "...", "headers": {...}, "status": 200, "token": "..."}, ...]}

Of the launch and the requests, what is not known may be left out; the rules that need it then say nothing.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scormkit.check.package import sessions, statements
from scormkit.check.package.htmltree import line_starts, place
from scormkit.check.package.sessions import Launch, Sent, as_object
from scormkit.model.problem import Rule, Severity
from scormkit.model.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scormkit.model.problem import Problem

NOT_JSON = Rule(
    "XAP025", Severity.FATAL,
    "the file cannot be read as statements ({reason})",
    "save it as JSON: one statement, or a list of them",
    "Nothing in it could be checked.",
    "RFC 8259",
)  # fmt: skip
TOO_LARGE = Rule(
    "XAP026", Severity.FATAL,
    "the file is larger than {limit} MB",
    "split it",
    "It would need too much memory.",
)  # fmt: skip

BYTES = 64 * 2**20
_BLANK = " \t\r\n"


def check_statements(path: Path) -> tuple[Problem, ...]:
    """Everything that is wrong with the statements in a file, and with their order where they are of cmi5."""
    shown = path.as_posix()
    try:
        with path.open("rb") as file:
            raw = file.read(BYTES + 1)
        if len(raw) > BYTES:
            return (TOO_LARGE.at(Span(shown), limit=BYTES // 2**20),)
        text = raw.decode("utf-8-sig")
        value = json.loads(text, parse_constant=_refuse)
    except OSError as error:
        return (NOT_JSON.at(Span(shown), reason=error.strerror or str(error)),)
    except json.JSONDecodeError as error:
        return (NOT_JSON.at(Span(shown, error.lineno, error.colno), reason=error.msg),)
    except (ValueError, RecursionError) as error:
        return (NOT_JSON.at(Span(shown), reason=str(error)),)
    return tuple(sorted(set(_problems(value, text, shown))))


def _refuse(word: str) -> Any:
    raise ValueError(f"{word} is not JSON")


def _problems(value: Any, text: str, shown: str) -> Iterator[Problem]:
    recorded = value if isinstance(value, dict) and "statements" in value else {}
    listed = recorded.get("statements", value if isinstance(value, list) else [value])
    if not isinstance(listed, list):
        yield NOT_JSON.at(Span(shown), reason="'statements' is not a list")
        return
    spans = _spans(text, shown, len(listed), bool(recorded))
    sent = []
    for one, span in zip(listed, spans, strict=True):
        yield from (f.rule.at(span, **f.values) for f in statements.statement(one))
        if isinstance(one, dict):
            sent.append(Sent(one, span))
    launch = as_launch(recorded["launch"]) if isinstance(recorded.get("launch"), dict) else None
    yield from check_session(sent, launch, Span(shown), recorded)


def check_session(sent: list[Sent], launch: Launch | None, span: Span, recorded: dict[str, Any]) -> Iterator[Problem]:
    """The rules about statements together, and about the requests of a recorded session."""
    by_registration: dict[str, list[Sent]] = {}
    for one in sent:
        by_registration.setdefault(str(one.part("context", "registration")), []).append(one)
    if sessions.is_cmi5(sent):
        for group in by_registration.values():
            yield from sessions.check(group, launch)
    else:
        for one in sent:
            yield from sessions.simple(one, launch)
    made = recorded.get("requests")
    if isinstance(made, list) and launch is not None:
        told = as_object(recorded.get("launch"))
        requests = [_request(one, told) for one in made if isinstance(one, dict)]
        yield from sessions.requests(requests, launch, lambda _request: span, bool(told.get("fetch")))


def _request(one: dict[str, Any], launch: dict[str, Any]) -> dict[str, Any]:
    """A request with what is known of its address: whether it asks for the token, whether it goes to the LRS."""
    url, fetch, endpoint = str(one.get("url", "")), launch.get("fetch"), launch.get("endpoint")
    headers = {str(name).lower(): value for name, value in as_object(one.get("headers")).items()}
    return {
        **one,
        "headers": headers,
        "fetch": bool(fetch) and url == fetch,
        "lrs": isinstance(endpoint, str) and bool(endpoint) and url.startswith(endpoint),
    }


def as_launch(value: dict[str, Any]) -> Launch:
    """What a launch gave, as far as JSON data say it."""

    def text(name: str) -> str | None:
        return value[name] if isinstance(value.get(name), str) else None

    mastery = value.get("masteryScore")
    return Launch(
        actor=value["actor"] if isinstance(value.get("actor"), dict) else None,
        activity=text("activityId"),
        registration=text("registration"),
        mode=text("launchMode") or "Normal",
        mastery=float(mastery) if isinstance(mastery, int | float) and -1 <= mastery <= 1 else None,
        template=as_object(value.get("contextTemplate")),
        return_url=text("returnURL"),
    )


def _spans(text: str, shown: str, count: int, recorded: bool) -> list[Span]:
    """Where each statement begins: found by reading the list once more, value by value."""
    lines, decoder = line_starts(text), json.JSONDecoder()
    at = text.find("[", text.find('"statements"')) if recorded else text.find("[")
    first = len(text) - len(text.lstrip("\ufeff" + _BLANK))
    if not recorded and text[first : first + 1] != "[":
        return [Span(shown, *place(lines, first))] * count
    found = []
    at += 1
    for _ in range(count):
        while at < len(text) and text[at] in _BLANK + ",":
            at += 1
        found.append(Span(shown, *place(lines, at)))
        try:
            _, at = decoder.raw_decode(text, at)
        except ValueError:  # "statements" was a text somewhere before the list
            return [Span(shown)] * count
    return found
