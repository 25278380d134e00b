"""FolderArchive: an unpacked package read like a zip. Links are listed, never followed."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from scormkit.model.archive.entry import MAX_ENTRIES, Archive, ArchiveError, Entry, Flaw, FlawKind
from scormkit.model.archive.names import beside_flaws, entry_flaws

PIECE = 256 * 1024


class FolderArchive(Archive):
    """A folder on disk; entries are in the order of their names."""

    is_zip = False

    def __init__(self, path: Path) -> None:
        """Lists the folder at `path`; what cannot be listed becomes a flaw."""
        self.path = path
        self._walk_flaws: list[Flaw] = []
        found: list[Entry] = []
        for entry in self._walk():
            if len(found) == MAX_ENTRIES:
                self._walk_flaws.append(Flaw(FlawKind.TOO_MANY, "", f"{MAX_ENTRIES}+"))
                break
            found.append(entry)
        self.entries = tuple(sorted(found, key=lambda entry: entry.name))

    def _walk(self) -> Iterator[Entry]:
        waiting = [""]
        while waiting:
            folder = waiting.pop()
            try:
                listed = list(os.scandir(self.path / folder))
            except OSError as error:
                self._walk_flaws.append(Flaw(FlawKind.UNREADABLE, folder, error.strerror or ""))
                continue
            for item in listed:
                name = folder + item.name
                try:
                    status = item.stat(follow_symlinks=False)
                except OSError as error:
                    self._walk_flaws.append(Flaw(FlawKind.UNREADABLE, name, error.strerror or ""))
                    continue
                if stat.S_ISDIR(status.st_mode):
                    waiting.append(name + "/")
                else:
                    yield Entry(
                        name, status.st_size, status.st_size, mode=status.st_mode, raw=os.fsencode(name), flags=0x800
                    )

    @cached_property
    def flaws(self) -> tuple[Flaw, ...]:
        own = [flaw for entry in self.entries for flaw in entry_flaws(entry)]
        return (*self._walk_flaws, *own, *beside_flaws(self.entries))

    def stream(self, entry: Entry | str, limit: int | None = None) -> Iterator[bytes]:
        if isinstance(entry, str):
            entry = self[entry]
        for wrong, kind in ((entry.is_link, FlawKind.LINK), (entry.is_special, FlawKind.SPECIAL)):
            if wrong:
                raise ArchiveError(Flaw(kind, entry.name))
        if limit is not None and entry.size > limit:
            raise ArchiveError(Flaw(FlawKind.TOO_LARGE, entry.name, str(entry.size)))
        return self._pieces(entry)

    def _pieces(self, entry: Entry) -> Iterator[bytes]:
        left = entry.size
        try:
            # O_NOFOLLOW: what was a file when the folder was listed may have been swapped for a link since.
            handle = os.open(
                self.path / entry.name, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
            )
            with os.fdopen(handle, "rb", buffering=0) as file:
                while left and (piece := file.read(min(PIECE, left))):
                    left -= len(piece)
                    yield piece
                if left or file.read(1):
                    raise ArchiveError(Flaw(FlawKind.SIZE, entry.name, "changed while it was read"))
        except OSError as error:
            raise ArchiveError(Flaw(FlawKind.UNREADABLE, entry.name, error.strerror or "")) from error

    def close(self) -> None:
        """Nothing is held open."""
