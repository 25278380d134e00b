"""The tests of the gallery, in Chromium: pre-test, sections, retake, wait, time limit, by keyboard alone, looked over by axe."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from scormkit.load import load_texts
from scormkit.model.site import Site
from scormkit.render import render
from tests.browser.test_page import Open, findings, focused, open_page, tab_to

__all__ = ["open_page"]

GALLERY = Path(__file__).parent.parent.parent / "docs" / "gallery"
TESTS = ("pages/11-tests/01-before.md", "pages/11-tests/02-about-primes.md", "pages/11-tests/03-assessment.md")
FILES = ("course.yaml", "banks/primes.md", *TESTS)
FITS = "document.documentElement.scrollWidth <= innerWidth"
HERE = "[data-page]:not([hidden])"


@cache
def site() -> Site:
    return render(load_texts({name: (GALLERY / name).read_text(encoding="utf-8") for name in FILES}).courses[0])


def sound(page: Page) -> None:
    """Nothing for axe to find, nothing wider than the window."""
    # Under the bar that stays in sight axe cannot judge colours, nor of a single digit; both are judged elsewhere.
    blind = ("overlapped by another element", "too short to determine")
    assert [one for one in findings(page) if not any(why in one for why in blind)] == []
    assert page.evaluate(FITS)


def opened(open_page: Open, place: str, width: int, **options: Any) -> Page:
    """The page with a clock that stands still until it is turned."""
    page = open_page(site(), place, viewport={"width": width, "height": 1100}, **options)
    page.clock.install()
    page.reload()
    page.wait_for_selector("html[data-ready]")
    return page


def asked(page: Page) -> list[str]:
    return list(
        page.locator(f"{HERE} [data-question]:visible").evaluate_all("all => all.map(one => one.dataset.question)")
    )


def choose(page: Page, question: str, right: bool) -> None:
    """Chooses with the arrow keys, a right answer or a wrong one."""
    course = json.loads(page.locator("#course").text_content() or "")
    wanted = next(one for one in course["questions"] if one["id"] == question)["interaction"]["correct"][0]
    tab_to(page, f"[data-question='{question}'] [data-option] input")
    page.keyboard.press("Space")
    for _ in range(4):
        if (page.evaluate("document.activeElement.value") in wanted) == right:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(question)


def press(page: Page, action: str) -> None:
    tab_to(page, f"{HERE} [data-action={action}]")
    page.keyboard.press("Enter")


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_a_pretest_lets_the_learner_skip_what_they_know(open_page: Open, width: int, scheme: str) -> None:
    page = opened(open_page, "#/before", width, color_scheme=scheme)
    sound(page)
    press(page, "start")
    questions = asked(page)
    assert len(questions) == 3
    for question in questions:
        choose(page, question, right=question != questions[-1])
        tab_to(page, f"[data-question='{question}'] [data-confidence] input")
        page.keyboard.press("Space")
        page.keyboard.press("ArrowUp")  # round to the last: certain
    sound(page)
    press(page, "submit")
    assert focused(page).startswith("What you know already")
    results = page.locator(f"{HERE} [data-results]")
    expect(results).to_contain_text("2 of 3 right")
    expect(results).to_contain_text("You may skip these pages")
    expect(page.locator(f"[data-question='{questions[-1]}'] [data-outcome]")).to_contain_text(
        "You were certain, and it is not right"
    )
    sound(page)
    tab_to(page, f"{HERE} [data-results] a[href='#/about-primes']")
    page.keyboard.press("Enter")
    expect(page.locator("[data-name=known]")).to_contain_text("You may skip it")
    page.evaluate("location.hash = '#/before'")
    page.reload()
    page.wait_for_selector("html[data-ready]")
    expect(page.locator(f"{HERE} [data-results]")).to_contain_text("2 of 3 right")


@pytest.mark.parametrize("width", [320, 1280])
def test_time_runs_out_without_loss_and_what_was_missed_is_asked_again(open_page: Open, width: int) -> None:
    page = opened(open_page, "#/assessment", width)
    sound(page)
    press(page, "start")
    questions = asked(page)
    assert len(questions) == 7
    for question in questions[:5]:
        choose(page, question, right=True)
    there = page.evaluate("document.activeElement.name")
    page.clock.run_for(7 * 60_000 + 55_000)
    expect(page.locator("[data-limit-said]")).to_have_text("")
    page.clock.run_for(10_000)
    expect(page.locator("[data-limit-said]")).to_contain_text("2 min left")
    assert page.evaluate("document.activeElement.name") == there
    sound(page)
    page.clock.run_for(120_000)
    assert focused(page) == "Give me more time"
    sound(page)
    page.keyboard.press("Enter")
    expect(page.locator("dialog")).to_have_count(0)
    assert page.evaluate("document.activeElement.name") == there
    expect(page.locator("[data-limit-left]")).to_have_text("Time left: 5 min")
    page.clock.run_for(302_000)
    assert focused(page) == "Give me more time"
    page.clock.run_for(61_000)
    expect(page.locator("dialog")).to_have_count(0)  # a dialog tells that it closed a moment after it did
    assert focused(page).startswith("Your time was over, so your answers were submitted as they were.")
    results = page.locator(f"{HERE} [data-results]")
    assert results.locator("[data-verdict=right]").count() == 5
    expect(results).to_contain_text("reached (at least 50%)")
    expect(results).to_contain_text("You can try again at")
    expect(page.locator(f"{HERE} [data-action=again]")).to_be_hidden()
    sound(page)
    page.clock.run_for(61_000)
    expect(results).to_contain_text("You can try again now.")
    press(page, "again")
    assert sorted(asked(page)) == sorted(questions[5:])
    for question in asked(page):
        choose(page, question, right=True)
    expect(page.locator(f"{HERE} [data-answered]")).to_contain_text(
        "2 of 2 questions answered. What you had right still counts."
    )
    press(page, "submit")
    expect(results).to_contain_text("You scored 100%")
    expect(page.locator(f"{HERE} [data-action=again]")).to_be_hidden()


def test_a_time_limit_can_be_turned_off_before_it_starts(open_page: Open) -> None:
    page = opened(open_page, "#/assessment", 1280)
    tab_to(page, "[data-untimed]")
    page.keyboard.press("Space")
    press(page, "start")
    expect(page.locator("[data-limit]")).to_be_hidden()
    page.clock.run_for(3_600_000)
    expect(page.locator("dialog")).to_have_count(0)
    assert len(asked(page)) == 7
