"""The one sentence that the stages form: load, check, render, package.

In: a folder, or a programme or course made in code. Out: `Built`, with the packages that were written and everything that
was found. Nothing is written unless the whole programme is fit to be released, because its courses are released together.
"""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from scormkit.model.problem import Problem, Rule, Severity, worst
from scormkit.model.source import Span

if TYPE_CHECKING:
    from scormkit.check.course.budget import Budget
    from scormkit.check.report import Subject
    from scormkit.model.course import Course, Programme
    from scormkit.model.site import Site

CANNOT_WRITE = Rule(
    "OUT001",
    Severity.FATAL,
    "cannot write {path}: {why}",
    "{remedy}",
    "Packages are made aside and moved to their place together, so that older ones are still whole.",
)

_REMEDIES = {
    errno.EEXIST: "a file of that name is in the way; name a folder with --out",
    errno.ENOTDIR: "a file is in the way; name a folder with --out",
    errno.EACCES: "see that you may write there, or choose another folder with --out",
    errno.EROFS: "see that you may write there, or choose another folder with --out",
    errno.ENOSPC: "free some space or choose another folder with --out",
}
"""What to do about it, by the number of the system's error."""

FILES_EACH = 4  # to be checked, for a process of its own to be worth its start

Progress = Callable[[str, int, int], None]
"""Told of each step: what is being done, how many steps are done, how many there are."""


@dataclass(frozen=True)
class Package:
    """A package that was written: `path` is the zip; `beside` are the files next to it: the code book that explains its
    ids, and the list of what it sends about learners.
    """

    course: str
    format: str
    path: Path
    size: int  # bytes
    sha256: str
    beside: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Built:
    """What a build wrote (nothing, where it was refused) and all that was found on the way, by place.

    `budgets` says for each course how much its learners' saved progress can take.
    """

    packages: tuple[Package, ...]
    problems: tuple[Problem, ...]
    refused: bool
    budgets: tuple[Budget, ...] = ()


def build(
    subject: Programme | Course | Path | str,
    *,
    formats: Sequence[str] = (),
    out: Path | str = "build",
    profiles: Sequence[str] = (),
    strict: bool = False,
    new_course: bool = False,
    progress: Progress = lambda step, done, total: None,
) -> Built:
    """Checks a course or programme and writes its packages into the folder `out`, which is made where it is missing.

    `formats` (`scorm12`, `xapi`) and `profiles` (see `scormkit.standards.profiles`) stand in for what the settings
    say; formats that no host of the profiles takes are built only where `formats` asks for them. With `strict`,
    warnings refuse the build as errors do, those about the finished packages too. `new_course` allows changes after
    which learners under way would lose their progress. The course's `course.lock` is brought up to date. All packages
    take their places together, once they are made: an error leaves those of the last build. A programme of several
    courses gets a page that lists them, `programme.html`.
    """
    from scormkit.check import check
    from scormkit.load import load
    from scormkit.load.lock import write_lock

    programme = _programme(load(subject) if isinstance(subject, str | Path) else subject)
    problems = list(check(programme, profiles=tuple(profiles), new_course=new_course))
    if refuses(problems, strict) or not programme.courses:
        return Built((), tuple(sorted(problems)), refused=True, budgets=_budgets(programme, profiles))
    budgets = _budgets(programme, profiles)
    try:
        with _staged(Path(out)) as staged:
            packages = _packages(programme, formats, staged, profiles, progress)
            problems += [
                _released(found, staged, Path(out)) for one in packages for found in _second_look(one, profiles)
            ]
            if refuses(problems, strict):
                return Built((), tuple(sorted(problems)), refused=True, budgets=budgets)
            for course in programme.courses:  # first, so that no package is released whose numbers could be given again
                write_lock(course)
            packages = [_release(package, Path(out)) for package in packages]
            if len(programme.courses) > 1:
                _list(programme, packages, Path(out))
    except OSError as error:
        where = Span(str(error.filename or out))
        remedy = _REMEDIES.get(error.errno or 0, "free some space or choose another folder with --out")
        problems.append(CANNOT_WRITE.at(where, path=where.path, why=error.strerror or str(error), remedy=remedy))
        return Built((), tuple(sorted(problems)), refused=True, budgets=budgets)
    return Built(tuple(packages), tuple(sorted(problems)), refused=False, budgets=budgets)


def examine(path: Path, profiles: Sequence[str] = (), *, statements: bool = False, log: bool = False) -> Subject:
    """What is wrong with the course folder, or with the package of any tool, at `path`; nothing is written.

    With `statements` the file is a list of xAPI statements in JSON, with `log` a record of SCORM calls.
    """
    from scormkit.check import check
    from scormkit.check.package import check_package, is_package
    from scormkit.check.package.calllog import check_log
    from scormkit.check.package.statementlist import check_statements
    from scormkit.check.report import Subject, of_package
    from scormkit.load import load

    if statements:
        return Subject(path.as_posix(), check_statements(path))
    if log:
        return Subject(path.as_posix(), check_log(path))
    if is_package(path):
        return of_package(check_package(path, profiles))
    programme = load(path)
    return Subject(path.as_posix(), check(programme, profiles=profiles), budgets=_budgets(programme, profiles))


def examine_all(paths: Sequence[Path], profiles: Sequence[str] = ()) -> Iterator[Subject]:
    """`examine` for each path, in their order; many are looked at by as many processes as the machine has processors.

    Raises MemoryError where the system ended one of those.
    """
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    workers = min(os.cpu_count() or 1, len(paths) // FILES_EACH)
    if workers < 2:
        yield from (examine(path, profiles) for path in paths)
        return
    with ProcessPoolExecutor(workers) as pool:
        try:
            yield from pool.map(partial(examine, profiles=profiles), paths, chunksize=4)
        except BrokenProcessPool as error:
            raise MemoryError("the system ended a process that checked them") from error


def refuses(problems: Sequence[Problem], strict: bool) -> bool:
    """Whether these findings stand in the way of a release."""
    found = worst(list(problems))
    return found is not None and found.rank <= (Severity.WARNING if strict else Severity.ERROR).rank


def _programme(subject: Programme | Course) -> Programme:
    """What is to be built; courses that were made in code get their numbers."""
    from scormkit.load.lock import numbered
    from scormkit.model.course import Course, Programme

    programme = Programme(courses=(subject,)) if isinstance(subject, Course) else subject
    return replace(programme, courses=tuple(numbered(course) for course in programme.courses))


@contextmanager
def _staged(out: Path) -> Iterator[Path]:
    """A folder in `out` for what is not yet fit to be released, which goes when all is done or anything goes wrong.

    What is wrong with a file in it is told of the file that it was to become.
    """
    out.mkdir(parents=True, exist_ok=True)
    if not os.access(out, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(out))
    with TemporaryDirectory(prefix=".building-", dir=out) as folder:
        try:
            yield Path(folder)
        except OSError as error:
            if error.filename and Path(error.filename).is_relative_to(folder):
                error.filename = str(out / Path(error.filename).name)
            raise


def _packages(
    programme: Programme, formats: Sequence[str], staged: Path, profiles: Sequence[str], progress: Progress
) -> list[Package]:
    """Every package of the programme, in the folder `staged`."""
    from scormkit.render import render

    editions = [edition for course in programme.courses for edition in course.editions]
    jobs = [(course, tuple(formats) or _wanted(course, profiles)) for course in editions]
    total = sum(len(wanted) for _, wanted in jobs)
    made: list[Package] = []
    for course, wanted in jobs:
        site = render(course, profiles)
        for name in wanted:
            made.append(_package(site, name, staged))
            progress(f"{course.settings.slug} {name}", len(made), total)
    return made


def _wanted(course: Course, profiles: Sequence[str]) -> tuple[str, ...]:
    """The formats that the settings name, without those that none of the hosts takes."""
    from scormkit.check.course.host import chosen

    hosts = chosen(tuple(profiles) or course.settings.profile)
    return tuple(name for name in course.settings.formats if any(name in host.formats for host in hosts))


def _package(site: Site, format: str, staged: Path) -> Package:
    from scormkit.model import archive
    from scormkit.package import package, package_name
    from scormkit.package.codebook import codebook
    from scormkit.package.sent import table

    path = staged / package_name(site.course, format)
    archive.write(path, package(site, format))
    beside = archive.write_beside(path, {**codebook(site.course), "sent.csv": table(format)})
    return Package(site.course.settings.id, format, path, path.stat().st_size, _sha256(path), beside)


def _release(package: Package, out: Path) -> Package:
    """The package and what stands beside it, moved from where they were made into `out`; older ones are replaced."""
    path, *beside = (one.replace(out / one.name) for one in (package.path, *package.beside))
    return replace(package, path=path, beside=tuple(beside))


def _list(programme: Programme, packages: Sequence[Package], out: Path) -> None:
    """The page of the programme, beside the packages that it names."""
    from scormkit.model import archive
    from scormkit.package.overview import NAME, overview

    files: dict[str, list[str]] = {}
    for package in packages:
        files.setdefault(package.course, []).append(package.path.name)
    archive.write_aside(out / NAME, overview(programme, files))


def _released(problem: Problem, staged: Path, out: Path) -> Problem:
    """What was found in a package, told of the place that it is released to."""
    path = problem.span.path.replace(staged.as_posix(), out.as_posix(), 1)
    return replace(problem, span=replace(problem.span, path=path))


def _budgets(programme: Programme, profiles: Sequence[str]) -> tuple[Budget, ...]:
    from scormkit.check.course.budget import budget

    return tuple(budget(course, profiles) for course in programme.courses)


def _second_look(package: Package, profiles: Sequence[str]) -> tuple[Problem, ...]:
    """What the package checker, which shares no logic with the writers, says of a package that was just written."""
    from scormkit.check.package import check_package

    return check_package(package.path, profiles).problems


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
