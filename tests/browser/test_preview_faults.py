"""The preview's buttons for what goes wrong: each reaches the course, which tells its learner and loses nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import courses
from tests.browser.desk import answer, choose, content, previewed, tab


@pytest.fixture
def page(tmp_path: Path, new_context: Callable[..., BrowserContext]) -> Iterator[Page]:
    """The preview of a course with a question."""
    courses.small(tmp_path / "small", pages=2, practice=1)
    with previewed(tmp_path / "small", new_context) as page:
        yield page


def launch_with(page: Page, fault: str) -> None:
    """Chooses what is wrong from the next launch on, and waits until the course has been opened with it."""
    content(page).evaluate("window.before = true")
    choose(page, fault)
    page.wait_for_function(
        "() => { const inner = document.querySelector('#lms').contentDocument?.querySelector('iframe')?.contentWindow;"
        "const there = inner?.location.pathname.startsWith('/content/') && !inner.before;"
        "return there && inner.document.documentElement?.hasAttribute('data-ready') }",
        timeout=20_000,
    )


def reaches_the_lms(page: Page) -> None:
    tab(page, "Record")
    expect(page.locator("#record")).to_contain_text("practice-1", timeout=15_000)


def test_a_fault_is_told_and_passes(page: Page) -> None:
    choose(page, "Refuses to save")
    answer(page)
    expect(page.locator("#log")).to_contain_text("HTTP 500", timeout=8000)
    expect(content(page).locator("[data-save-state]")).to_contain_text("Not saved yet")
    tab(page, "Record")
    expect(page.locator("#record")).not_to_contain_text("practice-1")
    choose(page, "Nothing")
    expect(page.locator("#record")).to_contain_text("practice-1", timeout=15_000)


def test_offline_reaches_the_course(page: Page) -> None:
    choose(page, "Offline")
    assert content(page).evaluate("navigator.onLine") is False
    answer(page)
    expect(content(page).locator("[data-save-state]")).to_contain_text("Not saved yet", timeout=8000)
    choose(page, "Nothing")
    assert content(page).evaluate("navigator.onLine") is True
    expect(content(page).locator("[data-save-state]")).to_contain_text("Saved", timeout=15_000)


def test_what_happens_once(page: Page) -> None:
    answer(page)
    tab(page, "Record")
    record = page.locator("#record")
    expect(record).to_contain_text("practice-1", timeout=8000)
    page.get_by_text("What happens once").click()
    for button, told in (
        ("Kill the window", "The window was killed"),
        ("Another browser", "came back in another browser"),
        ("Garble the saved state", "with other characters"),
        ("Cut the saved state", "Half of the saved state is lost"),
        ("State of another course", "The saved state of another course comes back"),
    ):
        page.get_by_role("button", name=button).click()
        expect(page.locator("#place")).to_contain_text(told, timeout=8000)
        expect(content(page).locator("[data-save-state]")).to_contain_text("Saved", timeout=8000)
        expect(record).to_contain_text("practice-1")
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Second tab").click()
    expect(opened.value.frame_locator("iframe").locator("html[data-ready]")).to_be_attached(timeout=8000)


def test_what_is_wrong_from_a_launch_on(page: Page) -> None:
    choose(page, "No API")
    page.wait_for_function(
        "document.querySelector('#lms').contentWindow.lms && !document.querySelector('#lms').contentWindow.API"
    )
    expect(content(page).locator("[data-save-state]")).to_contain_text("Saved on this device", timeout=15_000)
    choose(page, "No storage")
    page.wait_for_timeout(300)
    refused = "() => { try { return localStorage.length } catch { return 'refused' } }"
    page.wait_for_function("() => document.querySelector('#lms').contentWindow.API")
    assert content(page).evaluate(refused) == "refused"
    answer(page)
    expect(content(page).locator("[data-save-state]")).to_contain_text("Saved", timeout=8000)
    choose(page, "Nothing")
    page.wait_for_timeout(300)
    assert content(page).evaluate(refused) != "refused"
    expect(page.get_by_text("Page not allowed (CORS)")).to_be_hidden()
    page.locator("select[name=format]").select_option("xapi")
    expect(page.get_by_text("Page not allowed (CORS)")).to_be_visible()
    expect(page.get_by_text("No API", exact=True)).to_be_hidden()


def test_an_api_that_comes_too_late(page: Page) -> None:
    """T02, T13: two seconds are waited for it. Then nobody says who learns: what is done stays on the device, and is said to be
    reported to nobody.
    """
    launch_with(page, "API late")
    state = content(page).locator("[data-save-state]")
    expect(content(page).locator("[data-notices]")).to_contain_text("not connected to a learning system")
    answer(page)
    expect(state).to_contain_text("Saved on this device", timeout=8000)
    page.wait_for_function("() => document.querySelector('#lms').contentWindow.API", timeout=10_000)
    launch_with(page, "Nothing")
    expect(content(page).locator("[data-save-state]")).to_have_attribute("data-save-state", "saved", timeout=8000)
    tab(page, "Record")
    expect(page.locator("#record")).to_contain_text("incomplete")
    expect(page.locator("#record")).not_to_contain_text("practice-1")
    launch_with(page, "API late")
    expect(content(page).locator("[data-question=practice-1] [data-outcome]")).to_be_visible()


def test_an_api_that_is_late_does_not_come_into_the_session_after(page: Page) -> None:
    launch_with(page, "API late")
    launch_with(page, "No API")
    page.wait_for_timeout(6000)
    assert page.evaluate("!document.querySelector('#lms').contentWindow.API")


def test_a_device_without_room(page: Page) -> None:
    launch_with(page, "Storage full")
    full = "() => { try { localStorage.setItem('a', 'b'); return 'room' } catch (error) { return error.name } }"
    assert content(page).evaluate(full) == "QuotaExceededError"
    answer(page)
    expect(content(page).locator("[data-save-state]")).to_contain_text("Saved", timeout=8000)
    reaches_the_lms(page)
    launch_with(page, "Nothing")
    assert content(page).evaluate(full) == "room"
    expect(content(page).locator("[data-question=practice-1] [data-outcome]")).to_be_visible()


def test_a_clock_that_jumps(page: Page) -> None:
    """What counts time must not believe it: no session of a day, and none of less than nothing."""
    launch_with(page, "Clock jumps")
    frame = content(page)
    before = frame.evaluate("[Date.now(), new Date().getTime()]")
    frame.wait_for_function("before => Date.now() < before - 80_000_000", arg=before[0], timeout=20_000)
    assert frame.evaluate("new Date().getTime()") < before[1] - 80_000_000
    assert frame.evaluate("new Date(0).getTime()") == 0 and "19" not in frame.evaluate("Date().slice(0, 3)")
    answer(page)
    expect(frame.locator("[data-save-state]")).to_contain_text("Saved", timeout=8000)
    expect(page.locator("#log")).to_contain_text("Sets the answer of answer 1 to", timeout=8000)
    times = page.locator("#log code", has_text="session_time").all_inner_texts()
    assert times and all('"0000:00:' in time for time in times), times
    reaches_the_lms(page)


@pytest.mark.parametrize("button", ["Cut the saved state", "Garble the saved state", "State of another course"])
def test_a_spoilt_state_on_another_device_is_told_and_the_course_begins(page: Page, button: str) -> None:
    """No copy on the device helps: what cannot be read is told, and the course goes on from what can be."""
    answer(page)
    reaches_the_lms(page)
    page.get_by_text("What happens once").click()
    content(page).evaluate("window.before = true")
    page.get_by_role("button", name=button).click()
    expect(page.locator("#place")).to_contain_text("saved state", timeout=8000)
    page.get_by_role("button", name="Another browser").click()
    expect(page.locator("#place")).to_contain_text("another browser", timeout=8000)
    frame = content(page)
    expect(frame.locator("[data-save-state]")).to_contain_text("Saved", timeout=8000)
    answered = frame.locator("[data-question=practice-1] [data-outcome]")
    assert answered.is_visible() or frame.get_by_role("button", name="Check answer").is_visible()
    expect(page.locator("#record")).to_contain_text("practice-1")
