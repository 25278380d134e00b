"""A learner who uses nothing but the keyboard: Tab, arrow keys, Space and Enter."""

from __future__ import annotations

import json
from contextlib import suppress
from functools import cached_property
from typing import Any

from playwright.sync_api import Error

from tests.browser.classroom import Launch, wait_until

FAR = 200
"""Presses of Tab after which something counts as out of reach."""


class Learner:
    """Works through a course that is open; the course must have shown its first page."""

    def __init__(self, launch: Launch) -> None:
        self.launch = launch
        self.frame = launch.content
        self.frame.locator("html[data-ready]").wait_for(timeout=10_000)
        self.keys = self.frame.page.keyboard
        self.papers: list[list[str]] = []

    @cached_property
    def course(self) -> dict[str, Any]:
        """The course's payload."""
        return json.loads(self.frame.locator("#course").text_content() or "")  # type: ignore[no-any-return]

    @property
    def here(self) -> str:
        """The id of the page that is shown."""
        return str(self.frame.evaluate("document.querySelector('[data-page]:not([hidden])').dataset.page"))

    @property
    def save_state(self) -> str:
        """What the course says about saving: saved, unsaved, retrying, ..."""
        return str(self.frame.evaluate("document.querySelector('[data-save-state]').dataset.saveState"))

    def page(self, id: str) -> dict[str, Any]:
        return next(page for page in self.course["pages"] if page["id"] == id)

    def question(self, id: str) -> dict[str, Any]:
        return next(question for question in self.course["questions"] if question["id"] == id)

    def tab_to(self, selector: str) -> None:
        """Presses Tab until the focus is there, and visible; fails where it never comes."""
        for _ in range(FAR):
            if self.frame.evaluate("css => document.activeElement?.matches(css) ?? false", selector):
                return
            self.keys.press("Tab")
        raise AssertionError(f"{selector} cannot be reached by keyboard on {self.here}")

    def press(self, selector: str, key: str = "Enter") -> None:
        """Goes to a button or link and presses it."""
        self.tab_to(selector)
        self.keys.press(key)

    def next(self) -> str:
        """Goes to the next page; returns its id."""
        before = self.here
        self.press("[data-page]:not([hidden]) [data-action=next]")
        wait_until(lambda: self.here != before, what=f"a page after {before}")
        return self.here

    @property
    def questions(self) -> list[str]:
        """Ids of the questions on this page that can be seen, in their order."""
        return list(
            self.frame.evaluate(
                """Array.from(document.querySelectorAll("[data-page]:not([hidden]) [data-question]"))
                    .filter(one => one.checkVisibility()).map(one => one.dataset.question)"""
            )
        )

    def choose(self, id: str, right: bool = True) -> tuple[str, ...]:
        """Marks an answer, without sending it; returns the keys."""
        question = self.question(id)
        if question["type"] == "scenario":
            return self.walk(id, right)
        if question["type"] == "reflection":
            return self.write(id)
        if question["type"] == "sequencing":
            return self.put_in_order(id, right)
        if question["type"] in ("matching", "categorise"):
            return self.match(id, right)
        keys = [option["key"] for option in question["options"]]
        correct = (question["interaction"]["correct"] or [keys[:1]])[0]
        return self.mark(id, tuple(correct) if right else tuple(key for key in keys if key not in correct)[:1])

    def mark(self, id: str, wanted: tuple[str, ...]) -> tuple[str, ...]:
        """Chooses these options of a question; returns them."""
        keys = [option["key"] for option in self.question(id)["options"]]
        place = f'[data-question="{id}"] .option'
        if self.frame.locator(f"{place} input[type=checkbox]").count():
            for key in wanted:
                self.press(f'{place} input[value="{key}"]', "Space")
        else:
            self.pick(f"{place} input", wanted[0], len(keys))
        chosen = self.frame.locator(f"{place} input:checked").evaluate_all("inputs => inputs.map(input => input.value)")
        assert sorted(chosen) == sorted(wanted)
        return wanted

    def walk(self, id: str, right: bool = True) -> tuple[str, ...]:
        """Goes through a scenario to one of its endings, by the best moves or by the first that are not; returns the way."""
        question = self.question(id)
        best = question["interaction"]["correct"][0] if question["interaction"]["correct"] else ()
        place = f'[data-question="{id}"] [data-scene]:not([hidden])'
        way: list[str] = []
        while moves := self.frame.locator(f"{place} [data-go]").evaluate_all(
            "moves => moves.map(move => move.dataset.go)"
        ):
            scene = str(self.frame.locator(place).get_attribute("data-scene"))
            wanted = next((key for key in moves if (f"{scene}.{key}" in best) == right), moves[0])
            self.pick(f"{place} [data-go] input", wanted, len(moves))
            way.append(f"{scene}.{wanted}")
            self.keys.press("Enter")
            self.frame.locator(f"{place} .scene-title:focus").wait_for()
        return tuple(way)

    def put_in_order(self, id: str, right: bool = True) -> tuple[str, ...]:
        """Moves the items of a sequence into the right order, or into the opposite one, by their buttons; returns it."""
        correct = self.question(id)["interaction"]["correct"][0]
        wanted = correct if right else correct[::-1]
        place = f'[data-question="{id}"] [data-option'
        items = self.frame.locator(f"{place}]")
        for item in reversed(wanted):
            self.tab_to(f'{place}="{item}"] [data-move=up]')
            while items.first.get_attribute("data-option") != item:
                self.keys.press("Enter")
        assert items.evaluate_all("items => items.map(item => item.dataset.option)") == wanted
        return tuple(wanted)

    def match(self, id: str, right: bool = True) -> tuple[str, ...]:
        """Chooses for each item the right match, or some other one, from its list; returns the pairs."""
        pairs = []
        for item, _, match in (pair.partition(".") for pair in self.question(id)["interaction"]["correct"][0]):
            place = f'[data-question="{id}"] [data-option="{item}"] select'
            self.tab_to(place)
            listed = self.frame.locator(f"{place} option").evaluate_all(
                "options => options.map(option => option.value)"
            )
            wanted = next(option for option in listed if option and (option == match) == right)
            self.keys.press("Home")
            for _ in range(listed.index(wanted)):
                self.keys.press("ArrowDown")
            assert self.frame.locator(place).input_value() == wanted
            pairs.append(f"{item}.{wanted}")
        return tuple(pairs)

    def shown(self, id: str) -> tuple[str, ...]:
        """What stands in a question as its answer: keys, pairs, the order, or a text, as `choose` gives them."""
        kind, place = self.question(id)["type"], self.frame.locator(f'[data-question="{id}"]')
        if kind == "reflection":
            return (place.locator("textarea").input_value(),)
        if kind == "sequencing":
            items = place.locator("[data-option]").evaluate_all("items => items.map(item => item.dataset.option)")
            return tuple(items)
        if kind in ("matching", "categorise"):
            pairs = """items => items.map(item => `${item.dataset.option}.${item.querySelector("select").value}`)"""
            return tuple(sorted(place.locator("[data-option]").evaluate_all(pairs)))
        return tuple(place.locator(".option input:checked").evaluate_all("inputs => inputs.map(input => input.value)"))

    def write(self, id: str, text: str = "I ask the parents first.") -> tuple[str, ...]:
        """Writes into the field of a reflection; returns the text."""
        field = f'[data-question="{id}"] textarea'
        self.tab_to(field)
        self.keys.press("Control+A")
        self.keys.type(text)
        assert self.frame.locator(field).input_value() == text
        return (text,)

    def pick(self, radios: str, value: str, count: int) -> None:
        """Chooses among radio buttons: Tab to the first, arrow keys from there."""
        self.tab_to(radios)
        self.keys.press("Space")
        for _ in range(count):
            if self.frame.evaluate("document.activeElement.value") == value:
                break
            self.keys.press("ArrowDown")

    def answer(self, id: str, right: bool = True) -> tuple[str, ...]:
        """Answers a practice question and waits for the outcome, which must have the focus."""
        wanted = self.choose(id, right)
        self.press(f'[data-question="{id}"] [data-action=answer]')
        outcome = self.frame.locator(f'[data-question="{id}"] [data-outcome]')
        outcome.wait_for()
        assert outcome.evaluate("outcome => outcome.contains(document.activeElement)")
        return wanted

    def take(self, wrong: int = 0) -> list[str]:
        """Takes the assessment on this page with `wrong` wrong answers; returns the questions that it had."""
        begin = "[data-page]:not([hidden]) [data-action=start], [data-page]:not([hidden]) [data-action=again]"
        self.press(begin)
        questions = self.questions
        for index, id in enumerate(questions):
            self.choose(id, right=index >= wrong)
            if self.frame.locator(f'[data-question="{id}"] [data-confidence]').count():
                self.pick(f'[data-question="{id}"] [data-confidence] input', "2", 3)
        self.press("[data-page]:not([hidden]) [data-action=submit]")
        self.frame.locator("[data-page]:not([hidden]) [data-results]").wait_for()
        self.papers.append(questions)
        return questions

    def work(self, until: str | None = None, wrong: int = 0) -> list[str]:
        """Works through all pages (or up to and not including page `until`); returns the pages that were seen."""
        seen = [self.here]
        while self.here != until:
            page = next((page for page in self.course["pages"] if page["id"] == self.here), None)
            if page is None:
                break
            if page["type"] == "pretest":
                self.take()
            elif page["type"] == "assessment":
                self.take(wrong)
            else:
                for id in self.questions:
                    self.answer(id)
            seen.append(self.next())
        return seen

    def exit(self) -> str:
        """Save and exit; returns what the course says then ("" where its window closes)."""
        self.tab_to("[data-action=exit]")
        if self.launch.popup is not None:
            with self.launch.popup.expect_event("close"), suppress(Error):  # it may be gone before the key is up
                self.keys.press("Enter")
            return ""
        self.keys.press("Enter")
        self.frame.locator("main.ending").wait_for()
        return self.frame.locator("main.ending").inner_text()

    @property
    def practice(self) -> set[str]:
        """Ids of the questions outside assessments."""
        return {id for page in self.course["pages"] if page["type"] == "page" for id in page["questions"]}

    def wait_saved(self, seconds: float = 8.0) -> None:
        """Waits until the course says that all is saved."""
        wait_until(lambda: self.save_state == "saved", seconds, "saved")
