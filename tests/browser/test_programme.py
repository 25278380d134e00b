"""The programme's courses by keyboard from start to end: passed, failed and passed, left and resumed; and axe on their pages.

The first course is taken in test_course.py.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext

from scormkit.preview.content import Content
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


@pytest.mark.parametrize("name", ["co-production", *OTHERS])
@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_axe_finds_nothing_and_no_page_is_too_wide(
    launch: Open, new_context: Callable[..., BrowserContext], name: str, width: int, scheme: str
) -> None:
    size = {"width": width, "height": 800}
    context = new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce")
    assert access.faults(Learner(launch(courses.real(name), context=context))) == []
