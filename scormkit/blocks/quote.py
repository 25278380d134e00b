"""`quote`: somebody's words, with who said them and where.

    :::{quote} Ada Lovelace, notes of 1843
    :source: Scientific Memoirs
    The engine can arrange and combine its quantities.
    :::

Who said it follows the name; `source` is optional.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

from scormkit.blocks.reading import content, prose, read_options
from scormkit.model.course import ContentBlock
from scormkit.model.directive import Directive, Reader
from scormkit.model.prose import Prose
from scormkit.model.written import directive, markdown


@dataclass(frozen=True, kw_only=True)
class Quote(ContentBlock):
    """`title` is who said it, `source` where it was published."""

    type: ClassVar[str] = "quote"
    words: ClassVar[tuple[str, ...]] = ("source",)

    source: Prose | None = None

    @classmethod
    def read(cls, directive: Directive, reader: Reader) -> Self:
        options = read_options(directive, reader, ("source",))
        return cls(
            title=reader.title(directive) or None,
            source=prose(options, "source", reader),
            blocks=content(directive, reader),
            span=directive.span,
        )

    @property
    def written(self) -> Directive:
        return directive(self.type, self.title, {"source": self.source}, markdown(self.blocks))
