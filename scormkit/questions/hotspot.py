"""`hotspot`: one of several areas of a picture; the same areas can be chosen from a list beside it.

    :::{hotspot} Where would you sit to talk with the parents?
    :id: where-to-sit
    :image: ../media/ward.svg
    :alt: A room with a cot by the window, a desk by the door and two chairs in a corner
    - [ ] Desk: 60, 50, 30, 40
      > A desk between you says who decides.
    - [x] Chairs in the corner: 5, 55, 25, 35
      > Yes. Everybody sits alike.
    :::

An area is a name and where it is in the picture, in per cent: from the left, from the top, width, height. Areas marked [x]
are right; where there are several, each of them is. The name must say enough to choose without seeing the picture.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import escape
from typing import ClassVar, Self
from urllib.parse import quote

from scormkit.model.directive import Directive, Item, Reader
from scormkit.model.problem import Rule, Severity, short
from scormkit.model.prose import Link, Prose
from scormkit.model.question import Component, Interaction, Kind, Question
from scormkit.model.written import line, listed, number
from scormkit.questions.choice import NO_CORRECT
from scormkit.questions.reading import KEYS, Shared, expect_feedback, read_options, read_shared
from scormkit.questions.writing import boxed, write

NO_PICTURE = Rule(
    "QST150",
    Severity.ERROR,
    "question '{id}' has no picture",
    "add a line ':image: ../media/picture.svg' under its title",
    "There is nothing that its areas could be in.",
)
NO_ALTERNATIVE = Rule(
    "QST151",
    Severity.ERROR,
    "the picture of question '{id}' has no text alternative",
    "add a line ':alt: what it shows', with all that is needed to choose",
    "Who cannot see the picture could not answer.",
    "WCAG 2.2, 1.1.1 Non-text Content",
)
NO_AREA = Rule(
    "QST152",
    Severity.ERROR,
    "'{text}' of question '{id}' does not say where it is in the picture",
    "write its name, a colon and four numbers: from the left, from the top, width, height, in per cent, 'Cot: 10, 20, 30, 25'",
    "Nobody could choose it in the picture.",
)
OUTSIDE = Rule(
    "QST153",
    Severity.ERROR,
    "the area '{name}' of question '{id}' {why}",
    "correct its numbers: from the left, from the top, width, height, in per cent of the picture",
    "Nobody could choose it in the picture.",
)
OVERLAP = Rule(
    "QST154",
    Severity.WARNING,
    "the areas '{name}' and '{other}' of question '{id}' overlap",
    "make one of them smaller",
    "Where they overlap, only the later one can be chosen in the picture.",
)
SMALL = Rule(
    "QST155",
    Severity.INFO,
    "the area '{name}' of question '{id}' takes {share} per cent of the picture's {side}",
    "make it larger, or the picture show less around it",
    "On a phone it is hard to hit, though it can still be chosen from the list.",
    "WCAG 2.2, 2.5.8 Target Size (Minimum)",
)
SMALLEST = 8
"""Per cent of a picture 300 pixels wide that make a target of 24 pixels."""

_NUMBER = r"\s*(-?\d{1,5}(?:\.\d{1,3})?)\s*%?\s*"
_AREA = re.compile(r"(?P<name>.*\S)\s*:" + ",".join([_NUMBER] * 4), re.DOTALL)


@dataclass(frozen=True)
class Area:
    """A rectangle in per cent of the picture; `key` is its option's."""

    key: str
    left: float
    top: float
    width: float
    height: float

    @property
    def number(self) -> int:
        """What it is called in the picture: its place in the list, counted from 1."""
        return KEYS.index(self.key) + 1

    def overlaps(self, other: Area) -> bool:
        across = self.left < other.left + other.width and other.left < self.left + self.width
        return across and self.top < other.top + other.height and other.top < self.top + self.height


@dataclass(frozen=True, kw_only=True)
class Hotspot(Question):
    """A picture, whose areas are the answers."""

    type: ClassVar[str] = "hotspot"
    words: ClassVar[tuple[str, ...]] = ("hint", "alt")

    picture: Prose | None = None
    areas: tuple[Area, ...] = ()

    @classmethod
    def read(cls, directive: Directive, reader: Reader) -> Self:
        shared = read_shared(directive, reader, ("image", "alt"), ("shuffle",))
        picture = _picture(shared, reader)
        read = [_area(key, item, shared, reader) for key, item in zip(KEYS, shared.outline.items, strict=False)]
        beyond = shared.outline.items[len(KEYS) :]
        named = replace(shared, outline=replace(shared.outline, items=(*(item for item, _ in read), *beyond)))
        options = read_options(named, reader)
        if options and not any(option.correct for option in options):
            reader.report(NO_CORRECT.at(directive.span, id=shared.id, which="one area"))
        expect_feedback(shared, options, reader)
        names = {option.key: option.text.text for option in options}
        areas = tuple(area for _, area in read if area)
        for area, other in _overlapping(areas):
            span = next(option.span for option in options if option.key == other.key)
            reader.report(OVERLAP.at(span, id=shared.id, name=names[area.key], other=names[other.key]))
        return cls(**shared.fields, answers=options, picture=picture, areas=areas)

    @property
    def written(self) -> Directive:
        areas = {area.key: area for area in self.areas}
        items = (
            replace(item, text=_told(item.text, areas.get(option.key)))
            for item, option in zip(boxed(self.answers), self.answers, strict=True)
        )
        picture = self.picture.links[0] if self.picture and self.picture.links else None
        return write(self, listed(items), {"image": picture and picture.written, "alt": picture and picture.text})

    @staticmethod
    def worded(text: str) -> tuple[int, int, str]:
        match = _AREA.fullmatch(text.strip())
        return (0, match.end("name"), "") if match else (0, len(text), "")

    @property
    def interaction(self) -> Interaction:
        return Interaction(
            self.id,
            Kind.CHOICE,
            self.prompt.text,
            correct=tuple((option.key,) for option in self.answers if option.correct),
            choices=tuple(Component(option.key, option.text.text) for option in self.answers),
        )


def _picture(shared: Shared, reader: Reader) -> Prose | None:
    """The picture as prose, so that it is checked and shown like any other."""
    image, alt = shared.options.get("image"), shared.options.get("alt")
    if image is None:
        reader.report(NO_PICTURE.at(shared.fields["span"], id=shared.id))
        return None
    if alt is None:
        reader.report(NO_ALTERNATIVE.at(shared.fields["span"], id=shared.id))
        return None
    link = reader.media(image)
    if not link.target:
        return None
    html = f'<img src="{quote(link.target)}" alt="{escape(alt.text)}">'
    shown = Link("image", link.written, link.target, link.span, alt.text)
    return Prose(html, link.written, alt.text, (shown,), span=alt.span)


def _told(name: Prose, area: Area | None) -> Prose:
    """The name of an area, and where it is."""
    sides = (area.left, area.top, area.width, area.height) if area else ()
    return Prose(source=": ".join(text for text in (line(name), ", ".join(map(number, sides))) if text))


def _area(key: str, item: Item, shared: Shared, reader: Reader) -> tuple[Item, Area | None]:
    """The item with its name alone, and its area."""
    match = _AREA.fullmatch(item.text.source.strip())
    if not match:
        if item.text:
            text = " ".join(item.text.text.split())
            reader.report(NO_AREA.at(item.span, id=shared.id, text=short(text)))
        return item, None
    name = reader.prose(" ".join(match["name"].split()), item.text.span)
    area = Area(key, *(float(one) for one in match.groups()[1:]))
    if why := _wrong(area):
        reader.report(OUTSIDE.at(item.span, id=shared.id, name=name.text, why=why))
        return replace(item, text=name), None
    side, share = min(("width", area.width), ("height", area.height), key=lambda one: one[1])
    if share < SMALLEST:
        reader.report(SMALL.at(item.span, id=shared.id, name=name.text, share=f"{share:g}", side=side))
    return replace(item, text=name), area


def _wrong(area: Area) -> str:
    if area.width <= 0 or area.height <= 0:
        return "has no size"
    if area.left < 0 or area.top < 0 or area.left + area.width > 100 or area.top + area.height > 100:
        return "reaches out of the picture"
    return ""


def _overlapping(areas: tuple[Area, ...]) -> Iterator[tuple[Area, Area]]:
    for index, other in enumerate(areas):
        for area in areas[:index]:
            if area.overlaps(other):
                yield area, other
