"""YAML text -> plain data in which every scalar is the text that the author wrote, and where each value stands.

Read from libyaml's events rather than its nodes: nothing is resolved (`no` stays "no", `1.0` stays "1.0"), aliases and
tags show themselves, and nesting is counted before it can hurt.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from scormkit.load.files import CONTROL_CHARACTER, FORBIDDEN
from scormkit.model.problem import Problem, Rule, Severity
from scormkit.model.source import Span

MENDED = 20
"""How many slips of one file are mended to read on."""

DEPTH = 20
"""How deep settings may be nested; libyaml crashes or takes minutes beyond some thousands."""

NOT_YAML = Rule(
    "YML001",
    Severity.ERROR,
    "cannot be read as YAML: {what}",
    "{remedy}",
    "Settings are read by a machine; one wrong mark can change the meaning of all that follows.",
    "YAML 1.2.2",
)
TAB = Rule(
    "YML002",
    Severity.ERROR,
    "there is a tab here",
    "indent with spaces; YAML takes no tabs",
    "Editors show tabs in different widths, so YAML cannot tell what belongs to what.",
    "YAML 1.2.2, 6.1 Indentation Spaces",
)
SAME_KEY = Rule(
    "YML003",
    Severity.ERROR,
    "'{key}' is written twice; the first is in line {line}",
    "keep one of them",
    "Only one of the two could count, and nobody can see which.",
    "YAML 1.2.2, 3.2.1.1 Nodes",
)
ALIAS = Rule(
    "YML004",
    Severity.ERROR,
    "'{mark}' is a YAML {what}, which course files do not use",
    "write the value out, or put it in quotes if it is meant as text",
    "With anchors and aliases a small file can grow beyond all bounds, and few authors can read it.",
)
TAG = Rule(
    "YML005",
    Severity.ERROR,
    "'{tag}' is a YAML tag, which course files do not use",
    "remove it, or put the value in quotes if it is meant as text",
    "Tags can make programs run code.",
)
TWO_DOCUMENTS = Rule(
    "YML006",
    Severity.ERROR,
    "a second YAML document begins here",
    "remove the line '---', and what follows it if it does not belong here",
    "Only the first document would be read.",
)
TOO_DEEP = Rule(
    "YML007",
    Severity.ERROR,
    "this is nested more than {limit} deep",
    "write it flatter; no setting needs that",
    "Nesting like this can stop programs.",
)
KEY_NOT_TEXT = Rule(
    "YML008",
    Severity.ERROR,
    "a key must be a word, not a list or a mapping",
    "write 'key: value'; put a value that begins with ? or [ or {{ in quotes",
    "Settings are found by their names.",
)
NOT_KEYS = Rule(
    "YML009",
    Severity.ERROR,
    "there are no 'key: value' lines here, but {what}",
    "write one 'key: value' on each line, with a space after the colon",
    "Settings are found by their names.",
)

# What libyaml says, and what it means to an author: (words in its message, what is, what to do).
_MEANINGS = (
    ("mapping values are not allowed", "there is a second colon in this line, or its indentation does not fit",
     "put the value in quotes, or line it up with the keys above"),
    ("did not find expected key", "the indentation does not fit, or a quote inside a quoted text ends it early",
     "line the keys up, and write quotes inside quotes of the other kind"),
    ("could not find expected ':'", "a line has no colon after its key", "write 'key: value', with a space after the colon"),
    ("did not find expected ',' or", "a bracket or brace is not closed", "close it with ] or }"),
    ("unexpected end of stream", "a quote is opened here and never closed", "close it with the same kind of quote"),
    ("cannot start any token", "a value cannot begin with this character", "put the value in quotes"),
    ("unknown escape character", "a backslash inside double quotes has a meaning of its own", "use single quotes"),
    ("block sequence entries are not allowed", "a list cannot begin here",
     "begin the list on a line of its own, or put the value in quotes"),
    ("did not find expected alphabetic", "* and & have a meaning of their own in YAML", "put the value in quotes"),
    ("did not find expected comment or line break", "> and | at the beginning of a value have a meaning of their own",
     "put the value in quotes, or begin the text in the next line"),
    ("did not find expected <document start>", "something follows the line '...', which ends a file", "remove that line"),
    ("did not find expected node content", "a bracket or brace is not closed", "close it with ] or }"),
)  # fmt: skip

_VALUE = re.compile(r"(\s*(?:- +)?[\w-]+: +)([^'\"\[{|>].*)")


@dataclass
class Document:
    """What a YAML text says: `data`, and for each value (by its path of keys and indices) where it stands."""

    data: Any = None
    values: dict[tuple[str | int, ...], Span] = field(default_factory=dict)
    keys: dict[tuple[str | int, ...], Span] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    whole: bool = True  # False where reading had to stop, so that what is not there may only not have been read

    def place(self, path: tuple[str | int, ...], *, key: bool = False) -> Span | None:
        """Where the value (or its key) at `path` stands, or the nearest thing around it."""
        while path:
            span = (self.keys.get(path) if key else None) or self.values.get(path)
            if span:
                return span
            path = path[:-1]
        return self.values.get(())


def read_yaml(text: str, span: Span, *, lines_before: int = 0) -> Document:
    """Reads `text`, which begins `lines_before` lines into the file at `span`. Never raises.

    Slips that can be mended without guessing (a value that wants quotes, a tab) are told and mended, so that whatever
    else is wrong is told too.
    """
    told: list[Problem] = []
    for _ in range(MENDED):
        document = Document()
        error = _read(text, document, span, lines_before)
        if error is None:
            break
        found = _translated(error, text, span, lines_before)
        mended = _mended(error, text)
        if mended is None:
            document.problems.append(found)
            document.whole = False
            break
        told.append(found)
        text = mended
    document.problems = [*told, *document.problems]
    return document


def _read(text: str, document: Document, span: Span, lines_before: int) -> yaml.MarkedYAMLError | None:
    parser = yaml.CSafeLoader(text)
    try:
        _Builder(document, span, lines_before).read(parser)
    except yaml.MarkedYAMLError as error:
        return error
    except yaml.YAMLError as error:
        document.problems.append(NOT_YAML.at(span, what=str(error).splitlines()[0], remedy="rewrite the file"))
        document.whole = False
    finally:
        parser.dispose()
    return None


def _mended(error: yaml.MarkedYAMLError, text: str) -> str | None:
    """The text with quotes around the value at fault, or without the tab; None where neither is what is missing."""
    said, mark = error.problem or "", error.problem_mark
    if mark is None or not any(words in said for words in ("mapping values", "cannot start any token")):
        return None
    lines = text.split("\n")
    line = lines[mark.line] if mark.line < len(lines) else ""
    value = _VALUE.fullmatch(line)
    if "\t" in line[: mark.column + 1]:
        lines[mark.line] = line.replace("\t", " ")
    elif value and mark.column >= value.start(2):
        lines[mark.line] = f"{value[1]}{_quoted(value[2])}"
    else:
        return None
    return "\n".join(lines)


def _quoted(value: str) -> str:
    return "'" + value.rstrip().replace("'", "''") + "'"


def read_settings(text: str, span: Span, *, lines_before: int = 0) -> Document:
    """Reads `text` as `key: value` lines: `data` is a dict, empty where there is nothing of use."""
    document = read_yaml(text, span, lines_before=lines_before)
    if isinstance(document.data, dict):
        return document
    if not document.problems and document.data is not None:
        what = "a list" if isinstance(document.data, list) else "a text"
        document.problems.append(NOT_KEYS.at(document.values.get((), span), what=what))
        document.whole = False
    document.data = {}
    return document


class _Stop(Exception):
    """Reading on would make no sense."""


class _Builder:
    """Builds a Document from events, with a stack instead of recursion."""

    def __init__(self, document: Document, span: Span, lines_before: int) -> None:
        self.document = document
        self.file = span.path
        self.lines_before = lines_before
        # Each open collection: its data, its path, and for mappings the key that waits for its value.
        self.stack: list[tuple[Any, tuple[str | int, ...]]] = []
        self.key: list[str | None] = []

    def read(self, parser: Any) -> None:
        documents = 0
        try:
            while (event := parser.get_event()) is not None:
                if isinstance(event, yaml.DocumentStartEvent):
                    documents += 1
                    if documents > 1:
                        self.report(TWO_DOCUMENTS, event)
                        return
                elif isinstance(event, yaml.NodeEvent):
                    self.node(event)
                elif isinstance(event, yaml.CollectionEndEvent):
                    self.stack.pop()
                    self.key.pop()
        except _Stop:
            return

    def node(self, event: Any) -> None:
        if isinstance(event, yaml.AliasEvent):
            self.report(ALIAS, event, mark=f"*{event.anchor}", what="alias")
            self.add(event, None)
            return
        if event.anchor:
            self.report(ALIAS, event, mark=f"&{event.anchor}", what="anchor")
        if event.tag and event.tag != "!":
            self.report(TAG, event, tag=event.tag.replace("tag:yaml.org,2002:", "!!"))
        if isinstance(event, yaml.ScalarEvent):
            self.add(event, self.text(event) if event.value or event.style else None)
            return
        if len(self.stack) == DEPTH:
            self.report(TOO_DEEP, event, limit=DEPTH)
            raise _Stop
        collection: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
        path = self.add(event, collection)
        self.stack.append((collection, path))
        self.key.append(None)

    def text(self, event: Any) -> str:
        """A scalar's text. What no file may hold can be written as an escape in quotes, too."""
        if match := FORBIDDEN.search(event.value):
            self.report(CONTROL_CHARACTER, event, code=f"{ord(match[0]):04X}")
        return FORBIDDEN.sub("\ufffd", event.value)

    def add(self, event: Any, value: Any) -> tuple[str | int, ...]:
        """Puts a value where it belongs; the first of each pair in a mapping is the key of the second."""
        span = self.place(event)
        if not self.stack:
            self.document.data = value
            self.document.values[()] = span
            return ()
        collection, path = self.stack[-1]
        if isinstance(collection, list):
            here: tuple[str | int, ...] = (*path, len(collection))
            collection.append(value)
        elif self.key[-1] is None:
            self.begin(event, value, collection, path)
            return path
        else:
            key = self.key[-1]
            self.key[-1] = None
            here = (*path, key)
            collection[key] = value
        self.document.values[here] = span
        return here

    def begin(self, event: Any, value: Any, collection: dict[str, Any], path: tuple[str | int, ...]) -> None:
        if not isinstance(value, str):
            self.report(KEY_NOT_TEXT, event)
            raise _Stop
        if value in collection:
            self.report(SAME_KEY, event, key=value, line=self.document.keys[(*path, value)].line)
        elif value == "<<" and not event.style:
            self.report(ALIAS, event, mark="<<", what="merge key")
        self.key[-1] = value
        self.document.keys[(*path, value)] = self.place(event)

    def place(self, event: Any) -> Span:
        mark = event.start_mark
        return Span(self.file, mark.line + 1 + self.lines_before, mark.column + 1)

    def report(self, rule: Rule, event: Any, **values: Any) -> None:
        self.document.problems.append(rule.at(self.place(event), **values))


def _translated(error: yaml.MarkedYAMLError, text: str, span: Span, lines_before: int) -> Problem:
    mark = error.problem_mark or error.context_mark
    said = error.problem or ""
    if "end of stream" in said or "did not find expected ',' or" in said:
        mark = error.context_mark or mark
    if mark is None:
        return NOT_YAML.at(span, what=said, remedy="rewrite the file")
    place = Span(span.path, mark.line + 1 + lines_before, mark.column + 1)
    lines = text.split("\n")
    line = lines[mark.line] if mark.line < len(lines) else ""
    if "\t" in line[: mark.column + 1]:
        return TAB.at(Span(place.path, place.line, line.index("\t") + 1))
    for words, what, remedy in _MEANINGS:
        if words in said:
            return NOT_YAML.at(place, what=what, remedy=remedy)
    return NOT_YAML.at(place, what=said, remedy="correct this line, or put its value in quotes")
