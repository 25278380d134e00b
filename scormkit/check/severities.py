"""Other severities than the rules' own: `ACC004=error`, `CON=warning`, `MAN056=off`, as options or lines of a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from scormkit.model.problem import Severity

if TYPE_CHECKING:
    from scormkit.model.problem import Problem

OFF = "off"


def parse(texts: Iterable[str], known: Iterable[str]) -> dict[str, Severity | None]:
    """Overrides by rule ID or its first three characters; None takes findings away.

    `texts` are written `ID=severity`; empty ones and those that begin with # are passed over. `known` are the IDs that
    exist. Raises ValueError, in words for the user, for anything else.
    """
    identifiers = set(known)
    prefixes = {identifier[:3] for identifier in identifiers}
    found: dict[str, Severity | None] = {}
    for text in texts:
        bare = text.split("#", 1)[0].strip()
        if not bare:
            continue
        name, _, value = (part.strip() for part in bare.partition("="))
        if name.upper() not in identifiers | prefixes:
            raise ValueError(f"there is no message {name!r}; write its ID, such as ACC004, or the first three letters")
        if value.lower() not in (OFF, *Severity):
            raise ValueError(f"{value!r} is no severity; write one of: {', '.join(Severity)}, {OFF}")
        found[name.upper()] = None if value.lower() == OFF else Severity(value.lower())
    return found


def apply(problems: Iterable[Problem], overrides: Mapping[str, Severity | None]) -> tuple[Problem, ...]:
    """The problems with their severities changed; an ID counts for more than its first three characters."""
    kept = []
    for problem in problems:
        key = problem.id if problem.id in overrides else problem.id[:3]
        if key not in overrides:
            kept.append(problem)
        elif (level := overrides[key]) is not None:
            kept.append(replace(problem, level=level))
    return tuple(kept)
