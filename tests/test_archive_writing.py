"""Writing zips: always the same bytes, streamed, whole or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
import signal
import struct
import subprocess
import sys
import threading
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scormkit.model.archive import Content, FlawKind, open_archive, write, write_beside, writing

NAMES = st.from_regex(r"[a-zA-Z0-9_é-]{1,8}(/[a-zA-Z0-9_ -]{0,5}[a-z]){0,2}\.(html|css|png|mp4|svg)", fullmatch=True)


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(NAMES, st.binary(max_size=3000) | st.text(max_size=3000).map(str.encode), max_size=8))
def test_what_was_written_is_read_again(tmp_path: Path, entries: dict[str, bytes]) -> None:
    path = tmp_path / "it.zip"
    write(path, dict(entries))
    with zipfile.ZipFile(path) as file:  # a second opinion
        assert file.testzip() is None
        assert {info.filename: file.read(info) for info in file.infolist()} == entries
        assert file.namelist() == sorted(entries)
    with open_archive(path) as archive:
        harmless = {FlawKind.CASE, FlawKind.SHADOWED}  # of the names that hypothesis made, not of the writer
        assert [flaw for flaw in archive.flaws if flaw.kind not in harmless] == []
        assert {name: archive.read(name) for name in archive.files} == entries


def test_the_bytes_are_these_on_every_machine(tmp_path: Path) -> None:
    """Fails where another compressor, or another version of it, is installed: docs/decisions/same-bytes.md."""
    text = b"".join(b"<p>Paragraph %d of %x</p>\n" % (n, n * 2654435761 % 2**32) for n in range(3000))
    write(tmp_path / "it.zip", {"index.html": text, "imsmanifest.xml": b"<manifest/>" * 9, "media/a.png": text})
    assert digest(tmp_path / "it.zip") == "75a6c644c83ebcb0776210543d183155b0818186d084e15d866eabc86618940e"


def test_neither_order_nor_time_nor_umask_nor_mode_shows(tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    film.write_bytes(bytes(range(256)) * 99)
    entries: dict[str, Content] = {
        "b.html": b"b" * 99,
        "media/film.mp4": film,
        "tincan.xml": b"<tincan/>",
        "A.css": b"a",
    }
    write(tmp_path / "one.zip", entries)
    os.utime(film, (0, 0))
    film.chmod(0o600)
    old = os.umask(0o077)
    try:
        write(tmp_path / "two.zip", dict(reversed(entries.items())))
    finally:
        os.umask(old)
    assert digest(tmp_path / "one.zip") == digest(tmp_path / "two.zip")


def test_how_entries_stand_in_the_file(tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    film.write_bytes(bytes(100_000))
    note = tmp_path / "note.txt"
    note.write_bytes(b"text " * 1000)
    path = tmp_path / "it.zip"
    write(
        path, {"a.html": b"<p>" * 99, "film.mp4": film, "note.txt": note, "imsmanifest.xml": b"<m/>", "short.css": b"x"}
    )
    with zipfile.ZipFile(path) as file:
        listed = file.infolist()
    assert [info.filename for info in listed] == ["imsmanifest.xml", "a.html", "film.mp4", "note.txt", "short.css"]
    assert [info.compress_type for info in listed] == [0, 8, 0, 8, 0]  # what does not shrink is stored
    for info in listed:
        assert info.date_time == (1981, 1, 1, 0, 0, 0)
        assert (info.external_attr >> 16, info.create_system, info.extract_version) == (0o100644, 3, 20)
        assert (info.extra, info.comment, info.flag_bits) == (b"", b"", 0)


@pytest.mark.parametrize("name", ["../a", "/a", "a//b", "a/../b", "a\\b", "a\0b", "a\nb", "", "./a", "a/"])
def test_a_name_that_no_package_may_hold(name: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no package may hold"):
        write(tmp_path / "it.zip", {name: b""})
    assert list(tmp_path.iterdir()) == []


def test_media_are_streamed(tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    with film.open("wb") as file:
        file.truncate(200_000_000)
    tracemalloc.start()
    try:
        write(tmp_path / "it.zip", {"film.mp4": film})
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 4_000_000
    with open_archive(tmp_path / "it.zip") as archive:
        assert archive.flaws == () and archive["film.mp4"].size == 200_000_000
        assert archive.verify("film.mp4") is None


def test_large_texts_on_disk_are_stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "DEFLATE_UP_TO", 100)
    for size, method in ((100, 8), (101, 0)):
        text = tmp_path / "a.txt"
        text.write_bytes(b"a" * size)
        write(tmp_path / "it.zip", {"a.txt": text})
        with open_archive(tmp_path / "it.zip") as archive:
            assert archive["a.txt"].method == method


# ---------------------------------------------------------------------------------------------------------- ZIP64


@pytest.mark.parametrize(("count", "long"), [(65_534, False), (65_535, True)])
def test_many_entries_need_the_long_form(count: int, long: bool, tmp_path: Path) -> None:
    path = tmp_path / "it.zip"
    with path.open("wb", buffering=2**20) as file:
        written = []
        for number in range(count):
            written.append(writing._Written(b"%d.png" % number, 0, 0, 0, 0, 0, file.tell()))
            file.write(writing._local(written[-1]))
        writing._write_directory(file, written)
    with open_archive(path) as archive:
        assert len(archive.entries) == count
        assert [flaw.kind for flaw in archive.flaws] == [FlawKind.ZIP64] * long
    with zipfile.ZipFile(path) as zipped:
        assert len(zipped.infolist()) == count


def test_files_above_4_gigabytes_need_the_long_form(tmp_path: Path) -> None:
    """Sparse, so that it costs neither time nor room."""
    path, size = tmp_path / "it.zip", 5 * 2**30
    with path.open("wb") as file:
        long = writing._Written(b"film.mp4", 0, 0, 0, size, size, 0)
        file.write(writing._local(long))
        file.seek(size, os.SEEK_CUR)
        after = writing._Written(b"a.png", 0, 0, zlib.crc32(b"png"), 3, 3, file.tell())
        file.write(writing._local(after) + b"png")
        writing._write_directory(file, [long, after])
    with zipfile.ZipFile(path) as file:
        assert [(info.filename, info.file_size) for info in file.infolist()] == [("film.mp4", size), ("a.png", 3)]
        assert file.read("a.png") == b"png"
    with open_archive(path) as archive:
        assert [(flaw.kind.value, flaw.name) for flaw in archive.flaws] == [
            ("zip64", ""),
            ("zip64", "film.mp4"),
            ("zip64", "a.png"),  # it stands beyond the first 4 gigabytes
        ]
        assert archive["film.mp4"].size == size
        assert archive.read("a.png") == b"png"


# ------------------------------------------------------------------------------------------- whole, or not at all


def only(folder: Path, *names: str) -> None:
    assert sorted(path.name for path in folder.iterdir()) == sorted(names)


@pytest.mark.parametrize("at", [1, 2, 3, 4])
@pytest.mark.parametrize("error", [KeyboardInterrupt, MemoryError, OSError])
def test_whatever_stops_it_the_older_package_stays(
    at: int, error: type[BaseException], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "it.zip"
    path.write_bytes(b"older")
    left = [at]

    def stop(data: bytes, value: int = 0) -> int:
        left[0] -= 1
        if not left[0]:
            raise error(errno.ENOSPC, "No space left on device")
        return zlib.crc32(data, value)

    film = tmp_path / "film.mp4"
    film.write_bytes(bytes(writing.PIECE * 3))
    monkeypatch.setattr(writing, "zlib", type("Zlib", (), {"crc32": staticmethod(stop)}))
    with pytest.raises(error) as caught:
        write(path, {"a.html": b"a", "film.mp4": film})
    if isinstance(caught.value, OSError):
        assert caught.value.filename == str(path)
    only(tmp_path, "it.zip", "film.mp4")
    assert path.read_bytes() == b"older"


def test_a_full_disk(tmp_path: Path) -> None:
    """A real one, as far as the system lets us: the process may not write more than 100,000 bytes into a file."""
    film = tmp_path / "film.mp4"
    film.write_bytes(bytes(300_000))
    out = tmp_path / "out"
    out.mkdir()
    (out / "it.zip").write_bytes(b"older")
    script = f"""
import resource, sys
from pathlib import Path
from scormkit.model.archive import write
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    write(Path({str(out / "it.zip")!r}), {{"film.mp4": Path({str(film)!r})}})
except OSError as error:
    print(error.errno, error.filename)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == [str(errno.EFBIG), str(out / "it.zip")]
    only(out, "it.zip")
    assert (out / "it.zip").read_bytes() == b"older"


def test_ctrl_c_at_any_moment(tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    with film.open("wb") as file:
        file.truncate(400_000_000)
    out = tmp_path / "out"
    out.mkdir()
    script = f"""
from pathlib import Path
from scormkit.model.archive import write
print("go", flush=True)
while True:
    write(Path({str(out / "it.zip")!r}), {{"film.mp4": Path({str(film)!r})}})
"""
    for wait in (0.0, 0.02, 0.1):
        (out / "it.zip").write_bytes(b"older")
        with subprocess.Popen(
            [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        ) as process:
            assert process.stdout is not None
            process.stdout.readline()
            threading.Event().wait(wait)
            process.send_signal(signal.SIGINT)
            process.wait(timeout=60)
        only(out, "it.zip")
        if (out / "it.zip").read_bytes()[:5] != b"older":
            with open_archive(out / "it.zip") as archive:
                assert archive.flaws == () and archive.verify("film.mp4") is None


def test_a_medium_that_changes_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    film = tmp_path / "film.mp4"
    film.write_bytes(bytes(1000))
    for size in (999, 1001):
        told = os.stat_result((0, 0, 0, 0, 0, 0, size, 0, 0, 0))
        with monkeypatch.context() as patch:
            patch.setattr(writing.os, "fstat", lambda handle, told=told: told)
            with pytest.raises(OSError, match="changed while it was read") as caught:
                write(tmp_path / "it.zip", {"film.mp4": film})
        assert caught.value.filename == str(film)
    only(tmp_path, "film.mp4")


@pytest.mark.parametrize("what", ["no folder", "a file in its place", "a folder in its place", "no medium"])
def test_what_cannot_be_written_or_read_is_named(what: str, tmp_path: Path) -> None:
    entries: dict[str, Content] = {"a.html": b"a"}
    path = named = tmp_path / "out" / "it.zip"
    if what == "a file in its place":
        (tmp_path / "out").write_bytes(b"")
    elif what == "a folder in its place":
        path.mkdir(parents=True)
    elif what == "no medium":
        path.parent.mkdir()
        named = tmp_path / "film.mp4"
        entries["film.mp4"] = named
    with pytest.raises(OSError) as caught:
        write(path, entries)
    assert caught.value.filename == str(named)
    if path.parent.is_dir():
        only(path.parent, *(["it.zip"] if what == "a folder in its place" else []))


def test_two_builds_at_once(tmp_path: Path) -> None:
    path, errors = tmp_path / "it.zip", []
    entries: dict[str, Content] = {"a.html": b"<p>" * 100_000, "b.png": os.urandom(3_000_000)}
    write(path, entries)
    want = digest(path)

    def build() -> None:
        try:
            for _ in range(5):
                write(path, entries)
        except BaseException as error:
            errors.append(error)

    builders = [threading.Thread(target=build) for _ in range(3)]
    for builder in builders:
        builder.start()
    while any(builder.is_alive() for builder in builders):
        assert digest(path) == want  # never half of one
    for builder in builders:
        builder.join()
    assert errors == []
    only(tmp_path, "it.zip")


def test_files_beside_a_package(tmp_path: Path) -> None:
    made = write_beside(tmp_path / "co-1.0.0-scorm12.zip", {"codebook.csv": b"a", "codebook.html": b"b"})
    assert [path.name for path in made] == ["co-1.0.0-scorm12-codebook.csv", "co-1.0.0-scorm12-codebook.html"]
    assert [path.read_bytes() for path in made] == [b"a", b"b"]
    only(tmp_path, *[path.name for path in made])


def test_the_file_has_the_mode_of_ordinary_files(tmp_path: Path) -> None:
    old = os.umask(0o022)
    try:
        write(tmp_path / "it.zip", {})
    finally:
        os.umask(old)
    assert (tmp_path / "it.zip").stat().st_mode & 0o777 == 0o644
    assert struct.unpack("<4s4H2LH", (tmp_path / "it.zip").read_bytes()) == (b"PK\5\6", 0, 0, 0, 0, 0, 0, 0)
