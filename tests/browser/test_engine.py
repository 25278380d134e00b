"""The emulated hosts themselves: calls by hand against each profile, judged by the standard and answered as the host does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext

from scormkit.preview.profiles import NAMES, profile
from tests.browser.classroom import Launch, new_context, wait_until

BLANK = {"index.html": b"<!doctype html><html lang='en'><title>Blank</title><p>Blank</p></html>"}
INIT = ("LMSInitialize", "")


@pytest.fixture(scope="module")
def browser_of_all(chromium: Browser) -> Iterator[BrowserContext]:
    """One browser for these tests: an empty course leaves nothing in it."""
    with new_context(chromium) as context:
        yield context


@pytest.fixture
def host(launch: Callable[..., Launch], browser_of_all: BrowserContext) -> Iterator[Callable[..., Launch]]:
    """An empty course at the host of that name."""
    yield lambda name="strict", **options: launch(BLANK, host=name, context=browser_of_all, **options)
    for page in browser_of_all.pages:
        page.close()


def run(course: Launch, *calls: tuple[str, ...]) -> list[Any]:
    """Makes calls of the API; gives [answer, error, rules found] of each."""
    wait_until(lambda: course.page.evaluate("window.API !== undefined"))
    return course.page.evaluate(
        """calls => calls.map(([name, ...args]) => {
            const answer = window.API[name](...args);
            const call = window.lms.host.calls.at(-1);
            return [answer, call.error, call.findings.map(finding => finding.rule)];
        })""",
        [list(call) for call in calls],
    )


def put(element: str, value: str) -> tuple[str, str, str]:
    return ("LMSSetValue", element, value)


def read(element: str) -> tuple[str, str]:
    return ("LMSGetValue", element)


@pytest.mark.parametrize(
    ("element", "value", "error", "rule"),
    [
        ("cmi.suspend_data", "x" * 4096, "0", None),
        ("cmi.suspend_data", "x" * 4097, "405", "RUN007"),
        ("cmi.core.lesson_location", "x" * 255, "0", None),
        ("cmi.core.lesson_location", "x" * 256, "405", "RUN008"),
        ("cmi.core.session_time", "0000:00:01.50", "0", None),
        ("cmi.core.session_time", "0000:60:01", "405", "RUN009"),
        ("cmi.core.session_time", "1:00:01", "405", "RUN009"),
        ("cmi.core.session_time", "00:00:01", "0", "RUN010"),
        ("cmi.core.session_time", "0000:00:01.555", "405", "RUN009"),
        ("cmi.core.lesson_status", "passed", "0", None),
        ("cmi.core.lesson_status", "not attempted", "405", "RUN013"),
        ("cmi.core.lesson_status", "Passed", "405", "RUN013"),
        ("cmi.core.exit", "suspend", "0", None),
        ("cmi.core.exit", "", "0", None),
        ("cmi.core.exit", "normal", "405", "RUN014"),
        ("cmi.core.exit", "logout", "0", "RUN016"),
        ("cmi.core.score.raw", "66.67", "0", None),
        ("cmi.core.score.raw", "", "0", None),
        ("cmi.core.score.raw", "100.5", "405", "RUN017"),
        ("cmi.core.score.raw", "-1", "405", "RUN017"),
        ("cmi.core.score.raw", "many", "405", "RUN017"),
        ("cmi.core.score._children", "raw", "402", "RUN019"),
        ("cmi.core.student_id", "me", "403", "RUN019"),
        ("cmi.core.total_time", "0000:00:01", "403", "RUN019"),
        ("cmi.core.colour", "red", "401", "RUN031"),
        ("cmi.interactions.0.id", "q one", "405", "RUN032"),
        ("cmi.interactions.0.id", "q-one", "0", None),
        ("cmi.interactions.1.id", "q-one", "201", "RUN020"),
        ("cmi.interactions.0.type", "choice", "201", "RUN020"),
        ("cmi.objectives.0.id", "who-decides", "0", None),
        ("cmi.student_preference.audio", "-1", "0", None),
        ("cmi.student_preference.audio", "101", "405", "RUN032"),
    ],
)
def test_strict_set(host: Callable[..., Launch], element: str, value: str, error: str, rule: str | None) -> None:
    _, (answer, given, rules) = run(host(), INIT, put(element, value))
    assert (answer, given) == ("true" if error == "0" else "false", error)
    assert rules == ([rule] if rule else [])


@pytest.mark.parametrize(
    ("element", "answer", "error"),
    [
        ("cmi.core.student_name", "Learner, Alex", "0"),
        ("cmi.core.lesson_status", "not attempted", "0"),
        ("cmi.core.entry", "ab-initio", "0"),
        ("cmi.core.lesson_mode", "normal", "0"),
        ("cmi.core.credit", "credit", "0"),
        ("cmi.core.total_time", "0000:00:00.00", "0"),
        ("cmi.suspend_data", "", "0"),
        ("cmi.core.score._children", "raw,min,max", "0"),
        ("cmi.interactions._count", "0", "0"),
        ("cmi.objectives._children", "id,score,status", "0"),
        ("cmi._version", "3.4", "0"),
        ("cmi.core.exit", "", "404"),
        ("cmi.core.session_time", "", "404"),
        ("cmi.objectives.0.id", "", "201"),
        ("cmi.core.student_id._children", "", "202"),
        ("cmi.core.student_id._count", "", "203"),
        ("cmi.core.colour", "", "401"),
    ],
)
def test_strict_get(host: Callable[..., Launch], element: str, answer: str, error: str) -> None:
    assert run(host(), INIT, read(element))[1][:2] == [answer, error]


def test_strict_children_name_every_child(host: Callable[..., Launch]) -> None:
    """The keyword's printed value and the elements agree: a misprint in the facts would show here."""
    course = host()
    for group in ("core", "core.score", "objectives", "student_data", "student_preference", "interactions"):
        told = run(course, INIT, read(f"cmi.{group}._children"))[1][0]
        found = course.page.evaluate(
            "name => window.lms.host.standard.children(name)",
            f"cmi.{group}" + (".n" if group in ("objectives", "interactions") else ""),
        )
        assert set(told.split(",")) == set(found.split(","))


def interaction(kind: str, response: str, result: str = "correct") -> list[tuple[str, ...]]:
    start = "cmi.interactions.0"
    return [
        put(f"{start}.id", "q1"),
        put(f"{start}.type", kind),
        put(f"{start}.student_response", response),
        put(f"{start}.result", result),
    ]


@pytest.mark.parametrize(
    ("kind", "response", "error"),
    [
        ("choice", "a", "0"),
        ("choice", "a,c", "0"),
        ("choice", "ab", "405"),
        ("choice", "finished-leaflet", "405"),
        ("true-false", "t", "0"),
        ("true-false", "true", "405"),
        ("fill-in", "x" * 255, "0"),
        ("fill-in", "x" * 256, "405"),
        ("numeric", "-1.5", "0"),
        ("numeric", "one", "405"),
        ("matching", "1.a,2.b", "0"),
        ("matching", "1a", "405"),
        ("sequencing", "c,a,b", "0"),
        ("sequencing", "c-a-b", "405"),
        ("likert", "", "0"),
        ("performance", "1.a", "0"),
    ],
)
def test_strict_answers(host: Callable[..., Launch], kind: str, response: str, error: str) -> None:
    answers = run(host(), INIT, *interaction(kind, response))
    assert answers[3][1] == error
    assert [answer[1] for answer in answers[:3]] == ["0", "0", "0"]


def test_strict_order_within_an_interaction(host: Callable[..., Launch]) -> None:
    start = "cmi.interactions.0"
    answers = run(
        host(), INIT, put(f"{start}.id", "q1"), put(f"{start}.student_response", "a"), put(f"{start}.result", "incorrect"),
        put(f"{start}.result", "0.5"), put(f"{start}.correct_responses.1.pattern", "a"),
        read(f"{start}.student_response"), read("cmi.interactions._count"),
    )  # fmt: skip
    assert [answer[1] for answer in answers] == ["0", "0", "405", "405", "0", "201", "404", "0"]
    assert answers[2][2] == ["RUN021"]
    assert answers[3][2] == ["RUN023"]
    assert answers[-1][0] == "1"


def test_strict_states(host: Callable[..., Launch]) -> None:
    answers = run(
        host(), read("cmi.core.entry"), ("LMSCommit", ""), ("LMSFinish", ""), ("LMSInitialize", "now"), INIT, INIT,
        put("cmi.core.lesson_status", "incomplete"), put("cmi.core.exit", "suspend"), ("LMSFinish", ""),
        read("cmi.core.entry"), put("cmi.suspend_data", "x"), ("LMSFinish", ""), INIT,
    )  # fmt: skip
    assert [answer[:2] for answer in answers] == [
        ["", "301"], ["false", "301"], ["false", "301"], ["false", "201"], ["true", "0"], ["false", "101"],
        ["true", "0"], ["true", "0"], ["true", "0"],
        ["", "301"], ["false", "301"], ["false", "301"], ["false", "301"],
    ]  # fmt: skip
    assert [answer[2] for answer in answers[:6]] == [["RUN001"]] * 3 + [["RUN003"], [], ["RUN002"]]
    assert [answer[2] for answer in answers[-4:]] == [["RUN004"]] * 4


def test_errors_can_be_asked_for(host: Callable[..., Launch]) -> None:
    course = host()
    run(course, INIT, put("cmi.core.student_id", "me"))
    asked = run(
        course, ("LMSGetLastError",), ("LMSGetErrorString", "403"), ("LMSGetDiagnostic", "403"), ("LMSGetLastError",)
    )
    assert [answer[0] for answer in asked] == ["403", "Element is read only", "cmi.core.student_id is read only", "403"]
    run(course, read("cmi.core.student_id"))
    assert run(course, ("LMSGetLastError",))[0][0] == "0"


def finish(course: Launch, *calls: tuple[str, ...]) -> list[Any]:
    """A session: Initialize, the calls, Finish; waits for a beacon to arrive."""
    before = len(course.record.commits)
    answers = run(course, INIT, *calls, ("LMSFinish", ""))
    if profile(course.enrolment.profile.name).settings["sends"] != "each":
        wait_until(lambda: len(course.record.commits) > before, what="the last commit")
    return answers


SESSION = put("cmi.core.session_time", "0000:00:30.00")
SUSPEND = put("cmi.core.exit", "suspend")
HALF_WAY = [
    put("cmi.core.lesson_status", "incomplete"), put("cmi.suspend_data", "state.1"), put("cmi.core.lesson_location", "p3"),
    SESSION, SUSPEND,
]  # fmt: skip


def second_session(course: Launch, *elements: str) -> list[Any]:
    again = course.relaunch()
    return [answer[0] for answer in run(again, INIT, *(read(element) for element in elements))[1:]]


RESUMED = (
    "cmi.core.entry",
    "cmi.core.lesson_status",
    "cmi.suspend_data",
    "cmi.core.lesson_location",
    "cmi.core.total_time",
)


@pytest.mark.parametrize(
    ("name", "resumed"),
    [
        ("strict", ["resume", "incomplete", "state.1", "p3", "0000:00:30.00"]),
        ("moodle", ["resume", "incomplete", "state.1", "p3", "0000:00:30.00"]),
        ("nhs-learning-hub", ["resume", "incomplete", "state.1", "p3", "NaN:aN:aN"]),
        ("aicc-relay", ["", "incomplete", "state.1", "p3", "0000:00:30.00"]),
        ("open-edx", ["", "incomplete", "state.1", "p3", ""]),
        ("cornerstone", ["resume", "incomplete", "state.1", "p3", "0000:00:30.00"]),
        ("minimal", ["", "incomplete", "state.1", "p3", ""]),
    ],
)
def test_resume(host: Callable[..., Launch], name: str, resumed: list[str]) -> None:
    course = host(name)
    finish(course, *HALF_WAY)
    assert second_session(course, *RESUMED) == resumed


PASSED = [
    put("cmi.core.score.raw", "90"),
    SESSION,
    put("cmi.core.lesson_status", "passed"),
    put("cmi.suspend_data", "state.2"),
]
AFTER = ("cmi.core.lesson_mode", "cmi.core.lesson_status", "cmi.suspend_data", "cmi.core.score.raw")


@pytest.mark.parametrize(
    ("name", "after"),
    [
        ("strict", ["normal", "passed", "state.2", "90"]),
        ("moodle", ["review", "passed", "state.2", 90]),
        ("nhs-learning-hub", ["normal", "not attempted", "", ""]),
        ("aicc-relay", ["", "passed", "state.2", "90"]),
        ("open-edx", ["normal", "completed", "state.2", "90"]),
        ("cornerstone", ["normal", "passed", "state.2", "90"]),
        ("minimal", ["", "passed", "state.2", "90"]),
    ],
)
def test_launch_after_passing(host: Callable[..., Launch], name: str, after: list[Any]) -> None:
    course = host(name)
    finish(course, *PASSED)
    assert second_session(course, *AFTER) == after


@pytest.mark.parametrize(
    ("name", "status"),
    [("strict", "completed"), ("moodle", "completed"), ("nhs-learning-hub", "incomplete"), ("aicc-relay", "not attempted"),
     ("open-edx", ""), ("cornerstone", "completed"), ("minimal", "")],
)  # fmt: skip
def test_status_never_set(host: Callable[..., Launch], name: str, status: str) -> None:
    course = host(name)
    answers = finish(course, SESSION)
    assert answers[-1][2] == ["RUN012"]
    assert course.record.status == status


def test_moodle_lets_the_mastery_score_decide(host: Callable[..., Launch]) -> None:
    manifest = b"""<manifest xmlns="x" xmlns:adlcp="y"><organizations><organization><item identifierref="r">
        <title>T</title><adlcp:masteryscore>80</adlcp:masteryscore></item></organization></organizations>
        <resources><resource identifier="r" href="index.html"/></resources></manifest>"""
    for name, status in (("moodle", "failed"), ("strict", "incomplete")):
        course = host(name)
        course.enrolment.content = type(course.enrolment.content)({**BLANK, "imsmanifest.xml": manifest})
        again = course.relaunch()
        finish(again, put("cmi.core.score.raw", "20"), put("cmi.core.lesson_status", "incomplete"), SUSPEND)
        assert again.record.status == status


def test_moodle_says_true_when_the_network_is_down_and_sends_nothing_again(host: Callable[..., Launch]) -> None:
    course = host("moodle")
    run(course, INIT, put("cmi.suspend_data", "one"))
    course.context.set_offline(True)
    assert run(course, ("LMSCommit", ""))[0][:2] == ["true", "0"]
    course.context.set_offline(False)
    assert run(course, put("cmi.suspend_data", "one"), ("LMSCommit", ""))[1][:2] == ["true", "0"]
    assert course.record.state == ""
    run(course, put("cmi.suspend_data", "two"), ("LMSCommit", ""))
    assert course.record.state == "two"


def test_strict_sends_again_what_did_not_arrive(host: Callable[..., Launch]) -> None:
    course = host()
    run(course, INIT, put("cmi.suspend_data", "one"))
    course.context.set_offline(True)
    assert run(course, ("LMSCommit", ""))[0][:2] == ["false", "101"]
    course.context.set_offline(False)
    assert run(course, ("LMSCommit", ""))[0][:2] == ["true", "0"]
    assert course.record.state == "one"


@pytest.mark.parametrize(
    ("name", "fault", "answer"),
    [
        ("strict", "refuse", ["false", "101"]),
        ("strict", "login-page", ["false", "101"]),
        ("strict", "silence", ["false", "101"]),
        ("moodle", "refuse", ["false", "101"]),
        ("moodle", "login-page", ["false", "101"]),
        ("moodle", "silence", ["true", "0"]),
        ("nhs-learning-hub", "unauthorised", [False, "0"]),
        ("nhs-learning-hub", "forbidden", [False, "0"]),
        ("nhs-learning-hub", "login-page", [True, "0"]),
        ("nhs-learning-hub", "refuse", [False, "101"]),
        ("cornerstone", "silence", [None, "0"]),
        ("minimal", "refuse", [False, "101"]),
    ],
)
def test_faults_of_saving(host: Callable[..., Launch], name: str, fault: str, answer: list[Any]) -> None:
    course = host(name)
    run(course, INIT, put("cmi.suspend_data", "one"))
    course.enrolment.faults.set(fault)
    assert run(course, ("LMSCommit", ""))[0][:2] == answer
    assert course.record.state == ""


def test_a_lost_answer_is_stored_all_the_same(host: Callable[..., Launch]) -> None:
    course = host()
    run(course, INIT, put("cmi.suspend_data", "one"))
    course.enrolment.faults.set(
        "lost-answer"
    )  # for as long as it takes: browsers repeat a request on a connection that broke
    assert run(course, ("LMSCommit", ""))[0][:2] == ["false", "101"]
    assert course.record.state == "one"


def test_learning_hub_freezes_the_completion(host: Callable[..., Launch]) -> None:
    course = host("nhs-learning-hub")
    run(
        course,
        INIT,
        put("cmi.core.score.raw", "85"),
        SESSION,
        put("cmi.core.lesson_status", "passed"),
        ("LMSCommit", ""),
    )
    run(course, put("cmi.core.score.raw", "95"), ("LMSCommit", ""))
    assert course.record.completion == {"status": "passed", "score": "85"}
    assert course.record.score == 95


def test_learning_hub_needs_time_for_a_completion(host: Callable[..., Launch]) -> None:
    course = host("nhs-learning-hub")
    answers = run(course, INIT, put("cmi.core.lesson_status", "passed"), ("LMSCommit", ""))
    assert answers[-1] == [False, "101", ["RUN011"]]
    assert course.record.completion is None


def test_learning_hub_loses_an_update_with_a_long_answer(host: Callable[..., Launch]) -> None:
    course = host("nhs-learning-hub")
    answers = finish(course, *PASSED, *interaction("fill-in", "x" * 300))
    assert answers[-1][0] == "true"
    assert [call[0] for call in answers[1:-1]] == [True] * 8
    assert (course.record.status, course.record.completion) == ("", None)


def test_learning_hub_stores_interactions_at_finish_only_and_drops_an_hour_digit(host: Callable[..., Launch]) -> None:
    course = host("nhs-learning-hub")
    run(course, INIT, *interaction("choice", "a"), put("cmi.core.session_time", "10:00:00"), ("LMSCommit", ""))
    assert (course.record.interactions, course.record.seconds) == ([], 0)
    run(
        course,
        put("cmi.core.session_time", "0010:00:00"),
        put("cmi.core.lesson_status", "incomplete"),
        ("LMSFinish", ""),
    )
    wait_until(lambda: course.record.interactions)
    assert course.record.interactions[0]["student_response"] == "a"
    assert course.record.seconds == 36_000
    assert second_session(course, "cmi.interactions._count") == ["0"]


def test_learning_hub_forgets_where_no_status_was_set(host: Callable[..., Launch]) -> None:
    course = host("nhs-learning-hub")
    finish(course, put("cmi.suspend_data", "state.1"), SUSPEND, SESSION)
    course.record.status_was_set = False
    assert second_session(course, "cmi.core.entry", "cmi.suspend_data") == ["resume", ""]


def test_learning_hub_beacons_are_limited(host: Callable[..., Launch]) -> None:
    """Above 64 KiB a request takes the beacon's place, as long as the page is there."""
    course = host("nhs-learning-hub")
    finish(course, put("cmi.suspend_data", "é" * 40_000), put("cmi.core.lesson_status", "incomplete"))
    assert len(course.record.state) == 40_000


def test_relay_splits_and_expands(host: Callable[..., Launch]) -> None:
    course = host("aicc-relay")
    finish(
        course,
        put("cmi.suspend_data", "a=b=c;pre$&post;$$5\nmore"),
        put("cmi.core.lesson_location", "p=3"),
        *PASSED[:2],
    )
    assert course.record.state == "a=b=c;pre{{SUSPEND_DATA}}post;$5"
    assert second_session(course, "cmi.suspend_data", "cmi.core.lesson_location", "cmi.interactions._count") == [
        "a",
        "p",
        "",
    ]


def test_relay_stores_nothing_before_finish(host: Callable[..., Launch]) -> None:
    course = host("aicc-relay")
    assert run(course, INIT, *HALF_WAY, ("LMSCommit", ""))[-1][0] == "true"
    assert course.record.state == ""


def test_open_edx_sends_each_value(host: Callable[..., Launch]) -> None:
    course = host("open-edx")
    run(course, INIT, put("cmi.suspend_data", "one"))
    assert course.record.state == "one"
    course.enrolment.faults.set("refuse")
    assert run(course, put("cmi.suspend_data", "two"), ("LMSGetLastError",))[0][0] == "true"
    assert course.record.state == "one"


def test_content_finds_the_api_from_every_window(launch: Callable[..., Launch]) -> None:
    """Frames, a page of another site in between, a window of its own: what lies between content and API is real."""
    page = b"""<!doctype html><html lang="en"><title>Searching</title><p id="found"></p><script>
        function find(view) {
          for (let hops = 0; view && hops < 10; hops++) {
            try { if (view.API) return view.API; } catch (error) { document.body.dataset.threw = error.name; }
            if (view.parent === view) return null;
            view = view.parent;
          }
        }
        const timer = setInterval(() => {
          const api = find(window.parent) ?? (window.opener && find(window.opener));
          if (!api) return;
          clearInterval(timer);
          document.querySelector("#found").textContent = String(api.LMSInitialize(""));
        }, 50);
    </script></html>"""
    for name in NAMES:
        course = launch({"index.html": page}, host=name)
        course.content.get_by_text("true").wait_for(timeout=5000)
        threw = course.content.evaluate("document.body.dataset.threw")
        assert threw == ("SecurityError" if name == "minimal" else None), name


def test_advice_on_what_goes_wrong_elsewhere(host: Callable[..., Launch]) -> None:
    course = host()
    answers = run(
        course, INIT, put("cmi.core.lesson_status", "passed"), put("cmi.core.score.raw", "90"), ("LMSCommit", ""),
        put("cmi.core.lesson_status", "incomplete"), ("LMSCommit", ""), ("LMSFinish", ""),
    )  # fmt: skip
    assert [answer[2] for answer in answers] == [
        [], [], [], ["RUN011", "RUN018"], ["RUN035"], ["RUN025", "RUN018"], ["RUN015", "RUN018"],
    ]  # fmt: skip


def test_review_mode_is_judged_and_moodle_still_stores(host: Callable[..., Launch]) -> None:
    course = host("moodle", mode="review")
    answers = run(course, INIT, put("cmi.core.score.raw", "95"), ("LMSCommit", ""))
    assert answers[1][2] == ["RUN036"]
    assert course.record.score == 95


@pytest.mark.parametrize("name", NAMES)
def test_every_setting_has_a_fact_and_a_source(name: str) -> None:
    known = set(profile("strict").settings)
    for fact in profile(name).facts:
        assert fact.setting in known
        assert len(fact.fact) > 10 and len(fact.source) > 10, fact


def test_looking_back_asks_for_nothing_when_it_ends(host: Callable[..., Launch]) -> None:
    course = host("strict", mode="review")
    assert run(course, INIT, ("LMSFinish", ""))[-1][2] == []


def test_content_cannot_know_of_a_mode_that_is_not_told(host: Callable[..., Launch]) -> None:
    for name in ("minimal", "aicc-relay"):
        course = host(name, mode="review")
        assert run(course, INIT, put("cmi.core.lesson_location", "here"))[-1][2] == []
