"""What opens a page, and whose course it is part of: `unlock:` and `show-if:` with their names looked up.

In: a Course. Out: `Need`s and `Wanted` answers; names that nothing has are left out, the checks report them. A name is looked
up among the pages, then the sections, then the questions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from scormkit.model.course import Course, Page, Section
from scormkit.model.question import Kind, Option, Question
from scormkit.model.settings import ShowIf, Unlock
from scormkit.model.source import Span

NAMEABLE = frozenset({Kind.CHOICE, Kind.LIKERT, Kind.TRUE_FALSE})
"""The kinds of questions whose answers have letters, so that a condition can name one."""


@dataclass(frozen=True)
class Need:
    """One thing that must have happened: `pages` done or passed (those of a whole `section`, or one), or a question answered."""

    kind: Literal["done", "passed", "answered", "right"]
    pages: tuple[Page, ...]
    section: Section | None = None
    question: Question | None = None
    score: float | None = None
    span: Span = Span("")


@dataclass(frozen=True)
class Wanted:
    """The answers to `question`, which stands on `page`, that make something part of a learner's course.

    `keys` are letters; where they are empty, `right` says whether the answer must be right or must not be.
    """

    question: Question
    page: Page
    keys: tuple[str, ...] = ()
    right: bool | None = None
    span: Span = Span("")


@dataclass(frozen=True)
class Place:
    """Who says a condition: a page's front matter or a section.yaml."""

    owner: Page | Section

    @property
    def unlock(self) -> Unlock | None:
        return self.owner.settings.unlock

    @property
    def show_if(self) -> ShowIf | None:
        return self.owner.settings.show_if

    def at(self, key: str) -> Span:
        return self.owner.place(key)


class Conditions:
    """The conditions of one course, by page."""

    def __init__(self, course: Course) -> None:
        self.pages = course.page_by_id
        self.sections: Mapping[str, Section] = {section.id: section for section in course.sections if section.id}
        self.questions: Mapping[str, tuple[Question, Page]] = {
            question.id: (question, page) for page in course.pages for question in page.questions
        }
        self.section_of: Mapping[str, Section] = {
            page.id: section for section in course.sections for page in section.pages
        }

    def needs(self, page: Page) -> tuple[Need, ...]:
        """What must have happened for the page to open: what its section asks for, then what it asks for itself."""
        return tuple(need for place in self.places(page) if place.unlock for need in self._needs(place, place.unlock))

    def wanted(self, page: Page) -> tuple[Wanted, ...]:
        """The answers that make the page part of a learner's course; all of them must have been given."""
        return tuple(
            found
            for place in self.places(page)
            if place.show_if and (found := self._wanted(place, place.show_if)) is not None
        )

    def places(self, page: Page) -> tuple[Place, Place]:
        """Where conditions of a page can stand."""
        return Place(self.section_of[page.id]), Place(page)

    def lettered(self, show: ShowIf) -> ShowIf:
        """The same condition with answers named by their letters, which are the same in every language."""
        question, _ = self.questions.get(show.question, (None, None))
        named = tuple((found.key if question and (found := option(question, one)) else one) for one in show.answer)
        return show.model_copy(update={"answer": named})

    @property
    def deciding(self) -> frozenset[str]:
        """Ids of the questions whose answers open something or decide what is part of a learner's course."""
        found: set[str] = set()
        for page in self.pages.values():
            found.update(need.question.id for need in self.needs(page) if need.question)
            found.update(wanted.question.id for wanted in self.wanted(page))
        return frozenset(found)

    def _needs(self, place: Place, unlock: Unlock) -> Iterator[Need]:
        for position, name in enumerate(unlock.after):
            span = place.at(f"unlock.after.{position}")
            if name in self.pages:
                yield Need("done", (self.pages[name],), span=span)
            elif name in self.sections:
                yield Need("done", self.sections[name].pages, self.sections[name], span=span)
            elif name in self.questions:
                question, page = self.questions[name]
                yield Need("answered", (page,), question=question, span=span)
        for position, name in enumerate(unlock.right):
            if name in self.questions:
                question, page = self.questions[name]
                yield Need("right", (page,), question=question, span=place.at(f"unlock.right.{position}"))
        for position, name in enumerate(unlock.passed):
            if name in self.pages:
                span = place.at(f"unlock.passed.{position}")
                yield Need("passed", (self.pages[name],), score=unlock.score, span=span)

    def _wanted(self, place: Place, show: ShowIf) -> Wanted | None:
        if show.question not in self.questions:
            return None
        question, page = self.questions[show.question]
        named = (option(question, answer) for answer in show.answer)
        keys = tuple(found.key for found in named if found)
        right = None if keys else show.right
        return Wanted(question, page, keys, right, place.at("show-if")) if keys or right is not None else None


def option(question: Question, answer: str) -> Option | None:
    """The option that an author names by its letter or its words."""
    words = " ".join(answer.split()).casefold()
    by_key = next((one for one in question.answers if one.key == words), None)
    return by_key or next(
        (one for one in question.answers if " ".join(one.text.text.split()).casefold() == words), None
    )
