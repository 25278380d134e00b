"""Site -> the entries of a package, one module a format. Pure: `scormkit.model.archive` writes them.

A format's module has `package(site)`, which returns what stands in the zip, by name. To add one: the module, and its name here.
"""

from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scormkit.model.archive import Content
    from scormkit.model.course import Course
    from scormkit.model.site import Site

FORMATS = {
    "scorm12": "scormkit.package.scorm12",
    "xapi": "scormkit.package.xapi",
}
"""Formats by the name that settings, file names and trackers share, and the module that makes each."""


def package(site: Site, format: str) -> Mapping[str, Content]:
    """What the package of `site` in `format` holds: bytes, or a Path whose bytes are streamed, by name in the zip.

    Raises LookupError for a format that is not in FORMATS.
    """
    if format not in FORMATS:
        raise LookupError(f"there is no format {format!r}; there are {', '.join(FORMATS)}")
    return cast("Mapping[str, Content]", import_module(FORMATS[format]).package(site))


def package_name(course: Course, format: str) -> str:
    """The package's file name, `<slug>-<version>-<format>.zip`, of letters that every file system and host takes.

    An edition in one of several languages has its tag before the format.
    """
    parts = tuple(filter(None, (course.settings.slug, course.settings.version, course.edition, format)))
    return "-".join(re.sub(r"[^A-Za-z0-9._]+", "-", part).strip("-.") or "course" for part in parts) + ".zip"
