"""Zips made byte by byte, so that tests can make them lie."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass
class Member:
    """One entry. `local` and `central` overrule single fields of either header."""

    name: bytes
    data: bytes = b""
    method: int = 8
    mode: int = 0o100644
    flags: int = 0
    version: int = 20
    extra: bytes = b""
    local: dict[str, int | bytes] = field(default_factory=dict)
    central: dict[str, int | bytes] = field(default_factory=dict)

    @property
    def packed(self) -> bytes:
        if self.method != 8:
            return self.data
        deflater = zlib.compressobj(9, zlib.DEFLATED, -15)
        return deflater.compress(self.data) + deflater.flush()

    def fields(self, overruled: dict[str, int | bytes]) -> dict[str, int | bytes]:
        found = {
            "name": self.name,
            "crc": zlib.crc32(self.data),
            "compressed": len(self.packed),
            "size": len(self.data),
        }
        return found | {"method": self.method, "flags": self.flags} | overruled


def make(
    *members: Member,
    count: int | None = None,
    size: int | None = None,
    comment: bytes = b"",
    disk: int = 0,
    zip64: bool = False,
) -> bytes:
    """The bytes of a zip; `count` and `size` are what its end record says of the directory."""
    body, offsets = bytearray(), []
    for member in members:
        offsets.append(len(body))
        told = member.fields(member.local)
        body += struct.pack(
            "<4s5H3L2H", b"PK\3\4", member.version, told["flags"], told["method"], 0, 33,
            told["crc"], told["compressed"], told["size"], len(told["name"]), 0,
        )  # fmt: skip
        body += told["name"] + member.packed
    directory = b"".join(_central(member, offset) for member, offset in zip(members, offsets, strict=True))
    return (
        bytes(body)
        + directory
        + end(
            len(body),
            len(directory) if size is None else size,
            len(members) if count is None else count,
            comment,
            disk,
            zip64,
        )
    )


def end(start: int, size: int, count: int, comment: bytes = b"", disk: int = 0, zip64: bool = False) -> bytes:
    """The end record, with its long form before it where that is wanted."""
    long = b""
    if zip64:
        long = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, disk, disk, count, count, size, start)
        long += struct.pack("<4sLQL", b"PK\6\7", 0, start + size, 1)
    short = min(count, 0xFFFF)
    return long + struct.pack("<4s4H2LH", b"PK\5\6", disk, disk, short, short, size, start, len(comment)) + comment


def _central(member: Member, offset: int) -> bytes:
    told = member.fields({"offset": offset} | member.central)
    return (
        struct.pack(
            "<4s6H3L5H2L",
            b"PK\1\2",
            3 << 8 | 20,
            member.version,
            told["flags"],
            told["method"],
            0,
            33,
            told["crc"],
            told["compressed"],
            told["size"],
            len(told["name"]),
            len(member.extra),
            0,
            0,
            0,
            member.mode << 16,
            told["offset"],
        )
        + told["name"]
        + member.extra
    )


def quoted(members: Sequence[Member]) -> bytes:
    """A zip whose entries all point at the first one's data: small on disk, large when unpacked."""
    first = members[0]
    same = {"offset": 0, "crc": zlib.crc32(first.data), "compressed": len(first.packed), "size": len(first.data)}
    rest = [Member(one.name, central=same) for one in members[1:]]
    return make(first, *rest)
