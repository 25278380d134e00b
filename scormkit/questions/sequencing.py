"""`sequencing`: things to put in order.

    :::{sequencing} In which order are hands washed?
    :id: washing
    :scoring: partial
    1. Wet your hands
       > Water first: soap on dry skin irritates it.
    2. Take soap
    3. Rub for twenty seconds
    4. Rinse
    > correct: Yes, that is the order.
    > incorrect: Think of what soap needs.
    :::

The list stands in the right order; learners never see it so at first. The block quote under a line is shown to whoever puts
that line in a wrong place. `scoring` says what an order that is partly right is worth: nothing (`all-or-nothing`, the default),
or the share of all pairs that stand in the right order, less that of pairs in the wrong one (`partial`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar, Self

from scormkit.model.directive import Directive, Reader
from scormkit.model.problem import Rule, Severity
from scormkit.model.question import Component, Interaction, Kind, Option
from scormkit.model.source import Span
from scormkit.model.written import listed
from scormkit.questions.arranging import (
    NO_ITEMS,
    Arranging,
    check_count,
    check_items,
    check_keys,
    jumbled,
    options,
)
from scormkit.questions.reading import Shared, expect_feedback, read_scoring, read_shared
from scormkit.questions.writing import plain, scoring, write

NOT_NUMBERED = Rule(
    "QST044",
    Severity.ERROR,
    "the list of question '{id}' is not numbered",
    "write '1.', '2.', ... before its lines, in the right order",
    "A list without numbers does not say that its order is the right one.",
)
OTHER_NUMBERS = Rule(
    "QST052",
    Severity.WARNING,
    "the numbers of question '{id}' do not go up: {before} stands before {number}",
    "sort the lines: the order in which they stand is the right one, whatever their numbers",
    "Numbers of a list are only for those who read the file; by them the answer would be another one.",
)

_NUMBERED = re.compile(r"(\d{1,9})[.)]\s")


@dataclass(frozen=True, kw_only=True)
class Sequencing(Arranging):
    """Things to put in order; `answers` stand in the right one."""

    type: ClassVar[str] = "sequencing"

    @classmethod
    def read(cls, directive: Directive, reader: Reader) -> Self:
        shared = read_shared(directive, reader, ("scoring",))
        items = shared.outline.items
        if not items:
            how = "write them as a numbered list in the right order: '1. first', '2. next'"
            reader.report(NO_ITEMS.at(directive.span, id=shared.id, what="list of things to put in order", how=how))
        elif not shared.outline.ordered:
            reader.report(NOT_NUMBERED.at(items[0].span, id=shared.id))
        _expect_numbers_in_order(directive, shared, reader)
        check_items(items, shared, cls.type, reader, "write each thing on a numbered line of its own")
        check_count(items, shared, "things to put in order", 3, reader)
        check_keys(items, shared, reader)
        made = options(items)
        expect_feedback(shared, made, reader)
        return cls(**shared.fields, answers=made, partly=read_scoring(shared, reader))

    @property
    def written(self) -> Directive:
        answers = listed(plain(self.answers), ordered=True)
        return write(self, answers, {"scoring": scoring(self.partly)})

    @property
    def shown(self) -> tuple[Option, ...]:
        """The answers as paper shows them."""
        return jumbled(self.answers)

    @property
    def interaction(self) -> Interaction:
        right = tuple(option.key for option in self.answers)
        return Interaction(
            self.id,
            Kind.SEQUENCING,
            self.prompt.text,
            correct=(right,) if right else (),
            choices=tuple(Component(option.key, option.text.text) for option in self.answers),
        )


def _expect_numbers_in_order(directive: Directive, shared: Shared, reader: Reader) -> None:
    """Reports the first line whose number is below that of the line before."""
    before = 0
    for at, line in enumerate(directive.body.split("\n")):
        found = _NUMBERED.match(line)
        if found and int(found[1]) < before:
            place = Span(directive.body_span.path, directive.body_span.line + at, 1)
            reader.report(OTHER_NUMBERS.at(place, id=shared.id, before=before, number=found[1]))
            return
        before = int(found[1]) if found else before
