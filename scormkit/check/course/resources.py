"""Checks on what stands beside the pages: the links of the page of resources.

In: a Course. Out: problems.
"""

from __future__ import annotations

from collections.abc import Iterator

from scormkit.check.course.reading import address_parts
from scormkit.model.course import Course
from scormkit.model.problem import Problem, Rule, Severity

ADDRESS = Rule(
    "SET141",
    Severity.ERROR,
    "the address of the resource '{title}', '{address}', is not a web address",
    "write one that begins with https://; a file of your own is offered by a :::{{download}} on a page",
    "Learners who follow the link would land nowhere.",
)
NOT_SHOWN = Rule(
    "SET142",
    Severity.WARNING,
    "'resources' are listed, but 'extras' leaves the page out that shows them",
    "add 'resources' to 'extras', or remove the list",
    "Learners do not see them.",
)


def addresses(course: Course) -> Iterator[Problem]:
    """Links that lead somewhere, on a page that is there."""
    settings = course.settings
    for position, one in enumerate(settings.resources):
        parts = address_parts(one.address)
        if not parts or parts.scheme not in ("http", "https") or not parts.hostname or " " in one.address:
            place = course.place(f"resources.{position}.address")
            yield ADDRESS.at(place, title=one.title, address=one.address)
    if settings.resources and "resources" not in settings.extras:
        yield NOT_SHOWN.at(course.place("resources"))


CHECKS = (addresses,)
