"""The command line, as somebody who has never seen Python meets it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

SCORMKIT = [sys.executable, "-m", "scormkit"]


def scormkit(*words: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs the command in `cwd` and returns what it printed and how it ended."""
    return subprocess.run(
        [*SCORMKIT, *map(str, words)],
        cwd=cwd,
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
        check=False,
    )


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A fresh starter course in the folder `mine`."""
    ran = scormkit(
        "new",
        "mine",
        "--title",
        'Tea: "a" primer',
        "--id",
        "urn:uuid:7d3f0bb2-3c53-4c7a-8f7e-0d6f2a4b5c6d",
        cwd=tmp_path,
    )
    assert ran.returncode == 0, ran.stderr
    return tmp_path / "mine"


def test_new_makes_a_course_that_builds_without_a_finding(course: Path) -> None:
    ran = scormkit("build", "mine", "--strict", cwd=course.parent)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert {p.suffix for p in (course.parent / "build").iterdir()} == {".zip", ".csv", ".html"}
    with zipfile.ZipFile(next((course.parent / "build").glob("*-scorm12.zip"))) as package:
        manifest = package.read("imsmanifest.xml").decode()
    assert "Tea: &quot;a&quot; primer" in manifest or 'Tea: "a" primer' in manifest


def test_new_overwrites_nothing(course: Path) -> None:
    mine = (course / "course.yaml").read_bytes()
    ran = scormkit("new", "mine", cwd=course.parent)
    assert ran.returncode == 1
    assert "OUT002" in ran.stdout
    assert (course / "course.yaml").read_bytes() == mine


def test_build_without_a_folder_takes_the_course_here(course: Path) -> None:
    ran = scormkit("build", cwd=course)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert list((course / "build").glob("*-xapi.zip"))


def test_build_refuses_a_course_with_an_error_and_writes_nothing(course: Path) -> None:
    page = course / "pages" / "02-practice.md"
    page.write_text(page.read_text().replace("- [x]", "- [ ]"))
    ran = scormkit("build", "mine", cwd=course.parent)
    assert ran.returncode == 1
    assert "mine/pages/02-practice.md:7:" in ran.stdout.replace("\\", "/")
    assert "Nothing was built." in ran.stderr
    assert not (course.parent / "build").exists()


def test_build_json_is_one_object_with_checksums(course: Path) -> None:
    ran = scormkit("build", "mine", "--json", cwd=course.parent)
    told = json.loads(ran.stdout)
    assert told["built"] is True
    assert {p["format"] for p in told["packages"]} == {"scorm12", "xapi"}
    assert all(
        len(p["sha256"]) == 64 and (course.parent / p["path"]).stat().st_size == p["bytes"] for p in told["packages"]
    )


def test_check_ends_with_one_where_something_is_wrong(course: Path) -> None:
    assert scormkit("check", "mine", cwd=course.parent).returncode == 0
    (course / "course.yaml").write_text("titel: Tea\n")
    ran = scormkit("check", "mine", cwd=course.parent)
    assert ran.returncode == 1
    assert "did you mean" in ran.stdout
    assert "Traceback" not in ran.stdout + ran.stderr


def test_misuse_ends_with_two(tmp_path: Path) -> None:
    assert scormkit("biuld", cwd=tmp_path).returncode == 2
    ran = scormkit("explain", "QST00X", cwd=tmp_path)
    assert ran.returncode == 2
    assert "did you mean QST0" in ran.stderr


def test_explain_says_what_why_and_what_to_do(tmp_path: Path) -> None:
    ran = scormkit("explain", "out002", cwd=tmp_path)
    assert ran.returncode == 0
    assert ran.stdout.startswith("OUT002 (error)")
    assert "What to do:" in ran.stdout
    assert "Why:" in ran.stdout


def test_without_a_browser_a_pdf_is_refused_with_a_way_out(course: Path) -> None:
    ran = scormkit("print", "mine", "--pdf", cwd=course.parent, PATH="")
    assert ran.returncode == 1
    assert "install Chromium" in ran.stderr and "leave out --pdf" in ran.stderr
    assert not list(course.parent.rglob("*.pdf"))


def test_messages_are_listed_all_or_by_subject(tmp_path: Path) -> None:
    everything = scormkit("explain", "--all", cwd=tmp_path).stdout
    assert "OUT002  error    " in everything and "MAN028  error    " in everything
    subject = scormkit("explain", "man", cwd=tmp_path).stdout
    assert subject.startswith("MAN: Packages: imsmanifest.xml\nMAN001  fatal    ")
    assert "OUT002" not in subject
    assert scormkit("explain", cwd=tmp_path).returncode == 2


def test_a_recorded_log_is_checked(tmp_path: Path) -> None:
    call = {
        "at": 0,
        "session": 1,
        "call": "LMSSetValue",
        "arguments": ["cmi.core.lesson_status", "done"],
        "result": "false",
    }
    (tmp_path / "log.json").write_text(json.dumps({"standard": "scorm12", "calls": [call]}))
    ran = scormkit("check", "--log", "log.json", cwd=tmp_path)
    assert ran.returncode == 1
    assert "log.json: error RUN001: LMSSetValue was called before LMSInitialize" in ran.stdout
    (tmp_path / "log.json").write_text("[]")
    assert "fatal RUN041" in scormkit("check", "--log", "log.json", cwd=tmp_path).stdout
    assert scormkit("check", "--log", "--statements", "log.json", cwd=tmp_path).returncode == 2


def test_one_package_is_told_where_it_works(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as package:
        package.writestr("cmi5.xml", "<courseStructure/>")
    assert "Moodle 4.5 (mod_scorm): " in scormkit("check", "a.zip", cwd=tmp_path).stderr


def test_a_folder_without_a_course_is_told_so(tmp_path: Path) -> None:
    ran = scormkit("build", cwd=tmp_path)
    assert ran.returncode == 1
    assert "Traceback" not in ran.stderr
    assert "course.yaml" in ran.stdout


def test_output_is_plain_where_no_terminal_watches(course: Path) -> None:
    (course / "course.yaml").write_text("titel: Tea\n")
    assert "\x1b[" not in scormkit("check", "mine", cwd=course.parent).stdout


def test_help_shows_an_example(tmp_path: Path) -> None:
    assert "Example" in scormkit("build", "--help", cwd=tmp_path).stdout


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_a_build_that_is_interrupted_leaves_nothing_half_written(course: Path) -> None:
    """Ctrl-C at many moments: every zip that is there is whole, and no other file is left over."""
    film = course / "media" / "film.mp4"
    with film.open("wb") as file:
        file.truncate(200_000_000)
    page = course / "pages" / "01-welcome.md"
    (course / "media" / "film.vtt").write_text("WEBVTT\n\n00:00.000 --> 00:01.000\nFilm.\n")
    page.write_text(
        page.read_text() + "\n:::{video} ../media/film.mp4\n:captions: ../media/film.vtt\n\nTranscript.\n:::\n"
    )
    for wait in (0.0, 0.05, 0.15, 0.3, 0.6):
        shutil.rmtree(course.parent / "build", ignore_errors=True)
        with subprocess.Popen(
            [*SCORMKIT, "build", "mine"],
            cwd=course.parent,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        ) as process:
            while not (course.parent / "build").exists() and process.poll() is None:
                time.sleep(0.01)
            time.sleep(wait)
            process.send_signal(signal.SIGINT)
            _, errors = process.communicate()
        assert "Traceback" not in errors
        for path in (course.parent / "build").glob("*"):
            assert path.suffix in {".zip", ".csv", ".html"}, f"{path.name} was left over"
            if path.suffix == ".zip":
                assert zipfile.ZipFile(path).testzip() is None


@pytest.mark.parametrize("report", ["json", "sarif", "junit", "html", "text"])
def test_check_writes_each_kind_of_report(course: Path, report: str) -> None:
    scormkit("build", "mine", cwd=course.parent)
    package = next((course.parent / "build").glob("*-scorm12.zip"))
    ran = scormkit("check", package, "mine", "--format", report, "-o", "report", cwd=course.parent)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    written = (course.parent / "report").read_text(encoding="utf-8")
    if report == "sarif":
        assert json.loads(written)["version"] == "2.1.0"
    else:
        assert package.name in written
    if report == "json":
        assert len(json.loads(written)["checked"]) == 2


def test_check_can_be_told_other_severities(course: Path) -> None:
    (course / "media" / "left-over.svg").write_bytes((course / "media" / "path.svg").read_bytes())
    first = scormkit("check", "mine", cwd=course.parent)
    found = next(word for word in first.stdout.split() if word.startswith("MED")).rstrip(":")
    assert scormkit("check", "mine", "--severity", f"{found}=error", cwd=course.parent).returncode == 1
    assert found not in scormkit("check", "mine", "--severity", f"{found}=off", "-v", cwd=course.parent).stdout
    ran = scormkit("check", "mine", "--severity", "NONE99=off", cwd=course.parent)
    assert ran.returncode == 2
    assert "no message" in ran.stderr


def test_the_budget_names_each_question(course: Path) -> None:
    shown = scormkit("check", "mine", "--budget", cwd=course.parent).stdout
    assert "saved progress takes at most" in shown
    assert "of 4096 characters" in shown
    for question in ("where-pages", "plain-text", "page-holds"):
        assert question in shown


def test_a_build_says_what_its_packages_send_about_learners(course: Path) -> None:
    scormkit("build", "mine", cwd=course.parent)
    sent = next((course.parent / "build").glob("*-scorm12-sent.csv")).read_text(encoding="utf-8-sig")
    assert "cmi.core.lesson_status" in sent
    assert "result.score" not in sent


def test_a_report_makes_its_folder_and_one_that_cannot_be_written_is_told(course: Path) -> None:
    ran = scormkit("check", "mine", "--format", "json", "-o", "reports/one.json", cwd=course.parent)
    assert ran.returncode == 0 and json.loads((course.parent / "reports" / "one.json").read_text())
    ran = scormkit("check", "mine", "--format", "json", "-o", "mine/course.yaml/report.json", cwd=course.parent)
    assert ran.returncode == 1
    assert "cannot make the folder" in ran.stderr and "Traceback" not in ran.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("new", "other", "--title", " "), "it is empty"),
        (("new", "other", "--id", "hygiene"), "write an address that you control"),
        (("diff", "mine", "empty"), "neither a course (no course.yaml) nor a package"),
        (("preview", "empty", "--no-open"), "there is no course and no package in empty"),
        (("preview", "missing", "--no-open"), "there is no course and no package in missing"),
        (("export", "mine"), "--xliff, --po or --questions"),
        (("export", "mine", "--xliff", "--po"), "say one thing to write"),
        (("export", "mine", "--questions", "gift", "--to", "cy"), "--to is about translations"),
        (("print", "mine", "--pdf", "-o", "sheet.html"), "does not end in .pdf"),
    ],
)
def test_what_cannot_be_meant_ends_with_two_and_writes_nothing(course: Path, words: tuple[str, ...], told: str) -> None:
    (course.parent / "empty").mkdir()
    ran = scormkit(*words, cwd=course.parent)
    assert ran.returncode == 2 and told in ran.stderr, ran.stdout + ran.stderr
    assert sorted(path.name for path in course.parent.iterdir()) == ["empty", "mine"]


def test_a_file_of_comments_that_is_none_is_told_so(course: Path) -> None:
    for text in ("[", "[]", "{}"):
        (course.parent / "comments.json").write_text(text, encoding="utf-8")
        ran = scormkit("review", "--import", "comments.json", "mine", cwd=course.parent)
        assert ran.returncode == 1 and "is not a file of comments that a review copy saved" in ran.stderr


def test_examples_in_the_help_stay_on_their_lines(course: Path) -> None:
    for name in ("build", "check", "diff", "explain", "export", "import", "new", "preview", "print", "review"):
        ran = scormkit(name, "--help", cwd=course.parent)
        _, _, examples = ran.stdout.partition("Example")
        assert all(line.startswith("    scormkit ") for line in examples.splitlines()[1:] if line), ran.stdout
    listed = scormkit("--help", cwd=course.parent).stdout.partition("Commands:")[2]
    assert "..." not in listed
