"""The question types in which learners write: what they read, what they tell an LMS and the player, and how they look.

`tests/golden/written.html` is mounted by player/test/ui-written.test.ts.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Expected
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import html

from scormkit.check.course.budget import budget
from scormkit.load import load_texts
from scormkit.load.lock import apply_lock
from scormkit.model.course import Course
from scormkit.model.prose import Prose
from scormkit.model.question import Kind, Marking, Question
from scormkit.package.codebook import rows
from scormkit.package.statements import question_activity
from scormkit.questions.cloze import Cloze
from scormkit.questions.fill_in import FillIn
from scormkit.questions.numeric import Numeric
from scormkit.questions.reflection import Reflection
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


NUMERIC = """\
:::{numeric} How much water is in the jug?
:id: jug
:answer: 750
:tolerance: 25
:unit: ml
:tries: 2
> correct: Yes.
> incorrect: Read the lower edge.
:::
"""


def numeric(options: str) -> Numeric:
    question = read(f":::{{numeric}} Q\n:id: q\n{options}\n> incorrect: b\n:::")
    assert isinstance(question, Numeric)
    return question


def test_numeric() -> None:
    question = read(NUMERIC)
    told = question.interaction
    assert (told.kind, told.correct) == (Kind.NUMERIC, (("750",), ("725:775",)))
    assert told.description == "How much water is in the jug? (ml)"
    made = course(NUMERIC)
    activity = question_activity(made, told)
    assert activity["definition"]["correctResponsesPattern"] == ["750", "725[:]775"]
    (row,) = [row for row in rows(made) if row.record == "question"]
    assert row.correct == "750 or 725 to 775"


@pytest.mark.parametrize(
    ("options", "accepted"),
    [
        (":answer: 3", ("3",)),
        (":answer: +3.50", ("3.5",)),
        (":answer: -0,5", ("-0.5",)),
        (":answer: \u22123", ("-3",)),
        (":answer: 0.3\n:tolerance: 0.1", ("0.3", "0.2:0.4")),
        (":answer: -20\n:tolerance: 5 %", ("-20", "-21:-19")),
        (":answer: 0\n:tolerance: 1", ("0", "-1:1")),
        (":range: 10 to 12", ("10:12",)),
        (":range: -2..-1,5", ("-2:-1.5",)),
        (":range: 7 to 7", ("7",)),
        (":range: at least 5", ("5:",)),
        (":range: at most 0.10", (":0.1",)),
    ],
)
def test_numbers_and_ranges(options: str, accepted: tuple[str, ...]) -> None:
    assert numeric(options).accepted == accepted


@pytest.mark.parametrize(
    ("options", "shown"),
    [
        (":answer: 12,5", "12,5"),
        (":answer: 12,5\n:tolerance: 10%\n:unit: mg", "12,5\u00a0mg (accepted: 11,25 to 13,75)"),
        (":range: 10 to 12\n:unit: %", "10 to 12\u00a0%"),
        (":range: at least 5", "at least 5"),
        (":range: at most 5", "at most 5"),
    ],
)
def test_the_right_number_is_shown_as_its_author_writes_numbers(options: str, shown: str) -> None:
    body = f":::{{numeric}} Q\n:id: q\n{options}\n> incorrect: b\n:::"
    page = html.document_fromstring(render(course(body)).document)
    assert page.xpath("//*[@data-right]//li/text()") == [shown]


def test_phones_show_digits_unless_a_minus_sign_may_be_needed() -> None:
    for options, keyboard in ((":answer: 3", "decimal"), (":range: at most 3", "text"), (":answer: -3", "text")):
        page = render(course(f":::{{numeric}} Q\n:id: q\n{options}\n> incorrect: b\n:::")).document
        assert f'inputmode="{keyboard}"' in page


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ("", "1:1: error QST080: question 'q' does not say which number is right"),
        (":answer: many", "3:10: error QST081: ':answer: many' is no number; write a number such as 12.5"),
        (":answer: 5 ml", "3:10: error QST081: ':answer: 5 ml' is more than a number; write the number alone"),
        (":answer: 1,500.5", "3:10: error QST081: ':answer: 1,500.5' is no number; write it without marks between"),
        (":answer: 1e5", "3:10: error QST081: ':answer: 1e5' is"),
        (":answer: 12345678901234567", "3:10: error QST081: ':answer: 12345678901234567' is too long"),
        (":answer: 5\n:range: 1 to 9", "4:9: error QST082: question 'q' has both"),
        (":range: 1 to 9\n:tolerance: 1", "4:13: error QST083: ':tolerance:' has no ':answer:'"),
        (":answer: 5\n:tolerance: -1", "4:13: error QST083: ':tolerance:' is below zero"),
        (":answer: 5\n:tolerance: 0", "4:13: error QST083: ':tolerance:' is nothing"),
        (":answer: 0\n:tolerance: 5%", "4:13: error QST083: ':tolerance:' is a share of 0"),
        (":answer: 5\n:tolerance: some", "4:13: error QST081: ':tolerance: some' is no number; write a number such as 0.5"),
        (":range: 9 to 1", "3:9: error QST084: the range '9 to 1' begins above its end; write the smaller number first: '1 to 9'"),
        (":range: about 5", "3:9: error QST081: ':range: about 5' is no range"),
        (":answer: 5\n- 5", "4:1: error QST085: question 'q' has a list of answers"),
    ],
)  # fmt: skip
def test_slips_in_numeric(options: str, expected: str) -> None:
    options = options + "\n" if options else ""
    (line,) = said(f":::{{numeric}} Q\n:id: q\n{options}> incorrect: b\n:::")
    assert line.startswith(expected)


CLOZE = """\
:::{cloze} Fill in the gaps.
:id: decide
:scoring: partial
:typos: 1
:tries: 2
In a consultation {{staff|the staff}} decide;
in **co-production** {{parents & staff}} do.

- First, *ask* {{who is missing}}.
> correct: Yes.
> incorrect: Ask who has a vote.
:::
"""
LISTED = """\
:::{cloze} Choose what fits.
:id: listed
Decisions in co-production are {{[ ] announced|[x] shared|[ ] explained}},
in consultation {{[x] announced|[ ] shared}}.
> incorrect: Ask who has a vote.
:::
"""


def test_cloze() -> None:
    question = read(CLOZE)
    assert isinstance(question, Cloze)
    assert [gap.right for gap in question.gaps] == [("staff", "the staff"), ("parents & staff",), ("who is missing",)]
    assert [str(gap.span) for gap in question.gaps] == ["pages/1.md:6:19", "pages/1.md:7:22", "pages/1.md:9:16"]
    told = question.interaction
    assert (told.kind, question.scoring, told.marking) == (Kind.FILL_IN, "partial", Marking(typos=1))
    assert told.correct == (
        ("staff", "parents & staff", "who is missing"),
        ("the staff", "parents & staff", "who is missing"),
    )
    assert told.description == (
        "Fill in the gaps. In a consultation [1] decide; in co-production [2] do. First, ask [3]."
    )


def test_cloze_with_lists() -> None:
    question = read(LISTED)
    told = question.interaction
    assert (told.kind, told.correct) == (Kind.MATCHING, (("a.b", "b.a"),))
    assert [(one.key, one.text) for one in told.source] == [("a", "[1]"), ("b", "[2]")]
    assert [(one.key, one.text) for one in told.target] == [("a", "announced"), ("b", "shared"), ("c", "explained")]
    activity = question_activity(course(LISTED), told)
    assert activity["definition"]["correctResponsesPattern"] == ["a[.]b[,]b[.]a"]
    found = [(row.record, row.code, row.wording) for row in rows(course(LISTED)) if row.id == "listed" and row.code]
    assert found == [
        ("item", "a", "[1]"),
        ("item", "b", "[2]"),
        ("match", "a", "announced"),
        ("match", "b", "shared"),
        ("match", "c", "explained"),
    ]


def test_gaps_are_controls_with_names_inside_the_text() -> None:
    page = html.document_fromstring(render(course(CLOZE + LISTED)).document)
    written = page.xpath("//*[@data-question='decide']//input")
    assert [field.get("aria-label") for field in written] == ["Gap 1 of 3", "Gap 2 of 3", "Gap 3 of 3"]
    assert len({field.get("size") for field in written}) == 1, "the size of a gap tells nothing"
    assert page.xpath("//*[@data-question='decide']//li//input") == written[2:]
    lists = page.xpath("//*[@data-question='listed']//select")
    assert [[one.get("value") for one in field] for field in lists] == [["", "a", "b", "c"], ["", "a", "b"]]
    assert page.xpath("//*[@data-question='decide']//*[@data-right]//li/text()")[0] == "staff, the staff"
    assert "{{" not in render(course(CLOZE + LISTED)).document.replace("{{{", "")


def test_what_cloze_answers_hang_on() -> None:
    for after, revision in (("Decisions in co-design are", 1), ("told", 2)):
        before = "explained" if after == "told" else "Decisions in co-production are"
        other = course(LISTED.replace(before, after))
        assert apply_lock(other, course(LISTED).lock)[0].questions[0].revision == revision
    spelt = course(CLOZE.replace("{{staff|the staff}}", "{{staff|the staff|nurses}}"))
    assert apply_lock(spelt, course(CLOZE).lock)[0].questions[0].revision == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("No gap.", "1:1: error QST090: the text of question 'q' has no gaps"),
        ("A {{b c.", "3:3: error QST091: a gap of question 'q' has no end"),
        ("A {{b\n\nc}} d.", "3:3: error QST091: a gap of question 'q' has no end"),
        ("A {{b *c* d}}.", "3:3: error QST091: a gap of question 'q' holds formatting"),
        ("[a {{b}}](https://example.org/)", "3:4: error QST091: a gap of question 'q' stands in a link"),
        ("## A {{b}}", "3:6: error QST091: a gap of question 'q' stands in a heading"),
        ("A {{}} b.", "3:3: error QST031: this answer of question 'q' has no text"),
        ("A {{b|}} c.", "3:3: error QST031"),
        ("A {{b|B}} c.", "3:3: error QST032: 'B' and 'b' (line 3) are the same answer"),
        ("A {{[x] b|c}}.", "3:3: error QST093: the list '[x] b|c' of question 'q' has boxes before some"),
        ("A {{[x] b}}.", "3:3: error QST093: the list '[x] b' of question 'q' has only one answer"),
        ("A {{[ ] b|[ ] c}}.", "3:3: error QST093: the list '[ ] b|[ ] c' of question 'q' has no right answers"),
        ("A {{[x] b|[x] c}}.", "3:3: error QST093: the list '[x] b|[x] c' of question 'q' has 2 right answers"),
        ("A {{[x] b|[ ] b}}.", "3:3: error QST093: the list '[x] b|[ ] b' of question 'q' has the same answer twice"),
        ("A {{b}} {{[x] c|[ ] d}}.", "3:9: error QST094: question 'q' has gaps to write in and gaps to choose in"),
        ("{{a}} " * 37, "3:217: error QST095: question 'q' has 37 gaps; there can be 36"),
        (
            "{{[x] a|" + "|".join(f"[ ] {n}" for n in range(40)) + "}}",
            "3:1: error QST095: question 'q' has 41 different",
        ),
    ],
)
def test_slips_in_cloze(text: str, expected: str) -> None:
    lines = [
        line
        for line in said(f":::{{cloze}} Fill in.\n:id: q\n{text}\n> incorrect: b\n:::")
        if "QST090" in expected or "QST090" not in line
    ]
    assert len(lines) == 1, lines
    assert lines[0].startswith(expected)


def test_a_gap_in_the_title_is_told() -> None:
    (line,) = said(":::{cloze} A {{b}} c.\n:id: q\n> incorrect: b\n:::")
    assert line.startswith("1:12: error QST092: what question 'q' asks holds a gap")
    (line,) = said(":::{cloze}\n:id: q\nA {{b}} c.\n> incorrect: b\n:::")
    assert line.startswith("3:1: error QST092")


def test_gaps_inside_another_block_are_told() -> None:
    lines = said("::::{cloze} Fill in.\n:id: q\nA {{b}}.\n\n:::{note}\nC {{d}}.\n:::\n> incorrect: b\n::::")
    assert [line.split(";")[0] for line in lines] == [
        "6:1: error QST091: a gap of question 'q' stands inside another block"
    ]


REFLECTION = """\
:::{reflection} What will you do differently?
:id: shift
:lines: 4
Think of:

- one parent
- one colleague

> model: I ask the parents **first**.
:::
"""
REPORTED = """\
:::{reflection} What did you learn?
:id: learnt
:report: true
:::
"""


def test_reflection() -> None:
    question = read(REFLECTION)
    assert isinstance(question, Reflection)
    assert question.model is not None and question.model.text == "I ask the parents first."
    assert (question.lines, question.report, question.graded, question.tries) == (4, False, False, 0)
    assert [type(block).__name__ for block in question.intro] == ["Prose"]
    told = question.interaction
    assert (told.kind, told.correct, question.scoring) == (Kind.LONG_FILL_IN, (), "none")
    plain = read(":::{reflection} Q\n:id: q\n> One answer.\n:::")
    assert isinstance(plain, Reflection) and plain.model is not None and plain.model.text == "One answer."


def test_a_reflection_takes_no_more_than_its_author_gives_it_room_for() -> None:
    short, any_length = course(REFLECTION.replace(":lines: 4", ":longest: 300")), course(REFLECTION)
    assert short.questions[0].interaction.longest == 300
    shown, shown_long = render(short).document, render(any_length).document
    assert 'maxlength="300"' in shown and "There is room for about 300 characters." in shown
    assert 'maxlength="2000"' in shown_long and "There is room" not in shown_long
    assert budget(short).characters < budget(any_length).characters - 2000


def test_what_is_written_is_reported_only_when_the_author_says_so_and_the_learner_is_told() -> None:
    private, reported = course(REFLECTION), course(REPORTED)
    assert "reportText" not in payload(private, words("en-GB"))["questions"][0]
    assert payload(reported, words("en-GB"))["questions"][0]["reportText"] is True
    assert "is not reported" in render(private).document
    assert "is reported to your learning system" in render(reported).document


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("> correct: a", "3:12: error QST096: the text at the end of question 'q' begins with 'correct:'"),
        ("> model: a\n\n> b", "5:3: error QST096: the text at the end of question 'q' stands beside another"),
        (":lines: 1", "3:9: error QST012: ':lines: 1' is not a whole number from 2 to 30"),
        (":longest: 20", "3:11: error QST012: ':longest: 20' is not a whole number from 100 to 2000"),
        (":report: perhaps", "3:10: error QST013"),
        (":points: 2", "3:1: error DIR009: 'reflection' has no option ':points:'"),
    ],
)
def test_slips_in_reflection(inside: str, expected: str) -> None:
    (line,) = said(f":::{{reflection}} Q\n:id: q\n{inside}\n:::")
    assert line.startswith(expected)


@example("{\\{")
@settings(max_examples=80)
@given(st.text("{}[]|x *_`\\\\<>&\n-#!()ab:", max_size=60))
def test_whatever_stands_in_a_cloze_is_read_or_told(text: str) -> None:
    made = course(f":::{{cloze}} Fill in.\n:id: q\n{text}\n> incorrect: b\n:::\n")
    for question in made.questions:
        if isinstance(question, Cloze):
            document = render(made).document
            assert document.count("data-gap>") == sum(
                block.html.count("data-here") for block in question.intro if isinstance(block, Prose)
            )
            assert "data-here" not in document


def test_a_thousand_accepted_texts() -> None:
    listed = "".join(f"- a name {number:04}\n" for number in range(1000))
    question = read(f":::{{fill-in}} Q\n:id: q\n{listed}> correct: b\n:::\n")
    assert len(question.interaction.correct) == 1000


def test_the_page_is_what_it_was(expected: Expected) -> None:
    expected(GOLDEN, render(course(PAGE)).document)


PAGE = FILL_IN + NUMERIC + CLOZE + LISTED + REFLECTION + REPORTED
