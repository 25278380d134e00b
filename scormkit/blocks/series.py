"""`cards`, `steps` and `timeline`: parts side by side, one after another, or in time.

    :::{steps} Teach-back
    ### Explain
    One small piece, in plain words.
    ### Ask
    "To check that I was clear: how will you do it?"
    :::

Each part begins with a heading; what follows is any Markdown, and other blocks. The title is optional. Steps are counted;
the headings of a timeline begin with the time: `### 1969: A ladder is drawn`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

from scormkit.blocks.parts import read_parts, written_parts
from scormkit.blocks.reading import read_options
from scormkit.model.course import ContentBlock
from scormkit.model.directive import Directive, Reader
from scormkit.model.written import directive


@dataclass(frozen=True, kw_only=True)
class Series(ContentBlock):
    """`kind` is the directive's name; `blocks` are Parts."""

    type: ClassVar[str] = "series"

    kind: str = "cards"

    @classmethod
    def read(cls, directive: Directive, reader: Reader) -> Self:
        read_options(directive, reader, ())
        return cls(
            kind=directive.name,
            title=reader.title(directive) or None,
            blocks=read_parts(directive, reader),
            span=directive.span,
        )

    @property
    def written(self) -> Directive:
        return directive(self.kind, self.title, {}, written_parts(self.blocks))
