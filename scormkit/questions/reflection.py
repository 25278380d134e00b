"""`reflection`: learners write what they think. Nothing is right or wrong, and what they write stays theirs.

    :::{reflection} What will you do differently on your next shift?
    :lines: 6
    :longest: 600
    > A possible answer: I ask the parents what they would like to know, before I decide what to tell them.
    :::

The block quote is a model answer, shown once something was written; it may begin with `model:`. `lines` is how many lines the
field shows, `longest` how many characters it takes. What learners write is saved with their progress and reported only with
`report: true`, which they are told.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar, Self

from scormkit.model.directive import Directive, Reader
from scormkit.model.problem import Rule, Severity
from scormkit.model.prose import Prose
from scormkit.model.question import LONG_TEXT, Interaction, Kind, Question
from scormkit.model.written import quoted
from scormkit.questions.reading import number, read_shared, truth
from scormkit.questions.writing import Usual, write

SHORTEST = 100
"""Bytes that every answer has room for: a sentence."""

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
    longest: int = LONG_TEXT

    @classmethod
    def read(cls, directive: Directive, reader: Reader) -> Self:
        outline = reader.outline(directive, lists=False)
        key = "model" if "model" in outline.quotes else ""
        shared = read_shared(
            directive,
            reader,
            ("lines", "report", "longest"),
            without=("points", "graded", "tries", "shuffle", "confidence"),
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
            longest=int(
                number(options.get("longest"), "longest", LONG_TEXT, reader, low=SHORTEST, high=LONG_TEXT, whole=True)
            ),
        )

    @property
    def written(self) -> Directive:
        own = {
            "lines": self.lines if self.lines != 5 else "",
            "report": self.report or "",
            "longest": self.longest if self.limited else "",
        }
        return write(self, own=own, usual=Usual(tries=0, graded=False), end=quoted(self.model))

    @property
    def limited(self) -> bool:
        """Whether there is less room than for any text."""
        return self.longest < LONG_TEXT

    @property
    def scoring(self) -> str:
        return "none"

    @property
    def report_text(self) -> bool:
        return self.report

    @property
    def interaction(self) -> Interaction:
        return Interaction(self.id, Kind.LONG_FILL_IN, self.prompt.text, longest=self.longest)
