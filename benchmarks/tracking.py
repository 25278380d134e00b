"""What tracking costs: the processor's time for an answer, the calls for it, and how long saved progress gets."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, CDPSession, Frame, Page, sync_playwright

from benchmarks.browser import ARGUMENTS, served
from benchmarks.courses import write_course
from benchmarks.processes import SCORMKIT, run
from scormkit.check.course.budget import budget
from scormkit.load import load
from scormkit.preview.browser import find_browser

Row = tuple[str, str, str]

ANSWERS = 20
SLOWER = 4
SIZES = ((10, 5), (50, 50), (200, 300), (1000, 500))
LIMIT = 4096
# Saves come 3 s apart; here a second takes a twentieth of one.
HURRY = "const wait = window.setTimeout; window.setTimeout = (act, ms, ...more) => wait(act, ms / 20, ...more);"
ANSWER = """async number => {
  const root = document.querySelector(`[data-question="word-${number}"]`);
  location.hash = `#/${root.closest("[data-page]").dataset.page}`;
  await new Promise(done => setTimeout(done, 2000));
  root.querySelector("input").checked = true;
  root.querySelector("[data-action=answer]").click();
  await new Promise(done => setTimeout(done, 8000));
}"""


def answer_cost(here: Path) -> Iterator[Row]:
    """An answer with a host, less the same answer in the same package without one: what telling a host adds."""
    # Two pages: what opening a page costs is not an answer's.
    course = write_course(here / "answers", 2, ANSWERS * 4)
    run([*SCORMKIT, "build", str(course), "--out", str(here / "answers-out"), "--format", "scorm12"])
    package = next((here / "answers-out").glob("*.zip"))
    with sync_playwright() as playwright, served(package) as (address, _asked):
        browser = playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
        told, calls = _answer_all(browser, address)
        alone, _ = _answer_all(browser, f"{address}content/index.html")
        browser.close()
    added = max(0.0, told - alone) * SLOWER
    yield f"main thread for telling of an answer, processor {SLOWER} times slower", f"{added:.2f} ms", "2 ms"
    yield "SCORM calls for an answer", f"{calls:.1f}", "12"


def _answer_all(browser: Browser, address: str) -> tuple[float, float]:
    """Milliseconds of script for an answer, and SCORM calls."""
    page = browser.new_page(viewport={"width": 1100, "height": 760})
    page.add_init_script(HURRY)
    page.goto(address)
    frame = page.frames[-1]
    frame.wait_for_selector("html[data-ready]", state="attached")
    _answer(frame, range(1, ANSWERS + 1))  # until the browser has compiled what is needed often
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    before = _script(session), _calls(page)
    _answer(frame, range(ANSWERS + 1, 2 * ANSWERS + 1))
    after = _script(session), _calls(page)
    page.close()
    return (after[0] - before[0]) * 1000 / ANSWERS, (after[1] - before[1]) / ANSWERS


def _answer(frame: Frame, numbers: range) -> None:
    for number in numbers:
        frame.evaluate(ANSWER, number)


def _script(session: CDPSession) -> float:
    """Seconds that the main thread has spent on tasks, which a busy machine does not change."""
    metrics = {metric["name"]: metric["value"] for metric in session.send("Performance.getMetrics")["metrics"]}
    return float(metrics["ScriptDuration"])


def _calls(page: Page) -> int:
    return int(page.evaluate("typeof calls === 'undefined' ? 0 : calls.length"))


def state_sizes(here: Path) -> Iterator[Row]:
    """The most that saved progress can take, once everything is done and answered, all attempts used."""
    for pages, questions in SIZES:
        course = load(write_course(here / f"state-{pages}", pages, questions)).courses[0]
        found = budget(course)
        shown = f"{found.characters} characters"
        yield f"saved state at most, {pages} pages and {questions} questions", shown, _limit(pages)


def _limit(pages: int) -> str:
    return str(LIMIT) if pages <= 200 else f"{LIMIT}, practice left out beyond it"
