"""The page by itself, in Chromium: taken by keyboard from end to end, looked over by axe, squeezed, printed, without script.

The course is the one of tests/course_in_code.py, with the tracker `local`; hosts have their own tests.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from scormkit.load import load
from scormkit.locales import languages
from scormkit.model.site import Site
from scormkit.render import render
from scormkit.render.around import ABOUT, HELP, NOTES, RESULTS, SEARCH
from tests.course_in_code import course

ROOT = Path(__file__).parent.parent.parent
AXE = ROOT / "player" / "node_modules" / "axe-core" / "axe.min.js"
ADDRESS = "http://localhost/index.html"  # a secure context, served from memory; nothing leaves the browser
PAGES = ("welcome", "words", "practice", "check", "again", RESULTS, SEARCH, NOTES, HELP, ABOUT)
TYPES = {
    "html": "text/html",
    "js": "text/javascript",
    "css": "text/css",
    "svg": "image/svg+xml",
    "mp3": "audio/mpeg",
    "txt": "text/plain",
    "mp4": "video/mp4",
    "vtt": "text/vtt",
}

Open = Callable[..., Page]


def serve(context: BrowserContext, site: Site) -> None:
    files = {Site.LAUNCH: site.launch_page(), **site.files}

    def answer(route: Route) -> None:
        path = urlsplit(route.request.url).path.lstrip("/")
        body = files.get(path)
        if isinstance(body, bytes):
            route.fulfill(body=body, content_type=TYPES.get(path.rpartition(".")[2], "application/octet-stream"))
        else:
            route.fulfill(status=404, body="")

    context.route("**/*", answer)


@pytest.fixture
def open_page(new_context: Callable[..., BrowserContext]) -> Iterator[Open]:
    """Opens the course; the test fails if the page had an error or met its own Content Security Policy."""
    wrong: list[str] = []

    def open_course(site: Site | None = None, hash: str = "", **options: Any) -> Page:
        context = new_context(**{"reduced_motion": "reduce"} | options)
        serve(context, site or render(course()))
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
        page.goto(ADDRESS + hash)
        if options.get("java_script_enabled", True):
            page.wait_for_selector("html[data-ready]")
        return page

    yield open_course
    assert wrong == []


def go_to(page: Page, name: str) -> None:
    page.evaluate("name => { location.hash = '#/' + name }", name)
    page.wait_for_function("name => !document.getElementById('/' + name).hidden", arg=name)


def tab_to(page: Page, selector: str, most: int = 60) -> None:
    """Presses Tab until the focus is on what `selector` names, as somebody without a mouse has to."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} cannot be reached by Tab")


def focused(page: Page) -> str:
    """What has the focus, in words; an empty text where it was lost."""
    return str(
        page.evaluate(
            """() => {
                const here = document.activeElement;
                return here === document.body || !here.checkVisibility() ? '' : here.textContent.trim() || here.value;
            }"""
        )
    )


def findings(page: Page, part: str = "html") -> list[str]:
    """What axe finds, in short; nothing is left undecided for want of a plain background either."""
    page.evaluate("scrollTo(0, 0)")  # the bar lies over what is under it
    # A long menu has a scroll bar of its own, and axe cannot judge what its edge cuts in two.
    whole = "{overflow: 'visible', maxBlockSize: 'none', blockSize: 'auto'}"
    page.evaluate(f"Object.assign(document.querySelector('#menu')?.style ?? {{}}, {whole})")
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("part => axe.run(part, {resultTypes: ['violations', 'incomplete']})", part)
    return [
        f"{one['id']}: {node['html'][:120]} {[check['message'] for check in node['any']]}"
        for one in (*found["violations"], *found["incomplete"])
        for node in one["nodes"]
    ]


def test_the_whole_course_by_keyboard(open_page: Open) -> None:
    page = open_page()
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to content"
    page.keyboard.press("Enter")
    assert focused(page) == "Welcome"
    for title in ("Words that matter", "Try it yourself"):
        tab_to(page, "a.next")
        page.keyboard.press("Enter")
        expect(page.locator("h1:focus")).to_have_text(title)

    tab_to(page, "[data-question=finished-leaflet] summary")
    page.keyboard.press("Enter")
    assert page.get_by_text("Who keeps the decision?").is_visible()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    assert focused(page).startswith("Not quite")
    tab_to(page, "[data-question=finished-leaflet] [data-action=retry]", most=1)
    page.keyboard.press("Enter")
    assert focused(page) == "a"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert focused(page).startswith("Correct")

    tab_to(page, "[data-question=share] input[value=a]")
    page.keyboard.press("Space")
    tab_to(page, "[data-question=share] input[value=c]")
    page.keyboard.press("Space")
    tab_to(page, "[data-question=share] [data-action=answer]")
    page.keyboard.press("Enter")
    assert focused(page).startswith("Correct")
    tab_to(page, "[data-question=ends] [data-action=answer]")
    page.keyboard.press("Enter")
    assert focused(page) == "true"
    expect(page.locator("[data-question=ends] [role=alert]")).to_have_text("Choose an answer first.")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert focused(page).startswith("Correct")
    expect(page.locator("[data-progress-words]")).to_have_text("3 of 5 pages done")

    take_check(page)
    take_again(page)
    tab_to(page, "a.next")
    page.keyboard.press("Enter")
    expect(page.locator("h1:focus")).to_have_text("Your results")
    assert page.locator(f"[id='/{RESULTS}'] .verdict").text_content() == "You have passed this course"
    tab_to(page, "[data-action=exit]")
    page.keyboard.press("Enter")
    expect(page.locator("h1:focus")).to_have_text("You can close this window")


def take_check(page: Page) -> None:
    """The assessment with feedback at its end, one question left open at first."""
    tab_to(page, "a.next")
    page.keyboard.press("Enter")
    tab_to(page, "[data-action=start]")
    page.keyboard.press("Enter")
    assert focused(page) == "Question 1"
    for answer in ("check-leaflet'] input[value=b", "check-share'] input[value=a", "check-share'] input[value=c"):
        page.locator(f"[data-question='{answer}]").focus()
        page.keyboard.press("Space")
    page.locator("[data-page=check] [data-action=submit]").focus()
    page.keyboard.press("Enter")
    assert focused(page).startswith("You have not answered 1 question")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('[data-question]').dataset.question") == "check-ends"
    page.locator("[data-question='check-ends'] input[value=false]").focus()
    page.keyboard.press("Space")
    page.locator("[data-page=check] [data-action=submit]").focus()
    page.keyboard.press("Enter")
    assert focused(page).startswith("You have passedYou scored 100%")


def take_again(page: Page) -> None:
    """The assessment with feedback after each question."""
    tab_to(page, "[data-page=check] a.next", most=30)
    page.keyboard.press("Enter")
    tab_to(page, "[data-page=again] [data-action=start]")
    page.keyboard.press("Enter")
    question = page.locator("[data-page=again] [data-question]:visible")
    right = "b" if question.get_attribute("data-question") == "each-leaflet" else "false"
    question.locator(f"input[value={right}]").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    assert focused(page).startswith("Correct")
    tab_to(page, "[data-page=again] [data-action=submit]")
    page.keyboard.press("Enter")
    assert focused(page).startswith("You have passed")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_on_any_page(open_page: Open, scheme: str, width: int) -> None:
    page = open_page(color_scheme=scheme, viewport={"width": width, "height": 800})
    for name in PAGES:
        go_to(page, name)
        assert findings(page) == [], name
    go_to(page, "practice")
    for question, answer in (("finished-leaflet", "a"), ("share", "a"), ("ends", "false")):
        page.locator(f"[data-question={question}] input[value={answer}]").check()
        page.locator(f"[data-question={question}] [data-action=answer]").click()
    assert findings(page) == [], "answered"
    go_to(page, "check")
    page.locator("[data-page=check] [data-action=start]").click()
    assert findings(page) == [], "the paper"
    page.locator("[data-page=check] [data-action=submit]").click()
    assert findings(page) == [], "questions left open"
    page.get_by_role("button", name="Submit without these answers").click()
    assert findings(page) == [], "results"
    if width == 320:
        page.get_by_role("button", name="Menu").click()
        assert findings(page) == [], "the menu"
    page.get_by_role("button", name="Save and exit").click()
    page.wait_for_selector(".ending")
    assert findings(page) == [], "the end"


@pytest.mark.parametrize(("width", "height"), [(320, 568), (640, 480), (650, 700), (1024, 768)])
def test_nothing_is_wider_than_the_window_and_targets_are_large_enough(
    open_page: Open, width: int, height: int
) -> None:
    page = open_page(viewport={"width": width, "height": height})
    for name in PAGES:
        go_to(page, name)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
        small = page.evaluate(
            """() => [...document.querySelectorAll('button, summary, .menu a, .page-nav a, .option label')]
                .filter(one => one.checkVisibility())
                .filter(one => { const box = one.getBoundingClientRect(); return box.width < 24 || box.height < 24 })
                .map(one => one.outerHTML)"""
        )
        assert small == [], name  # WCAG 2.2, 2.5.8 Target Size (Minimum)


def add_style(page: Page, style: str) -> None:
    """As a browser extension or a user's own style sheet does it; the page's policy forbids style elements."""
    page.evaluate(
        """style => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(style);
            document.adoptedStyleSheets = [sheet];
        }""",
        style,
    )


@pytest.mark.parametrize(
    "style",
    [
        "html { font-size: 200% }",
        "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
        "p { margin-block-end: 2em !important }",
    ],
    ids=["twice the size", "wide spacing"],
)
def test_text_may_be_larger_and_wider(open_page: Open, style: str) -> None:
    """WCAG 2.2, 1.4.4 Resize Text and 1.4.12 Text Spacing."""
    page = open_page(viewport={"width": 640, "height": 480})
    add_style(page, style)
    for name in PAGES:
        go_to(page, name)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
        cut = page.evaluate(
            """() => [...document.querySelectorAll('h1, p, label, legend, button, a, summary, dd, dt, li')]
                .filter(one => one.checkVisibility() && !one.matches('.skip-link'))
                .filter(one => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== 'inline')
                .map(one => one.outerHTML)"""
        )
        assert cut == [], name


def test_search_by_keyboard(open_page: Open) -> None:
    page = open_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    tab_to(page, "[data-page-link='~search']")
    page.keyboard.press("Enter")
    expect(page.locator("[data-search] input")).to_be_focused()
    page.keyboard.type("DECÍDE")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="place with")).to_have_text("1 place with “DECÍDE”")
    assert page.locator("[data-finds] mark").all_inner_texts() == ["decide"]
    assert findings(page) == []
    tab_to(page, "[data-finds] a", most=2)
    page.keyboard.press("Enter")
    expect(page.locator("h2:focus")).to_be_in_viewport()
    page.go_back()
    expect(page.locator("[data-search] input")).to_be_focused()
    assert asked == []


def test_notes_by_keyboard_stay_on_the_device(open_page: Open) -> None:
    page = open_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    tab_to(page, "[data-page=welcome] [data-notes] summary")
    page.keyboard.press("Enter")
    tab_to(page, "[data-notes] textarea", most=1)
    page.keyboard.type("Ask Ada")
    assert findings(page) == []
    asked.clear()  # what the page is opened again with
    page.reload()
    page.wait_for_selector("html[data-ready]")
    expect(page.locator("[data-page=welcome] [data-notes] textarea")).to_have_value("Ask Ada")
    tab_to(page, "[data-page-link='~notes']")
    page.keyboard.press("Enter")
    expect(page.locator("[data-written-notes]")).to_contain_text("Ask Ada")
    assert findings(page) == []
    tab_to(page, "[data-action=save-notes]")
    with page.expect_download() as saved:
        page.keyboard.press("Enter")
    assert "Ask Ada" in saved.value.path().read_text(encoding="utf-8")
    tab_to(page, "[data-delete] summary", most=1)
    page.keyboard.press("Enter")
    tab_to(page, "[data-action=delete-notes]", most=1)
    page.keyboard.press("Enter")
    expect(page.locator("[data-written-notes]")).to_contain_text("no notes yet")
    assert focused(page).startswith("Your notes")
    assert {urlsplit(url).path for url in asked} <= {"/index.html", "/player.js", "/theme.css", "/"}


def test_the_record_stands_alone_on_one_sheet_of_paper(open_page: Open) -> None:
    page = open_page(hash=f"#/{RESULTS}")
    page.emulate_media(media="print")
    shown = page.locator(f"[id='/{RESULTS}'] h1, [id='/{RESULTS}'] h2").evaluate_all(
        "all => all.filter(one => one.checkVisibility()).map(one => one.textContent)"
    )
    assert shown == ["Your results", "Your record"]
    assert page.get_by_text("No learning system has confirmed this record.").is_visible()
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A5"))) == 1


def test_nothing_moves_by_itself(open_page: Open) -> None:
    page = open_page(hash="#/words")
    page.evaluate(
        """() => { window.moved = 0; new PerformanceObserver(list => {
            for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.moved += entry.value;
        }).observe({type: 'layout-shift', buffered: true}) }"""
    )
    go_to(page, "practice")
    page.wait_for_timeout(200)
    assert page.evaluate("window.moved") == 0


@pytest.mark.parametrize("language", languages())
def test_the_bar_is_three_lines_on_the_narrowest_window(open_page: Open, language: str) -> None:
    """Title, one row of buttons, save state; whatever the language (WCAG 2.2, 1.4.10 Reflow)."""
    page = open_page(render(course(language=language)), viewport={"width": 320, "height": 568})
    tops = page.locator(".bar > button, .bar > details").evaluate_all(
        "all => all.filter(one => one.checkVisibility()).map(one => Math.round(one.getBoundingClientRect().top))"
    )
    assert len(tops) == 3 and max(tops) - min(tops) < 10
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_nothing_moves_from_page_to_page(open_page: Open) -> None:
    """The gallery has every block and every type of question."""
    gallery = load(ROOT / "docs" / "gallery").courses[0]
    site = render(gallery)
    files = {path: file if isinstance(file, bytes) else file.read_bytes() for path, file in site.files.items()}
    page = open_page(dataclasses.replace(site, files=files))
    page.evaluate(
        """() => { window.moved = []; new PerformanceObserver(list => {
            for (const entry of list.getEntries()) window.moved.push(location.hash + entry.sources.map(one => one.node?.outerHTML));
        }).observe({type: 'layout-shift'}) }"""
    )
    for name in page.locator("[data-page-link]:not([aria-disabled]):visible").evaluate_all(
        "links => links.map(link => link.dataset.pageLink)"
    ):
        go_to(page, name)
        page.wait_for_timeout(100)
    assert page.evaluate("window.moved") == []


def test_a_page_begins_at_its_top_and_a_heading_where_it_stands(open_page: Open) -> None:
    page = open_page(hash="#/practice", viewport={"width": 640, "height": 480})
    assert page.evaluate("scrollY") == 0
    page.evaluate("scrollTo(0, 9999)")
    page.locator("[data-page=practice] a.previous").click()
    expect(page.locator("h1:focus")).to_have_text("Words that matter")
    assert page.evaluate("scrollY") == 0
    go_to(page, "welcome")
    page.get_by_role("link", name="What the words mean").click()
    expect(page.locator("[id='/words']")).to_be_visible()
    assert page.locator("[id='/words/meanings']").bounding_box() is not None


def test_progress_is_there_again_after_a_reload(open_page: Open) -> None:
    page = open_page(hash="#/practice")
    page.locator("[data-question=finished-leaflet] input[value=b]").check()
    page.locator("[data-question=finished-leaflet] [data-action=answer]").click()
    expect(page.locator("[data-save-state]")).to_have_text("Saved on this device")
    page.goto("about:blank")
    page.goto(ADDRESS)
    page.wait_for_selector("html[data-ready]")
    expect(page.locator("[data-page=practice]")).to_be_visible()
    expect(page.locator("[data-name=resumed]")).to_contain_text("You continue where you left off.")
    expect(page.locator("[data-question=finished-leaflet] .outcome-title")).to_have_text("Correct")


def test_browser_back_and_forward(open_page: Open) -> None:
    page = open_page()
    page.locator("[data-page=welcome] a.next").click()
    expect(page).to_have_title("Words that matter – Co-production")
    page.go_back()
    expect(page).to_have_title("Welcome – Co-production")
    page.go_forward()
    expect(page).to_have_title("Words that matter – Co-production")


def test_without_script_everything_can_be_read(open_page: Open) -> None:
    page = open_page(java_script_enabled=False)
    for name in PAGES:  # searching and taking notes is work of the player
        assert page.locator(f"[id='/{name}'] h1").is_visible() == (name not in (SEARCH, NOTES)), name
    assert page.locator("button:visible").count() == 0
    page.locator("[data-question=finished-leaflet] [data-answers] summary").click()
    assert page.get_by_text("staff keep the decision.").first.is_visible()


def test_a_player_that_cannot_start_leaves_the_course_readable(new_context: Callable[..., BrowserContext]) -> None:
    context, site = new_context(), render(course())
    serve(context, dataclasses.replace(site, document=site.document.replace('{"schema":1,', "{broken", 1)))
    page = context.new_page()
    page.goto(ADDRESS)
    page.wait_for_selector("html[data-ready]")
    for name in PAGES:
        assert page.locator(f"[id='/{name}'] h1").is_visible()


def test_print_leaves_out_what_paper_cannot_do(open_page: Open) -> None:
    page = open_page(hash="#/practice")
    page.emulate_media(media="print")
    for selector in (".bar", ".menu", "[data-page=practice] .page-nav", "[data-page=practice] [data-action=answer]"):
        assert not page.locator(selector).first.is_visible(), selector
    assert page.locator("[data-page=practice] h1").is_visible()


def test_forced_colours_keep_what_was_chosen_visible(open_page: Open) -> None:
    page = open_page(hash="#/practice", forced_colors="active")
    page.locator("[data-question=ends] input[value=true]").check()
    chosen = page.locator("[data-question=ends] [data-option=true]")
    assert chosen.evaluate("one => getComputedStyle(one).outlineStyle") == "solid"
    assert chosen.locator("input").evaluate("one => getComputedStyle(one).appearance") == "auto"


def test_right_to_left(open_page: Open) -> None:
    page = open_page(render(course(language="ar")), viewport={"width": 1280, "height": 800})
    menu, main = page.locator("#menu").bounding_box(), page.locator("main").bounding_box()
    assert menu and main and menu["x"] > main["x"]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_display_is_chosen_by_keyboard_and_kept(open_page: Open) -> None:
    page = open_page()
    tab_to(page, "[data-display] > summary")
    page.keyboard.press("Enter")
    for name, steps, value in (("text", 2, "larger"), ("spacing", 1, "wide"), ("colours", 2, "dark")):
        tab_to(page, f"select[name={name}]", most=1)
        for _ in range(steps):
            page.keyboard.press("ArrowDown")
        assert page.locator("html").get_attribute(f"data-{name}") == value
    ground = "() => getComputedStyle(document.querySelector('main')).backgroundColor"
    size = "() => parseFloat(getComputedStyle(document.querySelector('.page p')).fontSize)"
    assert page.evaluate(ground) == "rgb(24, 33, 39)" and page.evaluate(size) > 20
    assert findings(page, "header") == []
    page.keyboard.press("Escape")
    expect(page.locator(".display-panel")).to_be_hidden()
    assert focused(page) == "Display"
    assert findings(page) == []
    page.keyboard.press("Enter")
    page.mouse.click(600, 700)  # the page, where nothing lies over it
    expect(page.locator(".display-panel")).to_be_hidden()
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert page.evaluate(ground) == "rgb(24, 33, 39)" and page.evaluate(size) > 20
    go_to(page, RESULTS)
    assert findings(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_chosen_colours_go_before_those_of_the_device(open_page: Open, scheme: str) -> None:
    page = open_page(color_scheme=scheme)
    dark = "() => getComputedStyle(document.querySelector('main')).backgroundColor === 'rgb(24, 33, 39)'"
    assert page.evaluate(dark) is (scheme == "dark")
    for chosen in ("dark", "light"):
        page.locator("html").evaluate(
            "(html, chosen) => html.querySelector('select[name=colours]').value = chosen", chosen
        )
        page.locator("select[name=colours]").dispatch_event("change", {"bubbles": True})
        assert page.evaluate(dark) is (chosen == "dark")
