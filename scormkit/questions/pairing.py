"""What matching and categorise share: items, each of which belongs to one of several matches that are chosen from a list.

In: the items and the matches as they were written, and which belongs to which. Out: a Pairing's fields, and problems.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from scormkit.model.directive import Item, Reader
from scormkit.model.problem import Rule, Severity
from scormkit.model.question import Component, Interaction, Kind, Option
from scormkit.questions.arranging import Arranging, options
from scormkit.questions.reading import KEYS, TOO_MANY, Shared, expect_feedback, read_scoring

MATCH_KEYS = "1234567890zyxwvutsrqponmlkjihgfedcba"
"""What matches are called in reports: digits, then letters from the end, so that items and matches never share one."""
ITEM_KEYS = MATCH_KEYS[::-1]

LONG = 60

PICTURE = Rule(
    "QST046",
    Severity.ERROR,
    "'{text}', which learners choose from a list in question '{id}', has a picture",
    "say it in words; a picture may stand in what it is matched with",
    "Lists to choose from show words only, so the picture would be missing.",
)
LONG_MATCH = Rule(
    "QST047",
    Severity.INFO,
    "'{text}', which learners choose from a list in question '{id}', has {length} characters",
    "shorten it to about {limit}, or make the long text the item and the short one its match",
    "Lists to choose from cut long lines off, above all on phones.",
    "WCAG 2.2, 1.4.10 Reflow",
)
BOTH_SIDES = Rule(
    "QST049",
    Severity.ERROR,
    "'{text}' of question '{id}' stands on both sides; the other is in line {line}",
    "reword one of them",
    "Saved answers could not tell the two apart, and learners would match what is the same.",
)


@dataclass(frozen=True, kw_only=True)
class Pairing(Arranging):
    """Items to match: `answers` holds the items and then the matches, `links` which belongs to which, by their keys."""

    links: tuple[tuple[str, str], ...] = ()

    @property
    def items(self) -> tuple[Option, ...]:
        keys = {item for item, _ in self.links}
        return tuple(option for option in self.answers if option.key in keys)

    @property
    def matches(self) -> tuple[Option, ...]:
        keys = {item for item, _ in self.links}
        return tuple(option for option in self.answers if option.key not in keys)

    def belonging(self, match: Option) -> tuple[Option, ...]:
        """The items that belong to a match."""
        return tuple(item for item in self.items if (item.key, match.key) in self.links)

    @property
    def shown_items(self) -> tuple[Option, ...]:
        """The items as paper shows them."""
        return self.items

    @property
    def shown_matches(self) -> tuple[Option, ...]:
        """The matches as paper shows them."""
        return self.matches

    @property
    def interaction(self) -> Interaction:
        right = tuple(f"{item}.{match}" for item, match in self.links)
        return Interaction(
            self.id,
            Kind.MATCHING,
            self.prompt.text,
            correct=(right,) if right else (),
            source=tuple(Component(option.key, option.text.text) for option in self.items),
            target=tuple(Component(option.key, option.text.text) for option in self.matches),
        )


def read_pairs(
    shared: Shared, items: Sequence[Item], matches: Sequence[Item], belongs: Sequence[int], reader: Reader
) -> dict[str, Any]:
    """The fields of a Pairing. `belongs` says for each item the place of its match among `matches`."""
    _check_sides(items, matches, shared, reader)
    _check_words(matches, shared, reader)
    if len(items) + len(matches) > len(KEYS):
        place = (*items, *matches)[len(KEYS)]
        reader.report(TOO_MANY.at(place.span, id=shared.id, count=len(items) + len(matches), limit=len(KEYS)))
        items, matches = items[: len(KEYS) // 2], matches[: len(KEYS) // 2]
    left, right = options(items, ITEM_KEYS), options(matches, MATCH_KEYS)
    links = tuple((item.key, right[at].key) for item, at in zip(left, belongs, strict=False) if at < len(right))
    known = {item for item, _ in links}
    made = (*(item for item in left if item.key in known), *right)
    expect_feedback(shared, made, reader)
    return {**shared.fields, "answers": made, "links": links, "partly": read_scoring(shared, reader)}


def _check_sides(items: Iterable[Item], matches: Iterable[Item], shared: Shared, reader: Reader) -> None:
    written = {words(item): item for item in items}
    for match in matches:
        text = words(match)
        if text and text in written:
            line = written[text].span.line
            reader.report(BOTH_SIDES.at(match.span, id=shared.id, text=text, line=line))


def _check_words(matches: Iterable[Item], shared: Shared, reader: Reader) -> None:
    for match in matches:
        text = words(match)
        short = text if len(text) <= 40 else text[:39].rstrip() + "…"
        if any(link.kind == "image" for link in match.text.links):
            reader.report(PICTURE.at(match.span, id=shared.id, text=short))
        elif len(text) > LONG:
            reader.report(LONG_MATCH.at(match.span, id=shared.id, text=short, length=len(text), limit=LONG))


def words(item: Item) -> str:
    """An item's words, by which it is told from others."""
    return " ".join(item.text.text.split())
