"""Translations of courses, out and in: what the commands `export` and `import` do with them.

In: the folder of a course or programme, and files of translators' programs. Out: files for them; and `locales/<tag>.po` in the
folder of the course that a file belongs to, written aside and moved into its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from scormkit.exchange.po import po
from scormkit.exchange.xliff import read_xliff, xliff
from scormkit.load.files import read_text
from scormkit.load.po import read_po
from scormkit.load.speaking import Spoken, spoken
from scormkit.model.archive import write_aside
from scormkit.model.catalogue import Catalogue, Entry, brought_up
from scormkit.model.problem import Problem, Rule, Severity, nearest, short
from scormkit.model.source import Span

NOT_A_TRANSLATION = Rule(
    "XCH007",
    Severity.FATAL,
    "'{name}' holds neither translations nor questions that could be told by its ending and its beginning",
    "give translations that end in .po, .xlf or .xliff, or questions that end in .gift, .txt, .csv or (of Moodle) .xml",
    "It is not known how to read it.",
)
NO_SUCH_COURSE = Rule(
    "XCH008",
    Severity.ERROR,
    "this is a translation of '{course}', which is not in {folder}{hint}",
    "name the folder of the course: scormkit import FILE --into DIR",
    "Words of another course would be shown wherever a text is the same by chance.",
)
SOURCE_LANGUAGE = Rule(
    "XCH009",
    Severity.ERROR,
    "the file is said to be in {language}, in which the course is written",
    "set the language that it is translated into, or name it: scormkit import --to fr FILE",
    "The course's own words stand in its pages.",
)
NOTHING = Rule(
    "XCH010",
    Severity.WARNING,
    "nothing in this file is translated",
    "save the file in the translation program, and give that one",
    "There is nothing to take over.",
)
SINCE = Rule(
    "XCH011",
    Severity.WARNING,
    "{count} texts have changed since this file was written out; the first is '{text}'",
    "look at them again: 'scormkit export' marks them",
    "Their translation is kept, but the course shows them as they are written now.",
)
NO_LONGER = Rule(
    "XCH012",
    Severity.INFO,
    "{count} translated texts are not in the course any more; the first is '{text}'",
    "nothing: they are kept at the end of the file, and found again if the text comes back",
    "They are not shown.",
)


@dataclass(frozen=True)
class Imported:
    """What came of one file: where it was written (None: nowhere), how many texts it translates, and what was found."""

    problems: tuple[Problem, ...]
    path: Path | None = None
    language: str = ""
    translated: int = 0
    of: int = 0


def exported(folder: Path, to: str, version: str) -> Iterator[tuple[Spoken, Catalogue, bytes]]:
    """For each course in `folder` and each language (`to`, or those of its settings), the catalogue and a file of it.

    `version` is `po`, `1.2` or `2.1`. A course that has no other language gives a file without translations.
    """
    for course in spoken(folder):
        tags = [to] if to else [tag for tag in course.languages if tag != course.language] or [""]
        for tag in tags:
            catalogue = _now(course, tag)
            yield course, catalogue, po(catalogue).encode() if version == "po" else xliff(catalogue, version)


def imported(file: Path, folder: Path, to: str = "", shown: str = "") -> Imported:
    """Takes a translated file over into the course of `folder` that it belongs to."""
    name = shown or file.as_posix()
    courses = list(spoken(folder))
    try:
        data = file.read_bytes()
    except OSError as error:
        from scormkit.load.files import UNREADABLE

        return Imported((UNREADABLE.at(Span(name), why=error.strerror or str(error)),))
    if file.suffix.lower() == ".po":
        found, problems = _read_po(file, name)
    elif file.suffix.lower() in (".xlf", ".xliff"):
        found, problems = _read_xliff(data, name, courses, to)
    else:
        return Imported((NOT_A_TRANSLATION.at(Span(name), name=file.name),))
    if found is None:
        return Imported(tuple(problems))
    course = _its(found, courses, folder, problems)
    language = to or found.language
    if course is None or not language:
        if course is not None:
            from scormkit.exchange.xliff import NO_LANGUAGE

            problems.append(NO_LANGUAGE.at(Span(name)))
        return Imported(tuple(problems))
    if language == course.language:
        return Imported((*problems, SOURCE_LANGUAGE.at(Span(name), language=language)))
    return _taken_over(found, course, language, name, problems)


def _taken_over(found: Catalogue, course: Spoken, language: str, name: str, problems: list[Problem]) -> Imported:
    """Puts what a file says before what the course has, and writes it."""
    translated = [entry for entry in found.entries if entry.target]
    if not translated:
        return Imported((*problems, NOTHING.at(Span(name))), language=language)
    texts = {text.id: text for text in course.texts}
    words = {text.source for text in course.texts}
    own = course.catalogue(language)
    since = [e for e in translated if e.source not in words and e.id in texts]
    gone = [e for e in translated if e.source not in words and e.id not in texts]
    for rule, some in ((SINCE, since), (NO_LONGER, gone)):
        if some:
            problems.append(rule.at(some[0].span, count=len(some), text=short(some[0].source)))
    new = {entry.id for entry in translated}
    kept = (entry for entry in (*own.entries, *own.gone) if entry.id not in new)
    merged = replace(
        own, entries=(*(replace(e, previous="" if e.checked else e.previous) for e in translated), *kept), gone=()
    )
    made = _named(brought_up(merged, course.texts), course, language)
    path = course.folder / "locales" / f"{language}.po"
    path.parent.mkdir(exist_ok=True)
    write_aside(path, po(made).encode())
    done = sum(entry.state == "translated" for entry in made.entries)
    return Imported(tuple(problems), path, language, done, len(made.entries))


def _now(course: Spoken, language: str) -> Catalogue:
    """The catalogue of a language for the texts as they are."""
    return _named(brought_up(course.catalogue(language), course.texts), course, language)


def _named(catalogue: Catalogue, course: Spoken, language: str) -> Catalogue:
    return replace(
        catalogue,
        course=course.id,
        source=course.language,
        language=language,
        title=course.title,
        version=course.version,
    )


def _read_po(file: Path, name: str) -> tuple[Catalogue | None, list[Problem]]:
    from scormkit.load.files import Found

    text, wrong = read_text(Found(file.name, file.stat().st_size, file), Span(name))
    if text is None:
        return None, wrong
    catalogue, problems = read_po(text, Span(name))
    return (None if problems else catalogue), [*wrong, *problems]


def _read_xliff(data: bytes, name: str, courses: Sequence[Spoken], to: str) -> tuple[Catalogue | None, list[Problem]]:
    """Read against each course until it is the one that the file names, else against the first."""
    found: Catalogue | None = None
    problems: list[Problem] = []
    for course in courses:
        every = {tag: _now(course, tag) for tag in {"", *course.languages, *course.there, *([to] if to else [])}}
        found, problems = read_xliff(data, name, every, to)
        if found is None or found.course in (course.id, ""):
            break
    return found, problems


def _its(found: Catalogue, courses: Sequence[Spoken], folder: Path, problems: list[Problem]) -> Spoken | None:
    for course in courses:
        if found.course == course.id or (not found.course and len(courses) == 1):
            return course
    close = nearest(found.course, [course.id for course in courses])
    hint = f"; there is '{close}'" if close else ""
    problems.append(NO_SUCH_COURSE.at(found.span, course=found.course, folder=folder.as_posix(), hint=hint))
    return None


__all__ = ["Entry", "Imported", "exported", "imported"]
