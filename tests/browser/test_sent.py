"""What docs/data-protection.md and docs/xapi.md say is what hosts receive: nothing more, nothing less (rule T53)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from scormkit.package import sent
from scormkit.package.examples import examples
from scormkit.preview.content import Content
from tests.browser import courses
from tests.browser.classroom import Launch, wait_until
from tests.browser.learner import Learner

Open = Callable[..., Launch]
SETTINGS = "assessment: {pass-mark: 80, attempts: 2}\nobjectives: [{id: a, text: Tell them apart}]\n"


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Content]:
    """Two pages with a question each, an assessment of two that asks how sure learners are, and an objective of all of it."""
    folder = tmp_path_factory.mktemp("sent")

    def package(format: str) -> Content:
        courses.small(folder, format, pages=2, practice=2, graded=2, settings=SETTINGS)
        for page in (folder / "pages").iterdir():
            own = ":objective: a\n:confidence: true\n" if page.stem.endswith("assessment") else ":objective: a\n"
            page.write_text(re.sub(r":id: .*\n", rf"\g<0>{own}", page.read_text("utf-8")), "utf-8")
        return courses.packages(folder).content("small", format)

    return package


def stored(course: Launch) -> set[str]:
    """Keys of the browser's storages, without the hashes and ids that end them."""
    keys = course.content.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]")
    return {re.sub(r":[0-9a-f]{16}.*|:https?:.*", "", key) for key in keys}


def test_what_a_scorm_host_is_asked_and_told(launch: Open, packages: Callable[[str], Content]) -> None:
    course = launch(packages("scorm12"))
    learner = Learner(course)
    learner.work()
    learner.wait_saved()
    calls = [(call["name"], re.sub(r"\.\d+\.(?!pattern)", ".n.", call["args"][0])) for call in course.calls()]
    written = {field.name for field in sent.SCORM12_WRITTEN if field.when != sent.FAILED}
    assert {name for call, name in calls if call == "LMSSetValue"} == written
    asked = {name for call, name in calls if call == "LMSGetValue"}
    read = {field.name for field in sent.SCORM12_READ if field.when not in (sent.FAILED, sent.TRUSTED)}
    assert asked | {"cmi.core.score.raw"} == read  # the score: of a second launch
    assert stored(course) == {"scormkit"}
    assert course.context.cookies() == []


def test_what_a_scorm_host_is_asked_and_told_after_a_save_that_failed(
    launch: Open, packages: Callable[[str], Content]
) -> None:
    course = launch(packages("scorm12"), host="moodle")
    learner = Learner(course)
    learner.wait_saved()
    course.enrolment.faults.set("refuse", 1)
    learner.next()
    wait_until(lambda: learner.save_state == "retrying", what="a save that fails")
    wait_until(lambda: learner.save_state == "saved", 15, what="the next one")
    elements = {call["args"][0] for call in course.calls() if call["args"]}
    late = {field.name for field in (*sent.SCORM12_WRITTEN, *sent.SCORM12_READ) if field.when == sent.FAILED}
    assert late and late <= elements


def leaves(value: Any, path: str = "") -> Iterator[str]:
    """The names of everything that a statement says."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield from leaves(one, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for one in value:
            yield from leaves(one, path)
    else:
        yield path


def test_what_an_lrs_is_told(launch: Open, packages: Callable[[str], Content]) -> None:
    course = launch(packages("xapi"), format="xapi")
    learner = Learner(course)
    learner.work(until="page-2")
    learner.exit()
    wait_until(lambda: _ended(course) == 1, what="the first session to end")
    course.page.close()
    again = course.relaunch()
    learner = Learner(again)
    learner.work()
    learner.wait_saved()
    learner.exit()
    wait_until(lambda: _ended(again) == 2, what="the second session to end")
    statements = [one.statement for one in course.enrolment.lrs.statements.values()]
    told = {leaf for one in statements for leaf in leaves(one)} - {"stored", "authority", "version"}
    known = {field.name for field in sent.XAPI_WRITTEN if " " not in field.name}
    for leaf in told:
        assert any(leaf == name or leaf.startswith(f"{name}.") for name in known | {"authority"}), leaf
    for name in known:
        assert any(leaf == name or leaf.startswith(f"{name}.") for leaf in told), name
    assert stored(again) == {"scormkit", "scormkit:launch"}
    _as_in_the_examples(statements)


def _ended(course: Launch) -> int:
    return sum(one.statement["verb"]["id"].endswith("terminated") for one in course.enrolment.lrs.statements.values())


def _as_in_the_examples(statements: list[dict[str, Any]]) -> None:
    """Each verb's statements have the parts of its example; wording apart."""
    parts: dict[str, set[str]] = {}
    for one in statements:
        parts.setdefault(one["verb"]["id"], set()).update(_parts(one))
    for example in examples():
        assert parts[example["verb"]["id"]] - {"context.contextActivities.other"} == _parts(example), example["verb"][
            "id"
        ]


def _parts(statement: dict[str, Any]) -> set[str]:
    apart = re.compile(r"^(actor|object\.definition|stored|authority|version|verb\.display)\b.*")
    return {
        re.sub(r"(\.objectType|\.id|\.https?:.*)$", "", leaf) for leaf in leaves(statement) if not apart.match(leaf)
    }
