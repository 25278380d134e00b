"""Checks on a course as its author wrote it.

In: a Course, the profiles of the hosts it is for, and the day. Out: problems, those of the load included, with the
severities that the course's settings ask for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from scormkit.check.course import (
    access,
    assessment,
    budget,
    completing,
    conditions,
    host,
    links,
    media,
    papers,
    questions,
    reading,
    recordings,
    references,
    resources,
    results,
    settings,
    structure,
    theme,
)
from scormkit.check.severities import OFF, apply
from scormkit.model.course import Course
from scormkit.model.problem import RULES, Problem, Severity

WHOLE = (
    structure,
    conditions,
    completing,
    assessment,
    papers,
    settings,
    resources,
    results,
    media,
    questions,
    recordings,
    references,
    theme,
)
WRITTEN = (links, access)
READ_ONCE = (media, questions)
"""What they look at is not looked at again where a question is asked again."""


def check_course(course: Course, profiles: tuple[str, ...], today: date) -> tuple[Problem, ...]:
    """Everything that is wrong with one course, sorted by place, each finding once."""
    found = _once(course, _problems(course, profiles or course.settings.profile, today))
    for translation in course.translations:
        found |= _spoken(translation, found)
    return tuple(sorted(apply(found, _wishes(course))))


def _once(course: Course, problems: Iterator[Problem]) -> set[Problem]:
    """Each finding once, those in a question bank too, whose questions have another id in each test that asks them."""
    banks = {bank.span.path for bank in course.banks}
    found: dict[object, Problem] = {}
    for problem in problems:
        found.setdefault((problem.id, problem.span) if problem.span.path in banks else problem, problem)
    return set(found.values())


def _problems(course: Course, profiles: tuple[str, ...], today: date) -> Iterator[Problem]:
    yield from course.problems
    once = reading.once(course)
    for subject in WHOLE:
        for check in subject.CHECKS:
            yield from check(once if subject in READ_ONCE else course)
    yield from questions.recalled(course)
    text = reading.read(once)
    for written in WRITTEN:
        for check_text in written.CHECKS:
            yield from check_text(text)
    yield from settings.review(course, today)
    hosts = host.chosen(profiles)
    for check_host in host.CHECKS:
        yield from check_host(course, hosts)
    yield from budget.check(course, hosts)


def _spoken(translation: Course, known: set[Problem]) -> set[Problem]:
    """What is wrong with a translation and not with the course: so wrong that it cannot be shown, or more often than there."""
    once = reading.once(translation)
    text = reading.read(once)
    found = set(translation.problems)
    for subject in (structure, questions):
        found.update(problem for check in subject.CHECKS for problem in check(once))
    for written in WRITTEN:
        found.update(problem for check_text in written.CHECKS for problem in check_text(text))
    places = {(problem.id, problem.span) for problem in known}
    found = {problem for problem in found if (problem.id, problem.span) not in places}
    catalogue = f"/locales/{translation.settings.language}.po"
    said = {problem for problem in found if f"/{problem.span.path}".endswith(catalogue)}
    before, now = Counter(problem.id for problem in known), Counter(problem.id for problem in said)
    return {
        problem
        for problem in found
        if problem.severity.rank <= Severity.ERROR.rank or (problem in said and now[problem.id] > before[problem.id])
    }


def _wishes(course: Course) -> dict[str, Severity | None]:
    """The severities that `checks:` asks for, those of errors aside: they stay errors."""
    wishes = course.settings.checks
    firm = {rule.id for rule in RULES.values() if rule.severity.rank <= Severity.ERROR.rank}
    return {name: None if wish == OFF else Severity(wish) for name, wish in wishes.items() if name not in firm}
