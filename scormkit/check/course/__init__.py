"""Checks on a course as its author wrote it.

In: a Course, the profiles of the hosts it is for, and the day. Out: problems, those of the load included, with the
severities that the course's settings ask for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from scormkit.check.course import access, assessment, budget, host, links, media, questions, settings, structure
from scormkit.model.course import Course
from scormkit.model.problem import Problem, Severity

SUBJECTS = (structure, assessment, settings, links, media, access, questions)


def check_course(course: Course, profiles: tuple[str, ...], today: date) -> tuple[Problem, ...]:
    """Everything that is wrong with one course, sorted by place, each finding once."""
    found = set(_problems(course, profiles or course.settings.profile, today))
    wished = (_as_wished(problem, course.settings.checks) for problem in found)
    return tuple(sorted(problem for problem in wished if problem is not None))


def _problems(course: Course, profiles: tuple[str, ...], today: date) -> Iterator[Problem]:
    yield from course.problems
    for subject in SUBJECTS:
        for check in subject.CHECKS:
            yield from check(course)
    yield from settings.review(course, today)
    hosts = host.chosen(profiles)
    for check_host in host.CHECKS:
        yield from check_host(course, hosts)
    yield from budget.check(course, hosts)


def _as_wished(problem: Problem, wishes: Mapping[str, str]) -> Problem | None:
    """The finding with the severity that `checks:` gives its rule; errors stay errors."""
    wish = wishes.get(problem.id)
    if wish is None or problem.severity.rank <= Severity.ERROR.rank:
        return problem
    return None if wish == "off" else replace(problem, level=Severity(wish))
