"""MAN001-016, 054-057: the manifest as a file, its root, versions, identifiers and metadata."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from scormkit.check.package import xmltree
from scormkit.check.package.package import Kind
from scormkit.check.package.references import Target, resolve
from scormkit.model.problem import Rule, Severity
from scormkit.standards import manifests

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scormkit.check.package.package import Package
    from scormkit.check.package.xmltree import Node
    from scormkit.model.problem import Problem

FATAL, ERROR, WARNING, INFO, ADVICE = Severity

MALFORMED = Rule(
    "MAN001", FATAL,
    "the manifest is not well-formed XML ({reason})",
    "correct it at this place, or export the package again",
    "An LMS cannot read the manifest; some pages of Moodle then stop working altogether.",
    "XML 1.0, 2.1",
)  # fmt: skip
ENCODING = Rule(
    "MAN002", ERROR,
    "the manifest's bytes do not fit its encoding ({reason})",
    "save the file as UTF-8",
    "An LMS cannot read it, or shows wrong letters.",
    "XML 1.0 (character encoding in entities)",
)  # fmt: skip
BOM = Rule(
    "MAN003", WARNING,
    "the manifest begins with a byte order mark",
    "save it as UTF-8 without a byte order mark",
    "Some LMSs then say that the XML declaration is not at the beginning.",
    "XML 1.0, appendix F",
)  # fmt: skip
DOCTYPE = Rule(
    "MAN004", ERROR,
    "the manifest has a document type declaration",
    "remove the line that begins with <!DOCTYPE; manifests do not need any",
    "It can be used to attack a server, so LMSs refuse it; the rest of the manifest was not looked at.",
    "IMS Content Packaging binds manifests to XML Schema",
)  # fmt: skip
NAMESPACE = Rule(
    "MAN005", ERROR,
    "the root element is {name!r} in the namespace {found!r}",
    "it has to be {wanted!r} in the namespace {namespace!r}",
    "By this an LMS knows what kind of package it has.",
    "imscp_rootv1p1p2.xsd, imscp_v1p1.xsd, CourseStructure.xsd",
)  # fmt: skip
VERSION = Rule(
    "MAN006", ERROR,
    "schemaversion is {version!r}",
    "write 1.2 for SCORM 1.2; CAM 1.3, 2004 3rd Edition or 2004 4th Edition for SCORM 2004",
    "By this an LMS knows which rules hold.",
    "adlcp_rootv1p2.xsd, newSchemaversionType; SCORM 2004 4th edition, Content Aggregation Model, 3.4.1.4",
)  # fmt: skip
MISMATCH = Rule(
    "MAN007", WARNING,
    "schemaversion says {said}, but the elements used are those of {used}",
    "let both say the same",
    "An LMS may apply the wrong rules and leave parts of the manifest out.",
)  # fmt: skip
SCHEMA = Rule(
    "MAN008", WARNING,
    "metadata/schema is {schema!r}",
    "write ADL SCORM",
    "It is the only value that SCORM knows.",
    "adlcp_rootv1p2.xsd, newSchemaType; SCORM 2004 4th edition, Content Aggregation Model, 3.4.1.3",
)  # fmt: skip
NO_VERSION = Rule(
    "MAN009", WARNING,
    "the manifest has no {name} in its metadata",
    "add <schema>ADL SCORM</schema> and <schemaversion> with the version",
    "SCORM 2004 demands both; an LMS that reads them has to guess.",
    "SCORM 2004 4th edition, Content Aggregation Model, table 3.5.3a",
)  # fmt: skip
NO_SCHEMA_FILE = Rule(
    "MAN011", WARNING,
    "xsi:schemaLocation names {name!r}, which is not in the package",
    "add the schema files, or take schemaLocation out",
    "Some LMSs check the manifest with the files of the package.",
)  # fmt: skip
IDENTIFIER = Rule(
    "MAN013", ERROR,
    "the identifier {value!r} of {element} is not allowed",
    "begin with a letter or '_', then use letters, digits, '.', '-' and '_' only",
    "LMSs store progress under identifiers; what is not allowed may be refused or changed.",
    "imscp_rootv1p1p2.xsd, attr.identifier.req (xsd:ID)",
)  # fmt: skip
DUPLICATE = Rule(
    "MAN014", ERROR,
    "the identifier {value!r} is used twice (first in line {line})",
    "give each element an identifier of its own",
    "An LMS mixes the two up, and progress with them.",
    "XML 1.0, 3.3.1; xsd:ID",
)  # fmt: skip
TEMPLATE = Rule(
    "MAN015", WARNING,
    "{value!r} looks like a placeholder that was never filled in",
    "export the package again with all fields filled in",
    "Two courses with the same placeholder overwrite each other's data.",
)  # fmt: skip
VERSION_LENGTH = Rule(
    "MAN016", WARNING,
    "the manifest's version is {length} characters long",
    "shorten it to at most 20 characters",
    "The schema allows no more.",
    "imscp_rootv1p1p2.xsd, attr.version",
)  # fmt: skip
LOCATION = Rule(
    "MAN054", WARNING,
    "the metadata file {name!r} is not in the package",
    "add it, or remove adlcp:location",
    "An LMS that looks for the description finds nothing.",
    "adlcp_rootv1p2.xsd, locationType",
)  # fmt: skip
LOM = Rule(
    "MAN055", WARNING,
    "the metadata (LOM) has a fault: {detail}",
    "correct it, or leave the element out",
    "A strict LMS refuses the manifest; others drop the description.",
    "imsmd_rootv1p2p1.xsd; IEEE 1484.12.3",
)  # fmt: skip
NO_METADATA = Rule(
    "MAN056", ADVICE,
    "the package does not describe itself (title, description, language)",
    "add metadata (LOM) to the manifest",
    "Catalogues show title, description and keywords from there.",
    "Learning Hub ScormResourceVersionManifest.sql",
)  # fmt: skip
SUB_MANIFEST = Rule(
    "MAN057", ERROR,
    "there is a manifest inside the manifest",
    "put all items and resources into one manifest",
    "SCORM does not support sub-manifests; LMSs leave them out.",
    "SCORM 2004 Content Aggregation Model; allowed by IMS Content Packaging only",
)  # fmt: skip
OLD_METADATA = Rule(
    "MAN060", WARNING,
    "the metadata is in the namespace {found!r}",
    "use {wanted!r} with SCORM 1.2",
    "It is another version than the one that SCORM 1.2 is bound to; LMSs that check do not know it.",
    "imsmd_rootv1p2p1.xsd",
)  # fmt: skip

NCNAME = re.compile(r"[^\W\d][\w.\-·]*")
PLACEHOLDER = re.compile(r"@@\w+|\{\{.*?\}\}|\$\{.*?\}|%%\w+%%|\[\[.*?\]\]")
XSI = "http://www.w3.org/2001/XMLSchema-instance"
ROOTS = {
    Kind.SCORM12: ("manifest", (manifests.IMSCP_12,)),
    Kind.SCORM2004: ("manifest", (manifests.IMSCP_2004,)),
    Kind.XAPI: ("tincan", (manifests.TINCAN,)),
    Kind.CMI5: ("courseStructure", (manifests.CMI5, manifests.CMI5_OLD)),  # the old one is CMI018
    Kind.UNKNOWN: ("manifest", (manifests.IMSCP_12, manifests.IMSCP_2004)),
}
SCORM = (Kind.SCORM12, Kind.SCORM2004)
LOM_FIELDS = ("general", "lifecycle", "lifeCycle", "metametadata", "metaMetadata", "technical", "educational", "rights",
              "relation", "annotation", "classification")  # fmt: skip


def malformed(package: Package, error: xmltree.Malformed) -> Problem:
    """What is told instead of everything else when the manifest cannot be read."""
    span = package.inside(package.manifest_name, error.line, error.column)
    if isinstance(error, xmltree.Declared):
        return DOCTYPE.at(span)
    if isinstance(error, xmltree.WronglyEncoded):
        return ENCODING.at(span, reason=error.reason)
    return MALFORMED.at(span, reason=error.reason)


def check(package: Package) -> Iterator[Problem]:
    """The rules for every manifest, and those for the frame of a SCORM one."""
    root = package.manifest
    if root is None:
        return
    if package.manifest_bytes.startswith(xmltree.BOM):
        yield BOM.at(package.inside(package.manifest_name, 1, 1))
    yield from _root(package, root)
    if package.kind in SCORM:
        yield from _versions(package, root)
        yield from _identifiers(package, root)
        yield from _schema_files(package, root)
        yield from _metadata(package, root)
        for inner in root.all("manifest"):
            yield SUB_MANIFEST.at(package.node(inner))


def _root(package: Package, root: Node) -> Iterator[Problem]:
    if package.kind not in ROOTS:
        return
    name, namespaces = ROOTS[package.kind]
    if root.name != name or root.namespace not in namespaces:
        yield NAMESPACE.at(
            package.node(root), name=root.name, found=root.namespace, wanted=name, namespace=namespaces[0]
        )


def _versions(package: Package, root: Node) -> Iterator[Problem]:
    metadata = root.first("metadata")
    schema = metadata.first("schema") if metadata else None
    version = metadata.first("schemaversion") if metadata else None
    if package.kind is Kind.SCORM2004:
        for name, node in (("schema", schema), ("schemaversion", version)):
            if node is None:
                yield NO_VERSION.at(package.node(metadata or root), name=name)
    if schema is not None and schema.value != manifests.SCHEMA:
        yield SCHEMA.at(package.node(schema), schema=schema.value)
    if version is None:
        return
    said = version.value.lower()
    used = package.kind.label  # which goes by the namespaces where they say something
    if said != "1.2" and said not in manifests.VERSIONS:
        yield VERSION.at(package.node(version), version=version.value)
    elif (said == "1.2") != (package.kind is Kind.SCORM12):
        yield MISMATCH.at(package.node(version), said=version.value, used=used)


def _identifiers(package: Package, root: Node) -> Iterator[Problem]:
    seen: dict[str, Node] = {}
    for node in root.walk:
        if node.name not in ("manifest", "organization", "item", "resource") or not _is_ims(node):
            continue
        value = node.get("identifier")
        if PLACEHOLDER.search(value):
            yield TEMPLATE.at(package.node(node), value=value)
        elif not NCNAME.fullmatch(value):
            yield IDENTIFIER.at(package.node(node), value=value, element=f"<{node.name}>")
        elif value in seen:
            yield DUPLICATE.at(package.node(node), value=value, line=seen[value].line)
        seen.setdefault(value, node)
    version = root.get("version")
    if len(version) > 20:
        yield VERSION_LENGTH.at(package.node(root), length=len(version))
    title = next((o.title for o in package.organizations if PLACEHOLDER.search(o.title)), "")
    if title:
        yield TEMPLATE.at(package.node(root), value=title)


def _is_ims(node: Node) -> bool:
    """Whether an element is one of IMS Content Packaging, whatever version."""
    return node.namespace in (manifests.IMSCP_12, manifests.IMSCP_2004, "") or "imscp" in node.namespace


def _schema_files(package: Package, root: Node) -> Iterator[Problem]:
    """schemaLocation is pairs of a namespace and where its schema is."""
    for name in dict.fromkeys(root.get(f"{{{XSI}}}schemaLocation").split()[1::2]):
        if resolve(package, name).target in (Target.MISSING, Target.OTHER_CASE):
            yield NO_SCHEMA_FILE.at(package.node(root), name=name)


def _metadata(package: Package, root: Node) -> Iterator[Problem]:
    described = False
    for metadata in root.under("metadata"):
        for location in metadata.all("location"):
            described = True
            found = resolve(package, location.value)
            if found.target in (Target.MISSING, Target.OTHER_CASE):
                yield LOCATION.at(package.node(location), name=location.value)
        for lom in metadata.all("lom"):
            described = True
            yield from _lom(package, lom)
    if not described:
        yield NO_METADATA.at(package.node(root.first("metadata") or root))


def _lom(package: Package, lom: Node) -> Iterator[Problem]:
    """The faults of LOM that every binding shares; the schemas (schema.py) find the rest."""
    if package.kind is Kind.SCORM12 and lom.namespace != manifests.IMSMD_12:
        yield OLD_METADATA.at(package.node(lom), found=lom.namespace, wanted=manifests.IMSMD_12)
    names = Counter(child.name for child in lom.children)
    for child in lom.children:
        if child.namespace == lom.namespace and child.name not in LOM_FIELDS:
            yield LOM.at(package.node(child), detail=f"there is no element {child.name!r}")
    for name in ("general", "technical", "rights"):
        if names[name] > 1:
            yield LOM.at(package.node(lom.all(name)[1]), detail=f"{name!r} may stand there only once")
    for entry in lom.under("langstring"):
        language = entry.get(f"{{{xmltree.XML_NAMESPACE}}}lang")
        if language and not re.fullmatch(r"[A-Za-z]{1,8}([_-][A-Za-z0-9]{1,8})*", language):
            yield LOM.at(package.node(entry), detail=f"{language!r} is not a language")
