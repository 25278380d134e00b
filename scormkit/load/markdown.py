"""Markdown -> tokens: CommonMark with tables, strikethrough, footnotes, definition lists, formulas and `:::{name}` directives.

In: text, and an `env` that holds its `Fences`. Out: markdown-it tokens, in which directives are `directive_open` (its
`meta` holds the Directive) and `directive_close`, lists know their task marks, and inline tokens know where they stand.
One parser for all pages; it keeps nothing between two texts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, MutableMapping, Sequence
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

from scormkit.load.citations import read_citations
from scormkit.load.footnotes import write_footnotes

NESTING = 30
"""How deep lists and quotes may be nested; what is deeper is plain text."""

# No character in here means anything in Markdown, so such a line needs no parsing.
_PLAIN = re.compile(r"[^\\`*_\[\]!<>&~^$\n]*\Z")

_TERM = re.compile(r"\[\[([^\[\]\n|^][^\[\]\n]{0,99})\]\](?!\(|\[(?!\^))")
"""A word of the glossary; not where the brackets are a link's text, though a footnote may follow."""

_PLACED = {
    "link": "link_open",
    "autolink": "link_open",
    "image": "image",
    "html_inline": "html_inline",
    "math_inline": "math_inline",
}


@cache
def parser() -> MarkdownIt:
    """The parser, and the renderer of its tokens."""
    md = MarkdownIt("commonmark", {"html": True, "maxNesting": NESTING})
    md.enable(["table", "strikethrough"])
    md.use(footnote_plugin, inline=False)
    write_footnotes(md)
    md.use(deflist_plugin)
    md.use(
        dollarmath_plugin,
        allow_labels=False,
        allow_space=False,
        allow_digits=False,
        allow_blank_lines=False,
        double_inline=True,
    )
    md.block.ruler.before(
        "table", "directive", _directive, {"alt": ["paragraph", "reference", "blockquote", "list", "footnote_def"]}
    )
    md.core.ruler.at("inline", _inline)
    md.inline.ruler.at("html_inline", _closed(_rule(md, "html_inline")))
    md.inline.ruler.before("link", "term", _term)
    md.add_render_rule("term", _write_term)
    read_citations(md)
    for name, token in _PLACED.items():
        md.inline.ruler.at(name, _placed(_rule(md, name), token))
    md.validateLink = lambda url: True  # type: ignore[method-assign]  # load/links.py judges addresses, with a place
    return md


def parse_inline(text: str, line: int, env: dict[str, Any]) -> Token:
    """One stretch of inline Markdown, such as a title, as an `inline` token on `line` (from 0)."""
    token = Token("inline", "", 0, map=[line, line + 1], content=text, children=[])
    _fill(token, parser(), env)
    for child in token.children or ():
        if child.type == "text_special":  # what stood behind a backslash; in a page, a later rule does this
            child.type = "text"
    return token


def outermost(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """The outermost elements of a run of tokens, each from its opening token to its closing one."""
    depth = start = 0
    for index, token in enumerate(tokens):
        depth += token.nesting
        if depth <= 0:
            yield tokens[start : index + 1]
            start, depth = index + 1, 0


def _directive(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A block rule that knows all fences beforehand: they were paired by find_fences()."""
    found = state.env["fences"].get(start)
    if found is None or state.blkIndent:
        return False
    if silent:
        return True
    directive, close, after = found
    state.env["seen"].add(start)
    token = state.push("directive_open", "", 1)
    token.map = [start, close]
    token.meta = {"directive": directive}
    if directive.title:
        title = state.push("inline", "", 0)
        title.content, title.map, title.children = directive.title, [start, start + 1], []
    parent, maximum = state.parentType, state.lineMax
    state.parentType, state.lineMax = "directive", close
    state.md.block.tokenize(state, directive.body_span.line - state.env["line"], close)
    state.parentType, state.lineMax = parent, maximum
    state.push("directive_close", "", -1)
    state.line = after
    return True


def _inline(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline":
            _fill(token, state.md, state.env)


def _fill(token: Token, md: MarkdownIt, env: MutableMapping[str, Any]) -> None:
    if _PLAIN.match(token.content):
        token.children = [Token("text", "", 0, content=token.content)]
        return
    if token.children is None:
        token.children = []
    md.inline.parse(token.content, md, env, token.children)


def _rule(md: MarkdownIt, name: str) -> Callable[[StateInline, bool], bool]:
    return next(rule.fn for rule in md.inline.ruler.__rules__ if rule.name == name)


def _term(state: StateInline, silent: bool) -> bool:
    """`[[words]]`: a word of the glossary."""
    match = _TERM.match(state.src, state.pos)
    if not match:
        return False
    if not silent:
        token = state.push("term", "", 0)
        token.content, token.meta = match[1].strip(), {"at": state.pos}
    state.pos = match.end()
    return True


def _write_term(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    token = tokens[index]
    words, href = escapeHtml(token.content), token.attrs.get("href")
    return f'<a class="term" href="{escapeHtml(str(href))}">{words}</a>' if href else words


def _closed(rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    """The rule for raw HTML; it does not look for the end of a comment or the like where there is none.

    Without this, a text of many openings costs its length squared.
    """

    def run(state: StateInline, silent: bool) -> bool:
        following = state.src[state.pos + 1 : state.pos + 2]
        if following in ("!", "?"):
            source, ends = state.env.get("ends", ("", {}))
            if source is not state.src:
                ends = {end: state.src.rfind(end) for end in ("-->", "?>", "]]>", ">")}
                state.env["ends"] = (state.src, ends)
            opening = state.src[state.pos : state.pos + 4]
            end = {"<!--": "-->", "<![C": "]]>"}.get(opening, "?>" if following == "?" else ">")
            if ends[end] < state.pos:
                return False
        return rule(state, silent)

    return run


def _placed(rule: Callable[[StateInline, bool], bool], kind: str) -> Callable[[StateInline, bool], bool]:
    """The same inline rule; its tokens remember where in the text they begin."""

    def run(state: StateInline, silent: bool) -> bool:
        start, before = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        if not silent:
            for token in state.tokens[before:]:
                if token.type == kind:
                    token.meta["at"] = start
                    break
        return True

    return run
