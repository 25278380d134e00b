"""`choice`: one answer out of several is right.

    :::{choice} A team asks parents to comment on a finished leaflet. Which word fits best?
    :id: finished-leaflet
    - [ ] Informing
      > Parents were asked, so it is more than informing.
    - [x] Consultation
      > Yes. Views are sought on a ready product; staff keep the decision.
    - [ ] Co-production
      > Nothing was decided together here.
    :::

Which answer is right is marked with [x]; block quotes under answers say why.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

from scormkit.model.directive import Directive, Reader
from scormkit.model.problem import Rule, Severity
from scormkit.model.question import Component, Interaction, Kind, Question
from scormkit.model.written import listed
from scormkit.questions.reading import expect_feedback, read_options, read_shared
from scormkit.questions.writing import boxed, write

NO_CORRECT = Rule(
    "QST001",
    Severity.ERROR,
    "question '{id}' has no correct answer",
    "mark {which} with [x]",
    "Whatever learners choose would be wrong.",
)
SEVERAL_CORRECT = Rule(
    "QST018",
    Severity.ERROR,
    "question '{id}' has {count} correct answers, but learners can choose only one",
    "write :::{{multiple}} instead of :::{{choice}}, or leave one [x]",
    "Learners would be told to choose one although several are right.",
)


@dataclass(frozen=True, kw_only=True)
class Choice(Question):
    """One answer out of several."""

    type: ClassVar[str] = "choice"

    @classmethod
    def read(cls, directive: Directive, reader: Reader) -> Self:
        shared = read_shared(directive, reader)
        options = read_options(shared, reader)
        correct = [option for option in options if option.correct]
        if options and not correct:
            reader.report(NO_CORRECT.at(directive.span, id=shared.id, which="one answer"))
        if len(correct) > 1:
            reader.report(SEVERAL_CORRECT.at(correct[1].span, id=shared.id, count=len(correct)))
        expect_feedback(shared, options, reader)
        return cls(**shared.fields, answers=options)

    @property
    def written(self) -> Directive:
        return write(self, listed(boxed(self.answers)))

    @property
    def interaction(self) -> Interaction:
        return Interaction(
            self.id,
            Kind.CHOICE,
            self.prompt.text,
            correct=tuple((option.key,) for option in self.answers if option.correct),
            choices=tuple(Component(option.key, option.text.text) for option in self.answers),
        )
