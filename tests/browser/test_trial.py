"""`scormkit check --run`: packages are tried out in Chromium, and what they do is told by rule."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from scormkit.preview import trial
from scormkit.preview.trial import NotPossible, try_out

BASES = Path(__file__).parent.parent / "cases" / "package" / "_bases"

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


def test_what_a_sco_does_wrong_is_told_by_rule(tmp_path: Path) -> None:
    wrong = SCO.replace('api.LMSInitialize("");', "").replace('"completed"', '"complete"')
    assert found(package(tmp_path, "scorm12", QUIZ, wrong)) >= {"RUN001", "RUN013", "RUN037"}


def test_the_wrong_api_is_noticed(tmp_path: Path) -> None:
    assert found(package(tmp_path, "scorm2004", QUIZ, SCO.replace("api.", "api?."))) >= {"RUN027", "RUN037"}


def test_what_is_asked_for_in_vain_and_what_fails_is_told(tmp_path: Path) -> None:
    page = '<img src="hands.png" alt=""><img src="https://wards.example.nhs.uk/a.png" alt=""><script>missing()</script>'
    assert found(package(tmp_path, "scorm12", page + QUIZ, SCO)) >= {"RUN038", "RUN039", "RUN040"}


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


def test_a_page_that_never_stops_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial, "GRACE", 4)
    with pytest.raises(NotPossible, match="did not come to an end"):
        try_out(package(tmp_path, "scorm12", "<script>for (;;);</script>"), seconds=1)


def test_without_a_browser_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(NotPossible, match="Chromium"):
        try_out(package(tmp_path, "scorm12"))


def test_what_cannot_be_started_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.zip").write_bytes(b"no zip")
    with pytest.raises(NotPossible):
        try_out(tmp_path / "notes.zip")
