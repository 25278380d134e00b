"""Workshop: an author's folder goes in, the packages that learners would get come out, again after every change.

A course that cannot be built keeps its last good packages, so that the preview stays usable while something is half
written; what is wrong is told beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scormkit.preview.content import Content

if TYPE_CHECKING:
    from scormkit.model.course import Course, Programme
    from scormkit.model.problem import Problem

FORMATS = {"scorm12": "SCORM 1.2", "xapi": "xAPI"}


@dataclass
class Workshop:
    """`courses` are those that could be built at least once, by their slug; `problems` what the last look found."""

    path: Path
    profiles: tuple[str, ...] = ()
    courses: dict[str, Course] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    _made: dict[tuple[str, str], Content] = field(default_factory=dict, repr=False)
    _programme: Programme | None = field(default=None, repr=False)

    def load(self) -> bool:
        """Reads the folder again; says whether something can be shown."""
        from scormkit.load import load

        programme = load(self.path)
        self._programme = programme
        self.problems = tuple(sorted((*programme.problems, *(p for c in programme.courses for p in c.problems))))
        if programme.courses:
            kept = [self._kept(course) for course in programme.courses if course.pages]
            self.courses = {course.settings.slug: course for course in kept}
            self._made.clear()
        return bool(self.courses)

    def _kept(self, course: Course) -> Course:
        """The course as it is now, or as it last was where its settings cannot be read at the moment."""
        before = next((known for known in self.courses.values() if known.root == course.root), course)
        settings = (course.span.path, "programme.yaml")
        broken = any(
            problem.severity in ("error", "fatal") and problem.span.path.endswith(settings) for problem in self.problems
        )
        return before if broken else course

    def check(self) -> None:
        """Looks for everything else that is wrong; slower than loading."""
        from scormkit.check import check

        if self._programme is not None:
            self.problems = tuple(sorted(check(self._programme, profiles=self.profiles)))

    def content(self, course: str, format: str) -> Content:
        """A course's package, made when first asked for. Raises KeyError where there is no such course."""
        from scormkit.package import package
        from scormkit.render import render

        key = (course, format)
        if key not in self._made:
            self._made[key] = Content(package(render(self.courses[course]), format))
        return self._made[key]

    def watched(self) -> Sequence[Path]:
        """The folders whose files matter."""
        return [self.path if self.path.is_dir() else self.path.parent]


def as_data(problem: Problem) -> dict[str, Any]:
    """A problem for a page to show."""
    return {
        "id": problem.id,
        "severity": str(problem.severity),
        "path": problem.span.path,
        "line": problem.span.line,
        "column": problem.span.column,
        "message": problem.message,
        "remedy": problem.remedy,
    }
