"""SEQ rules: sequencing and navigation of SCORM 2004."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from scormkit.check.package.package import Kind
from scormkit.model.problem import Rule, Severity
from scormkit.standards import manifests

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scormkit.check.package.package import Package
    from scormkit.check.package.xmltree import Node
    from scormkit.model.problem import Problem

ERROR, WARNING = Severity.ERROR, Severity.WARNING

COLLECTION = Rule(
    "SEQ001", ERROR,
    "the sequencing refers to {value!r}, which is not in the sequencing collection",
    "add a sequencing with that ID to the collection, or correct the IDRef",
    "An LMS refuses the package or leaves the rules out.",
    "imsss_v1p0.xsd, sequencing/@IDRef",
)  # fmt: skip
PRIMARY = Rule(
    "SEQ002", ERROR,
    "{what}",
    "give each activity exactly one primaryObjective, with an objectiveID if it has a mapInfo",
    "An LMS cannot tell which objective counts for the activity.",
    "imsss_v1p0objective.xsd, objectivesType",
)  # fmt: skip
SAME_OBJECTIVE = Rule(
    "SEQ003", ERROR,
    "the objectiveID {value!r} is used twice in one activity",
    "give each objective an ID of its own",
    "An LMS mixes the two up.",
    "SCORM 2004 Content Aggregation Model, objectives",
)  # fmt: skip
SAME_TARGET = Rule(
    "SEQ004", ERROR,
    "two objectives of one activity write to {value!r}",
    "let only one of them write to it",
    "Which of the two values counts is not defined.",
    "SCORM 2004 Sequencing and Navigation, objective maps",
)  # fmt: skip
MEASURE = Rule(
    "SEQ005", ERROR,
    "minNormalizedMeasure is {value!r}",
    "write a number from -1 to 1",
    "Scores are compared with it on that scale.",
    "imsss_v1p0util.xsd, measureType",
)  # fmt: skip
VOCABULARY = Rule(
    "SEQ006", ERROR,
    "{attribute} is {value!r}",
    "write one of: {allowed}",
    "An LMS does not know any other word.",
    "imsss_v1p0seqrule.xsd, imsss_v1p0rollup.xsd",
)  # fmt: skip
UNREACHABLE = Rule(
    "SEQ007", WARNING,
    "the items in {title!r} can be reached neither by choice nor by moving on",
    "set choice=\"true\" or flow=\"true\" in its controlMode",
    "The learner never sees them.",
    "SCORM 2004 Sequencing and Navigation, control modes",
)  # fmt: skip
NO_START = Rule(
    "SEQ008", WARNING,
    "the course can neither start by itself nor by the learner's choice",
    "set flow=\"true\" in the organization's controlMode",
    "The learner opens the course and nothing happens.",
    "SCORM 2004 Sequencing and Navigation, start and choice requests",
)  # fmt: skip
ATTEMPTS = Rule(
    "SEQ009", WARNING,
    "attemptLimit is {value!r}",
    "write a whole number from 1 up, or leave it out",
    "With 0 the activity can never be started.",
    "imsss_v1p0limit.xsd",
)  # fmt: skip
ROLLUP = Rule(
    "SEQ010", WARNING,
    "no item in {title!r} counts towards its {what}",
    "let at least one of them count",
    "The part, and with it the course, can never be {done}.",
    "SCORM 2004 Sequencing and Navigation, rollup",
)  # fmt: skip
COUNT = Rule(
    "SEQ011", WARNING,
    "selectCount is {value}, but {title!r} has only {count} item(s)",
    "select at most as many as there are",
    "Nothing is left to choose from.",
    "SCORM 2004 Sequencing and Navigation, selection",
)  # fmt: skip
HIDE = Rule(
    "SEQ012", ERROR,
    "hideLMSUI is {value!r}",
    "write one of: {allowed}",
    "An LMS does not know any other word.",
    "adlnav_v1p3.xsd, hideLMSUIType",
)  # fmt: skip
THRESHOLD = Rule(
    "SEQ013", ERROR,
    "completionThreshold {what}",
    "write it as the package's edition wants it: a number from 0 to 1 as text, in the 4th edition as attributes",
    "An LMS of that edition does not read it, and completion comes out wrong.",
    "adlcp_v1p3.xsd 1.0 and 2.0",
)  # fmt: skip
FOURTH = Rule(
    "SEQ014", ERROR,
    "{what} is of the 4th edition, but the package says {edition}",
    "set schemaversion to 2004 4th Edition, or leave it out",
    "An LMS of another edition refuses it or leaves it out.",
    "adlcp_v1p3.xsd 2.0",
)  # fmt: skip
UNTRACKED = Rule(
    "SEQ015", WARNING,
    "the item {title!r} is a SCO, but is set to tracked=\"false\"",
    "leave tracked out, or make the resource an asset",
    "Nothing that it reports is kept.",
    "SCORM 2004 Sequencing and Navigation, delivery controls",
)  # fmt: skip


def check(package: Package) -> Iterator[Problem]:
    """Sequencing, navigation and the parts of SCORM 2004 that differ between editions."""
    root = package.manifest
    if root is None or package.kind is not Kind.SCORM2004:
        return
    for node in root.walk:
        if node.namespace == manifests.IMSSS:
            yield from _imsss(package, node)
        elif node.name == "hideLMSUI" and node.value not in manifests.HIDDEN_CONTROLS:
            yield HIDE.at(package.node(node), value=node.value, allowed=", ".join(manifests.HIDDEN_CONTROLS))
        elif node.namespace == manifests.ADLCP_2004:
            yield from _edition(package, node)
        if any(key.endswith("}sharedDataGlobalToSystem") for key in node.attributes):
            yield from _fourth(package, node, "sharedDataGlobalToSystem")
    yield from _collection(package, root)
    for organization in package.organizations:
        yield from _start(package, organization.node)
        for node in organization.node.walk:
            if node.name in ("organization", "item"):
                yield from _activity(package, node)


def _imsss(package: Package, node: Node) -> Iterator[Problem]:
    span = package.node(node)
    if node.name == "minNormalizedMeasure" and not _within(node.value, -1, 1):
        yield MEASURE.at(span, value=node.value)
    if node.name == "limitConditions":
        limit = node.get("attemptLimit")
        if limit and (not limit.isdecimal() or int(limit[:9]) < 1):
            yield ATTEMPTS.at(span, value=limit)
    if node.name == "objectives":
        yield from _objectives(package, node)
    if node.name == "ruleCondition":
        yield from _word(package, node, "condition", manifests.CONDITIONS)
        yield from _word(package, node, "operator", ("not", "noOp"))
    if node.name == "rollupCondition":
        yield from _word(package, node, "condition", manifests.ROLLUP_CONDITIONS)
        yield from _word(package, node, "operator", ("not", "noOp"))
    for action in (child for child in node.children if child.name in ("ruleAction", "rollupAction")):
        yield from _word(package, action, "action", manifests.ACTIONS.get(node.name, ()))


def _word(package: Package, node: Node, attribute: str, allowed: tuple[str, ...]) -> Iterator[Problem]:
    value = node.get(attribute)
    if allowed and attribute in node.attributes and value not in allowed:
        yield VOCABULARY.at(package.node(node), attribute=attribute, value=value, allowed=", ".join(allowed))


def _objectives(package: Package, node: Node) -> Iterator[Problem]:
    primary = node.all("primaryObjective")
    if len(primary) != 1:
        yield PRIMARY.at(package.node(node), what=f"there are {len(primary)} primaryObjectives in one activity")
    for objective in primary:
        if objective.all("mapInfo") and not objective.get("objectiveID"):
            yield PRIMARY.at(package.node(objective), what="the primaryObjective has a mapInfo but no objectiveID")
    counted = Counter(o.get("objectiveID") for o in node.children if o.get("objectiveID"))
    for value in (value for value, count in counted.items() if count > 1):
        yield SAME_OBJECTIVE.at(package.node(node), value=value)
    for attribute in ("writeSatisfiedStatus", "writeNormalizedMeasure"):
        written = Counter(
            m.get("targetObjectiveID")
            for o in node.children
            for m in o.all("mapInfo")
            if m.get(attribute) in ("true", "1")
        )
        for value in (value for value, count in written.items() if count > 1):
            yield SAME_TARGET.at(package.node(node), value=value)


def _collection(package: Package, root: Node) -> Iterator[Problem]:
    known = {s.get("ID") for c in root.all("sequencingCollection") for s in c.all("sequencing")}
    for node in root.under("sequencing"):
        value = node.get("IDRef")
        if value and value not in known:
            yield COLLECTION.at(package.node(node), value=value)


def _control(node: Node) -> tuple[bool, bool]:
    """Whether the items of an activity can be chosen, and whether they follow one another (defaults of the schema)."""
    sequencing = node.first("sequencing")
    mode = sequencing.first("controlMode") if sequencing else None
    if sequencing is not None and sequencing.get("IDRef") and mode is None:
        return True, True  # defined elsewhere, and not followed here
    choice = mode.get("choice", "true") if mode else "true"
    flow = mode.get("flow", "false") if mode else "false"
    return choice in ("true", "1"), flow in ("true", "1")


def _start(package: Package, organization: Node) -> Iterator[Problem]:
    if organization.all("item") and not any(_control(organization)):
        yield NO_START.at(package.node(organization))


def _activity(package: Package, node: Node) -> Iterator[Problem]:
    items = node.all("item")
    title = t.value if (t := node.first("title")) else node.get("identifier")
    if items and node.name == "item" and not any(_control(node)):
        yield UNREACHABLE.at(package.node(node), title=title)
    if items:
        yield from _rollup(package, node, items, title)
    sequencing = node.first("sequencing")
    if sequencing is None:
        return
    for controls in sequencing.all("randomizationControls"):
        count = controls.get("selectCount")
        if count.isdecimal() and int(count[:9]) > len(items):
            yield COUNT.at(package.node(controls), value=count, title=title, count=len(items))
    resource = package.by_identifier.get(node.get("identifierref"))
    for controls in sequencing.all("deliveryControls"):
        if controls.get("tracked") in ("false", "0") and resource and resource.scorm_type == "sco":
            yield UNTRACKED.at(package.node(controls), title=title)


def _rollup(package: Package, node: Node, items: tuple[Node, ...], title: str) -> Iterator[Problem]:
    for attribute, what, done in (
        ("rollupObjectiveSatisfied", "success", "passed"),
        ("rollupProgressCompletion", "completion", "completed"),
    ):
        rules = [rules for i in items if (s := i.first("sequencing")) for rules in s.all("rollupRules")]
        off = [r for r in rules if r.get(attribute) in ("false", "0")]
        if len(off) == len(items):
            yield ROLLUP.at(package.node(node), title=title, what=what, done=done)


def _edition(package: Package, node: Node) -> Iterator[Problem]:
    span = package.node(node)
    if node.name == "data":
        yield from _fourth(package, node, "adlcp:data")
    if node.name != "completionThreshold":
        return
    attributes = [n for n in ("completedByMeasure", "minProgressMeasure", "progressWeight") if n in node.attributes]
    if package.edition in ("2nd Edition", "3rd Edition"):
        if attributes:
            yield THRESHOLD.at(span, what=f"has the attribute {attributes[0]!r} of the 4th edition")
        elif not _within(node.value, 0, 1):
            yield THRESHOLD.at(span, what=f"is {node.value!r}")
    for name in ("minProgressMeasure", "progressWeight"):
        if package.edition == "4th Edition" and name in attributes and not _within(node.get(name), 0, 1):
            yield THRESHOLD.at(span, what=f"has {name}={node.get(name)!r}")


def _fourth(package: Package, node: Node, what: str) -> Iterator[Problem]:
    if package.edition in ("2nd Edition", "3rd Edition"):
        yield FOURTH.at(package.node(node), what=what, edition=package.edition)


def _within(text: str, low: float, high: float) -> bool:
    try:
        return low <= float(text) <= high
    except ValueError:
        return False
