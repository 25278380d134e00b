"""What courses of one programme may not have in common, because they are released together, side by side.

In: the courses of a programme. Out: problems.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scormkit.model.course import Course
from scormkit.model.problem import Problem, Rule, Severity

SAME_COURSE = Rule(
    "SET012",
    Severity.ERROR,
    "the course has the id '{id}', and so has {other}",
    "give one of the two another id; the one that has been released keeps its own",
    "All records of learners hang on the id: hosts and reports would take the two for one course.",
)
SAME_NAME = Rule(
    "SET013",
    Severity.ERROR,
    "the packages of this course would be called {name}, as those of {other}",
    "change the last part of one of the two ids, or its version",
    "One would be written over the other.",
)


def check_courses(courses: Sequence[Course]) -> Iterator[Problem]:
    """Courses that could not be told apart once they are built."""
    ids: dict[str, Course] = {}
    names: dict[str, Course] = {}
    for course in courses:
        settings = course.settings
        name = f"{settings.slug}-{settings.version}"
        twin = ids.setdefault(settings.id, course)
        other = names.setdefault(name.casefold(), course)
        if twin is not course:
            yield SAME_COURSE.at(course.place("id"), id=settings.id, other=twin.span.path)
        elif other is not course:
            yield SAME_NAME.at(course.place("id"), name=name, other=other.span.path)
