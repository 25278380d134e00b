"""Archive: a package's names and bytes. Opens any zip or folder safely and lazily; writes a zip that is always the same.

    with open_archive(path) as archive:          # a zip or an unpacked folder; ArchiveError where it is neither
        archive.flaws                            # facts: links, traversal, overlaps, lying headers, ...
        archive.files["imsmanifest.xml"].size    # Entry objects by name
        archive.read("imsmanifest.xml")          # bytes, with a limit; ArchiveError where it is damaged or too large

    write(path, {"imsmanifest.xml": b"...", "media/film.mp4": Path("...")})

Opening reads the directory only, and at most MAX_ENTRIES of it; memory and time are bounded whatever the file says.
"""

from __future__ import annotations

from pathlib import Path

from scormkit.model.archive.entry import (
    MAX_DIRECTORY,
    MAX_ENTRIES,
    MAX_READ,
    Archive,
    ArchiveError,
    Entry,
    Flaw,
    FlawKind,
)
from scormkit.model.archive.writing import Content, write, write_aside, write_beside

__all__ = [
    "MAX_DIRECTORY",
    "MAX_ENTRIES",
    "MAX_READ",
    "Archive",
    "ArchiveError",
    "Content",
    "Entry",
    "Flaw",
    "FlawKind",
    "open_archive",
    "write",
    "write_aside",
    "write_beside",
]


def open_archive(path: Path | str) -> Archive:
    """Opens a zip file or an unpacked folder. Raises ArchiveError where it is neither, or cannot be read."""
    path = Path(path)
    if path.is_dir():
        from scormkit.model.archive.folder import FolderArchive

        return FolderArchive(path)
    from scormkit.model.archive.zipped import ZipArchive

    return ZipArchive(path)
