"""The text of an HTML file in, a Page of Elements with their places out.

Reading is linear in the length of the text, whatever it holds: a tag, comment or script that is never closed ends the page,
as it does in a browser (HTML Living Standard, 13.2.5).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_ELEMENTS = 20_000  # of one page
DEPTH = 200  # what is nested deeper is read as standing side by side

_VOID = "area base br col embed hr img input link meta param source track wbr"
_RAW = "script style textarea title xmp iframe noembed noframes"
_ENDS_P = (
    "address article aside blockquote div dl fieldset footer form h1 h2 h3 h4 h5 h6 header hr main nav ol p pre section"
    " table ul"
)
VOID, RAW = frozenset(_VOID.split()), frozenset(_RAW.split())
# An open element on the left ends where one on the right begins (13.1.2.4, the cases that change what stands in what).
IMPLIED = {
    "li": {"li"},
    "option": {"option", "optgroup"},
    "tr": {"tr", "tbody", "tfoot", "thead"},
    "td": {"td", "th", "tr", "tbody", "tfoot"},
    "th": {"td", "th", "tr", "tbody", "tfoot"},
    "dt": {"dt", "dd"},
    "dd": {"dt", "dd"},
    "head": {"body"},
    "p": set(_ENDS_P.split()),
}

_NAME = re.compile(r"[^\s/>]+")
_ATTRIBUTE = re.compile(r"[\s/]*([^\s/>=][^\s/>=]*)(\s*=\s*)?")
_BARE = re.compile(r"[^\s>]*")
_LINE = re.compile(r"\n")


@dataclass(eq=False, slots=True, repr=False)
class Element:
    """An element of a page. `text` is its own text, not that of its children; `raw_at` is where a script's text begins."""

    tag: str
    attributes: dict[str, str]
    offset: int
    parent: Element | None
    children: list[Element] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    raw_at: int = 0

    def get(self, name: str) -> str:
        return self.attributes.get(name, "")

    @property
    def text(self) -> str:
        return "".join(self.texts)

    @property
    def walk(self) -> Iterator[Element]:
        """This element and all inside it, in document order."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting.extend(reversed(element.children))

    @property
    def words(self) -> str:
        """All text inside it that people read, white space collapsed."""
        pieces = (e.text for e in self.walk if e.tag not in ("script", "style", "template"))
        return " ".join(" ".join(pieces).split())

    @property
    def ancestors(self) -> Iterator[Element]:
        element = self.parent
        while element is not None:
            yield element
            element = element.parent


@dataclass(frozen=True, eq=False, repr=False)
class Page:
    """A parsed HTML file; `elements` in document order. `lines` are the offsets at which its lines begin."""

    elements: tuple[Element, ...]
    lines: tuple[int, ...]

    def all(self, *tags: str) -> tuple[Element, ...]:
        return tuple(e for e in self.elements if e.tag in tags)

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset."""
        return place(self.lines, offset)

    @property
    def is_document(self) -> bool:
        """Whether it is a page of its own and not a piece that a script puts into one."""
        return any(e.tag in ("html", "body", "head") for e in self.elements)


def line_starts(text: str) -> tuple[int, ...]:
    return (0, *(m.end() for m in _LINE.finditer(text)))


def place(lines: tuple[int, ...], offset: int) -> tuple[int, int]:
    """Line and column (from 1) of an offset into a text whose lines begin at `lines`."""
    line = bisect_right(lines, offset)
    return line, offset - lines[line - 1] + 1


def parse(text: str) -> Page:
    """The elements of an HTML text, as far as it can be read."""
    return Page(tuple(_Reader(text).read()), line_starts(text))


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.elements: list[Element] = []
        self.open: list[Element] = []

    def read(self) -> list[Element]:
        at, end = 0, len(self.text)
        while at < end and len(self.elements) < MOST_ELEMENTS:
            tag = self.text.find("<", at)
            if tag < 0:
                tag = end
            if tag > at and self.open:
                self.open[-1].texts.append(unescape(self.text[at:tag]))
            at = self._markup(tag) if tag < end else end
        return self.elements

    def _markup(self, at: int) -> int:
        """What begins with the `<` at `at`; returns where reading goes on."""
        after = self.text[at + 1 : at + 2]
        if after.isascii() and after.isalpha():
            return self._start(at)
        if after == "/":
            end = self.text.find(">", at)
            if end < 0:
                return len(self.text)
            self._close(self.text[at + 2 : end].split(None, 1)[0].lower() if self.text[at + 2 : end].strip() else "")
            return end + 1
        if self.text.startswith("<!--", at):
            end = self.text.find("-->", at + 4)
            return len(self.text) if end < 0 else end + 3
        if after in ("!", "?"):
            end = self.text.find(">", at)
            return len(self.text) if end < 0 else end + 1
        if self.open:
            self.open[-1].texts.append("<")
        return at + 1

    def _start(self, begin: int) -> int:
        name = _NAME.match(self.text, begin + 1)
        assert name
        tag = name.group().lower()
        attributes, at, self_closing = self._attributes(name.end())
        if at < 0:
            return len(self.text)
        while self.open and tag in IMPLIED.get(self.open[-1].tag, ()):
            self.open.pop()
        parent = self.open[-1] if self.open else None
        element = Element(tag, attributes, begin, parent)
        if parent is not None:
            parent.children.append(element)
        self.elements.append(element)
        if tag in RAW:
            return self._raw(element, at)
        if tag not in VOID and len(self.open) < DEPTH and not (self_closing and self._foreign(element)):
            self.open.append(element)
        return at

    def _attributes(self, at: int) -> tuple[dict[str, str], int, bool]:
        """The attributes from `at` on, where the tag ends (-1: never), and whether it ends with `/>`."""
        attributes: dict[str, str] = {}
        text, end = self.text, len(self.text)
        while at < end:
            match = _ATTRIBUTE.match(text, at)
            if not match:
                close = text.find(">", at)
                return attributes, close + 1 if close >= 0 else -1, text[close - 1 : close] == "/"
            at, value = match.end(), ""
            if match.group(2):
                quote = text[at : at + 1]
                if quote in ('"', "'"):
                    close = text.find(quote, at + 1)
                    if close < 0:
                        return attributes, -1, False
                    value, at = text[at + 1 : close], close + 1
                else:
                    bare = _BARE.match(text, at)
                    value, at = (bare.group(), bare.end()) if bare else ("", at)
            attributes.setdefault(match.group(1).lower(), unescape(value))
        return attributes, -1, False

    def _raw(self, element: Element, at: int) -> int:
        """The text of a script, style sheet or the like: everything up to its end tag."""
        element.raw_at = at
        close = re.compile(rf"</{element.tag}\b", re.I).search(self.text, at)
        stop = close.start() if close else len(self.text)
        body = self.text[at:stop]
        element.texts.append(unescape(body) if element.tag in ("textarea", "title") else body)
        end = self.text.find(">", stop)
        return len(self.text) if end < 0 else end + 1

    def _close(self, tag: str) -> None:
        for depth in range(len(self.open) - 1, max(-1, len(self.open) - 100), -1):
            if self.open[depth].tag == tag:
                del self.open[depth:]
                return

    def _foreign(self, element: Element) -> bool:
        """Inside SVG and MathML a tag can close itself."""
        return element.tag in ("svg", "math") or any(e.tag in ("svg", "math") for e in self.open[-20:])
