"""The server half of an emulated host: what it gives at a launch, and what it makes of what arrives.

In: a profile, a learner's record, launches and commits. Out: the values of a session, and a changed record. The rules of
each host are settings of its profile (hosts/profiles/), nothing here asks for a host by its name.
"""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from scormkit.preview.profiles import Profile

FINAL = ("completed", "passed", "failed")
STATUS = "cmi.core.lesson_status"
SCORES = ("cmi.core.score.raw", "cmi.core.score.min", "cmi.core.score.max")
KEPT = (STATUS, *SCORES, "cmi.core.lesson_location", "cmi.suspend_data", "cmi.comments")
KEPT_GROUPS = ("cmi.objectives.", "cmi.student_preference.")


@dataclass(frozen=True)
class Learner:
    """Who launches: `id` as cmi.core.student_id wants it, `name` as "Last, First"."""

    id: str = "learner-1"
    name: str = "Learner, Alex"


@dataclass(frozen=True)
class Facts:
    """What the manifest says to the host: adlcp:datafromlms and adlcp:masteryscore."""

    launch_data: str = ""
    mastery_score: str = ""


@dataclass(frozen=True)
class Commit:
    """Something that reached the server: when, in which session, whether by LMSFinish, and whether it was stored."""

    at: float
    session: str
    finish: bool
    values: Mapping[str, str]
    stored: bool


@dataclass
class Record:
    """What a host holds of one learner in one course."""

    values: dict[str, str] = field(default_factory=dict)
    launches: int = 0
    mode: str = "normal"  # of the last launch
    sessions: dict[str, float] = field(default_factory=dict)  # seconds of each session, as last told
    status_was_set: bool = False
    completion: dict[str, str] | None = None  # a completion record of its own, where the host keeps one
    commits: list[Commit] = field(default_factory=list)
    earlier: list[dict[str, str]] = field(default_factory=list)  # interactions of sessions that the host counts apart

    @property
    def status(self) -> str:
        return self.values.get(STATUS, "")

    @property
    def score(self) -> float | None:
        raw = self.values.get("cmi.core.score.raw", "")
        return float(raw) if raw else None

    @property
    def location(self) -> str:
        return self.values.get("cmi.core.lesson_location", "")

    @property
    def state(self) -> str:
        return self.values.get("cmi.suspend_data", "")

    @property
    def seconds(self) -> float:
        """Time of all sessions together."""
        return sum(self.sessions.values())

    @property
    def interactions(self) -> list[dict[str, str]]:
        """Every answer that arrived, as {element: value}, in the order of their indices, earlier sessions first."""
        found: dict[int, dict[str, str]] = {}
        for name, value in self.values.items():
            match = re.fullmatch(r"cmi\.interactions\.(\d+)\.(.+)", name)
            if match:
                found.setdefault(int(match[1]), {})[match[2]] = value
        return [*self.earlier, *(found[index] for index in sorted(found))]


def launch(record: Record, profile: Profile, learner: Learner, facts: Facts, mode: str = "normal") -> dict[str, Any]:
    """Begins a session: {session, values}, the values by element, as content may read them. Changes the record."""
    settings = profile.settings
    over = record.status in FINAL
    again = record.launches > 0
    back = again and not (over and settings["resumes"] == "unfinished")
    if settings["loses_untouched"] and not record.status_was_set:
        back = False
    if mode == "normal" and record.status in settings["review_after"]:
        mode = "review"
    values = {
        "cmi.core.student_id": learner.id,
        "cmi.core.student_name": learner.name,
        "cmi.core.credit": "credit" if mode == "normal" else "no-credit",
        "cmi.core.lesson_mode": mode,
        "cmi.core.entry": _entry(record, profile, again),
        STATUS: "not attempted",
        "cmi.launch_data": facts.launch_data,
        "cmi.student_data.mastery_score": facts.mastery_score or settings["mastery_missing"],
        "cmi.core.total_time": _total(record, profile),
    }
    if back:
        values |= {name: value for name, value in record.values.items() if _comes_back(name, profile)}
        values[STATUS] = settings["read_status"].get(record.status, record.status) or "not attempted"
    if settings["relay"]:
        values = {name: value.split("=")[0] for name, value in values.items()}
    for name in settings["withholds"]:
        values.pop(name, None)
    if not settings["interactions_return"] or not back:
        record.earlier = record.interactions
        record.values = {n: v for n, v in record.values.items() if not n.startswith("cmi.interactions.")}
    if again and not back:
        record.values = {}
    record.launches += 1
    record.mode = mode
    record.status_was_set = record.status_was_set and back
    session = str(uuid4())
    record.sessions[session] = 0.0
    return {"session": session, "values": values}


def _entry(record: Record, profile: Profile, again: bool) -> str:
    rule = profile.settings["entry"]
    if rule == "empty" or record.status in profile.settings["review_after"]:
        return ""
    if not again:
        return "ab-initio"
    return "resume" if rule == "always-resume" or record.values.get("cmi.core.exit") == "suspend" else ""


def _total(record: Record, profile: Profile) -> str:
    rule = profile.settings["total_time"]
    if rule == "nan" and record.launches:
        return "NaN:aN:aN"
    return "" if rule == "none" else timespan(record.seconds)


def _comes_back(name: str, profile: Profile) -> bool:
    if name.startswith("cmi.interactions."):
        return bool(profile.settings["interactions_return"])
    return name in KEPT or name.startswith(KEPT_GROUPS)


@dataclass(frozen=True)
class Reply:
    """What the server says of a commit: an HTTP status, and what it did in words for whoever watches."""

    status: int = 200
    note: str = ""


def commit(record: Record, profile: Profile, message: Mapping[str, Any]) -> Reply:
    """Takes {session, finish, values} into the record as this host does."""
    settings = profile.settings
    finish = bool(message["finish"])
    values = {str(name): str(value) for name, value in message["values"].items()}
    reply, kept = _judge(record, profile, values, finish)
    record.commits.append(Commit(time.time(), message["session"], finish, values, kept is not None))
    if kept is None:
        return reply
    if STATUS in kept and kept[STATUS] != "not attempted":
        record.status_was_set = True
    record.values |= kept
    if "cmi.core.session_time" in kept:
        record.sessions[message["session"]] = seconds(kept["cmi.core.session_time"], whole=settings["hour_digit"])
    if settings["freezes_completion"] and record.completion is None and record.status in FINAL:
        record.completion = {"status": record.status, "score": record.values.get("cmi.core.score.raw", "")}
        return Reply(note="the completion is recorded now; later scores and statuses will not reach it")
    return reply


def _judge(
    record: Record, profile: Profile, values: dict[str, str], finish: bool
) -> tuple[Reply, dict[str, str] | None]:
    """What this host says of an update, and what of it it keeps; None where it keeps nothing."""
    settings = profile.settings
    if not finish and not settings["commit_stores"]:
        return Reply(note="this host stores nothing before LMSFinish"), None
    column = settings["columns"]
    if column and any(len(value) > column for name, value in values.items() if _is_column(name)):
        if finish:
            return Reply(note=f"a text above {column} characters: the whole update is lost, and nobody is told"), None
        return Reply(500, f"a text above {column} characters does not fit its column"), None
    status = values.get(STATUS, record.status)
    time_told = seconds(values.get("cmi.core.session_time", ""), whole=True)
    if settings["final_needs_time"] and status in FINAL and time_told == 0:
        return Reply(500, "a final status needs a session time above zero"), None
    if settings["carries"] is not None:
        values = {name: value for name, value in values.items() if name in settings["carries"]}
    if settings["relay"]:
        values = {name: _relayed(value) for name, value in values.items()}
    return Reply(), values


def _is_column(name: str) -> bool:
    return name.startswith("cmi.interactions.") or name == "cmi.core.lesson_location"


def _relayed(value: str) -> str:
    """Through a template filled by String.replace, and a format in which a line break ends a value."""
    first = value.splitlines()[0] if value else ""
    return re.sub(r"\$([$&])", lambda match: "$" if match[1] == "$" else "{{SUSPEND_DATA}}", first)


def seconds(span: str, *, whole: bool = True) -> float:
    """Seconds of a CMITimespan; 0 where it is none. With `whole` false the first hour digit is dropped."""
    match = re.fullmatch(r"(\d{1,4}):(\d{2}):(\d{2}(?:\.\d+)?)", span)
    if not match:
        return 0.0
    hours = match[1] if whole else match[1][1:]
    return int(hours or 0) * 3600 + int(match[2]) * 60 + float(match[3])


def timespan(total: float) -> str:
    """A CMITimespan with four hour digits (RTE 3.4.5)."""
    minutes, rest = divmod(total, 60)
    hours, minutes = divmod(int(minutes), 60)
    return f"{min(hours, 9999):04}:{minutes:02}:{rest:05.2f}"
