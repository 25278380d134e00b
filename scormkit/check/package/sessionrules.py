"""The rules of sessions.py: C5R001-026 (cmi5 at run time) and XAP022-024 (what a launch asks of any xAPI content)."""

from __future__ import annotations

from scormkit.model.problem import Rule, Severity

ERROR, WARNING = Severity.ERROR, Severity.WARNING

FETCH = Rule(
    "C5R001", ERROR,
    "the fetch address was asked {count} time(s), {posted} of them by POST",
    "ask it once, by POST, and keep the token",
    "A second request gets no token; without one nothing can be sent.",
    "cmi5 8.2.1 and 8.2.3.1",
)  # fmt: skip
TOKEN = Rule(
    "C5R002", ERROR,
    "a request to the LRS does not carry the token of the fetch address",
    "send it as Authorization: Basic and the token",
    "The LRS refuses it.",
    "cmi5 8.2.1",
)  # fmt: skip
LAUNCH_DATA = Rule(
    "C5R003", ERROR,
    "LMS.LaunchData was never read",
    "get this state document before anything is sent",
    "The mode, the mastery score and the context template are there.",
    "cmi5 10.2.1 (10.2.1.0-4)",
)  # fmt: skip
PREFERENCES = Rule(
    "C5R004", ERROR,
    "cmi5LearnerPreferences was not read before the first statement",
    "get this agent profile document first; that there is none (404) is no fault",
    "An LMS refuses the first statement otherwise.",
    "cmi5 11.0 (11.0.0.0-3)",
)  # fmt: skip
FIRST = Rule(
    "C5R005", ERROR,
    "the first statement of the session is {verb!r}",
    "send initialized first",
    "An LMS refuses everything before it.",
    "cmi5 9.3.2 (9.3.0.0-4)",
)  # fmt: skip
LAST = Rule(
    "C5R006", ERROR,
    "{what}",
    "send terminated as the last statement, before the page closes",
    "An LMS takes the session for abandoned, or refuses what comes later.",
    "cmi5 9.3.8 (9.3.0.0-5)",
)  # fmt: skip
TWICE = Rule(
    "C5R007", ERROR,
    "{verb} was sent twice in one session",
    "send each of cmi5's verbs once a session",
    "An LMS refuses the second one.",
    "cmi5 9.3 (9.3.0.0-2)",
)  # fmt: skip
BOTH = Rule(
    "C5R008", ERROR,
    "{what}",
    "send one of them only; never failed after passed",
    "An LMS refuses it.",
    "cmi5 9.3 (9.3.0.0-3, 9.3.0.0-8)",
)  # fmt: skip
AGAIN = Rule(
    "C5R009", ERROR,
    "{verb} was sent again in a later session",
    "keep in the saved state that it has been sent",
    "An LMS refuses it: once is enough for a registration.",
    "cmi5 9.3 (9.3.0.0-6, 9.3.0.0-7)",
)  # fmt: skip
MOVEON = Rule(
    "C5R010", ERROR,
    "{verb} lacks the category moveon",
    "add https://w3id.org/xapi/cmi5/context/categories/moveon to contextActivities.category",
    "It does not count towards moveOn.",
    "cmi5 9.6.2.2 (9.6.2.2-1)",
)  # fmt: skip
CATEGORY = Rule(
    "C5R011", ERROR,
    "{verb} lacks the category cmi5",
    "add https://w3id.org/xapi/cmi5/context/categories/cmi5 to contextActivities.category",
    "An LMS does not take it for one of cmi5's statements.",
    "cmi5 9.6.2.1",
)  # fmt: skip
DURATION = Rule(
    "C5R012", ERROR,
    "{verb} has no duration",
    "add result.duration",
    "An LMS refuses it.",
    "cmi5 9.5.4.1",
)  # fmt: skip
RESULT = Rule(
    "C5R013", ERROR,
    "in {verb}, {what}",
    "passed has success true, failed has success false, completed has completion true, and no other has either",
    "An LMS refuses it.",
    "cmi5 9.5.2 and 9.5.3",
)  # fmt: skip
JUDGED = Rule(
    "C5R014", ERROR,
    "{verb} was sent with a score of {scaled}, and the mastery score is {mastery}",
    "send passed from the mastery score up, failed below it",
    "An LMS refuses it.",
    "cmi5 9.3.4 and 9.3.5",
)  # fmt: skip
MASTERY = Rule(
    "C5R015", ERROR,
    "the context lacks the extension masteryscore with {mastery}",
    "add https://w3id.org/xapi/cmi5/context/extensions/masteryscore with the number of the launch data",
    "An LMS refuses a score without it.",
    "cmi5 9.6.3.2",
)  # fmt: skip
RAW = Rule(
    "C5R016", ERROR,
    "the score has raw, but not both min and max",
    "add min and max",
    "Nobody can say what the number means; an LMS refuses it.",
    "cmi5 9.5.1 (9.5.1.0-3)",
)  # fmt: skip
SCORE = Rule(
    "C5R017", ERROR,
    "{verb!r} has a score",
    "send scores with passed and failed only",
    "An LMS refuses it.",
    "cmi5 9.5.1 (9.5.1.0-2)",
)  # fmt: skip
OBJECT = Rule(
    "C5R018", ERROR,
    "the object is {found!r}, not the activity of the launch ({wanted})",
    "use the activityId of the launch in cmi5's own statements",
    "An LMS refuses it.",
    "cmi5 9.4 and 8.1.5 (8.1.5.0-6)",
)  # fmt: skip
ACTOR = Rule(
    "C5R019", ERROR,
    "the actor is not the one of the launch",
    "copy it as it is",
    "It is recorded for somebody else, or refused.",
    "cmi5 8.1.3 (8.1.3.0-3)",
)  # fmt: skip
CONTEXT = Rule(
    "C5R020", ERROR,
    "the context lacks {what}",
    "begin each context with a copy of the context template, and add the registration",
    "An LMS refuses the statement, or cannot tell to which session it belongs.",
    "cmi5 10.2.1, 9.6.1 and 9.6.3.1",
)  # fmt: skip
TIME = Rule(
    "C5R021", ERROR,
    "the timestamp is {what}",
    "give each statement its time in UTC, ending with Z",
    "An LMS refuses it.",
    "cmi5 9.7",
)  # fmt: skip
MODE = Rule(
    "C5R022", ERROR,
    "{verb} was sent although the launch mode is {mode}",
    "send only initialized and terminated in Browse and Review",
    "An LMS refuses it.",
    "cmi5 10.2.2",
)  # fmt: skip
LAUNCH_DATA_WRITTEN = Rule(
    "C5R023", ERROR,
    "LMS.LaunchData was changed ({method})",
    "only read it",
    "It is the LMS's own document.",
    "cmi5 10.2.1 (10.2.1.0-5)",
)  # fmt: skip
RETURN = Rule(
    "C5R024", ERROR,
    "at the end the page did not go to the returnURL ({url})",
    "open it once terminated has been sent",
    "The learner is left on a dead page.",
    "cmi5 10.2.6",
)  # fmt: skip
REFUSED = Rule(
    "C5R025", WARNING,
    "after the LMS refused to store preferences (403) nothing more was sent",
    "go on: an LMS may refuse it",
    "The learner's work is lost.",
    "cmi5 11.0 (11.0.0.0-2)",
)  # fmt: skip
NO_ID = Rule(
    "C5R026", ERROR,
    "the statement has no id",
    "give each statement a UUID, and keep it when it is sent again",
    "An LMS refuses it, and a repetition is counted twice.",
    "cmi5 9.1 (9.1.0.0-1)",
)  # fmt: skip
NOT_ECHOED = Rule(
    "XAP022", WARNING,
    "{what} of the launch is not in the context",
    "copy it into context.registration",
    "Two attempts of one learner cannot be told apart.",
    "RusticiSoftware, Incorporating a TinCan LRS into an LMS, Launch",
)  # fmt: skip
VERSION = Rule(
    "XAP023", ERROR,
    "a request does not carry X-Experience-API-Version",
    "send 1.0.3 with every request",
    "An LRS refuses it.",
    "xAPI 1.0.3 Communication, 3.3",
)  # fmt: skip
VOIDS = Rule(
    "XAP024", ERROR,
    "the content voids a statement",
    "leave that to the LMS",
    "Content must not take back what has been recorded.",
    "cmi5 6.3 (6.3.0.0-1)",
)  # fmt: skip
