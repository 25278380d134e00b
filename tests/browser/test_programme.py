"""The programme's courses by keyboard from start to end: passed, failed and passed, left and resumed; and axe on their pages.

The first course is taken in test_course.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePosixPath
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Route

from scormkit.preview.content import Content
from scormkit.standards.profiles import PROFILES
from tests.browser import access, courses
from tests.browser.classroom import Launch, wait_until
from tests.browser.learner import Learner

Open = Callable[..., Launch]


OTHERS = ["co-design", "knowledge-mobilisation", "always-events"]


@pytest.fixture(scope="module", params=OTHERS)
def course(request: pytest.FixtureRequest) -> Content:
    return courses.real(request.param)


def test_a_learner_fails_and_passes_at_the_second_attempt(launch: Open, course: Content) -> None:
    opened = launch(course)
    learner = Learner(opened)
    learner.work(until="assessment")
    count = len(learner.take(wrong=2))
    assert count == learner.page("assessment")["assessment"]["draw"] >= 5
    learner.wait_saved()
    assert opened.record.status == "incomplete"
    assert opened.record.score == pytest.approx(100 * (count - 2) / count, abs=0.01)
    learner.take(wrong=1)
    learner.next()
    learner.work()
    assert "saved" in learner.exit()
    assert opened.record.status == "passed"
    assert opened.record.score == pytest.approx(100 * (count - 1) / count, abs=0.01)
    assert opened.findings() == []


def test_a_learner_leaves_in_the_middle_and_passes_in_another_browser(
    launch: Open, course: Content, new_context: Callable[..., BrowserContext]
) -> None:
    opened = launch(course)
    learner = Learner(opened)
    pages = [page["id"] for page in learner.course["pages"]]
    middle = pages[len(pages) // 2]
    learner.work(until=middle)
    opened.page.close(run_before_unload=False)
    wait_until(lambda: opened.record.commits[-1].finish, what="Finish")
    assert (opened.record.status, opened.record.location) == ("incomplete", middle)

    again = opened.relaunch(new_context())
    learner = Learner(again)
    assert learner.here == middle
    assert learner.work()[:-1] == pages[pages.index(middle) :]
    learner.exit()
    assert (again.record.status, again.record.score) == ("passed", 100)
    assert len(again.record.state) <= 4096
    assert again.findings() == []


def test_the_film_plays_with_its_captions_where_the_host_announces_a_wrong_type(
    launch: Open, new_context: Callable[..., BrowserContext]
) -> None:
    """PRF105: the Learning Hub calls .mp4 a playlist and .vtt mere bytes; Chromium looks at what they are."""
    types = PROFILES["nhs-learning-hub"].types
    context = new_context()

    def announce(route: Route) -> None:
        served = route.fetch()
        kind = types[PurePosixPath(urlsplit(route.request.url).path).suffix]
        route.fulfill(response=served, headers={**served.headers, "content-type": kind})

    context.route(re.compile(r"\.(mp4|vtt)$"), announce)
    frame = Learner(launch(courses.real("co-production"), host="nhs-learning-hub", context=context)).frame
    frame.evaluate("location.hash = '#/teach-back'")
    film = frame.locator("[data-page=teach-back] video")
    film.scroll_into_view_if_needed()
    served = frame.evaluate(
        "address => fetch(address).then(got => got.headers.get('content-type'))", film.get_attribute("src")
    )
    assert served == types[".mp4"] == "application/x-mpegURL"
    film.evaluate("film => { film.muted = true; film.textTracks[0].mode = 'showing'; return film.play() }")
    wait_until(lambda: film.evaluate("film => film.currentTime > 0.3"), 15, "the film")
    wait_until(lambda: film.evaluate("film => (film.textTracks[0].cues ?? []).length") == 10, 10, "captions")


@pytest.mark.parametrize("name", ["co-production", *OTHERS])
@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_axe_finds_nothing_and_no_page_is_too_wide(
    launch: Open, new_context: Callable[..., BrowserContext], name: str, width: int, scheme: str
) -> None:
    size = {"width": width, "height": 800}
    context = new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce")
    assert access.faults(Learner(launch(courses.real(name), context=context))) == []
