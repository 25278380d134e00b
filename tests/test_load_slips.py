"""What authors type by mistake, and what must not be taken for one."""

from __future__ import annotations

import pytest

from scormkit.load import load_texts
from scormkit.model.course import Course

HEAD = "id: https://hospital.org/learning/hands\ntitle: Hands\n"


def course(page: str = "Text.\n", settings: str = "") -> Course:
    return load_texts({"course.yaml": HEAD + settings, "pages/1.md": page}).courses[0]


def told(page: str = "Text.\n", settings: str = "") -> list[str]:
    return [str(problem) for problem in course(page, settings).problems]


@pytest.mark.parametrize(
    "page",
    [
        "#1 is the first.\n",
        "\\#hands\n",
        "`##x`\n",
        "A note[^1].\n\n[^1]: Said.\n",
        "\\[^1] and `[^2]`\n",
        "| a | b |\n|---|---|\n| 1 | 2 |\n",
        "a | b, said once\n",
        "Text\n---\n",
        "[WHO](https://who.int/) and <https://who.int/>\n",
        "`https://who.int/`\n",
        "```\n:: {note}\n##x\n[^1]\nhttps://who.int\n```\n",
        "- a\n  - b\n    - c\n      - d\n",
        ":::{quote} Ada\n:source: Notes\nSource: her notes say so.\n:::\n",
        ":::{choice} Q?\n:id: q\n```\n:tries: 2\n```\n- [x] a\n  > y\n- [ ] b\n- [ ] c\n:::\n",
        ":::{sequencing} Q?\n:id: q\n1. a\n1. b\n1. c\n> correct: y\n> incorrect: n\n:::\n",
        ":::{numeric} Q?\n:id: q\n:answer: 0,125\n> correct: y\n> incorrect: n\n:::\n",
    ],
)
def test_what_is_meant_is_not_told(page: str) -> None:
    assert told(page) == []


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (":answer: 1,500", "':answer: 1,500' can be read in two ways; write 1500 or 1.500"),
        (
            ":range: 1,500 to 2,000",
            "':range: 1,500 to 2,000' holds '1,500', which can be read in two ways; write 1500 or 1.500",
        ),
        (":range: at least 2,000", "holds '2,000', which can be read in two ways; write 2000 or 2.000"),
    ],
)
def test_a_number_that_two_readers_read_differently_is_told(answer: str, expected: str) -> None:
    (line,) = told(f":::{{numeric}} Q?\n:id: q\n{answer}\n> correct: y\n> incorrect: n\n:::\n")
    assert "QST081" in line and line.endswith(expected)


@pytest.mark.parametrize(
    "page",
    [
        ":::{choice} Q?\n:id: q\n- [x] a\n  > y\n  - deeper\n- [ ] b\n- [ ] c\n:::\n",
        ":::{poll} Q?\n:id: q\n- a\n  - deeper\n- b\n:::\n",
        ":::{fill-in} Q?\n:id: q\n- word\n  - deeper\n> correct: y\n:::\n",
    ],
)
def test_a_list_inside_an_answer_is_never_lost_in_silence(page: str) -> None:
    (line,) = told(page)
    assert " error QST0" in line and ("a list inside it" in line or "has a list under it" in line)


@pytest.mark.parametrize(
    ("address", "instead"),
    [
        ("https://youtu.be/M7lc1UVf-VE", "https://www.youtube-nocookie.com/embed/M7lc1UVf-VE"),
        ("https://www.youtube.com/watch?list=x&v=M7lc1UVf-VE#t", "https://www.youtube-nocookie.com/embed/M7lc1UVf-VE"),
        ("https://vimeo.com/76979871", "https://player.vimeo.com/video/76979871"),
        ("https://www.youtube-nocookie.com/embed/M7lc1UVf-VE", ""),
        ("https://player.vimeo.com/video/76979871", ""),
    ],
)
def test_a_page_that_cannot_be_embedded_names_the_one_that_can(address: str, instead: str) -> None:
    lines = told(f":::{{embed}} {address}\n:title: T\n:consent: C.\nText.\n:::\n")
    assert [instead in line for line in lines] == ([True] if instead else [])


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ("objectives: first\n", "'- id: ...' and below it the rest of id, text, met-by"),
        ("keywords: {a: b}\n", "write a list: [one, another]"),
        ("assessment: 80\n", "'pass-mark: ...'; there are pass-mark, attempts, score"),
        ("checks: SET119\n", "such as 'SET119: off'"),
        ("checks: {set119: off}\n", "'set119' is not the ID of a message, such as SET119"),
        (
            "review: {signed-off: [{name: A, role: R, date: 2026-11-01, version: 1.0.0, hash: zz}]}\n",
            "as 'scormkit review --hash' prints it",
        ),
        ("completion: passed\n", "'passed' is not one of the values of 'completion'"),
        ("summary: > Hands\n", "> and | at the beginning of a value"),
        ("VERSION: 1.0.0\n", "did you mean 'version'?"),
    ],
)
def test_what_a_setting_wants_is_shown(settings: str, expected: str) -> None:
    lines = told(settings=settings)
    assert any(expected in line for line in lines), lines


def test_one_slip_in_the_settings_is_told_once() -> None:
    found = load_texts({"course.yaml": "id:\ntitle: Hands\n", "pages/1.md": "Text.\n"})
    assert [problem.id for problem in (*found.problems, *found.courses[0].problems)] == ["SET008"]


def test_times_are_told_in_words() -> None:
    (line,) = told("---\nmin-time: 2 hours\n---\n\nText.\n")
    assert line.endswith("'min-time' is 2 hours, which is too big; write at most 30 minutes")
