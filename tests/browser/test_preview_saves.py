"""What an author sees of a save: other words in the course that runs, anything else in one opened again, and what is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from scormkit.exchange.po import po
from scormkit.load.speaking import spoken
from scormkit.model.catalogue import Catalogue, Entry
from tests.browser import courses
from tests.browser.desk import choose, content, previewed, tab

TEXT = """---
title: Page 2
id: page-2
---

First words.

## A heading

Words with a [[ward]], and more.

- One
- Two

:::{choice} Question 2?
:id: practice-2
:tries: 0
- [x] Answer 1
  > You chose 1.
- [ ] Answer 2
:::

Between.

:::{note}
In a note.
:::

| a | b |
|---|---|
| 1 | 2 |

![A square](../media/square.svg)

Last words.
"""
WORDS = (
    ("A square", "A blue square"),
    ("First words.", "Other *first* words.\n\nAnd a second paragraph."),
    ("First words.\n\n", ""),
    ("---\n\nFirst", "---\n\nAt the very beginning.\n\nFirst"),
    ("## A heading", "## Another heading"),
    ("- One\n- Two", "1. One\n2. Two\n3. Three, with a [link](../pages/01-page.md)"),
    ("Between.", ""),
    ("Between.\n\n", "Between.\n\nAnd after.\n\n"),
    ("In a note.", "In a note,\n\nand on."),
    ("Last words.", "Last words.\n\n## The end\n\nReally."),
    ("Last words.", "Last words.\n\nLast words.\n\nLast words."),
    ("First words.", "First.\n\n:::{details} More\nHidden at first.\n:::\n"),
)
"""Changes that a running course takes."""
ANEW = (
    ("Answer 1", "Answer 0"),
    ("You chose 1.", "You chose well."),
    ("and more.", "and less."),
    ("| 1 | 2 |", "| 1 | 3 |"),
    ("title: Page 2", "title: Page two"),
    ("Last words.", "Last words of the [[ward]]."),
    ("Last words.", ":::{checklist} To do\n- Wash\n:::\n"),
    (":::{note}", ":::{choice} Question 3?\n:id: practice-3\n- [x] Yes\n- [ ] No\n:::\n\n:::{note}"),
)
"""Changes after which it has to be opened again, in the same document."""
RUNS = "document.querySelector('[data-page]:not([hidden])')"
SEEN = "() => document.querySelector('[data-page]:not([hidden])').outerHTML"

READY = (
    "() => { const inner = document.querySelector('#lms').contentDocument?.querySelector('iframe')?.contentWindow;"
    "if (!inner?.location.pathname.startsWith('/content/')) return false;"
    "return inner.document.documentElement?.hasAttribute('data-ready') }"
)
"""Whether the course shows its page."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A course of three pages; the second has a bit of everything."""
    folder = tmp_path / "small"
    (folder / "media").mkdir(parents=True)
    (folder / "media" / "square.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>', "utf-8"
    )
    (folder / "glossary.yaml").write_text("ward: Where patients are.\n", "utf-8")
    courses.small(folder, pages=3, practice=0)
    (folder / "pages" / "02-page.md").write_text(TEXT, "utf-8")
    return folder


@pytest.fixture
def page(folder: Path, new_context: Callable[..., BrowserContext]) -> Iterator[Page]:
    """The preview of that course, which shows its second page."""
    with previewed(folder, new_context) as page:
        content(page).evaluate("location.hash = '#/page-2'")
        yield page


def save(page: Page, file: Path, text: str) -> str:
    """Saves a file, and waits until the preview shows it.

    Says how: the course that ran before `runs` still, it was opened `again` in its document, or the document was `loaded` anew.
    """
    content(page).evaluate(f"window.before = {RUNS}")
    page.evaluate("document.querySelector('#place').textContent = ''")
    # In one step: what is written in two can be read in two, and the second time would be taken for the next save.
    aside = file.with_suffix(".tmp")
    aside.write_text(text, "utf-8")
    aside.replace(file)
    expect(page.locator("#place")).to_contain_text("Read again", timeout=20_000)
    page.wait_for_function(READY, timeout=20_000)
    how = f"window.before === undefined ? 'loaded' : window.before === {RUNS} ? 'runs' : 'again'"
    return str(content(page).evaluate(how))


def seen(page: Page) -> str:
    """The page that is shown, without the spaces between its parts."""
    return re.sub(r">\s+<", "><", content(page).evaluate(SEEN))


def reopen(page: Page) -> None:
    content(page).evaluate("window.before = true")
    page.get_by_role("button", name="Close and reopen").click()
    page.wait_for_function(READY.replace("return inner", "return !inner.before && inner"), timeout=20_000)


@pytest.mark.parametrize(("changes", "how"), [(WORDS, "runs"), (ANEW, "again")])
def test_a_course_is_after_a_save_as_if_its_document_were_loaded(
    page: Page, folder: Path, changes: tuple[tuple[str, str], ...], how: str
) -> None:
    file = folder / "pages" / "02-page.md"
    for before, after in changes:
        assert before in TEXT
        assert save(page, file, TEXT.replace(before, after)) == how, (before, after)
        assert content(page).url.endswith("#/page-2")
        running = seen(page)
        reopen(page)
        assert running == seen(page), (before, after)
        assert save(page, file, TEXT) == how, (before, after)


def test_a_course_opened_again_in_its_document_works(page: Page, folder: Path) -> None:
    """Its menu, its pages and its questions answer to the learner once, and the LMS gets what they say."""
    file = folder / "pages" / "02-page.md"
    for number in range(3):
        assert save(page, file, TEXT.replace("Answer 1", f"Answer number {number}")) == "again"
    frame = content(page)
    option = frame.get_by_label("Answer number 2", exact=True)
    option.check()
    frame.locator("[data-question=practice-2] [data-action=answer]").click()
    expect(frame.locator("[data-outcome=right]")).to_be_visible()
    frame.locator("[data-page=page-2] [data-action=next]").click()
    expect(frame.locator("[data-page=page-3]")).to_be_visible()
    expect(page.locator("#log .session")).to_have_count(4)
    expect(page.locator("#log")).to_contain_text("cmi.interactions.0.id", timeout=8000)
    assert page.locator("#log li", has_text="cmi.interactions.0.id").count() == 1
    page.get_by_role("button", name="Close and reopen").click()
    page.wait_for_function(READY.replace("return inner", "return !inner.before && inner"), timeout=20_000)
    assert content(page).url.endswith("#/page-3")


def test_pages_come_and_go_in_the_same_document(page: Page, folder: Path) -> None:
    menu = "#menu a[data-page-link^=page], #menu a[data-page-link=new]"
    new = folder / "pages" / "04-new.md"
    assert save(page, new, "---\ntitle: New\nid: new\n---\n\nHello.\n") == "again"
    assert content(page).locator(menu).count() == 4
    assert content(page).url.endswith("#/page-2")
    content(page).evaluate("location.hash = '#/new'")
    expect(content(page).get_by_text("Hello.")).to_be_visible()
    page.evaluate("document.querySelector('#place').textContent = ''")
    new.unlink()
    expect(page.locator("#place")).to_contain_text("Read again", timeout=20_000)
    expect(content(page).locator(menu)).to_have_count(3)
    assert content(page).locator("[data-page]:not([hidden])").count() == 1


def test_a_host_that_fails_gets_its_course_loaded_anew(page: Page, folder: Path) -> None:
    choose(page, "Refuses to save")
    assert save(page, folder / "pages" / "02-page.md", TEXT.replace("Answer 1", "Answer 0")) == "loaded"


def test_place_focus_answers_and_the_session_are_kept(page: Page, folder: Path) -> None:
    file = folder / "pages" / "02-page.md"
    page.get_by_text("640 × 480", exact=True).click()
    frame = content(page)
    frame.locator("[data-question=practice-2] input").first.check()
    frame.locator("[data-question=practice-2] [data-action=answer]").click()
    expect(frame.locator("[data-outcome=right]")).to_be_visible()
    frame.locator("[data-page=page-2] summary", has_text="My notes").focus()
    frame.evaluate("scrollTo({top: 333, behavior: 'instant'})")
    assert save(page, file, TEXT.replace("Last words.", "Last words, changed.")) == "runs"
    assert frame.evaluate("scrollY") == 333
    assert frame.evaluate("document.activeElement.localName") == "summary"
    expect(frame.locator("[data-outcome=right]")).to_be_visible()
    expect(page.locator("#log .session")).to_have_count(1)
    assert save(page, file, TEXT.replace("Answer 2", "Answer two")) == "again"
    frame = content(page)
    expect(frame.locator("[data-outcome=right]")).to_be_visible()
    page.wait_for_timeout(100)
    assert abs(frame.evaluate("scrollY") - 333) < 2
    assert frame.evaluate("document.activeElement.localName") == "summary"
    expect(page.locator("#log .session")).to_have_count(2)
    expect(page.locator("#log .session").first).to_contain_text("the learner comes back")


def test_a_paragraph_that_had_the_focus_gives_it_to_the_heading(page: Page, folder: Path) -> None:
    file = folder / "pages" / "02-page.md"
    linked = TEXT.replace("Last words.", "A [link](../pages/01-page.md).")
    assert save(page, file, linked) == "runs"
    content(page).get_by_role("link", name="link", exact=True).focus()
    assert save(page, file, TEXT) == "runs"
    assert content(page).evaluate("document.activeElement.textContent") == "Page 2"


def test_pages_that_are_not_shown_change_too(page: Page, folder: Path) -> None:
    file = folder / "pages" / "03-page.md"
    assert save(page, file, file.read_text("utf-8").replace("Text of page 3.", "Changed behind the scenes.")) == "runs"
    assert content(page).url.endswith("#/page-2")
    content(page).evaluate("location.hash = '#/page-3'")
    expect(content(page).get_by_text("Changed behind the scenes.")).to_be_visible()


def test_a_save_that_changes_nothing_disturbs_nobody(page: Page, folder: Path) -> None:
    assert save(page, folder / "pages" / "02-page.md", TEXT + "\n\n") == "runs"
    assert save(page, folder / "pages" / "02-page.md", TEXT.replace("Last words.", "Last  words.")) == "runs"


def test_style_pictures_and_settings_are_seen(page: Page, folder: Path) -> None:
    settings = folder / "course.yaml"
    assert save(page, settings, settings.read_text("utf-8").replace("title: Small", "title: Smaller")) == "loaded"
    expect(content(page).locator(".course-title")).to_have_text("Smaller")
    picture = folder / "media" / "square.svg"
    assert save(page, picture, picture.read_text("utf-8").replace("M0 0h9v9z", "M0 0h9v8z")) == "loaded"
    assert content(page).url.endswith("#/page-2")


def test_a_course_in_several_languages_is_opened_again(page: Page, folder: Path) -> None:
    settings = folder / "course.yaml"
    save(page, settings, settings.read_text("utf-8") + "languages: [en-GB, cy]\n")
    (told,) = spoken(folder)
    welsh = Catalogue(
        told.id, "en-GB", "cy", entries=tuple(Entry(one.id, one.source, one.source) for one in told.texts)
    )
    (folder / "locales").mkdir()
    assert save(page, folder / "locales" / "cy.po", po(welsh)) == "loaded"
    file = folder / "pages" / "02-page.md"
    assert save(page, file, TEXT.replace("First words.", "Other words.")) == "loaded"
    expect(content(page).get_by_text("Other words.")).to_be_visible()
    content(page).locator("[data-language-choice]").select_option("cy")
    expect(content(page).get_by_text("Other words.")).to_be_visible()


def test_xapi_takes_other_words_too(page: Page, folder: Path) -> None:
    page.locator("select[name=format]").select_option("xapi")
    expect(page.locator("#statement-log")).to_contain_text("initialized Small", timeout=8000)
    assert content(page).url.endswith("#/page-1")
    file = folder / "pages" / "01-page.md"
    assert save(page, file, file.read_text("utf-8").replace("Text of page 1.", "Told otherwise.")) == "runs"
    expect(content(page).get_by_text("Told otherwise.")).to_be_visible()
    assert save(page, file, file.read_text("utf-8").replace("title: Page 1", "title: Page one")) == "again"
    expect(content(page).locator("[data-page=page-1] h1")).to_have_text("Page one")
    expect(page.locator("#statement-log")).to_contain_text("resumed Small", timeout=8000)


def test_a_window_of_its_own_stays_open(page: Page, folder: Path) -> None:
    page.locator("select[name=host]").select_option("cornerstone")
    with page.expect_popup() as opened:
        page.frame_locator("#lms").get_by_role("button", name="Open").click()
    opened.value.locator("html[data-ready]").wait_for()
    file = folder / "pages" / "01-page.md"
    file.write_text(file.read_text("utf-8").replace("Text of page 1.", "Told otherwise."), "utf-8")
    expect(opened.value.get_by_text("Told otherwise.")).to_be_visible(timeout=8000)


def test_a_second_tab_is_loaded_anew(page: Page, folder: Path) -> None:
    page.locator("summary", has_text="What happens once").click()
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Second tab").click()
    course = opened.value.frame_locator("iframe")
    expect(course.locator("[data-page=page-1] h1")).to_have_text("Page 1")
    file = folder / "pages" / "01-page.md"
    save(page, file, file.read_text("utf-8").replace("title: Page 1", "title: Page one"))
    expect(course.locator("[data-page=page-1] h1")).to_have_text("Page one", timeout=8000)


def test_saves_that_follow_each_other_closely_are_all_seen(page: Page, folder: Path) -> None:
    file = folder / "pages" / "02-page.md"
    for number in range(6):
        page.wait_for_timeout(70 * number)
        file.write_text(
            TEXT.replace("Answer 1", f"Answer 1{number}").replace("First words.", f"Words {number}."), "utf-8"
        )
    # Looked up anew each time: a course that is opened again has another frame.
    course = page.frame_locator("#lms").frame_locator("iframe")
    expect(course.get_by_text("Words 5.")).to_be_visible(timeout=20_000)
    expect(course.get_by_text("Answer 15", exact=True).first).to_be_visible()
    assert content(page).url.endswith("#/page-2")


def test_problems_are_shown_with_their_place(page: Page, folder: Path) -> None:
    file = folder / "pages" / "02-page.md"
    save(page, file, TEXT + "\n![](nowhere.png)\n")
    expect(page.locator("#problems-note")).to_be_visible(timeout=5000)
    page.get_by_role("button", name="Look at them").click()
    expect(page.locator("#problems")).to_contain_text(f"02-page.md:{len(TEXT.splitlines()) + 2}:1")
    expect(page.locator("#problems")).to_contain_text("nowhere.png")
    save(page, file, TEXT)
    expect(page.locator("#problems-note")).to_be_hidden(timeout=5000)


def test_problems_that_only_a_check_finds_come_stay_and_go(page: Page, folder: Path) -> None:
    file = folder / "pages" / "02-page.md"
    tab(page, "Problems")
    problems = page.locator("#problems")
    jump = TEXT.replace("## A heading", "## A heading\n\n#### Too deep")
    assert save(page, file, jump) == "runs"
    expect(problems).to_contain_text("Too deep", timeout=5000)
    gone = (
        "new Promise(done => { const box = document.querySelector('#problems');"
        "const watch = new MutationObserver(() => { if (!box.innerText.includes('Too deep')) done(true) });"
        "watch.observe(box, {childList: true, subtree: true}); setTimeout(() => done(false), 3000) })"
    )
    page.evaluate(f"() => {{ window.gone = {gone} }}")
    assert save(page, file, jump.replace("Last words.", "Last words, changed.")) == "runs"
    assert page.evaluate("window.gone") is False
    assert save(page, file, TEXT) == "runs"
    expect(problems).not_to_contain_text("Too deep", timeout=5000)
