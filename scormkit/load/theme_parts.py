"""The templates of a theme: pieces of HTML that stand at places which every page keeps for them.

In: the text of templates/NAME.html. Out: clean HTML, in which `{{ title }}` and the like are still to be filled in, and
problems. They are HTML and no programs, so that a theme of somebody else's can be tried without being read first, and the
parts that learners, keyboards and screen readers hang on stay as they were tested.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from scormkit.load.html import ATTRIBUTES, TAGS, report
from scormkit.load.stylesheet import FOLDER, NO_FILE
from scormkit.model.problem import Problem, Rule, Severity, meant
from scormkit.model.source import Span

UNKNOWN_VALUE = Rule(
    "THM020",
    Severity.ERROR,
    "there is nothing called '{name}' to fill in{hint}",
    "correct its spelling; there are {known}",
    "Learners would see the braces.",
)
NO_ALTERNATIVE = Rule(
    "THM021",
    Severity.ERROR,
    "this picture of the theme has no text alternative",
    'add alt="...": what it says, or alt="" where it says nothing',
    "Whoever cannot see it gets nothing in its place, or hears its file name.",
    "WCAG 2.2, 1.1.1 Non-text Content",
)
NOT_A_LINK = Rule(
    "THM022",
    Severity.ERROR,
    "the address '{written}' cannot stand in a theme",
    "link to an address that begins with https: or mailto:",
    "A theme does not know the pages of the courses that wear it.",
)

OF_COURSE = ("title", "version", "summary", "audience", "duration", "publisher", "licence", "copyright", "language")
OF_PAGE = (*OF_COURSE, "page", "section")

PARTS = {
    "brand": OF_COURSE,
    "menu-start": OF_COURSE,
    "menu-end": OF_COURSE,
    "start": OF_PAGE,
    "page-start": OF_PAGE,
    "page-end": OF_PAGE,
    "results-start": OF_COURSE,
    "results-end": OF_COURSE,
    "about": OF_COURSE,
    "foot": OF_COURSE,
}
"""The places, from the top of a course to its end, each with what can be filled in: settings of the course, or titles."""

VALUE = re.compile(r"\{\{\s*([\w.-]*)\s*\}\}")
_SOURCE = re.compile(r'(<img\b[^>]*?\s)src="([^"]*)"')
_IMAGE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_LINK = re.compile(r"<a\b[^>]*?\shref\s*=\s*[\"']?([^\"'\s>]*)", re.IGNORECASE)
_ALT = re.compile(r"\salt\s*=", re.IGNORECASE)
_ABSOLUTE = re.compile(r"(?:https://[^/\s]|mailto:\S)", re.IGNORECASE)


def read_part(name: str, text: str, span: Span, pictures: Collection[str]) -> tuple[str, set[str], list[Problem]]:
    """A part's HTML, the pictures of the theme that it shows, and what is wrong with it; `name` is one of PARTS."""
    values = PARTS[name]
    problems: list[Problem] = []
    used: set[str] = set()

    def place(at: int) -> Span:
        return Span(span.path, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))

    report([(text, Span(span.path, 1, 1))], problems, addresses=True)
    for found in VALUE.finditer(text):
        if found[1] not in values:
            hint = meant(found[1], values)
            problems.append(UNKNOWN_VALUE.at(place(found.start()), name=found[1], hint=hint, known=", ".join(values)))
    for found in _IMAGE.finditer(text):
        if not _ALT.search(found[0]):
            problems.append(NO_ALTERNATIVE.at(place(found.start())))
    for found in _LINK.finditer(text):
        if not _ABSOLUTE.match(found[1]):
            problems.append(NOT_A_LINK.at(place(found.start()), written=found[1]))

    def packaged(found: re.Match[str]) -> str:
        if found[2] in pictures:
            used.add(found[2])
            return f'{found[1]}src="{FOLDER}/{found[2]}"'
        at = place(max(text.find(found[2]), 0))
        problems.append(NO_FILE.at(at, written=found[2], hint=meant(found[2], pictures)))
        return found[1].rstrip()

    made = _cleaned(text).replace("<a href=", '<a target="_blank" rel="noopener noreferrer" href=')
    return _SOURCE.sub(packaged, made).strip(), used, problems


def _cleaned(text: str) -> str:
    import nh3  # only themes with templates pay for it

    return nh3.clean(
        text,
        tags=set(TAGS - {"h1"}),
        clean_content_tags={"script", "style", "template", "noscript", "iframe", "object", "svg", "math"},
        attributes={tag: names - {"id", "target", "rel", "tabindex"} for tag, names in ATTRIBUTES.items()}
        | {"a": {"href"}},
        url_schemes={"https", "mailto"},
        link_rel=None,
        strip_comments=True,
    )
