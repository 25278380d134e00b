"""`scormkit check --run`: packages are tried out in Chromium, and what they do is told by rule."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import BrowserContext

from scormkit.check.package.calllog import check_log
from scormkit.check.package.statementlist import check_statements
from scormkit.check.report_html import page as html_report
from scormkit.model.problem import Problem
from scormkit.pipeline import examine
from scormkit.preview import trial
from scormkit.preview.browser import NotPossible
from scormkit.preview.trial import Tried, added, recordings, try_out
from tests.conftest import Expected
from tests.package_cases import build, is_run

CASES = Path(__file__).parent.parent / "cases" / "package"
BASES = CASES / "_bases"
AXE = BASES.parents[3] / "player" / "node_modules" / "axe-core" / "axe.min.js"
RUN = sorted(path.parent for path in CASES.glob("*/case.yaml") if is_run(path.parent))

SCO = """
const api = parent.API;
api.LMSInitialize("");
if (api.LMSGetValue("cmi.core.lesson_status") === "not attempted") api.LMSSetValue("cmi.core.lesson_status", "incomplete");
document.querySelector("form").addEventListener("submit", (event) => {
  event.preventDefault();
  const answer = document.querySelector("input:checked").value;
  api.LMSSetValue("cmi.interactions.0.id", "when");
  api.LMSSetValue("cmi.interactions.0.type", "choice");
  api.LMSSetValue("cmi.interactions.0.student_response", answer);
  api.LMSSetValue("cmi.core.session_time", "0000:00:02.00");
  api.LMSSetValue("cmi.core.lesson_status", "completed");
});
addEventListener("pagehide", () => {
  api.LMSSetValue("cmi.core.session_time", "0000:00:03.00");
  api.LMSSetValue("cmi.core.exit", "");
  api.LMSFinish("");
});
"""
QUIZ = """<form><label><input type="radio" name="q" value="a"> Before</label><button>Check</button></form>
<script src="course.js"></script>"""

AU = """
(async () => {
  const given = new URLSearchParams(location.search);
  const [endpoint, activity, agent] = [given.get("endpoint"), given.get("activityId"), given.get("actor")];
  const token = (await (await fetch(given.get("fetch"), {method: "POST"})).json())["auth-token"];
  const headers = {Authorization: "Basic " + token, "X-Experience-API-Version": "1.0.3", "Content-Type": "application/json"};
  const ask = (resource, query) => fetch(endpoint + resource + "?" + new URLSearchParams(query), {headers});
  const launch = await (await ask("activities/state", {stateId: "LMS.LaunchData", activityId: activity, agent,
    registration: given.get("registration")})).json();
  await ask("agents/profile", {profileId: "cmi5LearnerPreferences", agent});
  const category = (name) => ({id: "https://w3id.org/xapi/cmi5/context/categories/" + name});
  const send = (verb, result, categories, extensions = {}) => fetch(endpoint + "statements", {
    method: "POST", headers, body: JSON.stringify({
    id: crypto.randomUUID(), actor: JSON.parse(agent), object: {id: activity}, timestamp: new Date().toISOString(),
    verb: {id: "http://adlnet.gov/expapi/verbs/" + verb, display: {en: verb}}, ...(result && {result}),
    context: {registration: given.get("registration"),
      contextActivities: {...launch.contextTemplate.contextActivities, category: categories.map(category)},
      extensions: {...launch.contextTemplate.extensions, ...extensions}}})});
  await send("initialized", null, ["cmi5"]);
  const extensions = "https://w3id.org/xapi/cmi5/context/extensions/";
  if (launch.contextTemplate.extensions[extensions + "sessionid"] === "session-1") {
    const result = {success: true, duration: "PT1S", score: {scaled: 0.9}};
    await send("passed", result, ["cmi5", "moveon"], {[extensions + "masteryscore"]: launch.masteryScore});
  }
  await send("terminated", {duration: "PT2S"}, ["cmi5"]);
  location.href = launch.returnURL;
})();
"""


def package(tmp_path: Path, base: str, page: str = "", script: str = "") -> Path:
    folder = tmp_path / "package"
    shutil.copytree(BASES / base, folder)
    if page:
        html = (
            (folder / "index.html").read_text(encoding="utf-8").replace('<script src="course.js" defer></script>', "")
        )
        (folder / "index.html").write_text(html.replace("<p>Wash", page + "<p>Wash"), encoding="utf-8")
    if script:
        (folder / "course.js").write_text(script, encoding="utf-8")
    return folder


def found(path: Path) -> set[str]:
    return {problem.id for problem in try_out(path, seconds=6).problems}


def test_a_good_sco_is_pressed_through_and_nothing_is_said(tmp_path: Path) -> None:
    tried = try_out(package(tmp_path, "scorm12", QUIZ, SCO), seconds=6)
    assert [str(problem) for problem in tried.problems] == []
    told = [call["arguments"] for call in tried.log[0]["calls"]]
    assert ["cmi.interactions.0.student_response", "a"] in told, "the answer was chosen and sent"
    assert {call["session"] for call in tried.log[0]["calls"]} == {1, 2}, "the learner came back"
    assert tried.pictures[0][0] == "lesson"
    assert tried.pictures[0][1].startswith(b"\x89PNG")


def test_the_report_of_a_trial_is_seen_by_axe(tmp_path: Path, new_context: Callable[..., BrowserContext]) -> None:
    path = package(tmp_path, "scorm12", QUIZ, SCO.replace('"completed"', '"complete"'))
    subject = added(examine(path), try_out(path, seconds=6))
    (tmp_path / "report.html").write_text(html_report([subject, examine(BASES / "cmi5")]), encoding="utf-8")
    for width, scheme in [(1280, "light"), (360, "dark"), (320, "light")]:
        page = new_context(viewport={"width": width, "height": 740}, color_scheme=scheme).new_page()
        page.goto((tmp_path / "report.html").as_uri())
        assert page.get_by_role("img", name="First page of Hand washing").is_visible()
        page.get_by_text("Hand washing: ").click()
        assert page.get_by_text('LMSSetValue("cmi.core.lesson_status", "complete") → "true"').first.is_visible()
        page.evaluate(AXE.read_text("utf-8"))
        assert page.evaluate("axe.run().then(result => result.violations.map(one => one.id))") == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_what_a_sco_does_wrong_is_told_by_rule(tmp_path: Path) -> None:
    wrong = SCO.replace('api.LMSInitialize("");', "").replace('"completed"', '"complete"')
    assert found(package(tmp_path, "scorm12", QUIZ, wrong)) >= {"RUN001", "RUN013", "RUN037"}


def test_the_wrong_api_is_noticed(tmp_path: Path) -> None:
    assert found(package(tmp_path, "scorm2004", QUIZ, SCO.replace("api.", "api?."))) >= {"RUN027", "RUN037"}


def test_what_is_asked_for_in_vain_and_what_fails_is_told(tmp_path: Path) -> None:
    page = '<img src="hands.png" alt=""><img src="https://wards.example.nhs.uk/a.png" alt=""><script>missing()</script>'
    assert found(package(tmp_path, "scorm12", page + QUIZ, SCO)) >= {"RUN038", "RUN039", "RUN040"}


def test_every_item_is_tried_out(tmp_path: Path) -> None:
    folder = package(tmp_path, "scorm12", QUIZ, SCO)
    manifest = folder / "imsmanifest.xml"
    more = "".join(f'<item identifier="i{n}" identifierref="page"><title>{n}</title></item>' for n in range(4))
    manifest.write_text(manifest.read_text().replace("</organization>", more + "</organization>"), encoding="utf-8")
    tried = try_out(folder, seconds=6)
    assert [ran["item"] for ran in tried.log] == ["lesson", "i0", "i1", "i2", "i3"]
    assert [str(problem) for problem in tried.problems] == []


def test_a_good_au_of_cmi5(tmp_path: Path) -> None:
    tried = try_out(package(tmp_path, "cmi5", f"<script>{AU}</script>"), seconds=6)
    assert [str(problem) for problem in tried.problems] == []
    assert len(tried.log[0]["statements"]) == 5, "three in the first session, two in the second"


def test_an_au_that_does_things_in_the_wrong_order(tmp_path: Path) -> None:
    wrong = AU.replace('await send("initialized", null, ["cmi5"]);', "").replace(
        "location.href = launch.returnURL;", ""
    )
    assert found(package(tmp_path, "cmi5", f"<script>{wrong}</script>")) >= {"C5R005", "C5R024"}


def test_tin_can(tmp_path: Path) -> None:
    statement = """
    const given = new URLSearchParams(location.search);
    fetch(given.get("endpoint") + "statements", {method: "POST",
      headers: {Authorization: given.get("auth"), "X-Experience-API-Version": "1.0.3", "Content-Type": "application/json"},
      body: JSON.stringify({actor: JSON.parse(given.get("actor")), object: {id: given.get("activity_id")},
        verb: {id: "http://adlnet.gov/expapi/verbs/experienced", display: {en: "experienced"}},
        context: {registration: given.get("registration")}})});"""
    assert found(package(tmp_path, "xapi", f"<script>{statement}</script>")) == set()
    shutil.rmtree(tmp_path / "package")
    without = statement.replace("registration: given", "platform: given")
    assert found(package(tmp_path, "xapi", f"<script>{without}</script>")) == {"XAP022"}


def said(folder: Path, half: str, here: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """What is said of the bad or good package of a case when it runs."""
    case = yaml.safe_load((folder / "case.yaml").read_text(encoding="utf-8"))
    options = {"seconds": 6, **case.get(f"{half}_run", case["run"])}
    monkeypatch.setattr(trial, "GRACE", options.pop("grace", trial.GRACE))
    problems = try_out(build(case["base"], case[half], here), **options).problems
    return "".join(f"{problem}\n" for problem in problems).replace(here.as_posix() + "/", "")


@pytest.mark.parametrize("folder", RUN, ids=lambda path: path.name)
def test_bad_case(folder: Path, tmp_path: Path, expected: Expected, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = said(folder, "bad", tmp_path, monkeypatch)
    expected(folder / "expected.txt", lines)
    assert f" {folder.name.partition('-')[0]}: " in lines


@pytest.mark.parametrize("folder", RUN, ids=lambda path: path.name)
def test_good_neighbour(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert said(folder, "good", tmp_path, monkeypatch) == ""


def test_what_was_recorded_can_be_checked_again(tmp_path: Path) -> None:
    def again(tried: Tried, check: Callable[[Path], tuple[Problem, ...]]) -> list[tuple[str, str]]:
        found = []
        for name, data in recordings(tried):
            (tmp_path / f"{name}.json").write_text(json.dumps(data), encoding="utf-8")
            found += [(problem.id, problem.message) for problem in check(tmp_path / f"{name}.json")]
        return found

    wrong = SCO.replace('"completed"', '"complete"')
    tried = try_out(package(tmp_path, "scorm12", QUIZ, wrong), seconds=6)
    assert again(tried, check_log) == [(problem.id, problem.message) for problem in tried.problems]
    shutil.rmtree(tmp_path / "package")
    tried = try_out(package(tmp_path, "cmi5", f"<script>{AU}</script>"), seconds=6)
    assert [name for name, _ in recordings(tried)] == ["1-session-1", "1-session-2"]
    assert again(tried, check_statements) == []


def test_without_a_browser_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(NotPossible, match="Chromium"):
        try_out(package(tmp_path, "scorm12"))


def test_what_cannot_be_started_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.zip").write_bytes(b"no zip")
    with pytest.raises(NotPossible):
        try_out(tmp_path / "notes.zip")
