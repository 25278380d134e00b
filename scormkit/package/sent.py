"""What a package sends and keeps, field by field, for each target (rule T53): the input for a data-protection assessment.

Facts, checked by the browser tests against what emulated hosts received; `document()` prints them as docs/data-protection.md.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

RESULT = "Performance"
IDENTITY = "Identity"
BEHAVIOUR = "Behaviour"
CONTENT = "-"
FAILED = "after a save that failed"
TRUSTED = "launch, where the course's profile trusts it"


@dataclass(frozen=True)
class Field:
    """One field: its name in the standard, what it says, which kind of personal data it is, and when it is sent."""

    name: str
    says: str
    about: str
    when: str = "each save"


SCORM12_READ = (
    Field(
        "cmi.core.student_id",
        "the LMS's id of the learner; only made into a key for the copy on the device",
        IDENTITY,
        "launch",
    ),
    Field(
        "cmi.core.student_name", "the learner's name; stays in the page, in the record for printing", IDENTITY, "launch"
    ),
    Field("cmi.core.lesson_status", "the status so far", RESULT, "launch"),
    Field("cmi.core.lesson_mode", "normal, review or browse", CONTENT, "launch"),
    Field("cmi.suspend_data", "the saved progress", BEHAVIOUR, "launch"),
    Field("cmi.core.score.raw", "the score so far", RESULT, "launch"),
    Field("cmi.student_data.mastery_score", "the LMS's own pass mark", CONTENT, TRUSTED),
    Field("cmi.interactions._count", "how many answers the LMS has", BEHAVIOUR, "first answer"),
    Field("cmi.student_preference.text", "whether it comes back as a number", CONTENT, FAILED),
)

SCORM12_WRITTEN = (
    Field(
        "cmi.suspend_data",
        "pages opened and done, answers, tries, scores, the seed of shuffled papers, active time",
        BEHAVIOUR,
    ),
    Field("cmi.core.lesson_location", "the id of the page that is open", BEHAVIOUR),
    Field("cmi.core.lesson_status", "incomplete, failed, completed or passed", RESULT),
    Field("cmi.core.score.raw", "the assessments' score in per cent", RESULT, "assessment submitted"),
    Field("cmi.core.score.min", "always 0", CONTENT, "assessment submitted"),
    Field("cmi.core.score.max", "always 100", CONTENT, "assessment submitted"),
    Field("cmi.core.session_time", "visible and active time of this session", BEHAVIOUR),
    Field("cmi.core.exit", "whether the course was left before its end", BEHAVIOUR),
    Field("cmi.interactions.n.id", "the id of a question", CONTENT, "each answer"),
    Field("cmi.interactions.n.type", "its kind", CONTENT, "each answer"),
    Field("cmi.interactions.n.correct_responses.0.pattern", "its right answer, in codes", CONTENT, "each answer"),
    Field(
        "cmi.interactions.n.student_response",
        "the learner's answer, in codes; in words where the right answer is in words",
        RESULT,
        "each answer",
    ),
    Field("cmi.interactions.n.result", "right, wrong or the share that is right", RESULT, "each answer"),
    Field("cmi.interactions.n.time", "the time of day", BEHAVIOUR, "each answer"),
    Field("cmi.interactions.n.latency", "how long the answer took", BEHAVIOUR, "each answer"),
    Field("cmi.objectives.n.id", "the id of an objective", CONTENT, "result of an objective"),
    Field("cmi.objectives.n.score.raw", "its score", RESULT, "result of an objective"),
    Field("cmi.objectives.n.status", "its status", RESULT, "result of an objective"),
    Field("cmi.student_preference.text", "always 0 (no wish): shows how the LMS keeps numbers", CONTENT, FAILED),
)

XAPI_READ = (
    Field(
        "actor", "whom the launch names: an account or a mailbox, and a name if the LMS gives one", IDENTITY, "launch"
    ),
    Field("auth", "the launch's token for the LRS; taken out of the address at once", CONTENT, "launch"),
    Field(
        "endpoint, registration, activity_id, grouping, activity_platform",
        "where to report, and for which course",
        CONTENT,
        "launch",
    ),
    Field("State document scormkit-progress", "the saved progress", BEHAVIOUR, "launch"),
)

XAPI_WRITTEN = (
    Field("id", "a random number of the statement", CONTENT, "each statement"),
    Field("actor", "the learner, exactly as the launch names them, and by nothing else", IDENTITY, "each statement"),
    Field(
        "verb",
        "initialized, resumed, experienced, answered, attempted, passed, failed, completed, suspended, terminated",
        BEHAVIOUR,
        "each statement",
    ),
    Field("object", "the course, page or question, with its wording and right answer", CONTENT, "each statement"),
    Field("timestamp", "when it happened", BEHAVIOUR, "each statement"),
    Field(
        "result.response",
        "the learner's answer, in codes; in words where the right answer is in words",
        RESULT,
        "answered",
    ),
    Field("result.success", "whether it was right, or passed", RESULT, "answered, attempted, passed, failed"),
    Field(
        "result.extensions",
        "how sure the learner was, from 1 (guessed) to 3 (certain), where the course asks for it",
        RESULT,
        "answered",
    ),
    Field("result.completion", "that it is complete", RESULT, "attempted, completed"),
    Field("result.score", "scaled, and in per cent", RESULT, "answered, attempted, passed, failed"),
    Field(
        "result.duration",
        "how long it took, or active time of this session",
        BEHAVIOUR,
        "answered, passed, failed, completed, suspended, terminated",
    ),
    Field("context.registration", "the LMS's number of this enrolment", IDENTITY, "each statement"),
    Field("context.revision", "the version of the course", CONTENT, "each statement"),
    Field("context.platform", "the LMS, as it names itself at launch", CONTENT, "each statement"),
    Field("context.language", "the language of the course", CONTENT, "each statement"),
    Field(
        "context.contextActivities",
        "the course, page and objectives that it belongs to",
        CONTENT,
        "experienced, answered, attempted",
    ),
    Field("State document scormkit-progress", "as cmi.suspend_data in SCORM 1.2", BEHAVIOUR, "each save"),
)

DEVICE = (
    Field(
        "localStorage scormkit:...",
        "a copy of the saved progress and of what was reported last, under a key that names nobody",
        BEHAVIOUR,
        "each save",
    ),
    Field(
        "localStorage scormkit:...:notes",
        "the learner's own notes on pages, never sent; the learner can delete them",
        BEHAVIOUR,
        "when notes are written",
    ),
    Field(
        "localStorage scormkit:...:ticks",
        "what was ticked off in checklists, never sent",
        BEHAVIOUR,
        "when a checklist is seen",
    ),
    Field(
        "localStorage scormkit:...:language",
        "the language that was chosen, of a course that has several; never sent",
        BEHAVIOUR,
        "when one is chosen",
    ),
    Field(
        "localStorage scormkit:display",
        "text size, spacing, colours and motion that were chosen in this browser; the same for all courses of the site",
        BEHAVIOUR,
        "when they are chosen",
    ),
    Field(
        "localStorage scormkit:statements:...",
        "xAPI: statements that the LRS does not have yet, removed when it has them",
        IDENTITY,
        "while the LRS cannot be reached",
    ),
    Field(
        "sessionStorage scormkit:launch:...",
        "xAPI: the launch, token included, until the tab is closed, so that a reload works",
        IDENTITY,
        "launch",
    ),
)

_INTRODUCTION = """\
# What a package sends about learners

Printed from `scormkit/package/sent.py`, and compared by the browser tests with what emulated hosts receive: nothing more,
nothing less. Use it as the list of data items in a data-protection impact assessment.

- A package talks to the LMS (SCORM 1.2) or LRS (xAPI) that launched it, and to nobody else. It loads nothing from other
  servers, and its content security policy forbids that. In SCORM 1.2 the policy forbids to send anything elsewhere, too; in xAPI it
  cannot, because an LRS may be anywhere, and the player sends to the launch's `endpoint` only.
- There are no cookies and no analytics.
- Only what the launch gives identifies the learner. The course asks for no name, address or other detail.
- Words that a learner writes freely (`reflection`) are reported only where the author wrote `report: true`, and then the
  learner is told so beside the field. Else they stay in the saved progress, which the LMS or LRS keeps for the learner.
- Who may read the data and how long they are kept is settled by the LMS or LRS.

*About*: Identity says who it is, Performance how well they did, Behaviour what they did and when; - is about the course, not
the learner.
"""

_NOTES = """\
A package without an LMS (opened as a file or on a web site) sends nothing and keeps only the copy on the device.

The code book beside each package says what every id and code means.
"""


TARGETS = {"scorm12": (SCORM12_READ, SCORM12_WRITTEN), "xapi": (XAPI_READ, XAPI_WRITTEN)}
"""What is read from the LMS or LRS and what is written to it, by format."""


def table(format: str) -> bytes:
    """The fields of one format as CSV, to stand beside its package: UTF-8 with a mark, so that spreadsheets read it."""
    read, written = TARGETS[format]
    parts = (("read", read), ("written", written), ("kept on the device", DEVICE))
    out = io.StringIO(newline="")
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(("direction", "field", "what it says", "about", "when"))
    rows.writerows((way, f.name, f.says, f.about, f.when) for way, fields in parts for f in fields)
    return ("\ufeff" + out.getvalue()).encode()


def document() -> str:
    """All lists as Markdown."""
    return "\n".join(
        [
            _INTRODUCTION,
            _table("SCORM 1.2: read from the LMS", SCORM12_READ),
            _table("SCORM 1.2: written to the LMS", SCORM12_WRITTEN),
            _table("xAPI: read from the launch and the LRS", XAPI_READ),
            _table("xAPI: written to the LRS", XAPI_WRITTEN),
            _table("Kept on the learner's device", DEVICE),
            _NOTES,
        ]
    )


def _table(title: str, fields: tuple[Field, ...]) -> str:
    lines = [f"| `{field.name}` | {field.says} | {field.about} | {field.when} |\n" for field in fields]
    return f"## {title}\n\n| field | what it says | about | when |\n|---|---|---|---|\n{''.join(lines)}"
