"""The files of a course, on disk or in memory, and their text.

In: a folder, or a mapping of paths to contents. Out: `Tree` (what is there) and `Text` (what a file says), with problems
for everything that is not clean UTF-8 text inside the folder. Nothing outside the folder is ever read.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from scormkit.model.problem import Problem, Rule, Severity
from scormkit.model.source import Span

if TYPE_CHECKING:
    from scormkit.load.memory import Memory

TEXT_LIMIT = 2_000_000
"""Bytes of a page or a settings file. A page of this size is a book; reading it stays well under five seconds."""

UNREADABLE = Rule(
    "SRC001",
    Severity.ERROR,
    "cannot be read: {why}",
    "check that the file is there, is closed in other programs, and may be read by you",
    "What cannot be read would be missing from the package.",
)
TOO_BIG = Rule(
    "SRC002",
    Severity.ERROR,
    "has {size} bytes; a text file of a course may have {limit}",
    "split it into several pages, and put data and media into media/",
    "A text file of that size is nearly always something else under the wrong name.",
)
WRONG_ENCODING = Rule(
    "SRC003",
    Severity.ERROR,
    "is not UTF-8 text: {what}",
    "open it in an editor and save it with the encoding UTF-8",
    "In any other encoding accents, dashes and quotes turn into other characters on other machines.",
)
BYTE_ORDER_MARK = Rule(
    "SRC004",
    Severity.INFO,
    "begins with a byte order mark, an invisible character",
    "save it as 'UTF-8' rather than 'UTF-8 with BOM'",
    "It is ignored here, but other tools stumble over it.",
)
CONTROL_CHARACTER = Rule(
    "SRC005",
    Severity.ERROR,
    "contains the invisible control character U+{code}",
    "delete it; it often comes from copying out of a PDF or a word processor",
    "Such characters are not allowed in XML, so no package could be made with them.",
    "XML 1.0, 2.2 Characters",
)
LEAVES_FOLDER = Rule(
    "SRC006",
    Severity.ERROR,
    "is a symbolic link that leads out of the course folder",
    "put a copy of the file into the course folder",
    "The course would not be complete on another machine, and files that nobody meant to publish could get into it.",
)
STRANGE_NAME = Rule(
    "SRC007",
    Severity.ERROR,
    "has control characters or broken characters in its name",
    "rename it with letters, digits, hyphens and dots",
    "Hosts and zip programs refuse such names.",
)

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
"""What XML 1.0 does not allow, and DEL."""
_STRANGE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
_IGNORED = re.compile(r"\.|~|Thumbs\.db$|desktop\.ini$|.*~$", re.IGNORECASE)
_MARKS = ((b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"))


@dataclass(frozen=True)
class Found:
    """A file of the tree: its path from the root with forward slashes, its size, and where its bytes are."""

    path: str
    size: int
    file: Path = Path()
    data: bytes | None = None

    def read(self, limit: int = -1) -> bytes:
        """Its bytes, at most `limit` of them. Raises OSError."""
        if self.data is not None:
            return self.data if limit < 0 else self.data[:limit]
        with self.file.open("rb") as stream:
            return stream.read(limit)


@dataclass
class Tree:
    """A folder of course files. `name` is how its author reaches it from where the command runs; `memory` what was read before."""

    name: str
    root: Path = Path()
    texts: Mapping[str, bytes] | None = None
    problems: list[Problem] = field(default_factory=list)
    memory: Memory | None = None

    @property
    def folder(self) -> Path | None:
        """Where it is on disk; None where it is in memory."""
        return self.root if self.texts is None else None

    def span(self, path: str) -> Span:
        """The place that a file of this tree is."""
        shown = _STRANGE.sub("\ufffd", path)
        return Span(f"{self.name}/{shown}" if self.name not in ("", ".") else shown)

    def files(self, folder: str) -> dict[str, Found]:
        """Every file under `folder`, however deep, by its path from the root, sorted."""
        found = self._in_memory(folder) if self.texts is not None else self._on_disk(folder)
        return {file.path: file for file in sorted(found, key=lambda file: file.path)}

    def file(self, path: str) -> Found | None:
        """One file, or None where there is none."""
        if self.texts is not None:
            data = self.texts.get(path)
            return None if data is None else Found(path, len(data), Path(path), data)
        file = self.root / path
        try:
            if file.is_file() and self._inside(file, path):
                return Found(path, file.stat().st_size, file)
        except OSError as error:
            self._unreadable(path, error)
        return None

    def folders(self) -> list[str]:
        """The names of the folders directly inside, sorted."""
        if self.texts is not None:
            return sorted({path.split("/", 1)[0] for path in self.texts if "/" in path})
        try:
            return sorted(e.name for e in os.scandir(self.root) if not _IGNORED.match(e.name) and e.is_dir())
        except OSError as error:
            self.problems.append(UNREADABLE.at(Span(self.name), why=error.strerror or str(error)))
            return []

    def _in_memory(self, folder: str) -> Iterator[Found]:
        for path, data in (self.texts or {}).items():
            if path.startswith(f"{folder}/") and not any(map(_IGNORED.match, PurePosixPath(path).parts)):
                yield Found(path, len(data), Path(path), data)

    def _on_disk(self, folder: str) -> Iterator[Found]:
        waiting = [(folder, self.root / folder)]
        while waiting:
            here, real = waiting.pop()
            try:
                entries = list(os.scandir(real))
            except FileNotFoundError:
                continue
            except OSError as error:
                self._unreadable(here, error)
                continue
            for entry in entries:
                path = f"{here}/{unicodedata.normalize('NFC', entry.name)}"  # macOS takes names apart
                try:
                    if self._wanted(entry, path):
                        if entry.is_dir(follow_symlinks=False):
                            waiting.append((path, Path(entry.path)))
                        elif entry.is_file():
                            yield Found(path, entry.stat().st_size, Path(entry.path))
                except OSError as error:
                    self._unreadable(path, error)

    def _wanted(self, entry: os.DirEntry[str], path: str) -> bool:
        if _IGNORED.match(entry.name):
            return False
        if _STRANGE.search(entry.name):
            self.problems.append(STRANGE_NAME.at(self.span(path)))
            return False
        return not entry.is_symlink() or self._inside(Path(entry.path), path)

    def _unreadable(self, path: str, error: OSError) -> None:
        self.problems.append(UNREADABLE.at(self.span(path), why=error.strerror or str(error)))

    def _inside(self, file: Path, path: str) -> bool:
        try:
            inside = file.resolve().is_relative_to(self.root.resolve())
        except (OSError, RuntimeError):  # RuntimeError: what Python 3.11 and 3.12 say of links in a circle
            self.problems.append(UNREADABLE.at(self.span(path), why="the link leads in a circle"))
            return False
        if not inside:
            self.problems.append(LEAVES_FOLDER.at(self.span(path)))
        return inside


def read_text(file: Found, span: Span) -> tuple[str | None, list[Problem]]:
    """A file's text with `\\n` line ends, or None where it cannot be used, and what is wrong with it."""
    if file.size > TEXT_LIMIT:
        return None, [TOO_BIG.at(span, size=f"{file.size:,}", limit=f"{TEXT_LIMIT:,}")]
    try:
        data = file.read()
    except OSError as error:
        return None, [UNREADABLE.at(span, why=error.strerror or str(error))]
    return decode(data, span)


def decode(data: bytes, span: Span) -> tuple[str | None, list[Problem]]:
    """Bytes as text: UTF-8 without control characters, whatever the line ends."""
    problems: list[Problem] = []
    for mark, name in _MARKS:
        if data.startswith(mark):
            return None, [WRONG_ENCODING.at(span, what=f"it is {name}")]
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
        problems.append(BYTE_ORDER_MARK.at(span))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line, column = before.count(b"\n") + 1, len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
        what = f"the byte {data[error.start]:#04x} here belongs to another encoding, such as Windows-1252"
        return None, [*problems, WRONG_ENCODING.at(Span(span.path, line, column), what=what)]
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    match = FORBIDDEN.search(text)
    if match:
        line, column = text.count("\n", 0, match.start()) + 1, match.start() - text.rfind("\n", 0, match.start())
        problems.append(CONTROL_CHARACTER.at(Span(span.path, line, column), code=f"{ord(match[0]):04X}"))
        text = FORBIDDEN.sub("\ufffd", text)
    return text, problems
