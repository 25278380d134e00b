"""What browser tests work with: a served LMS, and Launch, a course that a learner has open in Chromium."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvicorn
from playwright.sync_api import Browser, BrowserContext, Frame, Page
from starlette.types import ASGIApp

from scormkit.preview.browser import find_browser
from scormkit.preview.content import Content
from scormkit.preview.lms import Enrolment, Lms
from scormkit.preview.records import Record
from scormkit.preview.server import application

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run",
]  # fmt: skip
CHROMIUM = find_browser()


@contextmanager
def serving(lms: Lms, around: Callable[[ASGIApp], ASGIApp] = lambda app: app, **options: Any) -> Iterator[str]:
    """Serves `lms` on a free port of this machine, with `around` about it; gives its address."""
    config = uvicorn.Config(
        around(application(lms, **options)), host="127.0.0.1", port=0, log_level="critical", lifespan="off"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(5)


def wait_until(true: Callable[[], Any], seconds: float = 5.0, what: str = "") -> Any:
    """The first true value of `true()`; fails the test after `seconds`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if value := true():
            return value
        time.sleep(0.02)
    raise AssertionError(f"did not happen within {seconds} s: {what}")


@dataclass
class Launch:
    """A course open in a browser. `page` is the host's page, `popup` the course's own, `enrolment` all that the host holds."""

    page: Page
    context: BrowserContext
    enrolment: Enrolment
    address: str
    popup: Page | None = None

    @property
    def record(self) -> Record:
        return self.enrolment.record

    @property
    def content(self) -> Frame:
        """The frame that the course runs in, once it is there."""
        return wait_until(self._content, what="the course's frame")  # type: ignore[no-any-return]

    def _content(self) -> Frame | None:
        self.page.wait_for_timeout(1)  # lets Playwright hear of frames
        part = f"/content/{self.enrolment.key}/"
        pages = [page for page in (self.popup, self.page) if page is not None and not page.is_closed()]
        return next((frame for page in pages for frame in reversed(page.frames) if part in frame.url), None)

    def calls(self, *names: str) -> list[dict[str, Any]]:
        """The calls of the API since the page was opened; of these functions, if any are named."""
        calls = self.page.evaluate("window.lms.host.calls")
        return [call for call in calls if not names or call["name"] in names]

    def findings(self, severity: str = "error") -> list[str]:
        """What the standard says against the calls, in words."""
        return [
            f"{call['name']}({', '.join(call['args'])}): {finding['rule']} {finding['text']}"
            for call in self.calls()
            for finding in call["findings"]
            if finding["severity"] == severity
        ]

    def leave_frame(self) -> None:
        """Takes the course out of the host's page, which stays: pagehide reaches the course, and calls can be read."""
        self.page.evaluate("document.querySelector('iframe').src = 'about:blank'")
        wait_until(lambda: self._content() is None, what="the course to go")

    def relaunch(self, context: BrowserContext | None = None) -> Launch:
        """The same learner opens the course again, in `context` or in the same browser."""
        context = context or self.context
        return open_page(context, self.address, self.enrolment)


def open_page(context: BrowserContext, address: str, enrolment: Enrolment) -> Launch:
    """Opens the host's page in a new tab of `context`; the course begins to load."""
    page = context.new_page()
    page.goto(f"{address}/lms/{enrolment.key}")
    page.wait_for_function("window.lms !== undefined")
    if enrolment.profile.settings["window"] != "popup":
        return Launch(page, context, enrolment, address)
    with page.expect_popup() as opened:
        page.get_by_role("button").click()
    return Launch(page, context, enrolment, address, opened.value)


def content_of(package: Path | Mapping[str, bytes | Path] | Content) -> Content:
    """A package's files: a zip, a folder, or files by name."""
    if isinstance(package, Content):
        return package
    return Content.open(package) if isinstance(package, Path) else Content(package)


def new_context(browser: Browser, **options: Any) -> BrowserContext:
    """A browser without memory, as a new learner's."""
    return browser.new_context(**({"viewport": {"width": 1024, "height": 768}} | options))
