"""Checks on how a course is put together: pages, sections, ids, objectives, completion.

In: a Course. Out: problems. What a single file gets wrong is found while it is read (scormkit/load); here is what only
shows once the whole course is known.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from scormkit.check.course.reading import unread
from scormkit.model.course import Block, ContentBlock, Course, Page
from scormkit.model.problem import Problem, Rule, Severity, meant
from scormkit.model.prose import Prose
from scormkit.model.question import Question
from scormkit.model.source import Span

T = TypeVar("T")

NO_PAGES = Rule(
    "PGE101",
    Severity.ERROR,
    "the course has no pages",
    "write a first page, such as pages/01-welcome.md",
    "A package without pages opens as an empty window, and nothing can ever be completed.",
)
EMPTY_PAGE = Rule(
    "PGE102",
    Severity.WARNING,
    "the page '{page}' has nothing on it",
    "write its text, or remove the file until there is something to say",
    "Learners who open an empty page think that the course is broken; it also counts as a page to be done.",
)
SAME_PAGE = Rule(
    "PGE103",
    Severity.ERROR,
    "the page id '{id}' is used twice; the first is in {first}",
    "give one of them another 'id:' in its front matter, or another file name",
    "Progress, links and the menu find a page by its id; with two of them learners would be sent to the wrong one.",
)
SAME_TITLE = Rule(
    "PGE104",
    Severity.WARNING,
    "two pages are called '{title}'; the first is in {first}",
    "give each page a title of its own",
    "The menu, the results and a screen reader's list of pages show titles only, so the two cannot be told apart.",
    "WCAG 2.2, 2.4.6 Headings and Labels",
)
LONG_TITLE = Rule(
    "PGE105",
    Severity.INFO,
    "the title of this page has {length} characters",
    "shorten it to about {limit}; say the rest in the first sentence",
    "Menu entries and headings of several lines are hard to scan, above all on a phone or in a small pop-up.",
)
LONG_PAGE = Rule(
    "PGE106",
    Severity.INFO,
    "this page has about {words} words",
    "split it in two at a heading",
    "Long pages are left half-read, and progress is kept by the page.",
)
LAST_ALONE = Rule(
    "PGE107",
    Severity.INFO,
    "the section '{section}' has only one page",
    "move the page out of its folder, or add the pages that belong with it",
    "A section of one page gives the menu a level that helps nobody.",
)
SAME_NUMBER = Rule(
    "PGE110",
    Severity.INFO,
    "two files of this folder begin with the number {number}; the other is {first}",
    "give one of them another number",
    "Which comes first depends on the rest of their names, so renaming one can change the order of the course.",
)
SAME_QUESTION = Rule(
    "QST101",
    Severity.ERROR,
    "the question id '{id}' is used twice; the first is at {first}",
    "give one of them another ':id:'",
    "Answers are saved and reported by the question's id; two questions would overwrite each other's answers.",
)
SAME_OBJECTIVE = Rule(
    "SET101",
    Severity.ERROR,
    "the objective id '{id}' is used twice",
    "give one of them another id",
    "Reports list objectives by their ids.",
)
UNKNOWN_OBJECTIVE = Rule(
    "PGE109",
    Severity.ERROR,
    "there is no objective '{id}'{hint}",
    "declare it under 'objectives:' in course.yaml, or correct the id here",
    "Results are reported by objective; what is filed under an unknown one is lost.",
)
UNCOVERED_OBJECTIVE = Rule(
    "SET102",
    Severity.WARNING,
    "no page and no question covers the objective '{id}'",
    "name it in a page's 'objectives:' or a question's ':objective:', or remove it",
    "The course promises its learners something that it does not teach.",
)
UNTESTED_OBJECTIVE = Rule(
    "SET103",
    Severity.INFO,
    "no question checks the objective '{id}'",
    "add ':objective: {id}' to a question that does, or write one",
    "Without a question nobody, the learner included, can tell whether the objective was reached.",
)


def pages(course: Course) -> Iterator[Problem]:
    """Pages that are missing, empty, too long, or alone in their section."""
    if not course.pages and not unread(course):
        yield NO_PAGES.at(course.span)
    for page in course.pages:
        words = _words(page.blocks)
        if not words and not any(isinstance(block, ContentBlock | Question) for block in page.blocks):
            if not _pictures(page.blocks) and not unread(course, page.span.path):
                yield EMPTY_PAGE.at(page.span, page=page.title)
        elif words > 1500:
            yield LONG_PAGE.at(page.span, words=round(words, -2))
        if len(page.title) > 80:
            yield LONG_TITLE.at(page.place("title"), length=len(page.title), limit=60)
    for section in course.sections:
        if section.id and len(section.pages) == 1:
            yield LAST_ALONE.at(section.pages[0].span, section=section.title)


def page_names(course: Course) -> Iterator[Problem]:
    """Pages that cannot be told apart."""
    for page, first in _again(course.pages, lambda page: page.id):
        yield SAME_PAGE.at(page.place("id"), id=page.id, first=first.span.path)
    for page, first in _again(course.pages, lambda page: " ".join(page.title.casefold().split())):
        if page.id != first.id:
            yield SAME_TITLE.at(page.place("title"), title=page.title, first=first.span.path)
    for page, first in [] if course.settings.pages else _again(course.pages, _numbered):
        yield SAME_NUMBER.at(page.span, number=_numbered(page).rpartition("/")[2], first=first.span.path)


def question_names(course: Course) -> Iterator[Problem]:
    """Questions that cannot be told apart."""
    for question, first in _again(course.questions, lambda question: question.id.casefold()):
        authored = question.id.rpartition("--")[0] if question.bank else question.id  # a test gave it a longer name
        yield SAME_QUESTION.at(question.span, id=authored, first=first.span)


def objectives(course: Course) -> Iterator[Problem]:
    """Objectives: declared twice, never covered, never tested, or named without being declared."""
    declared = [objective.id for objective in course.settings.objectives]
    count = Counter(declared)
    for position, identifier in enumerate(declared):
        if count[identifier] > 1 and declared.index(identifier) < position:
            yield SAME_OBJECTIVE.at(course.place(f"objectives.{position}.id"), id=identifier)
    named: dict[str, list[Span]] = defaultdict(list)
    tested: set[str] = set()
    for page in course.pages:
        for position, identifier in enumerate(page.settings.objectives):
            named[identifier].append(page.place(f"objectives.{position}"))
        for question in page.questions:
            tested.update(question.objectives)
            for identifier in question.objectives:
                named[identifier].append(question.span)
    for identifier, spans in named.items():
        if identifier not in count:
            hint = meant(identifier, count)
            yield from (UNKNOWN_OBJECTIVE.at(span, id=identifier, hint=hint) for span in spans)
    for position, identifier in enumerate(declared):
        if identifier not in named:
            yield UNCOVERED_OBJECTIVE.at(course.place(f"objectives.{position}"), id=identifier)
        elif identifier not in tested and course.questions:
            yield UNTESTED_OBJECTIVE.at(course.place(f"objectives.{position}"), id=identifier)


def _numbered(page: Page) -> str:
    """The folder and number of a page's file; the whole path where it has no number."""
    folder, _, name = page.span.path.rpartition("/")
    number = re.match(r"\d+", name)
    return f"{folder}/{int(number[0])}" if number else page.span.path


def _again(things: Iterable[T], name: Callable[[T], str]) -> Iterator[tuple[T, T]]:
    """Each thing whose name an earlier one has too, with that earlier one."""
    seen: dict[str, T] = {}
    for thing in things:
        first = seen.setdefault(name(thing), thing)
        if first is not thing:
            yield thing, first


def _words(blocks: Iterable[Block]) -> int:
    """Roughly how many words a learner reads in these blocks, questions aside."""
    count = 0
    for block in blocks:
        if isinstance(block, Prose):
            count += len(block.text.split())
        elif isinstance(block, ContentBlock):
            count += _words(block.blocks)
    return count


def _pictures(blocks: Iterable[Block]) -> bool:
    return any(link.kind == "image" for block in blocks if isinstance(block, Prose) for link in block.links)


CHECKS = (pages, page_names, question_names, objectives)
