"""Course -> what its accessibility statement may say of the tests: nothing more than was tested."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from scormkit.model.accessibility import AccessibilityResults
from scormkit.model.course import Course
from scormkit.model.fingerprint import fingerprint
from scormkit.render.around import RESULTS, beside


@dataclass(frozen=True)
class Finding:
    """A problem that the tests found: what it is, and on which pages."""

    help: str
    pages: tuple[str, ...]


@dataclass(frozen=True)
class Statement:
    """Results of tests as the page shows them; pages by their titles. `changed`: the course is not what was tested."""

    results: AccessibilityResults
    tested: int
    total: int
    untested: tuple[str, ...]
    changed: bool
    findings: tuple[Finding, ...]


def statement(course: Course, word: Callable[[str], str]) -> Statement | None:
    """What there is to say; None where there are no results of this very course."""
    found = course.accessibility_results
    if found is None or found.course != course.settings.id:
        return None
    titles = {page.id: page.title for page in course.pages} | {RESULTS: word("results")}
    titles |= {one.id: word(one.title) for one in beside(course)}
    other = found.version != course.settings.version or (found.hash is not None and found.hash != fingerprint(course))
    untested = tuple(title for id, title in titles.items() if id not in found.pages)
    return Statement(
        results=found,
        tested=len(titles) - len(untested),
        total=len(titles),
        untested=untested,
        changed=other,
        findings=tuple(
            Finding(one.help, tuple(titles.get(page, page) for page in one.pages)) for one in found.violations
        ),
    )
