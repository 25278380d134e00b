"""Checks on lists of sources.

In: a Course. Out: problems. Sources that are not there are told while a page is read (scormkit/load/writing.py).
"""

from __future__ import annotations

from collections.abc import Iterator

from scormkit.blocks.references import References
from scormkit.model.course import Course
from scormkit.model.problem import Problem, Rule, Severity

NOTHING_CITED = Rule(
    "BLK103",
    Severity.WARNING,
    "this page cites no source, so the list is empty",
    "cite a source of references.yaml as [@its-key], or remove the block",
    "Learners would see a heading with nothing under it.",
)


def references(course: Course) -> Iterator[Problem]:
    for page in course.pages:
        cited = any(page.id in source.pages for source in course.sources)
        for block in page.walk if not cited else ():
            if isinstance(block, References):
                yield NOTHING_CITED.at(block.span)


CHECKS = (references,)
