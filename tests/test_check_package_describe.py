"""What a package is said to be: its standard and edition, what it launches, its sizes."""

from __future__ import annotations

from pathlib import Path

import pytest
from package_cases import BASES, Edit, build

from scormkit.check.package import check_package, is_package
from scormkit.check.package.aicc import course
from scormkit.check.package.describe import describe
from scormkit.check.package.package import Kind

MANIFEST = "imsmanifest.xml"
CP = """<manifest identifier="m" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"><metadata><schema>IMS Content</schema></metadata>
<organizations><organization identifier="o"><title>Hands</title><item identifier="i" identifierref="r"><title>One</title></item>
</organization></organizations><resources><resource identifier="r" type="webcontent" href="index.html"/></resources></manifest>"""
CC = CP.replace("IMS Content", "IMS Common Cartridge").replace(
    "<metadata>", "<metadata><schemaversion>1.3.0</schemaversion>"
)


def version(text: str) -> Edit:
    return {"file": MANIFEST, "replace": "2004 4th Edition", "with": text}


@pytest.mark.parametrize(
    ("base", "edits", "kind", "edition", "launch"),
    [
        ("scorm12", [], Kind.SCORM12, "", "index.html"),
        ("scorm2004", [], Kind.SCORM2004, "4th Edition", "index.html"),
        ("scorm2004", [version("2004 3rd Edition")], Kind.SCORM2004, "3rd Edition", "index.html"),
        ("scorm2004", [version("CAM 1.3")], Kind.SCORM2004, "2nd Edition", "index.html"),
        ("cmi5", [], Kind.CMI5, "", "index.html?section=1"),
        ("xapi", [], Kind.XAPI, "", "index.html"),
        ("xapi", [{"remove": "tincan.xml"}, {"file": MANIFEST, "text": CP}], Kind.IMS_CP, "", "index.html"),
        ("xapi", [{"remove": "tincan.xml"}, {"file": MANIFEST, "text": CC}], Kind.CARTRIDGE, "1.3.0", "index.html"),
    ],
)
def test_kinds(tmp_path: Path, base: str, edits: list[Edit], kind: Kind, edition: str, launch: str) -> None:
    report = check_package(build(base, edits, tmp_path))
    assert (report.package.kind, report.package.edition) == (kind, edition)
    assert describe(report.package).launch == launch


def test_aicc() -> None:
    files = {
        ".crs": "[Course]\r\nCourse_ID = hw\r\nCourse_Title=Hand washing\r\n",
        ".au": '"system_id","file_name"\n"A1","index.html"\n"A2","more.html"\n',
        ".des": '"System_ID","Title"\n"A2","More"\n"A1","Lesson"\n',
    }
    (organization,) = course(files)
    assert organization.title == "Hand washing"
    assert [(i.identifier, i.title, i.launch) for i in organization.items] == [
        ("A1", "Lesson", "index.html"),
        ("A2", "More", "more.html"),
    ]
    assert course({}) == ()
    assert course({".au": '"\0'}) == ()


def test_a_description_has_what_a_designer_asks_for() -> None:
    what = describe(check_package(BASES / "scorm12").package)
    assert (what.standard, what.title, what.language) == ("SCORM 1.2", "Hand washing", "en")
    assert what.summary == "When and how to wash hands."
    assert (what.launched, what.scos, what.files) == (1, 1, 4)
    assert {sort for sort, _, _ in what.sizes} == {"pages", "scripts", "styles", "other"}
    assert [item.title for item in what.items] == ["Hand washing"]


def test_a_course_folder_is_no_package(tmp_path: Path) -> None:
    (tmp_path / "course.yaml").write_text("title: Hands\n", encoding="utf-8")
    assert not is_package(tmp_path)
    assert is_package(BASES / "scorm12")
    assert is_package(Path("course.zip"))
    assert not is_package(Path("course.yaml"))


def test_the_same_findings_for_a_zip_and_a_folder(tmp_path: Path) -> None:
    edits: list[Edit] = [{"file": MANIFEST, "replace": 'sco" href="index.html"', "with": 'sco" href="start.html"'}]
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    folder = check_package(build("scorm12", edits, tmp_path / "a"))
    zipped = check_package(build("scorm12", [*edits, {"zip": True}], tmp_path / "b"))
    assert [(p.id, p.message) for p in folder.problems] == [(p.id, p.message) for p in zipped.problems]
    assert str(zipped.problems[0].span).endswith("package.zip!imsmanifest.xml:25:5")
    assert str(folder.problems[0].span).endswith("package/imsmanifest.xml:25:5")
