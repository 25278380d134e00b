"""The content blocks of the gallery, in Chromium: by keyboard, looked over by axe, on small windows, on paper, without script."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from scormkit.load import load_texts
from scormkit.model.site import Site
from scormkit.render import render
from tests.browser.test_page import Open, findings, focused, open_page, tab_to

__all__ = ["open_page"]

GALLERY = Path(__file__).parent.parent.parent / "docs" / "gallery"
FILES = ("course.yaml", "glossary.yaml", "pages/08-more-blocks.md", "media/circles.svg")
FIGURE = ":::{figure} ../media/circles.svg\n:alt: Three circles that overlap\n:caption: Three kinds of knowledge\n:::\n"
HERE = "#/more-blocks"


@cache
def site() -> Site:
    texts = {name: (GALLERY / name).read_text(encoding="utf-8") for name in FILES}
    return render(load_texts({**texts, "pages/01-figure.md": FIGURE}).courses[0])


def sound(page: Page) -> None:
    """Nothing for axe to find, and nothing wider than the window; a sign alone is too little for axe to judge."""
    assert [one for one in findings(page) if not one.startswith("color-contrast: <mo")] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_blocks_by_keyboard(open_page: Open, width: int, scheme: str) -> None:
    page = open_page(site(), HERE, color_scheme=scheme, viewport={"width": width, "height": 800})
    tab_to(page, "[data-tick]")
    page.keyboard.press("Space")
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert page.locator("[data-tick]").first.is_checked()
    tab_to(page, "[role=tab]")
    page.keyboard.press("ArrowRight")
    assert focused(page) == "Consultation"
    page.keyboard.press("Tab")
    assert focused(page).startswith("Consultation") and "after asking for views" in focused(page)
    tab_to(page, "button.term")
    page.keyboard.press("Enter")
    expect(page.locator(".meaning")).to_contain_text("Equal partnership")
    sound(page)
    page.keyboard.press("Escape")
    expect(page.locator(".meaning")).to_have_count(0)
    assert focused(page) == "co-production"


def test_a_figure_is_enlarged_and_the_focus_comes_back(open_page: Open) -> None:
    page = open_page(site(), "#/figure", viewport={"width": 320, "height": 640})
    tab_to(page, "button.enlarge")
    page.keyboard.press("Enter")
    assert focused(page) == "Close"
    expect(page.get_by_role("dialog", name="Three kinds of knowledge")).to_be_visible()
    page.keyboard.press("Escape")
    assert focused(page) == "Enlarge the picture"
    expect(page.locator("dialog")).to_have_count(0)


def test_nothing_is_asked_of_others_before_the_learner_says_so(open_page: Open) -> None:
    page = open_page(site(), HERE)
    asked: list[str] = []
    page.context.route(
        "https://www.youtube-nocookie.com/**",
        lambda route: route.fulfill(body="<p>Film</p>", content_type="text/html"),
    )
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert not [url for url in asked if "youtube" in url]
    tab_to(page, "[data-action=load]")
    page.keyboard.press("Enter")
    expect(page.locator("iframe")).to_be_focused()
    expect(page.frame_locator("iframe").locator("p")).to_have_text("Film")
    assert len([url for url in asked if "youtube" in url]) == 1


def test_on_paper_and_without_script_all_tabs_are_there(open_page: Open) -> None:
    plain = open_page(site(), HERE, java_script_enabled=False)
    for words in ("Staff decide, and say so.", "Everybody decides, from the aim to the review."):
        assert plain.get_by_text(words).is_visible()
    assert plain.get_by_role("link", name="co-production").get_attribute("href") == "#/~glossary/co-production"
    page = open_page(site(), HERE)
    page.emulate_media(media="print")
    assert page.get_by_text("Everybody decides, from the aim to the review.").is_visible()
    assert page.get_by_role("heading", name="Informing").bounding_box()["height"] > 10  # type: ignore[index]
    assert page.get_by_text("co-production", exact=True).first.is_visible()


def test_a_table_stacks_on_a_phone_and_keeps_its_meaning(open_page: Open) -> None:
    texts = {"course.yaml": "id: urn:a\ntitle: A\n", "pages/1.md": "| A | B | C |\n|---|---|---|\n| 1 | 2 | 3 |\n"}
    made = render(load_texts(texts).courses[0])
    wide = open_page(made, "#/1", viewport={"width": 1000, "height": 700})
    assert len({cell.bounding_box()["y"] for cell in wide.get_by_role("cell").all()}) == 1  # type: ignore[index]
    page = open_page(made, "#/1", viewport={"width": 320, "height": 640})
    assert len({cell.bounding_box()["x"] for cell in page.get_by_role("cell").all()}) == 1  # type: ignore[index]
    assert page.get_by_role("columnheader").all_text_contents() == ["A", "B", "C"]
    shown = page.get_by_role("cell", name="2").evaluate("cell => getComputedStyle(cell, '::before').content")
    assert "B" in shown
    sound(page)


def test_what_is_for_paper_is_on_paper_only(open_page: Open) -> None:
    page = open_page(site(), HERE)
    screen, paper = page.get_by_text("This is on the screen only"), page.get_by_text("This is on paper only")
    assert (screen.is_visible(), paper.is_visible()) == (True, False)
    page.emulate_media(media="print")
    assert (screen.is_visible(), paper.is_visible()) == (False, True)


FILM = """:::{video} ../media/dots.mp4
:title: A dot moves
:captions: ../media/dots.vtt
:complete: 80%
A blue dot moves from left to right.
:::
"""


def film() -> Site:
    texts = {"course.yaml": "id: urn:a\ntitle: A\n", "pages/1.md": FILM, "pages/2.md": "Text.\n"}
    media = {f"media/{name}": (GALLERY / "media" / name).read_bytes() for name in ("dots.mp4", "dots.vtt")}
    return render(load_texts({**texts, **media}).courses[0])


def state(page: Page) -> str:
    return page.locator('[data-page-link="1"] [data-page-state]').inner_text()


def test_a_film_that_has_to_be_played_is_played_fast_and_not_skipped(open_page: Open) -> None:
    page = open_page(film(), "#/1", viewport={"width": 1000, "height": 700})
    page.wait_for_function("document.querySelector('video').readyState > 0")
    page.evaluate("document.querySelector('video').currentTime = 1.9")
    page.wait_for_timeout(300)
    expect(page.locator("[data-watch]")).to_contain_text("0% played")
    assert state(page) == "Started"
    page.get_by_label("Speed").select_option("2")
    page.evaluate("const film = document.querySelector('video'); film.currentTime = 0; film.muted = true; film.play()")
    expect(page.locator("[data-watch]")).to_contain_text("You have played enough", timeout=15_000)
    assert page.evaluate("document.querySelector('video').playbackRate") == 2
    assert state(page) == "Done"
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert state(page) == "Done" and "enough" in page.locator("[data-watch]").inner_text()
    sound(page)


def test_who_reads_the_transcript_need_not_play_the_film(open_page: Open) -> None:
    page = open_page(film(), "#/1", viewport={"width": 320, "height": 640})
    tab_to(page, "figure summary")
    page.keyboard.press("Enter")
    tab_to(page, "[data-action=transcript-read]")
    page.keyboard.press("Enter")
    assert "You have played enough of this, or read its transcript" in focused(page)
    assert page.locator("[data-action=transcript-read]").is_hidden()
    sound(page)


FAR = "Text.\n\n" * 60 + ":::{audio} ../media/chime.mp3\n:title: A chime\nOne soft chime.\n:::\n\n" + FILM
SIZES = "[...document.querySelectorAll('audio, video')].map(one => [one.clientWidth, one.clientHeight])"


def far() -> Site:
    texts = {
        "course.yaml": "id: urn:a\ntitle: A\n",
        "pages/1.md": "First.\n",
        "pages/2.md": FAR,
        "pages/3.md": "Text.\n",
    }
    media = {f"media/{name}": (GALLERY / "media" / name).read_bytes() for name in ("dots.mp4", "dots.vtt", "chime.mp3")}
    return render(load_texts({**texts, **media}).courses[0])


def test_recordings_further_down_wait_until_somebody_comes_near(open_page: Open) -> None:
    page = open_page(far(), "#/1", viewport={"width": 1000, "height": 700})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    page.evaluate("location.hash = '#/2'")
    page.wait_for_timeout(200)
    assert (page.locator("[data-later]").count(), asked) == (2, [])
    sizes = page.evaluate(SIZES)
    assert sizes[0][1] == 54 and sizes[1][0] / sizes[1][1] == pytest.approx(16 / 9, rel=0.01)
    tab_to(page, "audio", most=6)
    expect(page.locator("[data-later]")).to_have_count(0)
    page.wait_for_function("() => document.querySelector('video').readyState > 0")
    assert page.evaluate(SIZES) == sizes
    assert set(asked) == {"chime.mp3", "dots.mp4", "dots.vtt"}
    sound(page)


def test_recordings_further_down_are_ready_a_moment_after_their_page(open_page: Open) -> None:
    page = open_page(far(), "#/1", viewport={"width": 1000, "height": 700})
    page.evaluate("location.hash = '#/2'")
    page.wait_for_timeout(100)
    page.evaluate("location.hash = '#/3'")
    page.wait_for_timeout(2000)
    assert page.locator("[data-later]").count() == 2, "of a page that was left again nothing is asked for"
    page.evaluate("location.hash = '#/2'")
    expect(page.locator("[data-later]")).to_have_count(0)
    assert page.evaluate("scrollY") == 0


def test_the_glossary_is_a_page_that_is_not_counted(open_page: Open) -> None:
    page = open_page(site(), HERE)
    page.get_by_role("link", name="Glossary").click()
    expect(page.locator("h1:focus")).to_have_text("Glossary")
    expect(page.locator("[data-progress]")).to_have_attribute("max", "2")
    sound(page)
