"""Every rule of the package checker: a bad case with its whole output, and a good neighbour that prints nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from conftest import Expected
from package_cases import build, is_run

from scormkit.check import catalogue
from scormkit.check.package import check_package
from scormkit.check.package.calllog import check_log
from scormkit.check.package.statementlist import check_statements

CASES = Path(__file__).parent / "cases" / "package"
FOLDERS = sorted(path for path in CASES.iterdir() if path.is_dir() and not path.name.startswith("_"))
STATIC = [path for path in FOLDERS if not is_run(path)]  # the others want a browser: tests/browser/test_trial.py
SUBJECTS = ("PKG", "MAN", "SEQ", "TIN", "CMI", "CON", "ACC", "RUN", "XAP", "C5R", "NHS", "HST")

# The catalogue of checks that was gathered from standards, schemas, hosts and other validators before the first rule was
# written: how many it has of each subject. Rules have its numbers; where one of ours says it in another place, by name.
GATHERED = {
    "PKG": 28,
    "MAN": 59,
    "SEQ": 15,
    "TIN": 9,
    "CMI": 20,
    "CON": 16,
    "ACC": 20,
    "RUN": 30,
    "XAP": 24,
    "C5R": 26,
    "NHS": 5,
}
ELSEWHERE = {"NHS001": "HST001", "NHS002": "HST002"}  # they hold for any host whose profile says so


def said(folder: Path, half: str, here: Path) -> str:
    """What is said of the bad or good package of a case."""
    case = yaml.safe_load((folder / "case.yaml").read_text(encoding="utf-8"))
    base = case.get(f"{half}_base", case["base"])
    path = build(base, case.get(half) or [], here)
    if base.startswith("calls"):
        problems = check_log(path)
    elif path.suffix == ".json":
        problems = check_statements(path)
    else:
        problems = check_package(path / case.get("path", ""), case.get("profiles", ())).problems
    return "".join(f"{problem}\n" for problem in problems).replace(here.as_posix() + "/", "")


@pytest.mark.parametrize("folder", STATIC, ids=lambda path: path.name)
def test_bad_case(folder: Path, tmp_path: Path, expected: Expected) -> None:
    lines = said(folder, "bad", tmp_path)
    expected(folder / "expected.txt", lines)
    assert f" {folder.name.partition('-')[0]}: " in lines


@pytest.mark.parametrize("folder", STATIC, ids=lambda path: path.name)
def test_good_neighbour(folder: Path, tmp_path: Path) -> None:
    assert said(folder, "good", tmp_path) == ""


def test_every_rule_has_a_case() -> None:
    shown = {folder.name.partition("-")[0] for folder in FOLDERS}
    rules = {name for name in catalogue() if name.startswith(SUBJECTS)}
    assert rules - shown == set(), "rules without a case folder"
    assert shown - rules == set(), "cases of rules that do not exist"


def test_the_whole_gathered_catalogue_is_covered() -> None:
    gathered = [f"{subject}{number:03}" for subject, count in GATHERED.items() for number in range(1, count + 1)]
    assert len(gathered) == 252
    known = catalogue()
    assert [name for name in gathered if ELSEWHERE.get(name, name) not in known] == []
