"""What is wrong with the names of entries, and with entries beside each other: Entry objects in, flaws out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from scormkit.model.archive.entry import DEFLATED, STORED, Entry, Flaw, FlawKind

RATIO = 200
"""Text shrinks to a hundredth at the very best; deflate itself cannot do more than 1,032 to 1."""

RATIO_FROM = 10 * 1024 * 1024
"""Unpacked bytes below which no ratio is dangerous."""

DEPTH = 32
"""Folders in folders that are looked at."""


def entry_flaws(entry: Entry) -> Iterator[Flaw]:
    """What one entry's description says against it."""
    for kind in _name_flaws(entry.name):
        yield Flaw(kind, entry.name)
    if entry.raw and not entry.raw.isascii() and (not entry.is_utf8 or "\ufffd" in entry.name):
        yield Flaw(FlawKind.ENCODING, entry.name)
    if entry.is_link:
        yield Flaw(FlawKind.LINK, entry.name)
    if entry.is_special:
        yield Flaw(FlawKind.SPECIAL, entry.name)
    if entry.is_encrypted:
        yield Flaw(FlawKind.ENCRYPTED, entry.name)
    if entry.method not in (STORED, DEFLATED):
        yield Flaw(FlawKind.METHOD, entry.name, str(entry.method))
    if entry.version >= 45:
        yield Flaw(FlawKind.ZIP64, entry.name)
    if entry.size > RATIO_FROM and entry.size > entry.compressed * RATIO:
        yield Flaw(FlawKind.RATIO, entry.name, f"{entry.size // max(entry.compressed, 1)}:1")


def _name_flaws(name: str) -> Iterator[FlawKind]:
    parts = name.replace("\\", "/").split("/")
    if ".." in parts:
        yield FlawKind.TRAVERSAL
    if name.startswith(("/", "\\")) or re.match(r"[A-Za-z]:", name):
        yield FlawKind.ABSOLUTE
    if "\\" in name:
        yield FlawKind.BACKSLASH
    if re.search(r"[\x00-\x1f\x7f-\x9f]", name):
        yield FlawKind.CONTROL
    inner = parts[1:] if name.startswith(("/", "\\")) else parts
    inner = inner[:-1] if len(inner) > 1 and not inner[-1] else inner
    if any(not part.strip() or part == "." for part in inner):
        yield FlawKind.EMPTY_NAME


def beside_flaws(entries: Sequence[Entry]) -> Iterator[Flaw]:
    """What is wrong with entries beside each other: duplicates, names that differ by case only, files as folders."""
    seen: set[str] = set()
    folded: dict[str, str] = {}
    files = {entry.name for entry in entries if not entry.is_folder}
    for entry in entries:
        name = entry.name.rstrip("/")
        if name in seen:
            yield Flaw(FlawKind.DUPLICATE, entry.name)
        elif (other := folded.setdefault(name.casefold(), name)) != name:
            yield Flaw(FlawKind.CASE, entry.name, other)
        seen.add(name)
    shadowed = {folder for entry in entries for folder in _folders(entry) if folder in files}
    yield from (Flaw(FlawKind.SHADOWED, name) for name in sorted(shadowed))


def _folders(entry: Entry) -> Iterator[str]:
    """The folders that an entry is or stands in, but for those deeper than anybody's (65,535 slashes are no path)."""
    end = entry.name.find("/")
    for _ in range(DEPTH):
        if end < 0:
            return
        yield entry.name[:end]
        end = entry.name.find("/", end + 1)
