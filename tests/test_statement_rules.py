"""The LRS's own reading of xAPI 1.0.3: one good statement, and each way of spoiling it."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from scormkit.preview.statement_rules import check

GOOD: dict[str, Any] = {
    "id": "6690e6c9-3ef0-4ed3-8b37-7f3964730bee",
    "actor": {"objectType": "Agent", "name": "Alex", "account": {"homePage": "https://lms.example.org", "name": "a1"}},
    "verb": {"id": "http://adlnet.gov/expapi/verbs/answered", "display": {"en-GB": "answered"}},
    "object": {
        "objectType": "Activity",
        "id": "https://example.org/learning/course/q/finished-leaflet",
        "definition": {
            "type": "http://adlnet.gov/expapi/activities/cmi.interaction",
            "name": {"en-GB": "Leaflet"},
            "interactionType": "choice",
            "correctResponsesPattern": ["a[,]b"],
            "choices": [{"id": "a", "description": {"en-GB": "A"}}, {"id": "b"}, {"id": "c"}],
        },
    },
    "result": {
        "score": {"scaled": 0.5, "raw": 1, "min": 0, "max": 2},
        "success": False,
        "completion": True,
        "response": "a[,]c",
        "duration": "PT1M2.5S",
        "extensions": {"https://example.org/x": None},
    },
    "context": {
        "registration": "2a3b6f3e-0d3c-4a51-9c5e-5f3c4c4f0c11",
        "revision": "1.0.0",
        "language": "en-GB",
        "contextActivities": {"parent": [{"id": "https://example.org/learning/course"}]},
    },
    "timestamp": "2026-11-23T12:00:00.123Z",
}


def spoiled(path: str, value: Any) -> dict[str, Any]:
    """GOOD with `value` at `path`; the value `...` takes the property away."""
    statement = copy.deepcopy(GOOD)
    *way, last = path.split("/")
    place: Any = statement
    for name in way:
        place = place[int(name)] if isinstance(place, list) else place[name]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return statement


def test_a_good_statement_has_no_findings() -> None:
    assert check(GOOD) == []


@pytest.mark.parametrize(
    ("path", "value", "found"),
    [
        ("actor", ..., "XAP001"),
        ("verb", ..., "XAP001"),
        ("object", ..., "XAP001"),
        ("verb/id", "answered", "XAP002"),
        ("object/id", "course/q1", "XAP002"),
        ("object/id", "https://example.org/a b", "XAP002"),
        ("object/definition/type", "cmi.interaction", "XAP002"),
        ("colour", "red", "XAP003"),
        ("result/success", "yes", "XAP003"),
        ("result/success", None, "XAP003"),
        ("result/response", 3, "XAP003"),
        ("result/score/scaled", "1", "XAP003"),
        ("result/score/scaled", True, "XAP003"),
        ("context/revision", 1, "XAP003"),
        ("verb/display", ..., "XAP005"),
        ("verb/display", "answered", "XAP006"),
        ("verb/display", {"English": "answered", "a_b": "x"}, "XAP006"),
        ("context/language", "en_GB", "XAP006"),
        ("id", "1", "XAP007"),
        ("actor/account", ..., "XAP008"),
        ("actor/mbox", "mailto:a@example.org", "XAP008"),
        ("actor/account/homePage", ..., "XAP008"),
        ("actor/account/homePage", "lms", "XAP008"),
        ("actor", {"mbox": "a@example.org"}, "XAP008"),
        ("actor", {"mbox": "mailto:a@example.org"}, "XAP009"),
        ("object/definition/interactionType", ..., "XAP010"),
        ("object/definition/interactionType", "essay", "XAP010"),
        ("object/definition/scale", [{"id": "a"}], "XAP010"),
        ("object/definition/correctResponsesPattern", "a", "XAP011"),
        ("object/definition/correctResponsesPattern", ["d"], "XAP012"),
        ("result/response", "d", "XAP012"),
        ("result/response", "a,c", "XAP012"),
        ("object/definition/choices/1/id", "a", "XAP013"),
        ("result/duration", "62", "XAP014"),
        ("result/duration", "PT", "XAP014"),
        ("result/duration", "-PT5S", "XAP014"),
        ("result/duration", "PT5.123S", "XAP015"),
        ("result/score/scaled", 2, "XAP016"),
        ("result/score/raw", 3, "XAP017"),
        ("result/score/min", 2, "XAP017"),
        ("timestamp", "2026-11-23 12:00", "XAP018"),
        ("timestamp", "2026-11-23T12:00:00", "XAP018"),
        ("timestamp", "2026-11-23T12:00:00-00:00", "XAP018"),
        ("timestamp", "2026-13-23T12:00:00Z", "XAP018"),
        ("context/registration", "r1", "XAP019"),
        ("context/contextActivities/sibling", [], "XAP020"),
        ("result/extensions", {"x": 1}, "XAP021"),
        ("verb/id", "http://adlnet.gov/expapi/verbs/voided", "XAP001"),
    ],
)
def test_each_fault_is_found(path: str, value: Any, found: str) -> None:
    rules = {finding.rule for finding in check(spoiled(path, value))}
    assert found in rules
    assert len(rules) <= 2


@pytest.mark.parametrize(
    ("kind", "more", "response", "fine"),
    [
        ("true-false", {}, "true", True),
        ("true-false", {}, "t", False),
        ("matching", {"source": [{"id": "1"}], "target": [{"id": "x"}]}, "1[.]x", True),
        ("matching", {"source": [{"id": "1"}], "target": [{"id": "x"}]}, "1.x", False),
        ("matching", {"source": [{"id": "1"}], "target": [{"id": "x"}]}, "2[.]x", False),
        ("performance", {"steps": [{"id": "1"}]}, "1[.]done", True),
        ("performance", {"steps": [{"id": "1"}]}, "2[.]done", False),
        ("sequencing", {"choices": [{"id": "a"}, {"id": "b"}]}, "b[,]a", True),
        ("likert", {"scale": [{"id": "1"}]}, "1", True),
        ("likert", {"scale": [{"id": "1"}]}, "2", False),
        ("numeric", {}, "-1.5", True),
        ("numeric", {}, "1[:]2", False),
        ("fill-in", {}, "anything", True),
        ("long-fill-in", {}, "anything", True),
        ("other", {}, "anything", True),
    ],
)
def test_responses_fit_their_type(kind: str, more: dict[str, Any], response: str, fine: bool) -> None:
    statement = copy.deepcopy(GOOD)
    statement["object"]["definition"] = {"interactionType": kind, **more}
    statement["result"] = {"response": response}
    assert (check(statement) == []) is fine


def test_numeric_patterns_may_be_ranges() -> None:
    for pattern, fine in (("1[:]2", True), ("[:]2", True), ("1[:]", True), ("[:]", False), ("1-2", False)):
        statement = spoiled("object/definition", {"interactionType": "numeric", "correctResponsesPattern": [pattern]})
        del statement["result"]["response"]
        assert (check(statement) == []) is fine, pattern


def test_statements_within_statements() -> None:
    inner = {name: GOOD[name] for name in ("actor", "verb", "object")}
    assert check({**GOOD, "result": {}, "object": {"objectType": "SubStatement", **inner}, "context": {}}) == []
    nested = {"objectType": "SubStatement", **inner, "object": {"objectType": "SubStatement", **inner}}
    assert {finding.rule for finding in check({**GOOD, "result": {}, "object": nested, "context": {}})} == {"XAP003"}
    assert {
        finding.rule for finding in check({**GOOD, "object": {"objectType": "SubStatement", **inner, "id": "x"}})
    } >= {"XAP003"}


@pytest.mark.parametrize(
    "what", [None, [], "x", 3, {}, {"actor": None, "verb": [], "object": 1}, {"actor": {"account": []}}]
)
def test_nonsense_is_found_and_never_raises(what: Any) -> None:
    assert check(what)
