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
from scormkit.questions.categorise import Categorise
from scormkit.questions.matching import Matching
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

MATCHING = """\
:::{matching} Who decides?
:id: who-decides
:scoring: partial
:tries: 2
Informing
: Staff decide and tell parents.
  > Nobody is asked when people are informed.

Telling
: Staff decide and *tell* parents.

Consultation
: Staff decide after hearing parents.

- Parents decide alone.
  > Neither of them goes as far as that.
> correct: Yes.
> incorrect: Who is heard, and who decides?
:::
"""
CATEGORISE = """\
:::{categorise} What decides, and what only asks?
:id: decide-or-ask
:scoring: partial
:tries: 2
- Decides
  > What decides has a vote.
  - A parent in the chair
  - A steering group
    > Those who steer, decide.
- Only asks
  - A survey
  - A suggestion box
> correct: Yes.
> incorrect: Who has a vote?
:::
"""
TWICE = ":tries: 2\n"
EVERY = {"washing": SEQUENCING, "who-decides": MATCHING, "decide-or-ask": CATEGORISE}


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


def test_matching() -> None:
    question = read(MATCHING)
    assert isinstance(question, Matching)
    assert [(option.key, option.text.text) for option in question.items] == [
        ("a", "Informing"),
        ("b", "Telling"),
        ("c", "Consultation"),
    ]
    assert [(option.key, option.text.text, option.correct) for option in question.matches] == [
        ("1", "Staff decide and tell parents.", True),
        ("2", "Staff decide after hearing parents.", True),
        ("3", "Parents decide alone.", False),
    ]
    assert [option.feedback.text for option in question.answers if option.feedback] == [
        "Nobody is asked when people are informed.",
        "Neither of them goes as far as that.",
    ]
    told = question.interaction
    assert (told.kind, told.correct, question.scoring) == (Kind.MATCHING, (("a.1", "b.1", "c.2"),), "partial")
    assert [(one.key, one.text) for one in told.source][:1] == [("a", "Informing")]
    assert [(one.key, one.text) for one in told.target][2:] == [("3", "Parents decide alone.")]


def test_categorise() -> None:
    question = read(CATEGORISE)
    assert isinstance(question, Categorise)
    decides, asks = question.matches
    assert (decides.text.text, asks.text.text) == ("Decides", "Only asks")
    assert [item.text.text for item in question.belonging(decides)] == ["A parent in the chair", "A steering group"]
    assert [item.text.text for item in question.belonging(asks)] == ["A survey", "A suggestion box"]
    assert [option.feedback.text for option in question.answers if option.feedback] == [
        "Those who steer, decide.",
        "What decides has a vote.",
    ]
    told = question.interaction
    assert (told.kind, told.correct) == (Kind.MATCHING, (("a.1", "b.1", "c.2", "d.2"),))
    assert read(CATEGORISE.replace(":scoring: partial\n", "")).scoring == "exact"


def test_items_and_matches_never_share_a_code() -> None:
    groups = "".join(f"- G{group}\n" + "".join(f"  - T{group}-{thing}\n" for thing in range(8)) for group in range(4))
    question = read(f":::{{categorise}} Q\n:id: q\n{groups}> correct: a\n:::\n")
    keys = [option.key for option in question.answers]
    assert len(set(keys)) == len(keys) == 36
    assert all(len(key) == 1 and key.isalnum() for key in keys)


def test_paper_shows_neither_pairs_side_by_side_nor_groups_together() -> None:
    matching, categorise = read(MATCHING), read(CATEGORISE)
    assert isinstance(matching, Matching) and isinstance(categorise, Categorise)
    assert [option.key for option in matching.shown_items] == ["a", "b", "c"]
    assert [option.key for option in matching.shown_matches] == ["3", "2", "1"]
    assert [option.key for option in categorise.shown_items] == ["a", "b", "d", "c"]
    assert [option.key for option in categorise.shown_matches] == ["1", "2"]


def test_what_belongs_elsewhere_makes_earlier_answers_meaningless_and_another_order_does_not() -> None:
    for body, first, second in (
        (CATEGORISE, "  - A parent in the chair\n", "  - A survey\n"),
        (MATCHING, ": Staff decide and tell parents.\n", ": Staff decide after hearing parents.\n"),
    ):
        before = course(body)
        swapped = body.replace(first, "SWAP").replace(second, first).replace("SWAP", second)
        assert again(before, swapped).revision == 2
    before = course(CATEGORISE)
    other = CATEGORISE.replace("  - A survey\n  - A suggestion box\n", "  - A suggestion box\n  - A survey\n")
    assert again(before, other).revision == 1
    assert again(before, CATEGORISE.replace("A survey", "A short survey")).revision == 1
    assert again(before, CATEGORISE.replace("Only asks", "Asks")).revision == 1
    before = course(MATCHING)
    assert (
        again(before, MATCHING.replace("- Parents decide alone.", "- Parents decide.\n- Nobody decides.")).revision == 2
    )


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
    table = codebook(course(MATCHING))["codebook.csv"].decode("utf-8-sig")
    found = [(row["record"], row["code"], row["wording"], row["correct"]) for row in csv.DictReader(io.StringIO(table))]
    assert ("question", "", "Who decides?", "a.1,b.1,c.2") in found
    assert ("item", "c", "Consultation", "") in found
    assert ("match", "3", "Parents decide alone.", "") in found


def test_saved_progress_has_its_measure() -> None:
    """Numbers below eight take four bits each (player/src/answers.ts)."""
    made = course(SEQUENCING)
    assert budget.budget(made).questions["washing"] == 3 + 4 * 4
    # Items 1 to 3 and matches 4 to 6; things 1 to 4 and groups 5 and 6.
    assert budget.budget(course(MATCHING)).questions["who-decides"] == 3 + 3 * (4 + 4)
    assert budget.budget(course(CATEGORISE)).questions["decide-or-ask"] == 3 + 4 * (4 + 4)


def sequencing(lines: str = "1. Wet\n2. Soap\n3. Rinse\n", options: str = "", feedback: str = "> correct: a\n") -> str:
    return f":::{{sequencing}} Q\n:id: q\n{options}{lines}{feedback}:::\n"


def matching(lines: str) -> str:
    return f":::{{matching}} Q\n:id: q\n{lines}> correct: a\n:::\n"


def categorise(lines: str) -> str:
    return f":::{{categorise}} Q\n:id: q\n{lines}> correct: a\n:::\n"


PAIRS = "".join(f"I{number}\n: M{number}\n\n" for number in range(1000))
MANY = "".join(f"{number}. Line {number}\n" for number in range(1, 1001))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (sequencing(""), "1:1: error QST040: question 'q' has no list of things"),
        (sequencing("1. A\n2. B\n"), "4:1: error QST041: question 'q' has too few things to put in order, 2"),
        (sequencing("1. [ ] A\n2. B\n3. C\n"), "3:1: error QST042: this line of question 'q' has brackets"),
        (sequencing("1. A\n2. B\n   1. b\n3. C\n"), "4:1: error QST043: this line of question 'q' has a list"),
        (sequencing("- A\n- B\n- C\n"), "3:1: error QST044: the list of question 'q' is not numbered"),
        (sequencing("1. A\n2. A\n3. C\n"), "4:1: error QST007: 'A' stands twice among the answers of question 'q'"),
        (sequencing("1. A\n2.\n3. C\n"), "4:1: error QST006: this answer of question 'q' has no text"),
        (sequencing(feedback=""), "1:1: warning QST010: question 'q' gives no feedback"),
        (sequencing(options=":scoring: per-option\n"), "3:11: error QST017: ':scoring: per-option' is not known"),
        (sequencing("A\n: b\n\n1. A\n2. B\n3. C\n"), "3:1: error QST045: question 'q' has a definition list"),
        (matching(""), "1:1: error QST040: question 'q' has no pairs to match"),
        (matching("A\n: b\n"), "3:1: error QST041: question 'q' has too few pairs to match, 1"),
        (matching("A\n: b\n\nC\n: d\n"), "6:1: error QST041: question 'q' has too few matches to choose from, 2"),
        (matching("A\n: b\n: c\n\nC\n: d\n\n- e\n"), "5:1: error QST048: 'A' of question 'q' has 2 matches"),
        (matching("A\n: b\n\nA\n: d\n\n- e\n"), "6:1: error QST007: 'A' stands twice"),
        (matching("A\n: b\n\nC\n: d\n\n- b\n- e\n"), "9:1: error QST007: 'b' stands twice"),
        (matching("A\n: b\n\nC\n: d\n\n- A\n"), "9:1: error QST049: 'A' of question 'q' stands on both sides"),
        (matching("A\n: b\n\nC\n: d\n  - e\n\n- f\n"), "6:1: error QST043: this line of question 'q' has a list inside"),
        (matching(f"A\n: {'long ' * 30}\n\nC\n: d\n\n- e\n"), "4:1: info QST047: 'long long"),
        (matching(PAIRS), "111:1: error QST005: question 'q' has 2000 answers; there can be 36"),
        (categorise(""), "1:1: error QST040: question 'q' has no groups with things in them"),
        (categorise("- A\n- B\n"), "3:1: error QST040: question 'q' has no groups with things in them"),
        (categorise("- A\n  - a\n  - b\n  - c\n"), "3:1: error QST041: question 'q' has too few groups, 1"),
        (categorise("- A\n  - a\n- B\n  - b\n"), "6:1: error QST041: question 'q' has too few things to sort, 2"),
        (categorise("- A\n  - a\n  - b\n  - c\n- B\n"), "7:1: error QST050: nothing belongs to the group 'B'"),
        (categorise("- A\n  - a\n  - b\n- B\n  - a\n"), "7:1: error QST051: 'a' of question 'q' stands in two groups"),
        (categorise("- A\n  - a\n  - a\n- B\n  - b\n"), "5:1: error QST007: 'a' stands twice"),
        (categorise("- A\n  - B\n  - a\n- B\n  - b\n"), "6:1: error QST049: 'B' of question 'q' stands on both sides"),
        (categorise("- A\n  - a\n    - c\n  - d\n- B\n  - b\n"), "4:1: error QST043: this line of question 'q' has a list"),
        (categorise("- [x] A\n  - a\n  - c\n- B\n  - b\n"), "3:1: error QST042: this line of question 'q' has brackets"),
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
    practice = "\n".join(EVERY.values())
    graded = "\n".join(body.replace(f":id: {name}", f":id: check-{name}") for name, body in EVERY.items())
    return course(
        f"---\ntitle: Practice\nid: practice\n---\n{practice}",
        f"---\ntitle: Check\nid: check\ntype: assessment\n---\n{graded.replace(TWICE, '')}",
    )


SAID = ("moved", "mark-", "nothing-", "not-all", "correct", "incorrect", "partly", "answered", "review-", "tries-left")


def test_the_page_that_the_player_is_tested_with(expected: Expected) -> None:
    """player/test/ui-arranging.test.ts reads it; of the player's words it has those that these questions say."""
    before, script, rest = render(every_type()).document.partition('id="course">')
    payload, end, after = rest.partition("</script>")
    told = json.loads(payload)
    told["words"] = {key: text for key, text in told["words"].items() if key.startswith(SAID)}
    expected(GOLDEN, before + script + embed(told) + end + after)
