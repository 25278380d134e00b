"""The question types: what they read, what they tell an LMS, and what they say to an author who slips."""

from __future__ import annotations

import pytest

from scormkit.load import load_texts
from scormkit.model.course import Course
from scormkit.model.prose import Prose
from scormkit.model.question import Kind, Question
from scormkit.questions import TYPES
from scormkit.questions.multiple import Multiple
from scormkit.questions.reading import COMMON
from scormkit.questions.true_false import TrueFalse

SETTINGS = "id: https://example.org/a\ntitle: A\n"


def course(body: str) -> Course:
    return load_texts({"course.yaml": SETTINGS, "pages/1.md": body}).courses[0]


def read(body: str) -> Question:
    made = course(body)
    assert [str(problem) for problem in made.problems if problem.id != "QST022"] == []
    (question,) = made.questions
    return question


def said(body: str) -> list[str]:
    """What is said of `body`, but that its question has no id."""
    found = sorted(problem for problem in course(body).problems if problem.id != "QST022")
    return [str(problem).removeprefix("pages/1.md:") for problem in found]


CHOICE = """\
:::{choice} Which *word* fits?
:id: word
:points: 2.5
:graded: no
:tries: 3
:shuffle: true
:hint: Who **decides**?
:objective: tell, place
:tags: [ladder, words]
- [ ] Informing
  > They were asked.
- [x] Consultation
  > Yes.

  It is.
- [ ] *Co-production*
> correct: Well done.
> incorrect: Not
> quite.
:::
"""


def test_choice() -> None:
    question = read(CHOICE)
    assert (question.type, question.id, question.prompt.html) == ("choice", "word", "Which <em>word</em> fits?")
    assert (question.points, question.graded, question.tries, question.shuffle) == (2.5, False, 3, True)
    assert (question.objectives, question.tags) == (("tell", "place"), ("ladder", "words"))
    assert question.hint is not None and question.hint.html == "Who <strong>decides</strong>?"
    assert [(option.key, option.text.text, option.correct) for option in question.answers] == [
        ("a", "Informing", False),
        ("b", "Consultation\nIt is.", True),
        ("c", "Co-production", False),
    ]
    assert question.answers[0].feedback is not None and question.answers[0].feedback.html == "<p>They were asked.</p>"
    assert question.correct_feedback is not None and question.correct_feedback.text == "Well done."
    assert question.incorrect_feedback is not None and question.incorrect_feedback.text == "Not quite."
    told = question.interaction
    assert (told.kind, told.correct) == (Kind.CHOICE, (("b",),))
    assert (told.choices[0].key, told.choices[0].text) == ("a", "Informing")
    assert question.scoring == "exact"


def test_defaults() -> None:
    question = read(":::{choice} Which?\n- [x] A\n  > a\n- [ ] B\n:::\n")
    assert (question.id, question.points, question.graded, question.tries) == ("which", 1, True, 1)
    assert (question.shuffle, question.hint, question.objectives, question.number, question.revision) == (
        False,
        None,
        (),
        1,
        1,
    )


def test_the_prompt_may_be_the_first_paragraph_and_what_follows_is_the_case() -> None:
    question = read(":::{choice}\nA *case*.\n\n- [x] A\n  > a\n- [ ] B\n:::\n")
    assert question.prompt.text == "A case."
    question = read("::::{choice} Which?\nA case.\n\n:::{note} N\nx\n:::\n\n- [x] A\n  > a\n- [ ] B\n::::\n")
    assert question.prompt.text == "Which?"
    assert [type(block).__name__ for block in question.intro] == ["Prose", "Callout"]


def test_a_question_without_an_id_is_told_so() -> None:
    made = course(":::{choice} Which?\n- [x] A\n  > a\n- [ ] B\n:::\n")
    assert [problem.id for problem in made.problems] == ["QST022"]
    assert course(":::{choice} Which?\n:id: a\n- [x] A\n  > a\n- [ ] B\n:::\n").problems == ()


def test_questions_without_an_id_are_named_after_their_prompt() -> None:
    body = ":::{choice} Ça va?\n- [x] A\n  > a\n- [ ] B\n:::\n"
    assert [question.id for question in course(body * 3).questions] == ["ca-va", "ca-va-2", "ca-va-3"]
    assert read(":::{choice} 日本?\n- [x] A\n  > a\n- [ ] B\n:::\n").id == "question"


@pytest.mark.parametrize(
    ("written", "scoring"), [("all-or-nothing", "exact"), ("partial", "partial"), ("per-option", "per-option")]
)
def test_multiple(written: str, scoring: str) -> None:
    question = read(f":::{{multiple}} Which?\n:scoring: {written}\n- [x] A\n  > a\n- [X] B\n- [ ] C\n:::\n")
    assert isinstance(question, Multiple)
    assert question.scoring == scoring
    assert question.interaction.correct == (("a", "b"),)


@pytest.mark.parametrize(("written", "answer"), [("true", True), ("false", False), ("No", False), ("yes", True)])
def test_true_false(written: str, answer: bool) -> None:
    question = read(f":::{{true-false}} It is.\n:answer: {written}\n> correct: a\n> incorrect: b\n:::\n")
    assert isinstance(question, TrueFalse)
    assert question.answer is answer
    assert question.interaction.kind is Kind.TRUE_FALSE
    assert question.interaction.correct == ((str(answer).lower(),),)
    assert [(option.key, option.number, option.correct) for option in question.answers] == [
        ("true", 1, answer),
        ("false", 2, not answer),
    ]
    assert question.correct_feedback is not None and question.correct_feedback.text == "a"


GOOD = "- [x] A\n  > a\n- [ ] B\n"
MANY = "".join(f"- [ ] C{n}\n" for n in range(35))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (":::{choice} Q\n- [ ] A\n  > a\n- [ ] B\n:::", "1:1: error QST001: question 'q' has no correct answer; mark one"),
        (f":::{{choice}}\n{GOOD}:::", "1:1: error QST002: this question asks nothing"),
        (":::{choice} Q\n> correct: a\n:::", "1:1: error QST003: question 'q' has no answers to choose from"),
        (":::{choice} Q\n- [x] A\n  > a\n:::", "2:1: error QST004: question 'q' has only one answer"),
        (":::{choice} Q\n" + GOOD + MANY + ":::", "39:1: error QST005: question 'q' has 37 answers"),
        (f":::{{choice}} Q\n{GOOD}- [ ]\n:::", "5:1: error QST006: this answer of question 'q' has no text"),
        (f":::{{choice}} Q\n{GOOD}- [ ] A\n:::", "5:1: error QST007: 'A' stands twice"),
        (f":::{{choice}} Q\n{GOOD}- C\n:::", "5:1: error QST008: this answer of question 'q' has no brackets"),
        (f":::{{choice}} Q\n{GOOD}- [x]C\n:::", "5:1: error QST009: '[x]' before this answer of question 'q' is not understood"),
        (f":::{{choice}} Q\n{GOOD}- [] C\n:::", "5:1: error QST009: '[]' before"),
        (f":::{{choice}} Q\n{GOOD}- [y] C\n:::", "5:1: error QST009: '[y]' before"),
        (f":::{{choice}} Q\n{GOOD}- ( ) C\n:::", "5:1: error QST009: '( )' before"),
        (":::{choice} Q\n- [x] A\n- [ ] B\n:::", "1:1: warning QST010: question 'q' gives no feedback"),
        (f":::{{choice}} Q\n{GOOD}> right: C\n:::", "5:10: error QST011: the feedback at the end of question 'q'"),
        (f":::{{choice}} Q\n{GOOD}> C\n:::", "5:3: error QST011: the feedback at the end of question 'q' begins with neither"),
        (f"::::{{choice}} Q\n:::{{choice}} I\n{GOOD}:::\n{GOOD}::::", "2:1: error QST023: question 'i' stands inside"),
        (f":::{{choice}} Q\n:points: two\n{GOOD}:::", "2:10: error QST012: ':points: two' is not a number from 0 to 1000"),
        (f":::{{choice}} Q\n:tries: 1.5\n{GOOD}:::", "2:9: error QST012: ':tries: 1.5' is not a whole number from 0 to 99"),
        (f":::{{choice}} Q\n:points: nan\n{GOOD}:::", "2:10: error QST012"),
        (f":::{{choice}} Q\n:graded: maybe\n{GOOD}:::", "2:10: error QST013: ':graded: maybe' is neither true nor false"),
        (f":::{{choice}} Q\n:id: My Question\n{GOOD}:::", "2:6: error QST014: 'My Question' cannot be an id"),
        (f":::{{choice}} Q\n:hint:\n{GOOD}:::", "2:1: error QST015: the option ':hint:' has no value"),
        (f":::{{choice}} Q\n{GOOD}\nMore.\n:::", "6:1: error QST016: this text stands after the answers of question 'q'"),
        (f":::{{multiple}} Q\n:scoring: part\n{GOOD}:::", "2:11: error QST017: ':scoring: part' is not known; did you"),
        (":::{choice} Q\n- [x] A\n  > a\n- [x] B\n:::", "4:1: error QST018: question 'q' has 2 correct answers"),
        (":::{multiple} Q\n- [x] A\n  > a\n- [x] B\n:::", "1:1: warning QST019: all answers of question 'q' are correct"),
        (":::{true-false} Q\n> correct: a\n:::", "1:1: error QST020: question 'q' does not say whether its statement is true"),
        (f":::{{true-false}} Q\n:answer: true\n{GOOD}> correct: a\n:::", "3:1: error QST021: question 'q' has a list of answers"),
        (f":::{{choice}} Q\n:pionts: 1\n{GOOD}:::", "2:1: error DIR009: 'choice' has no option ':pionts:'; did you mean"),
        (f":::{{choice}} Q\n:answer: a\n{GOOD}:::", "2:1: error DIR009: 'choice' has no option ':answer:'"),
    ],
)  # fmt: skip
def test_every_slip_has_its_message(body: str, expected: str) -> None:
    lines = said(body)
    assert len(lines) == 1, lines
    assert lines[0].startswith(expected), lines[0]


@pytest.mark.parametrize("name", TYPES)
def test_every_type_survives_having_nothing_in_it(name: str) -> None:
    made = course(f":::{{{name}}}\n:::\n")
    assert made.problems
    for question in made.questions:
        assert question.type == name
        assert isinstance(question.prompt, Prose)
        assert question.interaction.id == question.id


MEANINGLESS = {
    "likert": ("points", "graded", "tries", "shuffle", "confidence"),
    "poll": ("points", "graded", "tries", "confidence"),
    "hotspot": ("shuffle",),
    "scenario": ("shuffle", "confidence"),
    "fill-in": ("shuffle",),
    "numeric": ("shuffle",),
    "cloze": ("shuffle",),
    "reflection": ("points", "graded", "tries", "shuffle", "confidence"),
}
"""Common options that a type refuses, because they could have no effect."""


@pytest.mark.parametrize("name", TYPES)
def test_every_type_takes_the_common_options(name: str) -> None:
    values = {
        "id": "x",
        "hint": "h",
        "objective": "o",
        "objectives": "p",
        "tags": "t",
        "graded": "true",
        "shuffle": "false",
        "confidence": "true",
    }
    options = "".join(f":{key}: {values.get(key, '1')}\n" for key in COMMON if key not in MEANINGLESS.get(name, ()))
    made = course(f":::{{{name}}} Q\n{options}{GOOD}:::\n")
    assert "DIR009" not in {problem.id for problem in made.problems}
    assert made.questions[0].objectives == ("o", "p")


def test_feedback_for_wrong_answers_alone_is_feedback() -> None:
    assert said(":::{choice} Q\n:id: q\n- [x] A\n- [ ] B\n> incorrect: Why.\n:::") == []


def test_answers_may_hold_anything_inline_and_stay_safe() -> None:
    body = ":::{choice} Q\n- [x] *A* `b` [c](https://example.org) <b>d</b>\n  > f\n- [ ] \u202eabc 👩‍🏫 e\u0301\n:::\n"
    question = read(body)
    first, second = question.answers
    assert first.text.html.startswith("<em>A</em> <code>b</code> <a href=")
    assert second.text.text == "\u202eabc 👩‍🏫 e\u0301"
    assert (
        "<script"
        not in course(":::{choice} Q\n- [x] <script>x</script>\n- [ ] b\n:::").questions[0].answers[0].text.html
    )
