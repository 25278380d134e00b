"""Courses made in code, with words that mean something in Markdown and YAML: written as a folder and read, they say the same."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from scormkit import Course, CourseSettings, Page, PageSettings, Section, load, write
from scormkit.blocks.callout import Callout
from scormkit.blocks.details import Details
from scormkit.load import phrase, prose
from scormkit.model.course import Block, Media
from scormkit.model.prose import Prose
from scormkit.model.question import Marking, Option, Question
from scormkit.questions import TYPES
from scormkit.questions.categorise import Categorise
from scormkit.questions.choice import Choice
from scormkit.questions.cloze import Cloze, Gap, here
from scormkit.questions.fill_in import FillIn
from scormkit.questions.hotspot import Area, Hotspot
from scormkit.questions.likert import Likert
from scormkit.questions.matching import Matching
from scormkit.questions.multiple import Multiple
from scormkit.questions.numeric import Numeric
from scormkit.questions.poll import Poll
from scormkit.questions.reflection import Reflection
from scormkit.questions.scenario import Scenario
from scormkit.questions.scenes import Move, Scene
from scormkit.questions.sequencing import Sequencing
from scormkit.questions.true_false import TrueFalse
from scormkit.questions.typed import Typed

LETTERS = "abcdefgh"
SIGNS = "abc XY 09 .,:;!?'\"()[]{}<>*_`~#+-=|/\\$&%@^ é ß ñ 你好 שלום مرحبا 👩‍⚕️ \u00a0\u2028"
WORDS = st.text(st.sampled_from(SIGNS), min_size=1, max_size=24).filter(str.strip)
WHOLE = st.sampled_from((
    "Plain.", "Two *stressed* words", "`code` first", "- no list", "1. no list", "# no heading", "> no quote", "[x] no box",
    ": no match", "::: no fence", ":id: no-option", "[a]: no definition", "+ 1", "2) b", "---", "=====", "```", "$a^2$",
    "a  \nbroken", "wrapped\n- here", "wrapped\nhere", "'quoted': \"yes\"", " blanks around ", "10\u00a0kg", "C#", "no", "1.0",
    "[a link](https://example.org/?a=b&c)", "![words](media/a.svg)", "[Welcome](#/welcome)", "5 > 4 & 3 < 4", "\\* \\# \\[x]",
    "correct: no key", "<!-- no comment", "{{no gap}}",
))  # fmt: skip
PARTS = st.sampled_from((
    "Yes.", "A *word*.", "- a list\n- of two", "```text\n:::: code\n```", "> quoted", "1. one\n2. two",
    "| a | b |\n|---|---|\n| 1 | 2 |", "[Further](#/last)",
))  # fmt: skip
PARAGRAPHS = st.lists(PARTS, min_size=1, max_size=3).map(lambda parts: prose("\n\n".join(parts)))
FEEDBACK = st.none() | PARAGRAPHS | st.sampled_from([Prose(), prose("One."), phrase("Only words")])
ACCEPTED = st.sampled_from((
    (("12",), "12"), (("-3.5",), "-3.5"), (("0.25", "0:0.5"), "0,25"), (("750", "725:775"), "750"), (("750", "725:775"), ""),
    (("1:2.5",), ""), ((":4",), ""), (("-1:",), ""), (("5",), ""),
))  # fmt: skip


def sayable(text: str) -> bool:
    try:
        return bool(phrase(text).text.strip())
    except ValueError:
        return False


PHRASES = (WORDS | WHOLE).filter(sayable).map(phrase)


def same(text: Prose) -> str:
    return " ".join(text.text.split())


class Maker:
    """Draws the parts of one question of a given type."""

    def __init__(self, draw: st.DrawFn, id: str) -> None:
        self.draw, self.id = draw, id
        self.texts = draw(st.lists(PHRASES, min_size=3, max_size=5, unique_by=same))
        self.said = [draw(FEEDBACK) for _ in self.texts]
        self.partly = {"partly": draw(st.sampled_from(["exact", "partial"]))}

    @property
    def shared(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "prompt": self.draw(PHRASES | st.just(prose("Two paragraphs\n\nof *words*."))),
            "intro": self.draw(st.sampled_from([(), (Callout(blocks=(prose("A case."),)),)])),
            "hint": self.draw(st.none() | PHRASES),
            "tags": self.draw(st.sampled_from([(), ("one",), ("one", "two")])),
            "objectives": self.draw(st.sampled_from([(), ("tell",), ("tell", "plan")])),
        }

    @property
    def scored(self) -> dict[str, Any]:
        return {
            **self.shared,
            "points": self.draw(st.sampled_from([0.5, 1.0, 2.0, 12.25])),
            "graded": self.draw(st.booleans()),
            "tries": self.draw(st.integers(0, 3)),
        }

    @property
    def judged(self) -> dict[str, Any]:
        feedback = {"correct_feedback": self.draw(FEEDBACK), "incorrect_feedback": self.draw(FEEDBACK)}
        return {**self.scored, **feedback, "confidence": self.draw(st.booleans())}

    def options(self, right: range) -> tuple[Option, ...]:
        several = enumerate(zip(self.texts, self.said, strict=True))
        return tuple(Option(LETTERS[n], text, n in right, said) for n, (text, said) in several)

    def choice(self) -> Question:
        return Choice(**self.judged, answers=self.options(range(1, 2)), shuffle=self.draw(st.booleans()))

    def multiple(self) -> Question:
        return Multiple(
            **self.judged, **self.partly, answers=self.options(range(1, 9)), shuffle=self.draw(st.booleans())
        )

    def true_false(self) -> Question:
        answer = self.draw(st.booleans())
        both = (Option("true", Prose(), answer), Option("false", Prose(), not answer))
        return TrueFalse(**self.judged, answer=answer, answers=both)

    def sequencing(self) -> Question:
        return Sequencing(**self.judged, **self.partly, answers=self.options(range(9)))

    def categorise(self) -> Question:
        items, groups = self.sides(self.draw(st.lists(PHRASES, min_size=2, max_size=2, unique_by=same)))
        groups = tuple(replace(group, feedback=said) for group, said in zip(groups, self.said, strict=False))
        links = tuple((item.key, "1" if item.key == "a" else "2") for item in items)
        return Categorise(**self.judged, **self.partly, answers=(*items, *groups), links=links)

    def matching(self) -> Question:
        items, matches = self.sides(self.draw(st.lists(PHRASES, min_size=3, max_size=6, unique_by=same)))
        used = min(len(items), len(matches))
        spare = tuple(replace(match, correct=False, feedback=self.said[0]) for match in matches[used:])
        links = tuple((item.key, matches[min(n, used - 1)].key) for n, item in enumerate(items))
        return Matching(**self.judged, **self.partly, answers=(*items, *matches[:used], *spare), links=links)

    def sides(self, texts: list[Prose]) -> tuple[tuple[Option, ...], tuple[Option, ...]]:
        assume(not {*map(same, texts)} & {*map(same, self.texts)})
        return self.options(range(9)), tuple(Option("123456"[n], text, True) for n, text in enumerate(texts))

    def likert(self) -> Question:
        comment = self.draw(st.sampled_from([None, prose("Whatever you chose.")]))
        return Likert(**self.shared, tries=0, answers=self.options(range(0)), comment=comment)

    def poll(self) -> Question:
        return Poll(**self.shared, tries=0, answers=self.options(range(0)), shuffle=self.draw(st.booleans()))

    def hotspot(self) -> Question:
        areas = tuple(Area(LETTERS[n], 10.0 * n, 2.5, 10.0, 20.0) for n in range(len(self.texts)))
        picture = phrase("![A room](media/a.svg)")
        return Hotspot(**self.judged, answers=self.options(range(1)), picture=picture, areas=areas)

    def marking(self) -> Marking:
        return Marking(self.draw(st.booleans()), self.draw(st.integers(0, 2)))

    def fill_in(self) -> Question:
        several = enumerate(zip(self.texts, self.said, strict=True))
        texts = tuple(Typed(same(text), n != 1, said) for n, (text, said) in several)
        marking = replace(self.marking(), patterns=self.draw(st.sampled_from([(), ("a+b",)])))
        return FillIn(**self.judged, texts=texts, marking=marking)

    def numeric(self) -> Question:
        accepted, answer = self.draw(ACCEPTED)
        unit = self.draw(st.sampled_from(["", "ml"]))
        return Numeric(**self.judged, accepted=accepted, answer=answer or self.only(accepted), unit=unit)

    @staticmethod
    def only(accepted: tuple[str, ...]) -> str:
        return accepted[0] if len(accepted) > 1 else ""

    def cloze(self) -> Question:
        text = prose("Here GAP0 decide, there GAP1 do.")
        source, html = (re.sub(r"GAP(\d)", lambda m: here(int(m[1])), one) for one in (text.source, text.html))
        gaps = (Gap((Typed("staff"), Typed("the *staff*"))), Gap((Typed("parents"),)))
        if listed := self.draw(st.booleans()):
            gaps = (Gap((Typed("staff"), Typed("nobody", False)), True), Gap((Typed("a", False), Typed("b")), True))
        given = {
            **self.judged,
            "prompt": phrase("Fill in *the gaps*."),
            "intro": (replace(text, source=source, html=html),),
        }
        return Cloze(**given, **self.partly, gaps=gaps, marking=Marking() if listed else self.marking())

    def reflection(self) -> Question:
        return Reflection(
            **self.shared,
            tries=0,
            graded=False,
            model=self.draw(st.sampled_from([None, prose("I ask.")])),
            lines=self.draw(st.integers(2, 9)),
            report=self.draw(st.booleans()),
            longest=self.draw(st.sampled_from([2000, 600])),
        )

    def scenario(self) -> Question:
        first, second, *_ = self.texts
        assume(not first.links and not second.links)  # a move is a link itself
        moves = (
            Move("a", first, "b", 1.0, self.said[0], (("trust", -2),)),
            Move("b", second, "c", self.draw(st.sampled_from([0.0, 0.5])), self.said[1]),
        )
        scenes = (
            Scene("a", "begin", phrase("Begin"), (prose("It begins."),), moves),
            Scene("b", "good-end", phrase("Good *end*"), (prose("Well."),), (), "good"),
            Scene("c", "bad-end", phrase("Bad end"), (), (), "poor"),
        )
        debrief = self.draw(st.sampled_from([(), (prose("Look back."),)]))
        return Scenario(**self.scored, scenes=scenes, counters=("trust",), debrief=debrief)


@st.composite
def courses(draw: st.DrawFn, kind: str) -> Course:
    def page(id: str, **said: Any) -> Page:
        blocks: tuple[Block, ...] = (prose("Before. ![words](media/a.svg)"), getattr(Maker(draw, f"{id}-one"), kind)())
        if draw(st.booleans()):
            blocks += (Details(title=phrase("More: *of it*"), blocks=(getattr(Maker(draw, f"{id}-in"), kind)(),)),)
        return Page(id, draw(WORDS), PageSettings(**said), blocks)

    settings = CourseSettings(
        id="urn:x:made",
        title=draw(WORDS),
        version=draw(st.sampled_from(["1.0", "2.1.0"])),
        summary=draw(st.none() | WORDS),
        keywords=tuple(draw(st.lists(WORDS, max_size=2))),
    )
    sections = (
        Section((page("welcome"),)),
        Section((page("a--2", required=False), page("last")), "part-2", draw(WORDS)),
    )
    return Course(settings, sections, (Media("media/a.svg", Path(), 4, data=b"<svg"),))


@pytest.mark.parametrize("type", sorted(TYPES))
@settings(deadline=None, max_examples=6, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_they_are_the_same_when_they_are_read(
    type: str, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    course = data.draw(courses(type.replace("-", "_")))
    folder = tmp_path_factory.mktemp("made")
    problems = write(course, folder / "course")
    shown = "\n".join(path.read_text(encoding="utf-8") for path in (folder / "course").rglob("*.md"))
    assert problems == (), f"{[problem.message for problem in problems]}\n{shown}"
    read = load(folder / "course").courses[0]
    assert [question.id for question in read.questions] == [question.id for question in course.questions]
    assert write(read, folder / "again") == ()
