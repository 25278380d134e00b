"""`screen` and `handout`: what is for one of the two only.

    :::{screen}
    Press a word of the glossary to see what it means.
    :::

    :::{handout}
    Write down here what you will try this week.
    :::

The handout is what `scormkit print` writes, and what a learner's browser prints.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

from scormkit.blocks.parts import questions_in
from scormkit.blocks.reading import content, read_options
from scormkit.model.course import ContentBlock
from scormkit.model.directive import Directive, Reader
from scormkit.model.problem import Rule, Severity
from scormkit.model.written import directive, markdown

QUESTION_ON_PAPER = Rule(
    "BLK022",
    Severity.ERROR,
    "the question '{id}' stands in a part that is for the handout only",
    "move it out: questions are printed anyway, with room to answer",
    "A page is done when its questions are answered, and one that no screen shows would never be.",
)


@dataclass(frozen=True, kw_only=True)
class Only(ContentBlock):
    """`kind` is the directive's name: `screen` or `handout`."""

    type: ClassVar[str] = "only"

    kind: str = "screen"

    @classmethod
    def read(cls, directive: Directive, reader: Reader) -> Self:
        read_options(directive, reader, ())
        inside = content(directive, reader)
        if directive.name == "handout":
            for question in questions_in(inside):
                reader.report(QUESTION_ON_PAPER.at(question.span, id=question.id))
        return cls(kind=directive.name, title=reader.title(directive) or None, blocks=inside, span=directive.span)

    @property
    def written(self) -> Directive:
        return directive(self.kind, self.title, {}, markdown(self.blocks))
