"""`reflection`: learners write what they think. Nothing is right or wrong, and what they write stays theirs.

    :::{reflection} What will you do differently on your next shift?
    :lines: 6
    > A possible answer: I ask the parents what they would like to know, before I decide what to tell them.
    :::

The block quote is a model answer, shown once something was written; it may begin with `model:`. `lines` is how many lines the
field shows. What learners write is saved with their progress and reported only with `report: true`, which they are told.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar, Self

from scormkit.model.directive import Directive, Reader
from scormkit.model.problem import Rule, Severity
from scormkit.model.prose import Prose
from scormkit.model.question import Interaction, Kind, Question
from scormkit.questions.reading import number, read_shared, truth

LONGEST = 2000
"""UTF-8 bytes that saved progress keeps of what a learner writes (docs/state.md)."""

NOT_MARKED = Rule(
    "QST096",
    Severity.ERROR,
    "the text at the end of question '{id}' {found}",
    "begin it with 'model:' if it is a model answer, else write it above, without '>'",
    "Nothing is right or wrong in a reflection; all that can follow it is one model answer.",
)


@dataclass(frozen=True, kw_only=True)
class Reflection(Question):
    """A text of the learner's own. `model` is a model answer; `report` lets their words leave the saved progress."""

    type: ClassVar[str] = "reflection"

    model: Prose | None = None
    lines: int = 5
    report: bool = False

    @classmethod
    def read(cls, directive: Directive, reader: Reader) -> Self:
        outline = reader.outline(directive, lists=False)
        key = "model" if "model" in outline.quotes else ""
        shared = read_shared(
            directive,
            reader,
            ("lines", "report"),
            without=("points", "graded", "tries", "shuffle"),
            outline=replace(outline, quotes={}),
            tries=0,
        )
        for other, quote in outline.quotes.items():
            if other != key:
                found = f"begins with '{other}:'" if other else "stands beside another that begins with 'model:'"
                reader.report(NOT_MARKED.at(quote.span, id=shared.id, found=found))
        options = shared.options
        return cls(
            **{**shared.fields, "graded": False},
            model=outline.quotes.get(key),
            lines=int(number(options.get("lines"), "lines", 5, reader, low=2, high=30, whole=True)),
            report=truth(options.get("report"), "report", False, reader),
        )

    @property
    def limit(self) -> int:
        return LONGEST

    @property
    def scoring(self) -> str:
        return "none"

    @property
    def report_text(self) -> bool:
        return self.report

    @property
    def interaction(self) -> Interaction:
        return Interaction(self.id, Kind.LONG_FILL_IN, self.prompt.text)
