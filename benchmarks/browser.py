"""What a package costs a learner's browser and an LMS: requests, time to text, calls and saved state, in Chromium."""

from __future__ import annotations

import mimetypes
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from threading import Thread
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Frame, Page, sync_playwright

from scormkit.preview.browser import find_browser

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
# An LMS that takes everything and counts: what it answers is of no interest here, how often it is asked is.
LMS = """<!doctype html><title>LMS</title><script>
const kept = {}, calls = [];
const count = (name, answer) => (key, value) => { calls.push([performance.now(), name]); return answer(key, value) };
window.API = {
  LMSInitialize: count("LMSInitialize", () => "true"), LMSFinish: count("LMSFinish", () => "true"),
  LMSGetValue: count("LMSGetValue", key => kept[key] ?? (key === "cmi.core.lesson_status" ? "not attempted" : "")),
  LMSSetValue: count("LMSSetValue", (key, value) => { kept[key] = value; return "true" }),
  LMSCommit: count("LMSCommit", () => "true"), LMSGetLastError: count("LMSGetLastError", () => "0"),
  LMSGetErrorString: count("LMSGetErrorString", () => ""), LMSGetDiagnostic: count("LMSGetDiagnostic", () => ""),
};
</script><iframe src="/content/index.html" style="width:1024px;height:700px"></iframe>"""
FIRST_TEXT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
# The bar and the menu come first; a page's own text is larger than theirs, so that the browser tells of it by itself.
WATCH = """new PerformanceObserver(list => {
    const own = list.getEntries().find(({element}) => element?.closest('[data-page]'));
    window.firstOfPage ??= own?.startTime;
}).observe({type: 'largest-contentful-paint', buffered: true})"""


@contextmanager
def served(package: Path) -> Iterator[tuple[str, list[str]]]:
    """The package behind an LMS's page on this machine: its address, and the files that were asked for so far."""
    asked: list[str] = []
    with zipfile.ZipFile(package) as files:
        bodies = {"/": LMS.encode()} | {f"/content/{name}": files.read(name) for name in files.namelist()}

    class Host(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = urlsplit(self.path).path
            if path != "/":
                asked.append(path.removeprefix("/content/"))
            body = bodies.get(path)
            self.send_response(404 if body is None else 200)
            self.send_header("Content-Type", "text/html" if path == "/" else mimetypes.guess_type(path)[0] or "")
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            if body and self.command == "GET":
                self.wfile.write(body)

        do_HEAD = do_GET

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Host) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/", asked
        server.shutdown()
        thread.join()


@contextmanager
def launched(browser: Browser, address: str, slower: int = 1) -> Iterator[tuple[Page, Frame]]:
    """The package in the LMS's frame, ready to be read: the LMS's page and the frame."""
    page = browser.new_page(viewport={"width": 1100, "height": 760})
    page.add_init_script(WATCH)
    if slower > 1:
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
    page.goto(address)
    frame = page.frames[1]
    frame.wait_for_selector("html[data-ready]", state="attached")
    yield page, frame
    page.close()


def take(page: Page, frame: Frame) -> None:
    """Goes through every page and answers every question, as somebody would who clicks at once."""
    while True:
        here = frame.locator("section.page:not([hidden])")
        if here.locator('[data-action="start"]:visible').count():
            here.locator('[data-action="start"]').click()
        for question in here.locator("[data-question]:visible").all():
            question.locator("input").first.press("Space")
            check = question.locator('[data-action="answer"]:visible')
            if check.count():
                check.click()
        if here.locator('[data-action="submit"]:visible').count():
            here.locator('[data-action="submit"]').click()
        onward = frame.locator('section.page:not([hidden]) [data-action="next"]')
        if not onward.count():
            break
        onward.click()
        page.wait_for_timeout(100)
    page.wait_for_timeout(4000)  # the last save


def measure(package: Path) -> Iterator[tuple[str, str, str]]:
    """Rows of the table for a ten-page course with five questions."""
    with sync_playwright() as playwright, served(package) as (address, asked):
        browser = playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
        times, pages = [], []
        for _ in range(7):
            asked.clear()
            with launched(browser, address, slower=4) as (page, frame):
                page.wait_for_timeout(500)
                times.append(frame.evaluate(FIRST_TEXT))
                pages.append(frame.evaluate("window.firstOfPage"))
                needed = [name for name in asked if not name.startswith("media/")]
        yield "requests before the first page, its pictures aside", str(len(needed)), "4"
        yield "first text, processor 4 times slower", f"{median(times):.0f} ms", "200 ms"
        yield "the same: first text of the page where the learner left off", f"{median(pages):.0f} ms", "200 ms"
        with launched(browser, address) as (page, _frame):
            page.wait_for_timeout(5000)
            yield "SCORM calls in the first 5 s", str(page.evaluate("calls.length")), "12"
        with launched(browser, address) as (page, frame):
            take(page, frame)
            yield "SCORM calls for ten pages and five answers", str(page.evaluate("calls.length")), "150"
            state = page.evaluate("kept['cmi.suspend_data'].length")
            yield "saved state at its end", f"{state} characters", "80"
        browser.close()
