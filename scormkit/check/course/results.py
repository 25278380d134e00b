"""Checks on results of accessibility tests: that the statement made of them is about this course as it is.

In: a Course. Out: problems.
"""

from __future__ import annotations

from collections.abc import Iterator

from scormkit.model.course import Course
from scormkit.model.fingerprint import fingerprint
from scormkit.model.problem import Problem, Rule, Severity

OTHER_COURSE = Rule(
    "SET144",
    Severity.ERROR,
    "the accessibility results are of another course, '{course}'",
    "name the file of this course's own tests, or remove the line",
    "The statement would claim tests that never were.",
)
OLD_RESULTS = Rule(
    "SET145",
    Severity.WARNING,
    "the accessibility tests of {date} were made on {what}",
    "run the tests again; until then the statement says that the course has changed since",
    "A statement is about what learners have before them.",
)
UNTESTED = Rule(
    "SET146",
    Severity.WARNING,
    "the accessibility tests left out pages of the course: {pages}",
    "run the tests on all pages; until then the statement says which were not tested",
    "What was not tested may not work.",
)
FOUND = Rule(
    "SET147",
    Severity.WARNING,
    "the accessibility tests found a problem, {rule}: {help} (on {pages})",
    "repair it and run the tests again; until then the statement tells learners of it",
    "Some learners cannot use these pages.",
)


def results(course: Course) -> Iterator[Problem]:
    """Whether the results are of this course, this version and these pages, and what they found."""
    found = course.accessibility_results
    if found is None:
        return
    place = course.place("accessibility.results")
    if found.course != course.settings.id:
        yield OTHER_COURSE.at(place, course=found.course)
        return
    if found.version != course.settings.version:
        yield OLD_RESULTS.at(place, date=found.date.isoformat(), what=f"version {found.version}")
    elif found.hash and found.hash != fingerprint(course):
        yield OLD_RESULTS.at(place, date=found.date.isoformat(), what="other content")
    missing = [page.id for page in course.pages if page.id not in found.pages]
    if missing:
        yield UNTESTED.at(place, pages=", ".join(missing))
    for one in found.violations:
        yield FOUND.at(place, rule=one.rule, help=one.help, pages=", ".join(one.pages))


CHECKS = (results,)
