"""HTML of another program -> Markdown: paragraphs, lists, bold, italic, code, links, pictures, formulas. Never raises.

What Markdown has no marks for keeps its words; that there was such a thing is told, so that somebody looks at it.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*", "code": "`", "tt": "`"}
KEPT = frozenset({"sub", "sup"})
PLAIN = frozenset(
    {"span", "font", "u", "small", "big", "a", "html", "body", "tbody", "center", "section", "article", "label"}
)
BLOCKS = frozenset({"p", "div", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre"})
UNSAID = frozenset({"script", "style", "head", "object", "iframe", "svg", "math"})
_SPECIAL = re.compile(r"([\\`*_\[\]<>{}|~])")
_BEGINS = re.compile(r"^(?=[#+>:-])|^(\d{1,9})(?=[.)](?:\s|$))", re.MULTILINE)
_FORMULA = re.compile(r"\\\((.+?)\\\)|\\\[(.+?)\\\]|\$\$(.+?)\$\$", re.DOTALL)


def escaped(text: str) -> str:
    """Words as Markdown that means just them; TeX between the marks of Moodle's filter stays a formula."""
    return _begun(_worded(text))


def _worded(text: str) -> str:
    parts, at = [], 0
    for found in _FORMULA.finditer(text):
        parts += [_words(text[at : found.start()]), f"${' '.join((found[1] or found[2] or found[3]).split())}$"]
        at = found.end()
    return "".join([*parts, _words(text[at:])])


def _words(text: str) -> str:
    return re.sub(r"&(?=#?\w+;)", r"\&", _SPECIAL.sub(r"\\\1", text).replace("$", r"\$"))


def _begun(text: str) -> str:
    """The same text, whose lines begin nothing but a paragraph."""
    return _BEGINS.sub(lambda found: f"{found[1]}\\" if found[1] else "\\", text)


def from_html(text: str) -> tuple[str, list[str]]:
    """The Markdown, and what of the HTML it has no marks for (`a table`)."""
    reader = _Reader()
    try:
        reader.feed(text)
        reader.close()
    except (AssertionError, ValueError):  # what no browser would make sense of either
        return escaped(" ".join(re.sub(r"<[^>]*>", " ", text).split())), ["marks that could not be read"]
    return reader.markdown(), list(dict.fromkeys(reader.lost))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[str] = []
        self.line: list[str] = []
        self.open: list[tuple[str, int]] = []  # marks that have begun, and where in the line
        self.lists: list[str] = []
        self.links: list[str] = []
        self.lost: list[str] = []
        self.silent = 0
        self.marker = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag in UNSAID:
            self.silent += 1
            self.lost.append(f"<{tag}>")
        elif tag in BLOCKS:
            self.end_line()
            if tag in ("ul", "ol"):
                self.lists.append("- " if tag == "ul" else "1. ")
        elif tag == "li":
            self.end_line()
            self.marker = self.lists[-1] if self.lists else "- "
        elif tag == "br":
            self.line.append("\n")
        elif tag == "img":
            self.line.append(f"![{_words(said.get('alt', ''))}]({said.get('src', '')})")
        elif tag in ("tr", "hr"):
            self.end_line()
        elif tag in ("td", "th"):
            self.line.append(" ")
        elif tag == "a" and re.match(r"https?://", said.get("href", "")):
            self.links.append(said["href"])
            self.line.append("[")
        elif tag == "a":
            self.links.append("")
        elif tag in MARKS or tag in KEPT:
            self.open.append((tag, len(self.line)))
        elif tag not in PLAIN:
            self.lost.append("a table" if tag == "table" else f"<{tag}>")

    def handle_endtag(self, tag: str) -> None:
        if tag in UNSAID:
            self.silent = max(0, self.silent - 1)
        elif tag in BLOCKS or tag == "li":
            self.end_line()
            if tag in ("ul", "ol") and self.lists:
                self.lists.pop()
        elif tag == "a" and self.links:
            if address := self.links.pop():
                self.line.append(f"]({address})")
        elif tag in (one for one, _ in self.open):
            self.mark(tag)

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.line.append(_worded(re.sub(r"\s+", " ", data)))

    def mark(self, tag: str) -> None:
        """Puts the marks of a tag that ends around its words, but not around the blanks beside them, or around nothing."""
        while self.open[-1][0] != tag:
            self.open.pop()
        _, at = self.open.pop()
        words = "".join(self.line[at:])
        begin, end = (MARKS[tag],) * 2 if tag in MARKS else (f"<{tag}>", f"</{tag}>")
        inner = re.sub(r"\\(.)", r"\1", words.strip()).replace("`", "'") if begin == "`" else words.strip()
        if inner:
            before, after = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
            words = f"{before}{begin}{inner}{end}{after}"
        self.line[at:] = [words]

    def end_line(self) -> None:
        lines = "".join(self.line).split("\n")
        text = "\n".join(" ".join(line.split()) for line in lines).strip()
        self.line, self.open = [], []
        if text:
            self.blocks.append(
                self.marker + " ".join(text.split("\n")) if self.marker else _begun(text).replace("\n", "  \n")
            )
            self.marker = ""

    def markdown(self) -> str:
        self.end_line()
        made: list[str] = []
        for block in self.blocks:
            item = re.match(r"- |1\. ", block)
            if made and item and made[-1].split("\n")[-1].startswith(item[0]):
                made[-1] += f"\n{block}"
            else:
                made.append(block)
        return "\n\n".join(made)
