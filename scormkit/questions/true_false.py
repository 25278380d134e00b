"""`true-false`: a statement that is true or false.

    :::{true-false} A course folder is plain text.
    :answer: true
    > correct: Yes. Any editor can open it.
    > incorrect: It is: YAML for settings and Markdown for pages.
    :::

Feedback stands at the end, for those who judge it rightly and those who do not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

from scormkit.model.directive import Directive, Reader
from scormkit.model.problem import Rule, Severity
from scormkit.model.prose import Prose
from scormkit.model.question import Interaction, Kind, Option, Question
from scormkit.questions.reading import expect_feedback, read_shared, truth
from scormkit.questions.writing import write

NO_ANSWER = Rule(
    "QST020",
    Severity.ERROR,
    "question '{id}' does not say whether its statement is true",
    "add a line ':answer: true' or ':answer: false' under its title",
    "Whatever learners choose would be wrong.",
)
HAS_LIST = Rule(
    "QST021",
    Severity.ERROR,
    "question '{id}' has a list of answers, but a true-false question has none",
    "write ':answer: true' or ':answer: false' instead, or make it a :::{{choice}}",
    "Its two answers are always 'true' and 'false'.",
)


@dataclass(frozen=True, kw_only=True)
class TrueFalse(Question):
    """A statement to judge. Its two options are called `true` and `false`; the language file has their words."""

    type: ClassVar[str] = "true-false"

    answer: bool = True

    @classmethod
    def read(cls, directive: Directive, reader: Reader) -> Self:
        shared = read_shared(directive, reader, ("answer",))
        value = shared.options.get("answer")
        if value is None:
            reader.report(NO_ANSWER.at(directive.span, id=shared.id))
        if shared.outline.items:
            reader.report(HAS_LIST.at(shared.outline.items[0].span, id=shared.id))
        answer = truth(value, "answer", True, reader)
        expect_feedback(shared, (), reader)
        return cls(**shared.fields, answer=answer, answers=_options(answer))

    @property
    def written(self) -> Directive:
        return write(self, own={"answer": self.answer})

    @property
    def interaction(self) -> Interaction:
        right = "true" if self.answer else "false"
        return Interaction(self.id, Kind.TRUE_FALSE, self.prompt.text, correct=((right,),))


def _options(answer: bool) -> tuple[Option, Option]:
    return Option("true", Prose(), answer, number=1), Option("false", Prose(), not answer, number=2)
