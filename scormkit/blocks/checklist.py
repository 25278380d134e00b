"""`checklist`: things to tick off, on the screen or on paper.

    :::{checklist} Before the first meeting
    What stands before the list: optional.

    - [ ] Two parents or more are invited
      - [ ] Somebody has asked who is missing
    - [ ] The payment policy is known
      > A remark to the point above.
    :::

`[ ]` may be left out. Ticks are kept on the learner's device and are never reported.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Self

from scormkit.blocks.reading import read_options
from scormkit.model.course import ContentBlock
from scormkit.model.directive import Directive, Item, Reader
from scormkit.model.problem import Rule, Severity
from scormkit.model.written import directive, joined, listed, markdown

NO_ITEMS = Rule(
    "BLK007",
    Severity.ERROR,
    "this checklist has no items",
    "write one '- [ ] what to tick off' on each line",
    "There is nothing to tick off.",
)
EMPTY_ITEM = Rule(
    "BLK008",
    Severity.ERROR,
    "this item of the checklist is empty",
    "write its text, or remove it",
    "Learners would see a box without words.",
    "WCAG 2.2, 4.1.2 Name, Role, Value",
)
TICKED = Rule(
    "BLK009",
    Severity.WARNING,
    "this item of the checklist is ticked already",
    "write [ ], or nothing, before it: learners tick it themselves",
    "A checklist begins with nothing done.",
)


@dataclass(frozen=True, kw_only=True)
class Checklist(ContentBlock):
    """The first `lead` of `blocks` stand before the list, the others behind it; items may have items of their own."""

    type: ClassVar[str] = "checklist"

    items: tuple[Item, ...] = ()
    lead: int = 0

    @classmethod
    def read(cls, directive: Directive, reader: Reader) -> Self:
        read_options(directive, reader, ())
        outline = reader.outline(directive)
        if not outline.items:
            reader.report(NO_ITEMS.at(directive.span))
        for item in _all(outline.items):
            if not item.text:
                reader.report(EMPTY_ITEM.at(item.span))
            elif item.checked:
                reader.report(TICKED.at(item.span))
        return cls(
            title=reader.title(directive) or None,
            blocks=(*outline.intro, *outline.rest, *outline.quotes.values()),
            items=outline.items,
            lead=len(outline.intro),
            span=directive.span,
        )

    @property
    def written(self) -> Directive:
        before, behind = self.blocks[: self.lead], self.blocks[self.lead :]
        body = joined(markdown(before), listed(self.items), markdown(behind))
        return directive(self.type, self.title, {}, body)


def _all(items: tuple[Item, ...]) -> Iterator[Item]:
    for item in items:
        yield item
        yield from _all(item.items)
