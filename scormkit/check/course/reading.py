"""Every stretch of prose of a page, in reading order, wherever it stands: in blocks, prompts, options, feedback.

In: a Page. Out: `Passage`s. Found by the types of the fields, so that a new block or question type is read without being
named here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Any

from scormkit.model.course import Course, Page
from scormkit.model.prose import Heading, Link, Prose
from scormkit.model.question import Question


@dataclass(frozen=True)
class Passage:
    """A stretch of prose, the page it stands on, and the question it belongs to, if any."""

    prose: Prose
    page: Page
    question: Question | None = None


def passages(course: Course) -> Iterator[Passage]:
    """All prose of a course."""
    for page in course.pages:
        yield from page_passages(page)


def page_passages(page: Page) -> Iterator[Passage]:
    """All prose of one page."""
    for block in page.blocks:
        yield from _inside(block, page, None)


def links(course: Course) -> Iterator[tuple[Link, Passage]]:
    """Every link, image and media reference that stands in prose."""
    for passage in passages(course):
        for link in passage.prose.links:
            yield link, passage


def headings(page: Page) -> Iterator[Heading]:
    """The headings inside a page, in reading order."""
    for passage in page_passages(page):
        yield from passage.prose.headings


def _inside(thing: Any, page: Page, question: Question | None) -> Iterator[Passage]:
    if isinstance(thing, Prose):
        yield Passage(thing, page, question)
    elif isinstance(thing, tuple):
        for part in thing:
            yield from _inside(part, page, question)
    elif is_dataclass(thing):
        owner = thing if isinstance(thing, Question) else question
        for name in _holders(thing.__class__):
            yield from _inside(getattr(thing, name), page, owner)


@cache
def _holders(kind: type) -> tuple[str, ...]:
    """Fields that may hold prose, however deep: those that are neither plain values nor places."""
    plain = {"str", "int", "float", "bool", "Span", "tuple[str, ...]", "str | None"}
    return tuple(field.name for field in fields(kind) if str(field.type) not in plain)
