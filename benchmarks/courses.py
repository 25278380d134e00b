"""Courses of any size, made of text that differs from page to page but never between two runs."""

from __future__ import annotations

import random
import struct
import zlib
from pathlib import Path

WORDS = """
    care baby family parent team plan listen share notice together feeding position comfort voice space
    time choice trust learn practice question answer evidence limit reason small gentle clear early
    ready
""".split()


def write_course(folder: Path, pages: int, questions: int, name: str = "measured", images: bool = False) -> Path:
    """A course of `pages` pages of about 150 words with `questions` questions in all, spread evenly; one picture a page
    with `images`. Returns `folder`.
    """
    dice = random.Random(pages * 1000 + questions)
    (folder / "pages").mkdir(parents=True)
    (folder / "course.yaml").write_text(
        f'id: https://courses.scormkit.test/{name}\ntitle: "Measured course {name}"\nversion: 1.0.0\n'
        f"completion: pages-and-assessment\nsummary: A course for measuring.\n"
    )
    if images:
        (folder / "media").mkdir()
    asked = 0
    for page in range(1, pages + 1):
        due = questions * page // pages
        asks = [_question(dice, number) for number in range(asked + 1, due + 1)]
        asked = due
        picture = ""
        if images:
            (folder / "media" / f"figure-{page:03}.png").write_bytes(_png(dice))
            picture = f"\n![A pattern of soft squares, number {page}](../media/figure-{page:03}.png)\n"
        kind = "type: assessment\n" if page == pages and asks else ""
        text = f"---\ntitle: Page {page} about {dice.choice(WORDS)}\nid: page-{page}\n{kind}---\n\n"
        text += "\n\n".join(_paragraph(dice) for _ in range(3)) + "\n" + picture + "\n" + "\n".join(asks)
        (folder / "pages" / f"{page:04}-page.md").write_text(text)
    return folder


def _paragraph(dice: random.Random) -> str:
    return " ".join(dice.choice(WORDS) for _ in range(50)).capitalize() + "."


def _question(dice: random.Random, number: int) -> str:
    options = dice.sample(WORDS, 4)
    right = dice.randrange(4)
    lines = [f"- [{'x' if i == right else ' '}] {word}\n  > About {word}." for i, word in enumerate(options)]
    return "\n".join([f":::{{choice}} Which word is number {number}?", f":id: word-{number}", *lines, ":::", ""])


def _png(dice: random.Random) -> bytes:
    """A small picture, about 20 KB, as PNG (ISO/IEC 15948)."""
    side = 96
    rows = b"".join(b"\0" + dice.randbytes(side * 2) + bytes(side) for _ in range(side))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
