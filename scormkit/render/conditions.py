"""What opens a page, whose course it is part of and whether it counts, in words: for those who read the course on paper.

In: a Course and the words of its language. Out: lines for each page.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from scormkit.model.conditions import Conditions, Need, Wanted
from scormkit.model.course import Course, Page
from scormkit.render.payload import assessment, completion, number
from scormkit.render.words import Words, lasting


@dataclass(frozen=True)
class Told:
    """A line about a page, with what it lists."""

    words: str
    items: tuple[str, ...] = ()


def teller(course: Course, word: Words) -> Callable[[Page], tuple[Told, ...]]:
    """A function that tells what the rules say about a page of this course; nothing about most."""
    conditions = Conditions(course)

    def told(page: Page) -> tuple[Told, ...]:
        lines = [_shown(wanted, word) for wanted in conditions.wanted(page)]
        if needs := conditions.needs(page):
            lines.append(Told(word("page-opens"), tuple(_need(need, course, word) for need in needs)))
        if page.settings.min_time and not page.is_test:
            lines.append(Told(word("time-asked", time=lasting(page.settings.min_time, word))))
        if not page.settings.required:
            lines.append(Told(word("page-not-required")))
        return tuple(lines)

    return told


def completes(course: Course) -> dict[str, Any]:
    """What completes the course, as the payload has it, with the assessments that are to be passed."""
    found = completion(course, Conditions(course))
    tests = [page for page in course.pages if page.is_assessment] if found["rule"].endswith("assessment") else []
    whole = {"of": sum(page.settings.required for page in course.pages), "tests": tests}
    pages = {"pages": 0} if found["rule"] == "assessment" else {}
    return {"share": None, "statement": None, **found, **pages, **whole}


def _shown(wanted: Wanted, word: Words) -> Told:
    question = wanted.question.prompt.text
    if not wanted.keys:
        return Told(word("page-shown-right" if wanted.right else "page-shown-wrong", question=question))
    # The answers to a true-false question have their words in the language file.
    texts = [one.text.text or word(one.key) for one in wanted.question.answers if one.key in wanted.keys]
    return Told(word("page-shown-to", question=question, answers=" / ".join(texts)))


def _need(need: Need, course: Course, word: Words) -> str:
    page = need.pages[0]
    if need.question:
        return word(f"need-{need.kind}", question=need.question.prompt.text)
    if need.kind == "passed":
        mark = assessment(page, course)["passMark"] if need.score is None else number(need.score)
        return word("need-passed", title=page.title, mark=mark)
    return word("need-section" if need.section else "need-done", title=(need.section or page).title)
