"""One statement of each kind as the player sends it, made by `statements` and verified: docs/xapi.md is printed from here."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

from scormkit.model.course import Course, Page, Section
from scormkit.model.question import Component, Interaction, Kind
from scormkit.model.settings import CourseSettings, PageSettings
from scormkit.package.statements import activities, activity_id, page_activity, question_activity, statement

if TYPE_CHECKING:
    from collections.abc import Iterator

ID = "https://example.org/learning/co-production"
ACTOR = {
    "objectType": "Agent",
    "name": "Sam Example",
    "account": {"homePage": "https://lms.example.org", "name": "4711"},
}
REGISTRATION = str(uuid5(NAMESPACE_URL, f"{ID}/registration"))
PRACTICE = Page("practice", "Try it yourself")
ASSESSMENT = Page("check", "Check what you know", PageSettings(type="assessment"))
COURSE = Course(CourseSettings(id=ID, title="Co-production", version="1.0.0"), (Section((PRACTICE, ASSESSMENT)),))
QUESTION = Interaction(
    "finished-leaflet",
    Kind.CHOICE,
    "A team asks parents to comment on a finished leaflet. Which word fits best?",
    (("b",),),
    (Component("a", "Informing"), Component("b", "Consultation"), Component("c", "Co-production")),
)
PERCENT = {"scaled": 0.9, "raw": 90, "min": 0, "max": 100}


def examples() -> Iterator[dict[str, Any]]:
    """The statements of a learner who opens the course, answers, leaves, comes back and passes, in their order."""
    course = next(activities(COURSE))
    practice, check = page_activity(COURSE, PRACTICE), page_activity(COURSE, ASSESSMENT)
    question = question_activity(COURSE, QUESTION)
    below = {"parents": (ID,)}
    inside = {"parents": (activity_id(ID, "page", "practice"),), "groups": (ID,)}
    sure = {activity_id(ID, "extension", "confidence"): 3}
    answer = {"response": "b", "score": {"scaled": 1}, "success": True, "seconds": 14.2, "extensions": sure}
    story: list[tuple[str, dict[str, Any], dict[str, Any] | None, dict[str, Any]]] = [
        ("initialized", course, None, {}),
        ("experienced", practice, None, below),
        ("answered", question, answer, inside),
        ("suspended", course, {"seconds": 180}, {}),
        ("terminated", course, {"seconds": 180}, {}),
        ("resumed", course, None, {}),
        ("attempted", check, {"completion": True, "success": True, "score": PERCENT}, below),
        ("passed", course, {"success": True, "score": PERCENT, "seconds": 600.5}, {}),
        ("completed", course, {"completion": True, "seconds": 600.5}, {}),
    ]
    for number, (verb, activity, result, around) in enumerate(story):
        yield statement(
            verb,
            activity,
            id=str(uuid5(NAMESPACE_URL, f"{ID}/statement/{number}")),
            actor=ACTOR,
            timestamp=f"2026-11-23T12:{number:02}:00.000Z",
            registration=REGISTRATION,
            revision=COURSE.settings.version,
            language=COURSE.settings.language,
            result=result,
            **around,
        )


_INTRODUCTION = """\
# xAPI: what a package says, and how it is launched

Printed from `scormkit/package/examples.py`, whose statements are built with `tincan` and verified; the browser tests compare their
form with what the player sends to an LRS.

## The package

`tincan.xml` stands at the root. It names one activity to launch, the course, and describes all others (pages, questions with
their answers and right responses, objectives), so that an LRS has words for them before any statement comes.

## The launch

The LMS opens the launch page with `endpoint`, `auth`, `actor` and, where it has them, `registration`, `activity_id`, `grouping` and
`activity_platform` in its address (Tin Can launch). The course takes them out of the address at once. Without a launch it
runs all the same, reports nothing, and says so to the learner.

## Ids

| what | id | type |
|---|---|---|
| the course | the course's `id`, or `activity_id` where the launch gives one | `http://adlnet.gov/expapi/activities/course` |
| a page | `<id>/page/<page>` | `http://adlnet.gov/expapi/activities/module`, an assessment `.../assessment` |
| a question | `<id>/question/<question>` | `http://adlnet.gov/expapi/activities/cmi.interaction` |
| an objective | `<id>/objective/<objective>` | `http://adlnet.gov/expapi/activities/objective` |

Ids never hold a version; `context.revision` does. Each statement gets its UUID once: one that is sent again is the same one.
`passed`, `failed` and `completed` are sent once for each registration.

## Progress

Saved in the State resource under `scormkit-progress`, for the activity, the agent and the registration of the launch.

## Statements
"""

_WORDS = {
    "initialized": "The course was opened and the learner did something that is reported.",
    "experienced": "A page was opened.",
    "answered": "A question was answered, once for each submitted answer. Learners' own words are left out. "
    "How sure the learner was is said where the course asks for it.",
    "suspended": "The learner left before the end.",
    "terminated": "The session is over.",
    "resumed": "The learner came back; it follows `initialized` in each later session.",
    "attempted": "An assessment was submitted.",
    "passed": "The course is passed (or `failed`, with `success` false, when no try is left).",
    "completed": "Everything that the course asks for is done.",
}


_WITNESSES = """\
## Who else has looked at them

Statements that the player made, of all ten kinds of interaction and of every verb above, 154 of them, went to ralph-malph 5.1.0
(openfun's LRS, from PyPI; with FastAPI 0.114.2, pydantic 2.14.4, click 8.2.0, in an environment of its own) on 2026-11-29:

- All pass its model of an xAPI statement (`BaseXapiStatement`), which refuses a scaled score of 2, a verb that is no IRI, an actor
  with two identifiers and a property that xAPI does not have.
- Its server (file backend) takes them in one request, finds them by id and by registration, answers 204 to the same request
  again, and 409 to another statement under an id that is taken.
- It has no State resource: courses cannot resume there, and say that they are not saved. With its file backend a second request
  with new statements is answered with 500. Its server takes statements that its own model refuses.

No other LRS that could be installed had a State resource; the one in `scormkit preview` has, and judges every request.
"""


def document() -> str:
    """docs/xapi.md."""
    parts = [_INTRODUCTION]
    for one in examples():
        verb = one["verb"]["id"].rpartition("/")[2]
        body = json.dumps(one, indent=2, ensure_ascii=False)
        parts.append(f"### {verb}\n\n{_WORDS[verb]}\n\n```json\n{body}\n```\n")
    parts.append(_WITNESSES)
    return "\n".join(parts)
