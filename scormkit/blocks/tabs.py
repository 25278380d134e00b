"""`tabs`: parts of which one is shown at a time.

    :::{tabs} Three kinds of knowledge
    ### Research
    What studies found.
    ### Practice
    What the team has learnt.
    :::

Each part begins with a heading, which becomes its tab; on paper and without script all parts stand under their headings.
The title says what the tabs are about, to those who cannot see them together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

from scormkit.blocks.parts import questions_in, read_parts, written_parts
from scormkit.blocks.reading import read_options
from scormkit.model.course import ContentBlock
from scormkit.model.directive import Directive, Reader
from scormkit.model.problem import Rule, Severity
from scormkit.model.written import directive

QUESTION_IN_TAB = Rule(
    "BLK015",
    Severity.ERROR,
    "the question '{id}' stands inside tabs",
    "move it out of the tabs, or write 'cards' in their place",
    "A page is done when its questions are answered, and one in a tab that nobody opens would never be.",
)


@dataclass(frozen=True, kw_only=True)
class Tabs(ContentBlock):
    """`blocks` are Parts."""

    type: ClassVar[str] = "tabs"

    @classmethod
    def read(cls, directive: Directive, reader: Reader) -> Self:
        read_options(directive, reader, ())
        parts = read_parts(directive, reader)
        for question in questions_in(parts):
            reader.report(QUESTION_IN_TAB.at(question.span, id=question.id))
        return cls(title=reader.title(directive) or None, blocks=parts, span=directive.span)

    @property
    def written(self) -> Directive:
        return directive(self.type, self.title, {}, written_parts(self.blocks))
