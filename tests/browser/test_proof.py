"""Proof of accessibility: the gallery, with every question type and block, in every circumstance that learners have.

One browser for all; what was worked through by keyboard is opened again in each circumstance. `python -m tests.browser.proof
FOLDER FILE` runs the same on any course and writes what `accessibility: results` names.
"""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page

from scormkit.load import load
from scormkit.model.accessibility import AccessibilityResults
from tests.browser import courses
from tests.browser.classroom import wait_until
from tests.browser.proof import (
    LOOKS,
    MOVING,
    SMALL,
    SMALLEST,
    WIDE,
    Keys,
    Proof,
    faults_of_tree,
    listen,
    look,
    opened,
    walks,
)
from tests.browser.ways import ways

GALLERY = load(courses.ROOT / "docs" / "gallery").courses[0]
EVERYWHERE = {page.id for page in GALLERY.pages}


@pytest.fixture(scope="module")
def walked(chromium: Browser) -> tuple[Proof, list[Any]]:
    """The gallery, worked through by keyboard alone by learners who together meet all its pages, and what was saved then."""
    proof = Proof(GALLERY)
    return proof, walks(chromium, proof)


def test_by_keyboard_alone(walked: tuple[Proof, list[Any]]) -> None:
    """The focus is somewhere after every key, never behind anything; title and heading of each new page are told."""
    proof, _ = walked
    assert proof.lines() == []
    assert proof.looked["keyboard"] >= EVERYWHERE | {"~results", "~about", "~help", "~search"}


@pytest.mark.parametrize("circumstance", LOOKS)
def test_every_page_in(circumstance: str, chromium: Browser, walked: tuple[Proof, list[Any]]) -> None:
    """axe, reflow, targets of 24 pixels, nothing that moves: with everything answered and unfolded."""
    proof = Proof(GALLERY)
    for state in walked[1]:
        look(chromium, proof, circumstance, state, set(proof.looked[circumstance]))
    assert proof.lines() == []
    assert proof.looked[circumstance] >= EVERYWHERE | {"~results", "~about"}


def test_every_page_that_is_open_at_first(chromium: Browser) -> None:
    proof = Proof(GALLERY)
    look(chromium, proof, "light")
    assert proof.lines() == []
    assert len(proof.looked["light"]) > len(EVERYWHERE) / 2


def test_by_the_accessibility_tree(chromium: Browser, walked: tuple[Proof, list[Any]]) -> None:
    proof = Proof(GALLERY)
    for state in walked[1]:
        listen(chromium, proof, state, set(proof.looked["accessibility-tree"]))
    assert proof.lines() == []
    assert proof.looked["accessibility-tree"] >= EVERYWHERE


def test_answers_by_roles_and_names_alone(chromium: Browser) -> None:
    """Nothing is found but by role and name; what is said is in a live region, or has the focus."""
    context, page = opened(chromium, GALLERY, viewport=WIDE)
    answered = 0
    for _ in GALLERY.pages:
        if page.get_by_role("button", name="Check answer", exact=True).count():
            button = page.get_by_role("button", name="Check answer", exact=True).first
            button.press("Enter")
            alerts = [one.inner_text().strip() for one in page.get_by_role("alert").all() if one.is_visible()]
            assert any(alerts) or said(page).strip(), "it is told, or judged"
            if button.is_visible():
                choose(page)
                button.press("Enter")
                assert said(page).strip(), "the outcome has the focus"
            answered += 1
        going = page.get_by_role("link", name=re.compile("^Next"))
        if not going.count():
            break
        if not follow(page, going.first) or page.url.endswith("#/~results"):
            break
    assert answered >= 6
    context.close()


def follow(page: Page, link: Locator) -> bool:
    """Follows a link: the new page's title and heading are told; False where a page is locked, which is told, too."""
    before, told = page.title(), said(page)  # which may be that a page is no longer locked
    link.press("Enter")

    def answered() -> bool:
        return page.title() != before or (said(page) != told and "locked" in said(page))

    wait_until(answered, what="another page, or why there is none")
    if page.title() == before:
        return False
    heading = page.get_by_role("heading", level=1)
    wait_until(
        lambda: heading.evaluate("one => one === document.activeElement"), what=f"focus on {heading.inner_text()}"
    )
    assert heading.inner_text() in page.title()
    return True


def said(page: Page) -> str:
    """What is read out when the focus gets where it is."""
    return str(page.evaluate("document.activeElement.innerText"))


def choose(page: Page) -> None:
    """Fills in whatever is open on the page, by role."""
    for group in page.get_by_role("group").all():
        radios = group.get_by_role("radio").all()
        if radios and not any(one.is_checked() for one in radios) and radios[0].is_enabled():
            radios[0].check()
    for box in page.get_by_role("textbox").all():
        if box.is_editable() and not box.input_value():
            box.fill("1")
    for chooser in page.get_by_role("combobox").all():
        chooser.select_option(index=1)


def test_other_learners_meet_the_pages_that_the_first_one_does_not() -> None:
    """Pages behind `show-if`, those behind a question on such a page, and those that want a wrong answer; with few learners."""
    wrong = {"question": "clean", "right": False}
    course = {
        "pages": [
            {"id": "who", "questions": ["trade", "clean"]},
            {"id": "nurse", "questions": ["ward"], "showIf": [{"question": "trade", "answers": ["a"]}]},
            {"id": "ward", "questions": [], "showIf": [{"question": "ward", "answers": ["b", "c"]}]},
            {"id": "doctor", "questions": [], "showIf": [{"question": "trade", "answers": ["b"]}]},
            {"id": "again", "questions": [], "showIf": [wrong]},
            {"id": "both", "questions": [], "showIf": [{"question": "ward", "answers": ["c"]}, wrong]},
            {"id": "nobody", "questions": [], "showIf": [{"question": "trade", "answers": [one]} for one in "ab"]},
        ]
    }  # fmt: skip
    assert ways(course, ["nurse"]) == [{"trade": ("a",)}]
    assert ways(course, ["ward", "doctor", "again", "both", "nobody"]) == [
        {"trade": ("a",), "ward": ("c",), "clean": False}, {"trade": ("b",)},
    ]  # fmt: skip
    assert ways(course, []) == []


def test_the_proof_finds_what_is_wrong(chromium: Browser) -> None:
    page = chromium.new_page()
    page.set_content(
        "<style>i { transition: width 1s } div { position: fixed; inset: 0 }</style><h2>A</h2><input type=radio><img src=x>"
        "<button style='width: 10px; height: 10px; padding: 0'></button><i>b</i><div></div>"
    )
    assert page.evaluate(SMALL, SMALLEST) != []
    assert page.evaluate(MOVING) == ["i "]
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    told = set(faults_of_tree([node for node in nodes if not node["ignored"]]))
    assert {"a button has no name", "a radio has no name", "there are 0 headings of the first level"} <= told
    found: list[str] = []
    keys = Keys(page, found.append)
    keys.press("Tab")
    assert found == ["the focus is behind something, or outside the window"]
    page.evaluate("document.activeElement.blur()")
    keys.press("Escape")
    assert found[1:] == ["the focus is lost after Escape"]
    page.close()


def test_results_are_of_pages_that_were_looked_at_in_every_circumstance() -> None:
    proof = Proof(GALLERY)
    proof.looked["light"] |= {"text", "blocks"}
    proof.looked["keyboard"] |= {"text"}
    proof.tell("image-alt", "light", "text", "Images need an alternative text: <img>")
    proof.tell("image-alt", "dark", "text", "Images need an alternative text: <img>")
    proof.tools = ("axe-core 4", "Chromium 142")
    told = json.loads(json.dumps(proof.results()))
    assert AccessibilityResults.model_validate_json(json.dumps(told)).pages == ("text",)
    assert (told["course"], told["pages"]) == (GALLERY.settings.id, ["text"])
    assert told["circumstances"] == ["light", "keyboard"]
    (violation,) = told["violations"]
    assert (violation["rule"], violation["pages"], violation["count"]) == ("image-alt", ["text"], 2)
