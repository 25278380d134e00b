"""Takes the pictures of README.md in Chromium: `python docs/courses/make_pictures.py`, after a change that learners can see.

One picture of each course of the programme, at a figure that shows what it is about.
"""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

import scormkit
from scormkit.preview.browser import find_browser

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
from make_pictures import ARGUMENTS, open_page, shown  # noqa: E402  (it stands in docs/, which is no package)

FIGURES = {
    "co-production": "ladder",
    "co-design": "ebcd",
    "knowledge-mobilisation": "mobilise",
    "always-events": "test",
}
"""The page of each course whose last figure is pictured."""

SHOW = """() => {
    const figure = [...document.querySelectorAll('[data-page]:not([hidden]) figure')].at(-1)
    scrollTo(0, figure.getBoundingClientRect().top + scrollY - 230)
}"""


def main() -> None:
    programme = scormkit.load(HERE.parent.parent / "course")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
        for course in programme.courses:
            with shown(browser, course, {"width": 1000, "height": 720}) as page:
                open_page(page, FIGURES[course.root.name])
                page.evaluate(SHOW)
                page.wait_for_timeout(300)  # the figure is loaded once it comes into view
                page.screenshot(path=HERE / f"{course.root.name}.png")
        browser.close()


if __name__ == "__main__":
    main()
