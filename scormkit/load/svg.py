"""SVG files can run scripts: here is found what in one has no place in a course.

In: an SVG's text. Out: problems. The file itself goes into the package unchanged, so everything found here is an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.parsers import expat

from scormkit.model.problem import Problem, Rule, Severity
from scormkit.model.source import Span

SCRIPT = Rule(
    "MED003",
    Severity.ERROR,
    "this SVG contains {what}",
    "export it again without scripts, or save it as PNG",
    "An SVG can run scripts in the learner's browser; hosts refuse such files or break them.",
)
REMOTE = Rule(
    "MED004",
    Severity.ERROR,
    "this SVG loads '{address}' from elsewhere",
    "put the picture or font into the SVG itself",
    "Nothing may be loaded from outside the package: it would not be shown, and it would tell others who learns here.",
)
NOT_XML = Rule(
    "MED005",
    Severity.ERROR,
    "this SVG is not well-formed: {what}",
    "export it again from the program that it was drawn with",
    "Browsers show a broken picture instead of it.",
)

_FORBIDDEN = {"script": "a script", "foreignobject": "foreign content", "iframe": "a frame", "handler": "a script"}
_ADDRESS = re.compile(r"url\(\s*['\"]?([^'\"()]{0,500})|@import\s+['\"]?([^'\";]{0,500})", re.IGNORECASE)
_REMOTE = re.compile(r"\s*(?:https?:|//|ftp:|file:)", re.IGNORECASE)
_SCRIPTED = re.compile(r"\s*(?:javascript|vbscript|data:text/html)", re.IGNORECASE)


def check_svg(text: str, span: Span) -> list[Problem]:
    """All that is wrong with an SVG. Entities are refused, so that none can grow beyond all bounds."""
    problems: list[Problem] = []
    parser = expat.ParserCreate()

    def here() -> Span:
        return Span(span.path, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1)

    def element(name: str, attributes: dict[str, str]) -> None:
        problems.extend(_in_element(name.rpartition(":")[2].lower(), attributes, here()))

    def declaration(*_: object) -> None:
        problems.append(SCRIPT.at(here(), what="entities of its own"))

    def words(data: str) -> None:
        problems.extend(_in_style(data, here()))

    parser.StartElementHandler = element
    parser.EntityDeclHandler = declaration
    parser.CharacterDataHandler = words
    try:
        parser.Parse(text.removeprefix("\ufeff").encode("utf-8", "replace"), True)
    except expat.ExpatError as error:
        place = Span(span.path, error.lineno, error.offset + 1)
        problems.append(NOT_XML.at(place, what=expat.ErrorString(error.code) or "it cannot be read"))
    return list(dict.fromkeys(problems))


def _in_element(name: str, attributes: dict[str, str], here: Span) -> Iterator[Problem]:
    if name in _FORBIDDEN:
        yield SCRIPT.at(here, what=_FORBIDDEN[name])
    for attribute, value in attributes.items():
        key = attribute.rpartition(":")[2].lower()
        if key.startswith("on"):
            yield SCRIPT.at(here, what=f"the event handler '{attribute}'")
        elif key in ("href", "src"):
            if _SCRIPTED.match(value):
                yield SCRIPT.at(here, what="a script address")
            elif _REMOTE.match(value) and name != "a":
                yield REMOTE.at(here, address=value[:60])
        elif "(" in value:
            yield from _in_style(value, here)


def _in_style(text: str, here: Span) -> Iterator[Problem]:
    for match in _ADDRESS.finditer(text):
        address = match[1] or match[2] or ""
        if _REMOTE.match(address):
            yield REMOTE.at(here, address=address[:60])
