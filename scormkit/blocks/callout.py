"""Callouts: `note`, `tip`, `warning`, `important` and `key-message`, text that is set apart.

    :::{note} A title
    Any Markdown.
    :::

The title is optional.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

from scormkit.blocks.reading import content, read_options
from scormkit.model.course import ContentBlock
from scormkit.model.directive import Directive, Reader
from scormkit.model.written import directive, markdown


@dataclass(frozen=True, kw_only=True)
class Callout(ContentBlock):
    """`kind` is the directive's name."""

    type: ClassVar[str] = "callout"

    kind: str = "note"

    @classmethod
    def read(cls, directive: Directive, reader: Reader) -> Self:
        read_options(directive, reader, ())
        return cls(
            kind=directive.name,
            title=reader.title(directive) or None,
            blocks=content(directive, reader),
            span=directive.span,
        )

    @property
    def written(self) -> Directive:
        return directive(self.kind, self.title, {}, markdown(self.blocks))
