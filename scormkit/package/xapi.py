"""xAPI: Site -> tincan.xml, the launch page, everything else.

tincan.xml says which page to launch for the course's activity, and describes every activity that statements are about, so that
reports have words for them. Its form is that of RusticiSoftware, "Incorporating a TinCan LRS into an LMS" (Packaging).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lxml import etree

from scormkit.package.statements import activities
from scormkit.package.text import document, plain
from scormkit.standards.namespaces import TINCAN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scormkit.model.archive import Content
    from scormkit.model.course import Course
    from scormkit.model.site import Site

CONNECT = "'self' https: http:"
"""An LRS may be anywhere; on a page that came by https, browsers refuse http by themselves."""

PARTS = ("choices", "scale", "source", "target", "steps")


def package(site: Site) -> dict[str, Content]:
    """What the xAPI package holds, by name."""
    page = site.launch_page("xapi", CONNECT)
    return {"tincan.xml": manifest(site.course, site.LAUNCH), site.LAUNCH: page, **site.files}


def manifest(course: Course, launch: str) -> bytes:
    """tincan.xml for a course whose launch page is `launch`."""
    root = etree.Element(_name("tincan"), nsmap={None: TINCAN})
    group = _add(root, "activities")
    for number, activity in enumerate(activities(course)):
        element = _activity(group, activity)
        if number == 0:  # only one may have a launch: the course
            _add(element, "launch", launch, lang=course.settings.language)
        _interaction(element, activity["definition"])
    return document(root)


def _activity(parent: etree._Element, activity: Mapping[str, Any]) -> etree._Element:
    definition = activity["definition"]
    element = _add(parent, "activity", id=activity["id"], type=definition["type"])
    for name in ("name", "description"):
        _said(element, name, definition[name])
    return element


def _interaction(element: etree._Element, definition: Mapping[str, Any]) -> None:
    if "interactionType" not in definition:
        return
    _add(element, "interactionType", definition["interactionType"])
    if patterns := definition.get("correctResponsesPattern"):
        group = _add(element, "correctResponsePatterns")
        for pattern in patterns:
            _add(group, "correctResponsePattern", pattern)
    for part in PARTS:
        if components := definition.get(part):
            group = _add(element, part)
            for component in components:
                one = _add(group, "component")
                _add(one, "id", component["id"])
                _said(one, "description", component["description"])


def _said(parent: etree._Element, name: str, texts: Mapping[str, str]) -> None:
    for language, text in texts.items():
        _add(parent, name, text, lang=language)


def _name(name: str) -> str:
    return f"{{{TINCAN}}}{name}"


def _add(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, _name(name), attributes)
    element.text = None if text is None else plain(text)
    return element
