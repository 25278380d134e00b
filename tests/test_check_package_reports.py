"""Reports of the checker: each form says the same, can be read by what reads it, and holds nothing of a package unescaped."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import Expected
from package_cases import BASES, build

from scormkit import __version__
from scormkit.check import catalogue, report
from scormkit.check.package import check_package, htmltree
from scormkit.check.report import Subject, of_package
from scormkit.check.report_html import page, verdicts
from scormkit.check.report_junit import junit
from scormkit.check.report_sarif import sarif
from scormkit.check.severities import apply, parse
from scormkit.model.problem import Severity
from scormkit.pipeline import examine, examine_all

GOLDEN = Path(__file__).parent / "golden" / "check-report"
HOSTILE = "</script><img src=x onerror=alert(1)>\"'&\x08"
EDITS = [
    {"file": "imsmanifest.xml", "replace": 'sco" href="index.html"', "with": 'sco" href="start.html"'},
    {"file": "index.html", "replace": '<html lang="en">', "with": "<html>"},
    {"zip": True},
]


@pytest.fixture
def subjects(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Subject]:
    """A package with faults, and one without."""
    build("scorm12", EDITS, tmp_path)
    (tmp_path / "good").symlink_to(BASES / "xapi")
    monkeypatch.chdir(tmp_path)
    return [of_package(check_package(Path(name))) for name in ("package.zip", "good")]


def test_text(subjects: list[Subject], expected: Expected) -> None:
    expected(GOLDEN / "report.txt", report.text(subjects))


def test_json(subjects: list[Subject], expected: Expected) -> None:
    expected(GOLDEN / "report.json", json.dumps(report.data(subjects), indent=1, ensure_ascii=False) + "\n")


def test_html(subjects: list[Subject], expected: Expected) -> None:
    pictured = replace(subjects[0], pictures=(("lesson", b"\x89PNG"),))
    expected(GOLDEN / "report.html", page([pictured, subjects[1]]).replace(__version__, "0.0.0"))


def test_junit(subjects: list[Subject]) -> None:
    root = ElementTree.fromstring(junit(subjects))
    bad, good = root.findall("testsuite")
    assert bad.get("failures") == "1"
    assert {case.get("name") for case in bad if case.find("failure") is not None} == {"MAN028"}
    assert (good.get("tests"), good.get("failures")) == ("1", "0")
    strict = ElementTree.fromstring(junit(subjects, strict=True)).find("testsuite")
    assert strict is not None and int(strict.get("failures", "0")) > 1


def test_sarif(subjects: list[Subject]) -> None:
    run = sarif(subjects)["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    by_id = {result["ruleId"]: result for result in run["results"]}
    assert by_id["MAN028"]["level"] == "error"
    assert by_id["ACC001"]["level"] == "warning"
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    place = by_id["MAN028"]["locations"][0]
    assert place["physicalLocation"]["artifactLocation"]["uri"] == "package.zip"
    assert place["logicalLocations"][0]["fullyQualifiedName"] == "package.zip!imsmanifest.xml:25:5"
    assert by_id["MAN028"]["message"]["text"].startswith("imsmanifest.xml:25:5: ")


def test_the_html_report_is_one_accessible_page(subjects: list[Subject], tmp_path: Path) -> None:
    """Judged by our own rules: the report is put into a package and checked."""
    text = page(subjects)
    (tmp_path / "report").mkdir()
    (tmp_path / "report" / "index.html").write_text(text, encoding="utf-8")
    found = {p.id for p in check_package(tmp_path / "report").problems} - {"PKG003", "ACC020", "ACC018"}
    assert found == set()
    assert any(element.tag == "main" for element in htmltree.parse(text).elements)


def test_no_word_of_a_package_becomes_markup(tmp_path: Path) -> None:
    edits = [
        {"file": "imsmanifest.xml", "replace": "<title>Hand washing</title>\n      </item>",
         "with": "<title>&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;</title>\n      </item>"},
        {"file": "imsmanifest.xml", "replace": 'sco" href="index.html"', "with": 'sco" href="&lt;img src=x&gt;.html"'},
    ]  # fmt: skip
    subject = of_package(check_package(build("scorm12", edits, tmp_path)))
    subject = replace(subject, path=HOSTILE)
    tags = [element for element in htmltree.parse(page([subject])).elements if element.tag in ("img", "script")]
    assert tags == []
    assert ElementTree.fromstring(junit([subject])) is not None
    json.dumps(sarif([subject]))


def test_aicc_is_refused_where_it_is_not_taken(tmp_path: Path) -> None:
    """It has no XML manifest that the host's rules could be about."""
    (tmp_path / "course").mkdir()
    for name, text in {
        "c.crs": "[Course]\nCourse_Title=Hands",
        "c.au": '"system_id","file_name"',
        "c.des": "",
        "c.cst": "",
    }.items():
        (tmp_path / "course" / name).write_text(text, encoding="utf-8")
    report = check_package(tmp_path / "course", ["nhs-learning-hub", "moodle"])
    assert [verdict.severity for verdict in report.verdicts] == [Severity.ERROR, Severity.INFO]


def test_verdicts_in_one_line(tmp_path: Path) -> None:
    line = verdicts(check_package(BASES / "cmi5"))
    assert "Cornerstone OnDemand: works" in line
    assert "Moodle 4.5 (mod_scorm): 1 error" in line


def test_severities_are_changed_by_id_and_by_subject(subjects: list[Subject]) -> None:
    problems = subjects[0].problems
    changed = apply(problems, parse(["ACC = off", "acc001=error", "# nothing", "MAN028=info"], catalogue()))
    assert {p.id: p.severity for p in changed if p.id in ("ACC001", "MAN028")} == {
        "ACC001": Severity.ERROR,
        "MAN028": Severity.INFO,
    }
    assert not any(p.id == "ACC020" for p in changed)


@pytest.mark.parametrize("line", ["ACC999=error", "ACC001=loud", "ACC001", "nonsense=off"])
def test_a_severity_that_makes_no_sense_is_told(line: str) -> None:
    with pytest.raises(ValueError, match=r"there is no message|is no severity"):
        parse([line], catalogue())


def test_a_profile_adds_what_holds_there(tmp_path: Path) -> None:
    assert {p.id for p in check_package(BASES / "cmi5", ["moodle"]).problems} == {"HST001"}
    assert check_package(BASES / "cmi5").problems == ()
    with pytest.raises(KeyError):
        check_package(BASES / "cmi5", ["nowhere"])


def test_many_packages_are_reported_in_their_order(tmp_path: Path) -> None:
    """By several processes, where the machine has several processors."""
    paths = []
    for number in range(9):
        (tmp_path / str(number)).mkdir()
        paths.append(
            build("scorm12", [{"zip": True, "name": f"{number}.zip"}] if number % 2 else EDITS, tmp_path / str(number))
        )
    found = list(examine_all(paths, ["moodle"]))
    assert [subject.path for subject in found] == [path.as_posix() for path in paths]
    assert [bool(subject.problems) for subject in found] == [number % 2 == 0 for number in range(9)]
    assert report.data(found) == report.data([examine(path, ["moodle"]) for path in paths])
