"""`columns`: two or three things side by side; one under the other where the window is narrow.

    :::{columns}
    ### What staff bring
    Study and practice.
    ### What parents bring
    This baby, this cot side, these weeks.
    :::

A part begins with a heading, or with a line `---` with empty lines around it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

from scormkit.blocks.parts import read_columns, written_parts
from scormkit.blocks.reading import read_options
from scormkit.model.course import ContentBlock
from scormkit.model.directive import Directive, Reader
from scormkit.model.problem import Rule, Severity
from scormkit.model.written import directive

TOO_MANY = Rule(
    "BLK014",
    Severity.WARNING,
    "there are {count} columns",
    "write at most three, or 'cards', which may be any number",
    "Beyond three, columns are too narrow to be read.",
)


@dataclass(frozen=True, kw_only=True)
class Columns(ContentBlock):
    """`blocks` are Parts."""

    type: ClassVar[str] = "columns"

    @classmethod
    def read(cls, directive: Directive, reader: Reader) -> Self:
        read_options(directive, reader, ())
        parts = read_columns(directive, reader)
        if len(parts) > 3:
            reader.report(TOO_MANY.at(directive.span, count=len(parts)))
        return cls(title=reader.title(directive) or None, blocks=parts, span=directive.span)

    @property
    def written(self) -> Directive:
        return directive(self.type, self.title, {}, written_parts(self.blocks))
