"""Rule (a kind of finding, written once, where it is raised) and Problem (one finding of it)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from scormkit.model.source import Span


class Severity(StrEnum):
    """How bad a finding is, the worst first (the ladder of epubcheck, whose usage is advice here)."""

    FATAL = "fatal"
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    ADVICE = "advice"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return list(Severity).index(self)


RULES: dict[str, Rule] = {}
"""Every rule whose module has been imported, by its ID; `scormkit.check.catalogue()` imports them all."""


@dataclass(frozen=True)
class Rule:
    """A kind of finding.

    `id` is three capitals and three digits, never re-used. `text` says what is and `remedy` what to do; both may hold
    `{names}` that `at()` fills in. `reason` is why it matters, `source` the clause of the standard behind it, if any.
    """

    id: str
    severity: Severity
    text: str
    remedy: str
    reason: str
    source: str = ""

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[A-Z][A-Z0-9]{2}\d{3}", self.id):
            raise ValueError(f"a rule's id is three capitals and three digits, not {self.id!r}")
        if self.id in RULES:
            raise ValueError(f"two rules have the id {self.id}")
        RULES[self.id] = self

    def at(self, span: Span, **values: Any) -> Problem:
        """One finding of this rule at `span`, with the `{names}` of its texts filled in from `values`."""
        return Problem(self, span, tuple(values.items()))


@dataclass(frozen=True)
class Problem:
    """One finding: which rule, where, and the words for its `{names}`. Sorts by place.

    `level` is the severity where the course's settings want another one than the rule's.
    """

    rule: Rule
    span: Span
    values: tuple[tuple[str, Any], ...] = field(default=())
    level: Severity | None = None

    @property
    def id(self) -> str:
        return self.rule.id

    @property
    def severity(self) -> Severity:
        return self.level or self.rule.severity

    @property
    def message(self) -> str:
        """What is."""
        return self.rule.text.format(**dict(self.values))

    @property
    def remedy(self) -> str:
        """What to do."""
        return self.rule.remedy.format(**dict(self.values))

    @property
    def told(self) -> str:
        """What is and what to do, in one line."""
        return self.message + (" " if self.message.endswith("?") else "; ") + self.remedy

    def __str__(self) -> str:
        return f"{self.span}: {self.severity} {self.id}: {self.told}"

    def __lt__(self, other: Problem) -> bool:
        return (self.span, self.id, self.message) < (other.span, other.id, other.message)


def worst(problems: tuple[Problem, ...] | list[Problem]) -> Severity | None:
    """The worst severity among `problems`, or None where there are none."""
    return min((p.severity for p in problems), key=lambda s: s.rank, default=None)


def short(text: str) -> str:
    """What somebody wrote, as a message shows it: 60 characters at most."""
    return text if len(text) <= 60 else text[:57] + "..."


def meant(written: str, known: Iterable[str], form: str = "'{}'") -> str:
    """The end of a message, `; did you mean 'this'?`, with what was probably meant put into `form`; "" where nothing is near."""
    close = nearest(written, known)
    return f"; did you mean {form.format(close)}?" if close else ""


def nearest(written: str, known: Iterable[str]) -> str | None:
    """What somebody who wrote `written` may have meant, or None."""
    import difflib

    folded = {name.casefold(): name for name in known}
    close = difflib.get_close_matches(written.casefold(), list(folded), 1, 0.65)
    return folded[close[0]] if close else None
