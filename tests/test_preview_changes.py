"""What the preview takes for other words in the same course, and what not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from scormkit.preview.changes import Change, change
from scormkit.preview.content import Content
from scormkit.preview.workshop import Workshop
from tests.browser import courses


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    courses.small(tmp_path / "small", pages=3, practice=2)
    return courses.packages(tmp_path / "small")


def after(workshop: Workshop, file: str, before: str, now: str) -> tuple[Content, Content]:
    """The course before and after a change of one of its files."""
    old = workshop.content("small", "scorm12")
    path = workshop.path / file
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, now), "utf-8")
    assert workshop.load()
    return old, workshop.content("small", "scorm12")


def test_a_page_with_other_words_is_told_before_and_after(workshop: Workshop) -> None:
    found = change(*after(workshop, "pages/02-page.md", "Text of", "Words of"))
    assert found and not found.more
    ((before, now),) = found.pages
    assert before.startswith('<section class="page" id="/page-2"') and "Text of page 2." in before
    assert now == before.replace("Text of page 2.", "Words of page 2.")


def test_what_answers_say_is_only_on_the_page(workshop: Workshop) -> None:
    found = change(*after(workshop, "pages/02-page.md", "You chose 1.", "You chose well."))
    assert found and not found.more
    ((_, now),) = found.pages
    assert "You chose well." in now


def test_nothing_is_not_the_same_as_something_else(workshop: Workshop) -> None:
    assert change(*after(workshop, "pages/02-page.md", "page 2.\n", "page 2.\n\n")) == Change([], more=False)


@pytest.mark.parametrize(
    ("file", "before", "now"),
    [
        ("pages/02-page.md", "title: Page 2", "title: Page two"),
        ("pages/02-page.md", "Question 2?", "Question two?"),
        ("pages/02-page.md", "[x]", "[ ]"),
        ("pages/02-page.md", "id: page-2", "id: page-two"),
    ],
)
def test_anything_else_in_the_document_is_more(workshop: Workshop, file: str, before: str, now: str) -> None:
    assert change(*after(workshop, file, before, now)) == Change([], more=True)


def test_what_the_lms_alone_reads_is_no_change(workshop: Workshop) -> None:
    """tincan.xml has the wording of questions; a course that runs never reads it."""
    old = workshop.content("small", "xapi")
    after(workshop, "pages/02-page.md", "Question 2?", "Question two?")
    new = workshop.content("small", "xapi")
    assert old.files["tincan.xml"] != new.files["tincan.xml"]
    assert change(old, new) == Change([], more=True)


def test_another_file_is_another_course(workshop: Workshop) -> None:
    assert change(*after(workshop, "course.yaml", "title: Small", "title: Smaller")) is None  # the manifest has it, too
    content = workshop.content("small", "scorm12")
    assert change(content, replace(content, files={**content.files, "theme.css": b""})) is None
    assert change(content, replace(content, files={**content.files, "more.js": b""})) is None


def test_packages_of_other_tools_have_no_pages() -> None:
    files: list[dict[str, bytes | Path]] = [{"index.html": b"<p>One</p>"}, {"index.html": b"<p>Two</p>"}]
    assert change(Content(files[0]), Content(files[0])) == Change([], more=False)
    assert change(Content(files[0]), Content(files[1])) == Change([], more=True)
