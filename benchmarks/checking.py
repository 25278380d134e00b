"""Packages of other tools, made for measuring `scormkit check`: one large, and many small."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.courses import write_course
from benchmarks.processes import SCORMKIT, run, typical

Row = tuple[str, str, str]

MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="measured" version="1" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
<organizations default="all"><organization identifier="all"><title>Measured</title>
<item identifier="one" identifierref="page"><title>Measured</title></item></organization></organizations>
<resources><resource identifier="page" type="webcontent" adlcp:scormtype="sco" href="page-0000.html">
{files}
</resource></resources></manifest>
"""
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Page {number}</title><script src="api.js"></script></head>
<body><main><h1>Page {number}</h1>
{paragraphs}
<p><img src="media-{number:04}.jpg" alt="A pattern"> <a href="page-{following:04}.html">Next</a></p></main></body></html>
"""
PARAGRAPH = "<p>Words that stand for the text of a page, which is read, because pages are what learners meet.</p>\n"


def one_large(here: Path, megabytes: int) -> Iterator[Row]:
    """A package of 2,000 files: 400 pages and 1,598 pictures."""
    path = here / "large.zip"
    _write(path, pages=400, media=1598, block=megabytes * 2**20 // 1598)
    took = typical([*SCORMKIT, "check", str(path)], 3)
    yield f"check of a package of {megabytes} MB, 2,000 files: time", f"{took.seconds:.2f} s", "1.5 s"
    yield "the same: memory", f"{took.memory:.0f} MB", "150 MB"


def many_small(here: Path) -> Iterator[Row]:
    """Three hundred packages of a course with ten pages, as files of their own."""
    course = write_course(here / "small", 10, 5, images=True)
    run([*SCORMKIT, "build", str(course), "--out", str(here / "small-out"), "--format", "scorm12"])
    made = next((here / "small-out").glob("*.zip")).read_bytes()
    folder = here / "three-hundred"
    folder.mkdir()
    for number in range(300):
        (folder / f"{number}.zip").write_bytes(made)
    took = run([*SCORMKIT, "check", *map(str, sorted(folder.iterdir()))])
    yield "check of 300 small packages: time", f"{took.seconds:.1f} s", "20 s"
    yield "the same: memory", f"{took.memory:.0f} MB", "150 MB"


def _write(path: Path, pages: int, media: int, block: int) -> None:
    noise = bytes(range(256)) * (block // 256 + 1)
    names = [f"page-{number:04}.html" for number in range(pages)] + [
        f"media-{number:04}.jpg" for number in range(media)
    ]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        files = "\n".join(f'<file href="{name}"/>' for name in [*names, "api.js"])
        archive.writestr("imsmanifest.xml", MANIFEST.format(files=files))
        archive.writestr(
            "api.js", "addEventListener('pagehide', () => parent.API.LMSFinish('')); parent.API.LMSInitialize('');"
        )
        for number in range(pages):
            text = PAGE.format(number=number, following=(number + 1) % pages, paragraphs=PARAGRAPH * 20)
            archive.writestr(names[number], text)
        for name in names[pages:]:
            archive.writestr(zipfile.ZipInfo(name), b"\xff\xd8\xff\xe0" + noise[: block - 4])
