"""MAN010, MAN012, CMI016: manifests against the XML schemas of their standards.

Schemas exist here for SCORM 1.2, SCORM 2004 4th Edition and cmi5; the 2nd and 3rd editions' may not be passed on. What another
rule has said better of an element is not said again.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from scormkit.check.package import cmi5
from scormkit.check.package.package import Kind
from scormkit.model.archive import ArchiveError
from scormkit.model.problem import Rule, Severity
from scormkit.standards import manifests

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scormkit.check.package.package import Package
    from scormkit.check.package.xmltree import Node
    from scormkit.model.problem import Problem

SCHEMA = Rule(
    "MAN010", Severity.ERROR,
    "{detail}",
    "follow the schema: correct the name, place or value",
    "Strict LMSs refuse a manifest that does not follow its schema; others leave out what they do not know.",
    "imscp_rootv1p1p2.xsd, adlcp_rootv1p2.xsd, imsmd_rootv1p2p1.xsd; imscp_v1p1.xsd, adlcp_v1p3.xsd, imsss_v1p0.xsd",
)  # fmt: skip
OWN_COPY = Rule(
    "MAN012", Severity.INFO,
    "the schema {name!r} in the package is not the official one",
    "put the official file in its place, or leave it out",
    "An LMS that checks with it may find other faults, or none.",
)  # fmt: skip

MOST = 50
XSD_BYTES = 2**18
OF_VALUES = ("CMI005", "CMI006", "CMI007", "CMI008", "CMI009", "CMI020")  # not of whether an element may stand there
SETS: dict[str, dict[str, str]] = {  # folder of the schemas: what is imported, by namespace
    "scorm12": {
        manifests.IMSCP_12: "imscp_rootv1p1p2.xsd",
        manifests.ADLCP_12: "adlcp_rootv1p2.xsd",
        manifests.IMSMD_12: "imsmd_rootv1p2p1.xsd",
    },
    "scorm2004-4th": {
        manifests.IMSCP_2004: "imscp_v1p1.xsd",
        manifests.ADLCP_2004: "adlcp_v1p3.xsd",
        manifests.ADLSEQ: "adlseq_v1p3.xsd",
        manifests.ADLNAV: "adlnav_v1p3.xsd",
        manifests.IMSSS: "imsss_v1p0.xsd",
    },
    "cmi5": {manifests.CMI5: "CourseStructure.xsd"},
}


def check(package: Package, told: Iterable[Problem]) -> Iterator[Problem]:
    """What the schema says of the manifest, at places where none of the problems `told` already says it better."""
    folder = _folder(package)
    if not folder or package.manifest is None:
        return
    from lxml import etree

    yield from _copies(package, folder)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        document = etree.fromstring(package.manifest_bytes, parser)
    except (etree.XMLSyntaxError, ValueError):
        return  # expat could read it, libxml2 not: an unusual encoding
    schema = _schema(folder)
    if schema.validate(document):
        return
    places = _places(document, package.manifest)
    rule = cmi5.SCHEMA if package.kind is Kind.CMI5 else SCHEMA
    spoken = {problem.span for problem in told}
    misplaced = spoken - {problem.span for problem in told if problem.id not in OF_VALUES}
    for error in list(schema.error_log)[:MOST]:
        node = places.get(re.sub(r"/@[^/]*$", "", error.path or ""))
        span = package.node(node) if node else package.inside(package.manifest_name, error.line)
        if span not in (spoken if "not expected" not in error.message else spoken - misplaced):
            spoken.add(span)
            misplaced.discard(span)
            yield rule.at(span, detail=plain(error.message))


def _folder(package: Package) -> str:
    if package.kind is Kind.SCORM2004 and package.edition == "4th Edition":
        return "scorm2004-4th"
    return {Kind.SCORM12: "scorm12", Kind.CMI5: "cmi5"}.get(package.kind, "")


def _places(document: Any, root: Node) -> dict[str, Node]:
    """Our nodes (which know their columns) by libxml2's paths: both trees are walked in document order."""
    tree = document.getroottree()
    return {tree.getpath(element): node for element, node in zip(document.iter("*"), root.walk, strict=False)}


@cache
def _schema(folder: str) -> Any:
    """The compiled schemas of a folder, joined by a schema that only imports them."""
    from lxml import etree

    class FromPackage(etree.Resolver):  # type: ignore[misc]
        def resolve(self, url: str, _id: str, context: Any) -> Any:
            return self.resolve_string(_official(folder, url.rpartition("/")[2]), context, base_url=url)

    parser = etree.XMLParser(no_network=True, load_dtd=False, resolve_entities=False)
    parser.resolvers.add(FromPackage())
    imports = "".join(f'<import namespace="{n}" schemaLocation="{f}"/>' for n, f in SETS[folder].items())
    joined = f'<schema xmlns="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:joined">{imports}</schema>'
    return etree.XMLSchema(etree.fromstring(joined.encode(), parser, base_url="joined.xsd"))


def _official(folder: str, name: str) -> bytes:
    """A schema file. imsmd_rootv1p2p1.xsd, as published, is ambiguous by its 13 `grp.any`; without them it compiles."""
    data = files("scormkit.standards").joinpath("schemas", folder, name).read_bytes()
    return re.sub(rb'<xsd:group ref="grp.any"\s*/>', b"", data) if name == "imsmd_rootv1p2p1.xsd" else data


def _copies(package: Package, folder: str) -> Iterator[Problem]:
    if package.archive is None:
        return
    home = files("scormkit.standards").joinpath("schemas", folder)
    official = {resource.name: resource for resource in home.iterdir() if resource.name.endswith(".xsd")}
    for name, resource in sorted(official.items()):
        entry = package.names.get(name)
        if entry is None or entry.size > XSD_BYTES:
            continue
        try:
            data = package.archive.read(entry, XSD_BYTES)
        except ArchiveError:
            continue  # PKG019
        if b"".join(data.split()) != b"".join(resource.read_bytes().split()):
            yield OWN_COPY.at(package.at(name), name=name)


_SAID = (
    (r"Element '(.*?)': This element is not expected\. Expected is (?:one of )?\( (.*?) \)\.",
     "<{0}> may not stand here; expected is {1}"),
    (r"Element '(.*?)': This element is not expected\.", "<{0}> may not stand here"),
    (r"Element '(.*?)': Missing child element\(s\)\. Expected is (?:one of )?\( (.*?) \)\.", "<{0}> lacks {1}"),
    (r"Element '(.*?)': The attribute '(.*?)' is required but missing\.", "<{0}> lacks the attribute {1}"),
    (r"Element '(.*?)', attribute '(.*?)': The attribute '.*?' is not allowed\.", "<{0}> may not have the attribute {1}"),
    (r"Element '(.*?)': No matching global element declaration available.*", "<{0}> is not in the schema of its namespace"),
    (r"Element '(.*?)', attribute '(.*?)': No matching global attribute.*", "<{0}> may not have the attribute {1}"),
    (r"Element '(.*?)', attribute '(.*?)': \[facet '\w+'\] (.*)", "the attribute {1} of <{0}>: {2}"),
    (r"Element '(.*?)': \[facet '\w+'\] (.*)", "<{0}>: {1}"),
    (r"Element '(.*?)', attribute '(.*?)': (.*)", "the attribute {1} of <{0}>: {2}"),
    (r"Element '(.*?)': (.*)", "<{0}>: {1}"),
)  # fmt: skip


def plain(message: str) -> str:
    """libxml2's words without namespaces and jargon."""
    bare = re.sub(r"\{[^{}']*?:[^{}']*?\}", "", message).strip()
    for pattern, words in _SAID:
        match = re.fullmatch(pattern, bare, re.S)
        if match:
            text = words.format(*match.groups())
            return re.sub(r"\bThe value\b", "the value", text).rstrip(".")
    return bare.rstrip(".")
