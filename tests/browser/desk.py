"""The preview as a test meets it: `scormkit preview` as a process of its own, and the course that it shows."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import BrowserContext, Error, Frame, Page


@contextmanager
def preview(folder: Path, *more: str) -> Iterator[str]:
    """Runs `scormkit preview` on a free port, as a process of its own; gives its address."""
    command = [sys.executable, "-m", "scormkit", "preview", str(folder), "--no-open", *more]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=folder.parent
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert "http://127.0.0.1:" in line, line + process.stdout.read()
        try:
            yield line.split()[4]
        finally:
            process.terminate()


@contextmanager
def previewed(folder: Path, new_context: Callable[..., BrowserContext], **more: object) -> Iterator[Page]:
    """The preview of a course in a browser, once the course is there; neither of them may have an error of its own."""
    wrong: list[str] = []
    with preview(folder) as address:
        page = new_context(viewport={"width": 1440, "height": 900}, **more).new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(address)
        content(page)
        yield page
        page.close()
    assert wrong == []


def content(page: Page) -> Frame:
    """The course, once it is there."""
    for _ in range(300):
        frame = next((frame for frame in page.frames if "/content/" in frame.url), None)
        try:
            if frame is not None:
                frame.locator("html[data-ready]").wait_for(timeout=10_000)
                return frame
        except Error:  # it was opened anew meanwhile
            continue
        page.wait_for_timeout(20)
    raise AssertionError("the course did not appear")


def answer(page: Page) -> None:
    frame = content(page)
    frame.locator("[data-question=practice-1] input").first.check()
    frame.locator("[data-question=practice-1] [data-action=answer]").click()


def tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name).click()


def choose(page: Page, fault: str) -> None:
    """Chooses what goes wrong, by its button."""
    page.locator(".faults label").get_by_text(fault, exact=True).click()
