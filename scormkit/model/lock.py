"""Lock: the stable numbers of a course's pages, questions and options, as course.lock keeps them (tracking rule T41)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class LockedQuestion:
    """One question: its number and revision, what its answers hung on, and its options' numbers by their text.

    `answers` is a digest of all that gives saved answers their meaning; the revision grows when it changes. `used` is
    the highest number that an option ever had.
    """

    number: int
    revision: int = 1
    answers: str = ""
    options: Mapping[str, int] = field(default_factory=dict)
    used: int = 0


@dataclass(frozen=True)
class Lock:
    """Numbers by id, of what is there and of what once was: a number is never used again.

    `course` is the permanent id that the numbers belong to. `recordings` are those that learners must play, by path.
    """

    course: str = ""
    pages: Mapping[str, int] = field(default_factory=dict)
    questions: Mapping[str, LockedQuestion] = field(default_factory=dict)
    recordings: Mapping[str, int] = field(default_factory=dict)
