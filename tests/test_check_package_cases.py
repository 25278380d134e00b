"""Every rule of the package checker: a bad case with its whole output, and a good neighbour that prints nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from conftest import Expected
from package_cases import build

from scormkit.check import catalogue
from scormkit.check.package import check_package
from scormkit.check.package.calllog import check_log
from scormkit.check.package.statementlist import check_statements

CASES = Path(__file__).parent / "cases" / "package"
FOLDERS = sorted(path for path in CASES.iterdir() if path.is_dir() and not path.name.startswith("_"))
SUBJECTS = ("PKG", "MAN", "SEQ", "TIN", "CMI", "CON", "ACC", "RUN", "XAP", "C5R", "NHS", "HST")

# Rules that speak only while a package runs in a browser; tests/browser has their cases.
AT_RUN_TIME = {"RUN038", "RUN039", "RUN040"}


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


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_bad_case(folder: Path, tmp_path: Path, expected: Expected) -> None:
    lines = said(folder, "bad", tmp_path)
    expected(folder / "expected.txt", lines)
    assert f" {folder.name.partition('-')[0]}: " in lines


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_good_neighbour(folder: Path, tmp_path: Path) -> None:
    assert said(folder, "good", tmp_path) == ""


def test_every_rule_has_a_case() -> None:
    shown = {folder.name.partition("-")[0] for folder in FOLDERS}
    rules = {name for name in catalogue() if name.startswith(SUBJECTS)} - AT_RUN_TIME
    assert rules - shown == set(), "rules without a case folder"
    assert shown - rules == set(), "cases of rules that do not exist"
