"""The review copy and the handout, in Chromium: comments are written, kept, saved and come back; looked over by axe."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from scormkit.load import load
from scormkit.preview.browser import find_browser, sandbox
from scormkit.review import handout, read_comments, review_copy
from scormkit.review.pdf import NotPrinted, pdf
from tests.browser import courses
from tests.browser.test_page import AXE

GALLERY = courses.ROOT / "docs" / "gallery"


def opened(context: BrowserContext, tmp_path: Path, text: str) -> Page:
    file = tmp_path / "sheet.html"
    file.write_text(text, encoding="utf-8")
    page = context.new_page()
    page.goto(file.as_uri())
    return page


def test_comments_are_kept_saved_and_listed(new_context: Callable[..., BrowserContext], tmp_path: Path) -> None:
    course = load(GALLERY).courses[0]
    text, numbering = review_copy(course)
    page = opened(new_context(), tmp_path, text)
    assert page.locator(".comment").count() == len(numbering.units)
    page.get_by_label("Your name").fill("A. Nurse")
    button = page.get_by_role("button", name="Comment on 1.2", exact=True)
    button.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Your comment on 1.2"
    page.keyboard.type("Which code?")
    page.reload()
    assert page.get_by_label("Your comment on 1.2", exact=True).input_value() == "Which code?"
    assert page.locator("#state").inner_text() == "1 comment"
    with page.expect_download() as download:
        page.get_by_role("button", name="Save comments to a file").click()
    sent = tmp_path / "comments.json"
    download.value.save_as(sent)
    unit = next(unit for unit in numbering.units.values() if unit.number == "1.2")
    listed = read_comments(sent, course.settings.id, numbering.units)
    assert [str(one) for one in listed] == [f"{unit.span}: 1.2: A. Nurse: Which code?"]


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("kind", ["review", "handout", "answers"])
def test_all_is_shown_and_sound(
    new_context: Callable[..., BrowserContext], tmp_path: Path, kind: str, width: int
) -> None:
    course = load(GALLERY).courses[0]
    text = review_copy(course)[0] if kind == "review" else handout(course, answers=kind == "answers")
    page = opened(new_context(viewport={"width": width, "height": 800}), tmp_path, text)
    assert page.locator(".page:visible").count() == page.locator(".page").count() > len(course.pages)
    assert page.locator(".scene:visible").count() == page.locator(".scene").count() > 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run().then(result => result.violations)")
    assert [f"{one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"]] == []


def test_a_handout_as_pdf_is_tagged(tmp_path: Path) -> None:
    """ISO 14289: tags, a language, a title in the document's own words, bookmarks from the headings."""
    printed = pdf(handout(load(GALLERY).courses[0]), find_browser(), sandbox())
    for part in (b"/StructTreeRoot", b"/Marked true", b"/Lang (en-GB)", b"/Outlines", b"/Title", b"/Figure", b"/Alt"):
        assert part in printed
    with pytest.raises(NotPrinted, match="cannot be started"):
        pdf("<p>", str(tmp_path / "nothing"))
    with pytest.raises(NotPrinted, match="made no PDF"):
        pdf("<p>", "/bin/true")


def test_the_review_copy_has_a_map_of_every_scenario(
    new_context: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    page = opened(new_context(), tmp_path, review_copy(load(GALLERY).courses[0])[0])
    assert page.locator(".scenario-map").count() == page.locator("[data-type=scenario]").count() > 0
    drawing = page.get_by_role("img", name="Drawing of").first
    assert drawing.locator("rect").count() == page.locator(".map-list").first.locator("> li").count()
    page.emulate_media(media="print")
    assert page.evaluate("document.querySelector('.map-drawing').scrollWidth <= innerWidth")
    assert '<figure class="scenario-map"' not in handout(load(GALLERY).courses[0], answers=True), (
        "the words of the map are not learners'"
    )
