"""Programme > Course > Section > Page > Block: what an author wrote, typed and frozen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from scormkit.model.lock import Lock
from scormkit.model.problem import Problem
from scormkit.model.prose import Prose
from scormkit.model.question import Question
from scormkit.model.settings import CourseSettings, PageSettings, ProgrammeSettings, SectionSettings
from scormkit.model.source import Span
from scormkit.model.theme import ThemeSettings


@dataclass(frozen=True, kw_only=True)
class ContentBlock:
    """What all content blocks share; each is a subclass in scormkit/blocks/. `blocks` is what stands inside it."""

    type: ClassVar[str]
    titled: ClassVar[bool] = True  # whether words stand behind its name; else a file or an address does
    words: ClassVar[tuple[str, ...]] = ()  # the options that learners read, and translators translate

    title: Prose | None = None
    blocks: tuple[Block, ...] = ()
    span: Span = Span("")

    @property
    def media(self) -> tuple[str, ...]:
        """Paths of the media files that this block itself (not what stands inside it) puts into the package."""
        return ()

    @property
    def watch(self) -> tuple[str, int] | None:
        """The path of the recording that this block wants to be played before its page is done, and how many per cent of it."""
        return None

    @property
    def frames(self) -> tuple[str, ...]:
        """Origins (`https://example.org`) whose pages this block itself may show inside the course."""
        return ()


Block = Prose | ContentBlock | Question


@dataclass(frozen=True)
class Media:
    """A file that goes into the package as it is: its path there, and where its bytes are."""

    path: str
    file: Path
    size: int
    content: str = ""  # what its first bytes show it to be (png, mp4, html, zip ...); empty where they do not
    width: int = 0  # pixels, of images and videos whose size could be read
    height: int = 0
    data: bytes | None = None  # its bytes, where the course was made in memory


@dataclass(frozen=True)
class Theme:
    """How a course looks: what theme.yaml says, `style` (theme.css, made safe), `parts` (its templates, made safe, by name).

    `files` are its logo, fonts and pictures, as they go into the package; `logo` is the path of one of them, or empty.
    """

    settings: ThemeSettings = field(default_factory=ThemeSettings)
    style: str = ""
    parts: Mapping[str, str] = field(default_factory=dict)
    files: tuple[Media, ...] = ()
    logo: str = ""
    span: Span = Span("theme.yaml")
    places: Mapping[str, Span] = field(default_factory=dict)

    def place(self, key: str) -> Span:
        """Where theme.yaml says `key`; where it does not, what holds it, and at last the file itself."""
        return _place(self.places, key, self.span)


@dataclass(frozen=True)
class Page:
    """One page. `number` is its stable number in saved progress; `source` is its file, as the author names it."""

    id: str
    title: str
    settings: PageSettings = field(default_factory=PageSettings)
    blocks: tuple[Block, ...] = ()
    number: int = 0
    span: Span = Span("")
    places: Mapping[str, Span] = field(default_factory=dict)  # of the front matter's values, by key

    def place(self, key: str) -> Span:
        """Where the front matter says `key`, or the page where it does not."""
        return _place(self.places, key, self.span)

    @property
    def walk(self) -> Iterator[Block]:
        """Every block of the page in reading order, those inside other blocks too."""
        yield from _walk(self.blocks)

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(block for block in self.walk if isinstance(block, Question))

    @property
    def is_assessment(self) -> bool:
        return self.settings.type == "assessment"


GLOSSARY = "~glossary"
"""Id of the page that the terms stand on; no page of an author's can have it: page ids begin with a letter or digit."""


@dataclass(frozen=True)
class Term:
    """A word of the glossary and what it means; links to it end in `/` and its `anchor`."""

    name: str
    meaning: Prose
    anchor: str
    span: Span = Span("")


@dataclass(frozen=True)
class Section:
    """Pages that belong together; `id` and `title` are empty for pages that stand in no sub-folder.

    `span` is its section.yaml, or its first page where it has none; `places` are of the values in section.yaml.
    """

    pages: tuple[Page, ...]
    id: str = ""
    title: str = ""
    settings: SectionSettings = field(default_factory=SectionSettings)
    span: Span = Span("")
    places: Mapping[str, Span] = field(default_factory=dict)

    def place(self, key: str) -> Span:
        """Where section.yaml says `key`, or the section where it does not."""
        return _place(self.places, key, self.span)


@dataclass(frozen=True)
class Course:
    """A course: one package for each format.

    `problems` is what loading found; `scormkit.check` adds the rest. `media` are the files that go into the package.
    `theme` is how it looks, None where that is the default.
    `glossary` are its terms in their order. `unused` are files of the course's media folder that nothing refers to.
    `places` says where each value of the settings stands, by its keys joined with dots (`assessment.pass-mark`,
    `objectives.0.id`). `translations` are the same course in other languages: the same pages, questions, ids and
    numbers. `lock` holds the stable numbers of all that the course has and ever had. `root` is its folder, None where it was
    made in code.
    """

    settings: CourseSettings
    sections: tuple[Section, ...] = ()
    media: tuple[Media, ...] = ()
    glossary: tuple[Term, ...] = ()
    theme: Theme | None = None
    unused: tuple[str, ...] = ()
    lock: Lock = field(default_factory=Lock)
    root: Path | None = None
    problems: tuple[Problem, ...] = ()
    span: Span = Span("course.yaml")
    places: Mapping[str, Span] = field(default_factory=dict)
    translations: tuple[Course, ...] = ()

    def place(self, key: str) -> Span:
        """Where the settings say `key`; where they do not, what holds it, and at last course.yaml itself."""
        return _place(self.places, key, self.span)

    @property
    def versions(self) -> tuple[Course, ...]:
        """The course in each of its languages, the one that is shown first in front."""
        by_tag = {one.settings.language: one for one in (self, *self.translations)}
        wanted = [by_tag.pop(tag) for tag in self.settings.languages if tag in by_tag]
        return (*wanted, *by_tag.values())

    @property
    def pages(self) -> tuple[Page, ...]:
        return tuple(page for section in self.sections for page in section.pages)

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(question for page in self.pages for question in page.questions)


@dataclass(frozen=True)
class Programme:
    """Courses that are released together; a course folder on its own is a programme of one."""

    courses: tuple[Course, ...]
    settings: ProgrammeSettings = field(default_factory=ProgrammeSettings)
    root: Path | None = None
    problems: tuple[Problem, ...] = ()


def _place(places: Mapping[str, Span], key: str, whole: Span) -> Span:
    while key and key not in places:
        key = key.rpartition(".")[0]
    return places.get(key, whole)


def _walk(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        yield block
        if isinstance(block, ContentBlock | Question):
            yield from _walk(block.blocks)
