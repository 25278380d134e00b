"""`scenario`: a case in scenes, in which each decision leads to the next scene.

    :::{scenario} What do you do about the booklet?
    :id: booklet
    You look after the unit's booklet on positioning. Parents leave it on the chairs.

    ## Two weeks left
    The matron has money for printing, if the text is with her in two weeks.

    - [ ] [Write it this weekend](#on-the-chairs-again)
      > The parent you ask is kind and tired. She says that it is fine.
    - [x] [Ask for more time, and draft it with parents](#a-better-booklet)
      > The matron grumbles, and gives you five weeks.
    - [ ] [Ask parents in a survey, and rewrite it](#on-the-chairs-again) {fair}
      > You get a useful list of what annoys people.

    ## A better booklet {good}
    It begins with what parents wanted to know.

    ## On the chairs again {poor}
    It is printed, and nobody reads it.

    ## Debrief
    A deadline is a decision too.
    :::

What stands before the first heading is the case; each heading of the second level begins a scene, named by its words. A move is
a link to a scene: the best are marked [x], those that will do {fair} (half the points), and the block quote under a move is what
comes of it. A scene without moves is an ending: {good}, {mixed} or {poor}. Moves without brackets are not judged. `counters`
names up to three numbers that moves change: `{fair, trust +1}`. A scene that is met again takes back what was done since.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import ClassVar, Self

from scormkit.model.course import Block
from scormkit.model.directive import Chapter, Directive, Item, Reader
from scormkit.model.problem import Rule, Severity, meant, short
from scormkit.model.prose import Link, Prose
from scormkit.model.question import Component, Interaction, Kind, Question
from scormkit.model.source import Span
from scormkit.model.written import joined, markdown
from scormkit.questions.reading import (
    BAD_MARK,
    INSIDE,
    KEYS,
    LEFT_OVER,
    MARK,
    SAME_ANSWER,
    TOO_MANY,
    read_shared,
    words,
)
from scormkit.questions.scenemap import SceneMap, scene_map
from scormkit.questions.scenes import Move, Scene, best_way, check, written_scene
from scormkit.questions.writing import Usual, write

OUTCOMES = ("good", "mixed", "poor")
DEBRIEF = "debrief"
FAIR = "fair"
MOST_COUNTERS = 3

NO_SCENES = Rule(
    "QST060",
    Severity.ERROR,
    "scenario '{id}' has no scenes",
    "begin each scene with a heading, '## Its name', and end it with moves: '- [x] [What to do](#another-scene)'",
    "Without scenes and moves there is nothing to decide.",
)
SAME_SCENE = Rule(
    "QST061",
    Severity.ERROR,
    "two scenes of scenario '{id}' are called '#{name}'; the first is in line {line}",
    "give one of them another heading",
    "A link could lead to either of them.",
)
NO_SUCH_SCENE = Rule(
    "QST062",
    Severity.ERROR,
    "scenario '{id}' has no scene '#{name}'{hint}",
    "write the words of the scene's heading in small letters with hyphens between them; there are {known}",
    "Learners who choose this move would get nowhere.",
)
NOT_A_MOVE = Rule(
    "QST063",
    Severity.ERROR,
    "'{text}' is a move of scenario '{id}', but no link to a scene",
    "write '[what to do](#the-scene-it-leads-to)', and nothing behind it but {{fair}} or a counter",
    "It is not said where it leads.",
)
HALF_JUDGED = Rule(
    "QST064",
    Severity.ERROR,
    "some moves of the scene '{scene}' have brackets and others, such as '{text}', have none",
    "write '[x]' or '[ ]' before all of them; or before none, where nothing is to be judged",
    "It is not said whether the move is a good one.",
)
UNKNOWN_MARK = Rule(
    "QST065",
    Severity.ERROR,
    "'{{{mark}}}' is not understood here{hint}",
    "write {known}",
    "A mark that means nothing would be lost without a word.",
)
MARKED_SCENE = Rule(
    "QST066",
    Severity.ERROR,
    "the scene '{scene}' says that it ends {{{outcome}}}, but it has moves",
    "remove the mark, or the moves",
    "Only a scene without moves is an ending.",
)
UNMARKED_ENDING = Rule(
    "QST067",
    Severity.WARNING,
    "the scene '{scene}' has no moves, so scenario '{id}' ends there, but it is not said how",
    "write {{good}}, {{mixed}} or {{poor}} behind its heading; or the moves, if it goes on",
    "The other endings say it; this one may be a dead end that nobody meant.",
)
EARLY_MOVE = Rule(
    "QST072",
    Severity.ERROR,
    "this link leads to a scene, but stands before the first one of scenario '{id}'",
    "write a heading above the moves, '## Where it begins', so that they belong to a scene",
    "What stands before the first heading is the case; it cannot be decided there.",
)
NO_DEBRIEF = Rule(
    "QST073",
    Severity.WARNING,
    "scenario '{id}' has no debrief",
    "end it with '## Debrief' and what to take from the case",
    "People learn from looking back on what they did; the story alone is soon forgotten.",
)
COUNTERS = Rule(
    "QST074",
    Severity.ERROR,
    "scenario '{id}' has {count} counters; there can be {most}",
    "keep those that decisions really turn on",
    "More than a few numbers cannot be kept in mind while deciding.",
)
TOO_MANY_SCENES = Rule(
    "QST075",
    Severity.ERROR,
    "scenario '{id}' has {count} scenes; there can be {limit}",
    "make two scenarios of it",
    "Reports name each scene by one letter or digit.",
)

NAMELESS = Rule(
    "QST076",
    Severity.ERROR,
    "this scene of scenario '{id}' has no name",
    "write some words behind the '##'",
    "No link could lead to it, and learners would not know that they have come to another scene.",
    "WCAG 2.2, 2.4.6 Headings and Labels",
)

_MOVE = re.compile(r"\[(?P<words>.+)\]\(#[^()\s]*\)\s*(?:\{(?P<marks>[^{}]*)\})?")
_COUNT = re.compile(r"(?P<name>\S+) ?(?P<by>[+\-−]\d{1,3})")


@dataclass(frozen=True, kw_only=True)
class Scenario(Question):
    """A case to be walked through. `intro` is what is known before the first scene, `debrief` what is said at the end."""

    type: ClassVar[str] = "scenario"

    scenes: tuple[Scene, ...] = ()
    counters: tuple[str, ...] = ()
    debrief: tuple[Block, ...] = ()

    @classmethod
    def read(cls, directive: Directive, reader: Reader) -> Self:
        opening, *parts = reader.chapters(directive)
        own, without = ("counters",), ("shuffle", "confidence")
        shared = read_shared(directive, reader, own, without, outline=opening.outline, tries=0)
        counters = words(shared.options.get("counters"))
        if len(counters) > MOST_COUNTERS:
            span = shared.options["counters"].span
            reader.report(COUNTERS.at(span, id=shared.id, count=len(counters), most=MOST_COUNTERS))
        last = [part for part in parts if DEBRIEF in (part.anchor, *part.marks)]
        acts = _Acts(shared.id, reader, counters)
        scenes = acts.scenes([part for part in parts if part not in last])
        acts.look_back(opening)
        if not scenes:
            reader.report(NO_SCENES.at(directive.span, id=shared.id))
        elif not acts.lost:
            for problem in check(shared.id, scenes, directive.span):
                reader.report(problem)
        debrief = acts.asked_nothing(tuple(block for part in last for block in part.outline.intro))
        if scenes and not debrief:
            reader.report(NO_DEBRIEF.at(directive.span, id=shared.id))
        return cls(**shared.fields, scenes=scenes, counters=counters, debrief=debrief)

    @property
    def written(self) -> Directive:
        names = {scene.key: scene.name for scene in self.scenes}
        scenes = (written_scene(scene, names) for scene in self.scenes)
        debrief = joined("## Debrief", markdown(self.debrief)) if self.debrief else ""
        own = {"counters": ", ".join(self.counters)}
        return write(self, joined(*scenes, debrief), own, Usual(tries=0), end="")

    @property
    def blocks(self) -> tuple[Block, ...]:
        return (*self.intro, *(block for scene in self.scenes for block in scene.blocks), *self.debrief)

    @staticmethod
    def worded(text: str) -> tuple[int, int, str]:
        if match := _MOVE.fullmatch(text.strip()):
            return *match.span("words"), ""
        match = re.search(r"\s*\{[^{}]*\}\s*$", text)
        return 0, match.start() if match else len(text), f" {{{DEBRIEF}}}" if text.strip().lower() == DEBRIEF else ""

    @property
    def map(self) -> SceneMap | None:
        return scene_map(self.scenes)

    @property
    def best(self) -> tuple[tuple[Scene, Move], ...]:
        """The best way: each scene with what to do there."""
        scenes = {scene.key: scene for scene in self.scenes}
        items = [item.split(".") for item in (self._is_judged and best_way(self.scenes)) or ()]
        return tuple((scenes[key], next(m for m in scenes[key].moves if m.key == move)) for key, move in items)

    @property
    def _is_judged(self) -> bool:
        return bool(self.worth)

    @property
    def scoring(self) -> str:
        return "partial" if self.interaction.correct else "none"

    @property
    def worth(self) -> dict[str, float]:
        return {item: move.worth for item, _, move in self._moves if move.worth is not None}

    @property
    def meaning(self) -> object:
        return [[item, move.to, move.worth] for item, _, move in self._moves]

    @property
    def _moves(self) -> list[tuple[str, Scene, Move]]:
        return [(f"{scene.key}.{move.key}", scene, move) for scene in self.scenes for move in scene.moves]

    @property
    def interaction(self) -> Interaction:
        best = tuple(f"{scene.key}.{move.key}" for scene, move in self.best)
        return Interaction(
            self.id,
            Kind.PERFORMANCE,
            self.prompt.text,
            correct=(best,) if best else (),
            steps=tuple(Component(scene.key, scene.title.text) for scene in self.scenes if scene.moves),
            moves=tuple(Component(item, move.text.text) for item, _, move in self._moves),
        )


@dataclass
class _Acts:
    """Reads the scenes of one scenario. `lost` says whether some move leads nowhere, so that the map would be wrong."""

    id: str
    reader: Reader
    counters: tuple[str, ...]
    names: dict[str, str] = field(default_factory=dict)  # the scenes' keys by their names
    lost: bool = False

    def scenes(self, parts: list[Chapter]) -> tuple[Scene, ...]:
        if len(parts) > len(KEYS):
            count, limit = len(parts), len(KEYS)
            self.reader.report(TOO_MANY_SCENES.at(parts[limit].span, id=self.id, count=count, limit=limit))
            self.lost = True
        lines: dict[str, int] = {}
        for key, part in zip_longest(KEYS, parts, fillvalue=""):
            if not isinstance(part, Chapter):
                break
            if not part.title:
                self.reader.report(NAMELESS.at(part.span, id=self.id))
                self.lost = True
            elif part.anchor in self.names:
                line = lines[part.anchor]
                self.reader.report(SAME_SCENE.at(part.span, id=self.id, name=part.anchor, line=line))
                self.lost = True
            self.names.setdefault(part.anchor, key)
            lines.setdefault(part.anchor, part.span.line)
        made = tuple(self.scene(key, part) for key, part in zip(KEYS, parts, strict=False))
        if any(scene.outcome for scene in made) and not self.lost:
            for scene, part in zip(made, parts, strict=False):
                if not scene.moves and not part.marks:
                    self.reader.report(UNMARKED_ENDING.at(scene.span, id=self.id, scene=scene.title.text))
        return made

    def scene(self, key: str, part: Chapter) -> Scene:
        outline = part.outline
        for piece in (*outline.rest, *outline.quotes.values()):
            self.reader.report(LEFT_OVER.at(piece.span, id=self.id))
        items = outline.items[: len(KEYS)]
        if len(outline.items) > len(KEYS):
            beyond = outline.items[len(KEYS)].span
            self.reader.report(TOO_MANY.at(beyond, id=self.id, count=len(outline.items), limit=len(KEYS)))
        moves = tuple(move for k, item in zip(KEYS, items, strict=False) if (move := self.move(k, item)))
        self.compare(part, items, moves)
        outcome = ""
        for mark in part.marks:
            if mark not in OUTCOMES:
                self.unknown(mark, part.span, (*OUTCOMES, DEBRIEF))
            elif outcome:
                self.unknown(mark, part.span, (outcome,))
            elif outline.items:
                self.reader.report(MARKED_SCENE.at(part.span, scene=part.title.text, outcome=mark))
            else:
                outcome = mark
        return Scene(key, part.anchor, part.title, self.asked_nothing(outline.intro), moves, outcome, part.span)

    def move(self, key: str, item: Item) -> Move | None:
        text = " ".join(item.text.source.split())
        match = _MOVE.fullmatch(text)
        link = item.text.links[0] if item.text.links else None
        mark = MARK.match(text) if item.checked is None else None
        if mark and text[mark.end() :].lstrip().startswith("["):
            self.reader.report(BAD_MARK.at(item.span, id=self.id, mark=mark[0].strip()))
        elif not match or not match["words"].strip() or not link or not (link.target or "").startswith("page:"):
            self.reader.report(NOT_A_MOVE.at(item.span, id=self.id, text=short(text)))
        else:
            return self.way(key, item, match, link)
        self.lost = True
        return None

    def way(self, key: str, item: Item, match: re.Match[str], link: Link) -> Move:
        """A move that leads somewhere, if only its scene is there."""
        name = (link.target or "").rpartition("#")[2]
        if name not in self.names:
            known = ", ".join(f"#{one}" for one in [*self.names][:8]) + (" ..." if len(self.names) > 8 else "")
            hint = meant(name, self.names, "'#{}'")
            self.reader.report(NO_SUCH_SCENE.at(link.span, id=self.id, name=name, hint=hint, known=known))
            self.lost = True
        for inner in item.items[:1]:
            self.reader.report(LEFT_OVER.at(inner.span, id=self.id))
        fair, counts = self.marks(match["marks"], item)
        worth = 0.5 if fair else None if item.checked is None else float(item.checked)
        said = self.reader.prose(match["words"], link.span)
        return Move(key, said, self.names.get(name, ""), worth, item.quote, counts, item.span)

    def marks(self, written: str | None, item: Item) -> tuple[bool, tuple[tuple[str, int], ...]]:
        """Whether a move will do, and what it does to the counters."""
        fair, counts = False, []
        for mark in (" ".join(one.split()) for one in (written or "").split(",")) if written is not None else ():
            count = _COUNT.fullmatch(mark)
            if mark == FAIR and not item.checked:
                fair = True
            elif count and count["name"] in self.counters:
                counts.append((count["name"], int(count["by"].replace("−", "-"))))
            else:
                known = (FAIR, *(f"{name} +1" for name in self.counters))
                self.unknown(mark, item.span, known[1:] if item.checked else known)
        return fair, tuple(counts)

    def compare(self, part: Chapter, items: tuple[Item, ...], moves: tuple[Move, ...]) -> None:
        """Moves of one scene that do not go together."""
        seen: dict[str, Move] = {}
        for move in moves:
            first = seen.setdefault(move.text.text, move)
            if first is not move:
                line = first.span.line
                self.reader.report(SAME_ANSWER.at(move.span, id=self.id, text=move.text.text, line=line))
        free = [move for move in moves if move.worth is None]
        if free and len(free) < len(moves):
            text = short(free[0].text.text)
            self.reader.report(HALF_JUDGED.at(free[0].span, scene=part.title.text, text=text))

    def unknown(self, mark: str, span: Span, known: tuple[str, ...]) -> None:
        hint = meant(mark, known, "'{{{}}}'")
        forms = " or ".join(f"{{{one}}}" for one in known)
        self.reader.report(UNKNOWN_MARK.at(span, mark=mark, hint=hint, known=forms or "a counter of ':counters:'"))

    def look_back(self, opening: Chapter) -> None:
        """Moves that stand before the first scene."""
        for block in opening.outline.intro:
            for link in block.links if isinstance(block, Prose) else ():
                if link.written.startswith("#") and (link.target or "").rpartition("#")[2] in self.names:
                    self.reader.report(EARLY_MOVE.at(link.span, id=self.id))

    def asked_nothing(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        """Blocks without the questions among them, which are reported."""
        for block in blocks:
            if isinstance(block, Question):
                self.reader.report(INSIDE.at(block.span, inner=block.id))
        return tuple(block for block in blocks if not isinstance(block, Question))
