"""Programme > Course > Section > Page > Block: what an author wrote, typed and frozen."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import ClassVar

from scormkit.model.accessibility import AccessibilityResults
from scormkit.model.directive import Directive
from scormkit.model.lock import Lock
from scormkit.model.problem import Problem
from scormkit.model.prose import Prose
from scormkit.model.question import Question
from scormkit.model.settings import CourseSettings, PageSettings, PaperSection, ProgrammeSettings, SectionSettings
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
    def written(self) -> Directive:
        """This block as an author writes it: what `read` makes it of."""
        raise NotImplementedError(type(self).__name__)

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
        """Whether its questions count towards the score."""
        return self.settings.type == "assessment"

    @property
    def is_test(self) -> bool:
        """Whether its questions make a paper that is submitted: assessments, and pre-tests, which do not count."""
        return self.settings.type in ("assessment", "pretest")

    def asks_how_sure(self, question: Question) -> bool:
        """Whether learners are asked how sure they are of their answer to this question of the page."""
        return question.confidence or (self.settings.confidence and question.can_be_sure)

    @property
    def parts(self) -> tuple[tuple[PaperSection, tuple[Question, ...]], ...]:
        """The sections of a test with their questions: each belongs to the first section that names it."""
        found: list[tuple[PaperSection, list[Question]]] = [(section, []) for section in self.settings.sections]
        for question in self.questions:
            for section, questions in found:
                if is_named(question, section.drawn_from):
                    questions.append(question)
                    break
        return tuple((section, tuple(questions)) for section, questions in found)

    @property
    def pools(self) -> tuple[Pool, ...]:
        """What a paper is drawn from, section by section."""
        if not self.settings.sections:
            return (Pool(self.questions, min(self.settings.draw or len(self.questions), len(self.questions))),)
        return tuple(
            Pool(questions, min(section.draw or len(questions), len(questions)), section.title)
            for section, questions in self.parts
        )


@dataclass(frozen=True)
class Pool:
    """Questions of which every paper of a test has `draw`; `section` is empty where the test has no sections."""

    questions: tuple[Question, ...]
    draw: int
    section: str = ""


def own(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks of a page that stand in its file: what a test draws from banks comes behind them."""
    drawn = (place for place, block in enumerate(blocks) if isinstance(block, Question) and block.bank)
    return blocks[: next(drawn, len(blocks))]


def changed(blocks: tuple[Block, ...], change: Callable[[Question], Question]) -> tuple[Block, ...]:
    """The same blocks, with every question in them, those inside other blocks too, put through `change`."""

    def one(block: Block) -> Block:
        if isinstance(block, Question):
            return change(block)
        if isinstance(block, ContentBlock) and block.blocks:
            return replace(block, blocks=changed(block.blocks, change))
        return block

    return tuple(map(one, blocks))


def is_named(question: Question, names: Collection[str]) -> bool:
    """Whether one of `names` is a tag of the question, its bank, or the folder of its bank."""
    bank = question.bank
    return any(name in question.tags or bank == name or bank.startswith(f"{name}/") for name in names)


@dataclass(frozen=True)
class Bank:
    """Questions of one file in banks/, which tests draw on. `id` is its path there, without the ending."""

    id: str
    title: str = ""
    blocks: tuple[Block, ...] = ()
    span: Span = Span("")

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(block for block in _walk(self.blocks) if isinstance(block, Question))

    @property
    def notes(self) -> tuple[Prose, ...]:
        """Its footnotes, which go wherever its questions go."""
        prose = (block for block in self.blocks if isinstance(block, Prose))
        return tuple(block for block in prose if block.html.startswith('<section class="footnotes"'))


GLOSSARY = "~glossary"
"""Id of the page that the terms stand on; no page of an author's can have it: page ids begin with a letter or digit."""


@dataclass(frozen=True)
class Term:
    """A word of the glossary and what it means; links to it end in `/` and its `anchor`. Pages name it by `also`, too."""

    name: str
    meaning: Prose
    anchor: str
    span: Span = Span("")
    also: tuple[str, ...] = ()


REFERENCES = "~references"
"""Id of the page that the sources stand on."""


@dataclass(frozen=True)
class Source:
    """A source that the course cites: its text, its number, and where it is cited: pages' ids and the places' anchors."""

    key: str
    text: Prose
    number: int
    places: tuple[tuple[str, str], ...] = ()
    span: Span = Span("")

    @property
    def pages(self) -> frozenset[str]:
        return frozenset(page for page, _ in self.places)


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
    `accessibility_results` are those of the file that its settings name.
    `glossary` are its terms in their order, `sources` those that it cites, by their numbers. `banks` are questions that
    its tests draw on, as they stand in their files; the pages have those that they draw under ids of their own
    (`hand-gel--final-test`). `unused` are files of the course's media folder that nothing refers to.
    `places` says where each value of the settings stands, by its keys joined with dots (`assessment.pass-mark`,
    `objectives.0.id`). `translations` are the same course in other languages: the same pages, questions, ids and
    numbers; `edition` is the language of a package that is made for one of several. `lock` holds the stable numbers of all that
    the course has and ever had. `root` is its folder, None where it was made in code.
    """

    settings: CourseSettings
    sections: tuple[Section, ...] = ()
    media: tuple[Media, ...] = ()
    glossary: tuple[Term, ...] = ()
    sources: tuple[Source, ...] = ()
    theme: Theme | None = None
    banks: tuple[Bank, ...] = ()
    unused: tuple[str, ...] = ()
    accessibility_results: AccessibilityResults | None = None
    lock: Lock = field(default_factory=Lock)
    root: Path | None = None
    problems: tuple[Problem, ...] = ()
    span: Span = Span("course.yaml")
    places: Mapping[str, Span] = field(default_factory=dict)
    translations: tuple[Course, ...] = ()
    edition: str = ""

    def place(self, key: str) -> Span:
        """Where the settings say `key`; where they do not, what holds it, and at last course.yaml itself."""
        return _place(self.places, key, self.span)

    def attempts(self, page: Page) -> int:
        """How often a test may be taken; 0: as often as the learner likes. A pre-test is taken once unless it says more."""
        shared = self.settings.assessment.attempts if page.is_assessment else 1
        return shared if page.settings.attempts is None else page.settings.attempts

    def pass_mark(self, page: Page) -> float:
        """Per cent that passes a test."""
        return self.settings.assessment.pass_mark if page.settings.pass_mark is None else page.settings.pass_mark

    @property
    def versions(self) -> tuple[Course, ...]:
        """The course in each of its languages, the one that is shown first in front."""
        by_tag = {one.settings.language: one for one in (self, *self.translations)}
        wanted = [by_tag.pop(tag) for tag in self.settings.languages if tag in by_tag]
        return (*wanted, *by_tag.values())

    @property
    def editions(self) -> tuple[Course, ...]:
        """What packages are made of: the course with all of its languages, or one edition for each of them."""
        if self.settings.packages == "one" or not self.translations:
            return (self,)
        return tuple(replace(one, translations=(), edition=one.settings.language) for one in self.versions)

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """The pages of all sections, in their order."""
        return tuple(page for section in self.sections for page in section.pages)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """The questions of all pages in their order, with those that tests draw from banks."""
        return tuple(question for page in self.pages for question in page.questions)

    @cached_property
    def page_by_id(self) -> Mapping[str, Page]:
        """To find a page without looking through all of them; of two with one id, which is an error, the later one."""
        return {page.id: page for page in self.pages}

    @cached_property
    def question_by_id(self) -> Mapping[str, Question]:
        """As `page_by_id`."""
        return {question.id: question for question in self.questions}


def covered(course: Course, names: Collection[str]) -> tuple[str, ...]:
    """Ids of the pages that a pre-test's `covers` means: pages and sections by their ids, and the pages whose objectives are
    all named. Tests are never skipped."""
    return tuple(
        page.id
        for section in course.sections
        for page in section.pages
        if not page.is_test
        and (
            page.id in names
            or section.id in names
            or (page.settings.objectives and set(page.settings.objectives) <= set(names))
        )
    )


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
