"""The budget of saved progress: the most characters that a learner's progress can take, and what the hosts keep.

In: a Course with the numbers of its lock. Out: `Budget`, and problems. The format is the player's (player/src/state.ts and
answers.ts; docs/state.md); here is the only formula of its greatest length, and tests compare it with what the player writes
for a learner who did everything there is to do.

Every function below counts bits, six to a character, unless its name says otherwise; `sizes.py` has what they count with.
What is kept besides course, pages and answers is in `budget_records.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from scormkit.check.course.budget_records import records
from scormkit.check.course.sizes import SCORE, number, sealed, steps, text
from scormkit.model.conditions import Conditions
from scormkit.model.course import Course, Page
from scormkit.model.problem import Problem, Rule, Severity
from scormkit.model.question import Component, Kind, Question
from scormkit.standards.profiles import Profile, combine

TOO_MUCH = Rule(
    "BUD101",
    Severity.ERROR,
    "saved progress can take {most} characters without any practice answers; {host} keeps {limit}",
    "make two courses of it, or shorten the assessments",
    "A learner who got that far would come back to a damaged course, or to its beginning.",
    "SCORM 1.2 RTE 3.4.4 (cmi.suspend_data: CMIString4096)",
)
SHEDS = Rule(
    "BUD102",
    Severity.WARNING,
    "saved progress can take {most} characters; {host} keeps {limit}",
    "make two courses of it, remove practice questions, or give reflections less room (':longest:')",
    "A learner who answers everything finds practice questions unanswered again; pages, score and tests are kept.",
    "SCORM 1.2 RTE 3.4.4 (cmi.suspend_data: CMIString4096)",
)
NEARLY_FULL = Rule(
    "BUD103",
    Severity.INFO,
    "saved progress can take {most} of the {limit} characters that {host} keeps",
    "plan for it before you add many questions",
    "Beyond the limit, practice answers are no longer kept.",
)

# The most that the player counts to (player/src/session.ts), and what stands in its place where it does not say.
TRIES = 63
ATTEMPTS = 4095
SAVES = 2**18 - 1
REPORTED = 2**15 - 1
SECONDS = 2**24 - 1
TEXT_BYTES = 48
NUMBER_BYTES = 16
ANSWERS_PER_SECTION = 12


@dataclass(frozen=True)
class Budget:
    """The most that a learner's saved progress can take, in characters (each is one byte), and what the hosts keep.

    Beyond `limit` the answers to practice questions are left out, down to `without_practice`. `questions` has the bits
    of each question's answer, by its id; six bits are a character.
    """

    course: str
    limit: int
    characters: int
    without_practice: int
    questions: dict[str, int]


def budget(course: Course, profiles: Sequence[str] = ()) -> Budget:
    """What the progress of a learner can take who did everything there is to do, and what the hosts of `profiles` keep.

    `profiles` stand in for those of the course's settings.
    """
    decides = Conditions(course).deciding
    plain = [question for page in course.pages if not page.is_test for question in page.questions]
    practice = [question for question in plain if question.id not in decides]
    papers = [page for page in course.pages if page.is_test]
    costs = {question.id: _answer(question, page) for page in course.pages for question in page.questions}
    graded = [question for page in papers for question in _paper(page, costs)]
    graded += [question for question in plain if question.id in decides]
    drawn = any(len(_paper(page, costs)) < len(page.questions) for page in papers)
    assessed = _answers(graded, costs, drawn)
    practised = _answers(practice, costs, drawn=False)
    kept, least_kept = records(course), records(course, shedding=True)
    shared = 1 + sealed(_pages(course)) + sum(assessed)
    whole = shared + _main(course, len(assessed) + len(practised), kept) + sum(practised)
    least = shared + _main(course, len(assessed), least_kept)
    limit = combine(profiles or course.settings.profile).state
    return Budget(course.settings.slug, limit, whole, least, costs)


def check(course: Course, profiles: tuple[Profile, ...]) -> Iterator[Problem]:
    """Saved progress that some host does not keep."""
    strictest = min(profiles, key=lambda profile: profile.state)
    limit, host = strictest.state, strictest.title
    most = budget(course)
    if most.without_practice > limit:
        yield TOO_MUCH.at(course.span, most=most.without_practice, host=host, limit=limit)
    elif most.characters > limit:
        yield SHEDS.at(course.span, most=most.characters, host=host, limit=limit)
    elif most.characters > 0.9 * limit:
        yield NEARLY_FULL.at(course.span, most=most.characters, host=host, limit=limit)


def _main(course: Course, answer_sections: int, kept: int) -> int:
    """Characters of the course's section, and of the records' where there are any."""
    own = _course(course, answer_sections)
    return sealed(own + 1) + sealed(kept) if kept else sealed(own)


def _course(course: Course, answer_sections: int) -> int:
    last = max((page.number for page in course.pages), default=0)
    counters = number(SAVES, 6) + number(REPORTED, 5) + number(SECONDS, 6)
    return 2 + number(answer_sections, 3) + counters + 24 + 3 + 2 + 2 + SCORE + number(last, 5)


def _pages(course: Course) -> int:
    last = max((page.number for page in course.pages), default=0)
    bits = 2 + number(last, 5) + last + len(course.pages)
    papers = [page for page in course.pages if page.is_test]
    bits += number(len(papers), 2)
    for page in papers:
        bits += number(page.number, 5) + number(course.attempts(page) or ATTEMPTS, 3) + 1 + SCORE + 1 + SCORE
    practised = any(objective.met_by == "practice" for objective in course.settings.objectives)
    objectives = len(course.settings.objectives) if papers or practised else 0
    return bits + number(objectives, 3) + sum(number(n, 3) + 7 for n in range(1, objectives + 1))


def _paper(page: Page, costs: dict[str, int]) -> list[Question]:
    """The questions of the longest paper: a new attempt forgets the answers of the one before."""
    longest = (sorted(pool.questions, key=lambda one: costs[one.id], reverse=True)[: pool.draw] for pool in page.pools)
    return [question for part in longest for question in part]


def _answers(questions: Iterable[Question], costs: dict[str, int], drawn: bool) -> list[int]:
    """Characters of each section of answers. Where questions are drawn, the steps between numbers can be any."""
    ordered = sorted(questions, key=lambda question: question.number)
    last = max((question.number for question in ordered), default=0)
    sections = []
    for at in range(0, len(ordered), ANSWERS_PER_SECTION):
        part = ordered[at : at + ANSWERS_PER_SECTION]
        bits = 2 + number(len(part), 4)
        numbers = [question.number for question in part]
        between = [one - before for one, before in zip(numbers, [0, *numbers], strict=False)]
        bits += steps(len(part), last, 3) if drawn else sum(number(step, 3) for step in between)
        for question in part:
            bits += 1 + number(costs[question.id], 4) + costs[question.id]
            bits += number(question.revision, 3) if question.revision != 1 else 0
        sections.append(sealed(bits))
    return sections


def _answer(question: Question, page: Page) -> int:
    tries = 1 if page.is_test else question.tries or TRIES
    return number(tries, 2) + _response(question)


def _response(question: Question) -> int:
    told = question.interaction
    numbers = _numbers(told.choices or told.scale or told.source or told.steps, question)
    listed = [number(one, 3) for one in numbers]
    match told.kind:
        case Kind.TRUE_FALSE:
            return 1
        case Kind.CHOICE:
            return 1 + min(sum(listed), max(numbers, default=0))
        case Kind.LIKERT:
            return max(listed, default=0)
        case Kind.SEQUENCING:
            return sum(listed)
        case Kind.MATCHING:
            matches = [number(one, 3) for one in _numbers(told.target, question)]
            return sum(listed) + len(listed) * max(matches, default=0)
        case Kind.PERFORMANCE:
            return sum(listed) + len(listed) * 7
        case Kind.NUMERIC:
            return 1 + text(NUMBER_BYTES)
        case Kind.LONG_FILL_IN:
            return text(told.longest)
        case _:
            accepted = [len(text.encode()) for items in told.correct for text in items]
            return max((len(items) for items in told.correct), default=1) * text(max(TEXT_BYTES, *accepted, 0))


def _numbers(components: Sequence[Component], question: Question) -> list[int]:
    """Stable numbers of what a response can name; the place, counted from 1, where the lock has none."""
    locked = {option.key: option.number for option in question.answers}
    return [locked.get(component.key) or place for place, component in enumerate(components, 1)]
