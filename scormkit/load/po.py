"""A PO file (gettext) -> `Catalogue`: one file for each language, `locales/fr.po`, in the course's folder.

    #. feedback on answer 2 of question 'When do you clean your hands first?'
    #, fuzzy
    #| msgid "By then you have carried it along."
    msgctxt "moments:first-moment:answer-2-feedback"
    msgid "By then you have carried it to the next bed."
    msgstr "D'ici là vous l'avez transporté."

Read line by line, so that every mistake is told at its place. `fuzzy` says that somebody has to look at it again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from scormkit.load.files import FORBIDDEN
from scormkit.model.catalogue import Catalogue, Entry
from scormkit.model.problem import Problem, Rule, Severity
from scormkit.model.source import Span

NOT_PO = Rule(
    "LNG001",
    Severity.ERROR,
    "this line of the translation cannot be read: {what}",
    "{remedy}",
    "What follows in this entry would be lost; editors of PO files write such lines by themselves.",
    "GNU gettext manual, 3.1 The Format of PO Files",
)
TWICE = Rule(
    "LNG009",
    Severity.ERROR,
    "'{id}' is translated twice; the first is in line {line}",
    "keep one of the two entries",
    "Only one of them could be shown, and nobody can see which.",
)

_LINE = re.compile(r'(?P<word>msgctxt|msgid|msgid_plural|msgstr(?:\[\d+\])?)?[ \t]*"(?P<text>(?:[^"\\]|\\.)*)"[ \t]*$')
_ESCAPE = re.compile(r'\\(?:([abfnrtv\\"])|x([0-9A-Fa-f]{1,2})|([0-7]{1,3}))')
_ESCAPED = {"a": "", "b": "", "f": "", "n": "\n", "r": "", "t": "\t", "v": "", "\\": "\\", '"': '"'}


@dataclass
class _Block:
    """One entry while it is read; `words` are its texts by keyword, `#|` before those of what was said before."""

    line: int
    words: dict[str, list[str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    flags: set[str] = field(default_factory=set)
    gone: bool = False
    last: str = ""

    def text(self, word: str) -> str:
        return "".join(self.words.get(word, ()))


def read_po(text: str, span: Span) -> tuple[Catalogue, list[Problem]]:
    """The catalogue that the text of a PO file says, and what is wrong with it. Never raises."""
    reader = _Reader(span)
    for number, line in enumerate(text.split("\n"), start=1):
        reader.line(number, line)
    reader.close()
    return reader.catalogue(), reader.problems


class _Reader:
    def __init__(self, span: Span) -> None:
        self.span = span
        self.problems: list[Problem] = []
        self.blocks: list[_Block] = []
        self.block: _Block | None = None

    def line(self, number: int, written: str) -> None:
        line = written.strip()
        if not line:
            return self.close()
        gone = line.startswith("#~")
        if gone:
            line = line[2:].lstrip()
        before = line.startswith(("#|", "|"))
        if before:
            line = line.partition("|")[2].lstrip()
        if not before and line.startswith("#"):
            return self.comment(number, line)
        match = _LINE.fullmatch(line)
        if not match:
            what, remedy = (
                "it is neither a comment nor a keyword with a text in quotes",
                'write msgstr "..." on one line',
            )
            if line.startswith("msg") and line.count('"') - line.count('\\"') != 2:
                what, remedy = "its quotes do not close", 'put a quote at both ends, and write \\" for a quote inside'
            self.problems.append(NOT_PO.at(Span(self.span.path, number, 1), what=what, remedy=remedy))
            return None
        self.keyword(number, match, before, gone)
        return None

    def keyword(self, number: int, match: re.Match[str], before: bool, gone: bool) -> None:
        word = match["word"]
        if word in ("msgctxt", "msgid") and not before and self.block and "msgstr" in self.block.words:
            self.close()
        block = self.begun(number)
        if word is None:
            word = block.last
            if not word:
                what, remedy = "it is a text without a keyword", "write msgid or msgstr before it"
                self.problems.append(NOT_PO.at(Span(self.span.path, number, 1), what=what, remedy=remedy))
                return
        else:
            word = ("|" if before else "") + word
            block.last = word
        block.gone |= gone
        block.words.setdefault(word, []).append(_ESCAPE.sub(_plain, match["text"]))

    def comment(self, number: int, line: str) -> None:
        if self.block and "msgstr" in self.block.words:
            self.close()
        block = self.begun(number)
        if line.startswith("#."):
            block.notes.append(line[2:].strip())
        elif line.startswith("#,"):
            block.flags |= {flag.strip() for flag in line[2:].split(",")}

    def begun(self, number: int) -> _Block:
        if self.block is None:
            self.block = _Block(number)
        return self.block

    def close(self) -> None:
        block, self.block = self.block, None
        if block and block.words:
            self.blocks.append(block)

    def catalogue(self) -> Catalogue:
        head: dict[str, str] = {}
        entries: list[Entry] = []
        gone: list[Entry] = []
        seen: dict[str, int] = {}
        for block in self.blocks:
            id, source = block.text("msgctxt"), block.text("msgid")
            if not id and not source:
                pairs = (line.partition(":") for line in block.text("msgstr").split("\n"))
                head |= {key.strip().lower(): value.strip() for key, _, value in pairs}
                continue
            entry = Entry(
                id,
                source,
                block.text("msgstr").strip(),
                "fuzzy" not in block.flags,
                block.text("|msgid"),
                " ".join(block.notes),
                span=Span(self.span.path, block.line, 1),
            )
            (gone if block.gone else entries).append(entry)
            if id and not block.gone and seen.setdefault(id, block.line) != block.line:
                self.problems.append(TWICE.at(entry.span, id=id, line=seen[id]))
        return Catalogue(
            head.get("x-course", ""),
            head.get("x-source-language", ""),
            head.get("language", "").replace("_", "-"),
            head.get("project-id-version", ""),
            head.get("x-course-version", ""),
            tuple(entries),
            tuple(gone),
            self.span,
        )


def _plain(match: re.Match[str]) -> str:
    """What an escape stands for; nothing where no course may hold it."""
    if match[1]:
        return _ESCAPED[match[1]]
    return FORBIDDEN.sub("", chr(int(match[2], 16) if match[2] else int(match[3], 8)))
