"""Questions to arrange, in Chromium: answered by keyboard alone, looked over by axe, on small windows and on paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from scormkit.render import render
from tests.browser.classroom import Launch
from tests.browser.courses import packages
from tests.browser.learner import Learner
from tests.browser.test_page import Open, findings, focused, go_to, open_page, tab_to
from tests.test_questions_arranging import EVERY, SETTINGS, every_type

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


def test_a_host_gets_the_answers_and_the_learner_finds_them_again(
    launch: Callable[..., Launch], new_context: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "course.yaml").write_text(SETTINGS, encoding="utf-8")
    for number, (name, body) in enumerate(EVERY.items(), start=1):
        (tmp_path / "pages" / f"{number}-{name}.md").write_text(body, encoding="utf-8")
    opened = launch(packages(tmp_path).content("arranging", "scorm12"))
    learner = Learner(opened)
    given = {}
    for name in EVERY:
        given[name] = learner.answer(name, right=name != "who-decides")
        learner.next()
    learner.wait_saved()
    told = {one["id"]: one for one in opened.record.interactions}
    assert {name: one["student_response"] for name, one in told.items()} == {
        name: ",".join(response) for name, response in given.items()
    }
    assert [told[name]["type"] for name in EVERY] == ["sequencing", "matching", "matching"]
    assert [told[name]["result"] for name in EVERY] == ["correct", "wrong", "correct"]
    assert opened.findings() == []
    learner.exit()
    again = Learner(opened.relaunch(new_context()))
    for name in given:
        again.frame.evaluate("name => { location.hash = '#/' + name }", name)
        again.frame.locator(f"[data-question={name}]").wait_for()
    order = again.frame.locator("[data-question=washing] [data-option]")
    assert order.evaluate_all("all => all.map(one => one.dataset.option)") == list(given["washing"])
    lists = again.frame.locator("[data-question=who-decides] [data-option] select")
    assert lists.evaluate_all("all => all.map(one => one.value)") == [pair[2:] for pair in given["who-decides"]]
