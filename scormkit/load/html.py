"""Raw HTML in Markdown: cleaned against an allow-list, and what is taken away is told.

In: HTML that Markdown gave, and the raw pieces in it with their places. Out: clean HTML. nh3 decides what stays; the
report is a second, simpler reading of the same pieces, for people only.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from scormkit.model.problem import Problem, Rule, Severity
from scormkit.model.source import Span

FORBIDDEN_TAG = Rule(
    "MDN002",
    Severity.ERROR,
    "the HTML element <{tag}> is not allowed in course text",
    "{remedy}",
    "Scripts, frames and forms of unknown origin can break tracking, privacy and accessibility.",
)
FORBIDDEN_ATTRIBUTE = Rule(
    "MDN003",
    Severity.ERROR,
    "the attribute '{attribute}' of <{tag}> is not allowed in course text",
    "remove it; looks belong into a theme, and scripts into no course",
    "Event handlers and styles are blocked by the package's security policy, and styles break dark mode and zoom.",
)
NOT_BALANCED = Rule(
    "MDN004",
    Severity.WARNING,
    "the HTML element <{tag}> is {what}",
    "write both <{tag}> and </{tag}>, in the same block of text",
    "Browsers guess where it ends, and rarely as it was meant.",
)

_ALLOWED = (
    "a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure "
    "h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp section small span strong sub summary sup "
    "table tbody td tfoot th thead time tr u ul var wbr"
)
TAGS = frozenset(_ALLOWED.split())
ATTRIBUTES = {
    "*": {"id", "class", "lang", "dir", "title", "role", "tabindex"},
    "a": {"href", "target", "rel"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan", "headers", "data-label"},
    "th": {"colspan", "rowspan", "headers", "scope", "abbr"},
    "ol": {"start", "reversed", "type"},
    "col": {"span"},
    "colgroup": {"span"},
    "time": {"datetime"},
    "details": {"open"},
    "blockquote": {"cite"},
    "q": {"cite"},
    "del": {"cite", "datetime"},
    "ins": {"cite", "datetime"},
    "bdo": {"dir"},
    "li": {"value"},
}
_FROM_MARKDOWN = {"id", "role", "tabindex", "target", "rel", "data-label"}
"""Attributes that only our own Markdown renderer may write."""
_MARKDOWN_ONLY = {"a", "img"}
"""Elements whose addresses have to be resolved, which happens to Markdown only."""
_VOID = {"br", "hr", "img", "wbr", "col"}
_REMEDIES = {
    "script": "remove it; questions and blocks are written as :::{name}",
    "style": "remove it; looks belong into a theme",
    "iframe": "link to the page instead",
    "video": "write :::{video}",
    "audio": "write :::{audio}",
    "font": "remove it; looks belong into a theme",
    "center": "remove it; looks belong into a theme",
    "a": "write [words](address)",
    "img": "write ![text alternative](../media/picture.svg)",
}


_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*)((?:[^<>\"']|\"[^\"]{0,2000}\"|'[^']{0,2000}')*)")
_ATTRIBUTE = re.compile(r"([^\s=/\"'<>]+)(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'>]+))?")


def report(raw: Sequence[tuple[str, Span]], problems: list[Problem], addresses: bool = False) -> None:
    """Tells what of these pieces of HTML will not stay. With `addresses`, links and pictures may stand in them."""
    told = _Report(problems, frozenset() if addresses else _MARKDOWN_ONLY)
    for piece, span in raw:
        told.read(piece, span)
    told.finish()


def clean(html: str, raw: Sequence[tuple[str, Span]], problems: list[Problem]) -> str:
    """`html` without anything that is not on the allow-list; `raw` are the pieces that the author wrote, in order."""
    import nh3  # only courses with raw HTML pay for it

    report(raw, problems)
    return nh3.clean(
        html,
        tags=set(TAGS),
        clean_content_tags={"script", "style", "template", "noscript", "iframe", "object", "svg", "math"},
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
        strip_comments=True,
    )


class _Report:
    """Reads pieces of raw HTML and says what of them will not stay."""

    def __init__(self, problems: list[Problem], refused: Collection[str]) -> None:
        self.problems, self.refused = problems, refused
        self.open: list[tuple[str, Span]] = []

    def read(self, piece: str, span: Span) -> None:
        line, counted = 0, 0
        for match in _TAG.finditer(_without_comments(piece)):
            line += piece.count("\n", counted, match.start())
            counted = match.start()
            column = match.start() - piece.rfind("\n", 0, match.start())
            here = Span(span.path, span.line + line, column + (0 if line else span.column - 1))
            tag = match[2].lower()
            if match[1]:
                self.closing(tag, here)
            else:
                self.opening(tag, _ATTRIBUTE.findall(match[3]), here)

    def finish(self) -> None:
        for tag, span in self.open:
            self.problems.append(NOT_BALANCED.at(span, tag=tag, what="never closed"))

    def opening(self, tag: str, attributes: list[str], here: Span) -> None:
        if tag not in TAGS or tag in self.refused:
            remedy = _REMEDIES.get(tag, "write it in Markdown, or leave it out")
            self.problems.append(FORBIDDEN_TAG.at(here, tag=tag, remedy=remedy))
            return
        allowed = (ATTRIBUTES["*"] | ATTRIBUTES.get(tag, set())) - _FROM_MARKDOWN
        for name in attributes:
            if name.lower() not in allowed:
                self.problems.append(FORBIDDEN_ATTRIBUTE.at(here, tag=tag, attribute=name))
        if tag not in _VOID:
            self.open.append((tag, here))

    def closing(self, tag: str, here: Span) -> None:
        for index in range(len(self.open) - 1, max(len(self.open) - 100, -1), -1):
            if self.open[index][0] == tag:
                del self.open[index]
                return
        if tag in TAGS and tag not in _VOID and tag not in self.refused:
            self.problems.append(NOT_BALANCED.at(here, tag=tag, what="never opened"))


def _without_comments(piece: str) -> str:
    """The same text with comments blanked, so that places stay."""
    if "<!--" not in piece:
        return piece
    kept, at = [], 0
    while (begin := piece.find("<!--", at)) >= 0:
        end = piece.find("-->", begin + 4)
        end = len(piece) if end < 0 else end + 3
        kept += [piece[at:begin], re.sub(r"[^\n]", " ", piece[begin:end])]
        at = end
    return "".join([*kept, piece[at:]])
