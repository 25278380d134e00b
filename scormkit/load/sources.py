"""What an author wrote for a run of tokens, without what lists, quotes and keys around it put before its lines.

In: tokens of scormkit/load/markdown.py and the lines that they come from. Out: Markdown that reads as the same tokens again,
wherever it stands; so a course can be written back (scormkit/spell/).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from markdown_it.common.utils import normalizeReference
from markdown_it.token import Token

from scormkit.load.markdown import outermost

_PARAGRAPHS = {"paragraph_open", "inline", "paragraph_close"}
_LABEL = re.compile(r"\[([^\[\]]+)\]")
_ITEM = re.compile(r"[ \t]*(?:(?:[-+*:]|\d{1,9}[.)])[ \t]+)+(?:\[[ xX]\][ \t]+)?")
_QUOTED = re.compile(r"[ \t]*(?:(?:[-+*:]|\d{1,9}[.)])[ \t]+)*> ?")


def source_of(tokens: Sequence[Token], lines: Sequence[str], inside: bool) -> str:
    """The source of `tokens`; `inside` says that they stand in an item of a list, or in a quote."""
    notes = next((index for index, token in enumerate(tokens) if token.type == "footnote_block_open"), len(tokens))
    text, noted = tokens[:notes], tokens[notes:]
    pieces = []
    if {token.type for token in text} <= _PARAGRAPHS:
        pieces += [token.content for token in text if token.type == "inline"]
    elif inside:
        pieces += [_unwrapped(part, lines) for part in outermost(text)]
    else:
        pieces.append(_as_written(text, lines))
    pieces += _notes(noted, lines)
    return "\n\n".join(piece.strip("\n") for piece in pieces if piece.strip())


def definitions(source: str, env: Mapping[str, Any]) -> tuple[str, ...]:
    """The definitions of the links that `source` names by a label: `[who]: https://www.who.int`."""
    known = env.get("references", {})
    if not known or "[" not in source:
        return ()
    found = {normalizeReference(label): label for label in _LABEL.findall(source)}
    return tuple(_definition(label, known[name]) for name, label in found.items() if name in known)


def _definition(label: str, said: Mapping[str, Any]) -> str:
    title = str(said["title"]).replace("\\", "\\\\").replace('"', '\\"')
    return f"[{' '.join(label.split())}]: <{said['href']}>" + (f' "{title}"' if title else "")


def _range(tokens: Sequence[Token]) -> tuple[int, int]:
    maps = [token.map for token in tokens if token.map]
    return (min(begin for begin, _ in maps), max(end for _, end in maps)) if maps else (0, 0)


def _as_written(tokens: Sequence[Token], lines: Sequence[str]) -> str:
    """Elements and the empty lines between them; definitions among them are no part of the text."""
    text: list[str] = []
    end = 0
    for part in outermost(tokens):
        begin, after = _range(part)
        between = lines[end:begin] if text else []
        text += [""] if any(line.strip() for line in between) else between
        text += lines[begin:after]
        end = after
    return "\n".join(text)


def _unwrapped(part: Sequence[Token], lines: Sequence[str]) -> str:
    """One element inside an item or quote."""
    if {token.type for token in part} <= _PARAGRAPHS:
        return "\n\n".join(token.content for token in part if token.type == "inline")
    begin, end = _range(part)
    raw = list(lines[begin:end])
    if raw and _QUOTED.match(raw[0]):
        return "\n".join(_QUOTED.sub("", line, count=1) for line in raw)
    indent = len(raw[0]) - len(raw[0].lstrip()) if raw else 0
    if raw and part[0].type not in ("bullet_list_open", "ordered_list_open") and (mark := _ITEM.match(raw[0])):
        indent, raw[0] = mark.end(), " " * mark.end() + raw[0][mark.end() :]
    return "\n".join(line[min(indent, len(line) - len(line.lstrip(" "))) :] for line in raw)


def _notes(tokens: Sequence[Token], lines: Sequence[str]) -> Iterator[str]:
    """The definitions of footnotes, which may stand anywhere on the page."""
    label = ""
    inside: list[Token] = []
    for token in tokens:
        if token.type == "footnote_open":
            label, inside = str(token.meta.get("label", "")), []
        elif token.type == "footnote_close":
            text = "\n".join(lines[slice(*_range(inside))])
            mark = f"[^{label}]:"
            yield text if text.lstrip().startswith(mark) else f"{mark}\n{text}"
        else:
            inside.append(token)
