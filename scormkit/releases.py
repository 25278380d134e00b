"""Packages and course folders as Releases, compared: what `scormkit diff` does.

In: two paths. Out: Comparisons, one a course. A course folder is rendered and packaged in memory, so that both sides are read in
the same way. Nothing is written.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from scormkit.compare import Comparison, Contents, Release, compare, read_release
from scormkit.model.archive import ArchiveError, open_archive
from scormkit.model.problem import Severity

if TYPE_CHECKING:
    from scormkit.model.archive import Archive, Content
    from scormkit.model.course import Course

PIECE = 1 << 20
LOCK = "course.lock"
OTHER_ID = "LCK003"
"""The course's id is not that of its lock: what a build refuses is what a comparison is asked about."""
MANIFESTS = {"imsmanifest.xml": "scorm12", "tincan.xml": "xapi"}


class CannotCompare(ValueError):
    """Why two things cannot be compared, in words for the user."""


def diff(old: Path, new: Path) -> tuple[Comparison, ...]:
    """What changed between two packages, two folders, or a package and a folder.

    Where a folder holds several courses they are paired by their ids. Raises CannotCompare.
    """
    wanted = _format(old) or _format(new)
    before, after = _releases(old, wanted), _releases(new, wanted)
    if len(before) == len(after) == 1:
        return (compare(before[0], after[0]),)
    earlier = {release.id: release for release in before}
    pairs = [(earlier[release.id], release) for release in after if release.id in earlier]
    if not pairs:
        raise CannotCompare(f"{old} and {new} have no course in common: none has the same id in both")
    return tuple(compare(*pair) for pair in pairs)


def _format(path: Path) -> str:
    """The format of the package at `path`; empty for a course folder, which can be packaged in any."""
    from scormkit.check.package import is_package

    if not is_package(path):
        return ""
    if path.is_dir() and not any((path / name).is_file() for name in (*MANIFESTS, "index.html")):
        raise CannotCompare(
            f"{path} is neither a course (no course.yaml) nor a package (no {' and no '.join(MANIFESTS)})"
        )
    with _opened(path) as archive:
        return _format_of(archive)


def _format_of(archive: Archive) -> str:
    return next((format for name, format in MANIFESTS.items() if name in archive), "")


def _releases(path: Path, format: str) -> tuple[Release, ...]:
    from scormkit.check.package import is_package

    try:
        if not is_package(path):
            return tuple(read_release(contents) for contents in _of_folder(path, format))
        with _opened(path) as archive:
            sums = {name: (entry.size, _sum(archive, name)) for name, entry in archive.files.items()}
            return (read_release(Contents(path.as_posix(), sums, archive.read, _format_of(archive))),)
    except (ArchiveError, OSError, ValueError, RecursionError) as error:
        if isinstance(error, CannotCompare):
            raise
        raise CannotCompare(f"{path} cannot be read: {error}") from error


def _of_folder(path: Path, format: str) -> Iterator[Contents]:
    """The packages of the courses in a folder, as they would be built now."""
    from scormkit.load import load
    from scormkit.package import package
    from scormkit.render import render

    programme = load(path)
    problems = [*programme.problems, *(problem for course in programme.courses for problem in course.problems)]
    wrong = sum(problem.severity.rank <= Severity.ERROR.rank and problem.id != OTHER_ID for problem in problems)
    if wrong or not programme.courses:
        raise CannotCompare(f"{path} has {wrong} error{'s' * (wrong != 1)}; run: scormkit check {path}")
    for course in programme.courses:
        entries = package(render(course.editions[0]), format or course.settings.formats[0])
        sums = {name: _measure(entry) for name, entry in entries.items()}
        guessed = course.root is not None and not (course.root / LOCK).is_file()
        yield Contents(_shown(course, path), sums, _reader(entries), guessed=guessed)


def _reader(entries: Mapping[str, Content]) -> Callable[[str], bytes]:
    def read(name: str) -> bytes:
        entry = entries[name]
        return entry if isinstance(entry, bytes) else entry.read_bytes()

    return read


def _shown(course: Course, path: Path) -> str:
    folder = Path(course.span.path).parent
    return folder.as_posix() if folder != Path() else path.as_posix()


def _measure(entry: Content) -> tuple[int, int]:
    """Size and CRC-32 of what will be a file of the package."""
    if isinstance(entry, bytes):
        return len(entry), zlib.crc32(entry)
    crc = size = 0
    with entry.open("rb") as file:
        while piece := file.read(PIECE):
            crc, size = zlib.crc32(piece, crc), size + len(piece)
    return size, crc


def _sum(archive: Archive, name: str) -> int:
    """The CRC-32 of a file: the zip's own, or reckoned where a folder has none."""
    known = archive.files[name].crc
    if known is not None:
        return known
    crc = 0
    for piece in archive.stream(name):
        crc = zlib.crc32(piece, crc)
    return crc


def _opened(path: Path) -> Archive:
    try:
        return open_archive(path)
    except (ArchiveError, OSError) as error:
        why = str(error).replace("-", " ") if isinstance(error, ArchiveError) else error
        raise CannotCompare(f"{path} cannot be opened: {why}") from error
