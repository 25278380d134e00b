"""Scenarios, opinions and hotspots of the gallery, in Chromium: by keyboard alone, looked over by axe, on small windows."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from scormkit.load import load_texts
from scormkit.model.site import Site
from scormkit.render import render
from tests.browser.test_page import Open, findings, focused, open_page, tab_to

__all__ = ["open_page"]

GALLERY = Path(__file__).parent.parent.parent / "docs" / "gallery"
FILES = ("course.yaml", "pages/06-deciding.md", "pages/07-opinions.md", "media/room.svg")
FITS = "document.documentElement.scrollWidth <= innerWidth"
CASE = "[data-question=booklet-case]"
SCENE = f"{CASE} [data-scene]:not([hidden])"


@cache
def site() -> Site:
    return render(load_texts({name: (GALLERY / name).read_text(encoding="utf-8") for name in FILES}).courses[0])


def sound(page: Page) -> None:
    """Nothing for axe to find, nothing wider than the window, the focus somewhere that can be seen."""
    # One digit is too short a text for axe to judge; those in the picture are dark with a white edge.
    assert [one for one in findings(page) if not one.startswith("color-contrast: <text")] == []
    assert page.evaluate(FITS)


def decide(page: Page, key: str, title: str) -> None:
    """Chooses a move with the arrow keys and goes on with Enter; the next scene's heading has the focus."""
    tab_to(page, f"{SCENE} [data-go] input")
    page.keyboard.press("Space")
    for _ in range(6):
        if page.evaluate("document.activeElement.value") == key:
            break
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(f"{SCENE} .scene-title:focus")).to_have_text(title)


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_a_case_by_keyboard(open_page: Open, width: int, scheme: str) -> None:
    page = open_page(site(), "#/deciding", color_scheme=scheme, viewport={"width": width, "height": 800})
    sound(page)
    tab_to(page, f"{CASE} [data-action=go]")
    page.keyboard.press("Enter")
    assert focused(page) == "a"
    expect(page.locator(f"{CASE} [role=alert]")).to_have_text("Choose an answer first.")
    page.keyboard.press("Shift+Tab")
    decide(page, "a", "A draft of your own")
    sound(page)
    page.reload()
    page.wait_for_selector("html[data-ready]")
    expect(page.locator(f"{SCENE} .scene-title")).to_have_text("A draft of your own")
    decide(page, "b", "A draft by six")
    decide(page, "a", "It is read")
    tab_to(page, f"{CASE} [data-action=answer]")
    page.keyboard.press("Enter")
    assert focused(page).startswith("A good outcome")
    tab_to(page, f"{CASE} [data-outcome] summary")
    page.keyboard.press("Enter")
    expect(page.locator(f"{CASE} [data-outcome] details")).to_contain_text("Ask for more time")
    sound(page)
    tab_to(page, f"{CASE} [data-action=retry]")
    page.keyboard.press("Enter")
    assert focused(page) == "Two weeks left"


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_opinions_and_a_picture_by_keyboard(open_page: Open, width: int, scheme: str) -> None:
    page = open_page(site(), "#/opinions", color_scheme=scheme, viewport={"width": width, "height": 800})
    sound(page)
    for question, right in (
        ("explain-primes", "Thank you"),
        ("way-of-learning", "Thank you"),
        ("where-to-sit", "Not quite"),
    ):
        tab_to(page, f"[data-question={question}] input")
        page.keyboard.press("Space")
        page.keyboard.press("Enter")
        assert focused(page).startswith(right)
    sound(page)
    for question in ("explain-primes", "where-to-sit"):
        page.locator(f"[data-question={question}] [data-action=retry]").focus()
        page.keyboard.press("Enter")
        page.keyboard.press("ArrowDown")
    expect(page.locator("[data-area=b][data-chosen][data-focused]")).to_have_count(1)
    page.keyboard.press("Enter")
    assert focused(page).startswith("Correct")


def test_a_press_on_the_picture_chooses_from_the_list(open_page: Open) -> None:
    page = open_page(site(), "#/opinions", forced_colors="active")
    page.locator("[data-area=b] .area-face").click()
    assert page.evaluate("document.activeElement.checked && document.activeElement.value") == "b"
    assert page.locator("[data-area=b] .area-face").evaluate("one => getComputedStyle(one).stroke") != page.locator(
        "[data-area=a] .area-face"
    ).evaluate("one => getComputedStyle(one).stroke")
    page.keyboard.press("Enter")
    assert focused(page).startswith("Correct")


def test_without_script_all_scenes_stand_there_with_links(open_page: Open) -> None:
    page = open_page(site(), java_script_enabled=False)
    titles = page.locator(f"{CASE} .scene-title").all_inner_texts()
    assert titles == ["Two weeks left", "A draft of your own", "A draft by six", "It is read", "On the chairs again"]
    page.get_by_role("link", name="Leads to: A draft by six").first.click()
    assert page.url.endswith("#q:booklet-case:c")
