"""Course -> the pages beside its own: which there are, in the order of the menu, and what stands on them.

None of them is counted as a page, and no page of an author's can have such an id: page ids begin with a letter or digit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from scormkit.blocks.download import Download
from scormkit.model.course import GLOSSARY, REFERENCES, Course, Media, Page, Term
from scormkit.model.prose import Prose

RESULTS = "~results"
"""Where the learner stands: filled by the player, and always the page after the last one."""
SEARCH = "~search"
NOTES = "~notes"
RESOURCES = "~resources"
HELP = "~help"
ABOUT = "~about"

FEW_TERMS = 15
"""Fewer terms than these are seen at a glance, without letters to choose from."""


@dataclass(frozen=True)
class Beside:
    """A page beside the course: its id, its template's name without `.html`, and the key of its title's words."""

    id: str
    template: str
    title: str


@dataclass(frozen=True)
class Resource:
    """A file to take away, what it is called, and the first page that offers it."""

    file: Media
    words: str
    page: Page


def beside(course: Course) -> tuple[Beside, ...]:
    """The pages that the course has beside its own and the results, as its content and `extras` give cause for them."""
    extras, found = course.settings.extras, []
    if "search" in extras:
        found.append(Beside(SEARCH, "search", "search"))
    if "notes" in extras:
        found.append(Beside(NOTES, "notes", "notes"))
    if course.glossary:
        found.append(Beside(GLOSSARY, "glossary", "glossary"))
    if course.sources:
        found.append(Beside(REFERENCES, "references", "references"))
    if "resources" in extras and (course.settings.resources or any(resources(course))):
        found.append(Beside(RESOURCES, "resources", "resources"))
    if "help" in extras:
        found.append(Beside(HELP, "help", "help"))
    return (*found, Beside(ABOUT, "about", "about-course"))


def resources(course: Course) -> Iterator[Resource]:
    """Every file that a page offers to take away, by a download or a link in its text: once, in reading order."""
    media, seen = {file.path: file for file in course.media}, set()
    for page in course.pages:
        for path, words in _offers(page):
            if path in media and path not in seen:
                seen.add(path)
                yield Resource(media[path], words, page)


def _offers(page: Page) -> Iterator[tuple[str, str]]:
    for block in page.walk:
        if isinstance(block, Download):
            yield block.file.target or "", block.title.text if block.title else block.file.written
        elif isinstance(block, Prose):
            yield from ((link.target or "", link.text or link.written) for link in block.links if link.kind == "link")


def by_letter(terms: Sequence[Term]) -> list[tuple[str, Term]]:
    """The letters that terms begin with, each with its first term; none where there are few terms."""
    if len(terms) < FEW_TERMS:
        return []
    return [(letter, next(group)) for letter, group in groupby(terms, lambda term: term.anchor[0].upper())]
