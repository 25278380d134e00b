"""What the types share in which learners arrange things: sequencing, matching, categorise.

In: the items of lists, and the Shared of their question. Out: Options with keys for reports, and problems for everything
that cannot be put in order, matched or sorted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scormkit.model.directive import Item, Reader
from scormkit.model.problem import Rule, Severity
from scormkit.model.question import Kind, Option, Question
from scormkit.questions.reading import EMPTY_ANSWER, INNER_LIST, KEYS, SAME_ANSWER, TOO_MANY, Shared

NO_ITEMS = Rule(
    "QST040",
    Severity.ERROR,
    "question '{id}' has no {what}",
    "{how}",
    "There is nothing that a learner could arrange.",
)
TOO_FEW = Rule(
    "QST041",
    Severity.ERROR,
    "question '{id}' has too few {what}, {count}; there must be at least {least}",
    "add more, or make it a :::{{{instead}}}",
    "With so few there is hardly anything to get wrong, and whoever guesses is right.",
)
BRACKETS = Rule(
    "QST042",
    Severity.ERROR,
    "this line of question '{id}' has brackets, but {type} questions have no right and wrong lines",
    "remove the '{mark}'",
    "What is right follows from where a line stands; brackets would be shown to learners or mean nothing.",
)


@dataclass(frozen=True, kw_only=True)
class Arranging(Question):
    """A question whose answers all belong somewhere. `partly` says what an arrangement that is partly right is worth."""

    partly: str = "exact"

    @property
    def scoring(self) -> str:
        return self.partly

    @property
    def meaning(self) -> object:
        """Which answers there are, and which order or which pairs are right; in what order pairs are listed does not matter."""
        told = self.interaction
        numbers = {option.key: option.number for option in self.answers}
        accepted = [[[numbers[key] for key in item.split(".")] for item in items] for items in told.correct]
        return [
            sorted(numbers.values()),
            accepted if told.kind is Kind.SEQUENCING else [sorted(items) for items in accepted],
        ]


def check_items(items: Iterable[Item], shared: Shared, kind: str, reader: Reader, inner: str = "") -> None:
    """Reports what cannot be told from the rest, or is no plain line. `inner`: what to do with lists inside, if they may not be."""
    seen: dict[str, Item] = {}
    for item in items:
        text = " ".join(item.text.text.split())
        if item.checked is not None:
            mark = "[x]" if item.checked else "[ ]"
            reader.report(BRACKETS.at(item.span, id=shared.id, type=kind, mark=mark))
        if not text:
            reader.report(EMPTY_ANSWER.at(item.span, id=shared.id))
        elif text in seen:
            reader.report(SAME_ANSWER.at(item.span, id=shared.id, text=text, line=seen[text].span.line))
        if item.items and inner:
            reader.report(INNER_LIST.at(item.span, id=shared.id, how=inner))
        seen.setdefault(text, item)


def check_count(
    items: Sequence[Item], shared: Shared, what: str, least: int, reader: Reader, instead: str = "choice"
) -> None:
    """Reports fewer than `least`, unless there are none at all."""
    if 0 < len(items) < least:
        reader.report(
            TOO_FEW.at(items[-1].span, id=shared.id, count=len(items), what=what, least=least, instead=instead)
        )


def options(items: Iterable[Item], keys: str = KEYS) -> tuple[Option, ...]:
    """Items as Options that belong somewhere, called by `keys` in their order; what has no key is left out."""
    return tuple(
        Option(key, item.text, True, item.quote, span=item.span) for key, item in zip(keys, items, strict=False)
    )


def check_keys(items: Sequence[Item], shared: Shared, reader: Reader) -> None:
    """Reports more than reports can name."""
    if len(items) > len(KEYS):
        reader.report(TOO_MANY.at(items[len(KEYS)].span, id=shared.id, count=len(items), limit=len(KEYS)))


def jumbled(options: Sequence[Option]) -> tuple[Option, ...]:
    """Options by their words, which tells nothing, and never as they were written: for paper, and until the player shuffles."""
    by_words = tuple(sorted(options, key=lambda option: (option.text.text.casefold(), option.key)))
    return by_words[1:] + by_words[:1] if by_words == tuple(options) else by_words
