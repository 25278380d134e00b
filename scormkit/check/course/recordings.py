"""Checks on recordings that learners must have played: whether they can, and whether it counts.

In: a Course. Out: problems.
"""

from __future__ import annotations

from collections.abc import Iterator

from scormkit.model.course import Block, ContentBlock, Course
from scormkit.model.problem import Problem, Rule, Severity

NOT_ALWAYS_SHOWN = Rule(
    "BLK101",
    Severity.ERROR,
    "this recording has to be played before the page is done, but it stands in '{name}'",
    "move it out, or remove ':complete:'",
    "What not everybody sees cannot be asked of everybody: some would never finish the page.",
)
IN_ASSESSMENT = Rule(
    "BLK102",
    Severity.WARNING,
    "':complete:' has no effect on an assessment page",
    "remove it, or put the recording on the page before",
    "An assessment is done when its answers have been submitted.",
)

HIDING = {"tabs": "tabs", "handout": "handout"}
"""Blocks that do not show all of what is in them, by their type or kind."""


def recordings(course: Course) -> Iterator[Problem]:
    for page in course.pages:
        for block, hidden in _walk(page.blocks, ""):
            if not block.watch:
                continue
            if page.is_assessment:
                yield IN_ASSESSMENT.at(block.span)
            elif hidden:
                yield NOT_ALWAYS_SHOWN.at(block.span, name=hidden)


def _walk(blocks: tuple[Block, ...], hidden: str) -> Iterator[tuple[ContentBlock, str]]:
    """The content blocks, however deep, each with the outermost block that may hide it."""
    for block in blocks:
        if isinstance(block, ContentBlock):
            yield block, hidden
            here = HIDING.get(block.type) or HIDING.get(getattr(block, "kind", ""))
            yield from _walk(block.blocks, hidden or here or "")


CHECKS = (recordings,)
