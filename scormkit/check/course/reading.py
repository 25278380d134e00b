"""All that is written in a course, in reading order, wherever it stands: in blocks, prompts, options, feedback.

In: a Course. Out: `Reading`: its prose, links and headings, found once for all checks. They are found by the types of the
fields, so that a new block or question type is read without being named here.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from itertools import groupby
from typing import Any
from urllib.parse import SplitResult, urlsplit

from scormkit.model.course import GLOSSARY, REFERENCES, Block, ContentBlock, Course, Page
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


@dataclass(frozen=True)
class Reading:
    """A course and what is written in it; `links` are those in prose and in blocks, each with its page."""

    course: Course
    passages: tuple[Passage, ...]
    links: tuple[tuple[Link, Page], ...]
    headings: tuple[tuple[Page, tuple[Heading, ...]], ...]


def read(course: Course) -> Reading:
    """Reads a course from its first page to its last, then its glossary and its sources."""
    passages: list[Passage] = []
    links: list[tuple[Link, Page]] = []
    headings: list[tuple[Page, tuple[Heading, ...]]] = []
    for page in (*course.pages, *_beside(course)):
        found: list[tuple[Prose | Link, Question | None]] = []
        _collect(page.blocks, None, found)
        prose = [(thing, question) for thing, question in found if isinstance(thing, Prose)]
        passages += [Passage(thing, page, question) for thing, question in prose]
        for thing, _ in found:
            links += [(link, page) for link in (thing.links if isinstance(thing, Prose) else (thing,))]
        headings.append((page, tuple(heading for thing, _ in prose for heading in thing.headings)))
    return Reading(course, tuple(passages), tuple(links), tuple(headings))


def _beside(course: Course) -> Iterator[Page]:
    """The meanings of the glossary's terms and the texts of the sources: a page for each file that they stand in."""
    written = [(GLOSSARY, term.span.path, term.meaning) for term in course.glossary]
    written += [(REFERENCES, source.span.path, source.text) for source in course.sources]
    for (id, path), group in groupby(sorted(written, key=lambda one: one[:2]), key=lambda one: one[:2]):
        yield Page(id, "", blocks=tuple(text for _, _, text in group), span=Span(path))


def once(course: Course) -> Course:
    """The course without the questions that are asked again: their words were read where they are asked first."""
    sections = (
        replace(section, pages=tuple(replace(page, blocks=_once(page.blocks)) for page in section.pages))
        for section in course.sections
    )
    return replace(course, sections=tuple(sections)) if any(q.again for q in course.questions) else course


def _once(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    kept = (block for block in blocks if not (isinstance(block, Question) and block.again))
    return tuple(
        replace(block, blocks=_once(block.blocks)) if isinstance(block, ContentBlock) else block for block in kept
    )


def address_parts(address: str) -> SplitResult | None:
    """The parts of an address; None where it is none at all."""
    try:
        return urlsplit(address)
    except ValueError:
        return None


def beside(course: Course, path: str) -> Span:
    """A file of the course as a place."""
    return Span(posixpath.join(posixpath.dirname(course.span.path), path))


def unread(course: Course, path: str = "") -> bool:
    """Whether loading found errors (in the file at `path`), so that the course may lack what its author wrote."""
    return any(
        problem.severity.rank <= Severity.ERROR.rank and path in ("", problem.span.path) for problem in course.problems
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


def _collect(thing: Any, question: Question | None, found: list[tuple[Prose | Link, Question | None]]) -> None:
    """Adds the prose and links in a thing to `found`, each with the question it belongs to."""
    if isinstance(thing, Prose | Link):
        found.append((thing, question))
    elif isinstance(thing, tuple):
        for part in thing:
            _collect(part, question, found)
    elif thing is not None:
        owner = thing if isinstance(thing, Question) else question
        kind: object = type(thing)
        for name in _holders(kind):
            part = getattr(thing, name)
            if part:
                _collect(part, owner, found)


@cache
def _holders(kind: Any) -> tuple[str, ...]:
    """Fields that may hold prose, however deep: those that are neither plain values nor places."""
    plain = {"str", "int", "float", "bool", "Span", "tuple[str, ...]", "str | None"}
    return tuple(f.name for f in fields(kind) if str(f.type) not in plain) if is_dataclass(kind) else ()
