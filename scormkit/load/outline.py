"""The body of a question, taken apart: what comes first, the answers, the feedback.

In: the tokens of a directive's body, and two functions that make blocks and prose of tokens. Out: `Outline`, or `Chapter`s.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from markdown_it.token import Token

from scormkit.load.links import slugify
from scormkit.load.markdown import outermost
from scormkit.load.writing import task
from scormkit.model.course import Block
from scormkit.model.directive import Chapter, Definition, Item, Outline, Stretch
from scormkit.model.prose import Prose
from scormkit.model.source import Span

Tokens = Sequence[Token]
Blocks = Callable[[Tokens], tuple[Block, ...]]
MakeProse = Callable[[Tokens], Prose]

_LISTS = ("bullet_list_open", "ordered_list_open")
_WAY = re.compile(r"\[[ xX]\]\s|\[[^\]]*\]\(#")
_BRACES = re.compile(r"\s*\{([^{}]*)\}\s*\Z")
_KEY = re.compile(r"([A-Za-z][A-Za-z-]*):(?:\s+|$)")


def outline(tokens: Tokens, blocks: Blocks, prose: MakeProse, lists: bool = True) -> Outline:
    """See `Outline`. The first list, or definition list, holds the answers, unless `lists` says that none does."""
    return _Outliner(blocks, prose, lambda part: lists).outline(tokens)


def chapters(tokens: Tokens, span: Span, blocks: Blocks, prose: MakeProse) -> tuple[Chapter, ...]:
    """See `Chapter`. `span` is the directive's."""
    outliner = _Outliner(blocks, prose, _leads_on)
    found: list[Chapter] = []
    title, marks = Prose(span=span), tuple[str, ...]()
    body: list[Token] = []
    for part in [*outermost(tokens), ()]:
        if part and not (part[0].type == "heading_open" and part[0].tag == "h2"):
            body += part
            continue
        led = bool(title) and any(map(_leads_on, outermost(body)))
        inside = outliner.outline(body) if led else Outline(intro=blocks(body))
        found.append(Chapter(title, slugify(title.text) or title.text, marks, inside, title.span))
        if part:
            marks = _marks(part[1])
            title, body = prose(part[1:2]), []
    return tuple(found)


def _marks(inline: Token) -> tuple[str, ...]:
    """What stands in braces at the end of a heading, which is taken off."""
    match = _BRACES.search(inline.content)
    last = inline.children[-1] if inline.children else None
    if not match or last is None or not last.content.endswith(match[0]):
        return ()
    inline.content = inline.content[: match.start()]
    last.content = last.content[: -len(match[0])]
    return tuple(" ".join(mark.split()) for mark in match[1].split(","))


def _leads_on(part: Tokens) -> bool:
    """Whether it is a list of ways on: its items have boxes, or begin with a link to another part."""
    return part[0].type in _LISTS and any(token.type == "inline" and _WAY.match(token.content) for token in part)


def stretches(tokens: Tokens, lines: bool, blocks: Blocks, prose: MakeProse) -> tuple[Stretch, ...]:
    """See `Reader.stretches`."""
    level = ""
    found: list[tuple[Tokens, list[Token]]] = []
    for part in outermost(tokens):
        heading = part[0].type == "heading_open" and (not level or part[0].tag <= level)
        if heading:
            level = level or part[0].tag
        if heading or (lines and part[0].type == "hr"):
            found.append((part if heading else (), []))
        elif found:
            found[-1][1].extend(part)
        else:
            found.append(((), list(part)))
    return tuple(Stretch(prose(heading) if heading else Prose(), blocks(inside)) for heading, inside in found)


class _Outliner:
    """`answers` says which list, or definition list, holds the answers: the first for which it is true."""

    def __init__(self, blocks: Blocks, prose: MakeProse, answers: Callable[[Tokens], bool] = bool) -> None:
        self.blocks, self.prose, self.answers = blocks, prose, answers

    def outline(self, tokens: Tokens) -> Outline:
        intro: list[Token] = []
        rest: list[Token] = []
        items: tuple[Item, ...] = ()
        definitions: tuple[Definition, ...] = ()
        quotes: dict[str, list[Token]] = {}
        ordered = answered = False
        pieces = list(outermost(tokens))
        last = len(pieces)
        while last and pieces[last - 1][0].type == "blockquote_open":
            last -= 1
        for index, part in enumerate(pieces):
            kind = part[0].type
            if kind in _LISTS and not items and (definitions or not answered) and self.answers(part):
                items, ordered, answered = self.items(part), kind.startswith("ordered"), True
            elif kind == "dl_open" and not answered and self.answers(part):
                definitions, answered = self.definitions(part), True
            elif kind == "blockquote_open" and (answered or index >= last):
                for key, paragraphs in _keyed(part[1:-1]):
                    quotes.setdefault(key, []).extend(paragraphs)
            else:
                (rest if answered else intro).extend(part)
        return Outline(
            intro=self.blocks(intro),
            items=items,
            ordered=ordered,
            definitions=definitions,
            quotes={key: self.prose(paragraphs) for key, paragraphs in quotes.items()},
            rest=self.blocks(rest),
        )

    def items(self, tokens: Tokens) -> tuple[Item, ...]:
        return tuple(self.item(part) for part in outermost(tokens[1:-1]))

    def item(self, tokens: Tokens) -> Item:
        text: list[Token] = []
        quote: list[Token] = []
        inner: tuple[Item, ...] = ()
        checked: bool | None = None
        for part in outermost(tokens[1:-1]):
            kind = part[0].type
            if kind == "blockquote_open":
                quote += part[1:-1]
            elif kind in _LISTS and not inner:
                inner = self.items(part)
            else:
                if not text and kind == "paragraph_open":
                    checked = task(part[1])
                text += part
        return Item(self.text(text), checked, self.prose(quote) if quote else None, inner, self.place(tokens))

    def text(self, tokens: Tokens) -> Prose:
        """One paragraph is inline prose; more than that stays blocks."""
        single = len(tokens) == 3 and tokens[0].type == "paragraph_open"
        return self.prose(tokens[1:2] if single else tokens) if tokens else Prose()

    def place(self, tokens: Tokens) -> Span:
        return self.prose([Token("inline", "", 0, map=tokens[0].map, children=[])]).span

    def definitions(self, tokens: Tokens) -> tuple[Definition, ...]:
        found: list[Definition] = []
        for part in outermost(tokens[1:-1]):
            if part[0].type == "dt_open":
                term = self.prose([t for t in part if t.type == "inline"])
                found.append(Definition(term, (), term.span))
            elif found:
                meaning = self.item(part)
                found[-1] = Definition(found[-1].term, (*found[-1].meanings, meaning), found[-1].span)
        return tuple(found)


def _keyed(tokens: Tokens) -> Iterator[tuple[str, list[Token]]]:
    """The inside of a block quote, in pieces that begin with `correct:` or the like; the word is taken off."""
    key = ""
    piece: list[Token] = []
    for part in outermost(tokens):
        if part[0].type != "paragraph_open":
            piece += part
            continue
        for name, inline in _split(part[1]):
            if name:
                if piece:
                    yield key, piece
                key, piece = name, []
            piece += [part[0], inline, part[2]]
    if piece:
        yield key, piece


def _split(inline: Token) -> Iterator[tuple[str, Token]]:
    """A paragraph, parted at the lines that begin with a key."""
    key, offset, line = "", 0, 0
    children: list[Token] = []
    lines = 0
    for child in inline.children or ():
        fresh = not children or children[-1].type in ("softbreak", "hardbreak")
        match = _KEY.match(child.content) if fresh and child.type == "text" else None
        if match:
            at = max(inline.content.find(child.content[: match.end()], offset), offset)
            if children:
                yield key, _piece(inline, children[:-1], offset, at - 1, line)
            key, offset, line, children = match[1].lower(), at + match.end(), lines, []
            child.content = child.content[match.end() :]
        lines += child.type in ("softbreak", "hardbreak")
        children.append(child)
    yield key, _piece(inline, children, offset, len(inline.content), line)


def _piece(inline: Token, children: list[Token], start: int, end: int, line: int) -> Token:
    """The part of an inline token that these children are; they know where in its text they begin."""
    for child in children:
        if "at" in child.meta:
            child.meta["at"] -= start
    begin = (inline.map[0] if inline.map else 0) + line
    return Token("inline", "", 0, map=[begin, begin + 1], content=inline.content[start:end], children=children)
