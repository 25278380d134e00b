"""What a question type or content block gets to read: a Directive, and a Reader that takes its text apart.

    :::{choice} Which word fits best?        <- name and title
    :points: 2                               <- options
    - [x] Consultation                       <- body
      > Yes.
    :::

`scormkit.load` makes Directives and is the Reader; the modules in scormkit/questions/ and scormkit/blocks/ turn each
into a Question or ContentBlock without touching a file or a Markdown parser.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from scormkit.model.problem import Problem
from scormkit.model.prose import Link, Prose
from scormkit.model.source import Span

if TYPE_CHECKING:
    from scormkit.model.course import Block


@dataclass(frozen=True)
class Value:
    """A piece of text and where it stands."""

    text: str
    span: Span


@dataclass(frozen=True)
class Directive:
    """A `:::{name} title` fence as written. `body` begins at `body_span`; `span` is the opening fence."""

    name: str
    title: str
    options: dict[str, Value] = field(default_factory=dict)
    body: str = ""
    span: Span = Span("")
    title_span: Span = Span("")
    body_span: Span = Span("")


@dataclass(frozen=True)
class Item:
    """One item of a list: `checked` is None where it has no `[ ]`; `quote` is the block quote under it (feedback)."""

    text: Prose
    checked: bool | None = None
    quote: Prose | None = None
    items: tuple[Item, ...] = ()  # of a list inside it
    span: Span = Span("")


@dataclass(frozen=True)
class Definition:
    """One term of a definition list with what it is defined as."""

    term: Prose
    meanings: tuple[Item, ...]
    span: Span = Span("")


@dataclass(frozen=True)
class Stretch:
    """A stretch of a body: the heading that begins it (empty for what stands before the first), and what follows."""

    heading: Prose
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True)
class Outline:
    """A question's body, taken apart.

    `intro` is all that stands before the first list (more of the prompt), `items` the list (which may follow a definition list),
    `definitions` the definition list, `quotes` the block quotes by their first word (`correct:`, `incorrect:`, wherever
    they stand; the key is "" for quotes after the list that have none), `rest` anything left over.
    """

    intro: tuple[Block, ...] = ()
    items: tuple[Item, ...] = ()
    ordered: bool = False
    definitions: tuple[Definition, ...] = ()
    quotes: dict[str, Prose] = field(default_factory=dict)
    rest: tuple[Block, ...] = ()


@dataclass(frozen=True)
class Chapter:
    """What stands under a `## Title {mark, mark}` of a question's body.

    `anchor` is the title's words as links name them, `marks` what stands in braces behind it. What comes before the first
    heading is a chapter without a title, and is all `intro`.
    """

    title: Prose
    anchor: str
    marks: tuple[str, ...]
    outline: Outline
    span: Span


class Reader(Protocol):
    """Takes a directive's text apart, and collects what is wrong with it. `page` is the id of the page that is read."""

    page: str

    def options(self, directive: Directive, known: Collection[str]) -> dict[str, Value]:
        """A directive's options; those that are not `known` are reported and left out."""

    def title(self, directive: Directive) -> Prose:
        """A directive's title; empty where it has none."""

    def content(self, directive: Directive) -> tuple[Block, ...]:
        """A directive's body as blocks."""

    def stretches(self, directive: Directive, lines: bool = False) -> tuple[Stretch, ...]:
        """A directive's body, parted at its headings of the first one's level or above; with `lines`, at `---` too."""

    def outline(self, directive: Directive, lists: bool = True) -> Outline:
        """The parts of a question's body; without `lists` none of them is its answers, and all but the feedback is `intro`."""

    def chapters(self, directive: Directive) -> tuple[Chapter, ...]:
        """The parts of a body that has headings of the second level; the first is what stands before them."""

    def prose(self, text: str, span: Span) -> Prose:
        """Inline Markdown (an option's value) as Prose; no paragraphs."""

    def blocks(self, text: str, span: Span) -> tuple[Block, ...]:
        """Any other Markdown, with directives in it, as blocks."""

    def media(self, value: Value) -> Link:
        """The media file that an option names; its target is None (and there is a problem) where nothing is there."""

    def name(self, wanted: str) -> str:
        """An id for a question that has none: a slug of `wanted`, not yet used in the course."""

    def report(self, problem: Problem) -> None:
        """Notes something that is wrong."""
