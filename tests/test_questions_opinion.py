"""likert, poll and hotspot: what they read and what they tell an LMS."""

from __future__ import annotations

import pytest
from lxml import html

from scormkit.load import load_texts
from scormkit.model.course import Course
from scormkit.model.question import Kind, Question
from scormkit.questions.hotspot import Area, Hotspot
from scormkit.render import render

SETTINGS = "id: https://example.org/a\ntitle: A\n"
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 40" width="60" height="40"></svg>'
OPINION = """\
Which *one*?
:id: one
- No
- Perhaps
  > Say more.
- Yes
> Thank you,
> all.
:::
"""
HOTSPOT = """\
:::{hotspot} Where?
:id: where
:image: ../media/a room.svg
:alt: A [small] room
- [x] The *left*: wall: 0, 10.5%, 30, 40
  > Yes.
- [ ] Right: 50,0 , 50,100
- [x] Middle: 31, 0, 10, 10
:::
"""


def course(body: str) -> Course:
    files = {"course.yaml": SETTINGS, "pages/1.md": body, "media/a room.svg": PICTURE}
    return load_texts(files).courses[0]


def read(body: str) -> Question:
    made = course(body)
    assert [str(problem) for problem in made.problems] == []
    (question,) = made.questions
    return question


@pytest.mark.parametrize("name", ["likert", "poll"])
def test_opinions(name: str) -> None:
    question = read(f":::{{{name}}} {OPINION}")
    assert [(option.key, option.text.text, option.correct) for option in question.answers] == [
        ("a", "No", False),
        ("b", "Perhaps", False),
        ("c", "Yes", False),
    ]
    assert question.answers[1].feedback is not None and question.answers[1].feedback.text == "Say more."
    assert question.comment is not None and question.comment.text == "Thank you, all."
    told = question.interaction
    assert (told.kind, told.correct, told.choices) == (Kind.LIKERT, (), ())
    assert [(one.key, one.text) for one in told.scale] == [("a", "No"), ("b", "Perhaps"), ("c", "Yes")]
    assert (question.scoring, question.tries) == ("none", 0)


def test_only_a_poll_is_shuffled() -> None:
    shuffled = OPINION.replace(":id: one", ":id: one\n:shuffle: true")
    assert read(":::{poll} " + shuffled).shuffle
    assert [problem.id for problem in course(":::{likert} " + shuffled).problems] == ["DIR009"]


@pytest.mark.parametrize("option", ["points", "graded", "tries"])
def test_what_would_mean_nothing_is_refused(option: str) -> None:
    body = ":::{poll} " + OPINION.replace(":id: one", f":id: one\n:{option}: 1")
    assert [problem.id for problem in course(body).problems] == ["DIR009"]


def test_a_comment_is_there_for_readers_without_script() -> None:
    page = html.document_fromstring(render(course(":::{likert} " + OPINION)).launch_page())
    (comment,) = page.xpath("//details[@data-answers]//*[@data-feedback='comment']")
    assert "Thank you" in comment.text_content()
    assert not page.xpath("//details[@data-answers]//*[@data-right]")


def test_hotspot() -> None:
    question = read(HOTSPOT)
    assert isinstance(question, Hotspot)
    assert [(option.key, option.text.html, option.correct) for option in question.answers] == [
        ("a", "The <em>left</em>: wall", True),
        ("b", "Right", False),
        ("c", "Middle", True),
    ]
    assert question.areas == (Area("a", 0, 10.5, 30, 40), Area("b", 50, 0, 50, 100), Area("c", 31, 0, 10, 10))
    told = question.interaction
    assert (told.kind, told.correct) == (Kind.CHOICE, (("a",), ("c",)))
    assert [one.text for one in told.choices] == ["The left: wall", "Right", "Middle"]


def test_a_hotspots_picture_is_packed_and_its_areas_are_drawn() -> None:
    site = render(course(HOTSPOT))
    assert "media/a room.svg" in site.files
    page = html.document_fromstring(site.launch_page())
    (picture,) = page.xpath("//*[@data-hotspot]//img")
    assert (picture.get("src"), picture.get("alt")) == ("media/a%20room.svg", "A [small] room")
    areas = page.xpath("//*[@data-hotspot]//*[@data-area]")
    assert [(area.get("data-area"), area.xpath("string(*[last()])")) for area in areas] == [
        ("a", "1"),
        ("b", "2"),
        ("c", "3"),
    ]
    assert page.xpath("//*[@data-hotspot]/*[name()='svg']/@aria-hidden") == ["true"]
    assert not page.xpath("//@style")


def test_areas_that_touch_do_not_overlap() -> None:
    left, right, inner = Area("a", 0, 0, 50, 50), Area("b", 50, 0, 50, 50), Area("c", 10, 10, 5, 5)
    assert not left.overlaps(right) and not right.overlaps(left)
    assert left.overlaps(inner) and inner.overlaps(left)
