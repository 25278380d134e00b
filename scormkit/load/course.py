"""A course folder -> Course: settings, pages, media and lock put together.

In: a `Tree` whose root is the folder with course.yaml. Out: a `Course` with its problems. Each file is read once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from scormkit.load.accessibility import read_results
from scormkit.load.banks import draw_on, find_banks, read_banks
from scormkit.load.files import Found, Tree, read_text
from scormkit.load.glossary import find_terms, read_terms
from scormkit.load.links import Links
from scormkit.load.lock import NAME, apply_lock, read_lock
from scormkit.load.media import read_media
from scormkit.load.pages import find_pages, read_sections
from scormkit.load.recall import fill
from scormkit.load.references import Sources
from scormkit.load.settings import read
from scormkit.load.theme import load_theme
from scormkit.load.yaml import Document, read_settings
from scormkit.model.course import Course, Media
from scormkit.model.lock import Lock
from scormkit.model.problem import Problem
from scormkit.model.settings import CourseSettings
from scormkit.model.source import Span

SETTINGS = "course.yaml"
MEDIA = "media"
SHARED = "shared"
"""Where the files of a programme's own media folder stand in each package."""


def load_course(
    tree: Tree,
    inherited: Mapping[str, Any],
    shared: Mapping[str, Found],
    programme: Tree | None = None,
    language: str = "",
) -> Course:
    """Reads one course. `inherited` are settings of its `programme`, `shared` the files of the programme's media folder.

    With a `language`, files that are there in it (`ward.cy.svg` beside `ward.svg`) stand in for the others.
    """
    problems: list[Problem] = []
    settings, document, span = course_settings(tree, inherited, problems)
    pages = find_pages(tree, settings, document, problems)
    bank_files = find_banks(tree, problems)
    own = tree.files(MEDIA)
    links = Links(
        {page.path: page.id for page in pages},
        {path: _spoken(path, language, own) for path in own}
        | {f"../{path}": _packaged(_spoken(path, language, shared)) for path in shared},
    )
    entries = find_terms(tree, programme, links, problems)
    sources = Sources(tree, programme, links, problems)
    sections = read_sections(pages, tree, links, problems)
    banks = read_banks(bank_files, links, problems)
    sections = draw_on(banks, bank_files, sections, links)
    glossary = read_terms(entries, links, problems)
    place = document.place(("theme",)) or span
    theme = load_theme(settings.theme, tree, programme, place, problems)
    files = own | {_packaged(path): found for path, found in shared.items()}
    media = tuple(_media(path, files[path], tree, problems) for path in sorted(links.used))
    course = Course(
        settings=settings,
        sections=sections,
        media=media,
        glossary=glossary,
        banks=banks,
        sources=sources.cited(),
        theme=theme,
        accessibility_results=read_results(
            tree, settings, document.place(("accessibility", "results")) or span, problems
        ),
        unused=tuple(path for path in own if path not in links.used and not _is_spoken(path, settings.languages)),
        root=tree.folder,
        span=span,
        places={".".join(map(str, path)): place for path, place in document.values.items() if path},
    )
    if not language:  # a translation's are filled in once its questions have their names (translation.py)
        course, wrong = fill(course)
        problems += wrong
    lock, found = _lock(tree)
    course, changed = apply_lock(course, lock)
    return replace(course, problems=tuple(dict.fromkeys([*problems, *found, *changed, *tree.problems])))


def course_settings(
    tree: Tree, inherited: Mapping[str, Any], problems: list[Problem]
) -> tuple[CourseSettings, Document, Span]:
    """course.yaml: its settings, what they were read from, and where that stands."""
    document, span = Document({}), tree.span(SETTINGS)
    file = tree.file(SETTINGS)
    if file:
        text, found = read_text(file, span)
        document = read_settings(text or "", span)
        document.whole &= text is not None
        problems += [*found, *document.problems]
    name = PurePosixPath(tree.name).name or "course"
    settings, found = read(
        CourseSettings, document, span, SETTINGS, inherited=inherited, otherwise={"id": f"urn:x-course:{name}", "title": name}
    )  # fmt: skip
    problems += found
    return settings, document, span


def _media(path: str, found: Found, tree: Tree, problems: list[Problem]) -> Media:
    own = found.path if not path.startswith(f"{SHARED}/") else f"../{found.path}"
    return read_media(found, path, tree.span(own), problems)


def _packaged(path: str) -> str:
    """The place in the package of a file in the programme's media folder."""
    return f"{SHARED}/{path.removeprefix(f'{MEDIA}/')}"


def _spoken(path: str, language: str, files: Mapping[str, Found]) -> str:
    """The file of `path` in a language, where there is one: its tag stands before the ending."""
    own = PurePosixPath(path)
    there = own.with_suffix(f".{language}{own.suffix}").as_posix() if language and own.suffix else path
    return there if there in files else path


def _is_spoken(path: str, languages: Sequence[str]) -> bool:
    return PurePosixPath(path).stem.rpartition(".")[2] in languages


def _lock(tree: Tree) -> tuple[Lock, list[Problem]]:
    file = tree.file(NAME)
    if file is None:
        return Lock(), []
    span = tree.span(NAME)
    text, found = read_text(file, span)
    if text is None:
        return Lock(), found
    lock, wrong = read_lock(text, span)
    return lock, [*found, *wrong]
