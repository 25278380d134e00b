"""Inline Markdown <-> words and codes, so that a translator sees words, and what stands around them cannot get lost.

    Wash your **hands** [first](02-first.md).  ->  Wash your <1>hands</1> <2>first</2>.

In: a text of a course. Out: `Piece`s: words, and `Code`s (a pair around other pieces, or a single one such as a formula). On
the way back, marks that a translator writes are meant as they stand, and are written so that Markdown takes them so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape
from itertools import count

_TOKEN = re.compile(
    r"(?P<code>(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`))"
    r"|(?P<gap>\{\{.*?\}\})"
    r"|(?P<escape>\\[!-/:-@\[-`{-~])"
    r"|(?P<formula>\$\$[^$]+\$\$|\$(?!\s)[^$]+?(?<!\s)\$(?!\d))"
    r"|(?P<note>\[\^[^\]\s]+\])"
    r"|(?P<open>\[\[|!?\[)"
    r"|(?P<close>\]\]|\]\((?:[^()\\]|\\.|\([^()]*\))*\)|\]\[[^\]]*\]|\])"
    r"|(?P<tag><(?P<slash>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]*)(?:\s[^<>]*)?/?>)"
    r"|(?P<address><(?:[a-zA-Z][a-zA-Z0-9+.-]*:[^<>\s]*|[^<>\s@]+@[^<>\s]+)>)"
    r"|(?P<entity>&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]*);)"
    r"|(?P<mark>\*{1,3}|_{1,3}|~~)"
)
_KINDS = ("code", "gap", "escape", "formula", "note", "open", "close", "tag", "address", "entity", "mark")
_VOID = {"br", "wbr", "hr", "img"}
_MEANT = re.compile(
    r"(?P<gap>\{\{.*?\}\})|(?P<mark>[*`<>\[\]\\$]|~~|(?<!\w)_|_(?!\w))|(?P<entity>&(?=#?\w+;))", re.DOTALL
)
TYPES = {"*": "italic", "_": "italic", "**": "bold", "__": "bold", "~~": "x-strikethrough"}


@dataclass
class Code:
    """What stands around or between words. `begin` and `end` are how it is written; a single one has no `end` and no parts."""

    id: str
    begin: str
    end: str = ""
    parts: list[Piece] = field(default_factory=list)

    @property
    def pair(self) -> bool:
        return bool(self.end)

    @property
    def type(self) -> str:
        """What it does, in the words of XLIFF 1.2's `ctype`."""
        if self.begin in TYPES:
            return TYPES[self.begin]
        if self.begin.startswith("!["):
            return "image"
        if self.begin.startswith("[["):
            return "x-term"
        if self.begin.startswith("[") and self.pair:
            return "link"
        return "lb" if self.begin.startswith("<br") else "x-code" if self.begin.startswith("`") else "x-other"


Piece = str | Code


def pieces(text: str, markup: bool = True) -> list[Piece]:
    """A text of a course in words and codes; without `markup` it is all words."""
    return _Pieces(text).read() if markup else [text]


class _Pieces:
    """Codes that are open, and for each level the pieces in it so far."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.opened: list[Code] = []
        self.levels: list[list[Piece]] = [[]]

    def read(self) -> list[Piece]:
        at = 0
        for token in _TOKEN.finditer(self.text):
            self.words(self.text[at : token.start()])
            at = token.end()
            self.token(token)
        self.words(self.text[at:])
        while self.opened:
            self.give_up()
        return _numbered(self.levels[0], count(1))

    def token(self, token: re.Match[str]) -> None:
        kind, written = next(name for name in _KINDS if token[name]), token[0]
        single = kind == "tag" and (token["name"].lower() in _VOID or written.endswith("/>"))
        if kind == "escape":
            self.words(written[1:])
        elif kind == "entity":
            self.words(unescape(written))
        elif single or kind in ("code", "formula", "note", "address"):
            self.levels[-1].append(Code("", written))
        elif (place := _opening(self.opened, token, kind, self.text)) is not None:
            while len(self.opened) > place + 1:
                self.give_up()
            code, inside = self.opened.pop(), self.levels.pop()
            code.end, code.parts = written, inside
            self.levels[-1].append(code)
        elif _opens(token, kind, self.text):
            self.opened.append(Code("", written))
            self.levels.append([])
        else:
            self.words(written)

    def words(self, said: str) -> None:
        if said:
            self.levels[-1].append(said)

    def give_up(self) -> None:
        """What was opened last is words after all."""
        code, inside = self.opened.pop(), self.levels.pop()
        self.levels[-1] += [code.begin, *inside]


def _opening(opened: Sequence[Code], token: re.Match[str], kind: str, text: str) -> int | None:
    """Which of the opened codes this token closes."""
    written = token[0]
    for place in range(len(opened) - 1, -1, -1):
        begin = opened[place].begin
        if kind == "close" and (begin == "[[") == (written == "]]") and begin.endswith("["):
            return place
        if kind == "tag" and token["slash"] and re.match(rf"<{re.escape(token['name'])}\b", begin, re.IGNORECASE):
            return place
        if kind == "mark" and begin == written and _flanks(text, token.start() - 1, token.end(), written, closing=True):
            return place
    return None


def _opens(token: re.Match[str], kind: str, text: str) -> bool:
    if kind == "mark":
        return _flanks(text, token.end(), token.start() - 1, token[0], closing=False)
    return kind == "open" or (kind == "tag" and not token["slash"])


def _flanks(text: str, inner: int, outer: int, mark: str, closing: bool) -> bool:
    """Whether a mark stands at words: no blank inside it, and for `_` no letter outside (CommonMark 6.2)."""
    inside = text[inner : inner + 1] if inner >= 0 else ""
    outside = text[outer : outer + 1] if outer >= 0 else ""
    return bool(inside.strip()) and not ("_" in mark and outside.isalnum())


def _numbered(found: list[Piece], numbers: Iterator[int]) -> list[Piece]:
    made: list[Piece] = []
    for piece in found:
        if isinstance(piece, str):
            if made and isinstance(made[-1], str):
                made[-1] += piece
            else:
                made.append(piece)
        else:
            piece.id = str(next(numbers))
            piece.parts = _numbered(piece.parts, numbers)
            made.append(piece)
    return made


def codes(found: Sequence[Piece]) -> Iterator[Code]:
    """All codes, outer ones first."""
    for piece in found:
        if isinstance(piece, Code):
            yield piece
            yield from codes(piece.parts)


def markdown(found: Sequence[Piece], markup: bool = True) -> str:
    """Words and codes as a text of a course: what is words stays words."""
    if not markup:
        return "".join(piece if isinstance(piece, str) else markdown(piece.parts, False) for piece in found)
    return "".join(
        _MEANT.sub(_meant, piece) if isinstance(piece, str) else piece.begin + markdown(piece.parts) + piece.end
        for piece in found
    )


def _meant(match: re.Match[str]) -> str:
    if match["gap"]:
        return match[0]
    return "&amp;" if match["entity"] else f"\\{match[0]}"
