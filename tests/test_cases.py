"""Cases: a tiny course, or an unpacked package, and the WHOLE output of its check.

    tests/cases/course/<ID>-<what>/
      course.yaml, pages/, media/      the course
      made.json                        optional: files that git cannot keep or should not (their size and first bytes)
      expected.txt                     every line that the check prints, and nothing else

`clean-...` folders must print nothing.
"""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from conftest import Expected

from scormkit.check import catalogue, check
from scormkit.load import load

CASES = Path(__file__).parent / "cases" / "course"
FOLDERS = sorted(path for path in CASES.iterdir() if path.is_dir())
TODAY = date(2026, 11, 23)

NOT_A_COURSE = {
    "SRC001",  # a file that may not be read: root may read all; tests/test_load.py
    "BUD101",  # takes more than a thousand questions; tests/test_check_budget.py
    "BUD102",
    "BUD103",
}
COURSE = (
    "SRC",
    "YML",
    "SET",
    "PGE",
    "DIR",
    "MDN",
    "LNK",
    "MED",
    "AXS",
    "QST",
    "ASM",
    "RUL",
    "BLK",
    "THM",
    "LCK",
    "BUD",
    "PRF",
    "LNG",
)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_case(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, expected: Expected) -> None:
    course = tmp_path / "course"
    shutil.copytree(folder, course, ignore=shutil.ignore_patterns("expected.txt", "made.json"), symlinks=True)
    make(folder / "made.json", course)
    monkeypatch.chdir(course)
    problems = check(load("."), today=TODAY)
    said = "".join(f"{problem}\n" for problem in problems)
    expected(folder / "expected.txt", said)
    if folder.name.startswith("clean"):
        assert said == ""
    else:
        assert folder.name.partition("-")[0] in {problem.id for problem in problems}


def make(listed: Path, course: Path) -> None:
    """Writes the files that made.json lists: their size and what they begin with (in hexadecimal digits), or a link."""
    if not listed.exists():
        return
    for name, how in json.loads(listed.read_text(encoding="utf-8")).items():
        file = course / name
        file.parent.mkdir(parents=True, exist_ok=True)
        if "link" in how:
            file.symlink_to(how["link"])
            continue
        with file.open("wb") as stream:
            stream.write(bytes.fromhex(how.get("begins", "")))
            stream.truncate(how.get("size", stream.tell()))


def test_every_rule_of_a_course_has_a_case() -> None:
    shown = {folder.name.partition("-")[0] for folder in FOLDERS}
    rules = {name for name in catalogue() if name.startswith(COURSE)} - NOT_A_COURSE
    assert not rules - shown, "rules without a case folder"
    assert not {name for name in shown if name != "clean"} - rules, "cases of rules that do not exist"
