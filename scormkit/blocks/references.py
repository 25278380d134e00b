"""`references`: the sources that the page cites, with ways back to where it does.

    :::{references} Sources
    :::

The sources themselves stand in references.yaml. The title is optional.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

from scormkit.blocks.reading import read_options
from scormkit.model.course import ContentBlock
from scormkit.model.directive import Directive, Reader
from scormkit.model.problem import Rule, Severity
from scormkit.model.written import directive

SOURCES_ELSEWHERE = Rule(
    "BLK024",
    Severity.ERROR,
    "the block 'references' holds text",
    "write each source into references.yaml beside course.yaml, as 'key: its text', and cite it as [@key]",
    "The block lists what the page cites; a source that stands in one place can be cited on all pages.",
)


@dataclass(frozen=True, kw_only=True)
class References(ContentBlock):
    """`page` is the id of the page whose sources are listed."""

    type: ClassVar[str] = "references"

    page: str = ""

    @classmethod
    def read(cls, directive: Directive, reader: Reader) -> Self:
        read_options(directive, reader, ())
        if reader.content(directive):
            reader.report(SOURCES_ELSEWHERE.at(directive.span))
        return cls(title=reader.title(directive) or None, page=reader.page, span=directive.span)

    @property
    def written(self) -> Directive:
        return directive(self.type, self.title, {})
