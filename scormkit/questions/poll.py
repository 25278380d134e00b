"""`poll`: which of several things a learner would choose; nothing is right or wrong.

    :::{poll} Which of these would you try first?
    :id: try-first
    - A talk at the cot side
    - An evening online
      > Ask who would be left out.
    - A sheet to take home
    > There is no right answer: ask the families on your unit.
    :::

A block quote under a label is for those who choose it, the one at the end for everybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from scormkit.questions.opinion import Opinion


@dataclass(frozen=True, kw_only=True)
class Poll(Opinion):
    """One of several labels."""

    type: ClassVar[str] = "poll"
