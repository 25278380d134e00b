"""Learners work through courses that talk to an LRS; its statements and documents are what is asserted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import BrowserContext

from scormkit.preview.content import Content
from tests.browser import courses
from tests.browser.classroom import Launch, wait_until
from tests.browser.learner import Learner

Open = Callable[..., Launch]


@pytest.fixture(scope="module")
def assessed(tmp_path_factory: pytest.TempPathFactory) -> Content:
    """Two pages with a question each, and an assessment of five questions that may be taken twice."""
    settings = "assessment: {pass-mark: 80, attempts: 2}\n"
    return courses.small(tmp_path_factory.mktemp("assessed"), "xapi", pages=2, practice=2, graded=5, settings=settings)


def statements(course: Launch, verb: str = "") -> list[dict[str, Any]]:
    found = [stored.statement for stored in course.enrolment.lrs.statements.values()]
    return [one for one in found if not verb or one["verb"]["id"].endswith(f"/{verb}")]


def verbs(course: Launch) -> list[str]:
    return [statement["verb"]["id"].rsplit("/", 1)[1] for statement in statements(course)]


def nothing_wrong(course: Launch) -> None:
    """Everything was taken, and nothing in it was against xAPI."""
    lrs = course.enrolment.lrs
    assert [(what, [str(one) for one in why]) for what, why in lrs.refused] == []
    assert [str(one) for stored in lrs.statements.values() for one in stored.findings] == []
    for statement in statements(course):
        assert statement["context"]["registration"] == course.enrolment.registration
        assert statement["actor"]["account"]["name"] == course.enrolment.learner.id


def test_a_learner_passes_the_real_course(launch: Open) -> None:
    course = launch(courses.real("co-production", "xapi"), format="xapi")
    learner = Learner(course)
    seen = learner.work()
    learner.exit()
    wait_until(lambda: "terminated" in verbs(course), what="terminated")
    nothing_wrong(course)
    said = verbs(course)
    assert (said[0], said[-1]) == ("initialized", "terminated")
    assert said.count("experienced") == len(seen) - 1
    assert [said.count(verb) for verb in ("initialized", "passed", "completed", "failed", "terminated")] == [
        1,
        1,
        1,
        0,
        1,
    ]
    answered = statements(course, "answered")
    ids = {statement["object"]["id"].rsplit("/", 1)[1] for statement in answered}
    assert ids == learner.practice.union(*learner.papers)
    marked = [statement["result"]["success"] for statement in answered if "success" in statement["result"]]
    assert all(marked) and len(marked) > len(set().union(*learner.papers))  # reflections are neither right nor wrong
    (passed,) = statements(course, "passed")
    assert passed["object"]["id"] == course.enrolment.content.manifest.activity
    assert passed["result"]["score"] == {"scaled": 1, "raw": 100, "min": 0, "max": 100}


def test_a_learner_uses_up_the_attempts(launch: Open, assessed: Content) -> None:
    course = launch(assessed, format="xapi")
    learner = Learner(course)
    learner.work(until="assessment")
    learner.take(wrong=5)
    learner.wait_saved()
    assert "failed" not in verbs(course)
    learner.take(wrong=3)
    learner.wait_saved()
    learner.exit()
    wait_until(lambda: "terminated" in verbs(course), what="terminated")
    nothing_wrong(course)
    (failed,) = statements(course, "failed")
    assert failed["result"]["score"]["scaled"] == 0.4
    assert "passed" not in verbs(course)


def test_a_learner_resumes_in_a_new_browser(
    launch: Open, assessed: Content, new_context: Callable[..., BrowserContext]
) -> None:
    course = launch(assessed, format="xapi")
    learner = Learner(course)
    learner.work(until="assessment")
    learner.wait_saved()
    course.page.close(run_before_unload=True)
    wait_until(lambda: "terminated" in verbs(course), what="terminated")
    again = Launch(course.page, course.context, course.enrolment, course.address).relaunch(new_context())
    learner = Learner(again)
    assert learner.here == "assessment"
    learner.take()
    learner.wait_saved()
    nothing_wrong(again)
    said = verbs(again)
    assert "suspended" in said
    assert "resumed" in said
    assert [said.count(verb) for verb in ("passed", "completed", "answered")] == [1, 1, 7]


def test_the_token_is_not_left_in_the_address(launch: Open, assessed: Content) -> None:
    course = launch(assessed, format="xapi")
    learner = Learner(course)
    left = parse_qs(urlsplit(learner.frame.url).query)
    assert not {"auth", "actor", "endpoint", "registration"} & set(left)
    assert course.enrolment.token not in learner.frame.evaluate("location.href + document.cookie")


@pytest.mark.parametrize("fault", ["refuse", "silence", "unauthorised", "forbidden", "too-many", "cors", "login-page"])
def test_nothing_is_lost_while_the_lrs_fails(launch: Open, assessed: Content, fault: str) -> None:
    course = launch(assessed, format="xapi")
    learner = Learner(course)
    learner.wait_saved()
    course.enrolment.faults.set(fault)
    learner.answer("practice-1")
    wait_until(lambda: learner.save_state == "retrying", what="the learner to be told")
    assert statements(course, "answered") == []
    course.enrolment.faults.set("")
    wait_until(lambda: statements(course, "answered"), 15, what="the answer to arrive")
    learner.wait_saved()
    nothing_wrong(course)


def test_a_lost_answer_makes_no_second_statement(launch: Open, assessed: Content) -> None:
    course = launch(assessed, format="xapi")
    learner = Learner(course)
    learner.wait_saved()
    course.enrolment.faults.set("lost-answer")
    learner.answer("practice-1")
    wait_until(lambda: learner.save_state == "retrying", what="the learner to be told")
    assert len(statements(course, "answered")) == 1
    course.enrolment.faults.set("")
    learner.wait_saved(15)
    assert len(statements(course, "answered")) == 1
    nothing_wrong(course)


def test_what_was_not_sent_is_sent_at_the_next_launch(launch: Open, assessed: Content) -> None:
    course = launch(assessed, format="xapi")
    learner = Learner(course)
    learner.wait_saved()
    course.enrolment.faults.set("silence")
    learner.answer("practice-1")
    wait_until(lambda: learner.save_state == "retrying", what="the learner to be told")
    course.page.goto("about:blank")
    course.enrolment.faults.set("")
    again = Learner(course.relaunch())
    again.wait_saved()
    assert len(statements(course, "answered")) == 1
    nothing_wrong(course)
