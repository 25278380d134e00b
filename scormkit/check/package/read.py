"""A path in, a frozen Package out: what kind of package it is, its manifest, items, resources and text files.

Only text files are unpacked, into memory and within bounds; media are never read.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import unquote

from scormkit.check.package import aicc, htmltree, xmltree
from scormkit.check.package.package import Item, Kind, Organization, Package, Resource, suffix
from scormkit.model.archive import ArchiveError
from scormkit.standards import manifests

if TYPE_CHECKING:
    from pathlib import Path

    from scormkit.check.package.xmltree import Node
    from scormkit.model.archive import Archive, Flaw

MANIFEST_BYTES = 16 * 2**20
TEXT_BYTES = 2 * 2**20  # of one text file
TEXTS_BYTES = 32 * 2**20  # of all of them
ELEMENTS = 200_000  # of all pages: about 100 MB of memory
PAGES = (".html", ".htm", ".xhtml")
TEXTS = (*PAGES, ".css", ".js", ".mjs")


@dataclass(frozen=True)
class Opened:
    """A package, and the manifest's fault where it is not well-formed."""

    package: Package
    malformed: xmltree.Malformed | None = None


def read(archive: Archive, shown: str) -> Opened:
    """Reads the package in `archive`; `shown` is its path as messages name it."""
    manifest = min(manifest_names(archive), key=_rank, default="")
    root = posixpath.dirname(manifest)
    package = Package(shown, archive, root=f"{root}/" if root else "", manifest_name=manifest)
    return _described(_with_files(package), archive)


def manifest_names(archive: Archive) -> list[str]:
    """The entries that could be a manifest, whatever the case of their names."""
    return [
        name
        for name in archive.files
        if posixpath.basename(name).lower() in manifests.MANIFESTS or suffix(name) in manifests.AICC
        if not is_junk(name)
    ]


def is_junk(name: str) -> bool:
    """What operating systems leave behind in archives."""
    base = name.rstrip("/").rpartition("/")[2]
    return (
        name.startswith("__MACOSX/")
        or base.startswith("._")
        or base.lower() in (".ds_store", "thumbs.db", "desktop.ini")
    )


def _rank(name: str) -> tuple[int, bool, int, str]:
    """The manifest that an LMS takes: nearest to the root, spelt right, the best known standard."""
    base = posixpath.basename(name)
    known = manifests.MANIFESTS
    order = known.index(base.lower()) if base.lower() in known else len(known)
    return name.count("/"), base not in known, order, name


def read_manifest(path: Path, shown: str) -> Opened:
    """Reads a manifest that stands on its own, as cmi5 14.2 allows. Raises OSError."""
    with path.open("rb") as file:
        data = file.read(MANIFEST_BYTES)
    return _parsed(Package(shown, manifest_name=path.name, manifest_bytes=data, kind=Kind.CMI5))


def _described(package: Package, archive: Archive) -> Opened:
    if not package.manifest_name:
        return Opened(package)
    if suffix(package.manifest_name) in manifests.AICC:
        return Opened(replace(package, kind=Kind.AICC, organizations=aicc.course(_aicc_texts(package, archive))))
    kind = _kind_by_name(package.manifest_name)
    try:
        data = archive.read(package.manifest_name, MANIFEST_BYTES)
    except ArchiveError as error:
        fault = xmltree.Malformed(f"it cannot be read ({error.flaw.kind})", 0, 0)
        return Opened(replace(package, kind=kind), fault)
    return _parsed(replace(package, manifest_bytes=data, kind=kind))


def _aicc_texts(package: Package, archive: Archive) -> dict[str, str]:
    """The files of a course structure that stand beside each other, by their extensions."""
    found = {}
    for name, entry in package.names.items():
        if "/" not in name and suffix(name) in manifests.AICC and suffix(name) not in found:
            with suppress(ArchiveError):
                found[suffix(name)] = _decode(archive.read(entry, TEXT_BYTES))
    return found


def _kind_by_name(name: str) -> Kind:
    base = posixpath.basename(name).lower()
    return {"cmi5.xml": Kind.CMI5, "tincan.xml": Kind.XAPI}.get(base, Kind.UNKNOWN)


def _parsed(package: Package) -> Opened:
    try:
        root = xmltree.parse(package.manifest_bytes)
    except xmltree.Malformed as error:
        return Opened(package, error)
    kind, edition = _kind(root)
    if kind is Kind.UNKNOWN:
        kind = package.kind
    package = replace(package, manifest=root, kind=kind, edition=edition)
    if root.name == "courseStructure":
        return Opened(replace(package, organizations=_course(root)))
    if root.name == "tincan":
        return Opened(replace(package, organizations=_activities(root)))
    resources = tuple(_resources(root))
    by_identifier = {r.identifier: r for r in reversed(resources)}
    return Opened(replace(package, resources=resources, organizations=tuple(_organizations(root, by_identifier))))


def _kind(root: Node) -> tuple[Kind, str]:
    """The standard and its edition, by what the manifest says of itself and by the namespaces it uses."""
    if root.name == "courseStructure":
        return Kind.CMI5, ""
    if root.name == "tincan":
        return Kind.XAPI, ""
    if root.name != "manifest":
        return Kind.UNKNOWN, ""
    metadata = root.first("metadata")
    schema, version = (
        (child.value.lower() if metadata and (child := metadata.first(name)) else "")
        for name in ("schema", "schemaversion")
    )
    used = {n.namespace for n in root.walk} | {
        key[1:].partition("}")[0] for n in root.walk for key in n.attributes if key.startswith("{")
    }
    if "common cartridge" in schema or any("imsccv1p" in namespace for namespace in used):
        return Kind.CARTRIDGE, version
    if manifests.ADLCP_2004 in used or (version in manifests.VERSIONS and manifests.ADLCP_12 not in used):
        return Kind.SCORM2004, manifests.VERSIONS.get(version, "")
    if version == "1.2" or manifests.ADLCP_12 in used or schema == "adl scorm":
        return Kind.SCORM12, ""
    return Kind.IMS_CP, ""


def _with_files(package: Package) -> Package:
    """The package with its files and the text of those that hold text."""
    archive, prefix = package.archive, package.root
    assert archive is not None  # a manifest on its own has no files
    names = {name[len(prefix) :]: entry for name, entry in archive.files.items() if name.startswith(prefix)}
    folded: dict[str, str] = {}
    for name in names:
        folded.setdefault(name.lower(), name)
    texts: dict[str, str] = {}
    pages: dict[str, htmltree.Page] = {}
    damaged: list[Flaw] = []
    unread, left, elements = 0, TEXTS_BYTES, ELEMENTS
    for name, entry in names.items():
        if suffix(name) not in TEXTS or is_junk(entry.name):
            continue
        if entry.size > TEXT_BYTES or entry.size > left or elements <= 0:
            unread += 1
            continue
        try:
            data = archive.read(entry)
        except ArchiveError as error:
            damaged.append(error.flaw)
            continue
        left -= len(data)
        texts[name] = _decode(data)
        if suffix(name) in PAGES:
            pages[name] = htmltree.parse(texts[name])
            elements -= len(pages[name].elements)
    return replace(package, names=names, folded=folded, texts=texts, pages=pages, damaged=tuple(damaged), unread=unread)


def _decode(data: bytes) -> str:
    """As a browser does that is told nothing: a byte order mark, else UTF-8, else Latin-1."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _resources(root: Node) -> list[Resource]:
    found = []
    above = _base(root)
    for group in root.all("resources"):
        for node in group.all("resource"):
            base = above + _base(group) + _base(node)
            href = node.attributes.get("href")
            found.append(
                Resource(
                    identifier=node.get("identifier"),
                    type=node.get("type"),
                    scorm_type=(node.local("scormtype") or node.local("scormType") or "").lower(),
                    href=None if href is None else join(base, href.strip()),
                    files=tuple((join(base, f.get("href")), f) for f in node.all("file")),
                    dependencies=tuple(d.get("identifierref") for d in node.all("dependency")),
                    base=base,
                    node=node,
                )
            )
    return found


def _base(node: Node) -> str:
    return node.get(f"{{{xmltree.XML_NAMESPACE}}}base")


def join(base: str, href: str) -> str:
    """A reference below an xml:base, still as it is written."""
    if not base or "://" in href or href.startswith("/"):
        return href
    return posixpath.join(base, href) if href else base


def _organizations(root: Node, resources: Mapping[str, Resource]) -> list[Organization]:
    return [
        Organization(node.get("identifier"), _title(node), tuple(_item(n, resources) for n in node.all("item")), node)
        for group in root.all("organizations")
        for node in group.all("organization")
    ]


def _title(node: Node) -> str:
    title = node.first("title")
    return title.value if title else ""


def _item(node: Node, resources: Mapping[str, Resource]) -> Item:
    reference = node.get("identifierref")
    resource = resources.get(reference)
    return Item(
        identifier=node.get("identifier"),
        title=_title(node),
        launch=_entry_path(resource.href) if resource and resource.href else None,
        items=tuple(_item(child, resources) for child in node.all("item")),
        node=node,
        reference=reference,
        visible=node.get("isvisible", "true").lower() not in ("false", "0"),
    )


def _entry_path(href: str) -> str:
    """A reference as a path inside the package, where it is one."""
    if "://" in href:
        return href
    bare, mark, rest = href.partition("?")
    if not mark:
        bare, mark, rest = href.partition("#")
    return posixpath.normpath(unquote(bare)) + mark + rest if bare else href


def _course(root: Node) -> tuple[Organization, ...]:
    """cmi5 13.1: the course with its blocks and AUs."""
    course = root.first("course")
    if course is None:
        return ()
    items = tuple(_unit(n) for n in root.children if n.name in ("au", "block"))
    return (Organization(course.get("id"), words(course, "title"), items, course),)


def _unit(node: Node) -> Item:
    url = node.first("url")
    return Item(
        identifier=node.get("id"),
        title=words(node, "title"),
        launch=_entry_path(url.text.strip()) if url is not None and url.text.strip() else None,
        items=tuple(_unit(n) for n in node.children if n.name in ("au", "block")),
        node=node,
    )


def words(node: Node, name: str) -> str:
    """The first langstring of a cmi5 text."""
    text = node.first(name)
    return next((n.value for n in text.all("langstring")), "") if text else ""


def _activities(root: Node) -> tuple[Organization, ...]:
    nodes = [n for group in root.all("activities") for n in group.all("activity")]
    if not nodes:
        return ()
    items = tuple(
        Item(
            identifier=node.get("id"),
            title=name.value if (name := node.first("name")) else "",
            launch=_entry_path(launch.text.strip())
            if (launch := node.first("launch")) and launch.text.strip()
            else None,
            items=(),
            node=node,
        )
        for node in nodes
    )
    return (Organization("", items[0].title, items, root),)
