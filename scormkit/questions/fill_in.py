"""`fill-in`: learners write a word or a few.

    :::{fill-in} What is it called when staff ask for views and keep the decision?
    :typos: 1
    - consultation
    - consulting
    - [ ] co-production
      > In co-production the decision is shared.
    > correct: Yes.
    > incorrect: It begins with a c.
    :::

Each item is a text that is right; the first is the one that learners are shown. After `[ ]` stands a wrong one that learners
are likely to write, with feedback for them. Capitals do not matter unless `case: true`; `typos` says how many characters may
be wrong, missing or too many; `pattern` is a regular expression that the whole answer may match instead.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, Self

from scormkit.model.directive import Directive, Reader
from scormkit.model.question import Interaction, Kind, Marking, Question
from scormkit.model.written import listed
from scormkit.questions.reading import expect_feedback, read_shared
from scormkit.questions.typed import (
    NO_TEXT,
    Typed,
    check_texts,
    limit,
    read_marking,
    read_texts,
    width,
    written_marking,
)
from scormkit.questions.writing import typed, write


@dataclass(frozen=True, kw_only=True)
class FillIn(Question):
    """A word or a few, typed. `texts` are those that are right, and wrong ones that have feedback."""

    type: ClassVar[str] = "fill-in"
    typed: ClassVar[bool] = True

    texts: tuple[Typed, ...] = ()
    marking: Marking = field(default_factory=Marking)

    @classmethod
    def read(cls, directive: Directive, reader: Reader) -> Self:
        shared = read_shared(directive, reader, ("case", "typos", "pattern"), without=("shuffle",))
        texts = read_texts(shared, reader)
        marking = read_marking(shared, reader)
        if not any(typed.right for typed in texts):
            reader.report(NO_TEXT.at(directive.span, id=shared.id))
        check_texts(texts, marking, shared.id, reader)
        expect_feedback(shared, texts, reader)
        return cls(**shared.fields, texts=texts, marking=marking)

    @property
    def written(self) -> Directive:
        items = (typed(text.text, text.right, text.feedback) for text in self.texts)
        return write(self, listed(items), written_marking(self.marking))

    @property
    def right(self) -> tuple[str, ...]:
        """The accepted texts, the one to show first."""
        return tuple(typed.text for typed in self.texts if typed.right)

    @property
    def limit(self) -> int:
        return limit(self.right)

    @property
    def width(self) -> int:
        return width(self.right)

    @property
    def meaning(self) -> object:
        """The answer to show: another spelling that is right, too, takes nothing from anybody."""
        return self.right[:1]

    @property
    def interaction(self) -> Interaction:
        return Interaction(
            self.id,
            Kind.FILL_IN,
            self.prompt.text,
            correct=(*((text,) for text in self.right), *self.also),
            marking=self.marking,
        )
