"""Content: the files of a package, from a zip, a folder or a build in memory; out come HTTP answers, ranges included."""

from __future__ import annotations

import mimetypes
import re
import shutil
import weakref
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from scormkit.model.archive import Archive, open_archive
from scormkit.preview.records import Facts

if TYPE_CHECKING:
    from lxml import etree
    from starlette.responses import Response

SMALL = 4 * 1024 * 1024
"""Bytes up to which a file of a zip is kept in memory."""

TYPES = {
    ".js": "text/javascript", ".vtt": "text/vtt", ".webp": "image/webp", ".avif": "image/avif",
    ".woff2": "font/woff2", ".m4a": "audio/mp4", ".mp4": "video/mp4", ".md": "text/plain",
}  # fmt: skip


@dataclass(frozen=True)
class Content:
    """A package's files by their path in it; a Path stands for a file's bytes on disk."""

    files: Mapping[str, bytes | Path] = field(repr=False)

    @classmethod
    def open(cls, path: Path) -> Content:
        """A zip or an unpacked package; large files of a zip are laid aside on disk. Raises ArchiveError where it is neither."""
        with open_archive(path) as archive:
            if not archive.is_zip:
                return cls({name: path / name for name, entry in archive.files.items() if not entry.is_link})
            return cls._unpacked(archive)

    @classmethod
    def _unpacked(cls, archive: Archive) -> Content:
        files: dict[str, bytes | Path] = {
            name: archive.read(entry) for name, entry in archive.files.items() if entry.size <= SMALL
        }
        large = [name for name in archive.files if name not in files]
        if not large:
            return cls(files)
        folder = Path(mkdtemp(prefix="scormkit-preview-"))
        content = cls(files)
        weakref.finalize(content, shutil.rmtree, folder, ignore_errors=True)
        for number, name in enumerate(large):
            files[name] = folder / str(number)  # never by the name in the zip
            with (folder / str(number)).open("wb") as file:
                file.writelines(archive.stream(name))
        return content

    @cached_property
    def manifest(self) -> Manifest:
        """What the package says of itself."""
        for name, read in READERS.items():
            if name in self.files:
                return read(self._parsed(name))
        return Manifest()

    def _parsed(self, name: str) -> etree._Element:
        from lxml import etree

        data = self.files[name]
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        return etree.fromstring(data if isinstance(data, bytes) else data.read_bytes(), parser)

    def answer(self, path: str, headers: Mapping[str, str]) -> Response:
        """The file at `path`, or the part of it that a Range header asks for; 404 where there is none."""
        from starlette.responses import FileResponse, PlainTextResponse, Response

        data = self.files.get(path)
        if data is None:
            return PlainTextResponse(f"{path} is not in the package", 404)
        kind = TYPES.get(Path(path).suffix.lower()) or mimetypes.guess_type(path)[0] or "application/octet-stream"
        more = {"Cache-Control": "no-store", "Accept-Ranges": "bytes"}
        if isinstance(data, Path):
            return FileResponse(data, media_type=kind, headers=more)
        part = _range(headers.get("range", ""), len(data))
        if part is None:
            return Response(data, media_type=kind, headers=more)
        if not part:
            return Response(status_code=416, headers={**more, "Content-Range": f"bytes */{len(data)}"})
        more["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{len(data)}"
        return Response(data[part.start : part.stop], 206, media_type=kind, headers=more)


@dataclass(frozen=True)
class Manifest:
    """How a package is launched: its page, its title, its xAPI activity, and what the host is told."""

    launch: str = "index.html"
    title: str = ""
    activity: str = ""
    facts: Facts = field(default_factory=Facts)


def _range(header: str, size: int) -> range | None:
    """The bytes asked for (RFC 9110 14.2, one range): None for all of them, an empty range where there are none."""
    match = re.fullmatch(r"bytes=(\d*)-(\d*)", header.strip())
    if not match or not (match[1] or match[2]):
        return None
    if not match[1]:
        return range(max(0, size - int(match[2])), size)
    first, last = int(match[1]), int(match[2]) if match[2] else size - 1
    return range(first, min(last + 1, size))


def _text(element: etree._Element, path: str) -> str:
    found = element.find(path)
    return (found.text or "").strip() if found is not None else ""


def _scorm(root: etree._Element) -> Manifest:
    """SCORM 1.2 Content Aggregation Model 2.3: the first item's resource, and what adlcp adds to the item."""
    resources = {str(item.get("identifier")): item for item in root.iterfind(".//{*}resource")}
    item = next((item for item in root.iterfind(".//{*}item") if item.get("identifierref") in resources), None)
    resource = resources[str(item.get("identifierref"))] if item is not None else None
    if item is None or resource is None:
        return Manifest()
    facts = Facts(_text(item, "{*}datafromlms"), _text(item, "{*}masteryscore"))
    launch = f"{resource.get('href') or 'index.html'}{item.get('parameters') or ''}"
    return Manifest(launch, _text(root, ".//{*}organization/{*}title") or _text(item, "{*}title"), facts=facts)


def _tincan(root: etree._Element) -> Manifest:
    activity = next((a for a in root.iterfind(".//{*}activity") if a.find("{*}launch") is not None), None)
    if activity is None:
        return Manifest()
    return Manifest(_text(activity, "{*}launch"), _text(activity, "{*}name"), str(activity.get("id") or ""))


def _cmi5(root: etree._Element) -> Manifest:
    unit = root.find(".//{*}au")
    if unit is None:
        return Manifest()
    return Manifest(_text(unit, "{*}url"), _text(unit, "{*}title/{*}langstring"), str(unit.get("id") or ""))


READERS = {"imsmanifest.xml": _scorm, "tincan.xml": _tincan, "cmi5.xml": _cmi5}
"""What an LMS reads of a package, and learners never see."""
