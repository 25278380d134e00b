"""What a package is: read once by read.py, frozen, and looked at by all rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from scormkit.model.source import Span

if TYPE_CHECKING:
    from scormkit.check.package.htmltree import Page
    from scormkit.check.package.xmltree import Node
    from scormkit.model.archive import Archive, Entry, Flaw


class Kind(StrEnum):
    """What standard a package is made for; the values are the names of formats in host profiles where there is one."""

    SCORM12 = "scorm12"
    SCORM2004 = "scorm2004"
    CMI5 = "cmi5"
    XAPI = "xapi"
    AICC = "aicc"
    CARTRIDGE = "common-cartridge"
    IMS_CP = "ims-cp"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """The standard's name as people write it."""
        return _TITLES[self]


_TITLES = {
    Kind.SCORM12: "SCORM 1.2",
    Kind.SCORM2004: "SCORM 2004",
    Kind.CMI5: "cmi5",
    Kind.XAPI: "xAPI (Tin Can)",
    Kind.AICC: "AICC",
    Kind.CARTRIDGE: "IMS Common Cartridge",
    Kind.IMS_CP: "IMS Content Packaging",
    Kind.UNKNOWN: "unknown",
}


@dataclass(frozen=True)
class Resource:
    """A `resource` of imsmanifest.xml. `href` and `files` are paths inside the package, after every xml:base."""

    identifier: str
    type: str
    scorm_type: str  # in lower case; "" where it is not given
    href: str | None
    files: tuple[tuple[str, Node], ...]
    dependencies: tuple[str, ...]
    base: str
    node: Node


@dataclass(frozen=True)
class Item:
    """An `item` of imsmanifest.xml, a block or AU of cmi5.xml, an activity of tincan.xml: a line in the LMS's menu."""

    identifier: str
    title: str
    launch: str | None  # what it launches, as a path inside the package or an address
    items: tuple[Item, ...]
    node: Node
    reference: str = ""  # identifierref
    visible: bool = True

    @property
    def walk(self) -> tuple[Item, ...]:
        """This item and all inside it."""
        found, waiting = [], [self]
        while waiting:
            item = waiting.pop()
            found.append(item)
            waiting.extend(reversed(item.items))
        return tuple(found)


@dataclass(frozen=True)
class Organization:
    """An `organization` of imsmanifest.xml, a course of cmi5.xml, the activities of tincan.xml."""

    identifier: str
    title: str
    items: tuple[Item, ...]
    node: Node

    @property
    def walk(self) -> tuple[Item, ...]:
        return tuple(inner for item in self.items for inner in item.walk)


@dataclass(frozen=True, eq=False, repr=False)
class Package:
    """A package, described.

    `path` is as the user gave it; `root` is the folder of the manifest inside ("" or "folder/"); `names` are the readable
    files below it, by their path from there; `folded` the same by their path in lower case. `texts`, `pages`: what the
    text files hold, as far as they were read. `damaged`: entries that could not be read, and why.
    """

    path: str
    archive: Archive | None = None  # None: a manifest on its own, not in a container (cmi5 14.2)
    kind: Kind = Kind.UNKNOWN
    edition: str = ""
    root: str = ""
    manifest: Node | None = None
    manifest_name: str = ""  # inside the container
    manifest_bytes: bytes = b""
    organizations: tuple[Organization, ...] = ()
    resources: tuple[Resource, ...] = ()
    names: Mapping[str, Entry] = field(default_factory=dict)
    folded: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    pages: Mapping[str, Page] = field(default_factory=dict)
    damaged: tuple[Flaw, ...] = ()
    unread: int = 0  # text files that were too many or too big to be read

    @property
    def standalone(self) -> bool:
        """A manifest on its own, not in a container: cmi5 14.2."""
        return self.archive is None

    @property
    def title(self) -> str:
        organization = self.default
        return organization.title if organization else ""

    @cached_property
    def folders(self) -> frozenset[str]:
        """The folders that files stand in, as paths from the package's root."""
        found: set[str] = set()
        for name in self.names:
            folder = name.rpartition("/")[0]
            while folder and folder not in found:
                found.add(folder)
                folder = folder.rpartition("/")[0]
        return frozenset(found)

    @cached_property
    def default(self) -> Organization | None:
        """The organization that an LMS shows."""
        if not self.organizations:
            return None
        node = self.manifest.first("organizations") if self.manifest else None
        wanted = node.get("default") if node else ""
        return next((o for o in self.organizations if o.identifier == wanted), self.organizations[0])

    @cached_property
    def launches(self) -> tuple[Item, ...]:
        """What the learner can start, in the order of the menu."""
        return tuple(item for item in self.default.walk if item.launch) if self.default else ()

    @cached_property
    def launched_files(self) -> tuple[str, ...]:
        """The files of the package that are launched, each once."""
        return tuple(dict.fromkeys(bare for i in self.launches if (bare := bare_path(i.launch or "")) in self.names))

    @cached_property
    def by_identifier(self) -> dict[str, Resource]:
        """The resources by their identifiers; of two alike the first."""
        return {r.identifier: r for r in reversed(self.resources)}

    def at(self, name: str = "", line: int = 0, column: int = 0) -> Span:
        """A place in the file `name`, a path from the package's root; without one the package itself is meant."""
        return self.inside(self.root + name, line, column) if name else Span(self.path)

    def inside(self, name: str, line: int = 0, column: int = 0) -> Span:
        """A place in the entry `name` of the container."""
        if not name or self.archive is None:
            return Span(self.path, line, column)
        return Span(f"{self.path}{'!' if self.archive.is_zip else '/'}{name}", line, column)

    def node(self, node: Node | None) -> Span:
        """The place of an element of the manifest."""
        return self.inside(self.manifest_name, node.line, node.column) if node else self.inside(self.manifest_name)


def bare_path(href: str) -> str:
    """A reference without query and fragment."""
    return href.split("#", 1)[0].split("?", 1)[0]


def suffix(name: str) -> str:
    """A file name's extension in lower case, with its dot; empty where it has none."""
    base = name.rpartition("/")[2].lower()
    return base[base.rfind(".") :] if "." in base else ""
