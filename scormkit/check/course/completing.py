"""Checks on what completes a course: which pages count, how many of them must be done, how long they take.

In: a Course. Out: problems.
"""

from __future__ import annotations

from collections.abc import Iterator

from scormkit.model.conditions import Conditions
from scormkit.model.course import Course
from scormkit.model.problem import Problem, Rule, Severity

OPTIONAL_TEST = Rule(
    "RUL120",
    Severity.ERROR,
    "the assessment '{page}' is not required, but assessments always count",
    "remove 'required: false', or remove 'type: assessment' so that its questions are practice",
    "An LMS shows one score for each course, and every assessment is part of it.",
)
NO_PAGE_COUNTS = Rule(
    "RUL121",
    Severity.ERROR,
    "the course is completed by its pages, but every page is 'required: false'",
    "let at least one page count",
    "The course would be complete as soon as it is opened.",
)
TOO_MANY = Rule(
    "RUL122",
    Severity.ERROR,
    "'count: {count}' asks for more pages than count, which is {there}",
    "write {there} at most, or remove 'count': all pages then",
    "Nobody could ever complete the course.",
)
TOO_MANY_FOR_SOME = Rule(
    "RUL123",
    Severity.WARNING,
    "'count: {count}' asks for more pages than every learner has: {there} are shown to all",
    "write {there} at most, or a share such as 'pages: 80%', which is of each learner's own pages",
    "For whoever has fewer pages, all of them must be done.",
)
SHARE_AND_COUNT = Rule(
    "RUL124",
    Severity.WARNING,
    "'completion' says both 'pages' and 'count'; 'count' is taken",
    "remove one of the two",
    "Whoever reads it cannot know which counts.",
)
IDLE_STATEMENT = Rule(
    "RUL125",
    Severity.WARNING,
    "'statement' is set, but the rule is '{rule}': nobody is asked to confirm anything",
    "write 'rule: manual', or remove 'statement'",
    "It does nothing.",
)
NO_STATEMENT = Rule(
    "RUL126",
    Severity.INFO,
    "learners complete the course by saying so, but 'statement' does not say what they confirm",
    "add 'statement:' with a sentence in the learner's words, such as 'I have read the policy and know whom to ask'",
    "The button says only that the course is completed, which is little to rely on.",
)
LONG_STATEMENT = Rule(
    "RUL127",
    Severity.WARNING,
    "the statement that learners confirm has {length} characters",
    "shorten it to one sentence of about {limit}, and say the rest on the last page",
    "It is the name of a button, which screen readers read out in one go.",
)
IDLE_PAGES = Rule(
    "RUL128",
    Severity.WARNING,
    "'{key}' is set, but the rule is 'assessment': pages do not count",
    "write 'rule: pages-and-assessment', or remove '{key}'",
    "It does nothing.",
)
TIME_ALONE = Rule(
    "RUL129",
    Severity.WARNING,
    "nothing but time makes the page '{page}' count as done",
    "add a question that shows whether it was understood, or remove 'min-time'",
    "Time says that a page was on the screen, not that anybody read it; and it slows down those who read fast.",
)
LONG_TIME = Rule(
    "RUL130",
    Severity.WARNING,
    "'min-time' keeps learners on this page for {minutes} minutes",
    "write 5 minutes at most, or make several pages of it",
    "Whoever knows the matter, or reads fast, can only wait.",
)
TIME_OF_TEST = Rule(
    "RUL131",
    Severity.WARNING,
    "'min-time' is set on an assessment, which is done when it is submitted",
    "remove it",
    "It does nothing.",
)
NEVER_MET = Rule(
    "RUL132",
    Severity.ERROR,
    "the objective '{id}' is 'met-by: {by}', but no {what} names it",
    "name it there, or take 'met-by' out",
    "Nobody could ever meet it, and it would be reported as not met for everybody.",
)
NAMING = {
    "assessment": "question of an assessment that has a right answer",
    "practice": "practice question that has a right answer",
    "pages": "page",
}
LIMIT = 100
LONGEST = 300


def pages(course: Course) -> Iterator[Problem]:
    """Pages that count although they cannot, or by nothing but time."""
    for page in course.pages:
        settings = page.settings
        if settings.type == "assessment" and not settings.required:
            yield OPTIONAL_TEST.at(page.place("required"), page=page.title)
        if settings.min_time and page.is_test:
            yield TIME_OF_TEST.at(page.place("min-time"))
        elif settings.min_time and not page.questions:
            yield TIME_ALONE.at(page.place("min-time"), page=page.title)
        if settings.min_time and settings.min_time > LONGEST:
            yield LONG_TIME.at(page.place("min-time"), minutes=round(settings.min_time / 60))


def amount(course: Course) -> Iterator[Problem]:
    """How many pages must be done."""
    completion = course.settings.completion
    counting = [page for page in course.pages if page.settings.required]
    by_pages = completion is None or completion.counts_pages
    if course.pages and by_pages and not counting:
        yield NO_PAGE_COUNTS.at(course.place("completion"))
    if completion is None:
        return
    if completion.rule == "assessment" and completion.says_pages:
        for key in completion.model_fields_set & {"pages", "count"}:
            yield IDLE_PAGES.at(course.place(f"completion.{key}"), key=key)
    elif completion.count:
        place = course.place("completion.count")
        known = Conditions(course)
        everybodys = [page for page in counting if not known.wanted(page)]
        if completion.count > len(counting):
            yield TOO_MANY.at(place, count=completion.count, there=len(counting))
        elif completion.count > len(everybodys):
            yield TOO_MANY_FOR_SOME.at(place, count=completion.count, there=len(everybodys))
        if "pages" in completion.model_fields_set:
            yield SHARE_AND_COUNT.at(place)


def statement(course: Course) -> Iterator[Problem]:
    """What learners confirm who complete the course by saying so."""
    completion = course.settings.completion
    if completion is None:
        return
    if completion.rule != "manual" and completion.statement:
        yield IDLE_STATEMENT.at(course.place("completion.statement"), rule=completion.rule)
    elif completion.rule == "manual" and not completion.statement:
        yield NO_STATEMENT.at(course.place("completion"))
    elif completion.statement and len(completion.statement) > 1.5 * LIMIT:
        place = course.place("completion.statement")
        yield LONG_STATEMENT.at(place, length=len(completion.statement), limit=LIMIT)


def objectives(course: Course) -> Iterator[Problem]:
    """Objectives that are met by what there is none of."""
    named: dict[str, set[str]] = {by: set() for by in NAMING}
    for page in course.pages:
        named["pages"].update(page.settings.objectives)
        for question in page.questions:
            named["pages"].update(question.objectives)
            if question.graded and question.interaction.correct and page.settings.type != "pretest":
                named["assessment" if page.is_assessment else "practice"].update(question.objectives)
    for position, objective in enumerate(course.settings.objectives):
        by = objective.met_by
        if by and objective.id not in named[by]:
            yield NEVER_MET.at(course.place(f"objectives.{position}.met-by"), id=objective.id, by=by, what=NAMING[by])


CHECKS = (objectives, pages, amount, statement)
