"""CMI rules: cmi5.xml, the course structure of cmi5."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from scormkit.check.package.package import Kind
from scormkit.check.package.references import Target, is_remote, look_up, resolve
from scormkit.check.package.tincan import is_iri
from scormkit.model.problem import Rule, Severity
from scormkit.standards import manifests

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scormkit.check.package.package import Package
    from scormkit.check.package.xmltree import Node
    from scormkit.model.problem import Problem

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

ID = Rule(
    "CMI001", ERROR,
    "the id of the {element} is {value!r}",
    "write an absolute IRI that you control, such as https://example.org/courses/hand-washing",
    "Reports are told apart by it; the schema does not notice a wrong one.",
    "cmi5 3.0 (3.0.0.0-1)",
)  # fmt: skip
SAME_BLOCK = Rule(
    "CMI002", ERROR,
    "two blocks have the id {value!r} (the first in line {line})",
    "give each an id of its own",
    "An LMS refuses the course structure.",
    "cmi5 13.1.2 (13.1.2.0-1)",
)  # fmt: skip
SAME_OBJECTIVE = Rule(
    "CMI003", ERROR,
    "two objectives have the id {value!r} (the first in line {line})",
    "give each an id of its own",
    "An LMS refuses the course structure.",
    "cmi5 13.1.3",
)  # fmt: skip
SAME_AU = Rule(
    "CMI004", ERROR,
    "two AUs have the id {value!r} (the first in line {line})",
    "give each an id of its own",
    "An LMS refuses the course structure.",
    "cmi5 13.1.4 (13.1.4.0-1)",
)  # fmt: skip
URL = Rule(
    "CMI005", ERROR,
    "the url of the AU is {value!r}",
    "write a valid address or a path in the package, with blanks as %20",
    "An LMS refuses the course structure.",
    "cmi5 13.1.4 (13.1.4.0-2)",
)  # fmt: skip
RESERVED = Rule(
    "CMI006", ERROR,
    "the url of the AU has a parameter called {name!r}",
    "give it another name",
    "The LMS adds a parameter of that name itself.",
    "cmi5 8.1 (8.1.0.0-6)",
)  # fmt: skip
NO_FILE = Rule(
    "CMI007", ERROR,
    "the page {href!r} is not in the package",
    "add the file, or correct the url",
    "An LMS refuses the package, or the learner sees an error page.",
    "cmi5 14.1 (14.1.0.0-4)",
)  # fmt: skip
RELATIVE = Rule(
    "CMI008", ERROR,
    "the url {href!r} is relative, but the course structure stands alone",
    "write the whole address, or put the course structure and the pages into a zip file",
    "Nobody knows where the page is.",
    "cmi5 14.2",
)  # fmt: skip
PACKAGED = Rule(
    "CMI009", WARNING,
    "the url {href!r} is absolute, although {name!r} is in the package",
    "write the path in the package",
    "The copy in the package is never used.",
    "cmi5 14.1 (14.1.0.0-3)",
)  # fmt: skip
MOVE_ON = Rule(
    "CMI010", ERROR,
    "moveOn is {value!r}",
    "write one of: {allowed}",
    "By this an LMS decides when the AU is done.",
    "CourseStructure.xsd, au/@moveOn",
)  # fmt: skip
MASTERY_SCORE = Rule(
    "CMI011", ERROR,
    "masteryScore is {value!r}",
    "write a number from 0 to 1, such as 0.8",
    "The AU compares the learner's score with it on that scale.",
    "CourseStructure.xsd, au/@masteryScore",
)  # fmt: skip
LAUNCH_METHOD = Rule(
    "CMI012", ERROR,
    "launchMethod is {value!r}",
    "write AnyWindow or OwnWindow",
    "An LMS knows no other.",
    "CourseStructure.xsd, au/@launchMethod",
)  # fmt: skip
NO_MOVE_ON = Rule(
    "CMI013", WARNING,
    "the AU {title!r} does not say its moveOn",
    "add moveOn=\"Completed\" or another; NotApplicable if nothing needs to be done",
    "Without it the AU counts as done although nobody has opened it.",
    "CourseStructure.xsd (default NotApplicable); cmi5 13.1.4",
)  # fmt: skip
MASTERY_UNUSED = Rule(
    "CMI014", INFO,
    "the AU {title!r} has a masteryScore, but moveOn is {value}",
    "set moveOn to Passed, CompletedAndPassed or CompletedOrPassed if passing counts",
    "The LMS does not ask whether the learner has passed.",
    "cmi5 10.2.4, 9.3.4",
)  # fmt: skip
NO_OBJECTIVE = Rule(
    "CMI015", ERROR,
    "the objective {value!r} is not declared",
    "declare it in the course's <objectives>",
    "An LMS refuses the course structure.",
    "cmi5 13.1.3; CATAPULT courses.js",
)  # fmt: skip
SCHEMA = Rule(
    "CMI016", ERROR,
    "{detail}",
    "follow the order title, description, objectives, url, launchParameters, entitlementKey, and the names of the schema",
    "LMSs check the course structure by its schema.",
    "CourseStructure.xsd; cmi5 13.2",
)  # fmt: skip
TEXT = Rule(
    "CMI017", ERROR,
    "{what}",
    "add <langstring lang=\"en\"> with the words to <title> and <description>",
    "The LMS shows an empty line.",
    "CourseStructure.xsd, textType",
)  # fmt: skip
OLD_NAMESPACE = Rule(
    "CMI018", ERROR,
    "the namespace {found!r} was used before cmi5 was final",
    "write {wanted!r}",
    "LMSs do not recognise it.",
    "cmi5 13.2",
)  # fmt: skip
EXTENSION = Rule(
    "CMI019", WARNING,
    "there are elements of the namespace {namespace!r}, but no schema for them is in the package",
    "add the schema, or take the elements out",
    "Extensions have to have an XML schema.",
    "cmi5 13.1.5",
)  # fmt: skip
BLANKS = Rule(
    "CMI020", WARNING,
    "the value of <{name}> begins or ends with white space",
    "remove it",
    "Not every LMS trims it as it should; addresses then go wrong.",
    "cmi5 13.1",
)  # fmt: skip
NO_AU = Rule(
    "CMI021", ERROR,
    "the course has no AU",
    "add an <au> with a url",
    "There is nothing that an LMS could start.",
    "CourseStructure.xsd, courseType",
)  # fmt: skip
ENTITLEMENT = Rule(
    "CMI022", WARNING,
    "the AU {title!r} has an entitlementKey in clear",
    "make sure that it is not a secret",
    "Whoever has the package can read it.",
    "cmi5 10.2.3",
)  # fmt: skip

SAME = {"block": SAME_BLOCK, "objective": SAME_OBJECTIVE, "au": SAME_AU}
LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")


def check(package: Package) -> Iterator[Problem]:
    """The course structure, and the pages that its AUs launch."""
    root = package.manifest
    if root is None or package.kind is not Kind.CMI5:
        return
    if root.namespace == manifests.CMI5_OLD:
        yield OLD_NAMESPACE.at(package.node(root), found=root.namespace, wanted=manifests.CMI5)
    nodes = list(root.walk)
    yield from _identities(package, root, nodes)
    units = [node for node in nodes if node.name == "au" and node.namespace == root.namespace]
    for node in units:
        yield from _unit(package, node)
    if not units:
        yield NO_AU.at(package.node(root))
    yield from _texts(package, nodes, root.namespace)
    yield from _extensions(package, nodes, root.namespace)


def _identities(package: Package, root: Node, nodes: list[Node]) -> Iterator[Problem]:
    first: dict[tuple[str, str], Node] = {}
    for node in nodes:
        declared = node.name in ("course", "block", "au") or (
            node.name == "objective" and "idref" not in node.attributes
        )
        if not declared or node.namespace != root.namespace:
            continue
        value = node.get("id")
        if not is_iri(value):
            yield ID.at(package.node(node), element=node.name, value=value)
        elif node.name in SAME and (node.name, value) in first:
            line = first[(node.name, value)].line
            yield SAME[node.name].at(package.node(node), value=value, line=line)
        first.setdefault((node.name, value), node)
    for node in nodes:
        value = node.get("idref")
        if node.name == "objective" and value and ("objective", value) not in first:
            yield NO_OBJECTIVE.at(package.node(node), value=value)


def _unit(package: Package, node: Node) -> Iterator[Problem]:
    span = package.node(node)
    title = next((n.value for n in node.under("langstring")), node.get("id"))
    move_on = node.get("moveOn")
    if "moveOn" not in node.attributes:
        yield NO_MOVE_ON.at(span, title=title)
    elif move_on not in manifests.MOVE_ON:
        yield MOVE_ON.at(span, value=move_on, allowed=", ".join(manifests.MOVE_ON))
    score = node.get("masteryScore")
    if "masteryScore" in node.attributes:
        if not re.fullmatch(r"[+-]?(\d+(\.\d*)?|\.\d+)", score) or not 0 <= float(score) <= 1:
            yield MASTERY_SCORE.at(span, value=score)
        elif move_on in ("Completed", "NotApplicable"):
            yield MASTERY_UNUSED.at(span, title=title, value=move_on)
    method = node.get("launchMethod", "AnyWindow")
    if method not in manifests.LAUNCH_METHODS:
        yield LAUNCH_METHOD.at(span, value=method)
    if (key := node.first("entitlementKey")) and key.value:
        yield ENTITLEMENT.at(package.node(key), title=title)
    for url in node.all("url"):
        yield from _url(package, url)


def _url(package: Package, node: Node) -> Iterator[Problem]:
    span, href = package.node(node), node.text.strip()
    if not _is_url(href):
        yield URL.at(span, value=href)
        return
    for name in dict(parse_qsl(urlsplit(href).query, keep_blank_values=True)):
        if name in manifests.RESERVED_PARAMETERS:
            yield RESERVED.at(span, name=name)
    if is_remote(href):
        path = urlsplit(href).path.lstrip("/")
        if path and not package.standalone and look_up(package, path).target is Target.FILE:
            yield PACKAGED.at(span, href=href, name=path)
    elif package.standalone:
        yield RELATIVE.at(span, href=href)
    elif resolve(package, href).target is not Target.FILE:
        yield NO_FILE.at(span, href=href)


def _is_url(href: str) -> bool:
    """Whether a text can be an address or a relative reference (RFC 3986)."""
    if not href or re.search(r"[\s<>\"{}|\\^`]", href) or re.search(r"%(?![0-9A-Fa-f]{2})", href):
        return False
    try:
        parts = urlsplit(href)
        _ = parts.port
    except ValueError:
        return False
    return not (parts.scheme in ("http", "https") and not parts.hostname)


def _texts(package: Package, nodes: list[Node], namespace: str) -> Iterator[Problem]:
    for node in nodes:
        if node.namespace != namespace:
            continue
        if node.name in ("title", "description"):
            if not any(text.value for text in node.all("langstring")):
                yield TEXT.at(package.node(node), what=f"<{node.name}> has no words")
            for text in node.all("langstring"):
                language = text.get("lang")
                if "lang" in text.attributes and not LANGUAGE.fullmatch(language):
                    yield TEXT.at(package.node(text), what=f"the language of the <langstring> is {language!r}")
        if node.name in ("url", "launchParameters", "entitlementKey") and node.text != node.text.strip():
            yield BLANKS.at(package.node(node), name=node.name)


def _extensions(package: Package, nodes: list[Node], namespace: str) -> Iterator[Problem]:
    told: set[str] = set()
    if any(name.lower().endswith(".xsd") for name in package.names) or package.standalone:
        return
    for node in nodes:
        if node.namespace and node.namespace not in (namespace, *told):
            told.add(node.namespace)
            yield EXTENSION.at(package.node(node), namespace=node.namespace)
