"""Prints what the project promises next to what was measured. Absolute times depend on the machine; ratios do not."""

from __future__ import annotations

import gzip
import math
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.browser import measure
from benchmarks.checking import many_small, one_large
from benchmarks.courses import write_course
from benchmarks.pages import page_changes
from benchmarks.processes import SCORMKIT, Run, run, typical
from benchmarks.reloading import reloading
from benchmarks.tracking import answer_cost, state_sizes

Row = tuple[str, str, str]


def build(course: Path, out: Path) -> list[str]:
    return [*SCORMKIT, "build", str(course), "--out", str(out)]


def start_up() -> Iterator[Row]:
    yield "scormkit --help", f"{typical([*SCORMKIT, '--help'], 7).seconds * 1000:.0f} ms", "150 ms"


def ten_pages(here: Path) -> Iterator[Row]:
    course = write_course(here / "ten", 10, 5, images=True)
    took = typical(build(course, here / "out"))
    yield "10 pages, 5 questions, 10 pictures, both zips: time", f"{took.seconds:.2f} s", "0.6 s (aim 0.3)"
    yield "the same: memory", f"{took.memory:.0f} MB", "120 MB"
    package = next((here / "out").glob("measured-*-scorm12.zip"))
    own = len(gzip.compress("".join(p.read_text() for p in sorted((course / "pages").iterdir())).encode()))
    own += sum(p.stat().st_size for p in (course / "media").iterdir())
    yield "the same: zip beyond its own text and media", f"{(package.stat().st_size - own) / 1000:.0f} KB", "90 KB"
    with zipfile.ZipFile(package) as archive:
        moved = sum(len(gzip.compress(archive.read(name))) for name in ("player.js", "theme.css"))
    yield "script and style, gzipped", f"{moved / 1000:.1f} KB", "60 KB"
    yield from measure(package)


def many_courses(here: Path) -> Iterator[Row]:
    programme = here / "programme"
    for number in range(20):
        write_course(programme / f"course-{number:02}", 50, 10, name=f"course-{number:02}")
    (programme / "programme.yaml").write_text("title: Measured programme\n")
    took = run(build(programme, here / "many"))
    yield "20 courses of 50 pages and 10 questions: time", f"{took.seconds:.1f} s", "10 s (aim 4)"
    yield "the same: memory", f"{took.memory:.0f} MB", "250 MB"


def growth(here: Path) -> Iterator[Row]:
    """Seconds of the processor, which a busy machine does not change, beyond those of a course of one page."""
    nothing = typical(build(write_course(here / "p1", 1, 1), here / "out-1"), 3)
    sizes = (100, 1000, 5000)
    times = [
        typical(build(write_course(here / f"p{n}", n, n // 10), here / f"out-{n}"), 3).processor - nothing.processor
        for n in sizes
    ]
    slope = math.log(times[-1] / times[0]) / math.log(sizes[-1] / sizes[0])
    shown = ", ".join(f"{n}: {t:.2f} s" for n, t in zip(sizes, times, strict=True))
    yield f"growth from 100 to 5,000 pages ({shown})", f"exponent {slope:.2f}", "1.05"


def video(here: Path, megabytes: int) -> Iterator[Row]:
    course = write_course(here / "film", 10, 5)
    plain = run(build(course, here / "plain"))
    page = course / "pages" / "0001-page.md"
    media = course / "media"
    media.mkdir()
    block = bytes(range(256)) * 4096
    with (media / "film.mp4").open("wb") as file:
        file.write(b"\0\0\0\x18ftypmp42" + bytes(12))
        for _ in range(megabytes):
            file.write(block)
    (media / "film.vtt").write_text("WEBVTT\n\n00:00.000 --> 00:01.000\nA film.\n")
    film = ":::{video} ../media/film.mp4\n:title: A film\n:captions: ../media/film.vtt\n\nA transcript.\n:::\n"
    page.write_text(page.read_text() + "\n" + film)
    took = run([*build(course, here / "film-out"), "--format", "scorm12"])
    yield "memory beyond the course without video", f"{took.memory - plain.memory:.0f} MB", "60 MB"
    if shutil.which("zip"):
        other: Run = run(["zip", "-0", "-q", "-r", str(here / "other.zip"), str(course)])
        yield f"{megabytes} MB of video, against zip -0", f"{took.seconds / other.seconds:.2f} times", "1.3 times"


def main() -> None:
    megabytes = int(sys.argv[1]) if len(sys.argv) > 1 else 1024
    with tempfile.TemporaryDirectory(dir="build" if Path("build").is_dir() else None) as folder:
        here = Path(folder)
        parts = (
            start_up(),
            ten_pages(here),
            many_courses(here),
            growth(here),
            video(here, megabytes),
            one_large(here, megabytes),
            many_small(here),
            state_sizes(here),
            answer_cost(here),
            page_changes(here),
            reloading(here),
        )
        print(f"{'what':72} {'measured':>18}   limit")
        for part in parts:
            for what, measured, limit in part:
                print(f"{what:72} {measured:>18}   {limit}", flush=True)


if __name__ == "__main__":
    main()
