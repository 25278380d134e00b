"""What going to another page costs a learner's browser: work of the main thread, and whether anything moves on the page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from statistics import median

from playwright.sync_api import CDPSession, Frame, sync_playwright

from benchmarks.browser import ARGUMENTS, served
from benchmarks.processes import SCORMKIT, run
from scormkit.preview.browser import find_browser

GALLERY = Path(__file__).parent.parent / "docs" / "gallery"
SLOWER = 4
WATCH = """() => { window.moved = 0; new PerformanceObserver(list => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.moved += entry.value;
}).observe({type: 'layout-shift'}) }"""
# What is locked stays where it is, with a message: no change of page.
PAGES = """[...document.querySelectorAll('[data-page-link]:not([aria-disabled])')]
    .filter(link => link.checkVisibility()).map(link => link.dataset.pageLink)"""
# Until what was shown has been painted, and what waits for a quiet moment is done.
GO = """id => new Promise(done => {
    addEventListener('hashchange', () => requestAnimationFrame(() => setTimeout(done, 100)), {once: true});
    location.hash = `#/${id}`;
})"""


def page_changes(here: Path) -> Iterator[tuple[str, str, str]]:
    """Rows of the table for the gallery, whose pages have every block and every type of question."""
    run([*SCORMKIT, "build", str(GALLERY), "--out", str(here / "gallery"), "--format", "scorm12"])
    package = next((here / "gallery").glob("*.zip"))
    with sync_playwright() as playwright, served(package) as (address, _asked):
        browser = playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1100, "height": 760})
        page.goto(address)
        frame = page.frames[1]
        frame.wait_for_selector("html[data-ready]", state="attached")
        frame.evaluate(WATCH)
        session = page.context.new_cdp_session(page)
        session.send("Performance.enable", {"timeDomain": "threadTicks"})
        first, again = _round(session, frame), _round(session, frame)
        moved = frame.evaluate("window.moved")
        browser.close()
    for name, costs in (("first", first), ("again", again)):
        what = f"main thread to open a page {name}, processor {SLOWER} times slower"
        most = max(costs, key=lambda id: costs[id])
        typical, worst = (cost * SLOWER * 1000 for cost in (median(costs.values()), costs[most]))
        yield what, f"{typical:.0f} ms, {most} {worst:.0f} ms", "100 ms"
    yield "layout shift over all page changes of the gallery", f"{moved:.3f}", "0"


def _round(session: CDPSession, frame: Frame) -> dict[str, float]:
    """What each page costs to open, in seconds of the main thread's own time, which a busy machine does not change."""
    costs = {}
    here, *others = sorted(frame.evaluate(PAGES), key=lambda id: f"#/{id}" != frame.evaluate("location.hash"))
    for id in (*others, here):
        before = _tasks(session)
        frame.evaluate(GO, id)
        costs[id] = _tasks(session) - before
    return costs


def _tasks(session: CDPSession) -> float:
    metrics = {metric["name"]: metric["value"] for metric in session.send("Performance.getMetrics")["metrics"]}
    return float(metrics["TaskDuration"])
