"""`likert`: where learners see themselves on a scale; nothing is right or wrong.

    :::{likert} I feel ready to plan a session together with parents.
    :id: ready
    - Not at all
    - A little
    - Fairly
    - Very
    > Whatever you chose: the next page has a plan to begin with.
    :::

The labels stand in their order. A block quote under a label is for those who choose it, the one at the end for everybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from scormkit.questions.opinion import MEANINGLESS, Opinion


@dataclass(frozen=True, kw_only=True)
class Likert(Opinion):
    """A place on a scale, whose order is the author's."""

    type: ClassVar[str] = "likert"
    refused: ClassVar[tuple[str, ...]] = (*MEANINGLESS, "shuffle")
