"""scormkit.load.media and svg: what a file is, how big its picture is, and what no drawing may hold."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scormkit.load.media import size, sniff, svg_size
from scormkit.load.svg import check_svg
from scormkit.model.source import Span

PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 640, 480) + b"\x08\x06\x00\x00\x00"
GIF = b"GIF89a" + struct.pack("<HH", 20, 10)
JPEG = (
    b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\x00" * 9 + b"\xff\xc0\x00\x11\x08" + struct.pack(">HH", 300, 400) + b"\x03"
)
WEBP = b"RIFF\x00\x00\x00\x00WEBP"
LOSSY = WEBP + b"VP8 \x00\x00\x00\x00\x00\x00\x00\x9d\x01\x2a" + struct.pack("<HH", 50, 60)
LOSSLESS = WEBP + b"VP8L\x00\x00\x00\x00\x2f" + struct.pack("<I", (70 - 1) | (80 - 1) << 14)
EXTENDED = (
    WEBP + b"VP8X\x0a\x00\x00\x00\x00\x00\x00\x00" + (90 - 1).to_bytes(3, "little") + (100 - 1).to_bytes(3, "little")
)
AVIF = b"\x00\x00\x00\x1cftypavif" + b"\x00" * 20 + b"\x00\x00\x00\x14ispe" + struct.pack(">III", 0, 32, 16)


@pytest.mark.parametrize(
    ("head", "content", "pixels"),
    [
        (PNG, "png", (640, 480)),
        (GIF, "gif", (20, 10)),
        (JPEG, "jpeg", (400, 300)),
        (LOSSY, "webp", (50, 60)),
        (LOSSLESS, "webp", (70, 80)),
        (EXTENDED, "webp", (90, 100)),
        (AVIF, "avif", (32, 16)),
        (b"%PDF-1.7", "pdf", (0, 0)),
        (b"ID3\x03", "mp3", (0, 0)),
        (b"\xff\xfb\x90", "mp3", (0, 0)),
        (b"\x00\x00\x00\x18ftypmp42", "mp4", (0, 0)),
        (b"PK\x03\x04", "zip", (0, 0)),
        (b"<!DOCTYPE html><p>", "html", (0, 0)),
        (b"<?xml version='1.0'?>\n<!-- a --><svg xmlns='x'>", "svg", (0, 0)),
        (b"<!-- a --><!-- b -->\n<!DOCTYPE svg><!---->  <svg>", "svg", (0, 0)),
        (b"<!---->" * 500 + b"<g>", "text", (0, 0)),  # no end of looking for the <svg
        (b"WEBVTT\n", "vtt", (0, 0)),
        (b"\x00\x01", "", (0, 0)),
        (b"", "", (0, 0)),
    ],
)
def test_files_show_what_they_are(head: bytes, content: str, pixels: tuple[int, int]) -> None:
    assert sniff(head) == content
    assert size(head, content) == pixels


@given(st.sampled_from([PNG, GIF, JPEG, LOSSY, LOSSLESS, EXTENDED, AVIF]), st.integers(0, 60), st.binary(max_size=8))
def test_broken_pictures_have_no_size_and_raise_nothing(head: bytes, cut: int, junk: bytes) -> None:
    broken = head[:cut] + junk
    width, height = size(broken, sniff(broken))
    assert width >= 0 and height >= 0


@pytest.mark.parametrize(
    ("text", "pixels"),
    [
        ("<svg width='30' height='20.4'/>", (30, 20)),
        ('<svg width="30px" height="20px" viewBox="0 0 1 1"/>', (30, 20)),
        ("<svg width='100%' height='100%' viewBox='0 0 640 480'/>", (640, 480)),
        ("<svg viewBox='0,0,64,48'/>", (64, 48)),
        ("<svg viewBox='a b c d'/>", (0, 0)),
        ("<svg viewBox='0 0 inf 1'/>", (0, 0)),
        (f"<svg width='{'9' * 400}' height='1'/>", (0, 0)),
        ("<svg/>", (0, 0)),
    ],
)
def test_drawings_have_the_size_that_they_say(text: str, pixels: tuple[int, int]) -> None:
    assert svg_size(text) == pixels


@pytest.mark.parametrize(
    ("inside", "problem"),
    [
        ("<script>x</script>", "a.svg:2:1: error MED003: this SVG contains a script"),
        ("<g onclick='x'/>", "a.svg:2:1: error MED003: this SVG contains the event handler 'onclick'"),
        ("<foreignObject/>", "a.svg:2:1: error MED003: this SVG contains foreign content"),
        ("<a xlink:href='javascript:x'/>", "a.svg:2:1: error MED003: this SVG contains a script address"),
        (
            "<image href='https://example.org/x.png'/>",
            "a.svg:2:1: error MED004: this SVG loads 'https://example.org/x.png'",
        ),
        ("<g style='fill:url(//example.org/x)'/>", "a.svg:2:1: error MED004: this SVG loads '//example.org/x'"),
        ("<style>@import 'https://example.org/x.css';</style>", "a.svg:2:8: error MED004"),
        ("<g>", "a.svg:3:3: error MED005: this SVG is not well-formed: mismatched tag"),
    ],
)
def test_what_no_drawing_may_hold(inside: str, problem: str) -> None:
    (found,) = check_svg(f"<svg xmlns:xlink='http://www.w3.org/1999/xlink'>\n{inside}\n</svg>", Span("a.svg"))
    assert str(found).startswith(problem), str(found)


def test_entities_are_refused_before_they_grow() -> None:
    bomb = "<!DOCTYPE svg [<!ENTITY a 'aaaaaaaaaa'>" + "".join(
        f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9)
    )
    found = check_svg(f"{bomb}]><svg>&j;</svg>", Span("a.svg"))
    assert found and all(problem.id in ("MED003", "MED005") for problem in found)


def test_drawings_may_link_and_use_what_they_hold() -> None:
    text = "<svg><defs/><use href='#a'/><a href='https://example.org'/><image href='data:image/png;base64,AA=='/></svg>"
    assert check_svg(text, Span("a.svg")) == []
