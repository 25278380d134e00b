"""Writes a zip that is the same, byte for byte, wherever it is made: names and contents in, a file out.

The same on every machine: entries sorted (the manifest first, where readers look), one date, one mode, no extra fields, and
one compressor (libdeflate, inside the pinned package `deflate`; the zlib that Python finds differs from machine to
machine: docs/decisions/same-bytes.md). Media are stored, because they are compressed already, and streamed, because
they are large. Clauses are of PKWARE's APPNOTE 6.3.10.
"""

from __future__ import annotations

import errno
import os
import secrets
import struct
import zlib
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO

from scormkit.model.archive.entry import DEFLATED, STORED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Content = bytes | Path
"""What an entry holds: the bytes, or where on disk they are."""

MANIFESTS = ("imsmanifest.xml", "tincan.xml", "cmi5.xml")

TEXT = frozenset(
    [".html", ".css", ".js", ".json", ".svg", ".vtt", ".srt", ".txt", ".xml", ".xsd", ".dtd", ".csv", ".md"]
)
"""Extensions that are deflated; everything else is stored."""

DEFLATE_UP_TO = 16 * 1024 * 1024
"""Bytes of a text file on disk that are taken into memory to be deflated; larger ones are stored."""

LEVEL = 9  # of 12: from 10 on it takes ten times as long for 4 % less

PIECE = 1024 * 1024
_DATE = (0, 1 << 5 | 1 | 1 << 9)  # 1 January 1981, midnight: some readers turn 1980 into 1979 in their time zone
_MODE = 0o100644
_LIMIT16, _LIMIT32 = 0xFFFF, 0xFFFFFFFF
_LOCAL = struct.Struct("<4s5H3L2H")  # 4.3.7
_CENTRAL = struct.Struct("<4s6H3L5H2L")  # 4.3.12
_END = struct.Struct("<4s4H2LH")  # 4.3.16


@dataclass(frozen=True)
class _Written:
    """An entry as it stands in the file."""

    name: bytes
    flags: int
    method: int
    crc: int
    compressed: int
    size: int
    offset: int


def write(path: Path, entries: Mapping[str, Content]) -> None:
    """Writes the zip `path` with `entries`, by name. An older file there is replaced in one step, or not at all.

    Raises OSError (with its file name) where something cannot be read or written, and ValueError for a name that
    no package may hold.
    """
    for name in entries:
        _check_name(name)
    order = sorted(entries, key=lambda name: (name not in MANIFESTS, name))
    with _aside(path, lasting=True) as file:
        written = [_write_entry(file, name, entries[name]) for name in order]
        _write_directory(file, written)


def write_beside(path: Path, texts: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Writes files that belong to the package `path` beside it: `{"codebook.csv": ...}` becomes `<package>-codebook.csv`.

    Returns their paths. Each is replaced in one step, or not at all. Raises OSError like `write`.
    """
    made = []
    for name, data in texts.items():
        made.append(path.with_name(f"{path.stem}-{name}"))
        write_aside(made[-1], data)
    return tuple(made)


def write_aside(path: Path, data: bytes) -> None:
    """Writes a file in one step, or not at all. Raises OSError like `write`."""
    with _aside(path, lasting=False) as file:
        _write_all(file, data)


@contextmanager
def _aside(path: Path, lasting: bool) -> Iterator[BinaryIO]:
    """A new file in the folder of `path` that becomes `path` when all went well, and is gone otherwise (Ctrl-C too).

    `lasting`: its bytes are on the disk before it gets its name, so that not even a power cut leaves half a package under
    it. That takes some 5 ms, which files that can be made again from a package's course need not cost.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}-{secrets.token_hex(4)}.part")
    try:
        with part.open("xb", buffering=0) as file:
            yield file
            if lasting:
                os.fsync(file.fileno())
        part.replace(path)
    except BaseException as error:
        with suppress(OSError):
            part.unlink()
        # A full disk is told by a number alone: say which file it was about.
        if isinstance(error, OSError) and error.filename in (None, str(part)):
            error.filename = str(path)
        raise


def _check_name(name: str) -> None:
    path = PurePosixPath(name)
    if str(path) != name or path.is_absolute() or ".." in path.parts or not name.isprintable() or "\\" in name:
        raise ValueError(f"no package may hold a file with the name {name!r}")


def _write_entry(file: BinaryIO, name: str, content: Content) -> _Written:
    raw = name.encode()
    flags = 0 if name.isascii() else 0x800  # 4.4.4 bit 11
    text = PurePosixPath(name).suffix.lower() in TEXT
    if isinstance(content, Path):
        if not text or content.stat().st_size > DEFLATE_UP_TO:
            return _stream(file, raw, flags, content)
        content = content.read_bytes()
    packed = _deflate(content) if text else content
    method = DEFLATED if len(packed) < len(content) else STORED
    data = packed if method == DEFLATED else content
    entry = _Written(raw, flags, method, zlib.crc32(content), len(data), len(content), file.tell())
    _write_all(file, _local(entry) + data)
    return entry


def _deflate(content: bytes) -> bytes:
    import deflate

    return bytes(deflate.deflate_compress(content, LEVEL))


def _stream(file: BinaryIO, raw: bytes, flags: int, content: Path) -> _Written:
    """Stores a file of any size; its header is written again when its CRC is known."""
    start = file.tell()
    with content.open("rb", buffering=0) as source:
        size = os.fstat(source.fileno()).st_size
        header = _local(_Written(raw, flags, STORED, 0, size, size, start))
        _write_all(file, header)
        crc, left = 0, size
        piece = memoryview(bytearray(min(PIECE, size) or 1))
        while left and (count := source.readinto(piece[: min(PIECE, left)])):
            crc = zlib.crc32(piece[:count], crc)
            _write_all(file, piece[:count])
            left -= count
        if left or source.read(1):
            raise OSError(errno.EAGAIN, "the file changed while it was read", str(content))
    entry = _Written(raw, flags, STORED, crc, size, size, start)
    file.seek(start)
    _write_all(file, _local(entry))
    file.seek(0, os.SEEK_END)
    return entry


def _write_all(file: BinaryIO, data: bytes | memoryview) -> None:
    """An unbuffered file may take less than it was given."""
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) :]


def _local(entry: _Written) -> bytes:
    long = entry.size >= _LIMIT32
    extra = struct.pack("<2H2Q", 1, 16, entry.size, entry.compressed) if long else b""  # 4.5.3
    sizes = (_LIMIT32, _LIMIT32) if long else (entry.compressed, entry.size)
    return (
        _LOCAL.pack(
            b"PK\3\4",
            45 if long else 20,
            entry.flags,
            entry.method,
            *_DATE,
            entry.crc,
            *sizes,
            len(entry.name),
            len(extra),
        )
        + entry.name
        + extra
    )


def _central(entry: _Written) -> bytes:
    values = (entry.size, entry.compressed, entry.offset)
    long = [value for value in values if value >= _LIMIT32]
    extra = struct.pack(f"<2H{len(long)}Q", 1, 8 * len(long), *long) if long else b""
    size, compressed, offset = (min(value, _LIMIT32) for value in values)
    needed = 45 if long else 20
    return (
        _CENTRAL.pack(
            b"PK\1\2",
            3 << 8 | needed,  # 4.4.2: the attributes are Unix's
            needed,
            entry.flags,
            entry.method,
            *_DATE,
            entry.crc,
            compressed,
            size,
            len(entry.name),
            len(extra),
            0,
            0,
            0,
            _MODE << 16,
            offset,
        )
        + entry.name
        + extra
    )


def _write_directory(file: BinaryIO, written: list[_Written]) -> None:
    start = file.tell()
    directory = b"".join(_central(entry) for entry in written)
    count, size, end = len(written), len(directory), b""
    if count >= _LIMIT16 or size >= _LIMIT32 or start >= _LIMIT32:
        end = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 3 << 8 | 45, 45, 0, 0, count, count, size, start)  # 4.3.14
        end += struct.pack("<4sLQL", b"PK\6\7", 0, start + size, 1)  # 4.3.15
    short = min(count, _LIMIT16)
    end += _END.pack(b"PK\5\6", 0, 0, short, short, min(size, _LIMIT32), min(start, _LIMIT32), 0)
    _write_all(file, directory + end)
