"""RUN rules: the calls that a SCO made, in their order. A Log in, problems out.

The data models are facts (standards/scorm12_datamodel.json, scorm2004_datamodel.json); what is judged here is judged again and
differently by the emulated LMS (scormkit/preview/hosts/engine.js), so that a misreading in one shows in the other.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from scormkit.check.package import callrules as rules
from scormkit.check.package.package import Kind

if TYPE_CHECKING:
    from scormkit.model.problem import Problem
    from scormkit.model.source import Span


@dataclass(frozen=True)
class Call:
    """One call of the API: when (seconds), in which session (from 1), the function, what was passed and answered."""

    at: float
    session: int
    function: str
    arguments: tuple[Any, ...] = ()
    result: str = ""


@dataclass(frozen=True)
class Log:
    """All calls of one learner on one SCO, session after session. `mode` is what the LMS said."""

    kind: Kind
    calls: tuple[Call, ...]
    edition: str = ""
    mode: str = "normal"


@dataclass(frozen=True)
class Names:
    """What the API is called in a standard."""

    begin: str
    end: str
    get: str
    set: str
    commit: str
    last_error: str
    status: str
    exit: str
    time: str
    raw: str
    model: str


NAMES = {
    Kind.SCORM12: Names("LMSInitialize", "LMSFinish", "LMSGetValue", "LMSSetValue", "LMSCommit", "LMSGetLastError",
                        "cmi.core.lesson_status", "cmi.core.exit", "cmi.core.session_time", "cmi.core.score.raw",
                        "scorm12_datamodel.json"),
    Kind.SCORM2004: Names("Initialize", "Terminate", "GetValue", "SetValue", "Commit", "GetLastError",
                          "cmi.completion_status", "cmi.exit", "cmi.session_time", "cmi.score.raw",
                          "scorm2004_datamodel.json"),
}  # fmt: skip
ENDED = ("completed", "passed", "failed")
RANKS = {"not attempted": 0, "unknown": 0, "browsed": 1, "incomplete": 1, "failed": 2, "completed": 3, "passed": 4}
SHOWN = 80


@cache
def model(name: str) -> dict[str, Any]:
    """A data model as JSON, its elements by name with `n` for numbers."""
    data: dict[str, Any] = json.loads(files("scormkit.standards").joinpath(name).read_text(encoding="utf-8"))
    data["by_name"] = {element["element"]: element for element in data["elements"]}
    return data


def check(log: Log, at: Span) -> Iterator[Problem]:
    """Everything that the calls break; `at` is the place of the SCO, for the package tells no better one."""
    names = NAMES[log.kind]
    other = NAMES[Kind.SCORM2004 if log.kind is Kind.SCORM12 else Kind.SCORM12]
    foreign = next((c.function for c in log.calls if c.function == other.begin), None)
    if foreign:
        yield rules.WRONG_API.at(at, edition=log.kind.label, call=foreign)
        return
    if not any(call.function == names.begin for call in log.calls):
        yield rules.SILENT.at(at, begin=names.begin)
    sessions: dict[int, list[Call]] = {}
    for call in log.calls:
        sessions.setdefault(call.session, []).append(call)
    told: dict[str, str] = {}  # the values that the LMS holds from earlier sessions
    for calls in sessions.values():
        yield from _Session(log, names, at, told).check(calls)


@dataclass
class _Session:
    """One session, followed call by call."""

    log: Log
    names: Names
    at: Span
    held: dict[str, str]
    values: dict[str, str] = field(default_factory=dict)
    written: set[str] = field(default_factory=set)
    begun: bool = False
    ended: bool = False
    commits: list[float] = field(default_factory=list)

    def check(self, calls: list[Call]) -> Iterator[Problem]:
        self.values.update(self.held)
        for call in calls:
            yield from self._order(call)
            if call.function == self.names.set:
                yield from self._set(call)
            elif call.function == self.names.get and call.arguments:
                yield from self._get(str(call.arguments[0]))
        yield from self._failures(calls)
        if self.begun:
            yield from self._whole()
        self.held.update({name: value for name, value in self.values.items() if name != self.names.time})

    def _order(self, call: Call) -> Iterator[Problem]:
        names = self.names
        if call.function in (names.begin, names.end, names.commit) and call.arguments != ("",):
            value = repr(call.arguments[0])[:SHOWN] if call.arguments else "nothing"
            yield rules.ARGUMENT.at(self.at, call=call.function, value=value)
        if call.function == names.begin:
            if self.begun and not self.ended:
                yield rules.BEGUN_TWICE.at(self.at, begin=names.begin)
            self.begun = True
        elif call.function in (names.end, names.get, names.set, names.commit):
            if not self.begun:
                yield rules.NOT_BEGUN.at(self.at, call=call.function, begin=names.begin)
            elif self.ended:
                yield rules.END.at(self.at, what=f"{call.function} was called after {names.end}", end=names.end)
        if call.function == names.end and self.begun:
            self.ended = True
        if call.function == names.commit:
            self.commits.append(call.at)
            yield from self._committed()

    def _committed(self) -> Iterator[Problem]:
        """RUN011: the Learning Hub keeps what comes with the first commit of a final status."""
        status = self.values.get(self.names.status, "")
        late = self.names.status in self.written and self.names.time not in self.written
        if self.log.kind is Kind.SCORM12 and status in ENDED and late:
            yield rules.NO_TIME.at(self.at, value=status)

    def _set(self, call: Call) -> Iterator[Problem]:
        if len(call.arguments) != 2:
            return
        element, given = str(call.arguments[0]), call.arguments[1]
        if not isinstance(given, str):
            yield rules.NOT_TEXT.at(self.at, element=element, kind=_kind(given))
        value = given if isinstance(given, str) else _as_text(given)
        if self.log.mode in ("review", "browse"):
            yield rules.REVIEWED.at(self.at, element=element, mode=self.log.mode)
        yield from self._value(element, value)
        if element == self.names.status:
            before = self.values.get(element, "")
            if value in RANKS and RANKS[value] < RANKS.get(before, 0) and before != "failed":
                yield rules.LOWERED.at(self.at, before=before, value=value)
        self.values[element] = value
        self.written.add(element)

    def _value(self, element: str, value: str) -> Iterator[Problem]:
        generic = re.sub(r"\.\d+(?=\.|$)", ".n", element)
        known = model(self.names.model)["by_name"].get(generic)
        if known is None:
            yield rules.UNKNOWN.at(self.at, element=element)
            return
        if known["access"] not in ("write", "read-write"):
            what = "read-only" if known["access"] == "read" else "a keyword of the LMS"
            yield rules.ACCESS.at(self.at, element=element, access=what)
            return
        yield from self._numbered(element)
        yield from _Value(self, element, generic, value, known).check()

    def _numbered(self, element: str) -> Iterator[Problem]:
        """Entries of a list are begun one after the other, each with its id (where it has one)."""
        match = re.match(r"(cmi\.(?:interactions|objectives)\.)(\d{1,9})\.(.+)$", element)
        if not match:
            return
        group, number, name = match.group(1), int(match.group(2)), match.group(3)
        if f"{group}{number}.id" in self.values or (
            name == "id" and (number == 0 or f"{group}{number - 1}.id" in self.values)
        ):
            return
        begun = number == 0 or f"{group}{number - 1}.id" in self.values
        wanted = f"{group}{number}.id comes first" if begun else f"there is no {group}{number - 1} yet"
        yield rules.INDEX.at(self.at, element=element, next=wanted)

    def _get(self, element: str) -> Iterator[Problem]:
        generic = re.sub(r"\.\d+(?=\.|$)", ".n", element)
        known = model(self.names.model)["by_name"].get(generic)
        if known is None:
            if not element.endswith(("._children", "._count", "._version")):
                yield rules.UNKNOWN.at(self.at, element=element)
        elif known["access"] == "write":
            yield rules.ACCESS.at(self.at, element=element, access="write-only")
        else:
            match = re.match(r"(cmi\.(?:interactions|objectives)\.\d{1,9}\.)", element)
            if match and not any(name.startswith(match.group(1)) for name in self.values):
                yield rules.NO_ENTRY.at(self.at, element=element)

    def _failures(self, calls: list[Call]) -> Iterator[Problem]:
        failed = [c for c in calls if c.result == "false" and c.function in (self.names.set, self.names.commit)]
        asked = any(call.function == self.names.last_error for call in calls)
        if failed and not asked:
            yield rules.IGNORED.at(self.at, call=failed[0].function)

    def _whole(self) -> Iterator[Problem]:
        names = self.names
        if not self.ended:
            yield rules.END.at(self.at, what=f"{names.end} was never called", end=names.end)
        close = [after for before, after in zip(self.commits, self.commits[1:], strict=False) if after - before < 1]
        if close:
            yield rules.COMMITS.at(self.at, count=len(close))
        status = self.values.get(names.status, "")
        if self.log.mode == "normal" and not status:
            yield rules.NO_STATUS.at(self.at)
        unfinished = (
            status == "incomplete"
            and self.log.mode == "normal"
            and self.values.get("cmi.success_status", "") != "passed"
        )
        if self.ended and unfinished and self.written and self.values.get(names.exit) != "suspend":
            yield rules.NOT_SUSPENDED.at(self.at)
        yield from self._score()

    def _score(self) -> Iterator[Problem]:
        raw, prefix = self.values.get(self.names.raw), self.names.raw.removesuffix("raw")
        if not raw or self.names.raw not in self.written:
            return
        low, high = self.values.get(prefix + "min"), self.values.get(prefix + "max")
        if not low or not high:
            yield rules.SCORE_RANGE.at(self.at, what="was set without min and max")
        elif _number(low) is not None and _number(high) is not None and float(low) > float(high):
            yield rules.SCORE_RANGE.at(self.at, what=f"lies between min {low} and max {high}, which is smaller")


@dataclass(frozen=True)
class _Value:
    """A value that was set, against the type of its element."""

    session: _Session
    element: str
    generic: str
    value: str
    known: dict[str, Any]

    def check(self) -> Iterator[Problem]:
        names, at = self.session.names, self.session.at
        is_12 = self.session.log.kind is Kind.SCORM12
        name = self.generic.rpartition(".")[2]
        if name in ("student_response", "learner_response", "pattern"):
            yield from self._answer(name)
        elif self.generic == names.exit and self.value == "logout":
            yield rules.LOGOUT.at(at)
        elif not self._fits():
            yield self._problem(is_12, name)
        elif is_12 and self.generic == names.time and len(self.value.split(":")[0]) < 4:
            yield rules.HOURS.at(at, value=self.value)

    def _problem(self, is_12: bool, name: str) -> Problem:
        """The rule that says it best."""
        at, shown, session = self.session.at, repr(self.value)[:SHOWN], self.session
        data = model(session.names.model)
        allowed = ", ".join(self.known.get("settable") or data["vocabularies"].get(self.known.get("vocabulary"), ()))
        if name == "suspend_data":
            length = f"{len(self.value):,}"
            if is_12:
                return rules.STATE.at(at, length=length)
            return rules.STATE_2004.at(at, length=length, edition=_edition(session.log), limit=f"{self._limit():,}")
        if name in ("lesson_location", "location") and self.generic.count(".") <= 2:
            return rules.LOCATION.at(at, length=f"{len(self.value):,}", limit=f"{self._limit():,}")
        if name in ("session_time", "latency"):
            return (rules.TIME if is_12 else rules.DURATION).at(at, element=self.element, value=shown)
        if self.generic in (session.names.status, "cmi.success_status"):
            return rules.STATUS.at(at, value=shown, allowed=allowed)
        if self.generic == session.names.exit:
            return rules.EXIT.at(at, value=shown, allowed=allowed.removesuffix(", "))
        if name == "result":
            return rules.RESULT.at(at, value=shown, allowed=allowed, edition=session.log.kind.label)
        if is_12 and self.generic.startswith("cmi.core.score."):
            return rules.SCORE.at(at, element=self.element, value=shown)
        if "range" in self.known and not is_12 and _number(self.value) is not None:
            low, high = self.known["range"]
            return rules.MEASURE.at(at, element=self.element, value=shown, low=low, high=high)
        words = data["types"].get(self.known.get("type"), {}).get("words") or f"one of: {allowed}"
        return rules.VALUE.at(at, element=self.element, value=shown, words=words)

    def _limit(self) -> int:
        """Characters allowed; SCORM 2004's 2nd edition allowed 4,000 for the saved state."""
        if self.generic == "cmi.suspend_data" and self.session.log.edition == "2nd Edition":
            return 4000
        length: int = model(self.session.names.model)["types"].get(self.known.get("type"), {}).get("length", 0)
        return length

    def _fits(self) -> bool:
        data = model(self.session.names.model)
        if self.known.get("blank") and self.value == "":
            return True
        allowed = self.known.get("settable") or data["vocabularies"].get(self.known.get("vocabulary"))
        if allowed is not None:
            number = self.generic.endswith(".result") and _number(self.value) is not None
            return self.value in allowed or number
        kind = data["types"].get(self.known.get("type"), {})
        limit = self._limit()
        if limit and len(self.value) > limit:
            return False
        if "pattern" in kind and not re.search(kind["pattern"], self.value):
            return False
        bounds = self.known.get("range") or kind.get("range")
        return bounds is None or bounds[0] <= float(self.value) <= bounds[1]

    def _answer(self, name: str) -> Iterator[Problem]:
        at = self.session.at
        prefix = re.sub(r"^(cmi\.interactions\.\d+\.).*", r"\1", self.element)
        kind = self.session.values.get(prefix + "type")
        if kind is None:
            yield rules.TYPE_FIRST.at(at, element=self.element)
            return
        data = model(self.session.names.model)
        pattern = data["patterns" if name == "pattern" else "responses"].get(kind)
        limit = 255 if self.session.log.kind is Kind.SCORM12 else 4000
        if len(self.value) > limit or (pattern and not re.search(pattern, self.value)):
            yield rules.RESPONSE.at(at, value=repr(self.value)[:SHOWN], type=kind)
        elif kind == "numeric" and name == "student_response" and self.value.startswith("-"):
            yield rules.NEGATIVE.at(at, value=self.value)


def _edition(log: Log) -> str:
    return f"{log.kind.label} {log.edition}".strip()


def _number(text: str) -> float | None:
    return float(text) if re.fullmatch(r"-?\d+(\.\d+)?", text) else None


def _kind(value: object) -> str:
    if value is None:
        return "null"
    return {bool: "boolean", int: "number", float: "number", dict: "object", list: "list"}.get(type(value), "value")


def _as_text(value: object) -> str:
    """What JavaScript makes of a value that is no text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
