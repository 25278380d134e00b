"""MAN017-026, 058-059: organizations and items, the menu that an LMS shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scormkit.check.package.package import Kind
from scormkit.model.problem import Rule, Severity
from scormkit.standards import limits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scormkit.check.package.package import Item, Organization, Package
    from scormkit.model.problem import Problem

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

DEFAULT = Rule(
    "MAN017", ERROR,
    "organizations/@default is {value!r}, and there is no such organization",
    "write the identifier of the organization that learners shall see",
    "An LMS shows nothing, or something else than was meant.",
    "SCORM 2004 4th edition, Content Aggregation Model, table 3.5.3a (1.5.1); IMS Content Packaging",
)  # fmt: skip
NO_DEFAULT = Rule(
    "MAN018", WARNING,
    "organizations has no default",
    "add default=\"...\" with the identifier of an organization",
    "LMSs take the first organization, or none.",
    "SCORM 2004 4th edition, Content Aggregation Model, table 3.5.3a (1.5.1)",
)  # fmt: skip
NO_ORGANIZATION = Rule(
    "MAN019", ERROR,
    "the manifest has no organization",
    "add an organization with at least one item",
    "There is nothing that an LMS could start.",
    "SCORM Content Aggregation Model, content packages; refused by Moodle",
)  # fmt: skip
NO_RESOURCE = Rule(
    "MAN020", ERROR,
    "the item {title!r} refers to the resource {value!r}, which does not exist",
    "write the identifier of a resource, or add that resource",
    "The learner opens the item and sees an error page.",
    "IMS Content Packaging, identifierref",
)  # fmt: skip
LEAF = Rule(
    "MAN021", ERROR,
    "the item {title!r} has nothing to open",
    "add identifierref=\"...\" with the identifier of a resource",
    "An item without items in it has to open something.",
    "SCORM 2004 Content Aggregation Model (item)",
)  # fmt: skip
CLUSTER = Rule(
    "MAN022", ERROR,
    "the item {title!r} has items in it and opens a resource as well",
    "move the resource into an item of its own",
    "SCORM 2004 does not allow it, and no rule says when it would be opened.",
    "SCORM 2004 Content Aggregation Model (item)",
)  # fmt: skip
CLUSTER_12 = Rule(
    "MAN062", WARNING,
    "the item {title!r} has items in it and opens a resource as well",
    "move the resource into an item of its own",
    "LMSs differ in whether they open it; SCORM 2004 no longer allows it.",
    "SCORM 1.2 leaves it open",
)  # fmt: skip
NO_TITLE = Rule(
    "MAN023", ERROR,
    "{element} has no title",
    "add <title> with the words that learners see in the menu",
    "The menu shows an empty line.",
    "SCORM 2004 4th edition, Content Aggregation Model, table 3.5.3a (1.5.2.5, 1.5.2.6.3)",
)  # fmt: skip
LONG_TITLE = Rule(
    "MAN024", WARNING,
    "the title {title!r} is {length} characters long",
    "shorten it to {limit} characters",
    "It is cut off, or the upload fails: Moodle and the Learning Hub keep 255 characters.",
    "imscp_rootv1p1p2.xsd, titleType; ScormResourceVersionManifest.sql",
)  # fmt: skip
INVISIBLE = Rule(
    "MAN025", WARNING,
    "every item is marked isvisible=\"false\"",
    "make at least one visible",
    "The learner sees an empty menu.",
    "IMS Content Packaging, isvisible",
)  # fmt: skip
NOTHING = Rule(
    "MAN026", ERROR,
    "nothing in the organization {title!r} can be opened",
    "give at least one item a resource with an href",
    "There is nothing that an LMS could start.",
    "SCORM Content Aggregation Model, content packages",
)  # fmt: skip
PARAMETERS = Rule(
    "MAN058", WARNING,
    "the parameters of the item {title!r} are {value!r}",
    "begin them with '?', '#' or '&', and leave addresses out",
    "They are appended to the address of the page as they are.",
    "SCORM 2004 Content Aggregation Model (item)",
)  # fmt: skip
SEVERAL = Rule(
    "MAN059", INFO,
    "the package has {count} items that are started on their own",
    "if it is for the NHS Learning Hub or ESR, make a package with one",
    "Some hosts start only one page of a package.",
    "Learning Hub ScormResourceVersionManifest.sql (ManifestURL)",
)  # fmt: skip


def check(package: Package) -> Iterator[Problem]:
    """The organizations of a SCORM manifest and everything in them."""
    if package.manifest is None or package.kind not in (Kind.SCORM12, Kind.SCORM2004):
        return
    group = package.manifest.first("organizations")
    if not package.organizations:
        yield NO_ORGANIZATION.at(package.node(group or package.manifest))
        return
    if group is not None:
        value = group.get("default")
        if not value:
            yield NO_DEFAULT.at(package.node(group))
        elif all(o.identifier != value for o in package.organizations):
            yield DEFAULT.at(package.node(group), value=value)
    for organization in package.organizations:
        yield from _organization(package, organization)
    if package.default and not package.default.walk:
        yield NOTHING.at(package.node(package.default.node), title=package.default.title)
    if len(package.launches) > 1:
        yield SEVERAL.at(package.node(group), count=len(package.launches))


def _organization(package: Package, organization: Organization) -> Iterator[Problem]:
    node = organization.node
    if not organization.title:
        yield NO_TITLE.at(package.node(node), element=f"the organization {organization.identifier!r}")
    yield from _title_length(package, organization)
    items = organization.walk
    if items and not any(item.visible for item in items):
        yield INVISIBLE.at(package.node(node))
    for item in items:
        yield from _item(package, item)


def _title_length(package: Package, thing: Item | Organization) -> Iterator[Problem]:
    if len(thing.title) > limits.TITLE:
        node = thing.node.first("title")
        yield LONG_TITLE.at(
            package.node(node), title=thing.title[:40] + "…", length=len(thing.title), limit=limits.TITLE
        )


def _item(package: Package, item: Item) -> Iterator[Problem]:
    span = package.node(item.node)
    if not item.title:
        yield NO_TITLE.at(span, element=f"the item {item.identifier!r}")
    yield from _title_length(package, item)
    if item.reference and item.reference not in package.by_identifier:
        yield NO_RESOURCE.at(span, title=item.title, value=item.reference)
    if not item.items and not item.reference:
        yield LEAF.at(span, title=item.title)
    if item.items and item.reference:
        rule = CLUSTER if package.kind is Kind.SCORM2004 else CLUSTER_12
        yield rule.at(span, title=item.title)
    parameters = item.node.get("parameters")
    if parameters and (parameters[0] not in "?#&" or "://" in parameters.split("=", 1)[0]):
        yield PARAMETERS.at(span, title=item.title, value=parameters)
