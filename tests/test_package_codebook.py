"""The code book: every id and code that a report can show is in it, and it is safe to open; and the page of a programme."""

from __future__ import annotations

import csv
import io
import itertools
import re

import pytest
from course_in_code import course as small_course
from course_of_every_kind import INTERACTIONS, course_of_every_kind, words
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from scormkit.load import load_texts
from scormkit.model.course import Course, Page, Section
from scormkit.model.settings import CourseSettings
from scormkit.package.codebook import _harmless, codebook
from scormkit.package.overview import overview

PARTS = ("choices", "scale", "source", "target", "steps")


def read_table(course: Course) -> list[dict[str, str]]:
    data = codebook(course)["codebook.csv"]
    assert data.startswith(b"\xef\xbb\xbf") and b"\r\n" in data
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


@pytest.mark.parametrize("course", [small_course(), course_of_every_kind()], ids=["small", "every-kind"])
def test_every_id_and_code_is_in_both_files(course: Course) -> None:
    rows = read_table(course)
    found = {(row["id"], row["code"]) for row in rows}
    wanted = {(objective.id, "") for objective in course.settings.objectives} | {(page.id, "") for page in course.pages}
    for question in course.questions:
        told = question.interaction
        wanted |= {(told.id, "")} | {(told.id, one.key) for part in PARTS for one in getattr(told, part)}
        wanted |= {(told.id, item) for right in told.correct for item in right if told.kind == "true-false"}
    assert wanted <= found
    page = html.document_fromstring(codebook(course)["codebook.html"])
    codes = {code.text_content() for code in page.iter("code")}
    assert {name for pair in wanted for name in pair if name} <= codes


def test_what_a_question_says() -> None:
    rows = {row["id"]: row for row in read_table(course_of_every_kind()) if row["record"] == "question"}
    assert [row["correct"] for row in rows.values()] == [
        "true", "b", "a,c or a", "kangaroo care or skin-to-skin", "", "a.y,b.x", "s1.done,s2.v1.2", "b,a", "",
        "5 or -2 to 3.5 or at most 9 or at least 4", "", "false",
    ]  # fmt: skip
    assert rows["graded"]["points"] == "2.5" and rows["graded"]["page"] == "Check"
    assert rows["one"]["points"] == "0"  # practice never counts
    assert rows["one"]["objectives"] == "tell"
    assert rows["pairs"]["type"] == "matching"


def test_which_answers_are_right() -> None:
    rows = [row for row in read_table(course_of_every_kind()) if row["code"]]
    right = {(row["id"], row["code"]): row["correct"] for row in rows}
    assert right["one", "b"] == "yes" and right["one", "a"] == "no"
    assert right["truth", "true"] == "yes" and right["graded", "false"] == "yes"
    assert right["order", "a"] == right["agree", "a"] == right["pairs", "x"] == ""


@given(st.text(max_size=20))
def test_no_cell_is_a_formula(text: str) -> None:
    cell = _harmless(text)
    assert not re.match(r"[=+@|%\t\r\n]", cell)
    assert not cell.startswith("-") or float(cell) <= 0


def test_a_course_without_questions() -> None:
    course = Course(
        CourseSettings(id="https://e.org/a", title="<b>T</b>"), (Section((Page("p", "P", blocks=(words("x"),)),)),)
    )
    page = codebook(course)["codebook.html"].decode()
    assert "no questions" in page and "<b>" not in page and "&lt;b&gt;T&lt;/b&gt;" in page
    assert len(read_table(course)) == 1


def test_the_page_needs_nothing_else_and_can_be_read_by_machines() -> None:
    data = codebook(course_of_every_kind())["codebook.html"].decode()
    assert not re.search(r"<(script|link|img|iframe)|url\(|@import|\son\w+=", data)
    page = html.document_fromstring(data)
    assert page.get("lang") == "en-GB" and page.find(".//title").text.startswith("Code book: Every kind")
    levels = [int(one.tag[1]) for one in page.iter("h1", "h2", "h3")]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(below - above <= 1 for above, below in itertools.pairwise(levels))
    for one in page.iter("table"):
        assert one.find("caption") is not None and all(head.get("scope") == "col" for head in one.iterfind("thead//th"))
        assert all(row[0].get("scope") == "row" for row in one.iterfind("tbody/tr"))
    said = [
        one
        for one in page.iter("p", "td", "span")
        if one.text_content().strip() in {i.description for i in INTERACTIONS}
    ]
    assert said and all(one.get("lang") == "cy" for one in said)


def test_the_page_of_a_programme_says_which_words_are_in_which_language() -> None:
    course = "id: urn:x:a\ntitle: Dwylo glân\nlanguage: cy\nduration: 25 minutes\n"
    programme = load_texts({"programme.yaml": "title: Hands", "a/course.yaml": course, "a/pages/01-a.md": "# A\n\nb\n"})
    page = html.fromstring(overview(programme, {"urn:x:a": ["a.zip"]}))
    assert (page.get("lang"), page.xpath("//h1/@lang")) == ("en-GB", [])
    assert page.xpath("//*[@lang='cy']/text()") == ["Dwylo glân", "25 minutes"]
