"""What `tabs`, `cards`, `steps`, `timeline` and `columns` are made of: parts, each under a heading of its own.

In: a Directive and its Reader. Out: `Part`s, and problems.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from scormkit.blocks.reading import EMPTY
from scormkit.model.course import Block, ContentBlock
from scormkit.model.directive import Directive, Reader, Stretch
from scormkit.model.problem import Rule, Severity
from scormkit.model.question import Question
from scormkit.model.written import joined, line, markdown

NO_HEADINGS = Rule(
    "BLK010",
    Severity.ERROR,
    "the parts of '{name}' have no headings",
    "begin each part with a line such as '### Its heading' (one # more than the heading that the block stands under)",
    "It is not clear where one part ends and the next one begins.",
    "WCAG 2.2, 1.3.1 Info and Relationships",
)
BEFORE = Rule(
    "BLK011",
    Severity.ERROR,
    "in '{name}' there is text before the first heading",
    "give it a heading, or move it above the block",
    "It belongs to none of the parts.",
)
ONE_PART = Rule(
    "BLK012",
    Severity.WARNING,
    "'{name}' has one part only",
    "add {more}, or write it without this block",
    "The block is there to set parts side by side, or in a row.",
)
EMPTY_PART = Rule(
    "BLK013",
    Severity.ERROR,
    "this part of '{name}' is empty",
    "write its text, or remove {mark}",
    "Learners would find nothing there.",
)


@dataclass(frozen=True, kw_only=True)
class Part(ContentBlock):
    """One tab, card, step, event or column: `title` is its whole heading, which columns need not have."""

    type: ClassVar[str] = "part"


def written_parts(parts: tuple[Block, ...]) -> str:
    """Parts under their headings, as they are read; those without one begin with a line."""
    texts = []
    for place, part in enumerate(parts):
        title = part.title if isinstance(part, ContentBlock) else None
        heading = title.source.strip() if title else "---" if place else ""
        if title and not title.headings and not heading.startswith("#"):
            heading = f"### {line(title)}"
        texts += [heading, markdown(part.blocks) if isinstance(part, ContentBlock) else markdown((part,))]
    return joined(*texts)


def questions_in(blocks: tuple[Block, ...]) -> Iterator[Question]:
    """The questions in `blocks`, however deep, but for those in tabs, which tell of their own."""
    for block in blocks:
        if isinstance(block, Question):
            yield block
        elif isinstance(block, ContentBlock) and block.type != "tabs":
            yield from questions_in(block.blocks)


def read_parts(directive: Directive, reader: Reader) -> tuple[Part, ...]:
    """The parts of a body; each needs a heading."""
    found = reader.stretches(directive)
    if found and not found[0].heading:
        rule = BEFORE if len(found) > 1 else NO_HEADINGS
        place = found[0].blocks[0].span if found[0].blocks else directive.span
        reader.report(rule.at(place, name=directive.name))
    elif len(found) == 1:
        reader.report(ONE_PART.at(directive.span, name=directive.name, more="another heading"))
    return tuple(_parts(found, directive, reader))


def read_columns(directive: Directive, reader: Reader) -> tuple[Part, ...]:
    """The parts of a body that may go without headings: a line `---` parts them, too."""
    found = reader.stretches(directive, lines=True)
    if len(found) == 1:
        more = "a line '---' with an empty line before it"
        reader.report(ONE_PART.at(directive.span, name=directive.name, more=more))
    return tuple(_parts(found, directive, reader))


def _parts(found: tuple[Stretch, ...], directive: Directive, reader: Reader) -> Iterator[Part]:
    if not found:
        reader.report(EMPTY.at(directive.span, name=directive.name))
    for stretch in found:
        place = stretch.heading.span if stretch.heading else directive.span
        if not stretch.blocks:
            mark = "its heading" if stretch.heading else "a line '---'"
            reader.report(EMPTY_PART.at(place, name=directive.name, mark=mark))
        yield Part(title=stretch.heading or None, blocks=stretch.blocks, span=place)
