"""A package in two languages, English and Arabic, in Chromium: changed by the learner, kept with the learner, reported in both."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Frame, expect

from scormkit.exchange.po import po
from scormkit.load import load
from scormkit.load.speaking import spoken
from scormkit.model.catalogue import Catalogue, Entry
from scormkit.model.course import Course
from scormkit.package import package
from scormkit.render import render
from tests.browser.classroom import Launch, wait_until
from tests.browser.learner import Learner

ROWS = """(() => {
    const ends = [...document.querySelectorAll(".bar > *")].filter(one => one.checkVisibility())
        .map(one => one.getBoundingClientRect()).filter(({width}) => width > 1).sort((a, b) => a.top - b.top);
    let [rows, end] = [0, -1];
    for (const {top, bottom} of ends) { if (top >= end) rows += 1; end = Math.max(end, bottom); }
    return rows;
})()"""
"""Lines of the bar at the top."""
AXE = Path(__file__).parent.parent.parent / "player" / "node_modules" / "axe-core" / "axe.min.js"
ARABIC = {
    "Clean hands": "أيد نظيفة",
    "Moments": "لحظات",
    "Practice": "تمرين",
    "Hands carry what cannot be **seen**.": "تحمل الأيدي ما لا **يرى**.",
    "When do you clean your hands first?": "متى تنظف يديك أولا؟",
    "Before touching the baby": "قبل لمس الطفل",
    "After the round": "بعد الجولة",
    "When they look dirty": "عندما تبدو متسخة",
    "Yes.": "نعم.",
    "What do you use?": "ماذا تستخدم؟",
    "soap": "صابون",
    "What foams?": "ما الذي يرغي؟",
}
PAGES = {
    "01-moments.md": "# Moments\n\nHands carry what cannot be **seen**.\n",
    "02-practice.md": """# Practice

:::{choice} When do you clean your hands first?
:id: first
- [x] Before touching the baby
  > Yes.
- [ ] After the round
  > Yes.
- [ ] When they look dirty
  > Yes.
:::

:::{fill-in} What do you use?
:id: use
- soap
> correct: Yes.
> incorrect: What foams?
:::
""",
}


@pytest.fixture
def course(tmp_path: Path) -> Course:
    for folder in ("pages", "locales"):
        (tmp_path / folder).mkdir()
    (tmp_path / "course.yaml").write_text("id: https://example.org/hands\ntitle: Clean hands\nlanguages: [en-GB, ar]\n")
    for name, text in PAGES.items():
        (tmp_path / "pages" / name).write_text(text)
    (told,) = spoken(tmp_path)
    entries = tuple(Entry(text.id, text.source, ARABIC[text.source]) for text in told.texts)
    (tmp_path / "locales" / "ar.po").write_text(
        po(Catalogue(told.id, "en-GB", "ar", entries=entries)), encoding="utf-8"
    )
    (made,) = load(tmp_path).courses
    return made


@pytest.fixture
def start(course: Course, launch: Callable[..., Launch]) -> Callable[..., Launch]:
    def begin(format: str = "scorm12", **options: object) -> Launch:
        opened = launch(package(render(course), format), format=format, **options)
        opened.content.wait_for_selector("html[data-ready]")
        return opened

    return begin


def choose(page: Frame, language: str) -> None:
    page.locator("[data-language-choice]").select_option(language)


def test_the_learner_changes_the_language_and_loses_nothing(start: Callable[..., Launch]) -> None:
    page = start().content
    page.evaluate("location.hash = '#/practice'")
    page.locator("[data-question=first] input").nth(1).check()
    page.locator("[data-question=first] [data-action=answer]").click()
    page.locator("[data-question=use] input").fill("half wri")
    choose(page, "ar")
    html = page.locator("html")
    expect(html).to_have_attribute("lang", "ar")
    expect(html).to_have_attribute("dir", "rtl")
    page.wait_for_function("title => document.title === title", arg="تمرين – أيد نظيفة")
    # what a screen reader says of the change: the focused list, its name and its value in the language that was chosen
    choice = page.get_by_role("combobox", name="اللغة", exact=True)
    expect(choice).to_be_focused()
    expect(choice).to_have_value("ar")
    expect(choice.locator("option:checked")).to_have_attribute("lang", "ar")
    expect(page.locator("[data-question=first] input").nth(1)).to_be_checked()
    expect(page.locator("[data-question=first] [data-outcome]")).to_contain_text("نعم.")
    expect(page.locator("[data-question=use] input")).to_have_value("half wri")
    # an answer that is right in one language is right in all
    page.locator("[data-question=use] input").fill("soap")
    page.locator("[data-question=use] [data-action=answer]").click()
    expect(page.locator("[data-question=use] [data-outcome]")).to_have_attribute("data-outcome", "right")
    choose(page, "en-GB")
    expect(html).to_have_attribute("dir", "ltr")
    expect(page.locator("[data-question=use] [data-outcome]")).to_have_attribute("data-outcome", "right")
    page.wait_for_function("title => document.title === title", arg="Practice – Clean hands")
    # the parts of the page that waited do nothing any more
    page.evaluate("location.hash = '#/moments'")
    page.wait_for_function("title => document.title === title", arg="Moments – Clean hands")


def test_the_choice_is_there_again(start: Callable[..., Launch]) -> None:
    opened = start()
    choose(opened.content, "ar")
    again = opened.relaunch()
    again.content.wait_for_selector("html[data-ready]")
    expect(again.content.locator("html")).to_have_attribute("lang", "ar")
    expect(again.content.locator("h1:visible")).to_have_text("لحظات")


def test_the_choice_goes_where_the_learner_goes(
    start: Callable[..., Launch], new_context: Callable[..., BrowserContext]
) -> None:
    """On another device, and over what was chosen there before; what is chosen last counts."""
    opened = start()
    choose(opened.content, "ar")
    Learner(opened).wait_saved()
    again = opened.relaunch(new_context())
    again.content.wait_for_selector("html[data-ready]")
    expect(again.content.locator("html")).to_have_attribute("lang", "ar")
    expect(again.content.locator("[data-language-choice]")).to_have_value("ar")
    choose(again.content, "en-GB")
    Learner(again).wait_saved()
    first = opened.relaunch()
    first.content.wait_for_selector("html[data-ready]")
    expect(first.content.locator("html")).to_have_attribute("lang", "en-GB")
    expect(first.content.locator("h1:visible")).to_have_text("Moments")


def test_statements_say_it_in_both_languages(start: Callable[..., Launch]) -> None:
    opened = start("xapi")
    page = opened.content
    page.evaluate("location.hash = '#/practice'")
    choose(page, "ar")
    page.locator("[data-question=first] input").nth(0).check()
    page.locator("[data-question=first] [data-action=answer]").click()
    sent = opened.enrolment.lrs.statements
    statement = wait_until(
        lambda: next((s.statement for s in sent.values() if s.statement["verb"]["id"].endswith("answered")), None)
    )
    definition = statement["object"]["definition"]
    asked = {"en-GB": "When do you clean your hands first?", "ar": "متى تنظف يديك أولا؟"}
    assert definition["name"] == definition["description"] == asked
    assert definition["choices"][0]["description"] == {"en-GB": "Before touching the baby", "ar": "قبل لمس الطفل"}
    assert statement["context"]["language"] == "ar"


@pytest.mark.parametrize("width, height", [(1280, 800), (640, 480), (360, 740), (320, 640)])
def test_both_directions_are_accessible_and_fit(start: Callable[..., Launch], width: int, height: int) -> None:
    opened = start()
    opened.page.set_viewport_size({"width": width, "height": height})
    page = opened.content
    for language in ("ar", "en-GB"):
        choose(page, language)
        page.evaluate("location.hash = '#/practice'")
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        assert page.evaluate(ROWS) <= 2
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate(
            "axe.run(document, {resultTypes: ['violations']}).then((r) => r.violations.map((v) => v.id + ' ' + v.nodes[0].html))"
        )
        assert found == []


def test_without_script_there_are_links(course: Course, new_context: Callable[..., object], tmp_path: Path) -> None:
    site = render(course)
    (tmp_path / "out").mkdir()
    for name, data in {site.LAUNCH: site.launch_page(), **site.files}.items():
        (tmp_path / "out" / name).write_bytes(data if isinstance(data, bytes) else data.read_bytes())
    page = new_context(java_script_enabled=False).new_page()  # type: ignore[attr-defined]
    page.goto((tmp_path / "out" / "index.html").as_uri())
    expect(page.locator("[data-language-choice]")).to_be_hidden()
    page.get_by_role("link", name="العربية").first.click()
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    expect(page.get_by_text("متى تنظف يديك أولا؟")).to_be_visible()
    page.get_by_role("link", name="English").first.click()
    assert re.search(r"index\.html$", page.url)


def test_the_file_for_those_without_script_shows_all_pages_to_those_with_one(
    course: Course, new_context: Callable[..., BrowserContext]
) -> None:
    site = render(course)
    page = new_context().new_page()
    page.route(
        "**/*",
        lambda route: route.fulfill(
            body=site.files[route.request.url.rpartition("/")[2]],  # type: ignore[arg-type]
            content_type="text/css" if route.request.url.endswith(".css") else "text/html",
        ),
    )
    page.goto("http://course.test/index.ar.html")
    assert page.locator("[data-page] h1:visible").count() == page.locator("[data-page] h1").count() > 2
