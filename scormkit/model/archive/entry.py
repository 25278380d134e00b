"""What an archive holds (Entry), what is wrong with it (Flaw), and how it is read (Archive, the interface).

All of it are facts: whether a flaw matters, and how it is told, is for `scormkit.check.package` to say.
"""

from __future__ import annotations

import stat
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Self

MAX_ENTRIES = 100_000
"""Entries that are read at most; an archive that claims more gets the flaw `too-many`."""

MAX_DIRECTORY = 32 * 1024 * 1024
"""Bytes of a zip's directory that are read; a longer one gets the flaw `too-many`, too."""

MAX_READ = 64 * 1024 * 1024
"""Bytes that `read` returns at most unless told otherwise."""

STORED, DEFLATED = 0, 8


class FlawKind(StrEnum):
    """What can be wrong with an archive or one of its entries."""

    # The container as a whole.
    NOT_A_ZIP = "not-a-zip"  # no end-of-central-directory record was found
    DAMAGED = "damaged"  # the central directory is cut short, out of place or not what its end record says
    TOO_MANY = "too-many"  # more entries than are read
    PREPENDED = "prepended"  # bytes before the first entry (a self-extractor, or two files in one)
    SPLIT = "split"  # one of several volumes
    ZIP64 = "zip64"  # the long form of sizes is used, of the whole or of an entry
    # Names.
    TRAVERSAL = "traversal"  # `..` in it
    ABSOLUTE = "absolute"  # begins with a slash or a drive letter
    BACKSLASH = "backslash"
    CONTROL = "control"  # NUL or another control character in the name
    EMPTY_NAME = "empty-name"  # no name, or an empty, `.` or blank part in it
    ENCODING = "encoding"  # not ASCII, and not declared or not valid as UTF-8
    DUPLICATE = "duplicate"  # the same name twice
    CASE = "case"  # differs from another only in the case of letters
    SHADOWED = "shadowed"  # the same path is a file and a folder
    # Entries.
    LINK = "link"  # a symbolic link
    SPECIAL = "special"  # a device, a socket, a pipe
    ENCRYPTED = "encrypted"
    METHOD = "method"  # neither stored nor deflated
    OVERLAP = "overlap"  # its bytes are another entry's too, or the directory's
    LOCAL = "local"  # its own header says something else than the directory
    RATIO = "ratio"  # shrinks so much that it must be made for it
    # Found out only by reading.
    CRC = "crc"
    SIZE = "size"  # more or fewer bytes than it says
    TOO_LARGE = "too-large"  # more than the reader allowed
    UNREADABLE = "unreadable"  # the operating system said no
    MISSING = "missing"  # no such entry


@dataclass(frozen=True, slots=True)
class Flaw:
    """One fact: what it is, the entry's name ("" for the whole archive), and detail in words or numbers."""

    kind: FlawKind
    name: str = ""
    detail: str = ""

    def __str__(self) -> str:
        return ": ".join(part for part in (self.name, self.kind.value, self.detail) if part)


class ArchiveError(Exception):
    """The archive, or an entry of it, cannot be read; `flaw` says why."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(str(flaw))
        self.flaw = flaw


@dataclass(frozen=True, slots=True)
class Entry:
    """One file or folder of an archive as its directory describes it. None of it is proven before it is read."""

    name: str  # with forward slashes as written; a folder's ends with one
    size: int  # bytes when unpacked
    compressed: int  # bytes in the archive
    method: int = STORED  # 0 stored, 8 deflated, others cannot be read
    crc: int | None = None  # None in unpacked folders
    version: int = 20  # that a reader must know, in tenths (PKWARE APPNOTE 4.4.3): 45 means ZIP64
    flags: int = 0  # PKWARE APPNOTE 4.4.4: bit 0 encrypted, bit 3 sizes follow the data, bit 11 name is UTF-8
    mode: int = 0  # Unix file mode; 0 where none is recorded
    offset: int = 0  # of its local header, from the beginning of the file
    date: tuple[int, int, int, int, int, int] = (1980, 1, 1, 0, 0, 0)
    raw: bytes = b""  # the name's bytes

    @property
    def is_folder(self) -> bool:
        return self.name.endswith("/") or stat.S_ISDIR(self.mode)

    @property
    def is_link(self) -> bool:
        return stat.S_ISLNK(self.mode)

    @property
    def is_special(self) -> bool:
        return bool(stat.S_IFMT(self.mode)) and not (stat.S_ISREG(self.mode) or self.is_folder or self.is_link)

    @property
    def is_encrypted(self) -> bool:
        return bool(self.flags & 0x2041)  # bits 0, 6 (strong) and 13 (encrypted directory)

    @property
    def is_utf8(self) -> bool:
        return bool(self.flags & 0x800)


class Archive(ABC):
    """A package, zipped or unpacked: its entries by name, and their bytes. Use it as a context manager.

    `path` is what was opened, `is_zip` whether it is a zip; `entries` are all entries in the order of the directory.
    """

    path: Path
    is_zip: bool
    entries: tuple[Entry, ...]

    @property
    @abstractmethod
    def flaws(self) -> tuple[Flaw, ...]:
        """Everything that is wrong and can be known without unpacking, in the order of the entries."""

    @abstractmethod
    def stream(self, entry: Entry | str, limit: int | None = None) -> Iterator[bytes]:
        """The bytes of an entry, piece by piece (at most 256 KiB each), its size and CRC checked on the way.

        Never yields more than the entry says that it holds, nor more than `limit` bytes. Raises ArchiveError where the
        entry is missing, cannot be read (a link, encrypted, another method) or turns out to be something else.
        """

    @abstractmethod
    def close(self) -> None:
        """Lets go of the file."""

    @cached_property
    def files(self) -> Mapping[str, Entry]:
        """The files (no folders) by name; of two with the same name the last, as extractors do."""
        return MappingProxyType({entry.name: entry for entry in self.entries if not entry.is_folder})

    def __contains__(self, name: object) -> bool:
        return name in self.files

    def __getitem__(self, name: str) -> Entry:
        """The file of that name; raises ArchiveError where there is none."""
        try:
            return self.files[name]
        except KeyError:
            raise ArchiveError(Flaw(FlawKind.MISSING, name)) from None

    def read(self, entry: Entry | str, limit: int = MAX_READ) -> bytes:
        """All bytes of an entry. Raises ArchiveError like `stream`, and where it holds more than `limit`."""
        return b"".join(self.stream(entry, limit))

    def head(self, entry: Entry | str, count: int) -> bytes:
        """The first `count` bytes of an entry (fewer where it is shorter), with nothing checked beyond them."""
        taken = bytearray()
        stream = self.stream(entry)
        for piece in stream:
            taken += piece
            if len(taken) >= count:
                break
        return bytes(taken[:count])

    def verify(self, entry: Entry | str, limit: int | None = None) -> Flaw | None:
        """Reads an entry to its end and forgets it: what is wrong with its bytes, or None."""
        try:
            for _ in self.stream(entry, limit):
                pass
        except ArchiveError as error:
            return error.flaw
        return None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
