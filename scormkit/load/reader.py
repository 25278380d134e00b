"""One page's Markdown -> blocks: prose, questions and content blocks in the order of the page.

In: the text of a page after its front matter. Out: blocks. `PageReader` is what question types and content blocks know
as the Reader (scormkit/model/directive.py).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Any

from markdown_it.token import Token

from scormkit import blocks, questions
from scormkit.load.fences import find_fences
from scormkit.load.links import Links, WrittenLinks, slugify
from scormkit.load.markdown import NESTING, parse_inline, parser
from scormkit.load.outline import chapters, outline, stretches
from scormkit.load.slips import slips
from scormkit.load.writing import Writer
from scormkit.model.course import Block
from scormkit.model.directive import Chapter, Directive, Outline, Stretch, Value
from scormkit.model.problem import Problem, Rule, Severity, meant
from scormkit.model.prose import Link, Prose
from scormkit.model.source import Span

UNKNOWN = Rule(
    "DIR007",
    Severity.ERROR,
    "there is no block '{name}'{hint}",
    "correct its name; there are {known}",
    "What it should look like is not known, so it would be lost.",
)
UNKNOWN_OPTION = Rule(
    "DIR009",
    Severity.ERROR,
    "'{name}' has no option ':{key}:'{hint}",
    "correct its spelling or remove it; {known}",
    "An option under a wrong name has no effect, and nobody notices.",
)
LATE_OPTION = Rule(
    "DIR011",
    Severity.ERROR,
    "':{key}:' stands below the text of this {name}, so it is shown as text",
    "move the line up, directly below the title",
    "Options are read until the first line that is none, an empty one too; this one has no effect.",
)
NO_COLON = Rule(
    "DIR012",
    Severity.WARNING,
    "'{key}:' is read as text, but '{name}' has an option of that name",
    "write ':{key}: ...' if it is meant",
    "An option begins with a colon; without it the line is shown to learners.",
)
SWALLOWED = Rule(
    "DIR010",
    Severity.ERROR,
    "this block stands inside raw HTML or code, so it is not read",
    "put an empty line before it, and close the HTML or the code above it",
    "It would be shown as text, or not at all.",
)
MISSING_MEDIA = Rule(
    "MED001",
    Severity.ERROR,
    "there is no file '{written}'{hint}",
    "put it into media/, or correct its path as seen from this file",
    "Learners would find an empty place where it should be.",
)

REMOTE_MEDIA = Rule(
    "MED002",
    Severity.ERROR,
    "'{written}' is not in the course but on the web",
    "save the file in media/ and name it here, or link to the page that shows it",
    "Nothing is loaded from outside the package: hosts block it, and it would tell others who learns here.",
)

ALSO = {
    **dict.fromkeys(("mcq", "quiz", "question", "single-choice", "radio"), "choice"),
    **dict.fromkeys(("multiple-choice", "multi", "mrq", "checkbox", "checkboxes"), "multiple"),
    **dict.fromkeys(("truefalse", "tf", "yes-no"), "true-false"),
    **dict.fromkeys(("sequence", "order", "ordering", "ranking", "put-in-order"), "sequencing"),
    **dict.fromkeys(("match", "pairs", "pairing", "match-pairs"), "matching"),
    **dict.fromkeys(("categorize", "sort", "sorting", "groups", "classify", "drag-and-drop"), "categorise"),
    **dict.fromkeys(("branching", "branching-scenario", "case", "case-study", "story", "simulation"), "scenario"),
    **dict.fromkeys(("scale", "rating", "self-assessment", "self-rating"), "likert"),
    **dict.fromkeys(("survey", "vote", "opinion"), "poll"),
    **dict.fromkeys(("image-map", "imagemap", "hot-spot", "image-hotspot", "click-map"), "hotspot"),
    **dict.fromkeys(("info", "admonition", "aside", "callout"), "note"),
    **dict.fromkeys(("caution", "danger", "attention"), "warning"),
    **dict.fromkeys(("accordion", "dropdown", "expander", "spoiler"), "details"),
    **dict.fromkeys(("tab-set", "tabset", "tabbed"), "tabs"),
    **dict.fromkeys(("card", "grid", "flip-cards", "flipcards"), "cards"),
    **dict.fromkeys(("step", "process", "procedure"), "steps"),
    **dict.fromkeys(("column", "two-columns", "row"), "columns"),
    **dict.fromkeys(("todo", "tasklist", "task-list"), "checklist"),
    **dict.fromkeys(("image", "picture", "img"), "figure"),
    **dict.fromkeys(("blockquote", "epigraph"), "quote"),
    **dict.fromkeys(("handout-only", "print", "print-only", "paper"), "handout"),
    **dict.fromkeys(("screen-only", "online"), "screen"),
    **dict.fromkeys(("bibliography", "sources", "footbibliography"), "references"),
    "file": "download",
}
"""What other programs call our blocks."""


_OPTION_LINE = re.compile(r"(:?)([a-z]+(?:-[a-z]+)*):(?: |$)")


class PageReader:
    """Reads one page; `problems` grows while it does. `names` are the ids that questions were given in this course."""

    def __init__(self, path: str, file: str, page: str, links: Links, names: set[str]) -> None:
        self.problems: list[Problem] = []
        self.page = page
        self.links = links
        self.file = file
        self.writer = Writer(path, file, page, links, self.problems)
        self.names = names
        self._env: dict[str, Any] = {}
        self._lines: list[str] = []
        self._first = 1
        self._bodies: dict[int, tuple[Sequence[Token], Sequence[Token]]] = {}  # by the line of the directive

    def read(self, text: str, span: Span) -> tuple[Block, ...]:
        """The blocks of `text`, which begins at `span`."""
        outer = self._env, self._lines, self._first, self._bodies
        fences = find_fences(text, span)
        self.problems += fences.problems
        self._lines, self._first, self._bodies = text.split("\n"), span.line, {}
        self._env = {
            "fences": fences.directives,
            "seen": set(),
            "line": span.line,
            "page": self.page,
            "references": outer[0].get("references", {}),
        }
        tokens = parser().parse(text, self._env)
        self.problems += slips(tokens, self._env, self._lines, span, NESTING)
        found = self._blocks(tokens)
        for line in fences.directives.keys() - self._env["seen"]:
            self.problems.append(SWALLOWED.at(Span(span.path, span.line + line, 1)))
        self._env, self._lines, self._first, self._bodies = outer
        return found

    # What question types and content blocks ask for

    def prose(self, text: str, span: Span) -> Prose:
        token = parse_inline(text, 0, self._env)
        return self.writer.prose([token], [" " * (span.column - 1) + text], span.line, self._env)

    def title(self, directive: Directive) -> Prose:
        """A directive's title, which was read with the page, so that footnotes and links in it count."""
        tokens, _ = self._bodies.get(directive.span.line, ((), ()))
        if not tokens:
            return Prose(span=directive.title_span)
        return self.writer.prose(tokens, self._lines, self._first, self._env)

    def content(self, directive: Directive) -> tuple[Block, ...]:
        return self._blocks(self._bodies[directive.span.line][1])

    def blocks(self, text: str, span: Span) -> tuple[Block, ...]:
        return self.read(text, span)

    def stretches(self, directive: Directive, lines: bool = False) -> tuple[Stretch, ...]:
        return stretches(self._bodies[directive.span.line][1], lines, self._blocks, self._prose)

    def outline(self, directive: Directive, lists: bool = True) -> Outline:
        return outline(self._bodies[directive.span.line][1], self._blocks, self._inside, lists)

    def chapters(self, directive: Directive) -> tuple[Chapter, ...]:
        return chapters(self._bodies[directive.span.line][1], directive.span, self._blocks, self._inside)

    def name(self, wanted: str) -> str:
        slug = slugify(wanted)
        slug = "".join(c for c in slug if c.isascii())[:48].strip("-") or "question"
        name, count = slug, 2
        while name in self.names:
            name, count = f"{slug}-{count}", count + 1
        self.names.add(name)
        return name

    def options(self, directive: Directive, known: Collection[str]) -> dict[str, Value]:
        for key, value in directive.options.items():
            if key not in known:
                self.problems.append(
                    UNKNOWN_OPTION.at(
                        Span(value.span.path, value.span.line, 1),
                        name=directive.name,
                        key=key,
                        hint=meant(key, known, "':{}:'"),
                        known="it takes " + ", ".join(sorted(known)) if known else "it takes none",
                    )
                )
        self._nearly_options(directive, known)
        return {key: value for key, value in directive.options.items() if key in known}

    def _nearly_options(self, directive: Directive, known: Collection[str]) -> None:
        """Reports lines of the body that look like options of this block."""
        for number, line in enumerate(directive.body.split("\n")):
            if line.startswith((":::", "```", "~~~")):
                return
            place = Span(directive.body_span.path, directive.body_span.line + number, 1)
            late = _OPTION_LINE.match(line)
            if late and late[2] in known and late[1]:
                self.problems.append(LATE_OPTION.at(place, key=late[2], name=directive.name))
            elif late and late[2] in known and number == 0:
                self.problems.append(NO_COLON.at(place, key=late[2], name=directive.name))

    def media(self, value: Value) -> Link:
        target = self.links.find(value.text, self.file)
        if target.wrong:
            self.problems.append(target.wrong.at(value.span, **target.values))
        elif target.outside and target.name and target.name.startswith(("http:", "https:")):
            self.problems.append(REMOTE_MEDIA.at(value.span, written=value.text))
            return Link("media", value.text, None, value.span)
        elif target.name is None or target.name.startswith("page:"):
            hint = meant(value.text.rsplit("/", 1)[-1], [path.rsplit("/", 1)[-1] for path in self.links.media])
            self.problems.append(MISSING_MEDIA.at(value.span, written=value.text, hint=hint))
            return Link("media", value.text, None, value.span)
        return Link("media", value.text, target.name, value.span)

    def report(self, problem: Problem) -> None:
        self.problems.append(problem)

    # Tokens into blocks

    def _prose(self, tokens: Sequence[Token]) -> Prose:
        return self.writer.prose(tokens, self._lines, self._first, self._env)

    def _inside(self, tokens: Sequence[Token]) -> Prose:
        return self.writer.prose(tokens, self._lines, self._first, self._env, inside=True)

    def _blocks(self, tokens: Sequence[Token]) -> tuple[Block, ...]:
        found: list[Block] = []
        start = index = 0
        while index < len(tokens):
            token = tokens[index]
            if token.type != "directive_open":
                index += 1
                continue
            self._add_prose(found, tokens[start:index])
            end = _closing(tokens, index)
            found += self._directive(token, tokens[index + 1 : end])
            start = index = end + 1
        self._add_prose(found, tokens[start:])
        return tuple(found)

    def _add_prose(self, found: list[Block], tokens: Sequence[Token]) -> None:
        if tokens:
            prose = self._prose(tokens)
            if prose:
                found.append(prose)

    def _directive(self, token: Token, inside: Sequence[Token]) -> tuple[Block, ...]:
        directive: Directive = token.meta["directive"]
        title = 1 if inside and inside[0].type == "inline" else 0
        self._bodies[directive.span.line] = (inside[:title], inside[title:])
        kind = questions.TYPES.get(directive.name) or blocks.TYPES.get(directive.name)
        if kind is None:
            known = [*questions.TYPES, *blocks.TYPES]
            name = directive.name.lower().replace("_", "-")
            hint = f"; did you mean '{ALSO[name]}'?" if name in ALSO else meant(name, known)
            self.problems.append(UNKNOWN.at(directive.span, name=directive.name, hint=hint, known=", ".join(known)))
            return self._blocks(inside[title:])
        block = kind.read(directive, self)
        return () if block is None else (block,)


def _closing(tokens: Sequence[Token], opening: int) -> int:
    depth = 0
    for index in range(opening, len(tokens)):
        kind = tokens[index].type
        depth += (kind == "directive_open") - (kind == "directive_close")
        if depth == 0:
            return index
    return len(tokens)


def read_prose(markdown: str, page: str) -> Prose:
    """Markdown without a course around it as Prose. Raises ValueError for what a course may not have."""
    reader = PageReader("", "", page, WrittenLinks(), set())
    blocks = reader.read(markdown, Span("", 1, 1))
    _refuse(reader)
    if len(blocks) > 1 or (blocks and not isinstance(blocks[0], Prose)):
        raise ValueError("directives make blocks of their own: make the Question or ContentBlock instead")
    return blocks[0] if blocks and isinstance(blocks[0], Prose) else Prose()


def read_phrase(markdown: str) -> Prose:
    """Inline Markdown without a course around it. Raises ValueError for what a course may not have."""
    reader = PageReader("", "", "", WrittenLinks(), set())
    made = reader.prose(markdown, Span("", 1, 1))
    _refuse(reader)
    return made


def _refuse(reader: PageReader) -> None:
    if reader.problems:
        raise ValueError("; ".join(f"line {p.span.line}: {p.message}" for p in sorted(reader.problems)))
