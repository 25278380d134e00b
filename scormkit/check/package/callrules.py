"""The rules of calls.py and habits.py: RUN001-043, what a SCO does at run time (SCORM 1.2 and 2004 RTE)."""

from __future__ import annotations

from scormkit.model.problem import Rule, Severity

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

NOT_BEGUN = Rule(
    "RUN001", ERROR,
    "{call} was called before {begin}",
    "call {begin}(\"\") first",
    "An LMS refuses the call with error 301.",
    "SCORM 1.2 Run-Time Environment, 3.3",
)  # fmt: skip
BEGUN_TWICE = Rule(
    "RUN002", ERROR,
    "{begin} was called a second time",
    "call it once for each time the page is opened",
    "An LMS refuses it with error 101; Moodle forgets what was set before.",
    "SCORM 1.2 Run-Time Environment, 3.3; seen in Moodle 4.5",
)  # fmt: skip
ARGUMENT = Rule(
    "RUN003", ERROR,
    "{call} was called with {value} instead of an empty text",
    "pass \"\"",
    "An LMS refuses it with error 201.",
    "SCORM 1.2 Run-Time Environment, 3.3",
)  # fmt: skip
END = Rule(
    "RUN004", ERROR,
    "{what}",
    "call {end} once, as the last call, when the page is left",
    "An LMS takes the session for broken off: time and status may be lost.",
    "SCORM 1.2 Run-Time Environment, 3.3",
)  # fmt: skip
IGNORED = Rule(
    "RUN005", WARNING,
    "{call} answered \"false\", and the course never asked why",
    "look at the answer of each call, and ask for the last error",
    "The learner is not told that something was not saved.",
    "SCORM 1.2 Run-Time Environment, 3.3",
)  # fmt: skip
STRICT = Rule(
    "RUN006", WARNING,
    "the answer of {call} is compared with === \"true\"",
    "compare String(answer) with \"true\"",
    "Some hosts, such as the Learning Hub, answer true or false and not a text.",
    "Learning Hub scormApiModel.ts",
)  # fmt: skip
STATE = Rule(
    "RUN007", ERROR,
    "the saved state has {length} characters; the standard allows 4,096",
    "save less",
    "An LMS that keeps to the standard refuses it, and the learner begins again.",
    "SCORM 1.2 Run-Time Environment, 3.4.4 (cmi.suspend_data, CMIString4096)",
)  # fmt: skip
LOCATION = Rule(
    "RUN008", ERROR,
    "the location has {length} characters; the standard allows {limit}",
    "shorten it",
    "An LMS refuses it, and the learner begins at the first page.",
    "SCORM 1.2 Run-Time Environment, 3.4.4 (CMIString255); SCORM 2004 Run-Time Environment (data model)",
)  # fmt: skip
TIME = Rule(
    "RUN009", ERROR,
    "{element} is {value}, not a time span",
    "write hours, minutes and seconds as 0000:00:00.00",
    "An LMS refuses it with error 405.",
    "SCORM 1.2 Run-Time Environment, 3.4.5 (CMITimespan)",
)  # fmt: skip
HOURS = Rule(
    "RUN010", WARNING,
    "the session time {value} has fewer than four digits for the hours",
    "write four, as in 0000:12:30",
    "The Learning Hub drops the first digit.",
    "Learning Hub ScormController.cs, TimeToSeconds",
)  # fmt: skip
NO_TIME = Rule(
    "RUN011", WARNING,
    "the status {value} was saved without a session time above zero",
    "set the session time before the first commit of the status",
    "The Learning Hub then records no completion.",
    "Learning Hub ScormActivityComplete.sql",
)  # fmt: skip
NO_STATUS = Rule(
    "RUN012", WARNING,
    "the session ended, and the course never set a status",
    "set incomplete at the beginning, and the final status when it is reached",
    "Some LMSs then set completed, others leave it incomplete.",
    "SCORM 1.2 Run-Time Environment, 3.4.4 (cmi.core.lesson_status)",
)  # fmt: skip
STATUS = Rule(
    "RUN013", ERROR,
    "{value} is not a status that a course may set",
    "write one of: {allowed}",
    "An LMS refuses it with error 405.",
    "SCORM 1.2 Run-Time Environment, 3.4.4 (cmi.core.lesson_status)",
)  # fmt: skip
EXIT = Rule(
    "RUN014", ERROR,
    "{value} is not a way to leave",
    "write one of: {allowed}; or an empty text",
    "An LMS refuses it with error 405.",
    "SCORM 1.2 Run-Time Environment, 3.4.4 (cmi.core.exit)",
)  # fmt: skip
NOT_SUSPENDED = Rule(
    "RUN015", WARNING,
    "the session ended unfinished, and the exit is not suspend",
    "set the exit to suspend while the course is unfinished",
    "Many LMSs then throw the bookmark and the saved state away.",
    "SCORM 1.2 Run-Time Environment, 3.4.4 (cmi.core.entry, cmi.core.exit)",
)  # fmt: skip
LOGOUT = Rule(
    "RUN016", WARNING,
    "the exit is logout",
    "use suspend or an empty text",
    "Some LMSs sign the learner out altogether.",
    "SCORM 1.2 Run-Time Environment, 3.4.4 (cmi.core.exit)",
)  # fmt: skip
SCORE = Rule(
    "RUN017", ERROR,
    "{element} is {value}, not a number from 0 to 100",
    "send the score in per cent",
    "An LMS refuses it with error 405.",
    "SCORM 1.2 Run-Time Environment, 3.4.4 (cmi.core.score.raw)",
)  # fmt: skip
SCORE_RANGE = Rule(
    "RUN018", WARNING,
    "the raw score {what}",
    "set the smallest and the largest score, 0 and 100, as well",
    "Reports cannot say what the number means.",
    "SCORM 1.2 Run-Time Environment (cmi.core.score)",
)  # fmt: skip
ACCESS = Rule(
    "RUN019", ERROR,
    "{element} is {access}",
    "leave this call out",
    "An LMS refuses it with error 402, 403 or 404.",
    "SCORM 1.2 Run-Time Environment, 3.3",
)  # fmt: skip
INDEX = Rule(
    "RUN020", ERROR,
    "{element} leaves a gap or has no id yet: {next}",
    "count from 0 without gaps, and set the id of an entry first",
    "An LMS refuses it with error 201 or 351, and the answer is lost.",
    "SCORM 1.2 Run-Time Environment, 3.4.3; seen in Moodle 4.5",
)  # fmt: skip
TYPE_FIRST = Rule(
    "RUN021", ERROR,
    "{element} was set before the type of its interaction",
    "set the type first: the form of an answer depends on it",
    "An LMS refuses it, or stores it unchecked.",
    "SCORM 1.2 Run-Time Environment, 3.4.5 (CMIFeedback)",
)  # fmt: skip
RESPONSE = Rule(
    "RUN022", ERROR,
    "{value} is not an answer of a {type} interaction",
    "write it as the type says; in SCORM 1.2 single letters or digits, at most 255 characters",
    "An LMS refuses it; the Learning Hub may lose everything of that commit.",
    "SCORM 1.2 Run-Time Environment, 3.4.4 (cmi.interactions.n.student_response)",
)  # fmt: skip
RESULT = Rule(
    "RUN023", ERROR,
    "the result {value} is not one of {edition}",
    "write one of: {allowed}; or a number",
    "An LMS refuses it with error 405.",
    "SCORM 1.2 Run-Time Environment, 3.4.4 (cmi.interactions.n.result)",
)  # fmt: skip
NEGATIVE = Rule(
    "RUN024", WARNING,
    "the numeric answer {value} is negative",
    "report it as fill-in if the course is for the Learning Hub",
    "The Learning Hub refuses it.",
    "Learning Hub scormApiModel.ts, isValidCMIFeedback",
)  # fmt: skip
COMMITS = Rule(
    "RUN025", WARNING,
    "{count} commit(s) came within a second of the one before",
    "gather changes, and commit every few seconds at most",
    "Every commit is a request to the server; some LMSs freeze the page meanwhile.",
)  # fmt: skip
UNLOAD = Rule(
    "RUN026", WARNING,
    "the course saves at unload or beforeunload, and nowhere listens to pagehide or visibilitychange",
    "save at visibilitychange and finish at pagehide",
    "Phones and newer browsers do not tell a page that it is unloaded.",
    "Page Lifecycle; seen in field reports",
)  # fmt: skip
WRONG_API = Rule(
    "RUN027", ERROR,
    "the package is of {edition}, but the course calls {call}",
    "export it for the standard that it calls, or use the right functions",
    "The LMS offers other functions to such a package: nothing is recorded.",
    "SCORM 2004 Run-Time Environment (API); SCORM 1.2 Run-Time Environment, 3.3",
)  # fmt: skip
DURATION = Rule(
    "RUN028", ERROR,
    "{element} is {value}, not a duration",
    "write ISO 8601 with at most two decimals, such as PT1H2M3.45S",
    "An LMS refuses it with error 406.",
    "SCORM 2004 Run-Time Environment (data types)",
)  # fmt: skip
MEASURE = Rule(
    "RUN029", ERROR,
    "{element} is {value}; it has to be from {low} to {high}",
    "send it as a fraction, such as 0.8",
    "An LMS refuses it with error 407.",
    "SCORM 2004 Run-Time Environment (data model) (score.scaled, progress_measure)",
)  # fmt: skip
STATE_2004 = Rule(
    "RUN030", ERROR,
    "the saved state has {length} characters; {edition} allows {limit}",
    "save less",
    "An LMS that keeps to the standard refuses it, and the learner begins again.",
    "SCORM 2004 Run-Time Environment (data model) (cmi.suspend_data)",
)  # fmt: skip
UNKNOWN = Rule(
    "RUN031", ERROR,
    "{element} is not in the data model",
    "correct its name",
    "An LMS refuses it with error 401.",
    "SCORM 1.2 Run-Time Environment, 3.4.4; SCORM 2004 Run-Time Environment (data model)",
)  # fmt: skip
VALUE = Rule(
    "RUN032", ERROR,
    "{element} cannot be {value}: it wants {words}",
    "correct the value",
    "An LMS refuses it with error 405 or 406.",
    "SCORM 1.2 Run-Time Environment, 3.4.5; SCORM 2004 Run-Time Environment (data types)",
)  # fmt: skip
NO_ENTRY = Rule(
    "RUN033", ERROR,
    "{element} has no entry with that number",
    "read only what has been written",
    "An LMS answers with error 201 or 301.",
    "SCORM 1.2 Run-Time Environment, 3.4.3",
)  # fmt: skip
NOT_TEXT = Rule(
    "RUN034", WARNING,
    "{element} was passed as a {kind}, not as text",
    "pass texts only: String(value)",
    "Some LMSs refuse it, or store something else, such as [object Object].",
    "SCORM 1.2 Run-Time Environment, 3.3",
)  # fmt: skip
LOWERED = Rule(
    "RUN035", WARNING,
    "the status went down from {before} to {value}",
    "never lower a status that the LMS holds",
    "A learner who had finished has not finished any more.",
)  # fmt: skip
REVIEWED = Rule(
    "RUN036", ERROR,
    "{element} was set although the mode is {mode}",
    "write nothing in review and browse mode",
    "The learner only looks back; Moodle stores and grades it all the same.",
    "SCORM 1.2 Run-Time Environment, 3.4.4 (cmi.core.lesson_mode); seen in Moodle 4.5",
)  # fmt: skip
SILENT = Rule(
    "RUN037", ERROR,
    "the page never called {begin}",
    "see that it finds the LMS: by its parents and by its opener",
    "A SCO has to tell the LMS that it has begun; nothing is recorded.",
    "SCORM 1.2 Run-Time Environment, 3.3",
)  # fmt: skip
ABSENT = Rule(
    "RUN038", WARNING,
    "the page asked for {url}, which is not in the package",
    "add the file, or correct the reference",
    "Something is missing when learners open the course.",
)  # fmt: skip
OUTSIDE = Rule(
    "RUN039", WARNING,
    "the page asked another server for {url}",
    "put the file into the package",
    "Without the internet, or behind a filter, it is missing.",
)  # fmt: skip
SCRIPT_ERROR = Rule(
    "RUN040", WARNING,
    "a script of the page failed: {message}",
    "have it mended where the course was made",
    "What comes after it in the script did not happen.",
)  # fmt: skip
NOT_A_LOG = Rule(
    "RUN041", Severity.FATAL,
    "the file cannot be read as a log of calls ({reason})",
    "record it with scormkit check --run",
    "Nothing in it could be checked.",
)  # fmt: skip
NOT_ALL = Rule(
    "RUN042", INFO,
    "{tried} of {count} items were tried out",
    "set --items to try out more of them",
    "Each takes up to a minute; of the others it is not known what they do.",
)  # fmt: skip
ENDLESS = Rule(
    "RUN043", ERROR,
    "the page did not come to an end within {seconds} seconds and was stopped",
    "have it mended where the course was made",
    "The browser of a learner stands still with it.",
)  # fmt: skip
