"""Markdown that nearly says something: a slip after which learners would see its marks, or miss its words.

In: the tokens of a text as the parser made them, and its lines. Out: problems. CommonMark has no errors: what it cannot read as a
heading, a table or a footnote it shows as it stands, so what was probably meant is looked for here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from markdown_it.token import Token

from scormkit.model.problem import Problem, Rule, Severity
from scormkit.model.source import Span

TOO_DEEP = Rule(
    "MDN006",
    Severity.ERROR,
    "this is nested more than {limit} deep, and what stands inside is not read",
    "write it flatter; no list or quote needs that",
    "Learners would not see it.",
)
NO_NOTE = Rule(
    "MDN007",
    Severity.ERROR,
    "there is no footnote '{name}'",
    "write a line '[^{name}]: its text', with an empty line before it, or \\[^{name}] if the brackets are meant",
    "Learners would see the brackets.",
)
UNUSED_NOTE = Rule(
    "MDN008",
    Severity.WARNING,
    "nothing refers to the footnote '{name}', so learners never see it",
    "write [^{name}] where it belongs, or remove it",
    "Its words are not in the course.",
)
NO_SPACE = Rule(
    "MDN009",
    Severity.WARNING,
    "'{line}' is no heading, because no space follows its {marks}",
    "write '{marks} {words}', or \\# if the sign is meant",
    "Learners would see the signs, and a screen reader finds no heading.",
)
NO_TABLE = Rule(
    "MDN010",
    Severity.WARNING,
    "this looks like a table and is none: {what}",
    "{remedy}",
    "Learners would see dashes and bars.",
)
BARE_ADDRESS = Rule(
    "MDN011",
    Severity.INFO,
    "'{address}' is no link",
    "write [the title of the page]({address})",
    "Learners could only copy it, and a screen reader spells it out.",
    "WCAG 2.2, 2.4.4 Link Purpose (In Context)",
)

FEW_COLONS = Rule(
    "DIR013",
    Severity.ERROR,
    "'{line}' has too few colons to begin a block",
    "write :::{name}, and three colons where it ends",
    "Learners would see the line as it is, and what was meant as a block as text.",
)

_COLONS = re.compile(r"::?\s*(\{[A-Za-z][\w-]*\}).*")
_NOTE = re.compile(r"(?<!\\)\[\^([^\]\s]+)\](?!:)")
_DEFINED = re.compile(r" {0,3}\[\^([^\]\s]+)\]:")
_HEADING = re.compile(r"(#{1,6})([^\s#\d].*)")
_DASHES = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?")
_ADDRESS = re.compile(r"https?://[^\s<>()\"']+[^\s<>()\"'.,;:!?]")


def slips(
    tokens: Sequence[Token], env: Mapping[str, Any], lines: Sequence[str], span: Span, limit: int
) -> list[Problem]:
    """What was probably meant otherwise in a text, which begins at `span`; `limit` is how deep the parser reads."""
    return sorted({*_in_blocks(tokens, span, limit), *_notes(env, lines, span)})


def _in_blocks(tokens: Sequence[Token], span: Span, limit: int) -> Iterator[Problem]:
    deep = False
    around: list[str] = []
    for token in tokens:
        if token.nesting == 1:
            if token.level >= limit - 1 and token.map and not deep:
                deep = True
                yield TOO_DEEP.at(_place(span, token.map[0]), limit=limit)
            around.append(token.type)
        elif token.nesting == -1:
            around.pop()
        elif token.type == "inline" and token.map and around and around[-1] == "paragraph_open":
            yield from _in_paragraph(token, _place(span, token.map[0]))


def _in_paragraph(token: Token, place: Span) -> Iterator[Problem]:
    lines = token.content.split("\n")
    for number, line in enumerate(lines):
        heading = _HEADING.match(line)
        if heading:
            yield NO_SPACE.at(_place(place, number), line=_short(line), marks=heading[1], words=_short(heading[2]))
        block = _COLONS.match(line)
        if block:
            yield FEW_COLONS.at(_place(place, number), line=_short(line), name=block[1])
        if number and "|" in line and _DASHES.fullmatch(line.strip()):
            yield _broken(lines[number - 1], line, _place(place, number))
    if len(lines) > 1 and all(re.fullmatch(r"\|.*\|\s*", line) for line in lines):
        what, remedy = "no line of dashes follows its headings", "write a line such as |---|---| below the first one"
        if not any(_DASHES.fullmatch(line.strip()) for line in lines):
            yield NO_TABLE.at(place, what=what, remedy=remedy)
    linked = 0
    for child in token.children or ():
        linked += (child.type == "link_open") - (child.type == "link_close")
        if child.type != "text":
            continue
        for name in _NOTE.findall(child.content):
            at = next((number for number, line in enumerate(lines) if name in _NOTE.findall(line)), None)
            if at is not None:
                yield NO_NOTE.at(_place(place, at), name=name)
        for address in _ADDRESS.findall(child.content) if not linked else ():
            begin = next((number for number, line in enumerate(lines) if address in line), 0)
            yield BARE_ADDRESS.at(_place(place, begin), address=address)


def _broken(above: str, dashes: str, place: Span) -> Problem:
    """A line of dashes that made no table of the line above it."""
    wanted, given = _cells(above), _cells(dashes)
    what = (
        f"there are {wanted} headings, and dashes for {given}" if wanted != given else "something else stands above it"
    )
    return NO_TABLE.at(
        place, what=what, remedy=f"write |{'---|' * wanted} below the headings, and an empty line above them"
    )


def _cells(line: str) -> int:
    return len(re.split(r"(?<!\\)\|", line.strip().strip("|")))


def _notes(env: Mapping[str, Any], lines: Sequence[str], span: Span) -> Iterator[Problem]:
    """Footnotes that were written and never referred to."""
    unused = {name[1:] for name, use in env.get("footnotes", {}).get("refs", {}).items() if use < 0}
    for number, line in enumerate(lines):
        found = _DEFINED.match(line)
        if found and found[1] in unused:
            yield UNUSED_NOTE.at(_place(span, number), name=found[1])


def _place(span: Span, line: int) -> Span:
    return Span(span.path, span.line + line, 1)


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:37] + "..."
