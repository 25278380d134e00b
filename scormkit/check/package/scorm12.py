"""MAN046-053: what ADL adds to an item in SCORM 1.2 (and, spelt differently, in SCORM 2004)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scormkit.check.package.package import Kind
from scormkit.model.problem import Rule, Severity
from scormkit.standards import manifests

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scormkit.check.package.package import Package
    from scormkit.check.package.xmltree import Node
    from scormkit.model.problem import Problem

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

MASTERY_SCORE = Rule(
    "MAN046", ERROR,
    "adlcp:masteryscore is {value!r}",
    "write a number from 0 to 100, or leave it out",
    "An LMS compares the learner's score with it; the schema does not notice a wrong one.",
    "SCORM 1.2 Content Aggregation Model (CMIDecimal, 0 to 100)",
)  # fmt: skip
MASTERY_USED = Rule(
    "MAN047", INFO,
    "the manifest sets a mastery score of {value}",
    "leave it out if the course itself decides what is passed",
    "At the end an LMS turns a lower score into 'failed', whatever the course has set.",
    "SCORM 1.2 Conformance Requirements, p. 2-19; seen in Moodle 4.5",
)  # fmt: skip
PREREQUISITE_TYPE = Rule(
    "MAN048", ERROR,
    "adlcp:prerequisites has the type {value!r}",
    "write type=\"aicc_script\"",
    "SCORM 1.2 knows no other language for prerequisites.",
    "adlcp_rootv1p2.xsd, attr.prerequisitetype",
)  # fmt: skip
PREREQUISITES = Rule(
    "MAN049", ERROR,
    "the prerequisites {value!r} cannot be understood ({reason})",
    "write identifiers of items, joined by & (and) or | (or), with ~ for not, and brackets",
    "An LMS ignores them, or never opens the item.",
    "AICC CMI001, prerequisites; SCORM 1.2 Content Aggregation Model",
)  # fmt: skip
TOO_LONG = Rule(
    "MAN050", ERROR,
    "{element} has {length} characters",
    "shorten it to {limit}",
    "The schema allows no more; an LMS may cut it off.",
    "adlcp_rootv1p2.xsd",
)  # fmt: skip
TIME_ALLOWED = Rule(
    "MAN051", ERROR,
    "adlcp:maxtimeallowed is {value!r}",
    "write hours, minutes and seconds, such as 0001:30:00",
    "An LMS cannot read another form.",
    "SCORM 1.2 Run-Time Environment, 3.4.5 (CMITimespan)",
)  # fmt: skip
TIME_ACTION = Rule(
    "MAN052", ERROR,
    "the action at the time limit is {value!r}",
    "write one of: exit,message; exit,no message; continue,message; continue,no message",
    "An LMS knows no other.",
    "adlcp_rootv1p2.xsd and adlcp_v1p3.xsd, time limit action",
)  # fmt: skip
MISSPELT = Rule(
    "MAN053", ERROR,
    "there is no element {name!r} in {edition}",
    "write {right!r}",
    "LMSs match names letter by letter and leave out what they do not know.",
    "adlcp_rootv1p2.xsd, adlcp_v1p3.xsd",
)  # fmt: skip
PREFIX = Rule(
    "MAN063", WARNING,
    "elements of ADL have the prefix {prefix!r} instead of 'adlcp'",
    "use the prefix adlcp, and none for the elements of IMS",
    "Moodle compares prefixes letter by letter: with others it finds no SCO.",
    "seen in Moodle 4.5 (datamodels/scormlib.php)",
)  # fmt: skip

LENGTHS = {"prerequisites": 200, "maxtimeallowed": 13, "datafromlms": 255}
TIMESPAN = re.compile(r"\d{2,4}:[0-5]\d:[0-5]\d(\.\d{1,2})?")
_TOKEN = re.compile(r"\s*(?:(<>|[&|~=(){},*])|\"([^\"]*)\"|([^\s&|~=<>(){},*\"]+))")
STATUSES = {"p", "passed", "c", "completed", "f", "failed", "i", "incomplete", "b", "browsed", "n", "not attempted"}


def check(package: Package) -> Iterator[Problem]:
    """ADL's elements in the items of a SCORM manifest."""
    if package.manifest is None or package.kind not in (Kind.SCORM12, Kind.SCORM2004):
        return
    prefixed = False
    identifiers = {item.identifier for o in package.organizations for item in o.walk}
    for node in package.manifest.walk:
        if node.namespace not in (manifests.ADLCP_12, manifests.ADLCP_2004):
            continue
        if node.prefix != "adlcp" and not prefixed:
            prefixed = True
            yield PREFIX.at(package.node(node), prefix=node.prefix)
        yield from _spelling(package, node)
        yield from _values(package, node, identifiers)


def _spelling(package: Package, node: Node) -> Iterator[Problem]:
    """Right but for the case of its letters."""
    known = manifests.ADL_ELEMENTS_12 if node.namespace == manifests.ADLCP_12 else manifests.ADL_ELEMENTS_2004
    right = next((name for name in known if name.lower() == node.name.lower()), None)
    if right and right != node.name:
        yield MISSPELT.at(package.node(node), name=node.name, right=right, edition=package.kind.label)


def _values(package: Package, node: Node, identifiers: set[str]) -> Iterator[Problem]:
    span, name = package.node(node), node.name.lower()
    limit = LENGTHS.get(name)
    if limit and package.kind is Kind.SCORM12 and len(node.text) > limit:
        yield TOO_LONG.at(span, element=f"adlcp:{name}", length=len(node.text), limit=limit)
    elif name == "prerequisites":
        if node.get("type") != "aicc_script":
            yield PREREQUISITE_TYPE.at(span, value=node.get("type"))
        fault = prerequisites_fault(node.value, identifiers)
        if fault:
            yield PREREQUISITES.at(span, value=node.value, reason=fault)
    elif name == "maxtimeallowed" and not TIMESPAN.fullmatch(node.value):
        yield TIME_ALLOWED.at(span, value=node.value)
    if name == "timelimitaction" and node.value not in manifests.TIME_LIMIT_ACTIONS:
        yield TIME_ACTION.at(span, value=node.value)
    if name == "masteryscore":
        if not re.fullmatch(r"\d+(\.\d+)?", node.value) or not 0 <= float(node.value) <= 100:
            yield MASTERY_SCORE.at(span, value=node.value)
        else:
            yield MASTERY_USED.at(span, value=node.value)


def prerequisites_fault(script: str, identifiers: set[str]) -> str:
    """What is wrong with an aicc_script, in words; empty where nothing is."""
    try:
        parser = _Prerequisites(script, identifiers)
        parser.expression()
        if parser.tokens:
            return f"{parser.tokens[0][1]!r} is not expected"
    except ValueError as error:
        return str(error)
    return ""


class _Prerequisites:
    """Recursive descent over AICC CMI001's language; a script is at most 200 characters long, so it ends soon."""

    def __init__(self, script: str, identifiers: set[str]) -> None:
        self.identifiers = identifiers
        self.tokens: list[tuple[str, str]] = []
        at = 0
        while at < len(script.rstrip()):
            match = _TOKEN.match(script, at)
            if not match:
                raise ValueError(f"{script[at:].strip()[:1]!r} means nothing here")
            operator, quoted, word = match.groups()
            self.tokens.append(("op", operator) if operator else ("word", word) if word else ("text", quoted))
            at = match.end()

    def take(self, *wanted: str) -> str:
        """The next token where it is one of the operators `wanted`, else nothing."""
        if self.tokens and self.tokens[0][0] == "op" and self.tokens[0][1] in wanted:
            return self.tokens.pop(0)[1]
        return ""

    def expect(self, operator: str) -> None:
        if not self.take(operator):
            raise ValueError(f"{operator!r} is missing")

    def expression(self) -> None:
        self.term()
        while self.take("&", "|"):
            self.term()

    def term(self) -> None:
        while self.take("~"):
            pass
        if self.take("("):
            self.expression()
            self.expect(")")
        elif self.take("{"):
            self.set()
        else:
            self.element()

    def element(self) -> None:
        if not self.tokens or self.tokens[0][0] == "op":
            raise ValueError("an item is missing")
        word = self.tokens.pop(0)[1]
        if word.isdigit() and self.take("*"):
            self.expect("{")
            self.set()
            return
        if word not in self.identifiers:
            raise ValueError(f"there is no item {word!r}")
        if self.take("=", "<>"):
            status = self.tokens.pop(0)[1] if self.tokens else ""
            if status.lower() not in STATUSES:
                raise ValueError(f"{status!r} is not a status")

    def set(self) -> None:
        self.term()
        while self.take(","):
            self.term()
        self.expect("}")
