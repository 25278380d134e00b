"""Packages of other makers, where they are present: their verdicts are those of docs/verdicts.md.

The samples are not part of the project; where they are not present, only our own packages are checked.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from scormkit.check.package import check_package
from scormkit.model.problem import Severity
from scormkit.pipeline import build

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT.parent / "shared" / "samples"
FILES = sorted([*SAMPLES.glob("*/*.zip"), *SAMPLES.glob("*/*.xml")])
TABLE = re.compile(r"^\| `([^`]+)` \| ([^|]*) \| ([^|]*) \| ([^|]*) \|", re.M)


def row(path: Path) -> tuple[str, str, str]:
    """What is said of a sample: its kind, and the rules that found something, errors apart from the rest."""
    report = check_package(path)
    kind = f"{report.package.kind.label} {report.package.edition}".strip()
    errors = {p.id for p in report.problems if p.severity in (Severity.FATAL, Severity.ERROR)}
    warnings = {p.id for p in report.problems if p.severity is Severity.WARNING}
    return kind, " ".join(sorted(errors)) or "none", " ".join(sorted(warnings)) or "none"


def verdicts() -> dict[str, tuple[str, str, str]]:
    text = (ROOT / "docs" / "verdicts.md").read_text(encoding="utf-8")
    return {
        name: (kind.strip(), errors.strip(), warnings.strip()) for name, kind, errors, warnings in TABLE.findall(text)
    }


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(SAMPLES).as_posix())
def test_a_sample_gets_the_verdict_of_the_page(path: Path) -> None:
    assert row(path) == verdicts()[path.relative_to(SAMPLES).as_posix()]


def test_every_surprise_is_explained() -> None:
    """Each rule that finds an error in a sample stands in the explanations below the table."""
    text = (ROOT / "docs" / "verdicts.md").read_text(encoding="utf-8")
    explained = text.partition("## Why")[2]
    for _, errors, _ in verdicts().values():
        for rule in errors.replace("none", "").split():
            assert rule in explained, f"{rule} is not explained"


def test_our_own_packages_have_no_findings(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "course", tmp_path / "course")
    built = build(tmp_path / "course", out=tmp_path / "build")
    assert built.packages
    for package in built.packages:
        assert [str(problem) for problem in check_package(package.path).problems] == []
