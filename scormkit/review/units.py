"""A course's paragraphs as reviewers name them: each has a number for people and an id that outlives other changes.

In: prose and titles in reading order. Out: `Unit`s, and the HTML that carries them.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import escape, unescape

from scormkit.model.prose import Prose
from scormkit.model.source import Span

# Clean HTML as `scormkit.load` writes it: every element is closed but the void ones.
TAG = re.compile(r'<(/?)([a-zA-Z][a-zA-Z0-9-]*)((?:"[^"]*"|[^>"])*)>')
VOID = frozenset({"area", "br", "col", "hr", "img", "input", "mprescripts", "none", "source", "track", "wbr"})
BLOCKS = frozenset(
    "address article aside blockquote details div dl figure footer h1 h2 h3 h4 h5 h6 header hr ol p pre section table ul".split()
)


@dataclass(frozen=True)
class Unit:
    """One paragraph, list, table or the like: where it stands in the source, and its words."""

    id: str
    number: str
    span: Span
    text: str


@dataclass
class Numbering:
    """Numbers paragraphs within their pages (`2.7`), and keeps what it has numbered in `units`.

    `pages` are the numbers of the pages by their files; what stands in another file, such as a question bank, has a number of the
    page that shows it (`here`), and before the first page from `0.1`. An id hangs on the file's name and the words alone, so it
    stays when something else is changed, added or moved.
    """

    pages: Mapping[str, int]
    units: dict[str, Unit] = field(default_factory=dict)
    here: int = 0
    _counts: Counter[str] = field(default_factory=Counter)
    _seen: set[tuple[Span, str]] = field(default_factory=set)

    def prose(self, prose: Prose, html: str) -> str:
        """The HTML of a stretch of prose with a unit around each of its elements; as it is where it was shown before."""
        if not prose or (prose.span, prose.html) in self._seen:
            return html
        self._seen.add((prose.span, prose.html))
        if not _is_block(html):
            return self.mark("span", html, prose.span)
        parts = [part for part in elements(html) if part.strip()]
        lines = prose.lines if len(prose.lines) == len(parts) else (prose.span.line,) * len(parts)
        return "\n".join(
            self.mark("div", part, Span(prose.span.path, line)) for part, line in zip(parts, lines, strict=True)
        )

    def mark(self, tag: str, html: str, span: Span) -> str:
        """One unit as an element `tag` that carries its number, id, file and line."""
        text = words(html)
        page = self.pages.get(span.path, self.here)
        file = span.path.rpartition("/")[2]
        same = hashlib.sha256(f"{file}\n{text}".encode()).hexdigest()[:12]
        self._counts[same] += 1
        self._counts[f"page {page}"] += 1
        times = self._counts[same]
        unit = Unit(
            f"u-{same}" if times == 1 else f"u-{same}-{times}", f"{page}.{self._counts[f'page {page}']}", span, text
        )
        self.units[unit.id] = unit
        return (
            f'<{tag} class="unit" id="{unit.id}" data-number="{unit.number}" data-file="{escape(span.path)}" '
            f'data-line="{span.line}"><span class="unit-number" lang="en">{unit.number}</span> {html}</{tag}>'
        )


def elements(html: str) -> Iterator[str]:
    """The elements that stand side by side in clean HTML, as they are."""
    begin = depth = 0
    for tag in TAG.finditer(html):
        if tag[1]:
            depth -= 1
        elif tag[2].lower() not in VOID and not tag[3].endswith("/"):
            depth += 1
        if depth == 0:
            yield html[begin : tag.end()].strip()
            begin = tag.end()
    yield html[begin:].strip()


def words(html: str) -> str:
    """The words alone; a picture is its text alternative."""
    alternative = re.compile(r'\salt="([^"]*)"')

    def plain(tag: re.Match[str]) -> str:
        found = alternative.search(tag[3]) if tag[2].lower() == "img" else None
        return f" {found[1]} " if found else " "

    return " ".join(unescape(TAG.sub(plain, html)).split())


def _is_block(html: str) -> bool:
    first = TAG.match(html)
    return first is not None and first[2].lower() in BLOCKS
