"""scormkit preview as its author meets it: the course beside the LMS, faults by button, every save seen at once."""

from __future__ import annotations

import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from scormkit.pipeline import build
from scormkit.preview.profiles import profile
from tests.browser import courses
from tests.browser.desk import answer, content, preview, previewed, tab


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A course of three pages, the first with a question, and an assessment."""
    courses.small(tmp_path / "small", pages=3, practice=1, graded=2)
    return tmp_path / "small"


@pytest.fixture
def page(folder: Path, new_context: Callable[..., BrowserContext]) -> Iterator[Page]:
    """The preview of that course in a browser."""
    with previewed(folder, new_context, permissions=["clipboard-read", "clipboard-write"]) as page:
        yield page


def test_calls_and_the_record(page: Page) -> None:
    expect(page.locator("#log")).to_contain_text("Begins the session")
    expect(page.locator("#log")).to_contain_text("Saves")
    answer(page)
    expect(page.locator("#log")).to_contain_text("Sets the answer of answer 1 to", timeout=8000)
    page.get_by_label("Only what is wrong").check()
    expect(page.locator("#log > li:visible")).to_have_count(0)
    page.get_by_role("button", name="Copy").click()
    assert "LMSInitialize" in page.evaluate("navigator.clipboard.readText()")
    tab(page, "Record")
    record = page.locator("#record")
    expect(record).to_contain_text("incomplete")
    expect(record).to_contain_text("practice-1")
    expect(record).to_contain_text("of 4,096 characters")


def test_close_and_reopen_resumes_and_start_from_nothing_forgets(page: Page) -> None:
    frame = content(page)
    frame.evaluate("location.hash = '#/page-2'")
    page.get_by_role("button", name="Close and reopen").click()
    expect(page.locator("#log")).to_contain_text("the learner comes back")
    page.wait_for_timeout(200)
    assert content(page).url.endswith("#/page-2")
    page.get_by_role("button", name="Start from nothing").click()
    expect(page.locator("#log .session")).to_have_count(1)
    page.wait_for_timeout(200)
    assert content(page).url.endswith("#/page-1")


def test_every_host_opens(page: Page) -> None:
    chosen = page.locator("select[name=host]")
    for host in ("moodle", "nhs-learning-hub", "aicc-relay", "open-edx", "minimal"):
        chosen.select_option(host)
        expect(page.locator("#host summary b")).to_have_text(profile(host).title)
        expect(page.locator("#log")).to_contain_text("Saves", timeout=8000)
    chosen.select_option("cornerstone")
    with page.expect_popup() as opened:
        page.frame_locator("#lms").get_by_role("button", name="Open").click()
    opened.value.locator("html[data-ready]").wait_for()
    expect(page.locator("#log")).to_contain_text("Saves", timeout=8000)


def test_of_choices_made_in_a_hurry_the_last_one_counts(page: Page) -> None:
    for host in ("moodle", "open-edx", "minimal", "aicc-relay", "strict", "nhs-learning-hub"):
        page.locator("select[name=host]").select_option(host)
    page.wait_for_function(
        "() => document.querySelector('#lms').contentWindow.lms?.launch.settings.columns === 255", timeout=15_000
    )
    expect(page.locator("#host summary b")).to_have_text(profile("nhs-learning-hub").title)
    expect(content(page).locator("[data-save-state]")).to_contain_text("Saved", timeout=8000)


def test_statements(page: Page) -> None:
    page.locator("select[name=format]").select_option("xapi")
    log = page.locator("#statement-log")
    expect(log).to_contain_text("Learner, Alex initialized Small", timeout=8000)
    answer(page)
    expect(log).to_contain_text("answered", timeout=8000)
    log.get_by_text("As JSON").first.click()
    expect(log.locator("pre").first).to_contain_text('"actor"')
    expect(log.locator(".finding.error")).to_have_count(0)
    tab(page, "Record")
    expect(page.locator("#record")).to_contain_text("activities/state")
    expect(page.locator("#record")).to_contain_text("not finished")
    frame = content(page)
    frame.evaluate("location.hash = '#/assessment'")
    paper = frame.locator("[data-page=assessment]")
    paper.locator("[data-action=start]").click()
    for number in (1, 2):
        paper.locator(f"[data-question=graded-{number}]").get_by_label(f"Answer {number}").press("Space")
    paper.locator("[data-action=submit]").click()
    expect(page.locator("#record")).to_contain_text("100 %", timeout=8000)
    expect(page.locator("#record")).to_contain_text("passed")


def test_a_mode_is_offered_where_the_lms_tells_it(page: Page) -> None:
    mode, host = page.get_by_label("Mode"), page.locator("select[name=host]")
    expect(mode).to_be_visible()
    mode.select_option("review")
    expect(content(page).locator("[data-save-state]")).to_have_attribute("data-save-state", "read-only")
    host.select_option("aicc-relay")
    expect(mode).to_be_hidden()
    expect(page.locator("#log")).to_contain_text("Saves", timeout=8000)
    host.select_option("moodle")
    expect(mode).to_be_visible()
    expect(mode).to_have_value("review")


def test_a_broken_course_keeps_its_last_good_state_on_screen(page: Page, folder: Path) -> None:
    settings = folder / "course.yaml"
    good = settings.read_text("utf-8")
    settings.write_text("id: [\n", "utf-8")
    expect(page.locator("#problems-note")).to_be_visible(timeout=5000)
    expect(content(page).get_by_text("Text of page 1.")).to_be_visible()
    settings.write_text(good.replace("title: Small", "title: Smaller"), "utf-8")
    expect(page.locator("#problems-note")).to_be_hidden(timeout=5000)
    expect(page.locator("#place")).to_contain_text("Read again", timeout=5000)
    expect(content(page).locator(".course-title")).to_have_text("Smaller", timeout=5000)


def test_window_sizes(page: Page) -> None:
    for name, width in (("1280 × 800", 1280), ("1024 × 768", 1024), ("640 × 480", 640), ("Phone", 390)):
        page.get_by_text(name, exact=True).click()
        assert content(page).evaluate("innerWidth") == width


def test_the_preview_itself_is_accessible(page: Page) -> None:
    page.evaluate((courses.ROOT / "player/node_modules/axe-core/axe.min.js").read_text("utf-8"))
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    page.locator(".faults label").get_by_text("Refuses to save").click()
    for format, tabs in (("xapi", ("Statements", "Record")), ("scorm12", ("Record", "Problems", "Calls"))):
        page.locator("select[name=format]").select_option(format)
        for scheme, size in (("light", 1440), ("dark", 1440), ("dark", 640), ("light", 320)):
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            page.set_viewport_size({"width": size, "height": 900})
            for name in tabs:
                tab(page, name)
                found = page.evaluate("axe.run({exclude: [['iframe']]}).then(({violations}) => violations)")
                assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == [], (scheme, size)
            assert page.evaluate("document.documentElement.scrollWidth") <= size
    page.set_viewport_size({"width": 1440, "height": 900})
    page.get_by_role("tab", name="Calls").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Record")).to_be_focused()
    expect(page.locator("#record")).to_be_visible()


def test_the_branches_of_scenarios_are_mapped(new_context: Callable[..., BrowserContext], tmp_path: Path) -> None:
    folder = tmp_path / "small"
    courses.small(folder, pages=1, practice=0)
    (folder / "pages" / "02-case.md").write_text(
        "---\ntitle: A case\nid: case\n---\n\n:::{scenario} What do you do?\n:id: alarm\n\n## It sounds\n\n- [x] [Look](#quiet)\n"
        "- [ ] [Go](#loud)\n\n## Quiet {good}\n\n## Loud\n\n- [ ] [Go on](#loud)\n\n## Debrief\n\nWords.\n:::\n",
        "utf-8",
    )
    with preview(folder) as address:
        page = new_context().new_page()
        page.goto(address)
        with page.expect_popup() as opened:
            page.get_by_role("link", name="Maps of branches").click()
        maps = opened.value
        assert maps.locator("h1").inner_text() == "Maps of branches: Small"
        (drawing,) = maps.locator("svg").all()
        assert "nobody gets here" not in drawing.inner_html() and "no way out" in drawing.inner_html()
        assert "Loud: no way out" in maps.locator(".map-list").inner_text()
        for scheme in ("light", "dark"):
            maps.emulate_media(color_scheme=scheme)
            maps.evaluate((courses.ROOT / "player/node_modules/axe-core/axe.min.js").read_text("utf-8"))
            assert maps.evaluate("axe.run().then(({violations}) => violations.map(one => one.id))") == []
        maps.set_viewport_size({"width": 320, "height": 500})
        assert maps.evaluate("document.documentElement.scrollWidth") <= 320
        assert maps.goto(f"{address}preview/maps/nothing").status == 404


@pytest.mark.parametrize("settings", ["", "id: [\n", "title: No pages\n"])
def test_a_course_that_cannot_be_shown_yet_is_told_in_the_page_until_it_can(
    tmp_path: Path, new_context: Callable[..., BrowserContext], settings: str
) -> None:
    (tmp_path / "begun").mkdir()
    (tmp_path / "begun" / "course.yaml").write_text(settings, "utf-8")
    with preview(tmp_path / "begun") as address:
        page = new_context().new_page()
        page.goto(address)
        expect(page.locator("#place")).to_contain_text("cannot be shown yet")
        expect(page.locator("#problems-note")).to_be_visible()
        tab(page, "Problems")
        expect(page.locator("#problems .finding")).not_to_have_count(0)
        courses.small(tmp_path / "begun", pages=1, practice=0)
        content(page)


def test_packages_of_any_tool_are_previewed(
    folder: Path, tmp_path: Path, new_context: Callable[..., BrowserContext]
) -> None:
    built = build(folder, formats=["xapi"], out=tmp_path / "out")
    with preview(built.packages[0].path) as address:
        page = new_context().new_page()
        page.goto(address)
        content(page)
        assert page.locator("select[name=format] option").all_inner_texts() == ["xAPI"]
        expect(page.locator("#statement-log")).to_contain_text("initialized Small", timeout=8000)


def test_a_package_that_cannot_be_opened_is_told_in_the_page(
    tmp_path: Path, new_context: Callable[..., BrowserContext]
) -> None:
    (tmp_path / "broken.zip").write_bytes(b"PK not a zip")
    with preview(tmp_path / "broken.zip") as address:
        page = new_context().new_page()
        page.goto(address)
        expect(page.locator("#place")).to_contain_text("cannot be shown yet")
        tab(page, "Problems")
        expect(page.locator("#problems .finding")).not_to_have_count(0)


def test_a_port_that_is_taken_is_told_in_a_sentence(folder: Path) -> None:
    with preview(folder, "--port", "8931") as address:
        assert address == "http://127.0.0.1:8931/"
        for _ in range(50):
            try:
                urllib.request.urlopen(address, timeout=2).read()
                break
            except OSError:
                time.sleep(0.05)
        command = [sys.executable, "-m", "scormkit", "preview", str(folder), "--no-open", "--port", "8931"]
        second = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    assert second.returncode != 0
    assert "cannot serve on port 8931" in second.stderr
    assert "Traceback" not in second.stderr
