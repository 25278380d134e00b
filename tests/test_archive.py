"""Reading archives: what a hostile or broken zip can do, and that it is told and bounded."""

from __future__ import annotations

import os
import stat
import struct
import subprocess
import sys
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from raw_zip import Member, end, make, quoted

from scormkit.model.archive import MAX_ENTRIES, ArchiveError, Flaw, FlawKind, open_archive


def put(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "it.zip"
    path.write_bytes(data)
    return path


def flaws(path: Path) -> list[tuple[str, str]]:
    with open_archive(path) as archive:
        return [(flaw.kind.value, flaw.name) for flaw in archive.flaws]


def test_what_an_ordinary_zip_holds(tmp_path: Path) -> None:
    path = tmp_path / "it.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as file:
        file.writestr("media/", "")
        file.writestr("a.html", "<p>" * 1000)
        file.writestr(zipfile.ZipInfo("media/ä.png", (2026, 11, 23, 12, 30, 58)), b"stored")
        file.comment = b"PK\5\6 is in the comment too"
    with open_archive(path) as archive:
        assert archive.is_zip
        assert [entry.name for entry in archive.entries] == ["media/", "a.html", "media/ä.png"]
        assert list(archive.files) == ["a.html", "media/ä.png"]
        assert archive["media/ä.png"].date == (2026, 11, 23, 12, 30, 58)
        assert archive["media/ä.png"].is_utf8
        assert (archive["a.html"].size, archive["a.html"].method) == (3000, 8)
        assert stat.S_IMODE(archive["a.html"].mode) == 0o600
        assert archive.read("a.html") == b"<p>" * 1000
        assert archive.head("a.html", 4) == b"<p><"
        assert archive.head("media/ä.png", 100) == b"stored"
        assert archive.flaws == ()
        assert "a.html" in archive and "b.html" not in archive
        with pytest.raises(ArchiveError, match="missing"):
            archive.read("b.html")


# Each flaw that can be known without unpacking: what makes it, and all that is then told.
KNOWN: dict[str, tuple[bytes, list[tuple[str, str]]]] = {
    "traversal": (make(Member(b"a/../../b")), [("traversal", "a/../../b")]),
    "absolute": (make(Member(b"/etc/passwd"), Member(b"C:x")), [("absolute", "/etc/passwd"), ("absolute", "C:x")]),
    "backslash": (make(Member(rb"a\b")), [("backslash", "a\\b")]),
    "backslash-traversal": (make(Member(rb"..\b")), [("traversal", "..\\b"), ("backslash", "..\\b")]),
    "control": (make(Member(b"a.html\0.png"), Member(b"b\nc")), [("control", "a.html\0.png"), ("control", "b\nc")]),
    "empty-name": (
        make(Member(b""), Member(b"a//b"), Member(b"./c")),
        [("empty-name", ""), ("empty-name", "a//b"), ("empty-name", "./c")],
    ),
    "encoding": (
        make(Member("ä".encode("cp437")), Member("ö".encode()), Member(b"\xff", flags=0x800), Member("ü".encode(), flags=0x800)),
        [("encoding", "ä"), ("encoding", "ö"), ("encoding", "\ufffd")],
    ),
    "duplicate": (make(Member(b"a"), Member(b"a", b"other")), [("duplicate", "a")]),
    "case": (make(Member(b"A.png"), Member(b"a.PNG")), [("case", "a.PNG")]),
    "shadowed": (make(Member(b"a"), Member(b"a/b")), [("shadowed", "a")]),
    "link": (make(Member(b"a", b"/etc/passwd", mode=0o120777)), [("link", "a")]),
    "special": (make(Member(b"a", mode=0o020666)), [("special", "a")]),
    "encrypted": (make(Member(b"a", flags=1)), [("encrypted", "a")]),
    "method": (make(Member(b"a", b"x", method=14)), [("method", "a")]),
    "ratio": (make(Member(b"a.txt", bytes(11 * 1024 * 1024))), [("ratio", "a.txt")]),
    "zip64": (make(Member(b"a"), zip64=True), [("zip64", "")]),
    "zip64-entry": (make(Member(b"a", version=45)), [("zip64", "a")]),
    "prepended": (b"#!/bin/sh" + make(Member(b"a", b"x")), [("prepended", "")]),
    "split": (make(Member(b"a"), disk=1), [("split", "")]),
    "damaged-count": (make(Member(b"a"), count=3), [("damaged", "")]),
    "damaged-size": (make(Member(b"a"), Member(b"b"), count=1), [("damaged", "")]),
    "local-name": (make(Member(b"a", local={"name": b"b"})), [("local", "a")]),
    "local-size": (make(Member(b"a", b"xyz", local={"size": 2})), [("local", "a")]),
    "local-missing": (make(Member(b"a"), Member(b"b", central={"offset": 7})), [("local", "b")]),
    "overlap": (
        quoted([Member(b"a", b"x" * 99), Member(b"b")]),
        [("local", "b"), ("overlap", "b")],
    ),
    "overlap-directory": (
        make(Member(b"a", b"x", method=0, central={"compressed": 60, "size": 60})),
        [("local", "a"), ("overlap", "a")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", KNOWN)
def test_a_flaw_is_told_and_nothing_else(case: str, tmp_path: Path) -> None:
    data, told = KNOWN[case]
    assert flaws(put(tmp_path, data)) == told


# Each flaw that only reading finds.
READ: dict[str, tuple[Member, FlawKind]] = {
    "crc": (Member(b"a", b"abc", central={"crc": 1}), FlawKind.CRC),
    "not deflated": (Member(b"a", b"\xff" * 9, method=0, central={"method": 8}), FlawKind.CRC),
    "longer": (Member(b"a", b"x" * 70_000, central={"size": 4}), FlawKind.SIZE),
    "shorter": (Member(b"a", b"abc", central={"size": 4}), FlawKind.SIZE),
    "cut off": (Member(b"a", b"abc" * 999, central={"compressed": 5}), FlawKind.SIZE),
    "beyond the file": (Member(b"a", b"abc", method=0, central={"compressed": 10**9, "size": 10**9}), FlawKind.SIZE),
    "link": (Member(b"a", b"/etc/passwd", mode=0o120777), FlawKind.LINK),
    "special": (Member(b"a", mode=0o010644), FlawKind.SPECIAL),
    "encrypted": (Member(b"a", flags=0x40), FlawKind.ENCRYPTED),
    "method": (Member(b"a", b"x", method=12), FlawKind.METHOD),
    "no header": (Member(b"a", central={"offset": 3}), FlawKind.LOCAL),
}


@pytest.mark.parametrize("case", READ)
def test_what_only_reading_finds(case: str, tmp_path: Path) -> None:
    member, kind = READ[case]
    with open_archive(put(tmp_path, make(member))) as archive:
        flaw = archive.verify("a")
        assert flaw is not None and flaw.kind is kind
        with pytest.raises(ArchiveError) as caught:
            archive.read("a", limit=2**40)
        assert caught.value.flaw.kind is kind


def test_every_flaw_has_a_case(tmp_path: Path) -> None:
    told = {kind for _, found in KNOWN.values() for kind, _ in found} | {kind.value for _, kind in READ.values()}
    elsewhere = {"not-a-zip", "too-many", "too-large", "unreadable", "missing"}
    assert told | elsewhere == {kind.value for kind in FlawKind}


@pytest.mark.parametrize(
    "data", [b"", b"PK", b"hello" * 999, b"PK\3\4" + bytes(100), make(Member(b"a", b"b" * 50))[:-1]]
)
def test_what_is_no_zip_is_refused(data: bytes, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError) as caught:
        open_archive(put(tmp_path, data))
    assert caught.value.flaw == Flaw(FlawKind.NOT_A_ZIP)


def test_an_empty_zip_is_one(tmp_path: Path) -> None:
    with open_archive(put(tmp_path, make())) as archive:
        assert archive.entries == () and archive.flaws == ()


def test_a_file_that_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError) as caught:
        open_archive(tmp_path / "nowhere.zip")
    assert caught.value.flaw.kind is FlawKind.UNREADABLE


def test_read_stops_at_its_limit_before_it_unpacks(tmp_path: Path) -> None:
    with open_archive(put(tmp_path, make(Member(b"a", b"abc")))) as archive:
        assert archive.read("a", limit=3) == b"abc"
        with pytest.raises(ArchiveError, match="too-large"):
            archive.read("a", limit=2)


def test_a_bomb_that_lies_yields_no_more_than_it_says(tmp_path: Path) -> None:
    bomb = make(Member(b"a", bytes(50_000_000), local={"size": 1000}, central={"size": 1000}))
    got = 0
    tracemalloc.start()
    try:
        with open_archive(put(tmp_path, bomb)) as archive, pytest.raises(ArchiveError, match="more than 1000"):
            for piece in archive.stream("a"):
                got += len(piece)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert got <= 1000
    assert peak < 5_000_000


def test_two_entries_can_be_read_in_turn(tmp_path: Path) -> None:
    one, two = os.urandom(600_000), os.urandom(600_000)
    with open_archive(put(tmp_path, make(Member(b"a", one), Member(b"b", two, method=0)))) as archive:
        first, second = archive.stream("a"), archive.stream("b")
        pieces = [(next(first, b""), next(second, b"")) for _ in range(9)]
    assert b"".join(a for a, _ in pieces) == one
    assert b"".join(b for _, b in pieces) == two


def test_sizes_that_follow_the_data_are_no_flaw(tmp_path: Path) -> None:
    later: dict[str, int | bytes] = {"crc": 0, "size": 0, "compressed": 0}
    with open_archive(put(tmp_path, make(Member(b"a", b"abc", flags=8, local=later)))) as archive:
        assert archive.flaws == ()
        assert archive.read("a") == b"abc"


def test_sizes_in_the_long_form(tmp_path: Path) -> None:
    long: dict[str, int | bytes] = {"size": 0xFFFFFFFF, "compressed": 0xFFFFFFFF}
    extra = struct.pack("<HH2B", 7, 2, 1, 1) + struct.pack("<HHQQ", 1, 16, 3, 3)
    member = Member(b"a", b"abc", method=0, version=45, extra=extra, central=long)
    with open_archive(put(tmp_path, make(member))) as archive:
        assert (archive["a"].size, archive["a"].compressed) == (3, 3)
        assert archive.read("a") == b"abc"


def test_a_million_entries_are_not_kept(tmp_path: Path) -> None:
    one = make(Member(b"a", b"x" * 20))
    start = one.index(b"PK\1\2")
    entry = one[start : one.index(b"PK\5\6")]
    with (path := tmp_path / "it.zip").open("wb") as file:
        file.write(one[:start] + entry * 1_000_000 + end(start, len(entry) * 1_000_000, 1_000_000, zip64=True))
    script = f"""
import resource
from scormkit.model.archive import open_archive
with open_archive({str(path)!r}) as archive:
    print(len(archive.entries), archive.flaws[1], resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=120)
    *told, kilobytes = done.stdout.split()
    assert told == [str(MAX_ENTRIES), "too-many:", "1000000"]
    assert int(kilobytes) < 256_000


def test_a_long_directory_is_not_kept(tmp_path: Path) -> None:
    name = b"a" * 60_000
    one = make(Member(name))
    start = one.index(b"PK\1\2")
    entry = one[start : one.index(b"PK\5\6")]
    data = one[:start] + entry * 1000 + end(start, len(entry) * 1000, 1000)
    with open_archive(put(tmp_path, data)) as archive:
        assert len(archive.entries) < 1000
        assert archive.flaws[0].kind is FlawKind.TOO_MANY


def test_deep_names_do_not_cost_their_square(tmp_path: Path) -> None:
    members = [Member(b"a/" * 30_000 + str(number).encode()) for number in range(60)]
    tracemalloc.start()
    try:
        assert flaws(put(tmp_path, make(*members))) == []
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 60_000_000


GOOD = make(
    Member(b"imsmanifest.xml", b"<manifest/>" * 50), Member(b"a/b.png", b"png" * 20, method=0), comment=b"hello"
)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), max_size=6),
    st.integers(0, len(GOOD)),
    st.binary(max_size=30),
)
def test_whatever_the_bytes_nothing_but_ArchiveError_comes_out(
    tmp_path: Path, changes: list[tuple[int, int]], cut: int, more: bytes
) -> None:
    data = bytearray(GOOD)
    for place, value in changes:
        data[place] = value
    mutated = bytes(data[:cut]) + more + bytes(data[cut:])
    try:
        archive = open_archive(put(tmp_path, mutated))
    except ArchiveError:
        return
    with archive:
        assert all(isinstance(flaw, Flaw) for flaw in archive.flaws)
        for entry in archive.entries:
            archive.verify(entry, limit=10_000_000)
            try:
                assert len(archive.read(entry, limit=1000)) == entry.size
            except ArchiveError:
                continue
            assert zlib.crc32(archive.read(entry)) == entry.crc


# --------------------------------------------------------------------------------------------------------- folders


def test_a_folder_is_read_like_a_zip(tmp_path: Path) -> None:
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / "b.png").write_bytes(b"png" * 200_000)
    (tmp_path / "a.html").write_bytes(b"<p>")
    with open_archive(tmp_path) as archive:
        assert not archive.is_zip
        assert [entry.name for entry in archive.entries] == ["a.html", "media/b.png"]
        assert archive.read("a.html") == b"<p>"
        assert archive.read("media/b.png") == b"png" * 200_000
        assert archive.head("media/b.png", 3) == b"png"
        assert archive.verify("media/b.png") is None
        assert archive.flaws == ()
        with pytest.raises(ArchiveError, match="too-large"):
            archive.read("media/b.png", limit=5)


def test_links_in_a_folder_are_told_and_never_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"secret")
    folder = tmp_path / "course"
    folder.mkdir()
    (folder / "a").symlink_to(tmp_path / "secret")
    (folder / "up").symlink_to(tmp_path)
    (folder / "loop").symlink_to("loop")
    with open_archive(folder) as archive:
        assert [(flaw.kind, flaw.name) for flaw in archive.flaws] == [(FlawKind.LINK, n) for n in ("a", "loop", "up")]
        with pytest.raises(ArchiveError, match="link"):
            archive.read("a")


def test_a_file_swapped_for_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"abc")
    folder = tmp_path / "course"
    folder.mkdir()
    (folder / "a").write_bytes(b"abc")
    with open_archive(folder) as archive:
        (folder / "a").unlink()
        (folder / "a").symlink_to(tmp_path / "secret")
        flaw = archive.verify("a")
        assert flaw is not None and flaw.kind is FlawKind.UNREADABLE


def test_a_file_that_changes_while_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc")
    with open_archive(tmp_path) as archive:
        for data in (b"abcd", b"ab"):
            (tmp_path / "a").write_bytes(data)
            flaw = archive.verify("a")
            assert flaw is not None and flaw.kind is FlawKind.SIZE


def test_pipes_in_a_folder_are_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with open_archive(tmp_path) as archive:
        assert archive.flaws == (Flaw(FlawKind.SPECIAL, "pipe"),)
        with pytest.raises(ArchiveError, match="special"):
            archive.read("pipe")
