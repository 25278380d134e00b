"""ZipArchive: any zip file, read safely.

Python's zipfile is not used for reading: it keeps every entry that a file claims to have, follows no limits, and hides what the
package checker must see (headers that disagree, entries that overlap, NUL in names). Clauses are of PKWARE's APPNOTE 6.3.10.
"""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

from scormkit.model.archive.entry import (
    DEFLATED,
    MAX_DIRECTORY,
    MAX_ENTRIES,
    STORED,
    Archive,
    ArchiveError,
    Entry,
    Flaw,
    FlawKind,
)
from scormkit.model.archive.names import beside_flaws, entry_flaws

PIECE = 256 * 1024

_END = struct.Struct("<4s4H2LH")  # 4.3.16
_END64_LOCATOR = struct.Struct("<4sLQL")  # 4.3.15
_END64 = struct.Struct("<4sQ2H2L4Q")  # 4.3.14
_CENTRAL = struct.Struct("<4s6H3L5H2L")  # 4.3.12
_LOCAL = struct.Struct("<4s5H3L2H")  # 4.3.7
_UNIX = 3  # 4.4.2: whose attributes carry a file mode
_MAC = 19


class ZipArchive(Archive):
    """A zip file on disk. Opening reads its end record and its central directory, nothing else."""

    is_zip = True

    def __init__(self, path: Path) -> None:
        """Opens the zip at `path`. Raises ArchiveError where it cannot be opened or is no zip."""
        self.path = path
        self._directory_flaws: list[Flaw] = []
        try:
            self._file: BinaryIO = path.open("rb")
        except OSError as error:
            raise ArchiveError(Flaw(FlawKind.UNREADABLE, "", error.strerror or "")) from error
        try:
            self._length = os.fstat(self._file.fileno()).st_size
            self.entries = tuple(self._directory())
        except OSError as error:
            self._file.close()
            raise ArchiveError(Flaw(FlawKind.UNREADABLE, "", error.strerror or "")) from error
        except BaseException:
            self._file.close()
            raise

    # ------------------------------------------------------------------------------------------------ the directory

    def _directory(self) -> Iterator[Entry]:
        count, size, start = self._end()
        self._file.seek(start)
        end = start + size
        self._start_of_directory = start
        for index in range(count):
            if index == MAX_ENTRIES or self._file.tell() - start > MAX_DIRECTORY:
                self._directory_flaws.append(Flaw(FlawKind.TOO_MANY, "", str(count)))
                return
            header = self._file.read(_CENTRAL.size)
            if len(header) < _CENTRAL.size or header[:4] != b"PK\1\2" or self._file.tell() > end:
                self._flaw(FlawKind.DAMAGED, f"{index} of {count} entries found")
                return
            yield self._entry(header)
        if self._file.tell() != end:
            self._flaw(FlawKind.DAMAGED, f"{abs(end - self._file.tell())} bytes of the directory are not explained")

    def _end(self) -> tuple[int, int, int]:
        """How many entries, how long the directory is, and where it starts."""
        tail_start = max(0, self._length - _END.size - 0xFFFF)
        self._file.seek(tail_start)
        tail = self._file.read()
        place = _find_end(tail)
        if place < 0:
            raise ArchiveError(Flaw(FlawKind.NOT_A_ZIP))
        _, disk, start_disk, _, count, size, offset, _ = _END.unpack_from(tail, place)
        end = tail_start + place
        if (locator := self._at(end - _END64_LOCATOR.size, _END64_LOCATOR, b"PK\6\7")) is not None:
            record = self._at(locator[2], _END64, b"PK\6\6")
            if record is None:
                self._flaw(FlawKind.DAMAGED, "the ZIP64 record is not where it should be")
            else:
                self._flaw(FlawKind.ZIP64)
                _, _, _, _, disk, start_disk, _, count, size, offset = record
                end = locator[2]
        if disk or start_disk:
            self._flaw(FlawKind.SPLIT)
        start = end - size
        if start < 0 or start < offset:
            self._flaw(FlawKind.DAMAGED, "the directory does not fit into the file")
            start = min(offset, self._length)
        elif start > offset:
            self._flaw(FlawKind.PREPENDED, str(start - offset))
        self._shift = start - offset
        return count, size, start

    def _at(self, offset: int, layout: struct.Struct, signature: bytes) -> tuple[int, ...] | None:
        """The record at `offset`, or None where there is no such record."""
        if not 0 <= offset <= self._length - layout.size:
            return None
        self._file.seek(offset)
        data = self._file.read(layout.size)
        return layout.unpack(data) if data[:4] == signature else None

    def _entry(self, header: bytes) -> Entry:
        (_, made, needed, flags, method, time, date, crc, compressed, size,
         name_length, extra_length, comment_length, _, _, external, offset) = _CENTRAL.unpack(header)  # fmt: skip
        raw = self._file.read(name_length)
        size, compressed, offset = _zip64_sizes(self._file.read(extra_length), size, compressed, offset)
        self._file.seek(comment_length, os.SEEK_CUR)
        return Entry(
            name=_decode(raw, flags),
            size=size,
            compressed=compressed,
            method=method,
            crc=crc,
            version=needed & 0xFF,
            flags=flags,
            mode=external >> 16 if made >> 8 in (_UNIX, _MAC) else 0,
            offset=offset + self._shift,
            date=((date >> 9) + 1980, date >> 5 & 15, date & 31, time >> 11, time >> 5 & 63, (time & 31) * 2),
            raw=raw,
        )

    def _flaw(self, kind: FlawKind, detail: str = "") -> None:
        self._directory_flaws.append(Flaw(kind, "", detail))

    # ------------------------------------------------------------------------------------------------ flaws

    @cached_property
    def flaws(self) -> tuple[Flaw, ...]:
        own = [flaw for entry in self.entries for flaw in entry_flaws(entry)]
        return (*self._directory_flaws, *own, *beside_flaws(self.entries), *self._place_flaws())

    def _place_flaws(self) -> Iterator[Flaw]:
        """Local headers that disagree with the directory, and bytes that belong to two entries."""
        end_of_last, last = 0, ""
        for entry in sorted(self.entries, key=lambda entry: entry.offset):
            found = self._local(entry)
            if found is None:
                yield Flaw(FlawKind.LOCAL, entry.name, "no header where the directory says")
                continue
            start, difference = found
            if difference:
                yield Flaw(FlawKind.LOCAL, entry.name, difference)
            if entry.offset < end_of_last:
                yield Flaw(FlawKind.OVERLAP, entry.name, last)
            if start + entry.compressed > end_of_last:
                end_of_last, last = start + entry.compressed, entry.name
            if start + entry.compressed > self._start_of_directory:
                yield Flaw(FlawKind.OVERLAP, entry.name, "the directory, or what comes after it")

    def _local(self, entry: Entry) -> tuple[int, str] | None:
        """Where an entry's data start, and what its own header says differently; None where there is no header."""
        header = self._at(entry.offset, _LOCAL, b"PK\3\4")
        if header is None:
            return None
        _, _, flags, method, _, _, crc, compressed, size, name_length, extra_length = header
        raw = self._file.read(name_length)
        size, compressed, _ = _zip64_sizes(self._file.read(extra_length), size, compressed, 0)
        later = flags & 8  # 4.4.4 bit 3: sizes and CRC follow the data, zeroes stand here
        pairs = [
            ("name", raw, entry.raw),
            ("method", method, entry.method),
            ("flags", flags & 0x2041, entry.flags & 0x2041),
        ]
        if not later:
            pairs += [
                ("CRC", crc, entry.crc),
                ("compressed size", compressed, entry.compressed),
                ("size", size, entry.size),
            ]
        different = [what for what, here, there in pairs if here != there]
        return entry.offset + _LOCAL.size + name_length + extra_length, ", ".join(different)

    # ------------------------------------------------------------------------------------------------ reading

    def stream(self, entry: Entry | str, limit: int | None = None) -> Iterator[bytes]:
        if isinstance(entry, str):
            entry = self[entry]
        for wrong, kind in (
            (entry.is_encrypted, FlawKind.ENCRYPTED),
            (entry.is_link, FlawKind.LINK),
            (entry.is_special, FlawKind.SPECIAL),
            (entry.method not in (STORED, DEFLATED), FlawKind.METHOD),
            (limit is not None and entry.size > limit, FlawKind.TOO_LARGE),
        ):
            if wrong:
                raise ArchiveError(Flaw(kind, entry.name))
        found = self._local(entry)
        if found is None:
            raise ArchiveError(Flaw(FlawKind.LOCAL, entry.name, "no header where the directory says"))
        packed = self._packed(entry, found[0])
        return self._checked(entry, packed if entry.method == STORED else _inflate(entry, packed))

    def _packed(self, entry: Entry, start: int) -> Iterator[bytes]:
        """The entry's bytes as they are in the file; other entries may be read in between."""
        end = start + entry.compressed
        while start < end:
            self._file.seek(start)
            piece = self._file.read(min(PIECE, end - start))
            if not piece:
                raise ArchiveError(Flaw(FlawKind.SIZE, entry.name, "goes on beyond the end of the file"))
            start += len(piece)
            yield piece

    def _checked(self, entry: Entry, pieces: Iterator[bytes]) -> Iterator[bytes]:
        got, crc = 0, 0
        try:
            for piece in pieces:
                got += len(piece)
                if got > entry.size:
                    raise ArchiveError(Flaw(FlawKind.SIZE, entry.name, f"more than {entry.size} bytes"))
                crc = zlib.crc32(piece, crc)
                yield piece
        except OSError as error:
            raise ArchiveError(Flaw(FlawKind.UNREADABLE, entry.name, error.strerror or "")) from error
        if got < entry.size:
            raise ArchiveError(Flaw(FlawKind.SIZE, entry.name, f"{got} bytes instead of {entry.size}"))
        if crc != entry.crc:
            raise ArchiveError(Flaw(FlawKind.CRC, entry.name))

    def close(self) -> None:
        self._file.close()


def _find_end(tail: bytes) -> int:
    """Where the end record stands: the last one whose comment reaches exactly to the end, else the last that fits."""
    fits = -1
    place = tail.rfind(b"PK\5\6")
    while place >= 0:
        if place + _END.size <= len(tail):
            comment = int.from_bytes(tail[place + 20 : place + 22], "little")
            if place + _END.size + comment == len(tail):
                return place
            fits = fits if fits >= 0 else place
        place = tail.rfind(b"PK\5\6", 0, place)
    return fits


def _zip64_sizes(extra: bytes, size: int, compressed: int, offset: int) -> tuple[int, int, int]:
    """The sizes and the offset with those that did not fit taken from the ZIP64 extra field (4.5.3)."""
    place = 0
    while place + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, place)
        data = extra[place + 4 : place + 4 + length]
        if kind == 1:
            values = [value for (value,) in struct.iter_unpack("<Q", data[: len(data) // 8 * 8])]
            size = values.pop(0) if size == 0xFFFFFFFF and values else size
            compressed = values.pop(0) if compressed == 0xFFFFFFFF and values else compressed
            offset = values.pop(0) if offset == 0xFFFFFFFF and values else offset
            break
        place += 4 + length
    return size, compressed, offset


def _decode(raw: bytes, flags: int) -> str:
    """An entry's name: UTF-8 where it says so or can be, else code page 437 (4.4.4 bit 11, Appendix D)."""
    if flags & 0x800:
        return raw.decode("utf-8", "replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp437")


def _inflate(entry: Entry, packed: Iterator[bytes]) -> Iterator[bytes]:
    """Unpacks deflated bytes, never more than PIECE of them at once."""
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for piece in packed:
            while piece and not inflater.eof:
                if out := inflater.decompress(piece, PIECE):
                    yield out
                piece = inflater.unconsumed_tail
        while not inflater.eof and (out := inflater.decompress(inflater.unconsumed_tail, PIECE)):
            yield out
    except zlib.error as error:
        raise ArchiveError(Flaw(FlawKind.CRC, entry.name, str(error))) from error
    if not inflater.eof:
        raise ArchiveError(Flaw(FlawKind.SIZE, entry.name, "its data stop in the middle"))
