"""Questions to arrange, in Chromium: answered by keyboard alone, looked over by axe, on small windows and on paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from scormkit.render import render
from tests.browser.test_page import Open, findings, focused, go_to, open_page, tab_to
from tests.test_questions_arranging import every_type

__all__ = ["open_page"]

FITS = "document.documentElement.scrollWidth <= innerWidth"
SMALL = """() => [...document.querySelectorAll('.item button, .item select')]
    .filter(one => one.checkVisibility())
    .filter(one => { const box = one.getBoundingClientRect(); return box.width < 24 || box.height < 24 })
    .map(one => one.outerHTML)"""


def shown(page: Page, question: str) -> list[str]:
    """The keys of a question's items in the order of the page."""
    return list(
        page.eval_on_selector_all(f"[data-question={question}] [data-option]", "all => all.map(e => e.dataset.option)")
    )


def to_the_top(page: Page, question: str, item: str) -> None:
    """Moves an item to the top by its own button, which keeps the focus all the way."""
    button = f'[data-question={question}] [data-option={item}] [data-move="up"]'
    tab_to(page, button)
    while shown(page, question)[0] != item:
        page.keyboard.press("Enter")
        assert page.evaluate("selector => document.activeElement.matches(selector)", button)


def choose_all(page: Page, question: str, matches: dict[str, str]) -> None:
    """Chooses from each list with the arrow keys, in the order in which Tab comes to the lists."""
    for item in shown(page, question):
        tab_to(page, f"[data-question={question}] [data-option={item}] select")
        for _ in range(6):
            if page.evaluate("document.activeElement.value") == matches[item]:
                break
            page.keyboard.press("ArrowDown")
        assert page.evaluate("document.activeElement.value") == matches[item]


def answer(page: Page, question: str) -> None:
    tab_to(page, f"[data-question={question}] [data-action=answer]")
    page.keyboard.press("Enter")
    assert focused(page).startswith("Correct")


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_by_keyboard_and_seen_by_axe(open_page: Open, width: int, scheme: str) -> None:
    page = open_page(render(every_type()), color_scheme=scheme, viewport={"width": width, "height": 800})
    go_to(page, "practice")
    assert findings(page) == []
    assert page.evaluate(FITS)
    assert page.evaluate(SMALL) == []
    for item in "dcba":
        to_the_top(page, "washing", item)
    assert page.locator("[data-question=washing] [data-moved]").inner_text() == "Wet your hands moved to place 1 of 4."
    answer(page, "washing")
    choose_all(page, "who-decides", {"a": "1", "b": "1", "c": "2"})
    answer(page, "who-decides")
    choose_all(page, "decide-or-ask", {"a": "1", "b": "1", "c": "2", "d": "2"})
    answer(page, "decide-or-ask")
    assert findings(page) == []
    assert page.evaluate(FITS)


def test_on_paper_and_without_script(open_page: Open) -> None:
    page = open_page(render(every_type()), java_script_enabled=False)
    page.emulate_media(media="print")
    assert shown(page, "washing") == ["d", "c", "b", "a"]
    assert not page.locator("[data-question=washing] [data-moves]").first.is_visible()
    assert page.locator("[data-question=washing] .answers summary").is_visible()
    paper = page.locator("[data-question=who-decides] .on-paper")
    assert paper.is_visible()
    assert paper.locator("li").all_inner_texts() == [
        "Parents decide alone.",
        "Staff decide after hearing parents.",
        "Staff decide and tell parents.",
    ]
    assert page.locator("[data-question=who-decides] .answers summary").is_visible()
