"""The programme's other courses, each from start to end by keyboard: passed, failed and passed, left and resumed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext

from scormkit.preview.content import Content
from tests.browser import courses
from tests.browser.classroom import Launch, wait_until
from tests.browser.learner import Learner

Open = Callable[..., Launch]


@pytest.fixture(scope="module", params=["co-design", "knowledge-mobilisation", "always-events"])
def course(request: pytest.FixtureRequest) -> Content:
    return courses.real(request.param)


def test_a_learner_fails_and_passes_at_the_second_attempt(launch: Open, course: Content) -> None:
    opened = launch(course)
    learner = Learner(opened)
    learner.work(until="assessment")
    count = len(learner.take(wrong=2))
    assert count == 6
    learner.wait_saved()
    assert opened.record.status == "incomplete"
    assert opened.record.score == pytest.approx(100 * 4 / 6, abs=0.01)
    learner.take(wrong=1)
    learner.next()
    learner.work()
    assert "saved" in learner.exit()
    assert opened.record.status == "passed"
    assert opened.record.score == pytest.approx(100 * 5 / 6, abs=0.01)
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
