"""Answers that are written, in Chromium: by keyboard alone, looked over by axe before and after, kept over a reload, on paper."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from scormkit.load import load_texts
from scormkit.model.site import Site
from scormkit.render import render
from tests.browser.test_page import Open, findings, focused, open_page, tab_to
from tests.test_questions_written import PAGE, SETTINGS

__all__ = ["open_page"]  # a fixture


def site() -> Site:
    return render(load_texts({"course.yaml": SETTINGS, "pages/1.md": PAGE}).courses[0])


def answer(page: Page, question: str, *texts: str) -> None:
    """Goes to each field by Tab, writes into it or chooses by its first letters, and answers with Enter on the button."""
    for number, text in enumerate(texts, 1):
        tab_to(page, f"[id='q:{question}:{number}']")
        page.keyboard.type(text)
    tab_to(page, f"[data-question={question}] [data-action=answer]", most=3)
    page.keyboard.press("Enter")


def test_by_keyboard_alone_and_what_axe_finds(open_page: Open) -> None:
    page = open_page(site(), "#/1")
    assert findings(page) == []
    answer(page, "called", "consultatoin")
    assert focused(page).startswith("Correct")
    answer(page, "jug", "plenty")
    assert focused(page) == "plenty", "the focus goes back to the field"
    expect(page.locator("[data-question=jug] [role=alert]")).to_contain_text("Write one number in figures")
    page.keyboard.press("Control+A")
    page.keyboard.type("760 ml")
    page.keyboard.press("Enter")
    assert focused(page).startswith("Correct")
    answer(page, "decide", "the staff", "nurses", "who is missing")
    assert focused(page).startswith("Partly right")
    answer(page, "listed", "shared", "ann")
    assert focused(page).startswith("Correct")
    answer(page, "shift", "I ask.")
    assert focused(page).startswith("Thank you")
    expect(page.locator("[data-question=shift] [data-outcome]")).to_contain_text("I ask the parents first.")
    assert findings(page) == []


def test_what_was_written_is_there_again(open_page: Open) -> None:
    page = open_page(site(), "#/1")
    page.locator("[data-question=learnt] textarea").fill("A lot.\nReally.")
    page.locator("[data-question=learnt] textarea").blur()
    page.locator("[data-question=listed] select").nth(1).select_option("a")
    page.locator("[data-question=listed] [data-action=answer]").click()
    expect(page.locator("[data-save-state]")).to_have_text("Saved on this device")
    page.reload()
    page.wait_for_selector("html[data-ready]")
    expect(page.locator("[data-question=learnt] textarea")).to_have_value("A lot.\nReally.")
    expect(page.locator("[data-question=listed] select").nth(1)).to_have_value("a")
    page.emulate_media(media="print")
    expect(page.locator("[data-question=learnt] .written")).to_be_visible()
    expect(page.locator("[data-question=learnt] .written")).to_have_text("A lot. Really.")
    expect(page.locator("[data-question=learnt] textarea")).to_be_hidden()


def test_nothing_sticks_out_of_a_narrow_window(open_page: Open) -> None:
    long = "Donaudampfschifffahrtsgesellschaftskapitänsmütze"
    body = PAGE + f":::{{cloze}} {long * 2}\n:id: long\nA {{{{[x] {long}|[ ] القاهرة}}}} b.\n> incorrect: c\n:::\n"
    made = render(load_texts({"course.yaml": SETTINGS, "pages/1.md": body}).courses[0])
    page = open_page(made, "#/1", viewport={"width": 320, "height": 640})
    page.locator("[data-question=long] select").select_option(index=2)
    page.locator("[data-question=long] [data-action=answer]").click()
    page.locator("[data-question=decide] input").nth(0).fill("staff")
    page.keyboard.press("Enter")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.evaluate(
        "[...document.querySelectorAll('.gap input, .gap select')].every(f => f.getBoundingClientRect().height >= 24)"
    )
