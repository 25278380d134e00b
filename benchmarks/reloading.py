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
# In every document: when a course had painted its page, or a change of it, on the clock of the machine, told to the page around it.
PAINTED = """addEventListener('DOMContentLoaded', () => {
    if (!location.pathname.startsWith('/content/')) return;
    const look = () => {
        const text = document.querySelector('[data-page]:not([hidden])')?.innerText ?? '';
        top.painted = {at: performance.timeOrigin + performance.now(), text, place: location.hash};
    };
    let waiting = false;
    const soon = () => {
        if (waiting || !document.documentElement.hasAttribute('data-ready')) return;
        waiting = true;
        requestAnimationFrame(() => setTimeout(() => { waiting = false; look(); }));
    };
    new MutationObserver(soon).observe(document.documentElement, {subtree: true, childList: true, attributes: true});
    soon();
});"""


def reloading(here: Path) -> Iterator[tuple[str, str, str]]:
    """Rows of the table: from the save to the screen, the median and the worst of some saves of words, and of a question."""
    course = write_course(here / "reloading", PAGES, QUESTIONS)
    command = [*SCORMKIT, "preview", str(course), "--no-open"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as preview:
        try:
            assert preview.stdout is not None
            address = preview.stdout.readline().split()[4]
            measured = _measured(address, course / "pages" / "0100-page.md")
        finally:
            preview.terminate()
    for what, took in measured.items():
        yield what, f"{median(took) * 1000:.0f} ms, worst {max(took) * 1000:.0f}", "300 ms"


def _measured(address: str, file: Path) -> dict[str, list[float]]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.add_init_script(PAINTED)
        page.goto(address)
        page.wait_for_function("window.painted")
        page.evaluate(
            "document.querySelector('#lms').contentDocument.querySelector('iframe').contentWindow.location.hash = '#/page-100'"
        )
        text = file.read_text("utf-8")
        took = {
            f"from a save to the preview's screen, {PAGES} pages: a sentence": [
                _save(page, file, f"{text}\nSentence {number} is new.\n", f"Sentence {number} is new.")
                for number in range(SAVES)
            ],
            "the same: a question, so the course is opened again": [
                _save(
                    page, file, text.replace("Which word is", f"Which word ({number}) is"), f"Which word ({number}) is"
                )
                for number in range(SAVES)
            ],
        }
        browser.close()
    return took


def _save(page: Page, file: Path, text: str, words: str) -> float:
    """Seconds until the words of a page that is saved are on the screen."""
    page.wait_for_timeout(1500)  # an author reads what changed before writing on
    began = time.time()
    file.write_text(text, "utf-8")
    page.wait_for_function("words => window.painted.text.includes(words)", arg=words)
    painted = page.evaluate("window.painted")
    assert painted["place"] == "#/page-100", painted["place"]
    return float(painted["at"]) / 1000 - began
