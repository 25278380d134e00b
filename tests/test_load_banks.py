"""Question banks: which questions tests draw, what they are called there, and what of it is written and reported."""

from __future__ import annotations

import csv
import io
from collections import Counter

import pytest
from lxml import html

from scormkit.load import load_texts
from scormkit.model.course import Course, covered
from scormkit.package.codebook import table
from scormkit.render import render
from scormkit.render.payload import payload
from scormkit.render.words import words

QUESTION = ":::{{true-false}} Is {id} right?[^1]\n:id: {id}\n:tags: {tags}\n:answer: true\n> correct: Yes.\n> incorrect: No.\n:::\n"


def bank(*questions: tuple[str, str], front: str = "") -> str:
    return front + "\n".join(QUESTION.format(id=id, tags=tags) for id, tags in questions) + "\n[^1]: A source.\n"


def course(before: str = "", final: str = "", **more: str) -> Course:
    files = {
        "course.yaml": "id: urn:x:banks\ntitle: Banks\nobjectives: [{id: known, text: To know}, {id: other, text: To do}]\n",
        "banks/hands.md": bank(("gel", "washing"), ("soap", "washing"), ("cot", "moments")),
        "banks/ward/rooms.md": bank(("door", "rooms"), front="---\ntags: [all]\n---\n"),
        "pages/01-before.md": f"---\ntype: pretest\n{before}---\n",
        "pages/02-read.md": "---\nobjectives: known\n---\nText.\n",
        "pages/03-more.md": "---\nobjectives: [known, other]\n---\nText.\n",
        "pages/04-final.md": f"---\ntype: assessment\n{final}---\n",
    }
    (made,) = load_texts({**files, **{name.replace("__", "/"): text for name, text in more.items()}}).courses
    return made


def drawn(made: Course, page: str) -> list[str]:
    return [question.id for one in made.pages if one.id == page for question in one.questions]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("hands", ["gel", "soap", "cot"]),
        ("washing", ["gel", "soap"]),
        ("[moments, ward]", ["cot", "door"]),
        ("ward/rooms", ["door"]),
        ("all", ["door"]),
        ("war", []),
    ],
)
def test_a_test_draws_on_banks_folders_and_tags(names: str, expected: list[str]) -> None:
    assert drawn(course(final=f"from: {names}\n"), "final") == [f"{id}--final" for id in expected]


def test_each_test_has_its_own_copy_with_its_own_number() -> None:
    made = course("from: hands\ncovers: read\n", "from: hands\n")
    assert drawn(made, "before") == ["gel--before", "soap--before", "cot--before"]
    numbers = [question.number for question in made.questions]
    assert len(set(numbers)) == 6 and {question.bank for question in made.questions} == {"hands"}
    assert [question.id for bank in made.banks for question in bank.questions] == ["gel", "soap", "cot", "door"]
    assert made.problems == ()


def test_ids_in_the_page_stay_apart_and_links_to_footnotes_lead_somewhere() -> None:
    made = course("from: hands\ncovers: read\n", "from: hands\n")
    page = html.fromstring(render(made).document)
    ids = Counter(page.xpath("//@id"))
    assert [name for name, count in ids.items() if count > 1] == []
    targets = [link[1:] for link in page.xpath("//sup//a/@href")]
    assert targets and all(target in ids for target in targets)


def test_sections_take_each_question_once_and_reach_payload_and_code_book() -> None:
    sections = (
        "sections:\n  - {title: One, from: washing, draw: 1, pass-mark: 50, weight: 2}\n  - {title: Two, from: hands}\n"
    )
    made = course(
        final=sections + "retake: missed\nwait: 90 minutes\ntime-limit: 1 hour\nweight: 3\nconfidence: true\n"
    )
    told = payload(made, words("en-GB"))["pages"][3]["assessment"]
    assert told["sections"] == [
        {"title": "One", "questions": ["gel--final", "soap--final"], "draw": 1, "passMark": 50, "weight": 2},
        {"title": "Two", "questions": ["cot--final"], "draw": None, "passMark": None, "weight": None},
    ]
    assert (told["retake"], told["wait"], told["timeLimit"], told["weight"]) == ("missed", 5400, 3600, 3)
    assert all(question["confidence"] for question in payload(made, words("en-GB"))["questions"])
    rows = list(csv.DictReader(io.StringIO(table(made).decode("utf-8-sig"))))
    places = {row["id"]: row["page"] for row in rows if row["record"] == "question"}
    assert places == {"gel--final": "Final: One", "soap--final": "Final: One", "cot--final": "Final: Two"}
    assert "pretest" in {row["record"] for row in rows}


def test_what_a_pretest_covers() -> None:
    made = course("from: hands\ncovers: [known]\n", "from: hands\n")
    assert covered(made, ["known"]) == ("read",)
    assert covered(made, ["known", "other"]) == ("read", "more")
    assert covered(made, ["more", "final"]) == ("more",)
    assert payload(made, words("en-GB"))["pages"][0]["assessment"]["covers"] == ["read"]
    assert payload(made, words("en-GB"))["pages"][0]["assessment"]["attempts"] == 1


@pytest.mark.parametrize(
    ("written", "wrong"), [("2 days", "SET005"), ("25 hours", "SET006"), ("soon", "SET005"), ("0 minutes", "SET006")]
)
def test_lengths_of_time_that_cannot_be_meant(written: str, wrong: str) -> None:
    assert [problem.id for problem in course(final=f"from: hands\nwait: {written}\n").problems] == [wrong]
