"""The question types in which learners arrange: what they read, what an LMS is told, what paper shows, what is kept."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from conftest import Expected

from scormkit.check.course import budget
from scormkit.load import load_texts
from scormkit.load.lock import lock_text
from scormkit.model.course import Course
from scormkit.model.question import Kind, Question
from scormkit.package.codebook import codebook
from scormkit.questions.sequencing import Sequencing
from scormkit.render import render
from scormkit.render.payload import embed

SETTINGS = "id: https://example.org/arranging\ntitle: Arranging\n"
GOLDEN = Path(__file__).parent / "golden" / "arranging.html"

SEQUENCING = """\
:::{sequencing} In which order are hands washed?
:id: washing
:scoring: partial
:tries: 2
1. Wet your *hands*
   > Water first.
2. Take soap
3. Rub
   > Rubbing needs soap.
4. Rinse
> correct: Yes.
> incorrect: What does soap need?
:::
"""


def course(*pages: str, lock: str = "") -> Course:
    files = {f"pages/{number}.md": text for number, text in enumerate(pages, start=1)}
    return load_texts({"course.yaml": SETTINGS, **files, **({"course.lock": lock} if lock else {})}).courses[0]


def read(body: str) -> Question:
    made = course(body)
    assert [str(problem) for problem in made.problems] == []
    (question,) = made.questions
    return question


def said(body: str) -> list[str]:
    return [str(problem).removeprefix("pages/1.md:") for problem in sorted(course(body).problems)]


def again(before: Course, body: str) -> Question:
    """The question as a later version of the course has it."""
    return course(body, lock=lock_text(before.lock)).questions[0]


def test_sequencing() -> None:
    question = read(SEQUENCING)
    assert isinstance(question, Sequencing)
    assert [(option.key, option.text.text) for option in question.answers] == [
        ("a", "Wet your hands"),
        ("b", "Take soap"),
        ("c", "Rub"),
        ("d", "Rinse"),
    ]
    assert question.answers[0].feedback is not None and question.answers[0].feedback.text == "Water first."
    told = question.interaction
    assert (told.kind, told.correct, question.scoring) == (Kind.SEQUENCING, (("a", "b", "c", "d"),), "partial")
    assert [(one.key, one.text) for one in told.choices][:2] == [("a", "Wet your hands"), ("b", "Take soap")]
    assert read(SEQUENCING.replace(":scoring: partial\n", "")).scoring == "exact"


def test_paper_never_shows_the_right_order() -> None:
    question = read(SEQUENCING)
    assert isinstance(question, Sequencing)
    assert [option.text.text for option in question.shown] == ["Rinse", "Rub", "Take soap", "Wet your hands"]
    by_letter = read(":::{sequencing} Q\n:id: q\n1. A\n2. B\n3. C\n> correct: a\n:::\n")
    assert isinstance(by_letter, Sequencing)
    assert [option.key for option in by_letter.shown] == ["b", "c", "a"]


def test_a_moved_line_makes_earlier_answers_meaningless_and_a_reworded_one_does_not() -> None:
    before = course(SEQUENCING)
    assert again(before, SEQUENCING.replace("Rub\n", "Rub well\n")).revision == 1
    assert [option.number for option in again(before, SEQUENCING.replace("Rub\n", "Rub well\n")).answers] == [
        1,
        2,
        3,
        4,
    ]
    moved = again(before, SEQUENCING.replace("2. Take soap\n3. Rub\n", "2. Rub\n3. Take soap\n"))
    assert (moved.revision, [option.number for option in moved.answers]) == (2, [1, 3, 2, 4])


def test_codes_of_reports_are_in_the_code_book() -> None:
    table = codebook(course(SEQUENCING))["codebook.csv"].decode("utf-8-sig")
    found = [(row["record"], row["code"], row["wording"], row["correct"]) for row in csv.DictReader(io.StringIO(table))]
    assert ("question", "", "In which order are hands washed?", "a,b,c,d") in found
    assert ("answer", "b", "Take soap", "") in found


def test_saved_progress_has_its_measure() -> None:
    """Numbers below eight take four bits each (player/src/answers.ts)."""
    made = course(SEQUENCING)
    assert budget.budget(made).questions["washing"] == 3 + 4 * 4


def sequencing(lines: str = "1. Wet\n2. Soap\n3. Rinse\n", options: str = "", feedback: str = "> correct: a\n") -> str:
    return f":::{{sequencing}} Q\n:id: q\n{options}{lines}{feedback}:::\n"


MANY = "".join(f"{number}. Line {number}\n" for number in range(1, 1001))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (sequencing(""), "1:1: error QST040: question 'q' has no list of things"),
        (sequencing("1. A\n2. B\n"), "4:1: error QST041: question 'q' has 2 things"),
        (sequencing("1. [ ] A\n2. B\n3. C\n"), "3:1: error QST042: this line of question 'q' has brackets"),
        (sequencing("1. A\n2. B\n   1. b\n3. C\n"), "4:1: error QST043: this line of question 'q' has a list"),
        (sequencing("- A\n- B\n- C\n"), "3:1: error QST044: the list of question 'q' is not numbered"),
        (sequencing("1. A\n2. A\n3. C\n"), "4:1: error QST007: 'A' stands twice among the answers of question 'q'"),
        (sequencing("1. A\n2.\n3. C\n"), "4:1: error QST006: this answer of question 'q' has no text"),
        (sequencing(feedback=""), "1:1: warning QST010: question 'q' gives no feedback"),
        (sequencing(options=":scoring: per-option\n"), "3:11: error QST017: ':scoring: per-option' is not known"),
        (sequencing(MANY), "39:1: error QST005: question 'q' has 1000 answers; there can be 36"),
    ],
)  # fmt: skip
def test_every_slip_has_its_message(body: str, expected: str) -> None:
    lines = said(body)
    assert len(lines) == 1, lines
    assert lines[0].startswith(expected), lines[0]


def test_strange_words_stay_what_they_are() -> None:
    body = (
        ":::{sequencing} Q\n:id: q\n1. שלום\n2. e\u0301 👩‍🏫\n3. <b>a</b> &lt;\n4. "
        + "x" * 300
        + "\n> correct: a\n:::\n"
    )
    question = read(body)
    assert [option.text.text for option in question.answers][:3] == ["שלום", "e\u0301 👩‍🏫", "a <"]
    assert question.answers[2].text.html == "<b>a</b> &lt;"
    hostile = render(course(body.replace("<b>a</b>", "<script>a</script>"))).document
    assert "<script>a" not in hostile


def every_type() -> Course:
    """A course with each of the types, to practise and in an assessment."""
    assessment = "---\ntitle: Check\nid: check\ntype: assessment\n---\n" + SEQUENCING.replace(
        "washing", "check-washing"
    )
    return course("---\ntitle: Practice\nid: practice\n---\n" + SEQUENCING, assessment.replace(":tries: 2\n", ""))


SAID = ("moved", "mark-", "nothing-", "not-all", "correct", "incorrect", "partly", "answered", "review-", "tries-left")


def test_the_page_that_the_player_is_tested_with(expected: Expected) -> None:
    """player/test/ui-arranging.test.ts reads it; of the player's words it has those that these questions say."""
    before, script, rest = render(every_type()).document.partition('id="course">')
    payload, end, after = rest.partition("</script>")
    told = json.loads(payload)
    told["words"] = {key: text for key, text in told["words"].items() if key.startswith(SAID)}
    expected(GOLDEN, before + script + embed(told) + end + after)
