"""What a preview shows: an author's folder (Workshop) or a package of any tool (Parcel) goes in, packages come out.

They are made again after every change. A course that cannot be built keeps its last good packages, so that the preview stays
usable while something is half written; what is wrong is told beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from scormkit.load.memory import Memory
from scormkit.model.archive import ArchiveError
from scormkit.model.rounds import Rounds
from scormkit.preview.content import Content

if TYPE_CHECKING:
    from markupsafe import Markup

    from scormkit.model.course import Course, Programme
    from scormkit.model.problem import Problem
    from scormkit.model.site import Site

PAGES = Path(__file__).parent / "pages"
FORMATS = {"scorm12": "SCORM 1.2", "xapi": "xAPI"}
MANIFESTS = {"imsmanifest.xml": "scorm12", "tincan.xml": "xapi"}


class Shown(Protocol):
    """What a preview asks of what it shows."""

    path: Path
    problems: tuple[Problem, ...]

    @property
    def titles(self) -> dict[str, str]:
        """The titles of what can be opened, by the name to ask for it."""

    @property
    def formats(self) -> dict[str, str]:
        """The formats that can be asked for, with their names for people."""

    def load(self) -> bool:
        """Reads everything again; says whether something can be shown. What `check` found before is taken to be so still."""

    def check(self) -> None:
        """Looks for everything that is wrong with what was read last."""

    def content(self, course: str, format: str) -> Content:
        """A package, made when first asked for. Raises KeyError where there is no such course."""

    def maps(self, course: str) -> str | None:
        """A page with the branches of its scenarios; None where it has none, or nothing is known of them."""

    def watched(self) -> Sequence[Path]:
        """The folders whose files matter."""


def shown(path: Path, profiles: tuple[str, ...] = ()) -> Shown:
    """A Parcel where a package is at `path` (a zip, or a folder with a manifest), else a Workshop."""
    is_package = path.suffix.lower() in (".zip", ".pif") or any((path / name).is_file() for name in MANIFESTS)
    return Parcel(path, profiles) if is_package else Workshop(path, profiles)


@dataclass
class Workshop:
    """`courses` are those that could be built at least once, by their slug; `problems` what the last look found."""

    path: Path
    profiles: tuple[str, ...] = ()
    courses: dict[str, Course] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    _sites: dict[str, Site] = field(default_factory=dict, repr=False)
    _made: dict[tuple[str, str], Content] = field(default_factory=dict, repr=False)
    _programme: Programme | None = field(default=None, repr=False)
    _checked: frozenset[Problem] = field(default=frozenset(), repr=False)  # what only a check finds
    _memory: Memory = field(default_factory=Memory, repr=False)
    _shown: dict[str, Rounds[Markup]] = field(default_factory=dict, repr=False)

    @property
    def titles(self) -> dict[str, str]:
        return {slug: course.settings.title for slug, course in self.courses.items()}

    @property
    def formats(self) -> dict[str, str]:
        return FORMATS

    def load(self) -> bool:
        from scormkit.load import load

        self._memory.begin()
        programme = load(self.path, self._memory)
        self._programme = programme
        self.problems = tuple(sorted(_read(programme) | self._checked))
        if programme.courses:
            kept = [self._kept(course) for course in programme.courses if course.pages]
            self.courses = {course.settings.slug: course for course in kept}
            self._sites.clear()
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
        from scormkit.check import check

        programme = self._programme
        found = check(programme, profiles=self.profiles) if programme else ()
        if programme is self._programme and programme:  # it is read by another thread, perhaps again
            self._checked = frozenset(found) - _read(programme)
            self.problems = tuple(sorted(found))

    def content(self, course: str, format: str) -> Content:
        from scormkit.package import package
        from scormkit.render import render

        key = (course, format)
        if course not in self._sites:
            shown = self._shown.setdefault(course, Rounds())
            shown.begin()
            self._sites[course] = render(self.courses[course], self.profiles, shown)
        if key not in self._made:
            self._made[key] = Content(package(self._sites[course], format))
        return self._made[key]

    def maps(self, course: str) -> str | None:
        from scormkit.render.render import environment

        known = self.courses.get(course)
        found = [(page, q) for page in known.pages for q in page.questions if q.map] if known else []
        if not found:
            return None
        text = (PAGES / "maps.html").read_text(encoding="utf-8")
        return environment().from_string(text).render(course=known, found=found)

    def watched(self) -> Sequence[Path]:
        return [self.path if self.path.is_dir() else self.path.parent]


def _read(programme: Programme) -> frozenset[Problem]:
    """What was found wrong while reading."""
    return frozenset((*programme.problems, *(problem for course in programme.courses for problem in course.problems)))


@dataclass
class Parcel:
    """A package as it would be uploaded, of this tool or another."""

    path: Path
    profiles: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    _content: Content | None = field(default=None, repr=False)

    @property
    def titles(self) -> dict[str, str]:
        return {} if self._content is None else {self.path.stem: self._content.manifest.title or self.path.name}

    @property
    def formats(self) -> dict[str, str]:
        files = self._content.files if self._content else {}
        return {format: FORMATS[format] for name, format in MANIFESTS.items() if name in files} or FORMATS

    def load(self) -> bool:
        from lxml import etree

        try:
            content = Content.open(self.path)
            content.manifest  # noqa: B018 (read now: a manifest that is no XML is told, not shown)
        except (ArchiveError, etree.XMLSyntaxError):
            self.check()
            return self._content is not None
        self._content = content
        return True

    def check(self) -> None:
        from scormkit.check.package import check_package

        self.problems = check_package(self.path, self.profiles).problems

    def content(self, course: str, format: str) -> Content:
        if self._content is None or course != self.path.stem:
            raise KeyError(course)
        return self._content

    def maps(self, course: str) -> str | None:
        return None

    def watched(self) -> Sequence[Path]:
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
