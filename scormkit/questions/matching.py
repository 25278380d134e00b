"""`matching`: things to match with what belongs to them.

    :::{matching} Who decides?
    :id: who-decides
    :scoring: partial
    Informing
    : Staff decide and tell parents.
      > Nobody is asked when people are informed.

    Consultation
    : Staff decide after hearing parents.

    - Parents decide alone.
      > Neither of them goes as far as that.
    > correct: Yes.
    > incorrect: Who is heard, and who decides?
    :::

Each pair is an item and, after a colon, its match; the same match may belong to several items. A list after the pairs holds
matches that belong to nothing. Learners choose from the matches in another order. A block quote under a pair is shown to
whoever matches that item wrongly, one under a line of the list to whoever chooses that line. `scoring` says what is partly
right is worth: nothing (`all-or-nothing`, the default), or the share of items that are matched rightly (`partial`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar, Self

from scormkit.model.directive import Definition, Directive, Item, Reader
from scormkit.model.problem import Rule, Severity
from scormkit.model.question import Option
from scormkit.model.written import inline, joined, line, listed
from scormkit.questions.arranging import NO_ITEMS, check_count, check_items, jumbled
from scormkit.questions.pairing import Pairing, read_pairs, words
from scormkit.questions.reading import read_shared
from scormkit.questions.writing import plain, scoring, write

SEVERAL_MATCHES = Rule(
    "QST048",
    Severity.ERROR,
    "'{text}' of question '{id}' has {count} matches",
    "keep one; matches that belong to nothing are written as a list after the pairs",
    "Learners choose one match for each item.",
)


@dataclass(frozen=True, kw_only=True)
class Matching(Pairing):
    """Items, each of which has one match; some matches may belong to nothing."""

    type: ClassVar[str] = "matching"

    @classmethod
    def read(cls, directive: Directive, reader: Reader) -> Self:
        shared = read_shared(directive, reader, ("scoring",), pairs=True)
        pairs, spare = shared.outline.definitions, shared.outline.items
        if not pairs:
            how = "write each pair on two lines, the item and ': its match', with an empty line between pairs"
            reader.report(NO_ITEMS.at(directive.span, id=shared.id, what="pairs to match", how=how))
        for pair in pairs:
            if len(pair.meanings) > 1:
                values = {"id": shared.id, "text": pair.term.text, "count": len(pair.meanings)}
                reader.report(SEVERAL_MATCHES.at(pair.meanings[1].span, **values))
        items = [_item(pair) for pair in pairs]
        matches, belongs = _matches(pairs)
        check_items(items, shared, cls.type, reader)
        check_items(
            [*matches, *spare], shared, cls.type, reader, "write each match on a line of its own, without lists"
        )
        check_count(items, shared, "pairs to match", 2, reader)
        if len(items) > 1:
            check_count([*matches, *spare], shared, "matches to choose from", 3, reader, "categorise")
        made = cls(**read_pairs(shared, items, [*matches, *spare], belongs, reader))
        belonging = {match for _, match in made.links}
        return replace(
            made,
            answers=tuple(
                replace(option, correct=option in made.items or option.key in belonging) for option in made.answers
            ),
        )

    @property
    def written(self) -> Directive:
        matches = {match.key: match for match in self.matches}
        belongs = dict(self.links)
        pairs = (_pair(item, matches[belongs[item.key]]) for item in self.items if belongs[item.key] in matches)
        spare = (match for match in self.matches if match.key not in belongs.values())
        return write(self, joined(*pairs, listed(plain(spare))), {"scoring": scoring(self.partly)})

    @property
    def shown_matches(self) -> tuple[Option, ...]:
        return jumbled(self.matches)


def _pair(item: Option, match: Option) -> str:
    """An item, and after a colon its match, with what is said about it."""
    meaning = listed([Item(match.text, None, item.feedback)])
    term = inline(replace(item.text, source=line(item.text), lines=()))
    return f"{term}\n:{meaning.removeprefix('-')}"


def _item(pair: Definition) -> Item:
    """An item with what is said about its match."""
    return Item(pair.term, quote=pair.meanings[0].quote if pair.meanings else None, span=pair.span)


def _matches(pairs: tuple[Definition, ...]) -> tuple[list[Item], list[int]]:
    """The matches, each once, and for each pair the place of its match among them."""
    found: list[Item] = []
    places: dict[str, int] = {}
    belongs: list[int] = []
    for pair in pairs:
        match = replace(pair.meanings[0], quote=None) if pair.meanings else Item(replace(pair.term, html="", text=""))
        text = words(match)
        if not text or text not in places:
            places[text] = len(found)
            found.append(match)
        belongs.append(places[text])
    return found, belongs
