"""Blocks -> Markdown: what `scormkit.load` read, as an author writes it. The inverse of its Reader.

A question type or content block says in `written` which Directive it is, and this module writes that down. Prose is its `source`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import accumulate
from typing import TYPE_CHECKING

from scormkit.model.directive import Directive, Item, Value
from scormkit.model.prose import Prose
from scormkit.model.source import Span

if TYPE_CHECKING:
    from scormkit.model.course import Block

_MARKS = re.compile(r"([\\`*_\[\]<>&~$])")
_BEGINS = re.compile(r"(?=[-+#=:|])|(\d{1,9})(?=[.)])")
_OPTION = re.compile(r":[A-Za-z][\w-]*:")
_FENCE = re.compile(r"^:{3,}", re.MULTILINE)
_BREAK = re.compile(r"(?: {2,}|\\)\n[ \t]*")
_BLANK = re.compile(r"[ \t\r\n]+")
_BRACKET = re.compile(r"\\.|[\[\]]")
_INNER = re.compile(r"\n(?!\n)")
_BLOCK = re.compile(
    r"(\d{1,9})(?=[.)](?:\s|$))|(?=#{1,6}(?:\s|$)|[-+*](?:\s|$)|[>:]|=+\s*$|([-*_])\s*(?:\2\s*){2,}$|`{3}|~{3})"
    r"|(?=\[(?:[ xX]\](?:\s|$)|[^\[\]]+\]:))"
)
"""What begins a block, a box or a definition at the beginning of a line, and is none in the middle of it."""


def directive(name: str, title: Prose | str | None, options: Mapping[str, object], body: str = "") -> Directive:
    """A Directive; options without a value are left out, Prose in them is written on one line."""
    said = {key: line(value) if isinstance(value, Prose) else _value(value) for key, value in options.items()}
    kept = {key: Value(text, Span("")) for key, text in said.items() if text}
    return Directive(name, line(title) if isinstance(title, Prose) else title or "", kept, body)


def markdown(blocks: Iterable[Block]) -> str:
    """Blocks as they stand on a page, with empty lines between them."""
    texts = (block.source if isinstance(block, Prose) else fence(block.written) for block in blocks)
    return joined(*texts)


def joined(*texts: str) -> str:
    """Stretches of Markdown, those that are not empty, with empty lines between them."""
    return "\n\n".join(text for text in (text.strip("\n") for text in texts) if text)


def fence(written: Directive) -> str:
    """A directive with as many colons as what stands inside it needs."""
    body = written.body
    marks = ":" * max((len(found) + 1 for found in _FENCE.findall(body)), default=3)
    if _OPTION.match(body):
        body = f"\n{body}"  # so that it is not taken for an option
    lines = [f"{marks}{{{written.name}}} {written.title}".rstrip()]
    lines += [f":{key}: {value.text}" for key, value in written.options.items()]
    return "\n".join([*lines, *([body] if body else []), marks])


def listed(items: Iterable[Item], ordered: bool = False) -> str:
    """A list with boxes, quotes and inner lists, as `Reader.outline` takes it apart."""
    items = tuple(items)
    between = "\n\n" if any("<p>" in item.text.html for item in items) else "\n"
    return between.join(_item(item, f"{place}." if ordered else "-") for place, item in enumerate(items, 1))


def quoted(prose: Prose | None, key: str = "") -> str:
    """A block quote that begins with `key`, if it has one; empty where nothing is said."""
    if not prose:
        return ""
    mark = f"{key}:" if key else ""
    source = line(prose) if mark and not is_block(prose) else inline(prose)
    text = f"{mark} {source}" if _is_paragraph(prose) else joined(mark, source)
    return "\n".join(f"> {one}".rstrip() for one in text.strip().split("\n"))


def line(prose: Prose) -> str:
    """Inline Markdown on one line."""
    return _BLANK.sub(" ", _BREAK.sub("<br>", prose.source)).strip()


def linked(prose: Prose) -> str:
    """Inline Markdown as the words of a link: brackets that have no partner and a last backslash mean themselves."""
    text = line(prose)
    opened = [0, *accumulate({"[": 1, "]": -1}.get(found, 0) for found in _BRACKET.findall(text))]
    if opened[-1] or min(opened) < 0:
        text = _BRACKET.sub(lambda found: found[0] if len(found[0]) > 1 else f"\\{found[0]}", text)
    return text + "\\" if (len(text) - len(text.rstrip("\\"))) % 2 else text


def inline(prose: Prose, begins: bool = True) -> str:
    """Prose where a block may begin; what is no block does not become one. `begins`: nothing stands before it."""
    if is_block(prose):
        return prose.source.strip("\n")
    source = prose.source.strip()
    if any(_BLOCK.match(one.lstrip()) or one.lstrip().startswith("<") for one in source.split("\n")[1:]):
        source = line(prose)
    if source.startswith("<") and prose.html.lstrip().startswith("&lt;"):  # a sign, which no HTML begins with
        return f"\\{source}"
    block = _BLOCK.match(source) if begins else None
    return f"{block[1] or ''}\\{source[block.end() :]}" if block else source


def escaped(text: str) -> str:
    """Plain words as Markdown that says them and nothing else."""
    plain = _MARKS.sub(r"\\\1", _BLANK.sub(" ", text).strip())
    begin = _BEGINS.match(plain)
    return f"{begin[1] or ''}\\{plain[begin.end() :]}" if begin else plain


def number(value: float) -> str:
    """A number without what it does not need."""
    return str(int(value)) if value == int(value) else repr(value)


def is_block(prose: Prose) -> bool:
    """Whether it is more than words on a line: a paragraph, several, a list."""
    return bool(prose.lines) or prose.html.lstrip().startswith("<p>")


def _item(item: Item, mark: str) -> str:
    box = "" if item.checked is None else "[x] " if item.checked else "[ ] "
    parts = (inline(item.text, begins=not box), quoted(item.quote), listed(item.items))
    text = box + "\n".join(part for part in parts if part)
    under = "\n" + " " * (len(mark) + 1)
    return f"{mark} {_INNER.sub(under, text)}".rstrip()


def _is_paragraph(prose: Prose) -> bool:
    """Whether it begins with words, so that a key can stand before them."""
    html = prose.html.lstrip()
    return not prose.lines or (html.startswith("<p>") and not html.startswith("<p></p>"))


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float | int):
        return number(value)
    return _BLANK.sub(" ", str(value)).strip() if value is not None else ""
