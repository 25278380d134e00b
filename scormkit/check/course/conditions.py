"""Checks on `unlock:` and `show-if:`: do the names exist, and could a learner who does everything right get everywhere?

In: a Course. Out: problems.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scormkit.model.conditions import NAMEABLE, Conditions, Need, Place, Wanted, option
from scormkit.model.course import Course, Page
from scormkit.model.problem import Problem, Rule, Severity, meant
from scormkit.model.question import Kind, Question

UNKNOWN_NAME = Rule(
    "RUL101",
    Severity.ERROR,
    "'unlock' waits for '{name}', but there is no {what} of that name{hint}",
    "write the id of {wanted}",
    "Nothing could ever open the page.",
)
NEVER_OPENS = Rule(
    "RUL102",
    Severity.ERROR,
    "the page '{page}' can never be opened: it waits for '{name}', {why}",
    "take that out of 'unlock', or let it wait for something that comes first",
    "Learners would stand before a door without a key, and could never finish the course.",
)
FIRST_LOCKED = Rule(
    "RUL103",
    Severity.ERROR,
    "the course begins with a locked page",
    "remove 'unlock' from the first page (and from its section.yaml)",
    "Learners have to begin somewhere.",
)
NO_RIGHT_ANSWER = Rule(
    "RUL104",
    Severity.ERROR,
    "'{name}' has no right answer, so it can never be answered right",
    "name it under 'after' (answered) or by its answers instead, or mark what is right",
    "The condition can never hold.",
)
TRIES_RUN_OUT = Rule(
    "RUL105",
    Severity.ERROR,
    "'unlock' waits for a right answer to '{name}', which gives {tries} to find it",
    "write ':tries: 0' (as often as the learner likes) there, or name the question under 'after' instead of 'right'",
    "Whoever uses them up is locked out for good.",
)
OF_A_TEST = Rule(
    "RUL106",
    Severity.ERROR,
    "'{name}' is a question of the assessment '{page}'",
    "name a question on an ordinary page, or wait for the assessment: 'unlock: {{passed: {id}}}'",
    "Papers are drawn, and a new attempt forgets the answers of the one before: what was open would close again.",
)
NO_TEST = Rule(
    "RUL107",
    Severity.ERROR,
    "'{name}' is no assessment, so it cannot be passed",
    "name it under 'after' instead of 'passed', or put 'type: assessment' into its front matter",
    "Only assessments are passed.",
)
ATTEMPTS_RUN_OUT = Rule(
    "RUL108",
    Severity.WARNING,
    "'unlock' waits for '{name}' to be passed, which may be taken {times}",
    "set 'attempts: 0' there, wait for it to be done ('after'), or write 'required: false' on the page that is locked",
    "Whoever does not pass never sees the page, and never has all pages done.",
)
SCORE_ALONE = Rule(
    "RUL109",
    Severity.ERROR,
    "'score' has no assessment that it is the score of",
    "add 'passed:' with the id of an assessment page, or remove 'score'",
    "It does nothing.",
)
TWO_MEANINGS = Rule(
    "RUL110",
    Severity.WARNING,
    "'{name}' is the id of a {meant} and of a {other}; here it means the {meant}",
    "give one of them another id",
    "Whoever reads the course may take it for the other.",
)
NOTHING_TO_DO = Rule(
    "RUL111",
    Severity.WARNING,
    "'unlock' names nothing that must have happened",
    "add 'after', 'right' or 'passed', or remove it",
    "The page is open from the start.",
)
UNKNOWN_QUESTION = Rule(
    "RUL112",
    Severity.ERROR,
    "'show-if' asks about '{name}', but there is no question of that name{hint}",
    "write the ':id:' of a question on an earlier page",
    "Nobody would ever see the page.",
)
ASKED_LATER = Rule(
    "RUL113",
    Severity.ERROR,
    "'show-if' asks about '{name}', which is not on a page before '{page}' but on '{there}'",
    "move the question to an earlier page",
    "The page could come and go behind a learner's back.",
)
UNKNOWN_ANSWER = Rule(
    "RUL114",
    Severity.ERROR,
    "'{name}' has no answer '{answer}'{hint}",
    "write its letter or its words: {known}",
    "Nobody would ever see the page.",
)
NOT_NAMEABLE = Rule(
    "RUL115",
    Severity.ERROR,
    "the answers to '{name}' ({type}) have no letters that 'show-if' could name",
    "ask with a choice, multiple, true-false, poll or likert question, or write 'right: true' instead of 'answer'",
    "The condition can never hold.",
)
ONE_OF_TWO = Rule(
    "RUL116",
    Severity.ERROR,
    "'show-if' says {what}",
    "write either 'answer' or 'right' beside 'question'",
    "It is not clear who sees the page.",
)
NEVER_SHOWN = Rule(
    "RUL117",
    Severity.ERROR,
    "nobody ever sees the page '{page}': it wants other answers to '{name}' than what it depends on",
    "let them agree",
    "An answer cannot be two things at once.",
)

SINGLE = frozenset({Kind.LIKERT, Kind.TRUE_FALSE})
TIMES = {1: "once only", 2: "twice"}


def unlock(course: Course) -> Iterator[Problem]:
    """What opens pages: names, tests, questions that can no longer be got right."""
    known = Conditions(course)
    for place, pages in _places(course):
        said = place.unlock
        if said is None:
            continue
        if not (said.after or said.right or said.passed):
            yield (SCORE_ALONE if said.score is not None else NOTHING_TO_DO).at(place.at("unlock"))
        elif said.score is not None and not said.passed:
            yield SCORE_ALONE.at(place.at("unlock.score"))
        yield from _after(place, known)
        yield from _right(place, known)
        yield from _passed(place, known, course, pages)


def show_if(course: Course) -> Iterator[Problem]:
    """Whose course pages are part of: questions, answers, order."""
    known = Conditions(course)
    order = {page.id: position for position, page in enumerate(course.pages)}
    for place, pages in _places(course):
        said = place.show_if
        if said is None:
            continue
        span = place.at("show-if.question")
        if bool(said.answer) == (said.right is not None):
            yield ONE_OF_TWO.at(place.at("show-if"), what="both 'answer' and 'right'" if said.answer else "no answer")
        if said.question not in known.questions:
            yield UNKNOWN_QUESTION.at(span, name=said.question, hint=meant(said.question, known.questions))
            continue
        question, there = known.questions[said.question]
        if there.is_test:
            yield OF_A_TEST.at(span, name=said.question, page=there.title, id=there.id)
        elif order[there.id] >= order[pages[0].id]:
            yield ASKED_LATER.at(span, name=said.question, page=pages[0].title, there=there.title)
        if said.answer:
            yield from _answers(place, question)
        elif said.right is not None and not question.interaction.correct:
            yield NO_RIGHT_ANSWER.at(place.at("show-if.right"), name=said.question)
    for page in course.pages:
        yield from _contradiction(page, known)


def ways(course: Course) -> Iterator[Problem]:
    """Pages that a learner who does everything right cannot reach."""
    known = Conditions(course)
    needs = {page.id: known.needs(page) for page in course.pages}
    reached = _reached(course, needs)
    for position, page in enumerate(course.pages):
        if position == 0 and needs[page.id]:
            yield FIRST_LOCKED.at(needs[page.id][0].span)
            continue
        for need in needs[page.id] if page.id not in reached else ():
            if stuck := [one for one in _counted(need) if one.id not in reached]:
                name = need.question.id if need.question else (need.section or stuck[0]).id
                yield NEVER_OPENS.at(need.span, page=page.title, name=name, why=_why(page, stuck, course))
                break


def _reached(course: Course, needs: dict[str, tuple[Need, ...]]) -> set[str]:
    """Ids of the pages that can be opened, found as learners find them: from what is open to what that opens."""
    in_order = course.settings.navigation == "in-order"
    reached: set[str] = set()
    waiting = list(course.pages)
    while True:
        before, barred = len(waiting), False
        still: list[Page] = []
        for page in waiting:
            met = all(one.id in reached for need in needs[page.id] for one in _counted(need))
            if met and not barred:
                reached.add(page.id)
            else:
                still.append(page)
                barred = barred or (in_order and page.settings.required)
        waiting = still
        if len(waiting) == before:
            return reached


def _counted(need: Need) -> list[Page]:
    """The pages that a need waits for: of a section those that count."""
    return [page for page in need.pages if page.settings.required or not need.section]


def _why(page: Page, stuck: list[Page], course: Course) -> str:
    if page in stuck:
        return "which is on it" if len(stuck) == 1 else "of which it is a part"
    if course.settings.navigation == "in-order" and course.pages.index(stuck[0]) > course.pages.index(page):
        return "which comes later, and pages open in order"
    return "which waits for this page in turn, or for something else that never happens"


def _after(place: Place, known: Conditions) -> Iterator[Problem]:
    kinds = {"page": known.pages, "section": known.sections, "question": known.questions}
    for position, name in enumerate(place.unlock.after if place.unlock else ()):
        span = place.at(f"unlock.after.{position}")
        meanings = [kind for kind, names in kinds.items() if name in names]
        if not meanings:
            every = [*known.pages, *known.sections, *known.questions]
            what = "page, section or question"
            yield UNKNOWN_NAME.at(span, name=name, what=what, hint=meant(name, every), wanted=f"a {what}")
        elif len(meanings) > 1:
            yield TWO_MEANINGS.at(span, name=name, meant=meanings[0], other=meanings[1])
        if meanings == ["question"]:
            yield from _of_a_test(place, f"unlock.after.{position}", name, known)


def _right(place: Place, known: Conditions) -> Iterator[Problem]:
    for position, name in enumerate(place.unlock.right if place.unlock else ()):
        span = place.at(f"unlock.right.{position}")
        if name not in known.questions:
            hint = meant(name, known.questions)
            yield UNKNOWN_NAME.at(span, name=name, what="question", hint=hint, wanted="a question")
            continue
        question, _ = known.questions[name]
        if not question.interaction.correct:
            yield NO_RIGHT_ANSWER.at(span, name=name)
        elif question.tries:
            yield TRIES_RUN_OUT.at(
                span, name=name, tries="one try" if question.tries == 1 else f"{question.tries} tries"
            )
        yield from _of_a_test(place, f"unlock.right.{position}", name, known)


def _of_a_test(place: Place, key: str, name: str, known: Conditions) -> Iterator[Problem]:
    _, page = known.questions[name]
    if page.is_test:
        yield OF_A_TEST.at(place.at(key), name=name, page=page.title, id=page.id)


def _passed(place: Place, known: Conditions, course: Course, locked: Iterable[Page]) -> Iterator[Problem]:
    tests = {name: page for name, page in known.pages.items() if page.is_test}
    for position, name in enumerate(place.unlock.passed if place.unlock else ()):
        span = place.at(f"unlock.passed.{position}")
        if name in known.pages and name not in tests:
            yield NO_TEST.at(span, name=name)
        elif name not in tests:
            hint = meant(name, tests)
            yield UNKNOWN_NAME.at(span, name=name, what="assessment page", hint=hint, wanted="an assessment page")
        else:
            attempts = course.attempts(tests[name])
            if attempts and any(page.settings.required for page in locked):
                yield ATTEMPTS_RUN_OUT.at(span, name=name, times=TIMES.get(attempts, f"{attempts} times"))


def _answers(place: Place, question: Question) -> Iterator[Problem]:
    if question.interaction.kind not in NAMEABLE:
        yield NOT_NAMEABLE.at(place.at("show-if.answer"), name=question.id, type=question.type)
        return
    known = [f"{one.key} ({one.text.text})" if one.text else one.key for one in question.answers]
    words = [one.text.text for one in question.answers]
    for position, answer in enumerate(place.show_if.answer if place.show_if else ()):
        if option(question, answer) is None:
            span = place.at(f"show-if.answer.{position}")
            hint = meant(answer, [word for word in words if word])
            yield UNKNOWN_ANSWER.at(span, name=question.id, answer=answer, hint=hint, known=", ".join(known))


def _contradiction(page: Page, known: Conditions) -> Iterator[Problem]:
    """Two conditions on the way to a page that no answer meets both of."""
    wishes = list(known.wanted(page))
    for wanted in wishes:  # grows: the page of a question may have conditions of its own
        wishes += [one for one in known.wanted(wanted.page) if one not in wishes]
    for position, one in enumerate(wishes):
        for other in wishes[:position]:
            if one.question is other.question and _excludes(one, other):
                yield NEVER_SHOWN.at(wishes[0].span, page=page.title, name=one.question.id)
                return


def _excludes(one: Wanted, other: Wanted) -> bool:
    told = one.question.interaction
    single = told.kind in SINGLE or (told.kind is Kind.CHOICE and one.question.type != "multiple")
    if one.keys and other.keys:
        return single and not set(one.keys) & set(other.keys)
    return not one.keys and not other.keys and one.right != other.right


def _places(course: Course) -> Iterator[tuple[Place, tuple[Page, ...]]]:
    """Where conditions can stand, each with the pages it is about."""
    for section in course.sections:
        yield Place(section), section.pages
        yield from ((Place(page), (page,)) for page in section.pages)


CHECKS = (unlock, show_if, ways)
