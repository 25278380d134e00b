"""Questions in the formats of other programs: out of a course, and into one."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scormkit import check, load
from scormkit.banks import imported, questions_of
from scormkit.exchange.asked import Asked, bank, directive, of_course
from scormkit.exchange.gift import gift, read_gift
from scormkit.exchange.table import read_table, table
from scormkit.load import load_texts

GALLERY = Path(__file__).parent.parent / "docs" / "gallery"
MOODLE = r"""
// question: 1  name: Grants tomb
$CATEGORY: top/Default for History

::Grants tomb::Who is buried in Grant\'s tomb in New York City? {
=Grant
~No one #Was true for 12 years, but Grant\'s remains were buried there in 1897
~Napoleon #He was buried in France
}

::Two:: [markdown]Which are **even**? {
  ~%50%2 #Yes.
  ~%50%4
  ~%-100%3 #Divide it.
  ####Two of them.
}

Grant is buried in a tomb in New York.{TRUE#No.#Yes.}

Two plus {=two =2} equals four.

When was Ulysses S. Grant born? {#1822:5}

What is the value of pi? {#3.141..3.142}

Match the countries. {
  =Canada -> Ottawa
  =Italy -> Rome
  =Japan -> Tokyo
}

Write about it. {}

A statement without braces

Odd { something }
"""


def shown(asked: Asked) -> tuple[str, str, list[tuple[str, bool, str, str]], str]:
    return asked.type, asked.prompt, [(a.text, a.right, a.feedback, a.match) for a in asked.answers], asked.correct


def test_what_moodle_writes_is_read_and_what_is_not_is_told() -> None:
    taken = read_gift(MOODLE.replace("\\'", "'"), "moodle.gift")
    assert [one.type for one in taken.questions] == [
        "choice", "multiple", "true-false", "fill-in", "numeric", "numeric", "matching", "reflection",
    ]  # fmt: skip
    first, two, truth, gap, year, pi, *_ = taken.questions
    assert first.id == "grants-tomb" and first.tags == ("default-for-history",)
    assert [answer.text for answer in first.answers if answer.right] == ["Grant"]
    assert first.answers[2].feedback == "He was buried in France"
    assert two.correct == "Two of them." and [answer.right for answer in two.answers] == [True, True, False]
    assert (truth.correct, truth.incorrect) == ("Yes.", "No.")
    assert gap.prompt == "Two plus ____ equals four."
    assert (year.answers[0].text, pi.answers[0].text) == ("1817:1827", "3.141:3.142")
    told = [(problem.id, problem.span.line) for problem in taken.problems]
    lines = MOODLE.split("\n")
    at = {name: lines.index(name) + 1 for name in ("A statement without braces", "Odd { something }")}
    assert told == [("XCH024", 3), ("XCH023", at["A statement without braces"]), ("XCH023", at["Odd { something }"])]


@pytest.mark.parametrize("format", ["gift", "csv"])
def test_questions_of_a_course_come_back(format: str) -> None:
    ((_, taken, text),) = questions_of(GALLERY, format)
    again = read_gift(text, "a.gift") if format == "gift" else read_table(text, "a.csv")
    assert [problem for problem in again.problems if problem.severity != "info"] == []
    if format == "csv":
        assert [shown(one) for one in again.questions] == [shown(one) for one in taken.questions]
    else:  # GIFT has no place for hints and some feedback, which is told
        for one, other in zip(again.questions, taken.questions, strict=True):
            assert (one.id, one.type, one.prompt) == (other.id, other.type, other.prompt)
            assert [(a.text, a.right, a.match) for a in one.answers] == [
                (a.text, a.right, a.match) for a in other.answers
            ]
    (course,) = load(GALLERY).courses
    drawn = (question for there in course.banks for question in there.questions)
    own = (question for question in course.questions if not question.bank and not question.again)
    ids = {question.id for question in (*own, *drawn)}
    left = {dict(problem.values)["id"] for problem in taken.problems if problem.id == "XCH020"}
    assert {one.id for one in taken.questions} | left == ids


@pytest.mark.parametrize("format", ["gift", "csv"])
def test_what_is_taken_over_is_a_bank_that_builds(tmp_path: Path, format: str) -> None:
    ((_, taken, text),) = questions_of(GALLERY, format)
    pages = "# Welcome\n\nHello.\n"
    (tmp_path / "pages").mkdir()
    (tmp_path / "course.yaml").write_text("id: urn:uuid:0b8c6a52-7c1e-4a53-9f0d-6f1f6a1c2d3e\ntitle: A\nsummary: B\n")
    (tmp_path / "pages" / "01-welcome.md").write_text(pages)
    (tmp_path / "pages" / "02-test.md").write_text("---\ntitle: Test\ntype: assessment\nfrom: [their]\n---\n")
    file = tmp_path / f"their.{format}"
    file.write_text(text, encoding="utf-8", newline="")
    made = imported(file, load(tmp_path).courses[0])
    assert made.path == tmp_path / "banks" / "their.md" and made.questions == len(taken.questions)
    (course,) = load(tmp_path).courses
    assert [str(problem) for problem in check(course) if problem.severity in ("error", "fatal")] == []
    before = made.path.read_bytes()
    again = imported(file, course)
    assert [problem.id for problem in again.problems][-1] == "XCH027" and made.path.read_bytes() == before
    assert imported(file, course, force=True).path == made.path


def test_a_question_may_be_called_what_it_likes(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "course.yaml").write_text("id: urn:uuid:0b8c6a52-7c1e-4a53-9f0d-6f1f6a1c2d3e\ntitle: A\n")
    asked = "\n\n".join(directive(Asked(id, "reflection", f"About {id}?")) for id in ("a", "a-again", "a--b"))
    (tmp_path / "pages" / "01-a.md").write_text(f"{asked}\n")
    ((_, taken, _),) = questions_of(tmp_path, "csv")
    assert [one.id for one in taken.questions] == ["a", "a-again", "a--b"]


@pytest.mark.parametrize("title", ["It's \"so\": 'yes'", "a # b", "- x"])
def test_a_bank_has_whatever_title(title: str) -> None:
    text = bank(title, [Asked("a", "reflection", "Why?")])
    files = {"course.yaml": "id: urn:x:a\ntitle: A\n", "pages/01-a.md": "# A\n\nb\n", "banks/b.md": text}
    (course,) = load_texts(files).courses
    assert list(course.problems) == [] and course.banks[0].title == title


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("1234567:1", "1234566:1234568"), ("0.1:0.2", "-0.1:0.3"), ("3:0", "3"), (".5 .. 1.5", ".5:1.5"), ("-2:-1", "-3:-1"),
        ("1.2.3:4", None), ("1..2..3", None), ("1e5:1", None),
    ],
)  # fmt: skip
def test_numbers_of_gift(said: str, meant: str | None) -> None:
    taken = read_gift(f"How much? {{#{said}}}", "a.gift")
    assert [one.answers[0].text for one in taken.questions] == [meant] * bool(meant)
    assert [problem.id for problem in taken.problems] == ["XCH023"] * (not meant)


def test_what_gift_cannot_say_is_not_said() -> None:
    text = ":::{numeric} How warm?\n:id: warm\n:range: at least 18\n> correct: Yes.\n> incorrect: No.\n:::\n"
    (course,) = load_texts({"course.yaml": "id: urn:x:a\ntitle: A\n", "pages/01-a.md": text}).courses
    assert [problem.id for problem in of_course(course.questions, "GIFT").problems] == ["XCH020"]
    (kept,) = of_course(course.questions, "a table").questions
    assert kept.answers[0].text == "18:"


def test_marks_of_gift_are_kept() -> None:
    text = "Which is {right}: a=b, ~c, #d or e\\f?"
    asked = Asked("a", "reflection", text)
    (again,) = read_gift(gift([asked]), "a.gift").questions
    assert again.prompt == text


def test_no_cell_is_a_formula() -> None:
    text = table([Asked("a", "reflection", "=1+1")])
    assert "'=1+1" in text
    (again,) = read_table(text, "a.csv").questions
    assert again.prompt == "=1+1"


def test_tables_that_lack_something_are_told() -> None:
    told = read_table("kind;question\nchoice;A?\n", "a.csv").problems
    assert [str(problem).partition(";")[0] for problem in told] == [
        "a.csv:1:1: fatal XCH026: the table has no column 'type'"
    ]
    taken = read_table(
        "type;question;right;answer 1\nchoise;A?;1;B\nchoice;;1;B\nchoice;A?;1;\nchoice;A?;2;B\n", "a.csv"
    )
    assert [(problem.id, problem.span.line) for problem in taken.problems] == [
        ("XCH025", 2), ("XCH025", 3), ("XCH025", 4), ("XCH022", 5),
    ]  # fmt: skip


def test_a_directive_is_read_as_the_same_question() -> None:
    (truth,) = read_gift("::t::Is it so? {FALSE#No.#Yes.}", "a.gift").questions
    programme = load_texts({"course.yaml": "id: urn:x:a\ntitle: A\n", "pages/01-a.md": f"# A\n\n{directive(truth)}\n"})
    (question,) = programme.courses[0].questions
    assert (question.id, question.type, question.interaction.correct) == ("t", "true-false", (("false",),))


def test_the_commands(tmp_path: Path) -> None:
    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "scormkit", *words], cwd=tmp_path, capture_output=True, text=True, check=False
        )

    shutil.copytree(GALLERY, tmp_path / "gallery")
    ran = run("export", "gallery", "--questions", "gift")
    assert ran.returncode == 0 and "XCH020" in ran.stdout and "build/gallery-questions.gift: " in ran.stdout
    ran = run("import", "build/gallery-questions.gift", "--into", "gallery")
    assert ran.returncode == 0 and "from: [gallery-questions]" in ran.stdout and "XCH028" in ran.stdout
    ran = run("import", "build/gallery-questions.gift", "--into", "gallery")
    assert ran.returncode == 1 and "XCH027" in ran.stdout
    assert run("import", "build/gallery-questions.gift", "--into", "gallery", "--force").returncode == 0
    assert run("export", "gallery", "--questions", "gift", "--po").returncode == 2
