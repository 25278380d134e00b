"""scormkit.load.yaml: every scalar is text, everything has its place, every mistake is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scormkit.load.yaml import read_settings, read_yaml
from scormkit.model.source import Span

FILE = Span("course.yaml")


def said(text: str) -> list[str]:
    return [str(problem) for problem in read_settings(text, FILE).problems]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: no", "no"),
        ("a: 1.0", "1.0"),
        ("a: 0x10", "0x10"),
        ("a: 2026-11-23", "2026-11-23"),
        ("a: ~", "~"),
        ("a: null", "null"),
        ("a: 12:30:00", "12:30:00"),
        ("a: '1'", "1"),
        ("a: |\n  x\n  y\n", "x\ny\n"),
        ('a: "q\\"q"', 'q"q'),
        ("a: ''", ""),
        ("a:", None),
        ("a: [no, {b: 1}]", ["no", {"b": "1"}]),
    ],
)
def test_scalars_stay_what_the_author_wrote(text: str, value: object) -> None:
    document = read_settings(text, FILE)
    assert document.problems == []
    assert document.data == {"a": value}


def test_keys_and_values_have_places() -> None:
    document = read_yaml("a: 1\nb:\n  - x\n  - c: y\n", FILE, lines_before=3)
    assert document.values[("a",)] == Span("course.yaml", 4, 4)
    assert document.keys[("b",)] == Span("course.yaml", 5, 1)
    assert document.values[("b", 0)] == Span("course.yaml", 6, 5)
    assert document.values[("b", 1, "c")] == Span("course.yaml", 7, 8)
    assert document.keys[("b", 1, "c")] == Span("course.yaml", 7, 5)


def test_a_place_that_is_not_there_is_what_holds_it() -> None:
    document = read_yaml("a: {b: 1}", FILE)
    assert document.place(("a", "c")) == Span("course.yaml", 1, 4)
    assert document.place(("a", "b"), key=True) == Span("course.yaml", 1, 5)


@pytest.mark.parametrize(
    ("text", "begin"),
    [
        ("a: b: c", "course.yaml:1:5: error YML001: cannot be read as YAML: there is a second colon in this line"),
        ("a:\n\t- b", "course.yaml:2:1: error YML002: there is a tab here"),
        ("a: 1\nb: 2\na: 3", "course.yaml:3:1: error YML003: 'a' is written twice; the first is in line 1"),
        ("a: &x 1\nb: *x", "course.yaml:1:4: error YML004: '&x' is a YAML anchor"),
        ("a: *x", "course.yaml:1:4: error YML004: '*x' is a YAML alias"),
        ("<<: {a: 1}", "course.yaml:1:1: error YML004: '<<' is a YAML merge key"),
        ("a: !!python/object:os.system {}", "course.yaml:1:4: error YML005"),
        ("a: 1\n---\nb: 2", "course.yaml:2:1: error YML006"),
        ("? [a]\n: b", "course.yaml:1:3: error YML008"),
        ("- a", "course.yaml:1:1: error YML009: there are no 'key: value' lines here, but a list"),
        ("hello", "course.yaml:1:1: error YML009: there are no 'key: value' lines here, but a text"),
        ("a: 'b", "course.yaml:1:4: error YML001: cannot be read as YAML: a quote is opened here and never closed"),
        ("a: [b", "course.yaml:1:4: error YML001: cannot be read as YAML: a bracket or brace is not closed"),
        (r'a: "b\x01"', "course.yaml:1:4: error SRC005: contains the invisible control character U+0001"),
        ("a: @b", "course.yaml:1:4: error YML001: cannot be read as YAML: a value cannot begin with this character"),
    ],
)
def test_mistakes_are_told_in_plain_words(text: str, begin: str) -> None:
    assert said(text)[0].startswith(begin), said(text)


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, "{a: " * 50_000, "- " * 100_000 + "x", "a:\n" + "\n".join(" " * n + "b:" for n in range(1, 500))],
)
def test_deep_nesting_stops_at_once(text: str) -> None:
    """Without the limit it takes minutes, or the interpreter crashes."""
    assert [problem.id for problem in read_yaml(text, FILE).problems] == ["YML007"]


@given(st.text())
def test_no_text_raises(text: str) -> None:
    if "\ud800" <= max(text, default="a") <= "\udfff":
        return
    document = read_settings(text, FILE)
    assert isinstance(document.data, dict)
    for problem in document.problems:
        assert str(problem)


@given(
    st.dictionaries(
        st.from_regex(r"[a-z]{1,5}", fullmatch=True), st.from_regex(r"[a-z0-9 .]{0,9}[a-z0-9]", fullmatch=True)
    )
)
def test_plain_settings_come_back(settings: dict[str, str]) -> None:
    text = "".join(f"{key}: '{value}'\n" for key, value in settings.items())
    document = read_settings(text, FILE)
    assert document.problems == []
    assert document.data == settings


def test_what_can_be_mended_without_guessing_does_not_hide_the_rest() -> None:
    document = read_settings("a: b: c's\nd:\n\t- 1\ne: @f\ne: 2\n", FILE)
    assert [str(problem).split(": ")[0] + " " + problem.id for problem in document.problems] == [
        "course.yaml:1:5 YML001",
        "course.yaml:3:1 YML002",
        "course.yaml:4:4 YML001",
        "course.yaml:5:1 YML003",
    ]
    assert document.whole
    assert document.data == {"a": "b: c's", "d": ["1"], "e": "2"}


def test_what_cannot_be_mended_is_not_taken_for_the_whole() -> None:
    assert not read_settings("a: [b\nc: d\n", FILE).whole
    assert not read_settings("hello", FILE).whole
