"""Tables that stack on narrow windows: each cell carries its column's heading, and every part says what it is.

In: the tokens of a stretch of Markdown. Out: the same tokens, with attributes. A style sheet that shows rows as blocks
takes their meaning from them in some browsers; roles give it back (WAI-ARIA 1.2, 5.3.5). Tables of two columns fit anywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from markdown_it.token import Token

FEW = 2
"""Columns that fit on the narrowest window."""

ROLES = {
    "table_open": "table",
    "thead_open": "rowgroup",
    "tbody_open": "rowgroup",
    "tr_open": "row",
    "th_open": "columnheader",
    "td_open": "cell",
}


def label_cells(tokens: Sequence[Token], words: Callable[[Sequence[Token]], str]) -> None:
    """Marks all tables of more than a few columns in `tokens`; `words` are those of inline tokens."""
    begin = 0
    for index, token in enumerate(tokens):
        if token.type == "table_open":
            begin = index
        elif token.type == "table_close":
            _label(tokens[begin : index + 1], words)


def _label(table: Sequence[Token], words: Callable[[Sequence[Token]], str]) -> None:
    heads = [words(after.children or ()).strip() for token, after in pairwise(table) if token.type == "th_open"]
    if heads and not heads[0]:
        _name_rows(table)
    if len(heads) <= FEW:
        return
    table[0].attrSet("class", "stacks")
    column = 0
    for token in table:
        if token.type in ROLES:
            token.attrSet("role", ROLES[token.type])
        if token.type == "tr_open":
            column = 0
        elif token.type == "td_open":
            if token.tag == "th":
                token.attrSet("role", "rowheader")
            else:
                token.attrSet("data-label", heads[column])
            column += 1


def _name_rows(table: Sequence[Token]) -> None:
    """Where the first column has no heading, its cells are the headings of their rows (WCAG 2.2, H63)."""
    first = False
    for token in table:
        if token.type == "tr_open":
            first = True
        elif token.type == "td_open" and first:
            token.tag = "th"
            token.attrSet("scope", "row")
        elif token.type == "td_close" and first:
            token.tag, first = "th", False
