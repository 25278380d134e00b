"""A course, made in code or loaded, written as a folder that authors go on with.

In: a `Course`, and a folder that is new or empty. Out: its files, all of them or none, and what reads otherwise than it was.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from scormkit.model.problem import Problem, Rule, Severity
from scormkit.model.source import Span

if TYPE_CHECKING:
    from scormkit.load.segments import Segment
    from scormkit.model.course import Course, Media
    from scormkit.spell.addresses import Addresses

OTHERWISE = Rule(
    "OUT004",
    Severity.WARNING,
    "{what} could not be written as it is",
    "look at it in the folder and correct it there, or make it in code as 'scormkit.load' would",
    "A course that is made in code can say what the language of course folders has no words for.",
)

__all__ = ["write"]


def write(course: Course, folder: Path | str) -> tuple[Problem, ...]:
    """Writes `course` as a folder of plain text, with its media, banks, theme, translations and course.lock.

    `folder` must be new or empty: raises FileExistsError where it is not, OSError where it cannot be written or a file of the
    course's cannot be read, and ValueError where the path of such a file leads out of it; then nothing is left behind. What has
    been written is read again: the problems name all that is not the same then. Loaded again, the course has the ids and numbers
    that learners' progress hangs on.
    """
    from scormkit.load import load
    from scormkit.spell import differing

    path = Path(folder)
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise FileExistsError(f"{path} exists and is not an empty folder; nothing that is yours is overwritten")
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.absolute().with_name(f".{path.name}.{os.getpid()}-{secrets.token_hex(4)}.part")
    try:
        _fill(course, aside)
        read = load(aside).courses[0]
        if path.exists():
            path.rmdir()
        aside.replace(path)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise
    return tuple(OTHERWISE.at(Span(path.as_posix()), what=what) for what in differing(course, read))


def _fill(course: Course, folder: Path) -> None:
    from scormkit.load.lock import NAME, lock_text
    from scormkit.spell import Addresses, spelled

    addresses = Addresses(course)
    texts = spelled(course, addresses)
    texts |= dict(_translations(course, texts, addresses))
    before = course.root / NAME if course.root else None
    if course.lock.course:
        texts[NAME] = lock_text(course.lock)
    elif before and before.is_file():  # of a course that is made in code anew for each release
        texts[NAME] = before.read_text(encoding="utf-8")
    for name, text in texts.items():
        _place(folder, name).write_text(text, encoding="utf-8", newline="\n")
    for name, media in _files(course, addresses):
        with _place(folder, name).open("wb") as out:
            if media.data is not None:
                out.write(media.data)
            else:
                with media.file.open("rb") as file:
                    shutil.copyfileobj(file, out)


def _place(folder: Path, name: str) -> Path:
    """Where a file stands; its folder is made. Raises ValueError for a name that leads out of `folder`."""
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        raise ValueError(f"'{name}' leads out of the folder of the course")
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def _files(course: Course, addresses: Addresses) -> Iterator[tuple[str, Media]]:
    """The media of all languages, those that nothing refers to, and the files of the theme, by their new paths."""
    from scormkit.model.course import Media

    for one in (course, *course.translations):
        yield from ((addresses.media[media.path], media) for media in one.media)
    unused = [(path, course.root / path) for path in course.unused] if course.root else []
    yield from ((path, Media(path, file, file.stat().st_size)) for path, file in unused if file.is_file())
    for media in course.theme.files if course.theme else ():
        yield f"{addresses.theme}/{media.path.removeprefix('theme/')}", media


def _translations(course: Course, texts: dict[str, str], addresses: Addresses) -> Iterator[tuple[str, str]]:
    """locales/<tag>.po for each other language: what the same files say in it, text by text."""
    from scormkit.exchange.po import po
    from scormkit.load.files import Tree
    from scormkit.load.translation import texts_of
    from scormkit.model.catalogue import Catalogue, Entry
    from scormkit.spell import spelled

    def words(files: dict[str, str]) -> dict[str, Sequence[Segment]]:
        tree = Tree("", Path(), {name: text.encode("utf-8", "surrogatepass") for name, text in files.items()})
        return {said.path: said.segments for said in texts_of(tree, None)}

    if not course.translations:
        return
    settings = course.settings
    mine = words(texts)
    for one in course.translations:
        theirs = words(spelled(one, addresses))
        tag = one.settings.language
        entries = [
            Entry(own.text.id, own.text.source, _target(own, said.text.source, settings.language), note=own.text.note)
            for path, segments in mine.items()
            for own, said in zip(segments, theirs.get(path, []), strict=False)
        ]
        catalogue = Catalogue(settings.id, settings.language, tag, settings.title, settings.version, tuple(entries))
        yield f"locales/{tag}.po", po(catalogue)


def _target(own: Segment, said: str, language: str) -> str:
    """A translation; empty where the text stands in the other language as it was written, marked as such if it can be."""
    marked = own.form in ("line", "cell") and own.text.markup
    as_written = said.startswith(f'<bdi lang="{language}">') if marked else said == own.text.source
    return "" if as_written else said
