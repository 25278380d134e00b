"""Markdown tokens -> Prose: safe HTML, the words, links and headings.

In: tokens of scormkit/load/markdown.py. Out: `Prose`. Links are resolved and images lose their paths here, headings get
anchors that are unique in the whole document (`/page/heading`), and raw HTML is cleaned.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

from scormkit.load.citations import number_citation
from scormkit.load.formulas import FormulaError, mathml
from scormkit.load.html import clean
from scormkit.load.links import Links, slugify
from scormkit.load.markdown import parse_inline, parser
from scormkit.load.sources import definitions, source_of
from scormkit.load.tables import label_cells
from scormkit.model.course import GLOSSARY, REFERENCES
from scormkit.model.problem import Problem, Rule, Severity, meant, short
from scormkit.model.prose import Heading, Link, Prose
from scormkit.model.source import Span

SECOND_TITLE = Rule(
    "PGE001",
    Severity.ERROR,
    "'# {text}' would be a second title of the page",
    "write '## {text}': headings inside a page begin at the second level",
    "The page's title is its only heading of the first level; screen readers find their way by the levels.",
    "WCAG 2.2, 1.3.1 Info and Relationships",
)

UNKNOWN_TERM = Rule(
    "BLK016",
    Severity.ERROR,
    "the glossary has no term '{name}'{hint}",
    "add it to glossary.yaml beside course.yaml or programme.yaml, or write \\[[...]] if the brackets are meant",
    "Learners would ask for its meaning and be told nothing.",
)

UNKNOWN_SOURCE = Rule(
    "BLK025",
    Severity.ERROR,
    "there is no source '{key}'{hint}",
    "add it to references.yaml beside course.yaml or programme.yaml, or write \\[@...] if the brackets are meant",
    "Learners would be sent to a source that is not there.",
)

FORMULA = Rule(
    "MDN005",
    Severity.ERROR,
    "the formula '{formula}' cannot be read: {why}",
    "correct it, or write \\$ where a dollar sign is meant",
    "Learners would see its code in the place of the formula.",
)

_STAND_IN = re.compile("\ue000(\\d{1,6})\ue001")
_TASK = re.compile(r"\[([ xX])\](?:\s|$)")
DECORATIVE = "decorative"
MARKS = {False: "☐ ", True: "☑ "}
"""How `[ ]` and `[x]` show in lists that are no answers."""


class Writer:
    """Makes the Prose of one file: knows its lines and which anchors are taken, and collects problems."""

    def __init__(self, path: str, file: str, page: str, links: Links, problems: list[Problem]) -> None:
        self.path = path  # as the author reaches it
        self.file = file  # as seen from the course folder
        self.page = page
        self.links = links
        self.problems = problems
        self.anchors: dict[str, int] = {}

    def prose(
        self, tokens: Sequence[Token], lines: Sequence[str], first: int, env: dict[str, Any], inside: bool = False
    ) -> Prose:
        """`tokens` as Prose; their line 0 is `lines[0]`, which is line `first` of the file.

        `inside`: they stand in an item of a list, or in a quote, whose marks are no part of them.
        """
        children = tokens[0].children if len(tokens) == 1 else None
        if children and len(children) == 1 and children[0].type == "text" and children[0].content == tokens[0].content:
            return self._plain(tokens[0], lines, first)
        return _Stretch(self, tokens, lines, first, env, inside).prose()

    def _plain(self, token: Token, lines: Sequence[str], first: int) -> Prose:
        line = token.map[0] if token.map else 0
        text = token.content
        column = lines[line].find(text) + 1 if line < len(lines) else 1
        return Prose(escapeHtml(text), text, text.strip(), span=Span(self.path, first + line, max(column, 1)))

    def anchor(self, text: str) -> str:
        """The words of a heading as an anchor, counted on where there are several of the kind."""
        slug = slugify(text) or "heading"
        seen = self.anchors.get(slug, 0)
        self.anchors[slug] = seen + 1
        return f"{slug}-{seen}" if seen else slug


class _Stretch:
    """One Prose in the making."""

    def __init__(
        self,
        writer: Writer,
        tokens: Sequence[Token],
        lines: Sequence[str],
        first: int,
        env: dict[str, Any],
        inside: bool,
    ) -> None:
        self.writer, self.tokens, self.lines, self.first, self.env = writer, tokens, lines, first, env
        self.inside = inside
        self.links: list[Link] = []
        self.headings: list[Heading] = []
        self.words: list[str] = []
        self.raw: list[tuple[str, Span]] = []
        self.formulas: list[str] = []
        self.placed: Token | None = None
        self.begins: list[tuple[int, int]] = []

    def prose(self) -> Prose:
        lines: list[int] = []
        heading: Token | None = None
        row: list[int] | None = None
        before = ""
        for token in self.tokens:
            row = token.map or row
            if token.map:
                lines += token.map
            if token.type == "inline":
                if before == "list_item_open" and (done := task(token)) is not None:
                    (token.children or [token])[0].content = MARKS[done] + (token.children or [token])[0].content
                start = len(self.words)
                self.inline(token, (token.map or row or [0])[0])
                if heading is not None:
                    self.heading(heading, "".join(self.words[start:]).strip(), (token.map or [0])[0])
                    heading = None
                self.words.append("\n")
            elif token.type == "paragraph_open" and before == "list_item_open":
                continue  # so that the inline token after it is known to begin an item
            elif token.type == "heading_open":
                heading = token
            elif token.type == "html_block":
                self.raw.append((token.content, self.span(token.map[0] if token.map else 0)))
            elif token.type == "math_block":
                self.formula(token, self.span(token.map[0] if token.map else 0), block=True)
            elif token.type in ("fence", "code_block"):
                self.words += [token.content, "\n"]
            elif token.type == "th_open":
                token.attrSet("scope", "col")
            before = token.type
        label_cells(self.tokens, _words)
        md = parser()
        html = md.renderer.render(self.tokens, md.options, self.env)
        if self.raw:
            html = clean(html, self.raw, self.writer.problems)
        if self.formulas:
            html = _STAND_IN.sub(self.filled, html)
        begin = min(lines, default=0)
        source = source_of(self.tokens, self.lines, self.inside)
        written = source.partition("\n")[0]
        column = max(self.lines[begin].find(written), 0) + 1 if begin < len(self.lines) else 1
        return Prose(
            html.strip(),
            source.strip("\n"),
            "".join(self.words).strip(),
            tuple(self.links),
            tuple(self.headings),
            self.outermost(),
            self.span(begin, column),
            definitions(source, self.env),
        )

    def outermost(self) -> tuple[int, ...]:
        """The line of each block that stands in no other one; none where this is words without a block."""
        level = self.tokens[0].level if self.tokens else 0
        return tuple(
            self.first + token.map[0]
            for token in self.tokens
            if token.map and token.level == level and token.nesting >= 0 and token.type != "inline"
        )

    def span(self, line: int, column: int = 1) -> Span:
        return Span(self.writer.path, self.first + line, column)

    def inline(self, token: Token, line: int) -> None:
        opened: list[tuple[Token, int]] = []
        for child in token.children or ():
            kind = child.type
            if kind in ("text", "code_inline"):
                self.words.append(child.content)
            elif kind in ("softbreak", "hardbreak"):
                self.words.append(" ")
            elif kind == "link_open":
                opened.append((child, len(self.words)))
            elif kind == "link_close" and opened:
                begun, words = opened.pop()
                self.link(begun, self.place(token, line, begun), "".join(self.words[words:]))
            elif kind in ("math_inline", "math_inline_double"):
                self.formula(child, self.place(token, line, child), block=False)
            elif kind == "term":
                self.term(child, self.place(token, line, child), bool(opened))
            elif kind == "cite":
                self.citation(child, self.place(token, line, child))
            elif kind == "image":
                self.image(child, self.place(token, line, child))
            elif kind == "html_inline":
                self.raw.append((child.content, self.place(token, line, child)))

    def place(self, token: Token, line: int, child: Token) -> Span:
        """Where a child of an inline token stands."""
        if token is not self.placed:
            self.placed, self.begins = token, list(self.beginnings(token.content, line))
        at = child.meta.get("at", 0)
        down = bisect_right(self.begins, at, key=lambda begin: begin[0]) - 1
        begin, column = self.begins[down]
        return self.span(line + down, column + at - begin)

    def beginnings(self, content: str, line: int) -> Iterator[tuple[int, int]]:
        """Each line of an inline token's content: where it begins there, and its column in the file.

        The content is what the author wrote without what quotes and lists put before each line.
        """
        at = 0
        for number, text in enumerate(content.split("\n"), start=line):
            written = self.lines[number] if number < len(self.lines) else ""
            yield at, max(written.find(text.rstrip()), 0) + 1
            at += len(text) + 1

    def link(self, token: Token, span: Span, text: str) -> None:
        written = str(token.attrs.pop("href", ""))
        target = self.writer.links.find(written, self.writer.file)
        if target.wrong:
            self.writer.problems.append(target.wrong.at(span, **target.values))
        if target.href:
            token.attrSet("href", target.href)
        if target.outside:
            token.attrSet("target", "_blank")
            token.attrSet("rel", "noopener")
        self.links.append(Link("link", written, target.name, span, text.strip()))

    def formula(self, token: Token, span: Span, block: bool) -> None:
        """Puts a stand-in into the page until raw HTML has been cleaned: MathML of an author's own may not stay."""
        self.words += [token.content.strip(), "\n" if block else ""]
        try:
            made = mathml(token.content, block)
        except FormulaError as error:
            self.writer.problems.append(FORMULA.at(span, formula=short(token.content.strip()), why=error))
            made = escapeHtml(token.content)
        token.type, token.content = "html_block" if block else "text", f"\ue000{len(self.formulas)}\ue001"
        self.formulas.append(f'<div class="formula">{made}</div>' if block else made)

    def filled(self, stand_in: re.Match[str]) -> str:
        number = int(stand_in[1])
        return self.formulas[number] if number < len(self.formulas) else ""

    def term(self, token: Token, span: Span, linked: bool) -> None:
        self.words.append(token.content)
        anchor = self.writer.links.term(token.content)
        if anchor is None:
            hint = meant(token.content.casefold(), self.writer.links.terms, "[[{}]]")
            self.writer.problems.append(UNKNOWN_TERM.at(span, name=token.content, hint=hint))
        elif not linked:  # a link cannot stand in a link
            token.attrSet("href", f"#/{GLOSSARY}/{quote(anchor)}")

    def citation(self, token: Token, span: Span) -> None:
        page, links = self.writer.page, self.writer.links

        def number(key: str) -> tuple[int, str, str] | None:
            found = links.cite(key, page)
            return found and (found[0], f"#/{REFERENCES}/{quote(key)}", f"/{page}/{found[1]}")

        for key in number_citation(token, number):
            hint = meant(key, links.sources, "[@{}]")
            self.writer.problems.append(UNKNOWN_SOURCE.at(span, key=key, hint=hint))

    def image(self, token: Token, span: Span) -> None:
        written = str(token.attrs.get("src", ""))
        target = self.writer.links.find(written, self.writer.file)
        if target.wrong:
            self.writer.problems.append(target.wrong.at(span, **target.values))
        token.attrSet("src", target.href)
        decorative = token.attrs.get("title") == DECORATIVE
        if decorative:
            token.attrs.pop("title")
        text = _words(token.children or ())
        self.words.append(text)
        self.links.append(Link("image", written, target.name, span, text, decorative))

    def heading(self, token: Token, text: str, line: int) -> None:
        level = int(token.tag[1])
        if level == 1:
            self.writer.problems.append(SECOND_TITLE.at(self.span(line), text=text))
        anchor = self.writer.anchor(text)
        token.attrSet("id", f"/{self.writer.page}/{anchor}")
        self.headings.append(Heading(level, text, anchor, self.span(line)))


def task(token: Token) -> bool | None:
    """Whether an inline token begins with `[x]` or `[ ]`, which is then taken off; None where it does not."""
    match = _TASK.match(token.content)
    children = token.children or []
    if not match or not children or children[0].type != "text" or not children[0].content.startswith("["):
        return None
    token.content = token.content[match.end() :]
    children[0].content = children[0].content[match.end() :]
    for child in children:
        if "at" in child.meta:
            child.meta["at"] -= match.end()
    return match[1] in "xX"


def words(markdown: str) -> str:
    """Inline Markdown without its marks."""
    return _words(parse_inline(markdown, 0, {}).children or ()).strip()


def _words(tokens: Sequence[Token]) -> str:
    return "".join(
        " " if t.type in ("softbreak", "hardbreak") else t.content or _words(t.children or ()) for t in tokens
    )
