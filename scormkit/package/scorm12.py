"""SCORM 1.2: Site -> imsmanifest.xml, the control documents, the launch page, everything else.

One SCO, whose launch page stands at the root. The manifest is written as the strictest readers want it (tracking rule T60a): the
elements of IMS in the default namespace, the prefix `adlcp`, characters as they are, every file listed, titles within
limits. It has no mastery score: hosts would turn the course's own `passed` or `completed` into something else.
Clauses are of the SCORM 1.2 Content Aggregation Model.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from lxml import etree

from scormkit.package.lom import lom
from scormkit.package.text import document, identifier, plain
from scormkit.standards.limits import TITLE
from scormkit.standards.namespaces import ADLCP, IMSCP, SCHEMAS, SCORM12_FILES, SCORM12_SCHEMAS, XSI

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scormkit.model.archive import Content
    from scormkit.model.course import Course
    from scormkit.model.site import Site

VERSION = 20  # characters of manifest/@version (imscp_rootv1p1p2.xsd, attr.version)


def package(site: Site) -> dict[str, Content]:
    """What the SCORM 1.2 package holds, by name."""
    files: dict[str, Content] = {site.LAUNCH: site.launch_page("scorm12"), **site.files}
    control: dict[str, Content] = {name: (SCHEMAS / "scorm12" / name).read_bytes() for name in SCORM12_FILES}
    return {"imsmanifest.xml": manifest(site.course, site.LAUNCH, sorted(files)), **control, **files}


def manifest(course: Course, launch: str, files: Iterable[str]) -> bytes:
    """imsmanifest.xml for a course whose launch page is `launch`, one of `files`."""
    settings = course.settings
    own = f"{settings.id}#{course.edition}" if course.edition else settings.id  # hosts take two alike for one
    names = {kind: identifier(kind, own) for kind in ("course", "organization", "item", "resource")}
    root = etree.Element(_ims("manifest"), nsmap={None: IMSCP, "adlcp": ADLCP, "xsi": XSI})
    root.set("identifier", names["course"])
    root.set("version", plain(settings.version, VERSION))
    root.set(f"{{{XSI}}}schemaLocation", " ".join(f"{space} {name}" for space, name in SCORM12_SCHEMAS.items()))

    metadata = _add(root, "metadata")  # 2.3.2.1: schema and schemaversion say that it is SCORM 1.2
    _add(metadata, "schema", "ADL SCORM")
    _add(metadata, "schemaversion", "1.2")
    metadata.append(lom(course, launch))

    title = plain(settings.title, TITLE)
    organizations = _add(root, "organizations", default=names["organization"])
    organization = _add(organizations, "organization", identifier=names["organization"])
    _add(organization, "title", title)
    item = _add(organization, "item", identifier=names["item"], identifierref=names["resource"], isvisible="true")
    _add(item, "title", title)

    resources = _add(root, "resources")
    resource = _add(resources, "resource", identifier=names["resource"], type="webcontent", href=quote(launch))
    resource.set(f"{{{ADLCP}}}scormtype", "sco")
    for name in files:
        _add(resource, "file", href=quote(name))
    return document(root)


def _ims(name: str) -> str:
    return f"{{{IMSCP}}}{name}"


def _add(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, _ims(name), attributes)
    element.text = text
    return element
