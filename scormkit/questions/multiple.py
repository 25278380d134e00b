"""`multiple`: any number of answers may be right.

    :::{multiple} Which of these make a parent group more inclusive?
    :scoring: partial
    - [x] Evening sessions with interpreters
    - [ ] Meeting only at ward-round time
    - [x] Asking who is missing
    > correct: Yes, both widen who can take part.
    > incorrect: Think of who could never come.
    :::

`scoring` says what an answer that is partly right is worth: nothing (`all-or-nothing`, the default), the share of right
answers chosen less that of wrong ones (`partial`), or one share for each option judged rightly (`per-option`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

from scormkit.model.directive import Directive, Reader
from scormkit.model.problem import Rule, Severity
from scormkit.model.question import Component, Interaction, Kind, Question
from scormkit.model.written import listed
from scormkit.questions.choice import NO_CORRECT
from scormkit.questions.reading import expect_feedback, read_options, read_scoring, read_shared
from scormkit.questions.writing import boxed, scoring, write

ALL_CORRECT = Rule(
    "QST019",
    Severity.WARNING,
    "all answers of question '{id}' are correct",
    "add one that is wrong, or ask it as a list to read",
    "Whoever ticks everything is right without having thought.",
)


@dataclass(frozen=True, kw_only=True)
class Multiple(Question):
    """Any number of answers out of several."""

    type: ClassVar[str] = "multiple"

    partly: str = "exact"

    @classmethod
    def read(cls, directive: Directive, reader: Reader) -> Self:
        shared = read_shared(directive, reader, ("scoring",))
        options = read_options(shared, reader)
        correct = [option for option in options if option.correct]
        if options and not correct:
            reader.report(NO_CORRECT.at(directive.span, id=shared.id, which="all right answers"))
        if len(correct) == len(options) > 1:
            reader.report(ALL_CORRECT.at(directive.span, id=shared.id))
        expect_feedback(shared, options, reader)
        return cls(**shared.fields, answers=options, partly=read_scoring(shared, reader, "per-option"))

    @property
    def written(self) -> Directive:
        return write(self, listed(boxed(self.answers)), {"scoring": scoring(self.partly)})

    @property
    def scoring(self) -> str:
        return self.partly

    @property
    def interaction(self) -> Interaction:
        right = tuple(option.key for option in self.answers if option.correct)
        return Interaction(
            self.id,
            Kind.CHOICE,
            self.prompt.text,
            correct=(right,) if right else (),
            choices=tuple(Component(option.key, option.text.text) for option in self.answers),
        )
