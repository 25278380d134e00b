"""Checks on what tests are drawn from and made of: banks, sections, weights, retakes, time limits, pre-tests, confidence.

In: a Course. Out: problems.
"""

from __future__ import annotations

from collections.abc import Iterator

from scormkit.model.course import Course, Page, covered, is_named
from scormkit.model.problem import Problem, Rule, Severity, meant
from scormkit.model.question import Question

UNKNOWN_NAME = Rule(
    "ASM115",
    Severity.ERROR,
    "'from: {name}' names neither a tag of a question nor a bank{hint}",
    "correct it, give questions a line ':tags: {name}', or write banks/{name}.md",
    "Nothing could be drawn, so that learners would get a shorter test, or none.",
)
EMPTY_SECTION = Rule(
    "ASM116",
    Severity.ERROR,
    "the section '{title}' has no question that counts",
    "give questions one of its tags, or remove it; a question belongs to the first section that names it",
    "A section without points cannot be marked.",
)
NO_WEIGHT = Rule(
    "ASM117",
    Severity.ERROR,
    "the weights {of} add up to 0",
    "give at least one of them a weight above 0",
    "There would be no score.",
)
SOME_WEIGHTS = Rule(
    "ASM118",
    Severity.ERROR,
    "'{other}' says its weight, and the assessment '{page}' does not",
    "give each assessment a 'weight', or none of them",
    "Points and weights cannot be added up.",
)
NO_SECTION = Rule(
    "ASM119",
    Severity.ERROR,
    "the question '{id}' belongs to none of the sections of '{page}'",
    "give it a tag that one of them has in 'from', or move it elsewhere",
    "It would never be asked.",
)
BESIDE_SECTIONS = Rule(
    "ASM120",
    Severity.ERROR,
    "'{key}' stands beside 'sections'",
    "write it inside each section",
    "Each section says what it is drawn from; it is not clear what '{key}' adds to that.",
)
NEVER_DRAWN = Rule(
    "ASM121",
    Severity.WARNING,
    "no test draws on this question '{id}'",
    "name its bank '{bank}' or one of its tags in the 'from' of a test, or remove it",
    "Nobody will ever see it.",
)
SHORT_TIME = Rule(
    "ASM122",
    Severity.WARNING,
    "'time-limit' leaves {seconds} seconds for each of {count} questions",
    "allow a minute for each question at least, or remove the limit",
    "Whoever reads slowly, uses a screen reader or a second language runs out of time, not of knowledge.",
    "WCAG 2.2, 2.2.1 Timing Adjustable",
)
UNKNOWN_COVER = Rule(
    "ASM123",
    Severity.ERROR,
    "'covers: {name}' names no page, section or objective{hint}",
    "correct it: pages and sections have the names of their files and folders without numbers, objectives their ids",
    "Whoever passes this part of the pre-test would be let off nothing.",
)
COVERS_NOTHING = Rule(
    "ASM124",
    Severity.ERROR,
    "this pre-test does not say what learners may skip",
    "add 'covers: [...]' with ids of pages, sections or objectives, for the whole or in each of its sections",
    "A pre-test that lets nobody skip anything is only one test more.",
)
NOTHING_TO_SKIP = Rule(
    "ASM125",
    Severity.WARNING,
    "'covers: {name}' means no page that could be skipped",
    "name pages, or give pages this objective and no other that is not named; tests are never skipped",
    "Whoever passes this part of the pre-test would be let off nothing.",
)
IDLE_COVERS = Rule(
    "ASM126",
    Severity.WARNING,
    "'covers' is set, but this is no pre-test",
    "put 'type: pretest' into the front matter, or remove 'covers'",
    "Only pre-tests let learners skip pages, so the setting does nothing.",
)
NO_FURTHER = Rule(
    "ASM127",
    Severity.WARNING,
    "'{key}' is about further attempts, and there is only one",
    "allow more 'attempts', or remove '{key}'",
    "The setting does nothing.",
)
SURE_OF_MARKS = Rule(
    "ASM128",
    Severity.INFO,
    "an assessment that counts asks how sure learners are",
    "say in its introduction that this is not part of the score, or ask it in practice and pre-tests only",
    "Where marks are at stake, people say what they think is wanted.",
)
STRAY_TEXT = Rule(
    "ASM129",
    Severity.WARNING,
    "this stands in a bank, but in no question",
    "move it into the question that it belongs to, or to a page",
    "Tests draw questions alone, so nobody will see it.",
)
EMPTY_BANK = Rule(
    "ASM130",
    Severity.WARNING,
    "this bank has no question",
    "write questions in it, or remove the file",
    "Nothing can be drawn from it.",
)
IDLE_WEIGHT = Rule(
    "ASM131",
    Severity.WARNING,
    "'weight' is set, but nothing is weighed against it",
    "remove it; it matters only where a course has several assessments",
    "The setting does nothing.",
)

LEAST_SECONDS = 30


def banks(course: Course) -> Iterator[Problem]:
    """What stands in banks and reaches nobody."""
    drawn = {question.span for page in course.pages for question in page.questions if question.bank}
    for bank in course.banks:
        if not bank.questions and bank.span.path not in {problem.span.path for problem in course.problems}:
            yield EMPTY_BANK.at(bank.span)
        for block in bank.blocks:
            if not isinstance(block, Question) and block not in bank.notes:
                yield STRAY_TEXT.at(block.span)
        for question in bank.questions:
            if question.span not in drawn:
                yield NEVER_DRAWN.at(question.span, id=question.id, bank=bank.id)


def names(course: Course) -> Iterator[Problem]:
    """Names after `from` that nothing has. A bank without questions is told of where it is."""
    asked = [question for bank in course.banks for question in bank.questions]
    empty = [bank.id for bank in course.banks if not bank.questions]
    for page in course.pages:
        there = [*page.questions, *asked]
        known = {tag for question in there for tag in question.tags} | {question.bank for question in asked}
        for place, name in _from(page):
            named = any(is_named(question, [name]) for question in there)
            if not named and not any(bank == name or bank.startswith(f"{name}/") for bank in empty):
                yield UNKNOWN_NAME.at(page.place(place), name=name, hint=meant(name, known))


def _from(page: Page) -> Iterator[tuple[str, str]]:
    for n, name in enumerate(page.settings.drawn_from):
        yield f"from.{n}", name
    for at, section in enumerate(page.settings.sections):
        yield from ((f"sections.{at}.from.{n}", name) for n, name in enumerate(section.drawn_from))


def sections(course: Course) -> Iterator[Problem]:
    """Sections without questions, questions without section, weights that come to nothing."""
    for page in course.pages:
        if not page.is_test or not page.settings.sections:
            continue
        yield from (BESIDE_SECTIONS.at(page.place(key), key=key) for key in ("draw", "from") if key in page.places)
        named = {question.id for _, questions in page.parts for question in questions}
        for at, (section, questions) in enumerate(page.parts):
            if not any(question.graded for question in questions):
                yield EMPTY_SECTION.at(page.place(f"sections.{at}"), title=section.title)
        for question in page.questions:
            if question.id not in named:
                yield NO_SECTION.at(question.span, id=question.id, page=page.title)
        weights = [section.weight for section in page.settings.sections]
        if all(weight == 0 for weight in weights):
            yield NO_WEIGHT.at(page.place("sections"), of="of the sections")


def weights(course: Course) -> Iterator[Problem]:
    """What assessments count for among each other."""
    assessments = [page for page in course.pages if page.is_assessment]
    said = [page for page in assessments if page.settings.weight is not None]
    for page in course.pages:
        if "weight" in page.places and (page.settings.type == "pretest" or len(assessments) == 1):
            yield IDLE_WEIGHT.at(page.place("weight"))
    if len(assessments) < 2 or not said:
        return
    for page in assessments:
        if page not in said:
            yield SOME_WEIGHTS.at(page.place("type"), page=page.title, other=said[0].title)
    if len(said) == len(assessments) and all(page.settings.weight == 0 for page in said):
        yield NO_WEIGHT.at(said[0].place("weight"), of="of the assessments")


def attempts(course: Course) -> Iterator[Problem]:
    """Further attempts, time limits and confidence."""
    for page in course.pages:
        if not page.is_test:
            continue
        if course.attempts(page) == 1:
            yield from (NO_FURTHER.at(page.place(key), key=key) for key in ("retake", "wait") if key in page.places)
        count = sum(pool.draw for pool in page.pools)
        limit = page.settings.time_limit
        if limit is not None and count and limit < LEAST_SECONDS * count:
            yield SHORT_TIME.at(page.place("time-limit"), seconds=round(limit / count), count=count)
        if page.is_assessment and any(page.asks_how_sure(question) for question in page.questions):
            yield SURE_OF_MARKS.at(page.place("confidence"))


def pretests(course: Course) -> Iterator[Problem]:
    """What pre-tests let learners skip."""
    known = {page.id for page in course.pages} | {section.id for section in course.sections if section.id}
    known |= {objective.id for objective in course.settings.objectives}
    for page in course.pages:
        groups = [("covers", page.settings.covers)]
        groups += [(f"sections.{n}.covers", section.covers) for n, section in enumerate(page.settings.sections)]
        if page.settings.type != "pretest":
            yield from (IDLE_COVERS.at(page.place(place)) for place, covers in groups if covers)
            continue
        if not any(covers for _, covers in groups):
            yield COVERS_NOTHING.at(page.place("type"))
        for place, covers in groups:
            for n, name in enumerate(covers):
                at = page.place(f"{place}.{n}")
                if name not in known:
                    yield UNKNOWN_COVER.at(at, name=name, hint=meant(name, known))
                elif set(covered(course, covers)) == set(covered(course, [one for one in covers if one != name])):
                    yield NOTHING_TO_SKIP.at(at, name=name)


CHECKS = (banks, names, sections, weights, attempts, pretests)
