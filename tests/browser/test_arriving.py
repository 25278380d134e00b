"""What learners see first: the page where they left off and no other, whatever host, script and network do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import sleep

import pytest
from playwright.sync_api import BrowserContext, Route, expect

from tests.browser import courses
from tests.browser.classroom import Launch

Open = Callable[..., Launch]

# What can be seen of the pages at each frame, until the course is ready.
WATCH = """(() => {
  window.seen = [];
  const look = () => {
    for (const page of document.querySelectorAll('[data-page]')) {
      if (page.checkVisibility({visibilityProperty: true}) && seen.at(-1) !== page.dataset.page) {
        seen.push(page.dataset.page);
      };
    }
    if (!document.documentElement.hasAttribute('data-ready')) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})()"""

PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><rect width="{}" height="30"/></svg>'


def slowly(route: Route) -> None:
    sleep(0.5)
    route.continue_()


@pytest.mark.parametrize("format", ["scorm12", "xapi"])
def test_who_left_half_way_sees_that_page_first_and_no_other(
    launch: Open, new_context: Callable[..., BrowserContext], tmp_path: Path, format: str
) -> None:
    begun = launch(courses.small(tmp_path, format, pages=4), format=format)
    begun.content.wait_for_selector("html[data-ready]")
    begun.content.evaluate("location.hash = '#/page-3'")
    expect(begun.content.locator("[data-save-state]")).to_have_attribute("data-save-state", "saved", timeout=10_000)
    begun.page.close()

    elsewhere = new_context()
    elsewhere.add_init_script(WATCH)
    if format == "xapi":
        elsewhere.route("**/activities/state*", slowly)
    again = begun.relaunch(elsewhere)
    again.content.wait_for_selector("html[data-ready]")
    assert again.content.evaluate("seen") == ["page-3"]


def test_a_script_that_does_not_come_keeps_nobody_from_the_first_page(
    launch: Open, new_context: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    waiting: list[Route] = []
    context = new_context()
    context.route("**/player.js", lambda route: waiting.append(route))
    course = launch(courses.small(tmp_path, pages=4), context=context)
    words = course.content.locator("main h1")
    expect(words.first).to_be_hidden()
    expect(words.first).to_be_visible(timeout=4000)
    assert [heading.is_visible() for heading in words.all()[:4]] == [True, False, False, False]
    for route in waiting:
        route.continue_()
    course.content.wait_for_selector("html[data-ready]")


def test_nothing_of_the_other_pages_is_laid_out_at_launch(launch: Open, tmp_path: Path) -> None:
    """Their pictures would be asked for: in a frame, browsers lay out what they have before its style has come."""
    for folder in ("media", "pages"):
        (tmp_path / folder).mkdir()
    (tmp_path / "course.yaml").write_text("id: https://example.org/learning/pictures\ntitle: Pictures\n", "utf-8")
    for number in range(1, 5):
        (tmp_path / "media" / f"bar-{number}.svg").write_text(PICTURE.format(number), "utf-8")
        text = f"# Page {number}\n\n![A bar that is {number} wide](../media/bar-{number}.svg)\n"
        (tmp_path / "pages" / f"{number}-page-{number}.md").write_text(text, "utf-8")
    course = launch(courses.packages(tmp_path).content("pictures", "scorm12"))
    course.content.wait_for_selector("html[data-ready]")
    asked = course.content.evaluate("performance.getEntriesByType('resource').map(one => one.name.split('/').at(-1))")
    assert [name for name in asked if name.endswith(".svg")] == ["bar-1.svg"]
