"""TIN rules: tincan.xml, the manifest of xAPI packages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scormkit.check.package.package import Kind
from scormkit.check.package.references import Target, host, is_private, resolve
from scormkit.model.problem import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scormkit.check.package.package import Package
    from scormkit.check.package.xmltree import Node
    from scormkit.model.problem import Problem

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

NO_ACTIVITY = Rule(
    "TIN001", ERROR,
    "tincan.xml has no activity",
    "add <activities> with an <activity>",
    "There is nothing that an LMS could start.",
    "RusticiSoftware, Incorporating a TinCan LRS into an LMS, Packaging",
)  # fmt: skip
ID = Rule(
    "TIN002", ERROR,
    "the id of the activity is {value!r}",
    "write an absolute IRI that you control, such as https://example.org/courses/hand-washing",
    "Reports from all over the world are told apart by it.",
    "xAPI 1.0.3 Data, 2.4.4.1 and 3.1",
)  # fmt: skip
TYPE = Rule(
    "TIN003", ERROR,
    "the type of the activity is {value!r}",
    "write an absolute IRI, such as http://adlnet.gov/expapi/activities/course",
    "Only an IRI is known as a type.",
    "xAPI 1.0.3 Data, 2.4.4.1",
)  # fmt: skip
NO_LAUNCH = Rule(
    "TIN004", ERROR,
    "no activity has a <launch>",
    "add <launch lang=\"...\"> with the page to open to the first activity",
    "An LMS does not know what to start.",
    "RusticiSoftware, Incorporating a TinCan LRS into an LMS, Packaging",
)  # fmt: skip
LAUNCHES = Rule(
    "TIN005", ERROR,
    "{count} activities have a <launch> or <resource>",
    "keep it in one of them",
    "Only one activity of a package may be started.",
    "RusticiSoftware, Incorporating a TinCan LRS into an LMS, Packaging",
)  # fmt: skip
NO_FILE = Rule(
    "TIN006", ERROR,
    "the page {href!r} is not in the package",
    "add the file, or correct <launch>",
    "The learner sees an error page instead of the course.",
    "RusticiSoftware, Incorporating a TinCan LRS into an LMS, Packaging",
)  # fmt: skip
NO_LANGUAGE = Rule(
    "TIN007", WARNING,
    "<{name}> does not say its language",
    "add lang=\"en\" or another language",
    "Reports show it by language.",
    "RusticiSoftware, Incorporating a TinCan LRS into an LMS, Packaging",
)  # fmt: skip
FOREIGN = Rule(
    "TIN008", WARNING,
    "ids of activities, such as {value!r}, are on a domain that is not yours",
    "use an address of your own organisation; it need not lead to a page",
    "Others may use the same id, and your reports get mixed with theirs.",
    "xAPI 1.0.3 Data, 3.1",
)  # fmt: skip
UNKNOWN = Rule(
    "TIN009", INFO,
    "<{name}> in tincan.xml cannot be checked",
    "see that it is meant; most LMSs pass over what they do not know",
    "The schema of tincan.xml is not published any more; its rules are checked as they are described.",
    "RusticiSoftware, Incorporating a TinCan LRS into an LMS, Packaging",
)  # fmt: skip
NO_NAME = Rule(
    "TIN010", ERROR,
    "the activity {value!r} has no <name>",
    "add <name lang=\"...\"> with the title",
    "The LMS shows an empty line.",
    "RusticiSoftware, Incorporating a TinCan LRS into an LMS, Packaging",
)  # fmt: skip
SAME_ID = Rule(
    "TIN011", ERROR,
    "two activities have the id {value!r}",
    "give each an id of its own",
    "Reports cannot tell them apart.",
    "xAPI 1.0.3 Data, 2.4.4.1",
)  # fmt: skip

DESCRIBED = frozenset(
    "tincan activities activity name description launch resource extensions extension interactionType"
    " correctResponsePatterns correctResponsePattern choices scale source target steps component id".split()
)
"""The elements that the description of the format has, and the packages of the large authoring tools."""

FOREIGN_HOSTS = ("example.com", "example.org", "example.net", "tincanapi.com", "adlnet.gov", "your-domain.com")


def is_iri(value: str) -> bool:
    """Whether a text is an absolute IRI: a scheme, and something after it, without blanks (RFC 3987)."""
    if re.search(r"[\s<>\"{}|\\^`]", value) or not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:.", value):
        return False
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return bool(parts.netloc) if parts.scheme.lower() in ("http", "https", "ftp") else True


def check(package: Package) -> Iterator[Problem]:
    """tincan.xml and the page it launches."""
    root = package.manifest
    if root is None or package.kind is not Kind.XAPI:
        return
    activities = [node for group in root.all("activities") for node in group.all("activity")]
    if not activities:
        yield NO_ACTIVITY.at(package.node(root))
        return
    seen: set[str] = set()
    for node in activities:
        yield from _activity(package, node)
        value = node.get("id")
        if value and value in seen:
            yield SAME_ID.at(package.node(node), value=value)
        seen.add(value)
    foreign = {host(node.get("id")): node for node in reversed(activities) if _is_foreign(node.get("id"))}
    yield from (FOREIGN.at(package.node(node), value=node.get("id")) for node in reversed(foreign.values()))
    started = [node for node in activities if node.first("launch") or node.first("resource")]
    if not any(node.first("launch") for node in activities):
        yield NO_LAUNCH.at(package.node(activities[0]))
    if len(started) > 1:
        yield LAUNCHES.at(package.node(started[1]), count=len(started))
    unknown = {node.name: node for node in reversed(tuple(root.walk)) if node.name not in DESCRIBED}
    yield from (UNKNOWN.at(package.node(node), name=name) for name, node in unknown.items())


def _activity(package: Package, node: Node) -> Iterator[Problem]:
    span, value = package.node(node), node.get("id")
    if not is_iri(value):
        yield ID.at(span, value=value)
    if node.get("type") and not is_iri(node.get("type")):
        yield TYPE.at(span, value=node.get("type"))
    name = node.first("name")
    if name is None or not name.value:
        yield NO_NAME.at(span, value=value)
    for text in (child for child in node.children if child.name in ("name", "description", "launch")):
        if text.local("lang") is None:
            yield NO_LANGUAGE.at(package.node(text), name=text.name)
    for launch in node.all("launch"):
        found = resolve(package, launch.value)
        if found.target not in (Target.FILE, Target.REMOTE):
            yield NO_FILE.at(package.node(launch), href=launch.value)


def _is_foreign(iri: str) -> bool:
    if not is_iri(iri) or not iri.lower().startswith(("http:", "https:")):
        return False
    name = host(iri)
    return is_private(iri) or any(name == foreign or name.endswith("." + foreign) for foreign in FOREIGN_HOSTS)
