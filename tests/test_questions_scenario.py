"""Scenarios: what is read, the map of the scenes, and what the lock and the reports get of them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from scormkit.load import load_texts
from scormkit.model.course import Course
from scormkit.model.prose import Prose
from scormkit.model.question import Kind
from scormkit.model.source import Span
from scormkit.package.codebook import rows
from scormkit.questions.scenario import Scenario
from scormkit.questions.scenemap import WIDTH, scene_map
from scormkit.questions.scenes import Move, Scene, best_way, check
from scormkit.render.payload import payload
from scormkit.render.words import words

SETTINGS = "id: https://example.org/a\ntitle: A\n"
CASE = """\
:::{scenario} What do you do?
:id: booklet
:counters: trust
A *case*.

## Two weeks left
- with a list

Decide.

- [ ] [Write *it*](#on-the-chairs) {trust -1}
  > She says it is fine.
- [x] [Ask for time,
  and draft it](#the-group) {trust +2}
- [ ] [Survey](#the-group) {fair, trust +1}

## The group
- [Go on](#good-end)

## Good end {good}
> A quote is no feedback here.

## On the chairs {poor}
It lies there.

## Debrief
What to take from it:

- ask
:::
"""


def course(body: str = CASE) -> Course:
    return load_texts({"course.yaml": SETTINGS, "pages/1.md": body}).courses[0]


def read(body: str = CASE) -> Scenario:
    made = course(body)
    assert [str(problem) for problem in made.problems] == []
    (question,) = made.questions
    assert isinstance(question, Scenario)
    return question


def test_scenes_moves_and_endings_are_read() -> None:
    made = read()
    assert (made.prompt.text, made.intro[0].html) == ("What do you do?", "<p>A <em>case</em>.</p>")  # type: ignore[union-attr]
    assert [(s.key, s.name, s.title.text, s.outcome) for s in made.scenes] == [
        ("a", "two-weeks-left", "Two weeks left", ""),
        ("b", "the-group", "The group", ""),
        ("c", "good-end", "Good end", "good"),
        ("d", "on-the-chairs", "On the chairs", "poor"),
    ]
    first = made.scenes[0]
    assert isinstance(first.blocks[0], Prose) and "with a list" in first.blocks[0].text
    assert [(m.key, m.text.html, m.to, m.worth, m.counts) for m in first.moves] == [
        ("a", "Write <em>it</em>", "d", 0, (("trust", -1),)),
        ("b", "Ask for time, and draft it", "b", 1, (("trust", 2),)),
        ("c", "Survey", "b", 0.5, (("trust", 1),)),
    ]
    assert first.moves[0].feedback is not None and first.moves[0].feedback.text == "She says it is fine."
    assert made.scenes[1].moves[0].worth is None
    assert isinstance(made.scenes[2].blocks[0], Prose) and "A quote" in made.scenes[2].blocks[0].text
    assert isinstance(made.debrief[0], Prose) and "ask" in made.debrief[0].text
    assert made.tries == 0


def test_reports_payload_and_code_book() -> None:
    made = read()
    told = made.interaction
    assert (told.kind, told.correct, made.scoring) == (Kind.PERFORMANCE, (("a.b", "b.a"),), "partial")
    assert [(step.key, step.text) for step in told.steps] == [("a", "Two weeks left"), ("b", "The group")]
    (sent,) = payload(course(), words("en-GB"))["questions"]
    assert sent["worth"] == {"a.a": 0, "a.b": 1, "a.c": 0.5} and sent["interaction"]["correct"] == [["a.b", "b.a"]]
    codes = {row.code: (row.record, row.correct) for row in rows(course()) if row.code}
    assert codes["a.a"] == ("move", "no") and codes["a.b"] == ("move", "yes") and codes["a.c"] == ("move", "partly")
    assert codes["b.a"] == ("move", "") and codes["b"] == ("step", "")


def test_where_nothing_is_judged_nothing_is_marked() -> None:
    body = CASE.replace("- [ ] ", "- ").replace("- [x] ", "- ").replace("{fair, ", "{")
    made = read(body)
    assert (made.interaction.correct, made.scoring, made.worth, made.best) == ((), "none", {}, ())


def test_saved_ways_hang_on_where_moves_lead_and_not_on_their_words() -> None:
    def digest(body: str) -> str:
        return course(body).lock.questions["booklet"].answers

    assert digest(CASE) == digest(CASE.replace("Survey", "Ask in a survey").replace("A quote is", "Nothing is"))
    assert digest(CASE) != digest(CASE.replace("[Survey](#the-group)", "[Survey](#on-the-chairs)"))
    assert digest(CASE) != digest(CASE.replace("{fair, trust", "{trust"))


def test_words_of_scenes_are_checked_like_all_others() -> None:
    """Media and blocks inside scenes are found by whoever walks through a page."""
    body = (
        CASE.replace("It lies there.", "::::{note} N\nInside.\n::::")
        .replace(":::{sc", ":::::{sc")
        .replace("ask\n:::", "ask\n:::::")
    )
    made = course(body)
    assert "Callout" in {type(block).__name__ for block in made.pages[0].walk}


def test_a_question_inside_a_scene_is_refused() -> None:
    inner = "::::{true-false} So?\n:id: so\n:answer: true\n> correct: y\n> incorrect: n\n::::"
    body = CASE.replace("It lies there.", inner).replace(":::{sc", ":::::{sc").replace("ask\n:::", "ask\n:::::")
    assert [problem.id for problem in course(body).problems] == ["QST023"]


def scene(key: str, *moves: tuple[str, float | None]) -> Scene:
    made = tuple(Move("abcdefgh"[n], Prose("m"), to, worth) for n, (to, worth) in enumerate(moves))
    return Scene(key, key, Prose(key, key, key), (), made, "", Span("p", 1, 1))


def test_the_best_way_goes_round_circles() -> None:
    scenes = (scene("a", ("b", None), ("c", None)), scene("b", ("a", None)), scene("c", ("d", 1), ("a", 0)), scene("d"))
    assert list(check("x", scenes, Span(""))) == []
    assert best_way(scenes) == ("a.b", "c.a")


@given(
    st.lists(
        st.lists(st.tuples(st.integers(0, 7), st.sampled_from([None, 0.0, 0.5, 1.0])), max_size=4),
        min_size=1,
        max_size=8,
    )
)
def test_any_map_is_judged_and_a_sound_one_has_a_best_way(drawn: list[list[tuple[int, float | None]]]) -> None:
    keys = "abcdefgh"[: len(drawn)]
    scenes = tuple(
        scene(k, *((keys[to % len(keys)], worth) for to, worth in moves)) for k, moves in zip(keys, drawn, strict=True)
    )
    problems = list(check("x", scenes, Span("")))
    judged = any(move.worth is not None for one in scenes for move in one.moves)
    if not problems and judged:
        way = best_way(scenes)
        assert way is not None and len(way) == len({item[0] for item in way})
        here = "a"
        for item in way:
            assert item[0] == here
            move = next(move for move in scenes[keys.index(here)].moves if move.key == item[2])
            assert move.worth in (None, 1)
            here = move.to
        assert not scenes[keys.index(here)].moves


LOST = """\
:::{scenario} What do you do?
:id: alarm

## The alarm sounds while nobody else is near, and it will not stop
- [x] [Look](#looking)
- [ ] [Leave](#round)

## Looking
- [x] [Act](#good-end)
- [ ] [Look again](#the-alarm-sounds-while-nobody-else-is-near-and-it-will-not-stop)

## Round
- [ ] [Go on](#round)
- [ ] [Look after all](#looking) {fair}

## Hall
- [Stay](#hall)

## Good end {good}

## Debrief
Words.
:::
"""


def test_the_map_shows_every_branch() -> None:
    found = read().map
    assert found is not None
    assert [(box.scene.key, box.note, box.fault) for box in found.boxes] == [
        ("a", "", ""), ("b", "", ""), ("c", "ending: good", ""), ("d", "ending: poor", "")
    ]  # fmt: skip
    assert [(arrow.item, arrow.to.key, arrow.kind) for arrow in found.arrows] == [
        ("a.a", "d", "poor"), ("a.b", "b", "best"), ("a.c", "b", "fair"), ("b.a", "c", "open")
    ]  # fmt: skip
    assert [arrow.item for arrow in found.leaving(found.boxes[0].scene)] == ["a.a", "a.b", "a.c"]


def test_the_map_marks_what_is_wrong() -> None:
    made = course(LOST)
    (scenario,) = made.pages[0].questions
    assert isinstance(scenario, Scenario) and scenario.map
    faults = {box.scene.title.text: box.fault for box in scenario.map.boxes}
    assert faults["Hall"] == "nobody gets here"
    assert faults["Good end"] == faults["Looking"] == ""
    assert scenario.map.boxes[0].lines[-1].endswith("…"), "long words are cut in the drawing, not in the list"


scenes_with_moves = st.integers(1, 30).flatmap(
    lambda count: st.lists(
        st.lists(st.tuples(st.integers(0, count), st.sampled_from([None, 0.0, 0.5, 1.0])), max_size=6),
        min_size=count,
        max_size=count,
    )
)


@given(scenes_with_moves, st.text(max_size=60))
def test_no_box_of_a_map_lies_on_another(ways: list[list[tuple[int, float | None]]], title: str) -> None:
    """Whatever leads where, a move to nowhere included: boxes keep apart and inside, and every move has its arrow."""
    words = Prose(text=title)
    scenes = tuple(
        Scene(
            f"s{n}", f"s{n}", words, moves=tuple(Move(f"m{m}", words, f"s{to}", w) for m, (to, w) in enumerate(moves))
        )
        for n, moves in enumerate(ways)
    )
    found = scene_map(scenes)
    assert found is not None and len(found.boxes) == len(scenes)
    for number, box in enumerate(found.boxes):
        assert box.x >= 0 and box.x + WIDTH <= found.width and box.y >= 0 and box.y + box.height <= found.height
        for other in found.boxes[:number]:
            assert abs(box.x - other.x) >= WIDTH or box.y + box.height < other.y or other.y + other.height < box.y
    assert len(found.arrows) == sum(to < len(scenes) for moves in ways for to, _ in moves)
