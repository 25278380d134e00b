"""`details`: text that is closed until the learner opens it.

    :::{details} More for those who want it
    Any Markdown, and other blocks.
    :::

The title is what shows while it is closed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

from scormkit.blocks.reading import content, read_options
from scormkit.model.course import ContentBlock
from scormkit.model.directive import Directive, Reader
from scormkit.model.problem import Rule, Severity
from scormkit.model.written import directive, markdown

NO_TITLE = Rule(
    "BLK005",
    Severity.ERROR,
    "this details block has no title",
    "write after :::{{details}} what learners find inside",
    "The title is all that can be seen while it is closed.",
    "WCAG 2.2, 4.1.2 Name, Role, Value",
)


@dataclass(frozen=True, kw_only=True)
class Details(ContentBlock):
    """A disclosure: `title` is what shows while it is closed."""

    type: ClassVar[str] = "details"

    @classmethod
    def read(cls, directive: Directive, reader: Reader) -> Self:
        read_options(directive, reader, ())
        title = reader.title(directive)
        if not title:
            reader.report(NO_TITLE.at(directive.span))
        return cls(title=title or None, blocks=content(directive, reader), span=directive.span)

    @property
    def written(self) -> Directive:
        return directive(self.type, self.title, {}, markdown(self.blocks))
