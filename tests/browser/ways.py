"""A course's payload -> the answers of learners who together meet all of its pages, those with `show-if` too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Way = dict[str, tuple[str, ...] | bool]
"""What a learner answers, by question: these keys, or right, or not right. Other questions are answered right."""


def ways(course: Mapping[str, Any], unmet: Sequence[str]) -> list[Way]:
    """As few learners as a simple search finds, so that each page of `unmet` is part of the course of one of them.

    A page that no answers lead to is left out; the check of the course tells of it.
    """
    pages = {page["id"]: page for page in course["pages"]}
    homes = {id: page for page in course["pages"] for id in page["questions"]}
    found: list[Way] = []
    for id in unmet:
        if (asked := _asked(pages[id], homes)) is None:
            continue
        way = next((one for one in found if _together(one, asked) is not None), None)
        if way is None:
            found.append(asked)
        else:
            way.update(_together(way, asked) or {})
    return found


def _asked(page: Mapping[str, Any], homes: Mapping[str, Mapping[str, Any]]) -> Way | None:
    """What leads to a page, and to the pages that the questions stand on; None where that contradicts itself."""
    way: Way | None = {}
    for wanted in page.get("showIf", ()):
        one: Way = {wanted["question"]: tuple(wanted["answers"]) if "answers" in wanted else wanted["right"]}
        before = _asked(homes[wanted["question"]], homes)
        for each in (one, before):
            way = None if way is None or each is None else _together(way, each)
    return way


def _together(one: Way, other: Way) -> Way | None:
    """Both: where both name keys, those that both would take; None where a question cannot be answered as both want."""
    both = dict(one)
    for question, wanted in other.items():
        known = both.setdefault(question, wanted)
        if isinstance(known, tuple) and isinstance(wanted, tuple):
            both[question] = tuple(key for key in known if key in wanted)
        elif known != wanted:
            return None
        if both[question] == ():
            return None
    return both
