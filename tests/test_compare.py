"""`scormkit diff`: what learners under way lose, for every change that an author can make to a released course."""

from __future__ import annotations

import html
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from scormkit import build
from scormkit.cli import main
from scormkit.compare import Comparison, Contents, Effect, compare, read_release
from scormkit.compare.report import as_data, as_html, as_text
from scormkit.releases import CannotCompare, diff

SETTINGS = """\
id: urn:uuid:0b8c6a52-7c1e-4a53-9f0d-6f1f6a1c2d3e
title: Hand hygiene
version: 1.0.0
summary: When to clean your hands.
formats: [scorm12, xapi]
assessment: {pass-mark: 80, attempts: 3}
objectives:
  - {id: when, text: Say when to clean your hands}
"""
WHY = """\
---
title: Why clean hands matter
objectives: [when]
---
Clean hands protect babies.

![Two hands under water](../media/hands.svg)

They protect you too.

:::{choice} What protects babies best?
:id: best
:objective: when
- [x] Clean hands
  > Yes.
- [ ] Warm hands
  > No.
- [ ] Gloves
  > No.
:::

:::{choice} When do you clean them?
:id: when
:objective: when
- [x] Before touch
  > Yes.
- [ ] At noon
  > No.
- [ ] On Sundays
  > No.
:::

:::{multiple} What do you need?
:id: needs
:objective: when
- [x] Water
  > Yes.
- [x] Soap
  > Yes.
- [ ] Gloves
  > No.
:::
"""
HOW = "---\ntitle: How to clean them\n---\nUse soap and water.\n\nTake your time.\n"
TEST = """\
---
title: Check what you know
type: assessment
objectives: [when]
---
:::{true-false} Gloves make soap needless.
:id: gloves
:objective: when
:answer: false
> correct: Right.
> incorrect: They do not.
:::
"""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>Hands</title></svg>'
FILES = {
    "course.yaml": SETTINGS,
    "pages/01-why.md": WHY,
    "pages/02-how.md": HOW,
    "pages/03-test.md": TEST,
    "media/hands.svg": SVG,
}


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the course, its lock, and its packages in build/."""
    root = tmp_path_factory.mktemp("released")
    for name, text in FILES.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    assert not build(root, out=root / "build").refused
    return root


@pytest.fixture
def edited(released: Path, tmp_path: Path) -> Callable[..., Comparison]:
    """Compares the released SCORM package with the course after files were changed: `edited({file: (old, new)})`."""

    def change(*changes: tuple[str, str, str], without: tuple[str, ...] = ()) -> Comparison:
        course = tmp_path / "course"
        shutil.copytree(released, course, ignore=shutil.ignore_patterns("build"))
        for name in without:
            (course / name).unlink()
        for name, old, new in changes:
            file = course / name
            text = file.read_text(encoding="utf-8") if file.exists() else ""
            assert old in text
            file.write_text(text.replace(old, new) if old else text + new, encoding="utf-8")
        (comparison,) = diff(next((released / "build").glob("*scorm12.zip")), course)
        return comparison

    return change


def told(comparison: Comparison) -> list[tuple[str, str]]:
    return [(change.subject, change.effect.name) for change in comparison.changes]


def test_a_package_is_what_its_folder_makes(edited: Callable[..., Comparison]) -> None:
    comparison = edited()
    assert told(comparison) == []
    assert comparison.verdict == "Safe to replace: learners under way lose nothing."


WHY_FILE, HOW_FILE, TEST_FILE = "pages/01-why.md", "pages/02-how.md", "pages/03-test.md"
CASES: dict[str, tuple[list[tuple[str, str, str]], list[tuple[str, str]]]] = {
    "words of a page": ([(HOW_FILE, "soap and water", "water and soap")], [("wording", "NOTHING")]),
    "words of an answer": ([(WHY_FILE, "Warm hands", "Hands that are warm")], [("wording", "NOTHING")]),
    "feedback": ([(WHY_FILE, "  > Yes.\n- [ ] Warm", "  > Yes, always.\n- [ ] Warm")], [("wording", "NOTHING")]),
    "title of a page": ([(HOW_FILE, "How to clean", "How you clean")], [("page", "NOTHING"), ("wording", "NOTHING")]),
    "version": ([("course.yaml", "1.0.0", "1.1.0")], [("setting", "NOTHING")]),
    "pass mark": ([("course.yaml", "80", "70")], [("setting", "NOTHING"), ("wording", "NOTHING")]),
    "points": ([(TEST_FILE, ":id: gloves", ":id: gloves\n:points: 3")], [("setting", "NOTHING")]),
    "an objective": ([("course.yaml", "Say when", "Know when")], [("objective", "NOTHING")]),
    "a picture": ([("media/hands.svg", "Hands", "Two hands")], [("file", "NOTHING")]),
    "a new page": ([("pages/04-more.md", "", HOW.replace("How", "More on how"))], [("page", "NOTHING")]),
    "another right answer": (
        [(WHY_FILE, "[x] Clean hands", "[ ] Clean hands"), (WHY_FILE, "[ ] Gloves", "[x] Gloves")],
        [("question", "SOME"), ("wording", "NOTHING")],
    ),
    "a question under another id": (
        [(WHY_FILE, ":id: best", ":id: best-of-all")],
        [("question", "SOME"), ("question", "NOTHING")],
    ),
    "a page under another id": ([(HOW_FILE, "title:", "id: soap\ntitle:")], [("page", "SOME"), ("page", "NOTHING")]),
    "right answers in another order": (
        [(WHY_FILE, "- [x] Water\n  > Yes.\n- [x] Soap", "- [x] Soap\n  > Yes.\n- [x] Water")],
        [("question", "NOTHING"), ("wording", "NOTHING")],
    ),
    "another course id, and the lock of the old one": (
        [("course.yaml", "0b8c6a52", "1b8c6a52")],
        [("identifier", "PROGRESS")],
    ),
    "another course id": (
        [("course.yaml", "0b8c6a52", "1b8c6a52"), ("course.lock", "0b8c6a52", "1b8c6a52")],
        [("identifier", "PROGRESS")],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_a_change_does(name: str, edited: Callable[..., Comparison]) -> None:
    changes, effects = CASES[name]
    found = set(told(edited(*changes)))
    assert found >= set(effects)
    assert harm(found) == harm(set(effects))


def harm(found: set[tuple[str, str]]) -> set[tuple[str, str]]:
    return {one for one in found if one[1] != Effect.NOTHING.name}


def test_a_question_that_goes_takes_its_answers(edited: Callable[..., Comparison]) -> None:
    start, end = WHY.index(":::{choice} When"), WHY.index(":::{multiple}")
    comparison = edited((WHY_FILE, WHY[start:end], ""))
    assert [change.what for change in comparison.harmful] == ["the question 'when' is gone, and the answers to it"]
    assert comparison.effect is Effect.SOME
    assert comparison.verdict.startswith("Safe to replace, but")


def test_an_assessment_that_goes_takes_its_results(edited: Callable[..., Comparison]) -> None:
    comparison = edited(without=(TEST_FILE,))
    assert comparison.effect is Effect.PROGRESS
    assert "Tick" in comparison.hosts["NHS Learning Hub"]
    assert "new activity" in comparison.hosts["Moodle"]


def test_without_the_lock_progress_is_lost(edited: Callable[..., Comparison]) -> None:
    """Numbers given anew in another order: what was saved for one page would be read for another."""
    comparison = edited((WHY_FILE, "", ""), ("pages/00-first.md", "", HOW), without=("course.lock",))
    assert comparison.effect is Effect.PROGRESS
    assert any("saved progress points elsewhere" in change.what for change in comparison.harmful)
    assert comparison.verdict.startswith("Not known: the numbers of saved progress are guessed")
    assert "put back the lock" in comparison.guessed
    assert comparison.hosts["NHS Learning Hub"] == "Not known before there is a course.lock."
    for report in (as_text(comparison), as_html([comparison])):
        assert comparison.guessed in html.unescape(report)
    assert as_data(comparison)["guessed"] == comparison.guessed


def test_an_old_folder_without_its_lock_is_to_be_built_first(released: Path, tmp_path: Path) -> None:
    shutil.copytree(released, tmp_path / "old", ignore=shutil.ignore_patterns("build", "course.lock"))
    (comparison,) = diff(tmp_path / "old", released)
    assert "run scormkit build there first" in comparison.guessed
    (comparison,) = diff(released, released)
    assert comparison.guessed == ""


def test_a_new_page_does_not_reword_every_other_one(edited: Callable[..., Comparison]) -> None:
    """Each page says which of how many it is."""
    comparison = edited(("pages/99-last.md", "", "---\ntitle: The last\n---\n\nWords.\n"))
    assert [change.what for change in comparison.changes if change.subject == "wording"] == []


def test_another_id_is_another_course_to_every_host(edited: Callable[..., Comparison]) -> None:
    changes, _ = CASES["another course id"]
    comparison = edited(*changes)
    assert {change.subject for change in comparison.harmful} == {"identifier"}
    assert "other activities" in comparison.hosts["xAPI"]
    assert "Moodle would delete" in comparison.hosts["Moodle"]


def test_another_format_leaves_the_records_behind(released: Path) -> None:
    scorm, xapi = (next((released / "build").glob(f"*{name}.zip")) for name in ("scorm12", "xapi"))
    (comparison,) = diff(scorm, xapi)
    assert comparison.effect is Effect.PROGRESS
    assert [change.subject for change in comparison.harmful] == ["identifier"]


def test_an_unpacked_package_is_the_same_package(released: Path, tmp_path: Path) -> None:
    package = next((released / "build").glob("*scorm12.zip"))
    shutil.unpack_archive(package, tmp_path / "unpacked")
    (comparison,) = diff(package, tmp_path / "unpacked")
    assert told(comparison) == []


def test_packages_of_other_tools_are_compared_from_outside() -> None:
    def other(identifier: str) -> Any:
        manifest = f'<manifest xmlns="x" identifier="m"><item identifier="{identifier}"/></manifest>'
        data = {"imsmanifest.xml": manifest.encode(), "a.html": b"a"}
        return read_release(
            Contents("other.zip", {name: (len(b), 0) for name, b in data.items()}, data.__getitem__, "scorm12")
        )

    assert compare(other("one"), other("one")).verdict.startswith("Not known")
    assert compare(other("one"), other("two")).effect is Effect.PROGRESS


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("imsmanifest.xml", b"<manifest"),
        ("imsmanifest.xml", b"<!DOCTYPE m [<!ENTITY a 'b'>]><m/>"),
        ("index.html", b'<script type="application/json" id="course">{"id": </script>'),
        ("index.html", b'<script type="application/json" id="course">{"id": 1}</script>'),
        ("index.html", b'<script type="application/json" id="course">[]</script>'),
    ],
)
def test_damaged_packages_are_refused_in_words(name: str, data: bytes, tmp_path: Path) -> None:
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / name).write_bytes(data)
    with pytest.raises(CannotCompare, match="p cannot be read"):
        diff(tmp_path / "p", tmp_path / "p")


def test_a_course_with_errors_is_refused(tmp_path: Path) -> None:
    (tmp_path / "course.yaml").write_text("titel: x\n", encoding="utf-8")
    with pytest.raises(CannotCompare, match="scormkit check"):
        diff(tmp_path, tmp_path)


def test_courses_of_a_programme_are_paired_by_their_ids(released: Path, tmp_path: Path) -> None:
    (tmp_path / "programme.yaml").write_text("title: Hygiene\n", encoding="utf-8")
    ignored = shutil.ignore_patterns("build")
    for name, digit in (("hand", "0"), ("mouth", "2")):
        shutil.copytree(released, tmp_path / name, ignore=ignored)
        for file in ("course.yaml", "course.lock"):
            text = (tmp_path / name / file).read_text(encoding="utf-8")
            (tmp_path / name / file).write_text(text.replace("0b8c6a52", f"{digit}b8c6a52"), encoding="utf-8")
    package = next((released / "build").glob("*scorm12.zip"))
    assert [comparison.effect for comparison in diff(package, tmp_path)] == [Effect.NOTHING]
    shutil.rmtree(tmp_path / "hand")
    shutil.copytree(tmp_path / "mouth", tmp_path / "nose")
    text = (tmp_path / "nose" / "course.yaml").read_text(encoding="utf-8")
    (tmp_path / "nose" / "course.yaml").write_text(text.replace("2b8c6a52", "3b8c6a52"), encoding="utf-8")
    (tmp_path / "nose" / "course.lock").unlink()
    with pytest.raises(CannotCompare, match="no course in common"):
        diff(package, tmp_path)


def test_reports_say_the_same_in_every_form(edited: Callable[..., Comparison]) -> None:
    comparison = edited((HOW_FILE, "soap and water", "<b>soap</b> & water"), (WHY_FILE, ":id: best", ":id: finest"))
    text, data, page = as_text(comparison), as_data(comparison), as_html([comparison])
    assert data["effect"] == "some"
    for change in comparison.changes:
        assert change.what in text
    assert "- Use soap and water." in text and "+ Use soap & water." in text
    assert page.count("<del>") >= 1 and "soap &amp; water" in page
    assert "http" not in page.replace("http-equiv", ""), "nothing is fetched"


def test_the_command_leaves_with_1_when_somebody_loses_something(released: Path, tmp_path: Path) -> None:
    package = str(next((released / "build").glob("*scorm12.zip")))
    run = CliRunner().invoke
    assert run(main, ["diff", package, str(released)]).exit_code == 0
    course = tmp_path / "course"
    shutil.copytree(released, course, ignore=shutil.ignore_patterns("build"))
    (course / "course.lock").unlink()
    (course / "pages" / "00-first.md").write_text(HOW, encoding="utf-8")
    worse = run(main, ["diff", package, str(course), "--json"])
    assert worse.exit_code == 1
    assert json.loads(worse.stdout)[0]["effect"] == "progress"
    assert run(main, ["diff", package, str(tmp_path / "nothing.zip")]).exit_code == 2
    report = tmp_path / "report.html"
    assert run(main, ["diff", package, str(released), "--format", "html", "-o", str(report)]).exit_code == 0
    assert report.read_text(encoding="utf-8").startswith("<!doctype html>")
