"""Where directives begin and end: the lines of a page that are `:::{name}` fences, paired.

In: the lines of a text. Out: `Fences`, with each opening line's closing line and options, and problems. A fence that is
never closed would swallow the rest of the page without a word, so it is found here, before any Markdown is parsed; the
pairing goes on as if it had been closed, so that one slip gives one message.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from scormkit.model.directive import Directive, Value
from scormkit.model.problem import Problem, Rule, Severity
from scormkit.model.source import Span

NOT_CLOSED = Rule(
    "DIR001",
    Severity.ERROR,
    "'{fence}' is never closed",
    "add a line '{colons}' where it ends",
    "All that follows would belong to it.",
)
CLOSES_NOTHING = Rule(
    "DIR002",
    Severity.ERROR,
    "this line closes nothing",
    "remove it, or write {colons}{{name}} where the block begins",
    "A fence that closes nothing usually means that another one was closed too early, or never opened.",
)
SAME_COLONS = Rule(
    "DIR003",
    Severity.ERROR,
    "'{inner}' stands inside '{outer}' (line {line}) with as many colons",
    "give '{outer}' and its closing line one colon more than what stands inside it, or close it first",
    "Fences are told apart by their number of colons: other programs would end the outer one too early.",
)
NO_BRACES = Rule(
    "DIR004",
    Severity.ERROR,
    "'{line}' looks like the beginning of a block, but its name is not in braces",
    "write {colons}{{{name}}} and then the title",
    "Without braces the line is shown to learners as it is.",
)
INDENTED = Rule(
    "DIR005",
    Severity.ERROR,
    "'{line}' is indented",
    "begin the line with its colons; blocks cannot stand inside lists or quotes",
    "Indented, the line would be shown to learners as text or code.",
)
OPTION_TWICE = Rule(
    "DIR006",
    Severity.ERROR,
    "the option ':{key}:' is written twice; the first is in line {line}",
    "keep one of them",
    "Only one of the two could count, and nobody can see which.",
)
CODE_NOT_CLOSED = Rule(
    "MDN001",
    Severity.ERROR,
    "the code block that begins with '{fence}' is never closed",
    "add a line '{fence}' where it ends",
    "All that follows would be shown as code.",
)
TEXT_AFTER_CLOSING = Rule(
    "DIR008",
    Severity.ERROR,
    "'{line}' has text after its colons, so it closes nothing",
    "write the colons alone on the line, or {colons}{{name}} to open a block",
    "Fences that close stand alone.",
)

# Every line that can matter: fences of colons, fences of code (also in lists and quotes), comments.
_LINE = re.compile(
    r"^(?P<indent>[ \t]*)(?P<colons>:{3,})(?P<rest>.*)$"
    r"|^(?P<before>[ \t>*+\-\d.)]*)(?P<code>`{3,}+(?!.*`)|~{3,})(?P<info>.*)$"
    r"|^ {0,3}(?P<comment><!--)",
    re.MULTILINE,
)
_OPENING = re.compile(r"\{([^{}\s]*)\}(.*)")
_NAME = re.compile(r"\s*\{?\s*([A-Za-z][\w-]*)\s*\}?")
_OPTION = re.compile(r":([A-Za-z][\w-]*):(?:[ \t]+(.*)|[ \t]*)$")


@dataclass
class Fences:
    """Directives by the index (from 0) of their opening line, each with the indices of the line after its body and of
    the line after itself, which are one where the closing line is missing."""

    directives: dict[int, tuple[Directive, int, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


@dataclass
class _Open:
    line: int
    colons: int
    name: str
    title: str
    indented: bool = False

    def __str__(self) -> str:
        return f"{':' * self.colons}{{{self.name}}}"


def find_fences(text: str, span: Span) -> Fences:
    """Pairs the fences of `text`, which begins at `span`. Linear in the length of the text."""
    fences = Fences()
    if ":::" not in text and "```" not in text and "~~~" not in text:
        return fences
    _Pairing(text, span, fences).run()
    return fences


class _Pairing:
    def __init__(self, text: str, span: Span, fences: Fences) -> None:
        self.text = text
        self.lines = text.split("\n")
        self.span = span
        self.fences = fences
        self.open: list[_Open] = []

    def run(self) -> None:
        position = line = counted = 0
        code: re.Match[str] | None = None
        code_line = 0
        while match := _LINE.search(self.text, position):
            line += self.text.count("\n", counted, match.start())
            counted, position = match.start(), match.end()
            if match["comment"] and code is None:
                end = self.text.find("-->", position)
                position = len(self.text) if end < 0 else end
            elif match["code"]:
                if code is None:
                    code, code_line = match, line
                elif match["code"].startswith(code["code"]) and not match["info"].strip():
                    code = None
            elif match["colons"] and code is None:
                self.fence(line, match["indent"], len(match["colons"]), match["rest"].strip())
        if code is not None:
            self.report(CODE_NOT_CLOSED, code_line, len(code["before"]) + 1, fence=code["code"])
        for opening in reversed(self.open):
            if code is None and not opening.indented:
                self.report(NOT_CLOSED, opening.line, fence=opening, colons=":" * opening.colons)
            self.close(opening, len(self.lines))

    def fence(self, line: int, indent: str, colons: int, rest: str) -> None:
        if not rest:
            self.closing(line, indent, colons)
            return
        opening = _OPENING.match(rest)
        marks = ":" * colons
        shown = marks + (rest if len(rest) <= 40 else rest[:37] + "...")
        if not opening:
            name = _NAME.match(rest)
            if name:
                self.report(NO_BRACES, line, line=shown, colons=marks, name=name[1])
                self.open.append(_Open(line, colons, name[1], "", indented=True))
            else:
                self.report(TEXT_AFTER_CLOSING, line, line=shown, colons=marks)
            return
        if indent:
            self.report(INDENTED, line, len(indent) + 1, line=shown)
        outer = self.open[-1] if self.open else None
        new = _Open(line, colons, opening[1], opening[2].strip(), bool(indent))
        if outer and not outer.indented and not indent and colons >= outer.colons:
            if not self.closes_both(line, outer):
                self.report(NOT_CLOSED, outer.line, fence=outer, colons=":" * outer.colons)
                self.open.pop()
                self.close(outer, line)
            else:
                self.report(SAME_COLONS, line, inner=new, outer=outer, line=self.span.line + outer.line)
        self.open.append(new)

    def closes_both(self, line: int, outer: _Open) -> bool:
        """Whether the next fences are the inner one's and the outer one's closing lines, so that nesting was meant."""
        depth = 2
        for number in range(line + 1, min(len(self.lines), line + 400)):
            text = self.lines[number]
            if not text.startswith(":::"):
                continue
            depth += 1 if text.strip(": \t") else -1
            if depth == 0:
                return True
            if depth > 4:
                return False
        return False

    def closing(self, line: int, indent: str, colons: int) -> None:
        for index in range(len(self.open) - 1, -1, -1):
            opening = self.open[index]
            if opening.colons == colons or (opening.colons < colons and index == 0):
                break
        else:
            self.report(CLOSES_NOTHING, line, len(indent) + 1, colons=":" * colons)
            return
        for unclosed in reversed(self.open[index + 1 :]):
            self.report(NOT_CLOSED, unclosed.line, fence=unclosed, colons=":" * unclosed.colons)
            self.close(unclosed, line)
        self.close(opening, line, line + 1)
        del self.open[index:]

    def close(self, opening: _Open, line: int, after: int | None = None) -> None:
        if opening.indented:
            return
        options: dict[str, Value] = {}
        body = opening.line + 1
        while body < line and (match := _OPTION.match(self.lines[body])):
            key, value = match[1].lower(), (match[2] or "").strip()
            at = Span(self.span.path, self.span.line + body, (match.start(2) if match[2] else match.end(1) + 1) + 1)
            if key in options:
                self.report(OPTION_TWICE, body, key=key, line=options[key].span.line)
            else:
                options[key] = Value(value, at)
            body += 1
        place = Span(self.span.path, self.span.line + opening.line, 1)
        title = Span(place.path, place.line, len(self.lines[opening.line].rstrip()) - len(opening.title) + 1)
        below = Span(place.path, self.span.line + body, 1)
        text = "\n".join(self.lines[body:line])
        directive = Directive(opening.name, opening.title, options, text, place, title, below)
        self.fences.directives[opening.line] = (directive, line, line if after is None else after)

    def report(self, rule: Rule, index: int, column: int = 1, /, **values: object) -> None:
        shown = {key: str(value) for key, value in values.items()}
        self.fences.problems.append(rule.at(Span(self.span.path, self.span.line + index, column), **shown))
