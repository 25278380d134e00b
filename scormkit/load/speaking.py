"""A folder -> for each course in it what it says, and what has been translated: what translations are written out from.

In: the folder of a course or programme. Out: `Spoken`, without reading a single page as a page; what is wrong with the course is
not told here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from scormkit.load.files import Tree, read_text
from scormkit.load.po import read_po
from scormkit.load.programme import courses_in, settings_of
from scormkit.load.translation import LOCALES, texts_of
from scormkit.model.catalogue import Catalogue, Text


@dataclass(frozen=True)
class Spoken:
    """The texts of one course, its languages (those of its settings), and its catalogues (`there`: their languages)."""

    id: str
    title: str
    version: str
    slug: str
    language: str
    languages: tuple[str, ...]
    texts: tuple[Text, ...]
    there: tuple[str, ...]
    folder: Path
    tree: Tree

    def catalogue(self, language: str) -> Catalogue:
        """What has been translated into a language so far."""
        path = f"{LOCALES}/{language}.po"
        file = self.tree.file(path) if language else None
        text = read_text(file, self.tree.span(path))[0] if file else None
        return read_po(text or "", self.tree.span(path))[0]


def spoken(folder: Path) -> Iterator[Spoken]:
    """Every course in a folder, whether its settings name it or not."""
    for tree, around in courses_in(Tree(folder.as_posix(), folder)):
        settings = settings_of(tree, around)
        texts = tuple(segment.text for words in texts_of(tree, around) for segment in words.segments)
        there = tuple(PurePosixPath(path).stem for path in tree.files(LOCALES) if path.endswith(".po"))
        yield Spoken(
            settings.id, settings.title, settings.version, settings.slug, settings.language, settings.languages, texts,
            there, tree.root, tree,
        )  # fmt: skip
