"""Locked pages, pages for some learners, what completes a course and time on a page, in Chromium: by keyboard alone, looked
over by axe, in small windows."""

from __future__ import annotations

from functools import cache

import pytest
from playwright.sync_api import Page, expect

from scormkit.load import load_texts
from scormkit.model.site import Site
from scormkit.render import render
from tests.browser.test_page import ADDRESS, Open, findings, focused, open_page, tab_to

__all__ = ["open_page"]

FITS = "document.documentElement.scrollWidth <= innerWidth"
WHO = """---
title: Who you are
---
:::{poll} What is your profession?
:id: profession
- Nurse
- Doctor
:::

:::{true-false} Clean hands protect babies.
:id: clean
:answer: true
:tries: 0
> incorrect: Think again.
:::
"""
FILES = {
    "course.yaml": "id: https://e.org/ways\ntitle: Ways\ncompletion: {rule: manual, pages: 100%, statement: I have read it all}\n",
    "pages/01-start.md": "---\ntitle: Start\n---\nText.\n",
    "pages/02-who.md": WHO,
    "pages/03-nurses.md": "---\ntitle: For nurses\nmin-time: 2 s\nshow-if: {question: profession, answer: nurse}\n---\nText.\n",
    "pages/04-doctors.md": "---\ntitle: For doctors\nshow-if: {question: profession, answer: Doctor}\n---\nText.\n",
    "pages/05-door.md": "---\ntitle: Behind the door\nunlock: {right: clean}\n---\n:::{recall} clean\n:::\n",
    "pages/06-more.md": "---\ntitle: More\nrequired: false\nunlock: {after: door}\n---\nText.\n",
}


@cache
def site() -> Site:
    return render(load_texts(FILES).courses[0])


def sound(page: Page) -> None:
    """Nothing for axe to find, nothing wider than the window, the focus somewhere that can be seen."""
    assert findings(page) == []
    assert page.evaluate(FITS)


def answer(page: Page, question: str, key: str) -> None:
    """Chooses with the arrow keys and gives the answer."""
    tab_to(page, f"[data-question={question}] input")
    page.keyboard.press("Space")
    for _ in range(4):
        if page.evaluate("document.activeElement.value") == key:
            break
        page.keyboard.press("ArrowDown")
    tab_to(page, f"[data-question={question}] [data-action=answer]")
    page.keyboard.press("Enter")
    expect(page.locator(f"[data-question={question}] [data-outcome]:focus")).to_be_visible()


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_the_whole_way_by_keyboard(open_page: Open, width: int, scheme: str) -> None:
    page = open_page(site(), "#/door", color_scheme=scheme, viewport={"width": width, "height": 800})
    assert focused(page).startswith("“Behind the door” is still locked. To open it:")
    sound(page)
    page.keyboard.press("Tab")
    assert focused(page) == "Find the right answer to “Clean hands protect babies.”"
    page.keyboard.press("Enter")
    expect(page.locator("h1:focus")).to_have_text("Who you are")
    expect(page.locator("[data-kicker]:visible")).to_have_text("Page 2 of 4")

    answer(page, "profession", "a")
    expect(page.locator("[data-name=ways] li")).to_have_text("Now part of your course: For nurses")
    answer(page, "clean", "true")
    expect(page.locator("[data-name=ways] li")).to_have_text(
        ["Open now: Behind the door", "Now part of your course: For nurses"]
    )
    sound(page)
    expect(page.locator("[data-kicker]:visible")).to_have_text("Page 2 of 5")

    tab_to(page, "a.next")
    page.keyboard.press("Enter")
    expect(page.locator("h1:focus")).to_have_text("For nurses")
    expect(page.locator(".page-time:visible")).to_contain_text("once you have spent 2 s on it.")
    expect(page.locator("[data-time]:visible")).to_have_text("You have been here long enough.", timeout=10_000)
    sound(page)
    tab_to(page, "a.next")
    page.keyboard.press("Enter")
    expect(page.locator("h1:focus")).to_have_text("Behind the door")
    expect(page.locator("[data-page=door] a.next [data-lock]")).to_have_text("Locked: Finish “Behind the door”")
    answer(page, "clean-again", "true")
    expect(page.locator(".first-time")).to_have_text("The first time, on “Who you are”: Right")
    expect(page.locator("[data-page=door] a.next [data-lock]")).to_be_hidden()
    sound(page)

    page.goto(f"{ADDRESS}#/start")
    step = page.locator("[data-page=start] [data-steps] li")
    expect(step.nth(0)).to_contain_text("Pages to finish: 4 of 4 Done")
    expect(step.nth(1)).to_contain_text("Confirm at the end: “I have read it all” Still to do")
    sound(page)
    tab_to(page, "[data-page=start] [data-steps] a")
    page.keyboard.press("Enter")
    expect(page.locator("h1:focus")).to_have_text("Your results")
    tab_to(page, "[data-action=declare]")
    assert focused(page) == "I have read it all"
    page.keyboard.press("Enter")
    assert focused(page).startswith("You have completed this course")
    sound(page)


def test_another_answer_makes_another_course_and_keeps_what_was_done(open_page: Open) -> None:
    page = open_page(site(), "#/who")
    answer(page, "profession", "a")
    page.goto(f"{ADDRESS}#/nurses")
    expect(page.locator("[data-time]:visible")).to_have_text("You have been here long enough.", timeout=10_000)
    page.goto(f"{ADDRESS}#/who")
    tab_to(page, "[data-question=profession] [data-action=retry]")
    page.keyboard.press("Enter")
    answer(page, "profession", "b")
    expect(page.locator("[data-name=ways] li")).to_have_text(
        ["Now part of your course: For doctors", "No longer part of your course: For nurses"]
    )
    expect(page.locator('[data-page-link="nurses"]')).to_be_hidden()
    page.reload()
    page.wait_for_selector("html[data-ready]")
    expect(page.locator('[data-page-link="nurses"]')).to_be_hidden()
    tab_to(page, "[data-question=profession] [data-action=retry]")
    page.keyboard.press("Enter")
    answer(page, "profession", "a")
    expect(page.locator('[data-page-link="nurses"] [data-page-state]')).to_have_text("Done")


def test_the_menu_says_locked_in_words_and_the_tree_tells_it(open_page: Open) -> None:
    page = open_page(site(), viewport={"width": 1280, "height": 800})
    link = page.locator('[data-page-link="door"]')
    expect(link).to_have_accessible_name("Behind the door Locked")
    expect(link).to_have_attribute("aria-disabled", "true")
    expect(page.locator('[data-page-link="more"]')).to_have_accessible_name("More Optional Locked")
    link.focus()
    page.keyboard.press("Enter")
    assert focused(page).startswith("“Behind the door” is still locked.")


def test_everything_can_be_read_without_script(open_page: Open) -> None:
    page = open_page(site(), java_script_enabled=False)
    for title in ("For nurses", "For doctors", "Behind the door"):
        expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()
    expect(page.locator("main").get_by_text("Confirm at the end: “I have read it all”")).to_be_visible()
