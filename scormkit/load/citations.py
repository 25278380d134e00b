"""Citations: `[@key]`, `[@key, p. 3]`, `[@key; @other]` in a text.

In: Markdown. Out: `cite` tokens, and their HTML: numbers between brackets that lead to the sources (load/references.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

_ONE = r"@[A-Za-z0-9][\w.:-]{0,63}(?:,[^\[\];\n]{1,80})?"
_CITATION = re.compile(rf"\[({_ONE}(?:;\s*{_ONE})*)\](?![\[(:])")


def read_citations(md: MarkdownIt) -> None:
    """Gives `md` the rule, and how its token is written."""
    md.inline.ruler.before("link", "cite", _cite)
    md.add_render_rule("cite", _write)


def _cite(state: StateInline, silent: bool) -> bool:
    match = _CITATION.match(state.src, state.pos)
    if not match:
        return False
    if not silent:
        token = state.push("cite", "", 0)
        parts = [part.strip().removeprefix("@").partition(",") for part in match[1].split(";")]
        token.meta = {"at": state.pos, "cited": [(key.rstrip(".:"), where.strip()) for key, _, where in parts]}
    state.pos = match.end()
    return True


def number_citation(token: Token, number: Callable[[str], tuple[int, str, str] | None]) -> list[str]:
    """Writes a `cite` token's HTML; `number` says of a key its number, the source's address and the place's id.

    Out: the keys that are not known.
    """
    unknown, written = [], []
    for key, where in token.meta["cited"]:
        found = number(key)
        if found is None:
            unknown.append(key)
            continue
        shown, address, place = found
        link = f'<a href="{address}" id="{place}" role="doc-biblioref">{shown}</a>'
        written.append(link + (f", {escapeHtml(where)}" if where else ""))
    token.content = f'<span class="cite">[{"; ".join(written)}]</span>' if written else ""
    return unknown


def _write(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    return tokens[index].content
