"""Problems of a course, and of a package of any tool.

In: a Programme or Course (or, in `scormkit.check.package`, an Archive). Out: `Problem`s, sorted by place. Nothing is
changed and nothing is read but what is given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from importlib import import_module
from pkgutil import walk_packages
from typing import TYPE_CHECKING

from scormkit.model.problem import RULES, Problem, Rule, Severity

if TYPE_CHECKING:
    from scormkit.model.course import Course, Programme


def check(
    subject: Programme | Course,
    *,
    profiles: Sequence[str] = (),
    new_course: bool = False,
    today: date | None = None,
) -> tuple[Problem, ...]:
    """Everything that is wrong with a programme or course, what its loading found included, sorted by place.

    `profiles` (names of `scormkit.standards.profiles`) stand in for the `profile:` of the settings. Dates, such as the
    next review, are compared with `today`. With `new_course` another id than the lock's is no error. Raises
    KeyError for a profile that does not exist.
    """
    from scormkit.check.course import check_course
    from scormkit.check.course.programme import check_courses
    from scormkit.model.course import Course, Programme

    day = today or date.today()
    if isinstance(subject, Course):
        subject = Programme((subject,))
    found = {*subject.problems, *check_courses(subject.courses)}
    for course in subject.courses:
        found.update(check_course(course, tuple(profiles), day))
    if new_course:
        found = {_allowed(problem) for problem in found}
    return tuple(sorted(found))


OTHER_COURSE = "LCK003"
"""The rule of the lock that stands in the way of giving a course another id."""


def _allowed(problem: Problem) -> Problem:
    return replace(problem, level=Severity.INFO) if problem.id == OTHER_COURSE else problem


def catalogue() -> dict[str, Rule]:
    """Every rule there is, by its ID, in the order of the IDs. Imports all modules that define rules."""
    for part in (
        "load",
        "questions",
        "blocks",
        "check",
        "package",
        "exchange",
        "translations",
        "banks",
        "pipeline",
        "starter",
    ):
        home = import_module(f"scormkit.{part}")
        for module in walk_packages(getattr(home, "__path__", ()), f"{home.__name__}."):
            import_module(module.name)
    return dict(sorted(RULES.items()))
