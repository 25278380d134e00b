"""MAN027-045: resources, the files they name, and what depends on what."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scormkit.check.package import xmltree
from scormkit.check.package.package import Kind, suffix
from scormkit.check.package.read import is_junk
from scormkit.check.package.references import Target, resolve
from scormkit.model.problem import Rule, Severity
from scormkit.standards import manifests

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scormkit.check.package.package import Package, Resource
    from scormkit.check.package.xmltree import Node
    from scormkit.model.problem import Problem

ERROR, WARNING, INFO, ADVICE = Severity.ERROR, Severity.WARNING, Severity.INFO, Severity.ADVICE

NO_HREF = Rule(
    "MAN027", ERROR,
    "the resource {id!r} is used by an item but has no href",
    "add href=\"...\" with the page to open",
    "There is nothing that an LMS could open.",
    "SCORM 1.2 Content Aggregation Model, 2.3 (resources)",
)  # fmt: skip
NO_LAUNCH_FILE = Rule(
    "MAN028", ERROR,
    "the page {href!r} of the resource {id!r} is not in the package",
    "add the file, or correct the href",
    "The learner sees an error page instead of the course.",
    "IMS Content Packaging, resource/@href",
)  # fmt: skip
HREF_CASE = Rule(
    "MAN029", ERROR,
    "{href!r} is called {actual!r} in the package",
    "write upper and lower case in the same way",
    "Most servers do not find the file.",
)  # fmt: skip
HREF_PATH = Rule(
    "MAN030", ERROR,
    "the reference {href!r} {reason}",
    "write a path with forward slashes that begins at the manifest",
    "The file is not found on a server.",
    "RFC 3986",
)  # fmt: skip
EXTERNAL = Rule(
    "MAN031", WARNING,
    "the resource {id!r} is on another server: {href!r}",
    "put the page into the package",
    "A browser does not let pages of another server talk to the LMS: nothing is recorded.",
    "same-origin policy; adapt-elfh-spoor README",
)  # fmt: skip
HREF_CHARACTERS = Rule(
    "MAN032", WARNING,
    "the reference {href!r} has blanks or other letters than a to z in it",
    "write them percent-encoded (a blank is %20), or rename the file",
    "LMSs differ in how they open such an address.",
    "RFC 3986; xs:anyURI",
)  # fmt: skip
QUERY = Rule(
    "MAN033", INFO,
    "the href {href!r} has a query string or a fragment",
    "move it into the item's parameters",
    "That is what parameters are for; some LMSs look for a file of the whole name.",
    "SCORM 2004 Content Aggregation Model (item)",
)  # fmt: skip
TYPE_SPELLING = Rule(
    "MAN034", ERROR,
    "the attribute is written {found!r}",
    "write {wanted!r} in {edition}",
    "An LMS takes the page for an asset and records nothing.",
    "adlcp_rootv1p2.xsd, scormtype; adlcp_v1p3.xsd, scormType",
)  # fmt: skip
TYPE_VALUE = Rule(
    "MAN035", ERROR,
    "the resource {id!r} has the SCORM type {value!r}",
    "write sco (it talks to the LMS) or asset (it does not)",
    "No other value is known.",
    "adlcp_rootv1p2.xsd and adlcp_v1p3.xsd, enumerations",
)  # fmt: skip
UNTRACKED = Rule(
    "MAN036", WARNING,
    "the package is said to be SCORM, but none of its pages is a SCO",
    "set the SCORM type of the launched resource to sco if it reports to the LMS",
    "An LMS records nothing of an asset, or completes it as soon as it is opened.",
    "adlcp_rootv1p2.xsd; seen in Moodle 4.5",
)  # fmt: skip
RESOURCE_TYPE = Rule(
    "MAN037", ERROR,
    "the type of the resource {id!r} is {value!r}",
    "write webcontent",
    "SCORM knows no other type for what it opens.",
    "SCORM 2004 Content Aggregation Model (resource); imscp, attr.resourcetype.req",
)  # fmt: skip
NO_FILE = Rule(
    "MAN038", ERROR,
    "the file {href!r} is listed but not in the package",
    "add it, or take it out of the list",
    "Strict LMSs refuse the package; others show pages with gaps.",
    "IMS Content Packaging, file",
)  # fmt: skip
UNLISTED = Rule(
    "MAN039", WARNING,
    "{count} file(s) of the package are not listed in the manifest, such as {name!r}",
    "list every file in a <file> element of the resource that uses it",
    "An LMS may leave out what is not listed.",
    "SCORM 1.2 Content Aggregation Model, 2.3 (file)",
)  # fmt: skip
HREF_UNLISTED = Rule(
    "MAN040", ADVICE,
    "the page {href!r} of the resource {id!r} is not in its own list of files",
    "repeat it in a <file> element",
    "It is good practice that the list is complete.",
    "IMS Content Packaging best practice",
)  # fmt: skip
DEPENDENCY = Rule(
    "MAN041", ERROR,
    "the dependency on {value!r} leads {where}",
    "name another resource that exists",
    "An LMS that follows dependencies stops there.",
    "imscp, attr.identifierref.req",
)  # fmt: skip
UNUSED = Rule(
    "MAN042", WARNING,
    "no item and no other resource uses the resource {id!r}",
    "remove it, or refer to it",
    "It only makes the package larger.",
)  # fmt: skip
SAME_FILE = Rule(
    "MAN043", WARNING,
    "the resources {id!r} and {other!r} open the same page, one as a SCO and the other as an asset",
    "use one resource, or two pages",
    "It is not clear whether the page reports to the LMS.",
)  # fmt: skip
BASE = Rule(
    "MAN044", WARNING,
    "xml:base is used",
    "write the whole path into each href instead",
    "Many hosts do not read it (Learning Hub, AICC relays; Moodle only on resources).",
    "AICCShim prepare_shim.py; Moodle mod/scorm/datamodels/scormlib.php",
)  # fmt: skip
BASE_VALUE = Rule(
    "MAN045", ERROR,
    "xml:base is {value!r}",
    "write a relative path that ends with '/'",
    "References below it lead out of the package or to a wrong name.",
    "XML Base; IMS Content Packaging",
)  # fmt: skip
LISTED_TWICE = Rule(
    "MAN061", WARNING,
    "the resource {id!r} lists the file {href!r} twice",
    "list it once",
    "Nobody needs the second one; tools that count files go wrong.",
)  # fmt: skip

NOT_LISTED = (*manifests.MANIFESTS, "metadata.xml", "imslrm.xml")
XML_BASE = f"{{{xmltree.XML_NAMESPACE}}}base"
BAD_PATHS = {
    Target.ROOTED: "begins at the top of a server or drive",
    Target.OUTSIDE: "leads out of the package",
    Target.BACKSLASH: "has a backslash in it",
}


def check(package: Package) -> Iterator[Problem]:
    """The resources of a SCORM manifest."""
    if package.manifest is None or package.kind not in (Kind.SCORM12, Kind.SCORM2004):
        return
    used = {item.reference for o in package.organizations for item in o.walk if item.reference}
    for resource in package.resources:
        yield from _resource(package, resource, resource.identifier in used)
        yield from _files(package, resource)
    yield from _scorm_types(package, used)
    yield from _dependencies(package, used)
    yield from _bases(package)
    yield from _unlisted(package)


def _resource(package: Package, resource: Resource, used: bool) -> Iterator[Problem]:
    span = package.node(resource.node)
    if resource.type != "webcontent":
        yield RESOURCE_TYPE.at(span, id=resource.identifier, value=resource.type)
    if resource.href is None:
        if used:
            yield NO_HREF.at(span, id=resource.identifier)
        return
    href = resource.href
    if re.search(r"[^\x21-\x7e]", href):
        yield HREF_CHARACTERS.at(span, href=href)
    found = resolve(package, href)
    if found.target in BAD_PATHS:
        yield HREF_PATH.at(span, href=href, reason=BAD_PATHS[found.target])
    elif found.target is Target.REMOTE:
        yield EXTERNAL.at(span, id=resource.identifier, href=href)
    elif found.target is Target.OTHER_CASE:
        yield HREF_CASE.at(span, href=href, actual=found.actual)
    elif found.target is not Target.FILE:
        yield NO_LAUNCH_FILE.at(span, href=href, id=resource.identifier)
    elif "?" in href or "#" in href:
        yield QUERY.at(span, href=href)
    if found.target is Target.FILE and all(resolve(package, f).path != found.path for f, _ in resource.files):
        yield HREF_UNLISTED.at(span, href=href, id=resource.identifier)


def _files(package: Package, resource: Resource) -> Iterator[Problem]:
    seen: set[str] = set()
    for href, node in resource.files:
        span = package.node(node)
        found = resolve(package, href)
        if found.target in BAD_PATHS:
            yield HREF_PATH.at(span, href=href, reason=BAD_PATHS[found.target])
        elif found.target is Target.OTHER_CASE:
            yield HREF_CASE.at(span, href=href, actual=found.actual)
        elif found.target not in (Target.FILE, Target.REMOTE):
            yield NO_FILE.at(span, href=href)
        elif href in seen:
            yield LISTED_TWICE.at(span, id=resource.identifier, href=href)
        seen.add(href)


def _scorm_types(package: Package, used: set[str]) -> Iterator[Problem]:
    wanted = "scormtype" if package.kind is Kind.SCORM12 else "scormType"
    opened: dict[str, Resource] = {}
    for resource in package.resources:
        span = package.node(resource.node)
        for key, value in resource.node.attributes.items():
            name = key.rpartition("}")[2]
            if name.lower() != "scormtype":
                continue
            if name != wanted:
                yield TYPE_SPELLING.at(
                    span, found=f"adlcp:{name}", wanted=f"adlcp:{wanted}", edition=package.kind.label
                )
            if value.strip() not in manifests.SCORM_TYPES:
                yield TYPE_VALUE.at(span, id=resource.identifier, value=value)
        other = opened.setdefault(resource.href or resource.identifier, resource)
        if resource.href and other.scorm_type != resource.scorm_type:
            yield SAME_FILE.at(span, id=other.identifier, other=resource.identifier)
    launched = [r for r in package.resources if r.identifier in used and r.href]
    if launched and all(r.scorm_type != "sco" for r in launched):
        yield UNTRACKED.at(package.node(launched[0].node))


def _dependencies(package: Package, used: set[str]) -> Iterator[Problem]:
    known = package.by_identifier
    needed = set(used)
    for resource in package.resources:
        for node in resource.node.all("dependency"):
            value = node.get("identifierref")
            needed.add(value)
            if value not in known:
                yield DEPENDENCY.at(package.node(node), value=value, where="to no resource")
    for resource in _circular(package):
        yield DEPENDENCY.at(package.node(resource.node), value=resource.identifier, where="back to itself")
    for resource in package.resources:
        if resource.identifier not in needed and resource.identifier in known:
            yield UNUSED.at(package.node(resource.node), id=resource.identifier)


def _circular(package: Package) -> list[Resource]:
    """The resources at which a circle of dependencies closes; each is visited once, without recursion."""
    state: dict[str, int] = {}  # 1: on the way, 2: done
    closing: list[Resource] = []
    for start in package.resources:
        waiting = [(start.identifier, False)]
        while waiting:
            identifier, leaving = waiting.pop()
            resource = package.by_identifier.get(identifier)
            if resource is None or (not leaving and state.get(identifier) == 2):
                continue
            if leaving:
                state[identifier] = 2
            elif state.get(identifier) == 1:
                closing.append(resource)
            else:
                state[identifier] = 1
                waiting.append((identifier, True))
                waiting.extend((name, False) for name in resource.dependencies)
    return list(dict.fromkeys(closing))


def _bases(package: Package) -> Iterator[Problem]:
    assert package.manifest is not None
    told = False
    for node in _with_base(package.manifest):
        value = node.get(XML_BASE)
        if not told:
            yield BASE.at(package.node(node))
            told = True
        if not value.endswith("/") or value.startswith("/") or "://" in value:
            yield BASE_VALUE.at(package.node(node), value=value)


def _with_base(root: Node) -> Iterator[Node]:
    return (node for node in root.walk if XML_BASE in node.attributes)


def _unlisted(package: Package) -> Iterator[Problem]:
    """SCORM wants every file listed; schema files and the manifest itself are not content."""
    listed = {resolve(package, href).path for r in package.resources for href, _ in r.files}
    missing = [
        name
        for name in package.names
        if name not in listed
        and name.lower() not in NOT_LISTED
        and not name.startswith(("/", "../"))
        and suffix(name) not in (".xsd", ".dtd")
        and not is_junk(package.root + name)
    ]
    if missing:
        yield UNLISTED.at(package.inside(package.manifest_name), count=len(missing), name=missing[0])
