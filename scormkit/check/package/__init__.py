"""Packages of any tool: a path in, a Report of problems out. `scormkit check FILE` without a browser.

report = check_package(Path("course.zip"))
report.problems     # sorted; each with rule, place, words
report.package      # what it is: kind, edition, items, files
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from scormkit.check.package import (
    access,
    cmi5,
    container,
    content,
    habits,
    host,
    items,
    manifest,
    resources,
    schema,
    scorm12,
    scorm2004,
    tincan,
)
from scormkit.check.package.package import Kind, Package
from scormkit.check.package.read import Opened, read, read_manifest
from scormkit.model.archive import ArchiveError, open_archive
from scormkit.model.problem import worst

if TYPE_CHECKING:
    from scormkit.model.problem import Problem, Severity

MOST_ALIKE = 20
"""Findings of one rule that a report shows; the others are counted."""

MOST_KEPT = 1000
"""Findings of one rule that are looked at at all; a package made to have millions of them costs no more."""

SUBJECTS = (container, manifest, items, resources, scorm12, scorm2004, tincan, cmi5, content, habits, access)


@dataclass(frozen=True)
class Verdict:
    """What a host would make of the package: `problems` are those that hold there, `severity` the worst of them."""

    host: str
    title: str
    problems: tuple[Problem, ...]

    @property
    def severity(self) -> Severity | None:
        return worst(self.problems)


@dataclass(frozen=True)
class Report:
    """A checked package. `more` counts, by rule, the findings that were left out because there were so many."""

    package: Package
    problems: tuple[Problem, ...]
    verdicts: tuple[Verdict, ...] = ()
    more: tuple[tuple[str, int], ...] = ()

    @property
    def severity(self) -> Severity | None:
        return worst(self.problems)


def is_package(path: Path) -> bool:
    """Whether `path` is something for this checker and not a course folder: a zip, a manifest, an unpacked package."""
    if path.is_dir():
        return not any((path / name).exists() for name in ("course.yaml", "programme.yaml"))
    return path.suffix.lower() not in (".yaml", ".yml", ".md", ".json")


def check_package(path: Path, profiles: Iterable[str] = ()) -> Report:
    """Checks the zip, folder or course structure at `path` for everything, and for the hosts `profiles`.

    Never raises for what is in the file; raises KeyError for a profile that does not exist.
    """
    shown = path.as_posix()
    wanted = tuple(profiles)
    if path.is_file() and path.suffix.lower() == ".xml":
        try:
            return _report(read_manifest(path, shown), wanted)
        except OSError as error:
            return _unreadable(shown, error.strerror or str(error))
    try:
        with open_archive(path) as archive:
            return _report(read(archive, shown), wanted)
    except ArchiveError as error:
        return _unreadable(shown, error.flaw.detail or error.flaw.kind.value.replace("-", " "))


def _unreadable(shown: str, reason: str) -> Report:
    package = Package(shown)
    return Report(package, (container.NOT_A_ZIP.at(package.at(), reason=reason),))


def _report(opened: Opened, profiles: tuple[str, ...]) -> Report:
    package = opened.package
    found, counted = _gathered(_problems(opened))
    verdicts = tuple(
        Verdict(profile.name, profile.title, (*found, *host.check(package, profile)))
        for profile in host.chosen(profiles)
    )
    for verdict in verdicts if profiles else ():
        more, _ = _gathered(verdict.problems)
        found = sorted({*found, *more})
    problems, left_out = _bounded(found, counted)
    return Report(package, tuple(problems), verdicts, left_out)


def _problems(opened: Opened) -> Iterator[Problem]:
    package = opened.package
    if opened.malformed is not None:
        yield from container.check(package)
        yield manifest.malformed(package, opened.malformed)
        return
    if package.kind is Kind.CARTRIDGE:
        yield from container.check(package)
        return
    told = []
    for subject in SUBJECTS:
        for problem in subject.check(package):
            if problem.span.path == package.node(None).path:
                told.append(problem)
            yield problem
    yield from schema.check(package, told)


def _gathered(problems: Iterable[Problem]) -> tuple[list[Problem], Counter[str]]:
    """The problems, each once and sorted, and how many there are of each rule; of one rule at most MOST_KEPT are kept."""
    counted: Counter[str] = Counter()
    kept: set[Problem] = set()
    for problem in problems:
        if counted[problem.id] >= MOST_KEPT:
            counted[problem.id] += 1
        elif problem not in kept:
            counted[problem.id] += 1
            kept.add(problem)
    return sorted(kept), counted


def _bounded(problems: list[Problem], counted: Counter[str]) -> tuple[list[Problem], tuple[tuple[str, int], ...]]:
    """At most MOST_ALIKE findings of each rule, and how many of which were left out."""
    shown: Counter[str] = Counter()
    kept = []
    for problem in problems:
        shown[problem.id] += 1
        if shown[problem.id] <= MOST_ALIKE:
            kept.append(problem)
    return kept, tuple(sorted((rule, n - MOST_ALIKE) for rule, n in counted.items() if n > MOST_ALIKE))
