"""All that is written on a page, in reading order, wherever it stands: in blocks, prompts, options, feedback.

In: a Page. Out: `Passage`s and `Link`s. Found by the types of the fields, so that a new block or question type is read
without being named here.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Any

from scormkit.model.course import Course, Page
from scormkit.model.problem import Severity
from scormkit.model.prose import Heading, Link, Prose
from scormkit.model.question import Question
from scormkit.model.source import Span


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
    for thing, question in _inside(page.blocks, None):
        if isinstance(thing, Prose):
            yield Passage(thing, page, question)


def links(course: Course) -> Iterator[tuple[Link, Page]]:
    """Every link, image and media reference, in prose and in blocks."""
    for page in course.pages:
        for thing, _ in _inside(page.blocks, None):
            for link in thing.links if isinstance(thing, Prose) else (thing,):
                yield link, page


def headings(page: Page) -> Iterator[Heading]:
    """The headings inside a page, in reading order."""
    for passage in page_passages(page):
        yield from passage.prose.headings


def beside(course: Course, path: str) -> Span:
    """A file of the course as a place."""
    return Span(posixpath.join(posixpath.dirname(course.span.path), path))


def unread(course: Course, path: str = "") -> bool:
    """Whether loading found errors (in the file at `path`), so that the course may lack what its author wrote."""
    return any(
        problem.severity.rank <= Severity.ERROR.rank and problem.span.path.endswith(path) for problem in course.problems
    )


def place_of(prose: Prose, words: str) -> Span:
    """Where in `prose` these words stand; its beginning where Markdown's signs are between them."""
    words = words.strip()
    at = prose.source.find(words)
    if at < 0:
        at = max(prose.source.find(words.split()[0]), 0)
    begin = prose.source.rfind("\n", 0, at) + 1
    line = prose.source.count("\n", 0, at)
    return prose.span.down(line, at - begin + (1 if line else prose.span.column or 1))


def _inside(thing: Any, question: Question | None) -> Iterator[tuple[Prose | Link, Question | None]]:
    """The prose and links in a thing, each with the question it belongs to."""
    if isinstance(thing, Prose | Link):
        yield thing, question
    elif isinstance(thing, tuple):
        for part in thing:
            yield from _inside(part, question)
    elif is_dataclass(thing):
        owner = thing if isinstance(thing, Question) else question
        for name in _holders(thing.__class__):
            yield from _inside(getattr(thing, name), owner)


@cache
def _holders(kind: type) -> tuple[str, ...]:
    """Fields that may hold prose, however deep: those that are neither plain values nor places."""
    plain = {"str", "int", "float", "bool", "Span", "tuple[str, ...]", "str | None"}
    return tuple(field.name for field in fields(kind) if str(field.type) not in plain)
