"""Footnotes as HTML: each page has its own, at its end, and ways there and back.

In: the tokens of mdit_py_plugins' footnotes. Out: HTML whose ids begin with the page's (`/page/note-1`), so that they are
unique in the document and links to them keep the page; roles as DPUB-ARIA 1.1 names them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token


def write_footnotes(md: MarkdownIt) -> None:
    """Gives `md` the rules below."""
    for rule in (
        footnote_ref,
        footnote_block_open,
        footnote_block_close,
        footnote_open,
        footnote_close,
        footnote_anchor,
    ):
        md.add_render_rule(rule.__name__, rule)


def footnote_ref(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    number, place = _number(tokens[index]), _place(tokens[index])
    page = env["page"]
    return (
        f'<sup class="footnote-ref"><a href="#/{page}/note-{number}" id="/{page}/ref-{place}" role="doc-noteref">'
        f"[{number}]</a></sup>"
    )


def footnote_block_open(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    return '<section class="footnotes" role="doc-endnotes">\n<ol>\n'


def footnote_block_close(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    return "</ol>\n</section>\n"


def footnote_open(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    return f'<li id="/{env["page"]}/note-{_number(tokens[index])}">'


def footnote_close(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    return "</li>\n"


def footnote_anchor(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    # U+FE0E keeps phones from showing the arrow as an emoji.
    place = _place(tokens[index])
    return f' <a href="#/{env["page"]}/ref-{place}" class="footnote-back" role="doc-backlink">[{place}] ↩\ufe0e</a>'


def _number(token: Token) -> int:
    return int(token.meta["id"]) + 1


def _place(token: Token) -> str:
    """Which of the places that refer to a footnote: `3` for the first, `3-2` for the second."""
    again = int(token.meta.get("subId", 0))
    return f"{_number(token)}-{again + 1}" if again else str(_number(token))
