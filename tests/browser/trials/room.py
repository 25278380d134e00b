"""What trials share: a browser, a served LMS, the course's packages; and faults that can kill the browser in mid-commit."""

from __future__ import annotations

import json
import os
import re
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Timer
from typing import Any

from playwright.sync_api import Browser, BrowserContext, CDPSession, Error, Playwright, sync_playwright
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from scormkit.preview.content import Content
from scormkit.preview.faults import Faults
from scormkit.preview.lms import Lms
from tests.browser import courses
from tests.browser.classroom import ARGUMENTS, CHROMIUM, serving
from tests.browser.trials.page import STORAGES

CLOCK = (Path(__file__).parent / "clock.js").read_text("utf-8")
SLOW = 0.25
PATIENCE = 300.0
"""Real seconds for one trial; ten times what a busy machine needs."""

FLOW = 20
"""A slow host takes 0.25 s, which count as 5 s in the page."""


@dataclass
class DeadlyFaults(Faults):
    """Faults one of which kills: the renderers die while the host has a commit in hand, which it stores or not."""

    slowness: float = SLOW
    fuse: int = 0  # commits until then; 0: nobody dies
    stores: bool = False
    victims: list[int] = field(default_factory=list)
    struck: bool = False

    def arm(self, fuse: int, stores: bool, victims: list[int]) -> None:
        """Kills `victims` at the commit that `fuse` counts from now."""
        self.fuse, self.stores, self.victims = fuse, stores, victims

    def disarm(self) -> None:
        """Nobody dies any more."""
        self.fuse, self.victims, self.struck = 0, [], False

    def strike(self) -> str:
        """The fault that this request meets, or ""."""
        self.fuse -= self.fuse > 0
        if not self.victims or self.fuse > 0:
            return super().strike()
        victims, self.victims, self.struck = self.victims, [], True
        kill(victims)
        return "lost-answer" if self.stores else "silence"


def kill(renderers: list[int]) -> None:
    """Ends renderers of a browser that the trial started, those that have not ended."""
    for process in renderers:
        with suppress(FileNotFoundError, ProcessLookupError):
            if b"--type=renderer" in Path(f"/proc/{process}/cmdline").read_bytes():
                os.kill(process, signal.SIGKILL)


class Stuck(Exception):
    """The browser answers no more; its room is of no use any longer. That says nothing about the course."""


@dataclass
class Room:
    """`course` is the payload that the packages' pages carry."""

    browser: Browser
    control: CDPSession
    lms: Lms
    address: str
    packages: dict[str, Content]
    course: dict[str, Any]
    script: str = ""  # put into every page, to see whether trials find what it breaks
    contexts: dict[str, BrowserContext] = field(default_factory=dict)

    def context(self, storage: str, fresh: bool = False) -> BrowserContext:
        """A browser with that kind of storage; trials share it, because each has a learner of its own."""
        if not fresh and storage in self.contexts:
            return self.contexts[storage]
        made = self.browser.new_context(viewport={"width": 800, "height": 600})
        made.add_init_script(CLOCK + STORAGES[storage] + self.script)
        if not fresh:
            self.contexts[storage] = made
        return made

    def processes(self, type: str) -> list[int]:
        """The browser's own process ("browser"), or those in which its pages run ("renderer")."""
        found = self.control.send("SystemInfo.getProcessInfo")["processInfo"]
        return [process["id"] for process in found if process["type"] == type]

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Ends the browser where what is done meanwhile takes too long: Playwright waits for ever for a page that crashed
        while it was being closed. Raises Stuck then.
        """
        [process] = self.processes("browser")
        bitten = Event()

        def bite() -> None:
            bitten.set()
            os.kill(process, signal.SIGKILL)

        dog = Timer(PATIENCE, bite)
        dog.start()
        try:
            yield
        except Exception:
            if bitten.is_set():
                raise Stuck from None
            raise
        finally:
            dog.cancel()


@contextmanager
def room(script: str = "", playwright: Playwright | None = None) -> Iterator[Room]:
    """Opens everything that trials need, with a Playwright of its own where none is given: a process can have but one."""
    lms = Lms()
    options = "assessment: {pass-mark: 60}\ncompletion: assessment\n"
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(lms, around=_Cached) as address,
        nullcontext(playwright) if playwright else sync_playwright() as player,
    ):
        arguments = [*ARGUMENTS, "--disable-popup-blocking"]
        browser = player.chromium.launch(executable_path=CHROMIUM, args=arguments)
        made = {
            format: courses.small(Path(folder), format, pages=3, practice=3, graded=2, settings=options)
            for format in ("scorm12", "xapi")
        }
        yield Room(browser, browser.new_browser_cdp_session(), lms, address, made, _payload(made["scorm12"]), script)
        with suppress(Error):  # its last renderers may have been killed
            browser.close()


class _Cached:
    """Lets browsers keep the pages and scripts, as hosts do: trials open the same course thousands of times."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, and the answer with another header."""
        stays = scope["type"] == "http" and scope["method"] == "GET" and not scope["path"].startswith("/xapi/")

        async def told(message: Message) -> None:
            if stays and message["type"] == "http.response.start" and message["status"] == 200:
                kept = [(name, value) for name, value in message["headers"] if name.lower() != b"cache-control"]
                message["headers"] = [*kept, (b"cache-control", b"max-age=3600")]
            await send(message)

        await self.app(scope, receive, told if stays else send)


def _payload(content: Content) -> dict[str, Any]:
    page = content.files["index.html"]
    text = page.decode() if isinstance(page, bytes) else page.read_text("utf-8")
    found = re.search(r'<script[^>]*id="course"[^>]*>(.*?)</script>', text, re.S)
    assert found, "the course's page has no payload"
    payload: dict[str, Any] = json.loads(found[1])
    return payload
