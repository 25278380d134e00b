"""A Report's package in, what it is in plain words and numbers out: for the JSON and HTML reports."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scormkit.check.package.package import Kind, suffix
from scormkit.check.package.read import is_junk, words

if TYPE_CHECKING:
    from scormkit.check.package.package import Item, Package
    from scormkit.check.package.xmltree import Node

SORTS = {
    "pages": (".html", ".htm", ".xhtml"),
    "scripts": (".js", ".mjs", ".wasm"),
    "styles": (".css",),
    "images": (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".bmp", ".ico"),
    "sound": (".mp3", ".m4a", ".wav", ".ogg", ".aac"),
    "video": (".mp4", ".webm", ".mov", ".avi", ".wmv", ".ogv", ".m4v", ".flv"),
    "captions": (".vtt", ".srt"),
    "fonts": (".woff2", ".woff", ".ttf", ".otf", ".eot"),
    "documents": (".pdf", ".doc", ".docx", ".ppt", ".pptx", ".xls", ".xlsx", ".txt"),
}
_SORT = {end: sort for sort, ends in SORTS.items() for end in ends}


@dataclass(frozen=True)
class Description:
    """What a package is. `sizes` are unpacked bytes and numbers of files by sort, the largest first."""

    standard: str
    title: str
    language: str
    summary: str
    version: str
    launch: str
    launched: int
    scos: int
    files: int
    size: int
    packed: int
    sizes: tuple[tuple[str, int, int], ...]
    items: tuple[Item, ...]


def describe(package: Package) -> Description:
    """The description of a package, as far as it can be read."""
    launches = package.launches
    sizes: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for name, entry in package.names.items():
        if not is_junk(entry.name):
            sort = _SORT.get(suffix(name), "other")
            sizes[sort][0] += entry.size
            sizes[sort][1] += 1
    entries = package.archive.entries if package.archive else ()
    edition = f" {package.edition}" if package.edition else ""
    return Description(
        standard=package.kind.label + edition,
        title=package.title,
        language=_language(package),
        summary=_summary(package),
        version=package.manifest.get("version") if package.manifest else "",
        launch=(launches[0].launch or "") if launches else "",
        launched=len(launches),
        scos=sum(1 for r in package.resources if r.scorm_type == "sco"),
        files=len(package.names),
        size=sum(entry.size for entry in entries),
        packed=sum(entry.compressed for entry in entries),
        sizes=tuple(sorted(((s, n, c) for s, (n, c) in sizes.items()), key=lambda row: -row[1])),
        items=package.default.items if package.default else (),
    )


def _language(package: Package) -> str:
    """What the metadata say, or else the launch page, or else the manifest's own texts."""
    if package.manifest is None:
        return ""
    for lom in package.manifest.under("lom"):
        for general in lom.all("general"):
            language = general.first("language")
            if language is not None and language.value:
                return language.value
    for name in package.launched_files:
        page = package.pages.get(name)
        if page and page.elements and page.elements[0].get("lang"):
            return page.elements[0].get("lang")
    return next((value for node in package.manifest.walk if (value := node.local("lang"))), "")


def _summary(package: Package) -> str:
    root = package.manifest
    if root is None:
        return ""
    if package.kind is Kind.CMI5:
        course = root.first("course")
        return words(course, "description") if course else ""
    if package.kind is Kind.XAPI:
        return next((node.value for node in root.under("description") if node.value), "")
    for lom in root.under("lom"):
        for general in lom.all("general"):
            description = general.first("description")
            if description is not None:
                return _text(description)
    return ""


def _text(node: Node) -> str:
    return " ".join(inner.value for inner in node.walk if inner.value)
