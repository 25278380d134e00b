"""`recall`: practice questions of earlier pages, asked once more.

    :::{recall} finished-leaflet, who-decides
    What stands before the questions: optional.
    :::

The ids of the questions follow the name. Each is a question of its own in reports and in saved progress, called like the first
with `-again` behind it; its answers are in another order, and whoever has answered is told how it went the first time.
`scormkit.load.recall` puts the questions into it once all pages are read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar, Self

from scormkit.blocks.reading import read_options
from scormkit.model.course import ContentBlock
from scormkit.model.directive import Directive, Reader, Value
from scormkit.model.problem import Rule, Severity
from scormkit.model.question import Question
from scormkit.model.source import Span
from scormkit.model.written import directive, markdown

NO_NAMES = Rule(
    "BLK080",
    Severity.ERROR,
    "this recall names no question",
    "write the id of a question on an earlier page behind the name: :::{{recall}} first-moment",
    "There is nothing to ask again.",
)


@dataclass(frozen=True, kw_only=True)
class Recall(ContentBlock):
    """Questions to be asked again: `names` are their ids, as written; `blocks` is what stands before them, then the questions."""

    type: ClassVar[str] = "recall"
    titled: ClassVar[bool] = False

    names: tuple[Value, ...] = ()

    @classmethod
    def read(cls, directive: Directive, reader: Reader) -> Self:
        read_options(directive, reader, ())
        names = tuple(
            Value(found[0], Span(directive.title_span.path, directive.title_span.line, directive.title_span.column + found.start()))
            for found in re.finditer(r"[^\s,;]+", directive.title)
        )  # fmt: skip
        if not names:
            reader.report(NO_NAMES.at(directive.span))
        return cls(names=names, blocks=reader.content(directive), span=directive.span)

    @property
    def written(self) -> Directive:
        before = (block for block in self.blocks if not (isinstance(block, Question) and block.again))
        return directive(self.type, ", ".join(name.text for name in self.names), {}, markdown(before))
