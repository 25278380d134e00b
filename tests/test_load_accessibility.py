"""accessibility.json: what a test run wrote is read whole or not at all."""

from __future__ import annotations

import json

import pytest

from scormkit.load import load_texts
from scormkit.model.course import Course

RESULTS = {
    "course": "urn:a",
    "version": "1.0.0",
    "date": "2026-11-29",
    "tools": ["axe-core 4.14.1"],
    "pages": ["x", "~results"],
    "circumstances": ["light", "narrow"],
    "violations": [],
}


def read(results: str) -> Course:
    settings = "id: urn:a\ntitle: A\naccessibility: {results: tests/found.json}\n"
    return load_texts({"course.yaml": settings, "pages/01-x.md": "x", "tests/found.json": results}).courses[0]


def test_results_are_read() -> None:
    course = read(json.dumps(RESULTS, indent=2))
    assert [str(problem) for problem in course.problems] == []
    found = course.accessibility_results
    assert found is not None and found.date.isoformat() == "2026-11-29"
    assert (found.pages, found.circumstances, found.standard) == (("x", "~results"), ("light", "narrow"), "WCAG 2.2 AA")


@pytest.mark.parametrize(
    ("results", "said"),
    [
        ("{", "tests/found.json"),
        ("[]", "tests/found.json"),
        ("", "tests/found.json needs 'course'"),
        (
            json.dumps(RESULTS | {"circumstances": ["moonlight"]}),
            "'moonlight' is not one of the values of 'circumstances'",
        ),
        (json.dumps(RESULTS | {"date": "soon"}), "SET"),
        (json.dumps(RESULTS | {"passed": True}), "there is no setting 'passed'"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_claimed(results: str, said: str) -> None:
    course = read(results)
    assert said in "\n".join(map(str, course.problems))
    assert course.accessibility_results is None
