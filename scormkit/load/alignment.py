"""A course and its translation -> the translation with the course's ids and numbers, where the two are built alike.

What is compared is what reports and saved progress hang on: which questions a page has, what can be answered, and what is right.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from scormkit.model.conditions import Conditions
from scormkit.model.course import Block, ContentBlock, Course, Page, Section
from scormkit.model.problem import Problem, Rule, Severity
from scormkit.model.question import Interaction, Kind, Question

OTHER_QUESTION = Rule(
    "LNG004",
    Severity.ERROR,
    "the translation changes question '{id}': {what}",
    "translate the words only; braces, brackets, | and line breaks stay as they are in the text that is translated",
    "Learners who change the language would lose their answers, and reports would mix up what they chose.",
)
Owner = TypeVar("Owner", Page, Section)
PARTS = ("choices", "scale", "source", "target", "steps", "moves")


def aligned(course: Course, translation: Course) -> tuple[Course, list[Problem]]:
    """The translation as it can be used, and what is built otherwise; a page that is, is shown as it was written."""
    problems: list[Problem] = []
    sections, known = [], Conditions(course)
    for section, spoken in zip(course.sections, translation.sections, strict=False):
        pages = tuple(
            _page(page, said, known, problems) for page, said in zip(section.pages, spoken.pages, strict=False)
        )
        sections.append(
            replace(
                spoken,
                id=section.id,
                pages=(*pages, *section.pages[len(pages) :]),
                settings=_letters(section, spoken, known),
            )
        )
    sections += course.sections[len(sections) :]
    return replace(translation, sections=tuple(sections), lock=course.lock), problems


def named(course: Course, translation: Course) -> Course:
    """The translation with its questions called as the course's are, before its recalls are filled in.

    A question without an id is called after its words, which are other ones here.
    """
    sections = []
    for section, spoken in zip(course.sections, translation.sections, strict=False):
        pages = [_named(page, said) for page, said in zip(section.pages, spoken.pages, strict=False)]
        sections.append(replace(spoken, pages=(*pages, *spoken.pages[len(pages) :])))
    return replace(translation, sections=(*sections, *translation.sections[len(sections) :]))


def _named(page: Page, said: Page) -> Page:
    ids = iter([question.id for question in page.questions if not question.again])

    def block(one: Block) -> Block:
        if isinstance(one, Question):
            return replace(one, id=next(ids, one.id))
        if isinstance(one, ContentBlock) and one.blocks:
            return replace(one, blocks=tuple(map(block, one.blocks)))
        return one

    return replace(said, blocks=tuple(map(block, said.blocks)))


def understood(course: Course, translations: Sequence[Course]) -> Course:
    """The course, in which typed answers that are right in any of its languages are right in all of them."""
    said: dict[str, dict[tuple[str, ...], None]] = {}
    for question in (question for one in translations for question in one.questions):
        told = question.interaction
        if told.kind is Kind.FILL_IN:
            said.setdefault(question.id, {}).update(dict.fromkeys(told.correct))

    def block(one: Block) -> Block:
        if isinstance(one, Question) and one.id in said:
            own = set(one.interaction.correct)
            return replace(one, also=tuple(response for response in said[one.id] if response not in own))
        if isinstance(one, ContentBlock) and one.blocks:
            return replace(one, blocks=tuple(map(block, one.blocks)))
        return one

    if not said:
        return course
    sections = (
        replace(s, pages=tuple(replace(p, blocks=tuple(map(block, p.blocks))) for p in s.pages))
        for s in course.sections
    )
    return replace(course, sections=tuple(sections))


def _page(page: Page, said: Page, known: Conditions, problems: list[Problem]) -> Page:
    mine, theirs = page.questions, said.questions
    wrong = [
        OTHER_QUESTION.at(other.span, id=one.id, what=what)
        for one, other in zip(mine, theirs, strict=False)
        if (what := _difference(one, other))
    ]
    if len(mine) != len(theirs):
        beyond = theirs[len(mine)] if len(theirs) > len(mine) else None
        lost = mine[len(theirs)] if len(mine) > len(theirs) else mine[-1] if mine else beyond
        what = f"the page has {len(theirs)} questions where it had {len(mine)}"
        if not wrong and lost:
            wrong.append(OTHER_QUESTION.at(beyond.span if beyond else said.span, id=lost.id, what=what))
    problems += wrong
    if wrong:
        return page
    settings = _letters(page, said, known)
    return replace(said, id=page.id, number=page.number, blocks=_blocks(said.blocks, iter(mine)), settings=settings)


def _letters(owner: Owner, said: Owner, known: Conditions) -> Any:
    """The translation's settings with answers named by their letters: their words are other ones in it."""
    show = owner.settings.show_if
    return said.settings.model_copy(update={"show_if": show and known.lettered(show)})


def _blocks(blocks: tuple[Block, ...], mine: Iterator[Question]) -> tuple[Block, ...]:
    return tuple(_block(block, mine) for block in blocks)


def _block(block: Block, mine: Iterator[Question]) -> Block:
    if isinstance(block, Question):
        own: Question = next(mine)
        answers = tuple(
            replace(option, number=number.number) for option, number in zip(block.answers, own.answers, strict=True)
        )
        return replace(
            block, id=own.id, number=own.number, revision=own.revision, answers=answers, again=own.again,
        )  # fmt: skip
    if isinstance(block, ContentBlock) and block.blocks:
        return replace(block, blocks=_blocks(block.blocks, mine))
    return block


def _difference(one: Question, other: Question) -> str:
    """What is built otherwise; empty where nothing is."""
    if one.type != other.type:
        return f"it is a {other.type} question where it was {one.type}"
    if len(one.answers) != len(other.answers):
        return f"it has {len(other.answers)} answers where it had {len(one.answers)}"
    mine, theirs = one.interaction, other.interaction
    for part in PARTS:
        keys, others = ([c.key for c in getattr(told, part)] for told in (mine, theirs))
        if keys != others:
            return f"it has {len(others)} different texts to choose from where it had {len(keys)}"
    if _right(mine) != _right(theirs) or one.worth != other.worth:
        return "other answers are right"
    return ""


def _right(told: Interaction) -> object:
    """What is right, as far as it is not words: of typed answers only how many there are to type."""
    return {len(response) for response in told.correct} if told.kind is Kind.FILL_IN else told.correct
