"""The LRS: statements, documents and their rules, resource by resource (xAPI 1.0.3 Communication)."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest

from scormkit.preview.lrs import Answer, Lrs, Request

AGENT = {"account": {"homePage": "https://lms.example.org", "name": "a1"}}
ACTIVITY = "https://example.org/learning/course"
ID = "6690e6c9-3ef0-4ed3-8b37-7f3964730bee"
HEADERS = {"x-experience-api-version": "1.0.3", "content-type": "application/json"}
STATE = {"activityId": ACTIVITY, "agent": json.dumps(AGENT), "stateId": "bookmark"}


def statement(**more: Any) -> dict[str, Any]:
    return {
        "actor": AGENT,
        "verb": {"id": "http://adlnet.gov/expapi/verbs/initialized", "display": {"en": "initialized"}},
        "object": {"id": ACTIVITY},
        **more,
    }


def ask(
    lrs: Lrs,
    method: str,
    path: str,
    query: dict[str, str] | None = None,
    body: Any = None,
    **headers: str,
) -> Answer:
    more = {name.replace("_", "-"): value for name, value in headers.items()}
    data = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
    return lrs.handle(Request(method, path, query or {}, {**HEADERS, **more}, data))


def told(answer: Answer) -> Any:
    return json.loads(answer.body)


def test_about_needs_no_version() -> None:
    assert told(Lrs().handle(Request("GET", "about"))) == {"version": ["1.0.3"]}


@pytest.mark.parametrize(("version", "status"), [("1.0.3", 200), ("1.0", 200), ("0.95", 400), ("", 400)])
def test_the_version_header_is_needed(version: str, status: int) -> None:
    answer = Lrs().handle(Request("GET", "statements", headers={"x-experience-api-version": version}))
    assert answer.status == status


def test_only_the_launch_token_opens() -> None:
    lrs = Lrs("Basic abc")
    assert ask(lrs, "GET", "statements").status == 401
    assert ask(lrs, "GET", "statements", authorization="Basic abc").status == 200


def test_statements_come_back() -> None:
    heard: list[Any] = []
    lrs = Lrs(told=heard.append)
    assert ask(lrs, "PUT", "statements", {"statementId": ID}, statement()).status == 204
    (other,) = told(ask(lrs, "POST", "statements", body=statement()))
    assert told(ask(lrs, "GET", "statements", {"statementId": ID}))["stored"]
    assert [found["id"] for found in told(ask(lrs, "GET", "statements"))["statements"]] == [other, ID]
    ascending = told(ask(lrs, "GET", "statements", {"ascending": "true", "limit": "1"}))
    assert [found["id"] for found in ascending["statements"]] == [ID]
    assert [stored.statement["id"] for stored in heard] == [ID, other]


def test_the_same_statement_may_come_again_another_may_not() -> None:
    lrs = Lrs()
    first = statement(id=ID, timestamp="2026-11-23T12:00:00Z")
    for _ in range(2):
        assert ask(lrs, "POST", "statements", body=first).status == 200
    assert ask(lrs, "PUT", "statements", {"statementId": ID.upper()}, {**first, "id": ID.upper()}).status == 204
    assert len(lrs.statements) == 1
    changed = statement(id=ID, timestamp="2026-11-23T12:00:00Z", result={"success": True})
    assert ask(lrs, "POST", "statements", body=changed).status == 409
    assert ask(lrs, "PUT", "statements", {"statementId": ID}, changed).status == 409
    assert "result" not in lrs.statements[ID].statement


def test_a_batch_is_stored_whole_or_not_at_all() -> None:
    lrs = Lrs()
    assert ask(lrs, "POST", "statements", body=[statement(id=ID), statement(colour="red")]).status == 400
    assert lrs.statements == {}
    assert lrs.refused[0][1][0].rule == "XAP003"
    assert ask(lrs, "POST", "statements", body=[statement(id=ID), statement(id=ID)]).status == 400
    assert lrs.statements == {}


def test_bad_requests() -> None:
    lrs = Lrs()
    assert ask(lrs, "PUT", "statements", {"statementId": "1"}, statement()).status == 400
    assert ask(lrs, "PUT", "statements", {"statementId": ID}, statement(id=ID.replace("6", "7"))).status == 400
    assert ask(lrs, "POST", "statements", body=b"{").status == 400
    assert ask(lrs, "POST", "statements", body=statement(), content_type="text/plain").status == 400
    assert ask(lrs, "DELETE", "statements").status == 405
    assert ask(lrs, "GET", "statements", {"colour": "red"}).status == 400
    assert ask(lrs, "GET", "statements", {"statementId": ID, "limit": "1"}).status == 400
    assert ask(lrs, "GET", "nowhere").status == 404


def test_questions_about_statements() -> None:
    lrs = Lrs()
    registration = "2a3b6f3e-0d3c-4a51-9c5e-5f3c4c4f0c11"
    part = "https://example.org/learning/course/page"
    ask(lrs, "POST", "statements", body=statement(context={"registration": registration}))
    ask(
        lrs,
        "POST",
        "statements",
        body=statement(object={"id": part}, context={"contextActivities": {"parent": {"id": ACTIVITY}}}),
    )
    queries: list[tuple[dict[str, str], int]] = [
        ({"registration": registration}, 1),
        ({"registration": ID}, 0),
        ({"activity": ACTIVITY}, 1),
        ({"activity": ACTIVITY, "related_activities": "true"}, 2),
        ({"agent": json.dumps({**AGENT, "name": "Alex"})}, 2),
        ({"agent": json.dumps({"mbox": "mailto:b@example.org"})}, 0),
        ({"verb": "http://adlnet.gov/expapi/verbs/initialized"}, 2),
        ({"verb": "http://adlnet.gov/expapi/verbs/passed"}, 0),
        ({"since": "2100-01-01T00:00:00Z"}, 0),
        ({"until": "2100-01-01T00:00:00Z"}, 2),
    ]
    for query, count in queries:
        assert len(told(ask(lrs, "GET", "statements", query))["statements"]) == count, query


def test_voiding() -> None:
    lrs = Lrs()
    ask(lrs, "PUT", "statements", {"statementId": ID}, statement())
    void = {"id": "http://adlnet.gov/expapi/verbs/voided", "display": {"en": "voided"}}
    (other,) = told(
        ask(lrs, "POST", "statements", body=statement(verb=void, object={"objectType": "StatementRef", "id": ID}))
    )
    assert ask(lrs, "GET", "statements", {"statementId": ID}).status == 404
    assert told(ask(lrs, "GET", "statements", {"voidedStatementId": ID}))["id"] == ID
    again = statement(verb=void, object={"objectType": "StatementRef", "id": other})
    assert ask(lrs, "POST", "statements", body=again).status == 400
    assert [found["id"] for found in told(ask(lrs, "GET", "statements"))["statements"]] == [other]


def test_state_with_etags() -> None:
    lrs = Lrs()
    assert ask(lrs, "GET", "activities/state", STATE).status == 404
    assert ask(lrs, "PUT", "activities/state", STATE, b"one", content_type="text/plain").status == 204
    first = ask(lrs, "GET", "activities/state", STATE)
    assert (first.body, first.type) == (b"one", "text/plain")
    etag = first.headers["ETag"]
    assert ask(lrs, "PUT", "activities/state", STATE, b"two", if_match=etag).status == 204
    assert ask(lrs, "PUT", "activities/state", STATE, b"three", if_match=etag).status == 412
    assert ask(lrs, "PUT", "activities/state", STATE, b"three", if_none_match="*").status == 412
    assert ask(lrs, "GET", "activities/state", STATE).body == b"two"
    assert ask(lrs, "DELETE", "activities/state", STATE).status == 204
    assert ask(lrs, "GET", "activities/state", STATE).status == 404


def test_state_belongs_to_its_registration() -> None:
    lrs = Lrs()
    here = {**STATE, "registration": ID}
    ask(lrs, "PUT", "activities/state", here, b"one")
    assert ask(lrs, "GET", "activities/state", STATE).status == 404
    listed = {name: value for name, value in here.items() if name != "stateId"}
    assert told(ask(lrs, "GET", "activities/state", listed)) == ["bookmark"]
    assert ask(lrs, "DELETE", "activities/state", listed).status == 204
    assert ask(lrs, "GET", "activities/state", here).status == 404


def test_documents_merge_on_post() -> None:
    lrs = Lrs()
    ask(lrs, "POST", "activities/state", STATE, {"a": 1, "b": 1})
    assert ask(lrs, "POST", "activities/state", STATE, {"b": 2}).status == 204
    assert told(ask(lrs, "GET", "activities/state", STATE)) == {"a": 1, "b": 2}
    assert ask(lrs, "POST", "activities/state", STATE, [1]).status == 400
    assert ask(lrs, "POST", "activities/state", STATE, b"x").status == 400


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("activities/profile", {"activityId": ACTIVITY, "profileId": "p"}),
        ("agents/profile", {"agent": json.dumps(AGENT), "profileId": "p"}),
    ],
)
def test_profiles_must_say_what_they_replace(path: str, query: dict[str, str]) -> None:
    lrs = Lrs()
    assert ask(lrs, "PUT", path, query, {"a": 1}).status == 400
    assert ask(lrs, "PUT", path, query, {"a": 1}, if_none_match="*").status == 204
    assert ask(lrs, "PUT", path, query, {"a": 2}).status == 409
    etag = ask(lrs, "GET", path, query).headers["ETag"]
    assert ask(lrs, "PUT", path, query, {"a": 2}, if_match=etag).status == 204


@pytest.mark.parametrize(
    "change", [{"activityId": "course"}, {"agent": "{"}, {"agent": '{"name": "x"}'}, {"registration": "r1"}]
)
def test_documents_need_to_know_whose_they_are(change: dict[str, str]) -> None:
    assert ask(Lrs(), "GET", "activities/state", {**STATE, **change}).status == 400


def test_people_and_activities() -> None:
    lrs = Lrs()
    ask(lrs, "POST", "statements", body=statement(object={"id": ACTIVITY, "definition": {"name": {"en": "Course"}}}))
    assert told(ask(lrs, "GET", "agents", {"agent": json.dumps(AGENT)})) == {
        "objectType": "Person",
        "account": [AGENT["account"]],
    }
    assert told(ask(lrs, "GET", "activities", {"activityId": ACTIVITY}))["definition"] == {"name": {"en": "Course"}}
    assert ask(lrs, "GET", "activities", {"activityId": quote("a b")}).status == 400
