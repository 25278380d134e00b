"""course.lock: numbers that never change their meaning (tracking rules T41, T60)."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scormkit.load import load_texts, prose
from scormkit.load.lock import lock_text, numbered, read_lock, write_lock
from scormkit.model.course import Course, Page, Section
from scormkit.model.question import Option
from scormkit.model.settings import CourseSettings
from scormkit.model.source import Span
from scormkit.questions.choice import Choice

SETTINGS = "id: https://example.org/a\ntitle: A\n"


def course(*pages: str, lock: str = "", settings: str = SETTINGS) -> Course:
    files = {f"pages/{number}.md": text for number, text in enumerate(pages, start=1)}
    return load_texts({"course.yaml": settings, **files, **({"course.lock": lock} if lock else {})}).courses[0]


def question(*options: str, id: str = "q", type: str = "choice") -> str:
    return (
        f":::{{{type}}} Which?\n:id: {id}\n"
        + "".join(f"- [{option[0]}] {option[1:]}\n  > why\n" for option in options)
        + ":::\n"
    )


def numbers(made: Course) -> dict[str, int]:
    return {option.text.text: option.number for option in made.questions[0].answers}


def again(before: Course, *pages: str) -> Course:
    return course(*pages, lock=lock_text(before.lock))


def test_new_things_are_numbered_in_their_order_from_one() -> None:
    made = course("---\nid: b\n---\nx", "---\nid: a\n---\n" + question("xA", " B"))
    assert [(page.id, page.number) for page in made.pages] == [("b", 1), ("a", 2)]
    assert (made.questions[0].number, made.questions[0].revision) == (1, 1)
    assert numbers(made) == {"A": 1, "B": 2}


def test_what_was_renamed_is_told_until_it_is_built_or_mapped() -> None:
    before = course("---\nid: why-wash\n---\n" + question("xA", " B", " C"))
    renamed = again(before, "---\nid: why-washing\n---\n" + question("xA", " B", " D", id="best"))
    assert sorted((p.id, str(p.span)) for p in renamed.problems) == [
        ("LCK006", "pages/1.md:4:1"),
        ("LCK007", "pages/1.md:2:5"),
    ]
    built = again(renamed, "---\nid: why-washing\n---\n" + question("xA", " B", " D", id="best"))
    assert built.problems == ()
    mapped = lock_text(before.lock).replace('"why-wash"', '"why-washing"').replace('"q"', '"best"')
    kept = course("---\nid: why-washing\n---\n" + question("xA", " B", " C", id="best"), lock=mapped)
    assert kept.problems == ()
    assert (kept.pages[0].number, kept.questions[0].number) == (before.pages[0].number, before.questions[0].number)


def test_what_is_new_is_not_taken_for_what_went() -> None:
    before = course(question("xA", " B", " C"), question("xtrue", " false", id="tf"))
    assert again(before, question("xE", " F", " C", id="other"), "x").problems == ()
    first = ":::{true-false} A\n:id: a\n:answer: true\n> correct: x\n:::\n"
    assert again(course(first), first.replace(":id: a", ":id: b")).problems == ()


def test_numbers_stay_when_things_move_and_new_ones_follow() -> None:
    before = course("---\nid: b\n---\nx", "---\nid: a\n---\nx")
    after = again(before, "---\nid: c\n---\nx", "---\nid: a\n---\nx", "---\nid: b\n---\nx")
    assert [(page.id, page.number) for page in after.pages] == [("c", 3), ("a", 2), ("b", 1)]


def test_a_number_is_never_used_again_and_comes_back_to_its_owner() -> None:
    before = course("---\nid: a\n---\nx", "---\nid: b\n---\nx")
    without = again(before, "---\nid: a\n---\nx")
    with_other = again(without, "---\nid: a\n---\nx", "---\nid: c\n---\nx")
    back = again(with_other, "---\nid: b\n---\nx")
    assert [page.number for page in with_other.pages] == [1, 3]
    assert [page.number for page in back.pages] == [2]


def test_options_keep_their_numbers_when_they_are_reordered() -> None:
    before = course(question("xA", " B", " C"))
    after = again(before, question(" C", "xA", " B"))
    assert numbers(after) == {"A": 1, "B": 2, "C": 3}
    assert after.questions[0].revision == 1


def test_a_reworded_option_keeps_its_number_and_the_revision() -> None:
    before = course(question("xA", " B", " C"))
    after = again(before, question("xA", " Better", " C"))
    assert numbers(after) == {"A": 1, "Better": 2, "C": 3}
    assert after.questions[0].revision == 1


@pytest.mark.parametrize(
    "changed",
    [
        question("xA", " B"),
        question("xA", " B", " C", " D"),
        question(" A", "xB", " C"),
        question("xA", "xB", " C", type="multiple"),
    ],
)
def test_what_makes_old_answers_meaningless_is_a_new_revision(changed: str) -> None:
    before = course(question("xA", " B", " C"))
    after = again(before, changed)
    assert after.questions[0].revision == 2
    assert again(after, changed).questions[0].revision == 2
    assert after.questions[0].number == 1


def test_the_number_of_a_removed_option_is_never_used_again() -> None:
    first = course(question("xA", " B", " C"))
    second = again(first, question("xA", " B"))
    third = again(second, question("xA", " B", " D"))
    assert numbers(third) == {"A": 1, "B": 2, "D": 4}


def test_true_false_has_a_revision_when_its_answer_turns() -> None:
    text = ":::{true-false} Is it?\n:id: q\n:answer: true\n> correct: a\n> incorrect: b\n:::\n"
    before = course(text)
    assert again(before, text).questions[0].revision == 1
    assert again(before, text.replace(": true", ": false")).questions[0].revision == 2


def test_another_id_of_the_course_is_an_error() -> None:
    before = course("x")
    after = course("x", lock=lock_text(before.lock), settings=SETTINGS.replace("/a", "/b"))
    (problem,) = after.problems
    assert str(problem).startswith(
        "course.yaml:1:5: error LCK003: the course's id was 'https://example.org/a' and is 'https://example.org/b' now"
    )


@pytest.mark.parametrize(
    ("text", "begin"),
    [
        ("{", "course.lock:1:2: error LCK001: the lock cannot be read: something other than scormkit wrote begins here"),
        ("[]", "course.lock: error LCK001"),
        ('{"format": 1, "course": "x", "pages": {"a": -1}, "questions": {}}', "course.lock: error LCK001"),
        ('{"format": 1, "course": "x", "pages": {"a": true}, "questions": {}}', "course.lock: error LCK001"),
        ('{"format": 1, "course": "x", "pages": {}, "questions": {"q": {"number": 1, "revision": 1, "answers": "", "options": {}, '
         '"used": 1e999}}}', "course.lock: error LCK001"),
        ('{"format": 1}', "course.lock: error LCK001"),
        ("[" * 100_000, "course.lock: error LCK001"),
        ("{\n<<<<<<< HEAD\n", "course.lock:2:1: error LCK002"),
        ('{"format": 2}', "course.lock: error LCK004"),
        ('{"format": 1, "course": "", "pages": {"a": 1, "b": 1}, "questions": {}}', "course.lock: error LCK005"),
    ],
)  # fmt: skip
def test_a_lock_that_cannot_be_used_is_told(text: str, begin: str) -> None:
    (problem,) = course("x", lock=text).problems
    assert str(problem).startswith(begin), str(problem)


TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=12)
OPTIONS = st.lists(st.sampled_from("ABCDEF"), min_size=2, max_size=5, unique=True)


@settings(max_examples=60)
@given(st.lists(OPTIONS, min_size=1, max_size=6))
def test_no_number_ever_means_two_things(versions: list[list[str]]) -> None:
    """Through any history of a question, an option's number stays with its text as long as both are there."""
    made = course(question(*(("x" if n == 0 else " ") + text for n, text in enumerate(versions[0]))))
    for version in versions[1:]:
        before = numbers(made)
        made = again(made, question(*(("x" if n == 0 else " ") + text for n, text in enumerate(version))))
        after = numbers(made)
        assert len(set(after.values())) == len(after)
        assert all(after[text] == number for text, number in before.items() if text in after)


def test_the_text_is_the_same_for_the_same_lock_and_comes_back() -> None:
    made = course(question("xA", " B", id="z") + question("xÄ “q”", " B", id="a"))
    text = lock_text(made.lock)
    assert read_lock(text, Span("x")) == (made.lock, [])
    assert lock_text(read_lock(text, Span("x"))[0]) == text
    assert text.endswith("}\n") and json.loads(text)["course"] == "https://example.org/a"
    assert text.index('"a": {') < text.index('"z": {')


def test_a_course_made_in_code_gets_its_numbers(tmp_path: Path) -> None:
    choice = Choice(id="q", prompt=prose("Which?"), answers=(Option("a", prose("A"), True), Option("b", prose("B"))))
    pages = (Page("one", "One", blocks=(choice,)), Page("two", "Two"))
    made = Course(CourseSettings(id="urn:a", title="A"), (Section(pages),), root=tmp_path)
    first = numbered(made)
    assert [page.number for page in first.pages] == [1, 2]
    assert [option.number for option in first.questions[0].answers] == [1, 2]
    assert numbered(first) is first
    assert write_lock(first)
    turned = numbered(replace(made, sections=(Section(pages[::-1]),)))
    assert [(page.id, page.number) for page in turned.pages] == [("two", 2), ("one", 1)]
    (tmp_path / "course.lock").write_text("{}", encoding="utf-8")
    with pytest.raises(ValueError, match="LCK001"):
        numbered(made)


def test_a_course_in_memory_writes_no_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert not write_lock(course("x"))
    assert list(tmp_path.iterdir()) == []


def test_the_lock_is_written_only_when_it_changes(tmp_path: Path) -> None:
    made = replace(course("x"), root=tmp_path)
    assert write_lock(made)
    assert not write_lock(made)
    assert [path.name for path in tmp_path.iterdir()] == ["course.lock"]
    assert (tmp_path / "course.lock").read_bytes() == lock_text(made.lock).encode()
