"""Where the words of a course's files stand: a page, or a file of settings, in; `Segment`s out.

    Segment("welcome:first-moment:answer-1", "Before touching the baby", start=212, end=236, ...)

A translation is the same file with other words in its segments, so it is read like any other, and cannot lose an id, a right
answer or a picture. What learners read and what they do not is said by the question types and blocks (`titled`, `words`,
`worded`, `typed`).

Ids: `PAGE:HEADING:n` for the nth text under a heading (`top` before the first), `PAGE:QUESTION:PART` in a question. So a text
that is put in moves only those below it, up to the next heading; `model/catalogue.py` finds these again by their words.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

import yaml
from markdown_it.token import Token

from scormkit import blocks, questions
from scormkit.load.fences import find_fences
from scormkit.load.links import slugify
from scormkit.load.markdown import parser
from scormkit.load.writing import words
from scormkit.model.catalogue import Text
from scormkit.model.course import ContentBlock
from scormkit.model.directive import Directive
from scormkit.model.question import Question
from scormkit.model.source import Span

_TASK = re.compile(r"\[[ xX]\](?:\s+|$)")
_KEY = re.compile(r"([A-Za-z][A-Za-z-]*):\s+")
_BREAK = re.compile(r"(?: {2,}|\\)\n[ \t]*")
_LETTER = re.compile(r"[^\W\d_]")
_BLOCK = re.compile(r"(?=(?:#{1,6}\s|[-+*](?:\s|$)|>|=+\s*$|:|\||`{3}|~{3}|<[!?/a-zA-Z]))|(\d{1,9})(?=[.)](?:\s|$))")
MARKED = ("glossary", "references")
"""The files of settings whose values are Markdown, by the prefix of their texts."""
GAPS = "Words in {{ }} are what learners fill in: keep the braces, every | and every [x] or [ ]."
TYPED = "Learners type this answer: write what they would type."


@dataclass(frozen=True)
class Segment:
    """A text, and where it stands in its file: `start` and `end` are counted in characters.

    `form` says how it is written there: `line` (of Markdown), `cell` (of a table), `plain` (an option) or `yaml`. `begins` says
    that a block of Markdown begins with it; `suffix` is written behind a translation. `heading` is the anchor of a heading.
    """

    text: Text
    start: int
    end: int
    form: str = "line"
    begins: bool = False
    suffix: str = ""
    heading: str = ""

    def written(self, target: str) -> str:
        """A translation as it stands in the file."""
        target = " ".join(target.split())
        if self.form == "yaml":
            return json.dumps(target, ensure_ascii=False) + self.suffix
        if self.form == "cell":
            target = re.sub(r"(?<!\\)\|", r"\\|", target)
        if self.begins and (match := _BLOCK.match(target)) and not self.text.source.startswith(target[:1]):
            target = f"{match[1] or ''}\\{target[len(match[1] or '') :]}"
        return target + self.suffix

    def foreign(self, language: str) -> str:
        """The source itself, said to be in `language`, for a page in another one."""
        if self.form in ("line", "cell") and self.text.markup:
            return replace(self, begins=False).written(f'<bdi lang="{language}">{self.text.source}</bdi>')
        return self.written(self.text.source)


def of_settings(text: str, span: Span, prefix: str, keys: Sequence[str], note: str) -> Iterator[Segment]:
    """The segments of a YAML file: the values whose path (`objectives.*.text`) is one of `keys`; `*` is any key or index.

    An item of a list is named by its `id`, where it has one. `key:` before a path means the key itself.
    """
    try:
        found = list(_scalars(text))
    except yaml.YAMLError:
        return
    names = {path[:-1]: value for path, value, _, _, is_key in found if path[-1:] == ("id",) and not is_key}
    owners: dict[str, tuple[str | int, ...]] = {}
    for path, value, start, end, is_key in found:
        shape = ("key:" if is_key else "") + ".".join("*" if isinstance(part, int) else part for part in path)
        if not any(_fits(shape, key) for key in keys) or not _LETTER.search(value):
            continue
        parts = (str(names.get(path[: n + 1], part)) for n, part in enumerate(path))
        name = _distinct(":".join(slugify(part) or "term" for part in parts), path, owners)
        line, column = _place(text, start)
        made = Text(
            f"{prefix}:{name}{':term' if is_key else ''}",
            " ".join(value.split()),
            note,
            markup=prefix in MARKED and not is_key,
            span=Span(span.path, span.line + line if span.line else line + 1, column),
        )
        suffix = "\n" if text[start:end].endswith("\n") else ""
        yield Segment(made, start, end, "yaml", suffix=suffix)


def of_page(text: str, span: Span, page: str, offset: int, title: tuple[int, int] | None) -> list[Segment]:
    """The segments of a page's Markdown, which begins at `offset` of the file's `text`.

    `title` is where the words of its `# title` stand, if it has one there.
    """
    return _Page(text, span, page, offset, title).segments()


def _fits(shape: str, key: str) -> bool:
    if shape.startswith("key:") != key.startswith("key:"):
        return False
    mine, wanted = shape.removeprefix("key:").split("."), key.removeprefix("key:").split(".")
    return len(mine) == len(wanted) and all(w in ("*", m) for m, w in zip(mine, wanted, strict=True))


def _distinct(name: str, path: tuple[str | int, ...], owners: dict[str, tuple[str | int, ...]]) -> str:
    """A name for what stands at `path`, which no other path has: keys can differ in signs alone, as C and C++."""
    free = (name if n == 1 else f"{name}-{n}" for n in count(1))
    return next(one for one in free if owners.setdefault(one, path) == path)


def _place(text: str, at: int) -> tuple[int, int]:
    """Line, from 0, and column, from 1."""
    return text.count("\n", 0, at), at - text.rfind("\n", 0, at)


def _scalars(text: str) -> Iterator[tuple[tuple[str | int, ...], str, int, int, bool]]:
    """Each scalar of a YAML text with its path and where it stands; those that are keys say so."""
    loader = yaml.CSafeLoader(text)
    stack: list[list[Any]] = []  # of each collection: its path, the next index or the key that waits, whether a list
    try:
        while (event := loader.get_event()) is not None:
            if isinstance(event, yaml.CollectionEndEvent):
                stack.pop()
            elif isinstance(event, yaml.NodeEvent):
                path, is_key = _next(stack, event)
                if isinstance(event, yaml.ScalarEvent):
                    mark: Any = event  # whose marks are there, because they were read
                    yield path, event.value, mark.start_mark.index, mark.end_mark.index, is_key
                elif isinstance(event, yaml.CollectionStartEvent):
                    is_list = isinstance(event, yaml.SequenceStartEvent)
                    stack.append([path, 0 if is_list else None, is_list])
    finally:
        loader.dispose()


def _next(stack: list[list[Any]], event: Any) -> tuple[tuple[str | int, ...], bool]:
    if not stack:
        return (), False
    path, waiting, is_list = stack[-1]
    if is_list:
        stack[-1][1] += 1
        return (*path, waiting), False
    if waiting is None:
        stack[-1][1] = key = event.value if isinstance(event, yaml.ScalarEvent) else ""
        return (*path, key), True
    stack[-1][1] = None
    return (*path, waiting), False


@dataclass
class _Frame:
    """A directive, or the page itself, while its texts are read."""

    name: str
    prefix: str
    kind: type[Question] | type[ContentBlock] | None = None
    answers: int = 0
    lists: int = 0
    quotes: int = 0
    about: str = ""

    @property
    def question(self) -> type[Question] | None:
        return self.kind if isinstance(self.kind, type) and issubclass(self.kind, Question) else None


@dataclass
class _Page:
    text: str
    span: Span
    page: str
    offset: int
    title: tuple[int, int] | None
    made: list[Segment] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def segments(self) -> list[Segment]:
        self.lines = self.text[self.offset :].split("\n")
        self.first = self.text.count("\n", 0, self.offset) + 1
        self.begins = [self.offset]
        for line in self.lines:
            self.begins.append(self.begins[-1] + len(line) + 1)
        self.frames = [_Frame("", f"{self.page}:top")]
        self.cursor = (-1, 0)
        self.open: list[str] = []
        if self.title:
            self.add(
                f"{self.page}:title", self.text[slice(*self.title)], *self.title, "title of the page", form="plain"
            )
        fences = find_fences("\n".join(self.lines), Span(self.span.path, self.first, 1))
        env = {"fences": fences.directives, "seen": set(), "line": self.first, "page": self.page, "references": {}}
        tokens = parser().parse("\n".join(self.lines), env)
        for token, before in zip(tokens, [None, *tokens], strict=False):
            self.token(token, before)
        return sorted(self.made, key=lambda segment: segment.start)

    def token(self, token: Token, before: Token | None) -> None:
        kind = token.type
        if kind == "directive_open":
            self.directive(token.meta["directive"])
        elif kind == "directive_close":
            self.frames.pop()
        elif kind == "inline":
            if before is not None and before.type == "directive_open":
                self.named(token)
            else:
                self.inline(token, before)
        elif kind.endswith("_open"):
            frame = self.frames[-1]
            self.open.append(kind)
            frame.lists += kind in ("bullet_list_open", "ordered_list_open", "dl_open")
            frame.quotes += kind == "blockquote_open"
            frame.answers += kind in ("list_item_open", "dt_open")
        elif kind.endswith("_close"):
            frame = self.frames[-1]
            if self.open:
                self.open.pop()
            frame.lists -= kind in ("bullet_list_close", "ordered_list_close", "dl_close")
            frame.quotes -= kind == "blockquote_close"

    def directive(self, directive: Directive) -> None:
        kind: Any = questions.TYPES.get(directive.name) or blocks.TYPES.get(directive.name)
        frame = _Frame(directive.name, self.frames[-1].prefix, kind)
        if frame.question:
            self.counts["question"] += 1
            own = directive.options.get("id")
            frame.prefix = f"{self.page}:{own.text if own and own.text else 'question-' + str(self.counts['question'])}"
            frame.about = f"question '{' '.join(directive.title.split())[:80]}'" if directive.title else "a question"
        self.frames.append(frame)
        for key in kind.words if kind else ():
            value = directive.options.get(key)
            if value and value.text:
                start = self.begins[value.span.line - self.first] + value.span.column - 1
                name = (
                    f"{frame.prefix}:{key}"
                    if frame.question
                    else self.counted(f"{frame.prefix}:{directive.name}-{key}")
                )
                self.add(
                    name,
                    value.text,
                    start,
                    start + len(value.text),
                    f"{key} of {frame.about or directive.name}",
                    form="plain",
                    markup=key != "alt",
                )

    def named(self, token: Token) -> None:
        """The words behind the name of a directive."""
        frame = self.frames[-1]
        if frame.kind is not None and not frame.kind.titled:
            return
        line = (token.map or [0])[0]
        start = self.begins[line] + len(self.lines[line].rstrip()) - len(token.content)
        if frame.question:
            self.add(
                f"{frame.prefix}:prompt", token.content, start, start + len(token.content), f"what {frame.about} asks"
            )
        else:
            name = self.counted(f"{frame.prefix}:{frame.name}")
            self.add(name, token.content, start, start + len(token.content), f"title of '{frame.name}'")

    def inline(self, token: Token, before: Token | None) -> None:
        frame = self.frames[-1]
        runs = list(self.runs(token))
        opening = before.type if before else ""
        heading = opening == "heading_open"
        item = opening == "paragraph_open" and len(self.open) > 1 and self.open[-2] == "list_item_open"
        mark = _TASK.match(token.content) if item else None
        begin, end, suffix = mark.end() if mark else 0, len(token.content), ""
        if frame.question and not frame.quotes and (item or heading):
            rest = token.content[begin:]
            first, last, suffix = frame.question.worded(rest)
            begin, end = begin + first, begin + last
        pieces = [(begin, end, "")]
        if frame.question and frame.quotes and not frame.lists:
            pieces = list(_keyed(token.content))
        for start, stop, key in pieces:
            content = token.content[start:stop].rstrip()
            if not content:
                continue
            name, about = self.called(frame, opening, content, key)
            typed = frame.question is not None and frame.question.typed and frame.lists == 1 and not frame.quotes
            about += " (right)" if mark and "x" in mark[0].lower() else " (wrong)" if mark and frame.question else ""
            note = ". ".join(filter(None, (about, TYPED if typed else "", GAPS if "{{" in content else "")))
            self.add(
                name, content, self.at(runs, start), self.at(runs, start + len(content) - 1) + 1, note,
                form="cell" if opening in ("td_open", "th_open") else "line",
                begins=opening == "paragraph_open" and start == 0, suffix=suffix, markup=not typed, heading=heading,
            )  # fmt: skip

    def called(self, frame: _Frame, opening: str, content: str, key: str) -> tuple[str, str]:
        """The id of a text, and what it is."""
        page = self.frames[0]
        if frame.question is None:
            if opening == "heading_open":
                if len(self.frames) == 1:
                    page.prefix = f"{self.page}:{self.counted(slugify(words(content)) or 'heading')}"
                return self.counted(f"{page.prefix}:heading"), "a heading"
            about = {"td_open": "a cell of a table", "th_open": "a heading of a table"}.get(opening, "")
            return f"{page.prefix}:{self.nth(page.prefix)}", about or (f"in '{frame.name}'" if frame.name else "")
        if frame.quotes:
            part = f"answer-{frame.answers}-feedback" if frame.lists else key or "comment"
            about = f"feedback on answer {frame.answers} of" if frame.lists else "feedback at the end of"
        elif frame.lists:
            part, about = (
                f"answer-{frame.answers}" + ("-match" if opening == "dd_open" or self.within("dd_open") else ""),
                "an answer to",
            )
        elif opening == "heading_open":
            part, about = f"heading-{slugify(words(content)) or 'scene'}", "a heading of"
        else:
            part, about = "text", "text of"
        return self.counted(f"{frame.prefix}:{part}"), f"{about} {frame.about}"

    def within(self, kind: str) -> bool:
        return kind in self.open

    def counted(self, name: str) -> str:
        self.counts[name] += 1
        return name if self.counts[name] == 1 else f"{name}-{self.counts[name]}"

    def nth(self, prefix: str) -> int:
        self.counts[f"{prefix}:n"] += 1
        return self.counts[f"{prefix}:n"]

    def runs(self, token: Token) -> Iterator[tuple[int, int]]:
        """For each line of an inline token's content: where it begins in it, and where in the file."""
        at = 0
        line = (token.map or [0])[0]
        for number, part in enumerate(token.content.split("\n"), line):
            written = self.lines[number] if number < len(self.lines) else ""
            search = self.cursor[1] if self.cursor[0] == number else 0
            found = written.find(part.rstrip(), search)
            if found < 0:
                found = max(written.find(part.replace("|", "\\|").rstrip(), search), 0)
            self.cursor = (number, found + len(part.rstrip()))
            yield at, self.begins[min(number, len(self.begins) - 1)] + found
            at += len(part) + 1

    def at(self, runs: list[tuple[int, int]], place: int) -> int:
        """Where in the file a place in an inline token's content stands."""
        begin, start = next(run for run in reversed(runs) if run[0] <= place)
        return start + place - begin

    def add(
        self, name: str, content: str, start: int, end: int, note: str, *, form: str = "line", begins: bool = False,
        suffix: str = "", markup: bool = True, heading: bool = False,
    ) -> None:  # fmt: skip
        source = " ".join(_BREAK.sub("<br>", content).split())
        if not _LETTER.search(source):
            return
        if form == "cell" and not self.text.startswith(content, start):
            end = start + len(content.replace("|", "\\|"))
        line, column = _place(self.text, start)
        text = Text(name, source, note, markup, Span(self.span.path, line + 1, column))
        anchor = (slugify(words(source)) or "heading") if heading else ""
        self.made.append(Segment(text, start, end, form, begins, suffix, anchor))


def _keyed(content: str) -> Iterator[tuple[int, int, str]]:
    """A paragraph of a quote at a question's end, parted at the lines that begin with `correct:` or the like."""
    starts: list[tuple[int, int, str]] = []
    at = 0
    for line in content.split("\n"):
        match = _KEY.match(line)
        if match or not starts:
            starts.append((at, at + (match.end() if match else 0), match[1].lower() if match else ""))
        at += len(line) + 1
    for (_, begin, key), after in zip(starts, [*starts[1:], (len(content) + 1, 0, "")], strict=True):
        yield begin, after[0] - 1, key


def renamed(segments: Sequence[Segment], prefix: str) -> list[Segment]:
    """The same segments, their ids below `prefix`."""
    return [replace(one, text=replace(one.text, id=f"{prefix}:{one.text.id}")) for one in segments]
