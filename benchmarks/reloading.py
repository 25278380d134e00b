"""How long an author waits after a save until the preview shows what was saved, at the page where it stood."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from playwright.sync_api import Page, sync_playwright

from benchmarks.browser import ARGUMENTS
from benchmarks.courses import write_course
from benchmarks.processes import SCORMKIT
from scormkit.preview.browser import find_browser

PAGES, QUESTIONS, SAVES = 200, 300, 7
# In every document: when a course had painted its page, on the clock of the machine, told to the page around it.
PAINTED = """addEventListener('DOMContentLoaded', () => {
    const look = () => {
        if (!location.pathname.startsWith('/content/')) return;
        if (!document.documentElement.hasAttribute('data-ready')) return requestAnimationFrame(look);
        const text = document.querySelector('[data-page]:not([hidden])')?.innerText ?? '';
        top.painted = {at: performance.timeOrigin + performance.now(), text, place: location.hash};
    };
    look();
});"""


def reloading(here: Path) -> Iterator[tuple[str, str, str]]:
    """A row of the table: from the save to the words on the screen, the median and the worst of some saves."""
    course = write_course(here / "reloading", PAGES, QUESTIONS)
    command = [*SCORMKIT, "preview", str(course), "--no-open"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as preview:
        try:
            assert preview.stdout is not None
            took = _measured(preview.stdout.readline().split()[4], course / "pages" / "0100-page.md")
        finally:
            preview.terminate()
    what = f"from a save to the screen in the preview, {PAGES} pages, {QUESTIONS} questions"
    yield what, f"{median(took) * 1000:.0f} ms, worst {max(took) * 1000:.0f}", "300 ms"


def _measured(address: str, file: Path) -> list[float]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.add_init_script(PAINTED)
        page.goto(address)
        page.wait_for_function("window.painted")
        page.evaluate(
            "document.querySelector('#lms').contentDocument.querySelector('iframe').contentWindow.location.hash = '#/page-100'"
        )
        took = [_save(page, file, number) for number in range(SAVES)]
        browser.close()
    return took


def _save(page: Page, file: Path, number: int) -> float:
    """Seconds until a new sentence of a page is on the screen."""
    page.wait_for_timeout(1500)  # an author reads what changed before writing on
    text = file.read_text("utf-8")
    sentence = f"Sentence {number} is new."
    began = time.time()
    file.write_text(f"{text}\n{sentence}\n", "utf-8")
    page.wait_for_function("words => window.painted.text.includes(words)", arg=sentence)
    painted = page.evaluate("window.painted")
    assert painted["place"] == "#/page-100", painted["place"]
    return float(painted["at"]) / 1000 - began
