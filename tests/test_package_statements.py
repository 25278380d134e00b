"""xAPI in Python: definitions and statements that are right, and a verifier that finds what tincan lets through."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from course_in_code import course as small_course
from course_of_every_kind import INTERACTIONS, course_of_every_kind
from hypothesis import given
from hypothesis import strategies as st

from scormkit.model.question import Interaction, Kind
from scormkit.package.statements import activities, duration, pattern, question_activity, statement
from scormkit.package.verify import is_iri, verify_activity, verify_statement
from scormkit.preview import statement_rules

ACTOR = {"objectType": "Agent", "account": {"homePage": "https://lms.example.org", "name": "4711"}}
GIVEN: dict[str, Any] = {
    "id": "6b0e0f5e-7f0b-4d0c-8a51-4f0b9fc8d1b2",
    "actor": ACTOR,
    "timestamp": "2026-11-23T12:00:00.000Z",
    "registration": "0d1f6ae4-3c52-4e0c-9c5c-0f4b7f1f2a77",
    "revision": "1.0.0",
    "language": "en-GB",
}


def answered(**result: Any) -> dict[str, Any]:
    course = course_of_every_kind()
    choice = question_activity(course, INTERACTIONS[1])
    given_result = {"response": "b", "score": {"scaled": 1}, "success": True, "seconds": 12.5} | result
    iri = course.settings.id
    return statement("answered", choice, **GIVEN, result=given_result, parents=(f"{iri}/page/kinds",), groups=(iri,))


def test_a_statement_is_what_the_specification_wants() -> None:
    made = answered()
    assert made["verb"] == {"id": "http://adlnet.gov/expapi/verbs/answered", "display": {"en": "answered"}}
    assert made["object"]["definition"]["correctResponsesPattern"] == ["b"]
    assert made["result"] == {"response": "b", "score": {"scaled": 1}, "success": True, "duration": "PT12.5S"}
    assert made["context"]["revision"] == "1.0.0"
    assert made["context"]["contextActivities"]["parent"][0]["id"].endswith("/page/kinds")
    assert made["timestamp"] == GIVEN["timestamp"]
    assert statement_rules.check(made) == []  # a second opinion, which shares no code


@pytest.mark.parametrize("course", [small_course(), course_of_every_kind()], ids=["small", "every-kind"])
def test_every_activity_is_sound(course: Any) -> None:
    made = list(activities(course))
    for activity in made:
        verify_activity(activity)
        assert statement_rules.check(statement("experienced", activity, **GIVEN)) == []
    kinds = [one["definition"]["interactionType"] for one in made if "interactionType" in one["definition"]]
    assert kinds == [question.interaction.kind for question in course.questions]


def test_patterns() -> None:
    found = [pattern(told.kind, told.correct[-1]) for told in INTERACTIONS if told.correct]
    assert found == ["true", "b", "a", "skin-to-skin", "a[.]y[,]b[.]x", "s1[.]done[,]s2[.]v1.2", "b[,]a", "4[:]"]
    assert pattern(Kind.NUMERIC, ("-2:3.5",)) == "-2[:]3.5" and pattern(Kind.NUMERIC, ("5",)) == "5"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "PT0S"), (0.004, "PT0S"), (1, "PT1S"), (59.999, "PT1M"), (61.5, "PT1M1.5S"), (3600, "PT1H"),
        (90061.01, "PT25H1M1.01S"), (-5, "PT0S"),
    ],
)  # fmt: skip
def test_durations_are_said(seconds: float, said: str) -> None:
    assert duration(seconds) == said


@given(st.floats(0, 10**7))
def test_durations_are_always_valid(seconds: float) -> None:
    verify_statement({**answered(), "result": {"duration": duration(seconds)}})


def changed(path: str, value: Any) -> dict[str, Any]:
    """A sound statement with one thing in it changed; `...` takes it away."""
    made = deepcopy(answered())
    *way, last = path.split("/")
    place: Any = made
    for step in way:
        place = place[int(step)] if isinstance(place, list) else place[step]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return made


FAULTS: list[tuple[str, Any, str]] = [
    ("id", "4711", "not a UUID"),
    ("id", ..., "without id"),
    ("actor", ..., "without actor"),
    ("actor/mbox", "mailto:a@example.org", "2 identifiers"),
    ("actor", {"objectType": "Agent", "name": "x"}, "0 identifiers"),
    ("actor", {"mbox": "a@example.org"}, "not a mailto"),
    ("actor/account", {"name": "x"}, "no homePage"),
    ("verb/id", "answered", "verb 'answered' is not an absolute IRI"),
    ("verb/display", {"english words": "x"}, "not a language tag"),
    ("object/id", "question/one", "not an absolute IRI"),
    ("object/id", "https://e.org/a b", "not an absolute IRI"),
    ("object/definition/type", "question", "not an absolute IRI"),
    ("object/definition/name", {"en": ""}, "nothing is said"),
    ("object/definition/interactionType", "guess", "does not exist"),
    ("object/definition/interactionType", ..., "without an interactionType"),
    ("object/definition/interactionType", "other", "has no choices"),
    ("object/definition/correctResponsesPattern", ["z"], "names no choice"),
    ("object/definition/correctResponsesPattern", ["a,b"], "names no choice"),
    ("object/definition/choices/2/id", "a", "same id"),
    ("result/score", {"scaled": 2}, "not between -1 and 1"),
    ("result/score", {"min": 10, "max": 0}, "not below"),
    ("result/score", {"raw": 11, "min": 0, "max": 10}, "not between 0 and 10"),
    ("result/success", "true", "neither true nor false"),
    ("result/duration", "PT1.234S", "not ISO 8601"),
    ("result/duration", "00:00:12", "not ISO 8601"),
    ("result/duration", "PT-5S", "not ISO 8601"),
    ("result/extensions", {"note": 1}, "not an IRI"),
    ("context/registration", "4711", "not a UUID"),
    ("context/language", "English!", "not a language tag"),
    ("context/extensions", {"note": 1}, "not an IRI"),
    ("context/contextActivities/topic", [], "has no 'topic'"),
    ("context/contextActivities/parent/0/id", "page", "not an absolute IRI"),
    ("timestamp", "2026-11-23T12:00:00", "time zone"),
    ("timestamp", "yesterday", "time zone"),
]


@pytest.mark.parametrize(("path", "value", "said"), FAULTS, ids=[f"{path}={value}" for path, value, _ in FAULTS])
def test_the_verifier_finds(path: str, value: Any, said: str) -> None:
    with pytest.raises(ValueError, match=said) as caught:
        verify_statement(changed(path, value))
    assert ";" not in str(caught.value)  # and nothing else


@pytest.mark.parametrize(
    ("kind", "given_pattern", "parts"),
    [
        ("true-false", "yes", {}),
        ("likert", "z", {"scale": [{"id": "a"}]}),
        ("matching", "a.x", {"source": [{"id": "a"}], "target": [{"id": "x"}]}),
        ("matching", "a[.]z", {"source": [{"id": "a"}], "target": [{"id": "x"}]}),
        ("performance", "z[.]1", {"steps": [{"id": "a"}]}),
        ("numeric", "1[:]2[:]3", {}),
        ("numeric", "about 3", {}),
        ("sequencing", "a[,]z", {"choices": [{"id": "a"}]}),
    ],
)
def test_the_verifier_reads_patterns(kind: str, given_pattern: str, parts: dict[str, Any]) -> None:
    definition = {"interactionType": kind, "correctResponsesPattern": [given_pattern], **parts}
    with pytest.raises(ValueError, match="Response Patterns"):
        verify_activity({"id": "https://e.org/a", "definition": definition})


def test_what_tincan_would_write_wrongly_never_comes_out() -> None:
    with pytest.raises(ValueError, match="scaled"):
        answered(score={"scaled": 2})
    with pytest.raises(ValueError, match="names no choice"):
        question_activity(small_course(), Interaction("q", Kind.CHOICE, "?", (("z",),)))


@pytest.mark.parametrize(
    ("iri", "sound"),
    [
        ("https://e.org/a", True), ("urn:uuid:fa21e876-96de-4f4f-b51d-bce4812ab8bb#co/page/a", True),
        ("tag:e.org,2026:a", True),
        ("https://", False), ("http:a", False), ("a/b", False), ("", False), (None, False), ("https://[e", False),
        ("mailto:", False),
    ],
)  # fmt: skip
def test_what_an_iri_is(iri: object, sound: bool) -> None:
    assert is_iri(iri) is sound
