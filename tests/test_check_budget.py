"""The budget of saved progress is never below what the player writes, and hardly above it.

`tests/golden/budget.json` holds courses, the fullest progress there is in each, and the budget of each; player/test/budget.test.ts
encodes them with the player's own codec and compares.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from conftest import Expected

from scormkit.check.course import budget
from scormkit.load import load_texts
from scormkit.model.course import Course, Page, Section, covered
from scormkit.model.problem import Severity
from scormkit.model.prose import Prose
from scormkit.model.question import Component, Interaction, Kind, Option, Question
from scormkit.model.settings import CourseSettings, PageSettings
from scormkit.questions.choice import Choice
from scormkit.questions.multiple import Multiple
from scormkit.questions.true_false import TrueFalse
from scormkit.render.payload import payload
from scormkit.render.words import words
from scormkit.standards.profiles import PROFILES

GOLDEN = Path(__file__).parent / "golden" / "budget.json"


def question(number: int, options: int, *, sure: bool = False, tries: int = 1, revision: int = 1) -> Question:
    """A question of the type that has that many options: 2 is true-false, an even number is multiple."""
    shared: dict[str, Any] = {"prompt": Prose("?"), "number": number, "tries": tries, "revision": revision}
    shared["confidence"] = sure
    if options == 2:
        marks = tuple(Option(word, Prose(), word == "true", number=n) for n, word in enumerate(("true", "false"), 1))
        return TrueFalse(id=f"q{number}", answers=marks, **shared)
    made = tuple(Option("abcdefgh"[n], Prose(), n == 0, number=n + 1) for n in range(options))
    return (Choice if options % 2 else Multiple)(id=f"q{number}", answers=made, **shared)


def course(pages: int, questions: int, *, draw: int | None = None, objectives: int = 0, **each: Any) -> Course:
    """`questions` in all, the last third of them (at least) on an assessment page at the end."""
    made = [question(n, 2 + n % 5, **each, revision=1 + (n % 7 == 0)) for n in range(1, questions + 1)]
    graded = made[len(made) * 2 // 3 :]
    practice = made[: len(made) - len(graded)]
    of_page = [practice[n :: pages - 1] for n in range(pages - 1)]
    plain = [Page(f"p{n}", "", PageSettings(), tuple(blocks), n) for n, blocks in enumerate(of_page, 1)]
    last = Page("test", "", PageSettings(type="assessment", draw=draw), tuple(graded), pages)
    stated = [{"id": f"o{n}", "text": "To know"} for n in range(1, objectives + 1)]
    settings = CourseSettings.model_validate({"id": "urn:x:budget", "title": "Budget", "objectives": stated})
    return Course(settings, (Section((*plain, last)),))


def written() -> Course:
    """A page for each type in which learners write; cloze with gaps to write in, and with lists."""
    bodies = (
        ":::{fill-in} Q\n:id: a\n:tries: 0\n- word\n> correct: x\n:::",
        f":::{{fill-in}} Q\n:id: b\n- {'long ' * 20}\n> correct: x\n:::",
        ":::{numeric} Q\n:id: c\n:tries: 3\n:answer: 5\n> correct: x\n:::",
        ":::{cloze} Q\n:id: d\nOne {{a}}, two {{b|bee}}, three {{c}}.\n> correct: x\n:::",
        ":::{cloze} Q\n:id: e\n{{[x] a|[ ] b}} {{[ ] c|[ ] d|[x] e}} {{[ ] a|[x] f}}\n> correct: x\n:::",
        ":::{reflection} Q\n:id: f\n> Model.\n:::",
    )
    files = {f"pages/{n}.md": body + "\n" for n, body in enumerate(bodies, 1)}
    return load_texts({"course.yaml": "id: urn:x:written\ntitle: Written\n", **files}).courses[0]


def recorded(count: int) -> Course:
    """A recording on each of so many pages, of which a share has to be played."""
    block = ":::{{audio}} ../media/{n}.mp3\n:title: T\n:complete: 80%\nWords.\n:::\n"
    pages = {f"pages/{n}.md": block.format(n=n) for n in range(1, count + 1)}
    sounds = {f"media/{n}.mp3": b"ID3" for n in range(1, count + 1)}
    return load_texts({"course.yaml": "id: urn:x:recorded\ntitle: Recorded\n", **pages, **sounds}).courses[0]


def with_tests() -> Course:
    """An assessment that keeps everything that one can, and a pre-test of the pages."""
    bank = "".join(f":::{{fill-in}} Q\n:id: q{n}\n:tags: {'ab'[n % 2]}\n- word\n> correct: x\n:::\n" for n in range(20))
    kept = "wait: 1 hour\ntime-limit: 20 minutes\nretake: missed\nconfidence: true\n"
    parts = "sections:\n  - {title: A, from: a, draw: 9, pass-mark: 50}\n  - {title: B, from: b}\n"
    files = {f"pages/{n}-read.md": f"---\nid: p{n}\n---\nText.\n" for n in range(10, 40)}
    files["pages/05-before.md"] = (
        f"---\ntype: pretest\nfrom: bank\ncovers: [{', '.join(f'p{n}' for n in range(10, 40))}]\n---\n"
    )
    files["pages/50-final.md"] = f"---\ntype: assessment\n{kept}{parts}---\n"
    course = {"course.yaml": "id: urn:x:tested\ntitle: Tested\n", "banks/bank.md": bank}
    return load_texts({**course, **files}).courses[0]


def spoken(*tags: str) -> Course:
    """A course that learners can change to other languages; it says the same in all of them."""
    made = course(10, 5)
    others = tuple(replace(made, settings=made.settings.model_copy(update={"language": tag})) for tag in tags)
    return replace(made, translations=others)


SHAPES = {
    "answers that are written": written(),
    "10 pages, 5 questions": course(10, 5),
    "12 pages, 30 questions, unlimited tries": course(12, 30, tries=0, objectives=6),
    "50 pages, 50 questions, 10 drawn": course(50, 50, draw=10, objectives=4),
    "20 pages, 60 questions, all asking how sure": course(20, 60, sure=True),
    "20 pages, 90 questions, 5 drawn, all asking how sure": course(20, 90, draw=5, sure=True),
    "40 recordings to play": recorded(40),
    "tests with sections, waits, time limits, and a pre-test that covers 30 pages": with_tests(),
    "a course in three languages": spoken("cy", "zh-Hant-TW"),
    "200 pages, 300 questions": course(200, 300, objectives=10),
}


def fullest(made: Course) -> dict[str, Any]:
    """The progress, as player/src/state.ts has it, of somebody who did everything there is to do."""
    asked = [(page, q) for page in made.pages for q in page.questions]
    for page in made.pages:
        for pool in page.pools if page.is_test else ():
            left_out = sorted(pool.questions, key=lambda q: -budget._answer(q, page))[pool.draw :]
            asked = [(p, q) for p, q in asked if q not in left_out]
    return {
        "counter": budget.SAVES,
        "seed": 2**24 - 1,
        "status": "passed",
        "success": "passed",
        "score": 99.99,
        "complete": True,
        "declared": True,
        "interactions": budget.REPORTED,
        "seconds": budget.SECONDS,
        "location": made.pages[-1].id,
        "opened": [page.id for page in made.pages],
        "done": [page.id for page in made.pages],
        "attempts": {page.id: attempts(made, page) for page in made.pages if page.is_test},
        "answers": {
            q.id: {
                "response": response(q),
                "tries": 2 if page.is_test else q.tries or budget.TRIES,
                **({"confidence": 3} if page.asks_how_sure(q) else {}),
            }
            for page, q in asked
        },
        "objectives": {objective.id: 100 for objective in made.settings.objectives},
        **({"known": known(made)} if known(made) else {}),
        **({"language": max((one.settings.language for one in made.versions), key=len)} if made.translations else {}),
        **({"watched": dict.fromkeys(made.lock.recordings, 2**19 - 1)} if made.lock.recordings else {}),
    }


def attempts(made: Course, page: Page) -> dict[str, Any]:
    """As many as there can be, and the last second that has a place."""
    told, last = page.settings, 1767225600 + 2**30 - 1
    return {
        "taken": made.attempts(page) or budget.ATTEMPTS,
        "running": True,
        "best": 99.99,
        "latest": 33.33,
        **({"passed": True} if any(section.pass_mark for section in told.sections) else {}),
        **({"ended": last} if told.wait else {}),
        **({"until": last} if told.time_limit else {}),
    }


def known(made: Course) -> list[str]:
    return [id for page in made.pages for id in covered(made, page.settings.covers)]


def response(asked: Question) -> list[str]:
    told = asked.interaction
    match told.kind:
        case Kind.MATCHING:
            return [f"{source.key}.{told.target[-1].key}" for source in told.source]
        case Kind.FILL_IN:
            longest = [
                max((len(items[gap]) for items in told.correct), default=0) for gap in range(len(told.correct[0]))
            ]
            return ["x" * max(budget.TEXT_BYTES, *longest)] * len(longest)
        case Kind.NUMERIC:
            return ["\u2212" * (budget.NUMBER_BYTES // 3) + "x"]
        case Kind.LONG_FILL_IN:
            return ["x" * told.longest]
    keys = [option.key for option in asked.answers]
    return keys if asked.type == "multiple" else keys[-1:]


def test_the_player_needs_no_more(expected: Expected) -> None:
    """The other half of this test is player/test/budget.test.ts."""
    unneeded = ("title", "section", "description", "words", "text", "scoring", "shuffle", "graded")
    told = [
        {
            "name": name,
            "budget": budget.budget(made).characters,
            "course": without(payload(made, words("en-GB")), unneeded),
            "state": fullest(made),
        }
        for name, made in SHAPES.items()
    ]
    expected(GOLDEN, json.dumps(told, separators=(",", ":")).replace('{"name"', '\n{"name"') + "\n")


def without(data: Any, names: tuple[str, ...]) -> Any:
    """JSON data without the keys that do not touch saved progress."""
    if isinstance(data, dict):
        return {key: without(value, names) for key, value in data.items() if key not in names}
    return [without(value, names) for value in data] if isinstance(data, list) else data


def test_two_hundred_pages_and_three_hundred_questions_fit() -> None:
    most = budget.budget(SHAPES["200 pages, 300 questions"])
    assert most.without_practice < most.characters < PROFILES["generic"].state
    assert len(most.questions) == 300


def test_what_does_not_fit_is_told() -> None:
    hosts = (PROFILES["generic"],)
    assert [p.severity for p in budget.check(course(200, 1300), hosts)] == [Severity.WARNING]
    assert [p.severity for p in budget.check(course(2, 4000), hosts)] == [Severity.ERROR]
    assert [p.severity for p in budget.check(course(200, 1000), hosts)] == [Severity.INFO]
    assert list(budget.check(course(10, 30), hosts)) == []


def test_every_kind_of_answer_has_its_measure() -> None:
    """Bits by hand, from player/src/answers.ts: numbers in groups of 3 with a leading bit, texts of 8 bits a byte."""
    three = (Component("a", "A"), Component("b", "B"), Component("c", "C"))
    kinds = {
        Kind.TRUE_FALSE: (Interaction("q", Kind.TRUE_FALSE, ""), 1),
        Kind.CHOICE: (Interaction("q", Kind.CHOICE, "", choices=three), 1 + 3),
        Kind.LIKERT: (Interaction("q", Kind.LIKERT, "", scale=three), 4),
        Kind.SEQUENCING: (Interaction("q", Kind.SEQUENCING, "", choices=three), 12),
        Kind.MATCHING: (Interaction("q", Kind.MATCHING, "", source=three, target=three), 3 * 8),
        Kind.PERFORMANCE: (Interaction("q", Kind.PERFORMANCE, "", steps=three), 3 * (4 + 7)),
        Kind.NUMERIC: (Interaction("q", Kind.NUMERIC, "", correct=(("1:2",),)), 1 + 6 + 16 * 8),
        Kind.FILL_IN: (Interaction("q", Kind.FILL_IN, "", correct=(("hands",),)), 12 + 48 * 8),
        Kind.LONG_FILL_IN: (Interaction("q", Kind.LONG_FILL_IN, ""), 18 + 2000 * 8),
        Kind.OTHER: (Interaction("q", Kind.OTHER, "", correct=(("a" * 60, "b"),)), 2 * (12 + 60 * 8)),
    }
    assert set(kinds) == set(Kind)
    short = Interaction("q", Kind.LONG_FILL_IN, "", longest=300)
    for told, bits in (*kinds.values(), (short, 12 + 300 * 8)):
        assert budget._response(Told(id="q", prompt=Prose(), told=told)) == bits, told.kind


class Told(Question):
    """A question that is nothing but its interaction."""

    type = "told"

    def __init__(self, *, told: Interaction, **shared: Any) -> None:
        super().__init__(**shared)
        object.__setattr__(self, "told", told)

    @property
    def interaction(self) -> Interaction:
        told: Interaction = self.__dict__["told"]
        return told
