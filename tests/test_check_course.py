"""What the cases in tests/cases/course cannot show: severities, days, hosts, and that a course made in code is checked too."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scormkit.check import check
from scormkit.load import load_texts, prose
from scormkit.load.lock import MERGE, OTHER_COURSE
from scormkit.model.course import Course, Media, Page, Programme, Section
from scormkit.model.problem import Problem, Severity
from scormkit.model.prose import Link, Prose
from scormkit.model.question import Option
from scormkit.model.settings import CourseSettings
from scormkit.model.source import Span
from scormkit.questions.choice import Choice

TODAY = date(2026, 11, 23)


def course(*, blocks: tuple[Any, ...] = (Prose("<p>Wash.</p>", "Wash.", "Wash."),), **said: Any) -> Course:
    """A course of one page that has no problem, with the settings that are `said`."""
    stated = {
        "id": "urn:uuid:0b8c6a52-7c1e-4a53-9f0d-6f1f6a1c2d3e",
        "title": "Hand hygiene",
        "summary": "Wash.",
        **said,
    }
    page = Page("why", "Why clean hands matter", blocks=blocks, number=1, span=Span("pages/01-why.md"))
    return Course(CourseSettings.model_validate(stated), (Section((page,)),))


def ids(subject: Course | Programme, **how: Any) -> list[str]:
    return [problem.id for problem in check(subject, today=TODAY, **how)]


def test_a_course_made_in_code_can_be_clean() -> None:
    assert ids(course()) == []


def test_problems_are_sorted_by_place_and_told_once() -> None:
    twice = replace(course(version="x", title="Untitled"), span=Span("course.yaml"))
    twice = replace(twice, places={"title": Span("course.yaml", 2, 8), "version": Span("course.yaml", 1, 10)})
    found = Programme((twice, twice))
    assert ids(found) == ["SET114", "SET118"]


def test_problems_of_loading_are_told_too() -> None:
    assert ids(Programme((replace(course(), problems=(MERGE.at(Span("a")),)),), problems=(MERGE.at(Span("b")),))) == [
        "LCK002",
        "LCK002",
    ]


@pytest.mark.parametrize(
    ("wish", "severity"),
    [("off", None), ("info", Severity.INFO), ("warning", Severity.WARNING), ("error", Severity.ERROR)],
)
def test_a_check_can_have_another_severity(wish: str, severity: Severity | None) -> None:
    found = check(course(duration="a while", checks={"SET117": wish}), today=TODAY)
    assert [problem.severity for problem in found] == ([severity] if severity else [])


@pytest.mark.parametrize("wish", ["off", "info", "warning"])
def test_an_error_stays_an_error(wish: str) -> None:
    found = check(course(version="x", checks={"SET114": wish}), today=TODAY)
    assert {problem.id: problem.severity for problem in found} == {
        "SET114": Severity.ERROR,
        "SET125": Severity.WARNING,
    }


def test_the_review_is_overdue_on_the_day_after() -> None:
    due = course(review={"next-review": "2026-11-22"})
    assert ids(due) == ["SET120"]
    assert [p.id for p in check(due, today=date(2026, 11, 22))] == []


def test_profiles_given_stand_in_for_those_of_the_settings() -> None:
    long = course(copyright="Crown copyright 2026, all rights reserved")
    assert ids(long) == []
    assert ids(long, profiles=("generic", "nhs-learning-hub")) == ["PRF103"]
    with pytest.raises(KeyError):
        check(long, profiles=("webct",))


def test_a_new_course_may_have_a_new_id() -> None:
    moved = replace(course(), problems=(OTHER_COURSE.at(Span("course.yaml"), before="urn:x:a", now="urn:x:b"),))
    assert [p.severity for p in check(moved, today=TODAY)] == [Severity.ERROR]
    assert [p.severity for p in check(moved, today=TODAY, new_course=True)] == [Severity.INFO]


@pytest.mark.parametrize(
    "identifier",
    [
        "https://learning.nhs.uk/courses/hand-hygiene",
        "urn:uuid:0b8c6a52-7c1e-4a53-9f0d-6f1f6a1c2d3e#hands",
        "urn:oid:1.2.826.0.1",
        "http://nhs.uk/x",
    ],
)
def test_permanent_ids(identifier: str) -> None:
    assert ids(course(id=identifier)) == []


@pytest.mark.parametrize("tag", ["en", "en-GB", "cy", "es-419", "de-DE-1996", "en-x-nhs"])
def test_language_tags(tag: str) -> None:
    assert ids(course(language=tag)) == []


@pytest.mark.parametrize("tag", ["zh-Hant-TW", "sl-rozaj"])
def test_languages_without_words_are_told(tag: str) -> None:
    assert ids(course(language=tag)) == ["SET128"]


@pytest.mark.parametrize("tag", ["english", "en_GB", "e", "en-GB-", "en--GB", "12"])
def test_no_language_tags(tag: str) -> None:
    assert ids(course(language=tag)) == ["SET115"]


@pytest.mark.parametrize(
    "words", ["25 minutes", "1 hour", "1 hour 30 minutes", "1h 30m", "1.5 hours", "PT25M", "PT1H30M", "P1DT2H"]
)
def test_durations(words: str) -> None:
    assert ids(course(duration=words)) == []


@pytest.mark.parametrize("words", ["a while", "25", "PT", "P", "minutes", "25 pages"])
def test_no_durations(words: str) -> None:
    assert ids(course(duration=words)) == ["SET117"]


@pytest.mark.parametrize("version", ["1", "1.0", "1.0.0", "2026.11.23", "1.0.0-draft", "1.0.0+nhs.2"])
def test_versions(version: str) -> None:
    assert ids(course(version=version)) == []


@pytest.mark.parametrize("version", ["v1", "1.0.0.0", "1/0", "../1", "1.0 final", "1.0.0-", "1..0"])
def test_no_versions(version: str) -> None:
    assert ids(course(version=version)) == ["SET114"]


def test_references_in_blocks_are_links_too() -> None:
    """A question or block holds links in fields of any depth; none is overlooked."""
    link = Link("image", "https://www.nhs.uk/x.png", "https://www.nhs.uk/x.png", Span("pages/01-why.md", 9, 1), "Hands")
    hint = Prose("<p>See.</p>", "See.", "See.", links=(link,))
    asked = Choice(id="best", prompt=Prose("?", "?", "What is best?"), hint=hint, number=1)
    assert "LNK101" in ids(course(blocks=(asked,)))


@pytest.mark.parametrize("address", ["#/nowhere", "#/nowhere/heading", "#heading"])
def test_links_of_a_course_made_in_code_lead_somewhere(address: str) -> None:
    assert ids(course(blocks=(prose(f"Read [why]({address}).", "why"),))) == ["LNK113"]
    assert ids(course(blocks=(prose("Read [why](#/why).", "why"),))) == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("glossary.yaml", "Word: See [the start]({}) and ![](media/no.png).\n"),
        ("references.yaml", "key: See [the start]({}) and ![](media/no.png).\n"),
        ("banks/b.md", ":::{{choice}} Where is [the start]({})?\n:id: q\n- [x] a ![](../media/no.png)\n- [ ] b\n:::\n"),
    ],
)
def test_what_stands_beside_the_pages_is_read_too(path: str, text: str) -> None:
    settings = "id: https://hospital.org/x\ntitle: X\n"
    page = "---\ntype: assessment\nfrom: b\n---\n[[Word]] [@key]\n" if path.startswith("banks") else "[[Word]] [@key]\n"
    known = {"glossary.yaml": "Word: A.\n", "references.yaml": "key: B.\n"}
    for address in ("nowhere.md", "#nowhere"):
        files = {"course.yaml": settings, "pages/1.md": page, **known, path: text.format(address)}
        found = {problem.id for problem in check(load_texts(files)) if problem.span.path == path}
        assert {"LNK113", "LNK115", "AXS101"} <= found


def test_hosts_that_keep_other_lengths_are_told_by_their_strictest() -> None:
    keywords = ", ".join(f"keyword-{n}" for n in range(90)).split(", ")
    found = check(course(keywords=keywords), profiles=("moodle", "nhs-learning-hub", "generic"), today=TODAY)
    assert [p.id for p in found if "1000" in str(p)] == ["PRF103"]


def test_media_of_a_course_made_in_code(tmp_path: Any) -> None:
    made = course()
    media = Media("media/hands.png", tmp_path / "hands.png", 2_500_000, "png", 1600, 900)
    assert [(p.id, str(p.span)) for p in check(replace(made, media=(media,)), today=TODAY)] == [
        ("MED112", "media/hands.png")
    ]


def test_what_is_said_of_a_problem_names_its_level() -> None:
    problem = Problem(MERGE, Span("a.md", 3, 1), level=Severity.INFO)
    assert str(problem) == f"a.md:3:1: info LCK002: {MERGE.text}; {MERGE.remedy}"


# Pieces of what authors write, well and badly formed; hypothesis puts them together in any order.
PIECES = st.sampled_from(
    [
        "# Title\n",
        "## Why\n",
        "####\n",
        "**Bold as a whole**\n\n",
        "ALWAYS CLEAN YOUR HANDS FIRST {0} {name}\n\n",
        "[here](02.md#x) [](https://[::1) [x](https://u:p@x?sid=1)\n\n",
        "![{alt}](../media/x.PNG)\n\n",
        "| a | |\n|---|---|\n| 1 | 2 |\n\n",
        "|---\n",
        ":::{choice} All of the above? {}\n:tries: 0\n- [x] {a}\n- [ ] Both A and B\n- [ ] \n:::\n\n",
        ":::{multiple} NOT?\n:points: 0\n- [x] A\n  > {}\n- [x] B\n:::\n",
        ":::{true-false} \u202e\n:answer: true\n:::\n",
        ":::{figure} ../media/x.PNG\n:alt: image\n:::\n",
        ":::\n",
        "\U0001f44f\U0001f44f\U0001f44f\ufe0f\n",
        "<b>{x}\n\n",
    ]
)
FRONTS = st.sampled_from(
    ["", "---\ntype: assessment\ndraw: 3\npass-mark: 0\n---\n", "---\nid: results\nobjectives: [a, b]\n---\n"]
)
SETTINGS = st.sampled_from(
    [
        "id: '{x}'\ntitle: '{0}'\n",
        "id: https://[x\ntitle: a\nversion: '{v}'\nkeywords: 'a;b'\nduration: '{d}'\nlanguage: '{l}'\n",
        "id: urn:x:y\ntitle: a\nobjectives: [{id: a, text: b}, {id: a, text: c}]\ncompletion: assessment\nprofile: [aicc-relay]\n",
        "",
    ]
)


@settings(max_examples=150)
@given(SETTINGS, st.lists(st.tuples(FRONTS, st.lists(PIECES, max_size=6)), max_size=4))
def test_whatever_is_written_every_finding_can_be_told(said: str, pages: list[tuple[str, list[str]]]) -> None:
    files = {"course.yaml": said, "media/x.PNG": b"\x89PNG\r\n\x1a\n"}
    files |= {f"pages/{n:02}.md": front + "".join(pieces) for n, (front, pieces) in enumerate(pages)}
    found = check(load_texts(files), today=TODAY)
    assert [str(problem) for problem in found] == [str(problem) for problem in sorted(found)]
    assert len(found) == len(set(found))


def said(text: str) -> list[str]:
    """What is found in a page that says `text`."""
    return ids(course(blocks=(prose(text),)))


@pytest.mark.parametrize(
    "text",
    [
        "AHPs are OT, PT, SLT and RD staff.",
        "NHS NICE BAPM RCSLT guidance.",
        "DO NOT RUN here.",
        "**Consultation is not bad.** It is different.",
        "**Note:** wash first.",
        "Look at the left side of the baby.",
        "Well done! \U0001f44f\U0001f44f",
        "[Statutory guidance](https://www.nhs.uk) and [statutory guidance](https://www.nhs.uk)",
        "[doi.org/10.1002/ped4](https://doi.org/10.1002/ped4)",
        "[Read more about hands](https://www.nhs.uk)",
        "[Write to us](mailto:hands@nhs.uk) or [ring](tel:+441234)",
        "## When\n\n### Example\n\nx\n\n## How\n\n### Example\n\ny",
        "| | Day | Night |\n|---|---|---|\n| Wash | yes | yes |",
    ],
)
def test_good_prose_is_left_alone(text: str) -> None:
    assert said(text) == []


ASKED = {
    "Which word fits best?": [],
    "What makes this co-production, and not co-design?": [],
    "A mother does not come. What do you do first?": [],
    "Which of these is not a sign of hunger?": ["QST117"],
    "Who should never be asked?": ["QST117"],
    "All of these help EXCEPT one. Which?": ["QST117"],
    "Which of these is **not** a sign of hunger?": [],
}


@pytest.mark.parametrize("text", ASKED)
def test_questions_for_what_is_not_so(text: str) -> None:
    asked = Choice(id="q", prompt=prose(text), answers=answers("Rooting", "Sleep", "Crying"), number=1)
    assert ids(course(blocks=(asked,))) == ASKED[text]


OPTIONS = {
    "All of the above": ["QST116"],
    "None of these": ["QST115"],
    "Both A and B": ["QST116"],
    "a and c": ["QST116"],
    "The first two answers": ["QST116"],
    "Vitamins A and D": [],
    "One rung above: co-design": [],
    "Both parents and staff": [],
    "The first hour at the breast": [],
    "A and E": ["QST116"],
}


@pytest.mark.parametrize("text", OPTIONS)
def test_answers_that_point_to_others(text: str) -> None:
    shuffled = Choice(id="q", prompt=prose("What?"), answers=answers("Rooting", "Sleep", text), number=1, shuffle=True)
    assert ids(course(blocks=(shuffled,))) == OPTIONS[text]


def answers(*texts: str) -> tuple[Option, ...]:
    why = prose("Why.")
    return tuple(Option("abc"[n], prose(text), n == 0, why, n + 1, Span("q.md", n + 1)) for n, text in enumerate(texts))
