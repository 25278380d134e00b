"""A JSON file of recorded calls in, problems out. `scormkit check --run` writes such files.

{"standard": "scorm12", "edition": "", "mode": "normal", "calls": [
  {"at": 0.0, "session": 1, "call": "LMSInitialize", "arguments": [""], "result": "true"}, ...]}
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scormkit.check.package import callrules, calls
from scormkit.check.package.calls import Call, Log
from scormkit.check.package.package import Kind
from scormkit.model.source import Span

if TYPE_CHECKING:
    from scormkit.model.problem import Problem

BYTES = 64 * 2**20
LATEST = 10**9  # seconds: thirty years, which no learner needs


def check_log(path: Path) -> tuple[Problem, ...]:
    """Everything that the recorded calls break."""
    span = Span(path.as_posix())
    try:
        with path.open("rb") as file:
            log = as_log(json.loads(file.read(BYTES).decode("utf-8-sig")))
    except OSError as error:
        return (callrules.NOT_A_LOG.at(span, reason=error.strerror or str(error)),)
    except (ValueError, RecursionError) as error:
        return (callrules.NOT_A_LOG.at(span, reason=str(error)),)
    return tuple(sorted(set(calls.check(log, span))))


def as_log(value: Any) -> Log:
    """A log from JSON data; raises ValueError, in words, where it is none."""
    if not isinstance(value, dict) or not isinstance(value.get("calls"), list):
        raise ValueError("there is no list of calls")
    if value.get("standard") not in (Kind.SCORM12, Kind.SCORM2004):
        raise ValueError("the standard is neither scorm12 nor scorm2004")
    return Log(
        kind=Kind(value["standard"]),
        calls=tuple(_call(one) for one in value["calls"]),
        edition=str(value.get("edition", "")),
        mode=str(value.get("mode", "normal")),
    )


def _call(value: Any) -> Call:
    if not isinstance(value, dict) or not isinstance(value.get("call"), str):
        raise ValueError("a call has no name")
    at, session, arguments = value.get("at", 0), value.get("session", 1), value.get("arguments", [])
    if not isinstance(at, int | float) or not isinstance(session, int) or not isinstance(arguments, list):
        raise ValueError(f"a call of {value['call'][:40]} is not as it should be")
    if not abs(at) <= LATEST:
        raise ValueError(f"a call of {value['call'][:40]} says no time that can be reckoned with")
    return Call(float(at), session, value["call"], tuple(arguments), str(value.get("result", "")))
