"""A folder of plain text -> Programme: settings, pages, media, lock, and everything that is wrong with them.

    programme = load("course")                      # or load(): the course here, else in course/
    programme = load_texts({"course.yaml": ..., "pages/01-welcome.md": ...})
    page = Page("welcome", "Welcome", blocks=(prose("Hello, **world**."),))

What an author wrote never makes these functions raise: it makes problems, all of them at once, each with its place.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scormkit.load.memory import Memory
    from scormkit.model.course import Programme
    from scormkit.model.prose import Prose

__all__ = ["load", "load_texts", "phrase", "prose"]


def load(path: Path | str | None = None, memory: Memory | None = None) -> Programme:
    """Reads the programme or course in the folder `path` (or whose settings file `path` is).

    Without a path: what is in the current folder, else in its sub-folder `course`. A course that belongs to a
    programme (its folder stands beside a programme.yaml) is read with the settings of its programme. With a `memory` of
    scormkit/load/memory.py, pages that it knows unchanged are not read again.
    """
    from scormkit.load.files import Tree
    from scormkit.load.programme import load_programme

    folder = Path(path) if path is not None else _here()
    if folder.name in ("programme.yaml", "course.yaml") and not folder.is_dir():
        folder = folder.parent
    return load_programme(Tree(_shown(folder), folder, memory=memory))


def load_texts(files: Mapping[str, str | bytes]) -> Programme:
    """Reads a programme or course from memory: `files` are contents by path, as they would stand in its folder."""
    from scormkit.load.files import Tree
    from scormkit.load.programme import load_programme

    texts = {
        path: data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data for path, data in files.items()
    }
    return load_programme(Tree("", Path(), texts))


def prose(markdown: str, page: str = "") -> Prose:
    """Markdown as Prose, for courses made in code.

    Links to pages are written `#/page-id` or `#/page-id/heading`, those to media `media/x.svg`. Prose with headings or
    footnotes needs the id of the `page` that it stands on, because their anchors begin with it. Directives are not read
    here: make the Question or ContentBlock instead. Raises ValueError where the Markdown holds something that a course
    may not have, such as scripts.
    """
    from scormkit.load.reader import read_prose

    return read_prose(markdown, page)


def phrase(markdown: str) -> Prose:
    """Inline Markdown as Prose, for what is no paragraph: titles, prompts, answers, captions. Otherwise like `prose`."""
    from scormkit.load.reader import read_phrase

    return read_phrase(markdown)


def _here() -> Path:
    """The current folder where it holds a course or programme, else the folder `course` in it."""
    here = Path()
    return here if any((here / name).is_file() for name in ("programme.yaml", "course.yaml")) else here / "course"


def _shown(folder: Path) -> str:
    """How an author reaches `folder` from where the command runs."""
    try:
        shown = os.path.relpath(folder)
    except ValueError:  # on another drive
        shown = str(folder.resolve())
    return shown.replace(os.sep, "/")
