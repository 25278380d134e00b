"""Fixtures of the browser tests: one Chromium and one LMS for all, a fresh learner for each.

def test_x(launch):
    course = launch(package, host="strict", format="scorm12")     # a zip, a folder, or files by name
    course.content.get_by_role("button", name="Next").click()
    assert course.record.status == "incomplete"
    again = course.relaunch(new_context())                        # the same learner in a new browser
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright, sync_playwright

from scormkit.preview.content import Content
from scormkit.preview.lms import Lms
from tests.browser.classroom import ARGUMENTS, CHROMIUM, Launch, content_of, open_page, serving
from tests.browser.classroom import new_context as make_context


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What starts browsers; a process can have but one."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """The browser that all tests share."""
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def lms() -> Lms:
    """The LMS that all tests share."""
    return Lms()


@pytest.fixture(scope="session")
def address(lms: Lms) -> Iterator[str]:
    """Where it is served."""
    with serving(lms) as address:
        yield address


@pytest.fixture
def new_context(chromium: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Makes browsers without memory; they are closed after the test."""
    made: list[BrowserContext] = []

    def make(**options: Any) -> BrowserContext:
        made.append(make_context(chromium, **options))
        return made[-1]

    yield make
    for context in made:
        context.close()


@pytest.fixture
def launch(lms: Lms, address: str, new_context: Callable[..., BrowserContext]) -> Callable[..., Launch]:
    """Enrols a learner and opens a package."""

    def open_course(
        package: Path | Mapping[str, bytes | Path] | Content,
        host: str = "strict",
        format: str = "scorm12",
        context: BrowserContext | None = None,
        **enrol: Any,
    ) -> Launch:
        enrolment = lms.enrol(content_of(package), host=host, format=format, **enrol)
        return open_page(context or new_context(), address, enrolment)

    return open_course
