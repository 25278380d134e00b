"""Catalogue <-> XLIFF 1.2 and 2.1 (OASIS), what translators' programs read and write.

Out: a file whose units are named by the ids of the texts, with codes in place of marks (`inline.py`), notes, and for what has
changed since it was translated the state and the source as it was. In: such a file, as any program saved it, and the catalogue
it is for; its codes are taken from the texts as they are now, so a file that comes back cannot change an address or a formula.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from scormkit.exchange.inline import Code, Piece, codes, markdown, pieces
from scormkit.exchange.xml import Node, read_xml
from scormkit.model.catalogue import Catalogue, Entry
from scormkit.model.problem import Problem, Rule, Severity
from scormkit.model.source import Span

V12 = "urn:oasis:names:tc:xliff:document:1.2"
V20 = "urn:oasis:names:tc:xliff:document:2.0"
VERSIONS = ("1.2", "2.1")
_ILLEGAL = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
CHANGED = "scormkit:source-changed"
TYPES = {
    "bold": ("fmt", "xlf:b"),
    "italic": ("fmt", "xlf:i"),
    "lb": ("fmt", "xlf:lb"),
    "link": ("link", ""),
    "image": ("image", ""),
}

NOT_XLIFF = Rule(
    "XCH003",
    Severity.FATAL,
    "this is no XLIFF file of version 1.2 or 2: it begins with <{name}>",
    "give the file that 'scormkit export --xliff' wrote, as the translation program saved it",
    "Nothing in it could be found.",
    "XLIFF 1.2, 2.1; XLIFF 2.1, 4.2.2.1",
)
NO_LANGUAGE = Rule(
    "XCH004",
    Severity.ERROR,
    "the file does not say into which language it is translated",
    "set the target language in the translation program, or name it: scormkit import --to fr FILE",
    "It is not known where the translation belongs.",
)
UNKNOWN_CODE = Rule(
    "XCH005",
    Severity.ERROR,
    "the translation of '{id}' {what}",
    "put each mark of the source into the translation once, around the words that it belongs to",
    "A mark stands for a link, a picture or an emphasis; one that is not there cannot be written.",
)
LOST_CODE = Rule(
    "XCH006",
    Severity.WARNING,
    "the translation of '{id}' leaves out {what}",
    "put the mark into the translation, unless it is meant to be without",
    "Links, footnotes and pictures would be missing in that language.",
)


def xliff(catalogue: Catalogue, version: str = "2.1") -> bytes:
    """The catalogue as XLIFF of `version` 1.2 or 2.1, UTF-8. The same catalogue, the same bytes."""
    root = _version12(catalogue) if version == "1.2" else _version21(catalogue)
    body: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=False, pretty_print=False)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + body + b"\n"


def _version12(catalogue: Catalogue) -> etree._Element:
    root = etree.Element(f"{{{V12}}}xliff", nsmap={None: V12}, version="1.2")
    languages = {"source-language": catalogue.source} | (
        {"target-language": catalogue.language} if catalogue.language else {}
    )
    file = _add(root, "file", original=catalogue.course, datatype="x-scormkit", **languages)
    if catalogue.version:
        file.set("product-version", catalogue.version)
    _add(_add(file, "header"), "note", catalogue.title)
    body = _add(file, "body")
    for entry in catalogue.entries:
        root_text, unit = pieces(entry.source, entry.markup), _add(body, "trans-unit", id=entry.id)
        unit.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        _write12(_add(unit, "source"), root_text)
        if entry.target:
            state = "needs-review-translation" if entry.state == "changed" else "translated"
            target = _add(unit, "target", state=state)
            _write12(target, _matched(entry))
        if entry.note:
            _add(unit, "note", entry.note, **{"from": "developer"})
        if entry.previous:
            before = _add(unit, "alt-trans", alttranstype="previous-version")
            _add(before, "source", entry.previous)
            _add(before, "target", entry.target)
    _indent(root)
    return root


def _version21(catalogue: Catalogue) -> etree._Element:
    root = etree.Element(f"{{{V20}}}xliff", nsmap={None: V20}, version="2.1", srcLang=catalogue.source)
    if catalogue.language:
        root.set("trgLang", catalogue.language)
    file = _add(root, "file", id="course", original=catalogue.course)
    _add(_add(file, "notes"), "note", f"{catalogue.title} {catalogue.version}".strip())
    for entry in catalogue.entries:
        unit = _add(file, "unit", id=entry.id)
        notes = [("location", entry.note)] * bool(entry.note) + [("previous-source", entry.previous)] * bool(
            entry.previous
        )
        if notes:
            group = _add(unit, "notes")
            for category, words in notes:
                _add(group, "note", words, category=category)
        found = pieces(entry.source, entry.markup)
        if list(codes(found)):
            data = _add(unit, "originalData")
            for code in codes(found):
                _add(data, "data", code.begin, id=f"b{code.id}")
                if code.pair:
                    _add(data, "data", code.end, id=f"e{code.id}")
        segment = _add(unit, "segment", state="initial" if not entry.target else "translated")
        if entry.state == "changed":
            segment.set("subState", CHANGED)
        _write21(_add(segment, "source"), found)
        if entry.target:
            _write21(_add(segment, "target"), _matched(entry))
    _indent(root)
    return root


def _matched(entry: Entry) -> list[Piece]:
    """The translation in words and codes, the codes numbered as those of the source that are written alike."""
    found = pieces(entry.target, entry.markup)
    free = list(codes(pieces(entry.source, entry.markup)))

    def match(parts: list[Piece]) -> list[Piece]:
        made: list[Piece] = []
        for piece in parts:
            if isinstance(piece, str):
                made.append(piece)
                continue
            same = next((code for code in free if (code.begin, code.end) == (piece.begin, piece.end)), None)
            if same is None:  # a mark that the source does not have: it is shown as it is written
                inside = match(piece.parts)
                made += [piece.begin, *inside, piece.end] if piece.pair else [piece.begin]
                continue
            free.remove(same)
            made.append(Code(same.id, piece.begin, piece.end, match(piece.parts)))
        return made

    return match(found)


def _write12(element: etree._Element, found: Sequence[Piece]) -> None:
    for piece in found:
        if isinstance(piece, str):
            _append(element, piece)
        elif piece.pair:
            _write12(_add(element, "g", id=piece.id, ctype=_ctype(piece)), piece.parts)
        else:
            _add(element, "x", id=piece.id, ctype=_ctype(piece), **{"equiv-text": piece.begin})


def _ctype(code: Code) -> str:
    """XLIFF 1.2 knows image and line break for single codes, bold, italic and link for pairs; others begin with x-."""
    return f"x-{code.type}" if code.pair and code.type == "image" else code.type


def _write21(element: etree._Element, found: Sequence[Piece]) -> None:
    for piece in found:
        if isinstance(piece, str):
            _append(element, piece)
            continue
        kind, sub = TYPES.get(piece.type, ("other", ""))
        told = {"id": piece.id, "type": kind} | ({"subType": sub} if sub else {})
        if piece.pair:
            refs = {"dataRefStart": f"b{piece.id}", "dataRefEnd": f"e{piece.id}"}
            _write21(_add(element, "pc", **told, **refs), piece.parts)
        else:
            _add(element, "ph", **told, dataRef=f"b{piece.id}", disp=piece.begin)


def _add(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{etree.QName(parent).namespace}}}{name}", attributes)
    if text is not None:
        element.text = _legal(text)
    return element


def _append(element: etree._Element, text: str) -> None:
    text = _legal(text)
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def _legal(text: str) -> str:
    """Without what XML cannot hold (XML 1.0, 2.2 Characters)."""
    return _ILLEGAL.sub("", text)


def _indent(root: etree._Element, level: int = 0) -> None:
    """Line breaks between elements that hold no words."""
    if len(root) and root.text is None and etree.QName(root).localname not in ("source", "target", "g", "pc"):
        root.text = "\n" + "  " * (level + 1)
        for child in root:
            _indent(child, level + 1)
            child.tail = "\n" + "  " * (level + 1)
        root[-1].tail = "\n" + "  " * level


# ------------------------------------------------------------------------------------------------------------ what comes back


def read_xliff(
    data: bytes, path: str, catalogues: Mapping[str, Catalogue], to: str = ""
) -> tuple[Catalogue | None, list[Problem]]:
    """What an XLIFF file says, as entries for the texts as they were when it was written; None where it cannot be used.

    `catalogues` are those that the course has, with all its texts, by language; "" is one without translations. `to` stands in
    for the language that the file names.
    """
    root, problems = read_xml(data, path)
    if root is None:
        return None, problems
    if root.name != "xliff" or not root.get("version").startswith(("1.", "2.")):
        return None, [*problems, NOT_XLIFF.at(root.span(path), name=root.name)]
    file = root.child("file") or root
    language = to or root.get("trgLang") or file.get("target-language")
    if not language:
        return None, [*problems, NO_LANGUAGE.at(file.span(path))]
    known = catalogues.get(language) or catalogues[""]
    by_id = {entry.id: entry for entry in known.entries}
    by_words = {_words(pieces(entry.source, entry.markup)): entry for entry in reversed(known.entries)}
    entries = []
    for unit in root.all("trans-unit", "unit"):
        words = _source(unit)
        named = by_id.get(unit.get("id"))
        if named is None or _words(pieces(named.source, named.markup)) != words:
            named = by_words.get(words)
        if made := _unit(unit, words, named, path, problems):
            entries.append(made)
    source = root.get("srcLang") or file.get("source-language")
    return Catalogue(file.get("original"), source, language, entries=tuple(entries), span=Span(path)), problems


def _unit(unit: Node, words: str, now: Entry | None, path: str, problems: list[Problem]) -> Entry | None:
    """One unit as an entry; None where nothing is translated or it cannot be written. `now` is the text with these `words`."""
    targets = _segments(unit, "target")
    if not any(node is not None and node.text.strip() for node in targets):
        return None
    id = unit.get("id")
    by_id = {code.id: code for code in codes(pieces(now.source, now.markup))} if now else {}
    used: list[str] = []
    said: list[Piece] = []
    for target, source in zip(targets, _segments(unit, "source"), strict=False):
        node = target if target is not None else source
        said += _read(node, by_id, used) if node is not None else []
    if now is None:  # the codes of a text that has changed mean nothing any more
        return Entry(id, words, markdown(said), _checked(unit, now, ""), span=unit.span(path))
    place = next(node for node in targets if node is not None).span(path)
    if wrong := _misused(used, by_id):
        problems.append(UNKNOWN_CODE.at(place, id=id, what=wrong))
        return None
    if lost := [code for key, code in by_id.items() if key not in used]:
        what = ", ".join(f"{code.begin}...{code.end}" if code.pair else code.begin for code in lost)
        problems.append(LOST_CODE.at(place, id=id, what=what))
    said_so = " ".join(markdown(said, now.markup).split())
    return Entry(now.id, now.source, said_so, _checked(unit, now, said_so), span=unit.span(path))


def _source(unit: Node) -> str:
    return " ".join("".join(node.text for node in _segments(unit, "source") if node is not None).split())


def _segments(unit: Node, name: str) -> list[Node | None]:
    """The sources or targets of a unit, one for each of its segments."""
    if unit.name == "trans-unit":
        return [unit.child(name)]
    return [segment.child(name) for segment in unit.children if segment.name in ("segment", "ignorable")]


def _words(found: Sequence[Piece]) -> str:
    """The words alone, as a program for translations shows them."""

    def inside(parts: Sequence[Piece]) -> Iterator[str]:
        for piece in parts:
            if isinstance(piece, str):
                yield piece
            else:
                yield from inside(piece.parts)

    return " ".join("".join(inside(found)).split())


def _read(node: Node, by_id: Mapping[str, Code], used: list[str]) -> list[Piece]:
    made: list[Piece] = []
    for part in node.parts:
        if isinstance(part, str):
            made.append(part)
        elif part.name in ("g", "pc", "x", "ph"):
            used.append(part.get("id"))
            code = by_id.get(part.get("id"))
            inside = _read(part, by_id, used)
            made += [Code(code.id, code.begin, code.end, inside)] if code else inside
        else:  # mrk and the like mark words for people
            made += _read(part, by_id, used)
    return made


def _misused(used: Sequence[str], by_id: Mapping[str, Code]) -> str:
    if unknown := [id for id in used if id not in by_id]:
        return f"has the mark {unknown[0]}, which the source has not"
    if twice := [id for id in used if used.count(id) > 1]:
        return f"has the mark {twice[0]} ({by_id[twice[0]].begin}) more than once"
    return ""


def _checked(unit: Node, now: Entry | None, target: str) -> bool:
    """Whether somebody has looked at it: the file says so, or it is another translation than was sent out."""
    if now and now.target and now.target != target:
        return True
    target_node = unit.child("target")
    if target_node is not None:
        return not target_node.get("state").startswith(("needs-", "new"))
    segment = unit.child("segment")
    return segment is None or segment.get("subState") != CHANGED
