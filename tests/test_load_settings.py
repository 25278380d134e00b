"""scormkit.load.settings: what is wrong in a settings file is told at its own line and column, all at once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import Expected

from scormkit.load import load_texts
from scormkit.load.schema import FILES, schema
from scormkit.load.settings import read
from scormkit.load.yaml import read_settings
from scormkit.model.settings import CourseSettings, PageSettings
from scormkit.model.source import Span

SCHEMAS = Path(__file__).parent.parent / "scormkit" / "standards" / "settings"
FILE = Span("course.yaml")
MINIMAL = "id: https://example.org/a\ntitle: A\n"


def course(text: str) -> tuple[CourseSettings, list[str]]:
    settings, problems = read(
        CourseSettings, read_settings(text, FILE), FILE, "course.yaml", otherwise={"id": "urn:x", "title": "X"}
    )
    return settings, [str(problem) for problem in problems]


def test_a_minimal_course_has_all_defaults() -> None:
    settings, problems = course(MINIMAL)
    assert problems == []
    assert (settings.version, settings.language, settings.formats) == ("0.1.0", "en-GB", ("scorm12", "xapi"))
    assert settings.assessment.pass_mark == 80


def test_values_are_read_as_they_are_meant() -> None:
    settings, problems = course(
        MINIMAL + "version: 1.0\nprofile: moodle\nauthors: A. Writer\ncompletion: assessment\n"
        "assessment: {pass-mark: 75 %, attempts: 3}\nreview: {next-review: 2027-11-01}\n"
    )
    assert problems == []
    assert settings.version == "1.0"
    assert settings.profile == ("moodle",)
    assert settings.authors == ("A. Writer",)
    assert settings.completion is not None and settings.completion.rule == "assessment"
    assert settings.assessment.pass_mark == 75
    assert settings.assessment.attempts == 3
    assert str(settings.review.next_review) == "2027-11-01"


def test_a_title_may_be_a_word_that_yaml_takes_for_false() -> None:
    assert course("id: urn:a\ntitle: no\n")[0].title == "no"


@pytest.mark.parametrize(
    ("line", "begin"),
    [
        ("titel: X", "course.yaml:3:1: error SET001: there is no setting 'titel'; did you mean 'title'?"),
        ("navigation: fre", "course.yaml:3:13: error SET003: 'fre'"),
        ("completion: page", "course.yaml:3:13: error SET003: 'page' is not one of the values of"),
        ("profile: [moodle, mudle]", "course.yaml:3:19: error SET003: 'mudle'"),
        ("summary: [a]", "course.yaml:3:10: error SET004: 'summary' is a list where a text is expected"),
        ("assessment: 80", "course.yaml:3:13: error SET004: 'assessment' is '80' where a group of keys is expected"),
        ("assessment: {pass-mark: eighty}", "course.yaml:3:25: error SET005: 'eighty' is not a number, which 'pass-mark' wants"),
        ("assessment: {pass-mark: 120}", "course.yaml:3:25: error SET006: 'pass-mark' is 120, which is too big"),
        ("assessment: {passmark: 80}", "course.yaml:3:14: error SET001: there is no setting 'passmark'; did you mean 'pass-mark'?"),
        ("review: {next-review: soon}", "course.yaml:3:23: error SET005: 'soon' is not a date such as 2027-11-01"),
        ("objectives: [{id: A b, text: x}]", "course.yaml:3:19: error SET007: 'A b' cannot be an id"),
        ("objectives: [{id: a}]", "course.yaml:3:14: error SET002: 'objectives' needs 'text'"),
        ("summary:", "course.yaml:3:1: error SET008: 'summary' has no value"),
        ("formats: []", "course.yaml:3:10: error SET008: 'formats' has no value"),
    ],
)  # fmt: skip
def test_each_mistake_has_its_place_and_remedy(line: str, begin: str) -> None:
    settings, problems = course(MINIMAL + line + "\n")
    assert len(problems) == 1, problems
    assert problems[0].startswith(begin), problems[0]
    assert settings.title == "A"


def test_what_may_have_been_meant_is_said() -> None:
    _, problems = course(MINIMAL + "navigation: fre\nprofile: mudle\n")
    assert "'fre' is not one of the values of 'navigation'; did you mean 'free'? write free or in-order" in problems[1]
    assert "'mudle' is not one of the values of 'profile'; did you mean 'moodle'?" in problems[0]


def test_what_is_missing_is_told_and_stood_in_for() -> None:
    settings, problems = course("version: 2\n")
    assert [problem.split(": ", 2)[2].split(";")[0] for problem in problems] == [
        "course.yaml needs 'id'",
        "course.yaml needs 'title'",
    ]
    assert (settings.id, settings.title, settings.version) == ("urn:x", "X", "2")


def test_all_mistakes_are_told_at_once() -> None:
    _, problems = course("titel: X\nnavigation: up\nassessment: {pass-mark: x, attempts: 100}\n")
    assert len(problems) == 5  # the id is missing; of the title only that it is misspelt is told


def test_front_matter_takes_one_value_for_a_list() -> None:
    document = read_settings("objectives: tell\nshuffle: options\n", FILE)
    settings, problems = read(PageSettings, document, FILE, "front matter")
    assert problems == []
    assert (settings.objectives, settings.shuffle) == (("tell",), ("options",))


def test_a_course_says_again_what_its_programme_says() -> None:
    programme = load_texts(
        {
            "programme.yaml": "publisher: P\nlanguage: cy\nprofile: moodle\ntitle: T\n",
            "a/course.yaml": "id: urn:a\ntitle: A\nlanguage: fr\n",
            "a/pages/01-x.md": "x",
            "b/course.yaml": "id: urn:b\ntitle: B\n",
            "b/pages/01-x.md": "x",
        }
    )
    assert [str(problem) for course in programme.courses for problem in course.problems] == []
    first, second = (course.settings for course in programme.courses)
    assert (first.publisher, first.language, first.profile) == ("P", "fr", ("moodle",))
    assert (second.publisher, second.language) == ("P", "cy")


@pytest.mark.parametrize("name", FILES)
def test_the_schemas_for_editors_are_current(name: str, expected: Expected) -> None:
    """Written by `scormkit.load.schema.schema`."""
    expected(SCHEMAS / f"{name}.json", schema(name))


def test_the_schemas_take_what_scormkit_takes() -> None:
    course = json.loads(schema("course"))
    assert "number" in course["properties"]["version"]["type"]
    assert {"$ref": "#/$defs/Completion"} in course["properties"]["completion"]["anyOf"]
    assert course["required"] == ["id", "title"]
    assert course["additionalProperties"] is False
    page = json.loads(schema("page"))
    assert [kind["type"] for kind in page["properties"]["pass-mark"]["anyOf"]] == ["number", "string"]
    assert [kind["type"] for kind in page["properties"]["shuffle"]["anyOf"]] == ["string", "array"]
