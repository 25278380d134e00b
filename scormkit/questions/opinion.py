"""What likert and poll share: a list of labels of which none is right, and a comment at the end.

In: a Directive and its Reader. Out: an Opinion, which is reported as `likert`, and problems.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

from scormkit.model.directive import Directive, Item, Reader
from scormkit.model.problem import Rule, Severity
from scormkit.model.question import Component, Interaction, Kind, Option, Question
from scormkit.model.written import listed
from scormkit.questions.reading import EMPTY_ANSWER, KEYS, SAME_ANSWER, TOO_MANY, Shared, expect_flat, read_shared
from scormkit.questions.writing import Usual, plain, write

BRACKETS = Rule(
    "QST140",
    Severity.ERROR,
    "the labels of {type} '{id}' have brackets, but nothing is right or wrong here",
    "write '- {text}'; or make it a :::{{choice}}, if one of them is right",
    "Learners are asked for their own view; none is marked.",
)
TOO_FEW = Rule(
    "QST141",
    Severity.ERROR,
    "{type} '{id}' has {what} to choose from; it needs at least two",
    "write each on a line of its own: '- Not at all', '- A little'",
    "There is nothing that a learner could choose between.",
)

MEANINGLESS = ("points", "graded", "tries", "confidence")
"""Common options that nothing depends on where nothing is marked; learners may change their mind as often as they like."""


@dataclass(frozen=True, kw_only=True)
class Opinion(Question):
    """What a learner thinks, out of several labels."""

    refused: ClassVar[tuple[str, ...]] = MEANINGLESS

    @classmethod
    def read(cls, directive: Directive, reader: Reader) -> Self:
        shared = read_shared(directive, reader, (), cls.refused, tries=0, judged=False)
        return cls(**shared.fields, answers=_labels(shared, cls.type, reader))

    @property
    def written(self) -> Directive:
        return write(self, listed(plain(self.answers)), usual=Usual(tries=0))

    @property
    def scoring(self) -> str:
        return "none"

    @property
    def interaction(self) -> Interaction:
        scale = tuple(Component(option.key, option.text.text) for option in self.answers)
        return Interaction(self.id, Kind.LIKERT, self.prompt.text, scale=scale)


def _labels(shared: Shared, type: str, reader: Reader) -> tuple[Option, ...]:
    items = shared.outline.items
    if len(items) < 2:
        place = items[0].span if items else shared.fields["span"]
        reader.report(TOO_FEW.at(place, type=type, id=shared.id, what="one label" if items else "no labels"))
    if len(items) > len(KEYS):
        reader.report(TOO_MANY.at(items[len(KEYS)].span, id=shared.id, count=len(items), limit=len(KEYS)))
    marked = next((item for item in items if item.checked is not None), None)
    if marked:
        reader.report(BRACKETS.at(marked.span, type=type, id=shared.id, text=" ".join(marked.text.text.split())))
    expect_flat(items, shared, reader)
    seen: dict[str, Item] = {}
    for item in items:
        text = " ".join(item.text.text.split())
        if not text:
            reader.report(EMPTY_ANSWER.at(item.span, id=shared.id))
        elif seen.setdefault(text, item) is not item:
            reader.report(SAME_ANSWER.at(item.span, id=shared.id, text=text, line=seen[text].span.line))
    return tuple(
        Option(key, item.text, False, item.quote, span=item.span) for key, item in zip(KEYS, items, strict=False)
    )
