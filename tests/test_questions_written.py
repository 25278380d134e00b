"""The question types in which learners write: what they read, what they tell an LMS and the player, and how they look.

`tests/golden/written.html` is mounted by player/test/ui-written.test.ts.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Expected
from lxml import html

from scormkit.load import load_texts
from scormkit.load.lock import apply_lock
from scormkit.model.course import Course
from scormkit.model.question import Kind, Marking, Question
from scormkit.package.codebook import rows
from scormkit.package.statements import question_activity
from scormkit.questions.fill_in import FillIn
from scormkit.questions.typed import apart, folded
from scormkit.render import render
from scormkit.render.payload import payload
from scormkit.render.words import words

GOLDEN = Path(__file__).parent / "golden" / "written.html"
SETTINGS = "id: https://example.org/written\ntitle: Written\n"


def course(body: str) -> Course:
    return load_texts({"course.yaml": SETTINGS, "pages/1.md": body}).courses[0]


def read(body: str) -> Question:
    made = course(body)
    assert [str(problem) for problem in made.problems] == []
    (question,) = made.questions
    return question


def said(body: str) -> list[str]:
    return [str(problem).removeprefix("pages/1.md:") for problem in sorted(course(body).problems)]


FILL_IN = """\
:::{fill-in} What is it *called*?
:id: called
:typos: 1
:tries: 2
:pattern: consult(ing|ation)s?
- consultation
- “asking”
- [ ] co-production
  > In co-production the decision is shared.
> correct: Yes.
> incorrect: It begins with a c.
:::
"""


def test_fill_in() -> None:
    question = read(FILL_IN)
    assert isinstance(question, FillIn)
    assert question.right == ("consultation", "“asking”")
    assert [(typed.text, typed.right, bool(typed.feedback)) for typed in question.texts][2] == (
        "co-production",
        False,
        True,
    )
    told = question.interaction
    assert (told.kind, told.correct) == (Kind.FILL_IN, (("consultation",), ("“asking”",)))
    assert told.marking == Marking(False, 1, ("consult(ing|ation)s?",))
    assert (question.answers, question.scoring, question.tries) == ((), "exact", 2)


def test_the_player_is_told_how_to_compare_only_where_it_is_not_as_usual() -> None:
    strict, plain = course(FILL_IN), course(":::{fill-in} Q\n:id: q\n- a\n> correct: b\n:::")
    assert payload(strict, words("en-GB"))["questions"][0]["marking"] == {
        "case": False,
        "typos": 1,
        "patterns": ["consult(ing|ation)s?"],
    }
    assert "marking" not in payload(plain, words("en-GB"))["questions"][0]


def test_capitals_that_matter_are_told_to_an_lrs() -> None:
    made = course(":::{fill-in} Sign of magnesium?\n:id: q\n:case: true\n- Mg\n> correct: b\n:::")
    told = question_activity(made, made.questions[0].interaction)
    assert told["definition"]["correctResponsesPattern"] == ["{case_matters=true}Mg"]
    made = course(":::{fill-in} Sign of magnesium?\n:id: q\n- Mg\n> correct: b\n:::")
    told = question_activity(made, made.questions[0].interaction)
    assert told["definition"]["correctResponsesPattern"] == ["Mg"]


def test_the_code_book_says_what_else_is_accepted() -> None:
    (row,) = [row for row in rows(course(FILL_IN)) if row.record == "question"]
    assert row.correct == (
        "consultation or “asking” (up to 1 of its characters may differ; or whatever the pattern consult(ing|ation)s? matches)"
    )


def test_another_spelling_keeps_answers_and_another_answer_drops_them() -> None:
    first = course(":::{fill-in} Q\n:id: q\n- colour\n> correct: b\n:::")
    more = course(":::{fill-in} Q\n:id: q\n- colour\n- color\n> correct: b\n:::")
    other = course(":::{fill-in} Q\n:id: q\n- hue\n- colour\n> correct: b\n:::")
    assert apply_lock(more, first.lock)[0].questions[0].revision == 1
    assert apply_lock(other, first.lock)[0].questions[0].revision == 2


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("a", "a", 0),
        ("form", "from", 1),
        ("colour", "color", 1),
        ("", "ab", 2),
        ("kitten", "sitting", 3),
        ("15", "16", 1),
    ],
)
def test_how_far_texts_are_apart(one: str, other: str, expected: int) -> None:
    assert apart(one, other) == apart(other, one) == expected


def test_what_never_matters_in_a_text() -> None:
    assert folded(" The  “Parents’” Choice ", case=False) == 'the "parents\'" choice'
    assert folded("E\u0301", case=True) == "É"


def test_answers_in_any_script_are_text() -> None:
    body = ':::{fill-in} Q\n:id: q\n- <b>שלום</b> & "x"\n- 👩‍🏫\n- [ ] </p><script>\n  > f\n:::\n'
    page = html.document_fromstring(render(course(body.replace("</p><script>", "a &lt;script&gt;"))).document)
    assert page.xpath("//*[@data-right]//li/text()") == ['שלום & "x"', "👩‍🏫"]
    assert page.xpath("//@data-text") == ["a <script>"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (":::{fill-in} Q\n:id: q\n:::", ["1:1: warning QST010", "1:1: error QST030"]),
        (":::{fill-in} Q\n:id: q\n- [] a\n> correct: b\n:::", ["3:1: error QST009"]),
        (f":::{{fill-in}} Q\n:id: q\n- {'a' * 256}\n> correct: b\n:::", ["3:1: error QST031"]),
        (":::{fill-in} Q\n:id: q\n- a ![b](https://example.org/b.png)\n> correct: b\n:::", ["3:1: error QST031"]),
        (":::{fill-in} Q\n:id: q\n:typos: 9\n- abc\n> correct: b\n:::", ["3:9: error QST012"]),
        (":::{fill-in} Q\n:id: q\n:shuffle: true\n- abc\n> correct: b\n:::", ["3:1: error DIR009"]),
        (":::{fill-in} Q\n:id: q\n:pattern: a{2,}+\n- aa\n> correct: b\n:::", ["3:11: error QST035"]),
        (":::{fill-in} Q\n:id: q\n:pattern: (?P<x>a)\n- aa\n> correct: b\n:::", ["3:11: error QST035"]),
        (":::{fill-in} Q\n:id: q\n- [ ] a\n  > f\n- A\n:::", ["3:1: error QST033"]),
    ],
)
def test_slips_in_fill_in(body: str, expected: list[str]) -> None:
    lines = [line for line in said(body) if "MED" not in line]
    assert [": ".join(line.split(": ")[:2]) for line in lines] == expected


def test_a_thousand_accepted_texts() -> None:
    listed = "".join(f"- a name {number:04}\n" for number in range(1000))
    question = read(f":::{{fill-in}} Q\n:id: q\n{listed}> correct: b\n:::\n")
    assert len(question.interaction.correct) == 1000


def test_the_page_is_what_it_was(expected: Expected) -> None:
    expected(GOLDEN, render(course(PAGE)).document)


PAGE = FILL_IN
