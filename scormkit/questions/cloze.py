"""`cloze`: a text with gaps, which learners fill by writing or by choosing from lists.

    :::{cloze} Fill in the gaps.
    :scoring: partial
    In a consultation {{staff|the staff|professionals}} decide; in co-production
    {{parents and staff}} do.
    > correct: Yes.
    > incorrect: Ask who has a vote.
    :::

A gap that is written holds its right answer, and others that are right, too. A gap with boxes is a list to choose from, the
right one marked:

    Decisions in co-production are {{[ ] announced|[x] shared|[ ] explained}}.

`case` and `typos` are as for fill-in; `scoring` says what some right gaps are worth: nothing (`all-or-nothing`, the default)
or their share (`partial`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html import unescape
from typing import ClassVar, Self

from scormkit.model.course import Block, ContentBlock
from scormkit.model.directive import Directive, Reader
from scormkit.model.problem import Rule, Severity
from scormkit.model.prose import Prose
from scormkit.model.question import Component, Interaction, Kind, Marking, Question
from scormkit.model.source import Span
from scormkit.model.written import escaped
from scormkit.questions.reading import KEYS, Shared, expect_feedback, read_scoring, read_shared
from scormkit.questions.typed import CANNOT_TYPE, Typed, check_texts, fault, limit, read_marking, width, written_marking
from scormkit.questions.writing import scoring, write

NO_GAPS = Rule(
    "QST090",
    Severity.ERROR,
    "the text of question '{id}' has no gaps",
    "write a word that is missing in double braces, such as {{{{answer}}}}, or a list of them: {{{{[x] right|[ ] wrong}}}}",
    "There is nothing that a learner could fill in.",
)
BROKEN_GAP = Rule(
    "QST091",
    Severity.ERROR,
    "a gap of question '{id}' {why}",
    "{remedy}",
    "It would be shown to learners as it is written, answer and all.",
)
GAP_IN_PROMPT = Rule(
    "QST092",
    Severity.ERROR,
    "what question '{id}' asks holds a gap",
    "write what to do behind {fence}, such as 'Fill in the gaps.', and the text with its gaps in a paragraph below",
    "The words behind the name are its title and its name in reports: they are read out before the gaps.",
)
ODD_LIST = Rule(
    "QST093",
    Severity.ERROR,
    "the list '{gap}' of question '{id}' {why}",
    "{remedy}",
    "Learners choose one of its answers, so one has to be right.",
)
WRITTEN_AND_CHOSEN = Rule(
    "QST094",
    Severity.ERROR,
    "question '{id}' has gaps to write in and gaps to choose in",
    "make all of them lists, or none, or two questions of it",
    "Reports have one notation for words and another for choices.",
    "SCORM 1.2 RTE 3.4.5, CMIFeedback (fill-in and matching)",
)
TOO_MANY = Rule(
    "QST095",
    Severity.ERROR,
    "question '{id}' has {count} {what}; there can be {limit}",
    "split it into several questions",
    "Reports name each by one letter or digit.",
    "SCORM 1.2 RTE 3.4.5, CMIFeedback (matching)",
)

NO_END = "has no end", "write }} behind it, in the same paragraph; in a table write \\| for |"
_GAP = re.compile(r"\{\{((?:(?!\{\{).)*?)\}\}", re.DOTALL)
_BOX = re.compile(r"\[([ xX]?)\]\s*")
_BLOCK = re.compile(r"</?(?:p|[uo]l|li|t[dhr]|table|h[1-6])\b")
_CLOSED = re.compile(r"<(/?)(a|h[1-6])\b")


@dataclass(frozen=True)
class Gap:
    """One gap: the texts that are right in it, or (`listed`) all those to choose from."""

    texts: tuple[Typed, ...]
    listed: bool = False
    span: Span = Span("")

    @property
    def right(self) -> tuple[str, ...]:
        return tuple(typed.text for typed in self.texts if typed.right)

    @property
    def written(self) -> str:
        boxes = {True: "[x] ", False: "[ ] "} if self.listed else {True: ""}
        return f"{{{{{'|'.join(boxes[typed.right] + escaped(typed.text) for typed in self.texts)}}}}}"


@dataclass(frozen=True, kw_only=True)
class Cloze(Question):
    """A text with gaps. In the html of `intro` each gap is `here(n)`, counted from 0; in its words it is `[1]`, `[2]` ..."""

    type: ClassVar[str] = "cloze"

    gaps: tuple[Gap, ...] = ()
    partly: str = "exact"
    marking: Marking = field(default_factory=Marking)

    @classmethod
    def read(cls, directive: Directive, reader: Reader) -> Self:
        outline = reader.outline(directive, lists=False)
        own = ("case", "typos", "scoring")
        shared = read_shared(directive, reader, own, without=("shuffle",), outline=outline)
        marking = read_marking(shared, reader)
        scoring = read_scoring(shared, reader)
        if "{{" in shared.fields["prompt"].text:
            fence = f":::{{{directive.name}}}"
            reader.report(GAP_IN_PROMPT.at(shared.fields["prompt"].span, id=shared.id, fence=fence))
            return cls(**shared.fields)
        text = _Text(shared, marking, reader)
        fields = dict(shared.fields) | {"intro": tuple(text.block(block) for block in shared.fields["intro"])}
        text.check(directive.span)
        expect_feedback(shared, (), reader)
        return cls(**fields, gaps=tuple(text.gaps), partly=scoring, marking=marking)

    @property
    def written(self) -> Directive:
        own = {**written_marking(self.marking), "scoring": scoring(self.partly)}
        return write(replace(self, intro=tuple(self._with_gaps(block) for block in self.intro)), own=own)

    def _with_gaps(self, block: Block) -> Block:
        """A paragraph whose source has places for gaps, as one made in code may have, with the gaps themselves."""
        if not isinstance(block, Prose):
            return block
        source = block.source
        for place, gap in zip(self.here, self.gaps, strict=True):
            source = source.replace(place, gap.written)
        return replace(block, source=source)

    @property
    def listed(self) -> bool:
        return any(gap.listed for gap in self.gaps)

    @property
    def here(self) -> tuple[str, ...]:
        """What stands in the html for each gap."""
        return tuple(here(number) for number in range(len(self.gaps)))

    @property
    def targets(self) -> dict[str, str]:
        """What can be chosen in any list, each text with its key in reports."""
        texts = dict.fromkeys(typed.text for gap in self.gaps for typed in gap.texts)
        return dict(zip(texts, KEYS, strict=False))

    @property
    def limit(self) -> int:
        return limit(tuple(text for gap in self.gaps for text in gap.right))

    @property
    def width(self) -> int:
        """The same for all gaps: their size tells nothing."""
        return width(tuple(text for gap in self.gaps for text in gap.right))

    @property
    def scoring(self) -> str:
        return self.partly

    @property
    def meaning(self) -> object:
        """The first right answer of each gap; of lists also what can be chosen, which is saved by its place."""
        right = [gap.right[:1] for gap in self.gaps]
        return [right, list(self.targets)] if self.listed else right

    @property
    def interaction(self) -> Interaction:
        words = " ".join(" ".join(block.text.split()) for block in self.intro if isinstance(block, Prose))
        asked = f"{self.prompt.text} {words}".strip()
        if not self.listed:
            correct = (*_responses(self.gaps), *self.also)
            return Interaction(self.id, Kind.FILL_IN, asked, correct=correct, marking=self.marking)
        targets = self.targets
        pairs = tuple(f"{key}.{targets[gap.right[0]]}" for key, gap in zip(KEYS, self.gaps, strict=False) if gap.right)
        return Interaction(
            self.id,
            Kind.MATCHING,
            asked,
            correct=(pairs,) if pairs else (),
            source=tuple(Component(key, f"[{n}]") for n, key in enumerate(KEYS[: len(self.gaps)], 1)),
            target=tuple(Component(key, text) for text, key in targets.items()),
        )


def here(number: int) -> str:
    """The place of a gap in the html."""
    return f'<span data-here="{number}"></span>'


def _responses(gaps: tuple[Gap, ...]) -> Iterator[tuple[str, ...]]:
    """Full responses in which each accepted text stands at least once: the player accepts any mixture of them."""
    for place in range(max((len(gap.right) for gap in gaps), default=0)):
        yield tuple((*gap.right, "")[min(place, len(gap.right) - 1)] for gap in gaps)


class _Text:
    """The text of one question while its gaps are taken out."""

    def __init__(self, shared: Shared, marking: Marking, reader: Reader) -> None:
        self.shared, self.marking, self.reader = shared, marking, reader
        self.gaps: list[Gap] = []

    def block(self, block: Block) -> Block:
        if isinstance(block, ContentBlock):
            self.inside(block)
        return self.prose(block) if isinstance(block, Prose) else block

    def inside(self, block: ContentBlock) -> None:
        """Gaps in a block inside are left alone, and told."""
        for part in (block.title, *block.blocks):
            if isinstance(part, ContentBlock):
                self.inside(part)
            elif isinstance(part, Prose) and "{{" in part.html:
                self.broken(part.span, "stands inside another block", "write the gaps in ordinary paragraphs and lists")

    def prose(self, prose: Prose) -> Prose:
        if "{{" not in prose.html:
            return prose
        # None, or fewer than there are in the HTML, where a backslash stands between the braces.
        places = list(_places(prose)) or [prose.span]
        first, before = len(self.gaps), prose.html

        def taken(match: re.Match[str]) -> str:
            span = places[min(before.count("{{", 0, match.start()), len(places) - 1)]
            if why := _misplaced(before[: match.start()], match[1]):
                self.broken(span, *why)
                return match[1]
            self.gaps.append(self.gap(" ".join(unescape(match[1]).split()), span))
            return here(len(self.gaps) - 1)

        html = _GAP.sub(taken, before)
        for opening in re.finditer(r"\{\{", _GAP.sub(lambda match: " " * len(match[0]), before)):
            self.broken(places[min(before.count("{{", 0, opening.start()), len(places) - 1)], *NO_END)
        numbers = iter(range(first + 1, len(self.gaps) + 1))
        words = _GAP.sub(lambda match: f"[{next(numbers, '')}]", prose.text)
        return replace(prose, html=html, text=words)

    def gap(self, written: str, span: Span) -> Gap:
        parts = [part.strip() for part in written.split("|")]
        boxes = [_BOX.match(part) for part in parts]
        if not any(boxes):
            texts = tuple(Typed(part, span=span) for part in parts)
            if self.sound(texts, span):
                check_texts(texts, self.marking, self.shared.id, self.reader)
            return Gap(texts, span=span)
        texts = tuple(
            Typed(part[box.end() :] if box else part, bool(box and box[1] in "xX" and box[1]), span=span)
            for part, box in zip(parts, boxes, strict=True)
        )
        if self.sound(texts, span):
            self.list(written, texts, all(boxes), span)
        return Gap(texts, True, span)

    def sound(self, texts: tuple[Typed, ...], span: Span) -> bool:
        faults = [why for typed in texts if (why := fault(typed.text))]
        if faults:
            self.reader.report(CANNOT_TYPE.at(span, id=self.shared.id, why=faults[0]))
        return not faults

    def list(self, written: str, texts: tuple[Typed, ...], boxed: bool, span: Span) -> None:
        right = sum(typed.right for typed in texts)
        words = [typed.text for typed in texts]
        if not boxed:
            why, remedy = (
                "has boxes before some of its answers only",
                "write [x] before the right one, [ ] before the others",
            )
        elif len(texts) < 2:
            why, remedy = (
                "has only one answer",
                "write at least two, with | between them, or no box for a gap to write in",
            )
        elif right != 1:
            why, remedy = f"has {right or 'no'} right answers", "write [x] before one of them"
        elif len(set(words)) < len(words):
            why, remedy = "has the same answer twice", "reword or remove one of them"
        else:
            return
        self.reader.report(ODD_LIST.at(span, gap=written, id=self.shared.id, why=why, remedy=remedy))

    def broken(self, span: Span, why: str, remedy: str) -> None:
        self.reader.report(BROKEN_GAP.at(span, id=self.shared.id, why=why, remedy=remedy))

    def check(self, span: Span) -> None:
        """What can only be said of all gaps together."""
        name, gaps = self.shared.id, self.gaps
        if not gaps:
            self.reader.report(NO_GAPS.at(span, id=name))
        other = next((gap for gap in gaps if gap.listed != gaps[0].listed), None)
        if other:
            self.reader.report(WRITTEN_AND_CHOSEN.at(other.span, id=name))
        if len(gaps) > len(KEYS):
            place = gaps[len(KEYS)].span
            self.reader.report(TOO_MANY.at(place, id=name, count=len(gaps), what="gaps", limit=len(KEYS)))
        texts = {typed.text for gap in gaps for typed in gap.texts}
        if gaps and gaps[0].listed and len(texts) > len(KEYS):
            what = "different answers in its lists"
            self.reader.report(TOO_MANY.at(gaps[-1].span, id=name, count=len(texts), what=what, limit=len(KEYS)))


def _misplaced(before: str, inside: str) -> tuple[str, str] | None:
    """Why a gap cannot stand where it does, and what to do."""
    if before.rfind("<") > before.rfind(">"):
        return "stands in the text alternative of a picture", "write it in the text"
    opened = [(slash, name) for slash, name in _CLOSED.findall(before)]
    if opened and not opened[-1][0]:
        return f"stands in a {'link' if opened[-1][1] == 'a' else 'heading'}", "write it in the text"
    if _BLOCK.search(inside):
        return NO_END
    if "<" in inside:
        return "holds formatting", "write plain text in it; put a backslash before *, _ and ` that are meant"
    return None


def _places(prose: Prose) -> Iterator[Span]:
    """Where each gap begins in what the author wrote."""
    for match in re.finditer(r"\{\{", prose.source):
        line = prose.source.count("\n", 0, match.start())
        column = match.start() - (prose.source.rfind("\n", 0, match.start()) + 1)
        yield prose.span.down(line, column + (1 if line else max(prose.span.column, 1)))
