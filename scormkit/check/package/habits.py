"""RUN006 and RUN026: what scripts show, without being run, of how they will talk to an LMS."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scormkit.check.package import callrules as rules
from scormkit.check.package import htmltree
from scormkit.check.package.package import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scormkit.check.package.package import Package
    from scormkit.model.problem import Problem

_STRICT = re.compile(r"""\b(LMSSetValue|LMSCommit)\([^()\n]{0,200}\)\s*[!=]==\s*["']true["']""")
_UNLOAD = re.compile(r"\bon(?:before)?unload\b|[\"'](?:before)?unload[\"']")
_HIDE = re.compile(r"pagehide|visibilitychange")


def check(package: Package) -> Iterator[Problem]:
    """The scripts and pages of a SCORM package."""
    if package.kind not in (Kind.SCORM12, Kind.SCORM2004):
        return
    for name, text in package.texts.items():
        match = _STRICT.search(text)
        if match:
            where = htmltree.place(htmltree.line_starts(text), match.start())
            yield rules.STRICT.at(package.at(name, *where), call=match.group(1))
    if package.unread or any(_HIDE.search(text) for text in package.texts.values()):
        return
    for name, text in package.texts.items():
        match = _UNLOAD.search(text)
        if match:
            where = htmltree.place(htmltree.line_starts(text), match.start())
            yield rules.UNLOAD.at(package.at(name, *where))
            return
