"""Two courses -> where they say different things: what was to be written, and what is read from what was written.

What does not count: places in files, stable numbers, how something is spelt, and what page a question is drawn to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from pydantic import BaseModel

from scormkit.model.course import Course, Media, Source, own
from scormkit.model.prose import Link, Prose
from scormkit.model.question import Question
from scormkit.model.settings import CourseSettings, PageSettings, SectionSettings

_ASIDE = frozenset({"span", "places", "number", "revision"})
_BLANK = re.compile(r"\s+")
_PARAGRAPH = re.compile(r"<p>((?:(?!</?p>).)*)</p>")
"""A paragraph that is all that an answer says is its words."""


def differing(course: Course, read: Course) -> tuple[str, ...]:
    """What is not the same in two courses, in words that name the place; each place once."""
    return tuple(dict.fromkeys(_differing(course, read)))


def _differing(course: Course, read: Course) -> Iterator[str]:
    for name in ("settings", "theme", "accessibility_results"):
        if _plain(getattr(course, name)) != _plain(getattr(read, name)):
            yield f"the {name.replace('_', ' ')}"
    for what, mine, theirs in zip(
        ("page", "bank", "term", "source", "file"), _parts(course), _parts(read), strict=True
    ):
        names = (
            name for name in (*mine, *theirs) if name not in read.unused
        )  # a file that nothing shows is there, too
        yield from (f"the {what} '{name}'" for name in names if mine.get(name) != theirs.get(name))
    spoken = {one.settings.language: one for one in read.translations}
    for one in course.translations:
        tag = one.settings.language
        if tag not in spoken:
            yield f"the translation into {tag}"
        else:
            yield from (f"{found} in {tag}" for found in _differing(one, spoken[tag]))


def _parts(course: Course) -> Iterator[Mapping[str, object]]:
    yield _pages(course)
    yield _by(course.banks, "id")
    yield _by(course.glossary, "name")
    yield _by(course.sources, "key")
    yield _by(course.media, "path")


def _pages(course: Course) -> Mapping[str, object]:
    """Pages by their ids, each with what there is before it and around it."""
    found: dict[str, object] = {}
    before = ""
    for section in course.sections:
        around = [section.id, _title(section.title), _plain(section.settings)]
        for page in section.pages:
            found[page.id] = [before, around, _title(page.title), _plain(page.settings), _plain(own(page.blocks))]
            before = page.id
    return found


def _by(parts: Iterable[Any], key: str) -> Mapping[str, object]:
    return {getattr(part, key): _plain(part) for part in parts}


def _plain(value: Any) -> Any:
    """What a part of a course says, as plain data."""
    if isinstance(value, Prose):
        return _html(value.html) or None
    if isinstance(value, Link):
        return [value.target, value.text]
    if isinstance(value, Media):
        return [value.path, value.size]
    if isinstance(value, Source):
        return [value.key, _plain(value.text)]
    if isinstance(value, BaseModel):
        return _settings(value)
    if is_dataclass(value) and not isinstance(value, type):
        told = {field.name: getattr(value, field.name) for field in fields(value) if field.name not in _ASIDE}
        return [type(value).__name__, {name: _plain(one) for name, one in told.items()}]
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    return [*_listed(value)] if isinstance(value, tuple | list) else value


def _listed(values: Iterable[Any]) -> Iterator[Any]:
    """Stretches of Prose with nothing between them are one; what is asked again is asked elsewhere."""
    prose = ""
    for value in values:
        if isinstance(value, Prose):
            prose += f" {value.html}"
            continue
        if prose.strip():
            yield _html(prose)
        prose = ""
        if not (isinstance(value, Question) and value.again):
            yield _plain(value)
    if prose.strip():
        yield _html(prose)


def _html(html: str) -> str:
    plain = (
        _BLANK.sub(" ", html.replace("<p></p>", "").replace(" />", ">"))
        .replace("> <", "><")
        .replace("<br> ", "<br>")
        .strip()
    )
    alone = _PARAGRAPH.fullmatch(plain)
    return alone[1].strip() if alone else plain


def _title(text: str) -> str:
    return " ".join(text.split())


def _settings(value: BaseModel) -> object:
    said = value.model_dump(mode="json", exclude_defaults=True)
    but = {CourseSettings: ("pages", "theme"), PageSettings: ("title", "id"), SectionSettings: ("title",)}
    return {key: one for key, one in said.items() if key not in but.get(type(value), ())}
