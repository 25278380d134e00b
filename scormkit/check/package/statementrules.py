"""The rules of statements.py and activities.py: XAP001-021 (xAPI 1.0.3 Data)."""

from __future__ import annotations

from scormkit.model.problem import Rule, Severity

ERROR, WARNING = Severity.ERROR, Severity.WARNING

INCOMPLETE = Rule(
    "XAP001", ERROR,
    "{path}: {name} is missing",
    "every statement needs an actor, a verb and an object",
    "An LRS refuses the statement.",
    "xAPI 1.0.3 Data, 2.4",
)  # fmt: skip
IRI = Rule(
    "XAP002", ERROR,
    "{path} is {value}, not an absolute IRI",
    "write an absolute IRI, such as https://example.org/courses/hand-washing",
    "An LRS refuses the statement.",
    "xAPI 1.0.3 Data, 2.4.3, 2.4.4.1 and 3.1",
)  # fmt: skip
TYPE = Rule(
    "XAP003", ERROR,
    "{path} {what}",
    "leave out what has no value, and write each property as the standard names and types it",
    "An LRS refuses the statement.",
    "xAPI 1.0.3 Data, 2.2",
)  # fmt: skip
VERB = Rule(
    "XAP004", WARNING,
    "{path} is {value}, which is in no vocabulary that is known here",
    "use a verb of ADL's list or of a published profile where one fits",
    "Reports do not know what it means.",
    "adlnet.gov/expapi/verbs; w3id.org/xapi",
)  # fmt: skip
DISPLAY = Rule(
    "XAP005", WARNING,
    "{path} has no display",
    "add a language map, such as en: answered",
    "Reports show the address instead of a word.",
    "xAPI 1.0.3 Data, 2.4.3",
)  # fmt: skip
LANGUAGE = Rule(
    "XAP006", ERROR,
    "{path} has the key {value}, which is not a language",
    "write a tag such as en, en-GB or cy",
    "An LRS refuses the statement.",
    "xAPI 1.0.3 Data, 4.2; RFC 5646",
)  # fmt: skip
ID = Rule(
    "XAP007", ERROR,
    "{path} is {value}, not a UUID",
    "write a UUID of version 4",
    "An LRS refuses the statement, or cannot tell a repetition from a new one.",
    "xAPI 1.0.3 Data, 2.4.1",
)  # fmt: skip
IDENTIFIERS = Rule(
    "XAP008", ERROR,
    "{path} has {count} of mbox, mbox_sha1sum, openid and account",
    "give it exactly one",
    "An LRS cannot know who is meant.",
    "xAPI 1.0.3 Data, 2.4.2.1 and 2.4.2.3",
)  # fmt: skip
PERSONAL = Rule(
    "XAP009", WARNING,
    "{path} is somebody's e-mail address",
    "use an account with a home page and a name that tells nothing",
    "It goes into every report and every export.",
    "cmi5 8.1.3; UK GDPR",
)  # fmt: skip
INTERACTION = Rule(
    "XAP010", ERROR,
    "{path} {what}",
    "write one of: {allowed}",
    "Without it an LRS cannot read the answer.",
    "xAPI 1.0.3 Data, 2.4.4.1, Interaction Types",
)  # fmt: skip
PATTERN = Rule(
    "XAP011", ERROR,
    "{path} is {value}, which is no answer to a {kind} question",
    "join items by [,], pairs by [.], and the ends of a range by [:]; true or false for true-false",
    "Reports cannot take it apart.",
    "xAPI 1.0.3 Data, 2.4.4.1, Response Patterns",
)  # fmt: skip
COMPONENT = Rule(
    "XAP012", ERROR,
    "{path} names {value}, which is not among the question's {components}",
    "name a component by its id, or add it",
    "Reports cannot say what was answered.",
    "xAPI 1.0.3 Data, 2.4.4.1, Interaction Components",
)  # fmt: skip
SAME_COMPONENT = Rule(
    "XAP013", ERROR,
    "{path} has the id {value} twice",
    "give each component an id of its own",
    "Reports cannot tell the two apart.",
    "xAPI 1.0.3 Data, 2.4.4.1, Interaction Components",
)  # fmt: skip
DURATION = Rule(
    "XAP014", ERROR,
    "{path} is {value}, not a duration",
    "write ISO 8601, such as PT1M2.5S",
    "An LRS refuses the statement.",
    "xAPI 1.0.3 Data, 2.4.5 and 4.6",
)  # fmt: skip
PRECISION = Rule(
    "XAP015", WARNING,
    "{path} is {value}: finer than a hundredth of a second",
    "round it",
    "An LRS compares durations to a hundredth of a second only.",
    "xAPI 1.0.3 Data, 4.6",
)  # fmt: skip
SCALED = Rule(
    "XAP016", ERROR,
    "{path} is {value}",
    "write a number from -1 to 1",
    "An LRS refuses the statement.",
    "xAPI 1.0.3 Data, 2.4.5.1",
)  # fmt: skip
RAW = Rule(
    "XAP017", ERROR,
    "{path}: {what}",
    "keep min below max, and raw between them",
    "An LRS refuses the statement.",
    "xAPI 1.0.3 Data, 2.4.5.1",
)  # fmt: skip
TIMESTAMP = Rule(
    "XAP018", ERROR,
    "{path} is {value}, not a time",
    "write RFC 3339, such as 2026-11-23T12:00:00Z; never -00:00",
    "An LRS refuses the statement.",
    "xAPI 1.0.3 Data, 4.5",
)  # fmt: skip
REGISTRATION = Rule(
    "XAP019", ERROR,
    "{path} is {value}, not a UUID",
    "copy the registration from the launch",
    "An LRS refuses the statement.",
    "xAPI 1.0.3 Data, 2.4.6.1",
)  # fmt: skip
CONTEXT = Rule(
    "XAP020", ERROR,
    "{path} has the key {value}",
    "use parent, grouping, category and other only",
    "An LRS refuses the statement.",
    "xAPI 1.0.3 Data, 2.4.6.2",
)  # fmt: skip
EXTENSION = Rule(
    "XAP021", ERROR,
    "{path} has the key {value}, which is not an IRI",
    "write an IRI that you control",
    "An LRS refuses the statement.",
    "xAPI 1.0.3 Data, 4.1",
)  # fmt: skip
