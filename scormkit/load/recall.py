"""Recalls filled in: a course whose pages are read comes in; with the questions that are asked again it goes out.

A question that is asked again is a copy of the first, as practice, with an id of its own: so player, reports, saved progress and
code book need to know nothing about it. Anchors in its text stay with the first, for an id is given once in a document.
"""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from scormkit.blocks.recall import Recall
from scormkit.model.course import Block, ContentBlock, Course, Page
from scormkit.model.directive import Value
from scormkit.model.problem import Problem, Rule, Severity, meant
from scormkit.model.prose import Prose
from scormkit.model.question import Kind, Question

T = TypeVar("T")

UNKNOWN = Rule(
    "BLK081",
    Severity.ERROR,
    "there is no question '{name}' to ask again{hint}",
    "write the ':id:' of a question on an earlier page",
    "There is nothing to ask again.",
)
NOT_EARLIER = Rule(
    "BLK082",
    Severity.ERROR,
    "the question '{name}' is not on an earlier page but on '{page}'",
    "move the recall to a later page",
    "Remembering takes time: a question that has only just been answered, or not yet, is not recalled.",
)
OF_A_TEST = Rule(
    "BLK083",
    Severity.ERROR,
    "the question '{name}' belongs to the assessment '{page}'",
    "name a question on an ordinary page",
    "Whoever takes the assessment again would have seen its answer.",
)
IN_A_TEST = Rule(
    "BLK084",
    Severity.ERROR,
    "this recall stands on an assessment page",
    "move it to an ordinary page",
    "What is recalled is practice; on an assessment page it would count.",
)
AGAIN = Rule(
    "BLK085",
    Severity.ERROR,
    "'{name}' is itself asked again by a recall",
    "name the question that it asks again: '{first}'",
    "There is one first time.",
)
CASE = Rule(
    "BLK086",
    Severity.ERROR,
    "the scenario '{name}' cannot be asked again",
    "name another question; a scenario has a button to go through it again",
    "A case is known once it has been gone through.",
)
ID = re.compile(r'(<[^<>]*?)\sid="[^"]*"')


def fill(course: Course) -> tuple[Course, list[Problem]]:
    """The course with the questions in its recalls; those that have them stay as they are."""
    if not any(isinstance(block, Recall) for page in course.pages for block in page.walk):
        return course, []
    filler = _Filler(course)
    sections = (replace(section, pages=tuple(map(filler.page, section.pages))) for section in course.sections)
    return replace(course, sections=tuple(sections)), filler.problems


class _Filler:
    def __init__(self, course: Course) -> None:
        self.problems: list[Problem] = []
        self.home = {question.id: (question, page) for page in course.pages for question in page.questions}
        self.taken = set(self.home)
        self.copies: dict[str, str] = {}
        self.earlier: set[str] = set()

    def page(self, page: Page) -> Page:
        filled = replace(page, blocks=self.blocks(page.blocks, page))
        self.earlier.update(question.id for question in page.questions)
        return filled

    def blocks(self, blocks: tuple[Block, ...], page: Page) -> tuple[Block, ...]:
        return tuple(self.block(block, page) for block in blocks)

    def block(self, block: Block, page: Page) -> Block:
        if isinstance(block, Recall):
            if any(isinstance(inner, Question) and inner.again for inner in block.blocks):
                return block
            if page.is_test:
                self.problems.append(IN_A_TEST.at(block.span))
                return block
            copies = [copy for name in block.names if (copy := self.copy(name, page))]
            return replace(block, blocks=(*block.blocks, *copies))
        if isinstance(block, ContentBlock) and block.blocks:
            return replace(block, blocks=self.blocks(block.blocks, page))
        return block

    def copy(self, name: Value, page: Page) -> Question | None:
        problem = self.wrong(name)
        if problem:
            self.problems.append(problem)
            return None
        question, _ = self.home[name.text]
        number, own = 2, f"{question.id}-again"
        while own in self.taken:
            number, own = number + 1, f"{question.id}-again-{number}"
        self.taken.add(own)
        self.copies[own] = question.id
        # Another order keeps learners from remembering places; scales and opinions have an order of their own.
        told = question.interaction
        shuffle = question.shuffle or (told.kind is Kind.CHOICE and bool(told.correct))
        return replace(_unanchored(question), id=own, again=question.id, shuffle=shuffle, span=name.span)

    def wrong(self, name: Value) -> Problem | None:
        if name.text in self.copies:
            return AGAIN.at(name.span, name=name.text, first=self.copies[name.text])
        if name.text not in self.home:
            return UNKNOWN.at(name.span, name=name.text, hint=meant(name.text, self.home))
        question, page = self.home[name.text]
        if page.is_test:
            return OF_A_TEST.at(name.span, name=name.text, page=page.title)
        if name.text not in self.earlier:
            return NOT_EARLIER.at(name.span, name=name.text, page=page.title)
        if question.interaction.kind is Kind.PERFORMANCE:
            return CASE.at(name.span, name=name.text)
        return None


def _unanchored(thing: T) -> T:
    """The same thing without ids and headings in its prose."""
    found: Any = thing
    if isinstance(found, Prose):
        found = replace(found, html=ID.sub(r"\1", found.html), headings=())
    elif isinstance(found, tuple):
        found = tuple(map(_unanchored, found))
    elif is_dataclass(found) and not isinstance(found, type):
        held = {field.name: getattr(found, field.name) for field in fields(found) if field.init}
        found = replace(found, **{name: _unanchored(value) for name, value in held.items() if _may_hold(value)})
    return found  # type: ignore[no-any-return]


def _may_hold(value: object) -> bool:
    return isinstance(value, Prose | tuple) or (is_dataclass(value) and not isinstance(value, type))
