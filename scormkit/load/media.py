"""Media files: what their first bytes show them to be, and how many pixels pictures have.

In: a file. Out: `Media`, and problems of SVG files that carry scripts. Only the beginning of a file is read.
"""

from __future__ import annotations

import re
import struct

from scormkit.load.files import UNREADABLE, Found
from scormkit.load.svg import check_svg
from scormkit.model.course import Media
from scormkit.model.problem import Problem
from scormkit.model.source import Span

HEAD = 65_536
"""Bytes that are looked at: a JPEG's size can stand behind its metadata."""

SVG_LIMIT = 2_000_000

_BEGINNINGS = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF8", "gif"),
    (b"WEBVTT", "vtt"),
    (b"\xef\xbb\xbfWEBVTT", "vtt"),
    (b"%PDF", "pdf"),
    (b"ID3", "mp3"),
    (b"wOF2", "woff2"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"OggS", "ogg"),
    (b"fLaC", "flac"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"\x1aE\xdf\xa3", "webm"),
    (b"\x1f\x8b", "gzip"),
    (b"\xd0\xcf\x11\xe0", "office"),
)
_HTML = re.compile(rb"\s*(<!doctype html|<html|<head|<script)", re.IGNORECASE)
# Possessive: a comment ends at its first `-->`; looking for others takes for ever where no <svg follows.
_SVG = re.compile(rb"\s*(<\?xml[^>]*>\s*)?(?>(<!--.*?-->|<!DOCTYPE[^>]*>)\s*)*+<svg[\s>]", re.DOTALL)
_SVG_TAG = re.compile(r"<svg\b([^<>]*)>")
_ATTRIBUTE = re.compile(r"\b(width|height|viewBox)\s*=\s*[\"']([^\"']*)[\"']")
_NUMBER = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(?:px)?\s*\Z")


def read_media(found: Found, path: str, span: Span, problems: list[Problem]) -> Media:
    """The file `found` as it goes into the package at `path`."""
    try:
        head = found.read(HEAD)
        content = sniff(head)
        if content == "svg" or path.lower().endswith(".svg"):
            text = (head if found.size <= HEAD else found.read(SVG_LIMIT)).decode("utf-8", "replace")
            problems += check_svg(text, span)
            width, height = svg_size(text)
        else:
            width, height = size(head, content)
    except OSError as error:
        problems.append(UNREADABLE.at(span, why=error.strerror or str(error)))
        content, width, height = "", 0, 0
    return Media(path, found.file, found.size, content, width, height, found.data)


def sniff(head: bytes) -> str:
    """What a file that begins with `head` is; empty where that does not show."""
    for beginning, name in _BEGINNINGS:
        if head.startswith(beginning):
            return name
    if head[4:8] == b"ftyp":
        return "avif" if head[8:12] in (b"avif", b"avis") else "mp4"
    if head.startswith(b"RIFF"):
        return {b"WEBP": "webp", b"WAVE": "wav", b"AVI ": "avi"}.get(head[8:12], "")
    if head[:1] == b"\xff" and len(head) > 1 and head[1] & 0xE6 in (0xE2, 0xE4, 0xE6):
        return "mp3"
    start = head[:4096].removeprefix(b"\xef\xbb\xbf")
    if _HTML.match(start):
        return "html"
    if _SVG.match(start):
        return "svg"
    if not head or b"\x00" in head:
        return ""
    try:
        head[:4096].decode("utf-8")
    except UnicodeDecodeError as error:
        return "text" if error.start > 4090 else ""
    return "text"


def size(head: bytes, content: str) -> tuple[int, int]:
    """Width and height in pixels of a picture that begins with `head`; 0, 0 where they cannot be told."""
    reader = {"png": _png, "gif": _gif, "jpeg": _jpeg, "webp": _webp, "avif": _avif}.get(content)
    try:
        return reader(head) if reader else (0, 0)
    except (struct.error, IndexError):
        return 0, 0


def svg_size(text: str) -> tuple[int, int]:
    """Width and height of an SVG, from its attributes or its viewBox."""
    tag = _SVG_TAG.search(text[:HEAD])
    said = dict(_ATTRIBUTE.findall(tag[1])) if tag else {}
    width, height = (_NUMBER.match(said.get(name, "")) for name in ("width", "height"))
    box = re.split(r"[\s,]+", said.get("viewBox", "").strip())
    both = (width[1], height[1]) if width and height else tuple(box[2:]) if len(box) == 4 else ("0", "0")
    try:
        return round(float(both[0])), round(float(both[1]))
    except (ValueError, OverflowError):
        return 0, 0


def _png(head: bytes) -> tuple[int, int]:
    width, height = struct.unpack(">II", head[16:24])  # PNG 3rd ed., 11.2.1 IHDR
    return width, height


def _gif(head: bytes) -> tuple[int, int]:
    width, height = struct.unpack("<HH", head[6:10])  # GIF89a, 18 Logical Screen Descriptor
    return width, height


def _jpeg(head: bytes) -> tuple[int, int]:
    """Walks the segments to the first frame header (ITU-T T.81, B.2.2: SOF0 to SOF15 but DHT, JPG and DAC)."""
    at = 2
    while at + 9 < len(head):
        if head[at] != 0xFF:
            return 0, 0
        marker = head[at + 1]
        if marker == 0xFF:  # fill bytes
            at += 1
        elif 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", head[at + 5 : at + 9])
            return width, height
        else:
            at += 2 + int.from_bytes(head[at + 2 : at + 4], "big")
    return 0, 0


def _webp(head: bytes) -> tuple[int, int]:
    """RFC 9649, 2.4 to 2.7: lossy, lossless and extended files."""
    kind = head[12:16]
    if kind == b"VP8 ":
        width, height = struct.unpack("<HH", head[26:30])
        return width & 0x3FFF, height & 0x3FFF
    if kind == b"VP8L":
        bits = struct.unpack("<I", head[21:25])[0]
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8X":
        return int.from_bytes(head[24:27], "little") + 1, int.from_bytes(head[27:30], "little") + 1
    return 0, 0


def _avif(head: bytes) -> tuple[int, int]:
    """The largest `ispe` property (ISO/IEC 23008-12, 6.5.3); thumbnails and grid tiles are smaller."""
    sizes = [struct.unpack(">II", head[m.end() + 4 : m.end() + 12]) for m in re.finditer(rb"ispe", head[:8192])]
    width, height = max(sizes, default=(0, 0))
    return width, height
