"""Proof of accessibility: a whole course in Chromium in every circumstance, and what is found as accessibility.results has it.

    python -m tests.browser.proof docs/gallery accessibility.json

One browser for all. The course is worked through by keyboard first (`walk`), with the focus watched after every key; what was
saved then is opened again in each circumstance, so that answered questions and pages behind conditions are looked at, too.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from scormkit.load import load
from scormkit.model.course import Course
from scormkit.model.fingerprint import fingerprint
from scormkit.render import render
from scormkit.render.payload import payload
from scormkit.render.words import words
from scormkit.standards.profiles import combine
from tests.browser import courses
from tests.browser.classroom import ARGUMENTS, CHROMIUM, wait_until
from tests.browser.learner import Learner
from tests.browser.test_page import ADDRESS, serve
from tests.browser.ways import Way, ways

AXE = courses.ROOT / "player/node_modules/axe-core/axe.min.js"
WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 320, "height": 640}
LOOKS: dict[str, dict[str, Any]] = {
    "light": {"viewport": WIDE},
    "dark": {"viewport": WIDE, "color_scheme": "dark"},
    "forced-colours": {"viewport": WIDE, "forced_colors": "active"},
    "narrow": {"viewport": NARROW},
    "small-window": {"viewport": {"width": 640, "height": 480}},
    "large-text": {"viewport": WIDE},
}
"""Circumstances of a window, by the names that accessibility.results has for them."""

TABBED = ("Tab", "Shift+Tab")
SMALLEST = 24  # CSS pixels: WCAG 2.2, 2.5.8
LOST = """() => {
    const here = document.activeElement;
    return !here || here === document.body || here === document.documentElement || !here.checkVisibility();
}"""
COVERED = """() => {
    const here = document.activeElement, box = here.getBoundingClientRect();
    const own = (one) => one && (here.contains(one) || one.contains(here) || [...(here.labels ?? [])].some((l) => l.contains(one)));
    const at = (x, y) => own(document.elementFromPoint(box.left + box.width * x, box.top + box.height * y));
    return !(at(0.5, 0.5) || at(0.1, 0.1) || at(0.9, 0.9) || at(0.5, 0.1) || at(0.5, 0.9));
}"""
SMALL = """smallest => [...document.querySelectorAll("button, summary, select, input, textarea, a[href], [role=tab]")]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest("[inert]"))
    .filter((one) => one.tagName !== "A" || getComputedStyle(one).display !== "inline")
    .filter((one) => !one.matches(".skip, .term"))
    .filter((one) => {
      const boxes = [one, ...(one.labels ?? [])].map((each) => each.getBoundingClientRect());
      const around = (side, least) => Math[least](...boxes.map((box) => box[side]));
      const [wide, high] = [around("right", "max") - around("left", "min"), around("bottom", "max") - around("top", "min")];
      return wide < smallest - 0.5 || high < smallest - 0.5;
    })
    .map((one) => `${one.tagName.toLowerCase()} ${one.className || one.name || one.textContent.trim()}`.slice(0, 80))"""
MOVING = """() => [...document.querySelectorAll("body *")].filter((one) => {
    const style = getComputedStyle(one), long = (text) => text.split(",").some((each) => parseFloat(each) > 0.01);
    return long(style.transitionDuration) || (style.animationName !== "none" && long(style.animationDuration)) ||
      style.scrollBehavior === "smooth";
  }).map((one) => `${one.tagName.toLowerCase()} ${one.className}`.slice(0, 80))"""
NAMED = frozenset(
    "button link checkbox radio textbox combobox listbox tab slider spinbutton dialog image img tabpanel".split()
)


@dataclass
class Proof:
    """What was looked at, and what was found: by circumstance the pages, and by rule what breaks it where."""

    course: Course
    looked: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    found: dict[str, list[tuple[str, str, str]]] = field(default_factory=lambda: defaultdict(list))
    tools: tuple[str, ...] = ()

    def tell(self, rule: str, circumstance: str, page: str, what: str) -> None:
        self.found[rule].append((circumstance, page, what))

    def lines(self, *circumstances: str) -> list[str]:
        """What was found in these circumstances, in words for a test that fails."""
        return [
            f"{where} in {how}: {rule}: {what}"
            for rule, places in self.found.items()
            for how, where, what in places
            if not circumstances or how in circumstances
        ]

    def results(self) -> dict[str, Any]:
        """The file that `accessibility: results` names: only pages that were looked at in every circumstance."""
        settings = self.course.settings
        everywhere = set.intersection(*self.looked.values()) if self.looked else set()
        return {
            "course": settings.id,
            "version": settings.version,
            "hash": fingerprint(self.course),
            "date": date.today().isoformat(),
            "tools": list(self.tools),
            "standard": "WCAG 2.2 AA",
            "pages": sorted(everywhere),
            "circumstances": list(self.looked),
            "violations": [
                {
                    "rule": rule,
                    "help": places[0][2][:300],
                    "pages": sorted({page for _, page, _ in places}),
                    "count": len(places),
                }
                for rule, places in sorted(self.found.items())
            ],
        }


class Keys:
    """The keyboard, with an eye on the focus: after every key that does something it has to be somewhere."""

    def __init__(self, page: Page, lost: Callable[[str], None]) -> None:
        self.page, self.lost = page, lost

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        if key in TABBED:
            if not self.page.evaluate(LOST) and self.page.evaluate(COVERED):
                self.lost("the focus is behind something, or outside the window")
            return
        try:
            wait_until(lambda: not self.page.evaluate(LOST), 1.0)
        except AssertionError:
            self.lost(f"the focus is lost after {key}")

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)


class Walker(Learner):
    """A learner by keyboard who watches focus, title, heading and what is announced; answers every type."""

    def __init__(self, page: Page, proof: Proof, way: Way) -> None:
        super().__init__(SimpleNamespace(content=page.main_frame, popup=None))  # type: ignore[arg-type]
        self.tab, self.proof, self.way = page, proof, way
        self.keys = Keys(page, lambda what: proof.tell("focus", "keyboard", self.here, what))  # type: ignore[assignment]

    def next(self) -> str:
        before = self.tab.title()
        here = super().next()
        heading = self.tab.evaluate(
            "document.activeElement.matches('h1') ? document.activeElement.innerText.trim() : ''"
        )
        if not heading:
            self.proof.tell("page-change", "keyboard", here, "the focus is not on the heading of the new page")
        elif heading not in self.tab.title() or self.tab.title() == before:
            self.proof.tell("page-change", "keyboard", here, f"the title of the window is {self.tab.title()!r}")
        self.proof.looked["keyboard"].add(here)
        return here

    def visit(self, name: str) -> None:
        """Goes to a page by a link to it, if there is one to be seen: Enter opens it, its title is told, the focus is in it."""
        link = f"a[href='#/{name}']"
        if not any(one.is_visible() for one in self.frame.locator(link).all()):
            return
        self.press(link)
        inside = """name => {
            const page = document.getElementById("/" + name);
            return page.contains(document.activeElement) && document.title.includes(page.querySelector("h1").innerText.trim());
        }"""
        try:
            wait_until(lambda: self.tab.evaluate(inside, name), 2.0)
            self.proof.looked["keyboard"].add(name)
        except AssertionError:
            self.proof.tell("page-change", "keyboard", name, "focus or title are not those of the new page")

    @property
    def is_stopped(self) -> bool:
        """Whether the next page is still locked, once all that the page asks for has been done."""
        page = next((one for one in self.course["pages"] if one["id"] == self.here), {})
        unread = "[data-page]:not([hidden]) details:has([data-action=transcript-read]:not([hidden]))"
        while self.frame.locator(unread).count():
            self.press(f"{unread} > summary")
            self.press(f"{unread}[open] [data-action=transcript-read]")
        onward = self.frame.locator("[data-page]:not([hidden]) [data-action=next]")
        with suppress(AssertionError):
            wait_until(lambda: onward.get_attribute("aria-disabled") != "true", page.get("minTime", 0) + 2.0)
        return onward.get_attribute("aria-disabled") == "true"

    def choose(self, id: str, right: bool = True) -> tuple[str, ...]:
        wanted = self.way.get(id, right)
        if isinstance(wanted, tuple):
            return self.mark(id, wanted[:1])
        if self.question(id)["type"] in ("fill-in", "numeric", "cloze"):
            return self.fill(id, wanted)
        return super().choose(id, wanted)

    def fill(self, id: str, right: bool = True) -> tuple[str, ...]:
        """Writes the right texts into the fields of a question, or others, and chooses in its lists."""
        texts = [
            text.partition(":")[0] or text.rpartition(":")[2] for text in self.question(id)["interaction"]["correct"][0]
        ]
        fields = self.frame.locator(f'[data-question="{id}"] :is(.gap, .field, fieldset) :is(input[type=text], select)')
        for number, text in enumerate(texts):
            place = fields.nth(number)
            self.tab_to(f"[id='{place.get_attribute('id')}']")
            if place.evaluate("one => one.tagName") == "SELECT":
                self.keys.press("ArrowDown")
            else:
                self.keys.type(text if right else "0.12345")
        return tuple(texts)

    def answer(self, id: str, right: bool = True) -> tuple[str, ...]:
        given = super().answer(id, right)
        said = self.frame.locator(f'[data-question="{id}"] [data-outcome]').inner_text().strip()
        if not said:
            self.proof.tell("announced", "keyboard", self.here, f"nothing is said to the answer of {id}")
        return given


def pages_of(page: Page) -> list[str]:
    """Every page of the document that can be opened, those around the course too."""
    return list(page.evaluate("[...document.querySelectorAll('[data-page]')].map((one) => one.id.slice(1))"))


def open_pages(page: Page, known: Collection[str] = ()) -> Iterator[str]:
    """Opens one page after another, with all that folds unfolded; those that are known or still closed are passed over."""
    for name in [one for one in pages_of(page) if one not in known]:
        page.evaluate("name => { location.hash = '#/' + name }", name)
        page.wait_for_timeout(30)
        if not page.evaluate("name => document.getElementById('/' + name).hidden", name):
            page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
            page.evaluate("scrollTo(0, 0)")
            yield name


def opened(browser: Browser, course: Course, state: Any = None, **options: Any) -> tuple[BrowserContext, Page]:
    context = browser.new_context(**({"reduced_motion": "reduce", "storage_state": state} | options))
    serve(context, render(course))
    page = context.new_page()
    page.goto(ADDRESS)
    page.wait_for_selector("html[data-ready]")
    return context, page


def walks(browser: Browser, proof: Proof) -> list[Any]:
    """Works through the course by keyboard alone, as often as its ways need; returns what was saved on each device."""
    states = [walk(browser, proof, {})]
    settings = proof.course.settings
    told = payload(proof.course, words(settings.language), combine(settings.profile))
    unmet = [page["id"] for page in told["pages"] if page["id"] not in proof.looked["keyboard"]]
    return states + [walk(browser, proof, way) for way in ways(told, unmet)]


def walk(browser: Browser, proof: Proof, way: Way) -> Any:
    """Works through the course by keyboard alone, with these answers; returns what was saved on the device."""
    context, page = opened(browser, proof.course, viewport=WIDE)
    walker = Walker(page, proof, way)
    proof.looked["keyboard"].add(walker.here)
    for _ in proof.course.pages:
        kind = next((one["type"] for one in walker.course["pages"] if one["id"] == walker.here), None)
        if kind is None:
            break
        if kind != "page":
            walker.take()
        for id in walker.questions if kind == "page" else []:
            walker.answer(id)
        if walker.is_stopped:
            break
        walker.next()
    for name in pages_of(page):
        if name not in proof.looked["keyboard"]:
            walker.visit(name)
    wait_until(lambda: "aved" in page.locator("[data-save-state]").inner_text(), what="saved")
    state = context.storage_state()
    context.close()
    return state


def look(browser: Browser, proof: Proof, circumstance: str, state: Any = None, known: Collection[str] = ()) -> None:
    """Looks at every page in the circumstance, but those that are `known`: axe, reflow, targets, motion."""
    context, page = opened(browser, proof.course, state, **LOOKS[circumstance])
    if circumstance == "large-text":
        page.evaluate("document.documentElement.style.fontSize = '200%'")
    page.evaluate(AXE.read_text("utf-8"))
    for name in open_pages(page, known):
        proof.looked[circumstance].add(name)
        ran = page.evaluate(
            "axe.run(document, {resultTypes: ['violations'], rules: {'target-size': {enabled: true}}})"
            ".then(({violations, testEngine}) => ({violations, version: testEngine.version}))"
        )
        proof.tools = (f"axe-core {ran['version']}", f"Chromium {browser.version.partition('.')[0]}")
        for one in ran["violations"]:
            for node in one["nodes"]:
                proof.tell(one["id"], circumstance, name, f"{one['help']}: {node['html'][:140]}")
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            proof.tell("reflow", circumstance, name, "the page is wider than the window")
        proof.looked["targets"].add(name)
        for target in page.evaluate(SMALL, SMALLEST):
            proof.tell("target-size", "targets", name, f"smaller than {SMALLEST} pixels: {target}")
        proof.looked["reduced-motion"].add(name)
        for moving in page.evaluate(MOVING):
            proof.tell("motion", "reduced-motion", name, f"moves although motion is reduced: {moving}")
    context.close()


def listen(browser: Browser, proof: Proof, state: Any = None, known: Collection[str] = ()) -> None:
    """Goes through the pages by the accessibility tree alone: names, roles, states, landmarks, headings."""
    context, page = opened(browser, proof.course, state, viewport=WIDE)
    tree = context.new_cdp_session(page)
    for name in open_pages(page, known):
        proof.looked["accessibility-tree"].add(name)
        nodes = [node for node in tree.send("Accessibility.getFullAXTree")["nodes"] if not node["ignored"]]
        for what in faults_of_tree(nodes):
            proof.tell("accessibility-tree", "accessibility-tree", name, what)
    context.close()


def faults_of_tree(nodes: list[dict[str, Any]]) -> Iterator[str]:
    """What somebody who has only the accessibility tree would miss."""
    roles: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for node in nodes:
        roles[node.get("role", {}).get("value", "")].append(node)
    for role in NAMED & roles.keys():
        for node in roles[role]:
            if not str(node.get("name", {}).get("value", "")).strip():
                yield f"a {role} has no name"
    for role in ("radio", "checkbox"):
        for node in roles[role]:
            if not any(one["name"] == "checked" for one in node.get("properties", ())):
                yield f"a {role} does not say whether it is chosen"
    for node in roles["tab"]:
        if not any(one["name"] == "selected" for one in node.get("properties", ())):
            yield "a tab does not say whether it is chosen"
    levels = [
        one["value"]["value"]
        for node in roles["heading"]
        for one in node.get("properties", ())
        if one["name"] == "level"
    ]
    if levels.count(1) != 1:
        yield f"there are {levels.count(1)} headings of the first level"
    if len(roles["main"]) != 1:
        yield f"there are {len(roles['main'])} main landmarks"
    if not any(role in roles for role in ("status", "alert")):
        yield "there is no live region"


def prove(course: Course, browser: Browser) -> Proof:
    """Everything in every circumstance; tells which is looked at, because it takes a minute or more."""
    proof = Proof(course)
    print("by keyboard", file=sys.stderr)
    first, *others = walks(browser, proof)
    look(browser, proof, "light")
    for circumstance in LOOKS:
        print(circumstance, file=sys.stderr)
        look(browser, proof, circumstance, first)
        for state in others:
            look(browser, proof, circumstance, state, set(proof.looked[circumstance]))
    listen(browser, proof, first)
    for state in others:
        listen(browser, proof, state, set(proof.looked["accessibility-tree"]))
    return proof


def main(folder: str, out: str) -> int:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        proof = prove(load(Path(folder)).courses[0], browser)
        browser.close()
    Path(out).write_text(json.dumps(proof.results(), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print("\n".join(proof.lines()) or "nothing was found")
    return 1 if proof.found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
