"""A course's settings as Learning Object Metadata in the binding that SCORM 1.2 takes: IMS Meta-data 1.2.1.

In: a Course. Out: the `<lom>` element, its texts in each language of the course. Clauses are of the IMS Learning Resource
Meta-data Information Model 1.2.1; order and number of elements are those of imsmd_rootv1p2p1.xsd.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from scormkit.model.duration import iso
from scormkit.package.text import plain
from scormkit.standards.namespaces import IMSMD, XML

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from scormkit.model.course import Course
    from scormkit.model.settings import CourseSettings

SOURCE = "LOMv1.0"
"""Whose vocabulary the values are from."""

LANGUAGE_OF_VALUES = "x-none"  # IMS Best Practice Guide, 3.4.4: vocabulary values are of no language

# Smallest permitted maximum of the fields: what every reader keeps.
TITLE, TEXT, CATALOG_ENTRY, VCARD = 1000, 2000, 1000, 1000


def lom(course: Course, launch: str) -> etree._Element:
    """The `<lom>` element for a course whose launch page is `launch`."""
    settings = course.settings
    root = etree.Element(_name("lom"), nsmap={None: IMSMD})
    _general(root, course)
    _lifecycle(root, settings)
    metadata = _add(root, "metametadata")
    _add(metadata, "metadatascheme", "ADL SCORM 1.2")
    _add(metadata, "language", settings.language)
    technical = _add(root, "technical")
    _add(technical, "format", "text/html")
    _add(technical, "location", launch).set("type", "URI")
    _educational(root, course)
    _rights(root, course)
    if settings.objectives:
        classification = _add(root, "classification")
        _value(classification, "purpose", "Educational Objective")
        _said(classification, "description", course, lambda told: "; ".join(one.text for one in told.objectives), TEXT)
    return root


def _general(root: etree._Element, course: Course) -> None:
    settings = course.settings
    general = _add(root, "general")
    _said(general, "title", course, lambda told: told.title, TITLE)
    # 1.1 identifier is reserved and must not be used; the id of a course is a catalogue entry (1.3).
    entry = _add(general, "catalogentry")
    _add(entry, "catalog", "URI")
    _texts(entry, "entry", (plain(settings.id, CATALOG_ENTRY),), LANGUAGE_OF_VALUES)
    for version in course.versions:
        _add(general, "language", version.settings.language)
    _said(general, "description", course, lambda told: told.summary or told.title, TEXT)
    for index in range(len(settings.keywords)):

        def keyword(told: CourseSettings, index: int = index) -> str:
            return told.keywords[index]

        _said(general, "keyword", course, keyword, TITLE)
    _value(general, "structure", "Linear")
    _value(general, "aggregationlevel", "2")


def _lifecycle(root: etree._Element, settings: CourseSettings) -> None:
    lifecycle = _add(root, "lifecycle")
    _texts(lifecycle, "version", (plain(settings.version, 50),), LANGUAGE_OF_VALUES)
    _value(lifecycle, "status", "Draft" if settings.review.pending else "Final")
    publishers = (settings.publisher,) if settings.publisher else ()
    for role, names in (("Author", settings.authors), ("Publisher", publishers)):
        if names:
            contribute = _add(lifecycle, "contribute")
            _value(contribute, "role", role)
            for name in names:
                _add(_add(contribute, "centity"), "vcard", _vcard(name, person=role == "Author"))


def _educational(root: etree._Element, course: Course) -> None:
    settings = course.settings
    educational = _add(root, "educational")
    _value(educational, "intendedenduserrole", "Learner")
    if settings.duration:
        time = _add(educational, "typicallearningtime")
        if (period := iso(settings.duration)) is not None:
            _add(time, "datetime", period)
        _said(time, "description", course, lambda told: told.duration or "", TITLE)
    if settings.audience:
        _said(educational, "description", course, lambda told: told.audience or "", TITLE)
    for version in course.versions:
        _add(educational, "language", version.settings.language)


def _rights(root: etree._Element, course: Course) -> None:
    settings = course.settings
    rights = _add(root, "rights")
    _value(rights, "cost", "no")
    stated = bool(settings.copyright or settings.licence)
    _value(rights, "copyrightandotherrestrictions", "yes" if stated else "no")
    if stated:
        _said(
            rights, "description", course, lambda told: ". ".join(filter(None, (told.copyright, told.licence))), TITLE
        )


def _name(name: str) -> str:
    return f"{{{IMSMD}}}{name}"


def _add(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    element = etree.SubElement(parent, _name(name))
    element.text = text
    return element


def _texts(parent: etree._Element, name: str, texts: Iterable[str], language: str) -> None:
    """An element that holds one `<langstring>` for each text."""
    element = _add(parent, name)
    for text in texts:
        _add(element, "langstring", text).set(f"{{{XML}}}lang", language)


def _said(parent: etree._Element, name: str, course: Course, text: Callable[[CourseSettings], str], limit: int) -> None:
    """An element that says a text of the settings in each language of the course, that in which it is written first."""
    element = _add(parent, name)
    for version in (course, *course.translations):
        langstring = _add(element, "langstring", plain(text(version.settings), limit))
        langstring.set(f"{{{XML}}}lang", version.settings.language)


def _value(parent: etree._Element, name: str, value: str) -> None:
    """An element whose value is from a vocabulary."""
    element = _add(parent, name)
    _texts(element, "source", (SOURCE,), LANGUAGE_OF_VALUES)
    _texts(element, "value", (value,), LANGUAGE_OF_VALUES)


def _vcard(name: str, person: bool) -> str:
    """RFC 2426: a name on one line, its commas, semicolons and backslashes escaped."""
    escaped = re.sub(r"([\\,;])", r"\\\1", plain(name, VCARD // 2 - 100))
    lines = [
        "BEGIN:VCARD",
        "VERSION:3.0",
        f"FN:{escaped}",
        f"N:{escaped};;;;" if person else f"ORG:{escaped}",
        "END:VCARD",
    ]
    return "\n".join(lines)
