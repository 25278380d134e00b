"""Checks on assessments and on what completes a course: could a learner who does everything right finish it?

In: a Course. Out: problems.
"""

from __future__ import annotations

from collections.abc import Iterator

from scormkit.model.course import Course, Page
from scormkit.model.problem import Problem, Rule, Severity

NO_ASSESSMENT = Rule(
    "ASM101",
    Severity.ERROR,
    "the course is completed by an assessment, but no page is one",
    "put 'type: assessment' into the front matter of the page with the test, or choose another 'completion: rule:'",
    "Nobody could ever complete the course.",
)
NO_QUESTIONS = Rule(
    "ASM102",
    Severity.ERROR,
    "the assessment page '{page}' has no question that counts",
    "add questions, or remove 'graded: false' from those on it",
    "An assessment without points has no score, so it can never be passed.",
)
DRAW_ALL = Rule(
    "ASM103",
    Severity.ERROR,
    "'draw: {draw}' asks for more questions than there are ({there})",
    "add questions, or lower 'draw' to {there} at most",
    "A paper cannot have more questions than there are.",
)
DRAW_NONE_LEFT = Rule(
    "ASM104",
    Severity.INFO,
    "'draw: {draw}' takes every question that there is",
    "add more questions to draw from, or remove 'draw'",
    "A draw makes a second attempt a new paper only where some questions are left over.",
)
UNEVEN_DRAW = Rule(
    "ASM105",
    Severity.WARNING,
    "'draw' is used, but the questions have different points",
    "give all questions that it draws from the same ':points:'",
    "Papers drawn at random would differ in how many points they hold, so equal learners get unequal scores.",
)
PASS_BY_NOTHING = Rule(
    "ASM106",
    Severity.WARNING,
    "with a pass mark of 0 everybody passes",
    "choose a pass mark, or 'completion: {{rule: pages}}' if the test is only for practice",
    "A learner who answers nothing right would be reported as passed.",
)
ALL_OR_NOTHING = Rule(
    "ASM107",
    Severity.ADVICE,
    "with {count} on a paper a pass mark of {mark:g} means that {allowed}",
    "add questions, or choose a mark that means what you want",
    "With few questions one slip weighs much more than the per cent suggest.",
)
LAST_TRY = Rule(
    "ASM108",
    Severity.INFO,
    "the assessment may be taken once only, and passing completes the course",
    "set 'attempts: 0' (as often as the learner likes) or give a second attempt, and say what happens after the last",
    "A learner who fails can never complete the course without help from whoever runs the LMS.",
)
IDLE_MARK = Rule(
    "ASM109",
    Severity.WARNING,
    "'{key}' is set, but this page is no assessment",
    "put 'type: assessment' into the front matter, or remove '{key}'",
    "Only tests are marked, so the setting does nothing.",
)
NO_REVIEW_NO_FEEDBACK = Rule(
    "ASM110",
    Severity.INFO,
    "learners see neither feedback nor their answers after this assessment",
    "set 'feedback: at-end' or 'review: true'",
    "Feedback that explains is what learners gain most from in a test (Van der Kleij and others, 2015).",
    "https://doi.org/10.3102/0034654314564881",
)
UNUSED_MARK = Rule(
    "ASM111",
    Severity.INFO,
    "'assessment' is set, but no page of the course is an assessment",
    "remove it, or put 'type: assessment' into the front matter of a page",
    "The setting does nothing.",
)
LAST_QUESTIONS = Rule(
    "ASM112",
    Severity.WARNING,
    "the question '{id}' offers {tries} tries, which an assessment does not give",
    "remove ':tries:' here; 'attempts' in the front matter says how often the whole assessment may be taken",
    "In an assessment a question is answered once for each attempt.",
)
LONE_WINNER = Rule(
    "ASM113",
    Severity.INFO,
    "the course has {count} assessments, and all of them count towards one score",
    "say so to the learners, or make all but one of them practice (a page without 'type: assessment')",
    "An LMS shows one score for each course: the points of all assessments together.",
)

POINTS_OF_PRACTICE = Rule(
    "ASM114",
    Severity.WARNING,
    "the question '{id}' is worth {points:g} points, but it is not in an assessment",
    "remove ':points:', or move it to a page with 'type: assessment' in its front matter",
    "Questions on ordinary pages are practice and never count, so the points do nothing.",
)


ONLY_TESTS = (
    "pass-mark",
    "attempts",
    "from",
    "draw",
    "sections",
    "weight",
    "retake",
    "wait",
    "time-limit",
    "feedback",
    "review",
)


def completion(course: Course) -> Iterator[Problem]:
    """A way of completing the course that nobody can go."""
    rule = course.settings.completion.rule if course.settings.completion else None
    assessments = [page for page in course.pages if page.is_assessment]
    if rule in ("assessment", "pages-and-assessment") and not assessments:
        yield NO_ASSESSMENT.at(course.place("completion.rule"))
    elif "assessment" in course.places and not any(page.is_test for page in course.pages):
        yield UNUSED_MARK.at(course.place("assessment"))
    if len(assessments) > 1 and all(page.settings.weight is None for page in assessments):
        yield LONE_WINNER.at(assessments[1].place("type"), count=len(assessments))


def papers(course: Course) -> Iterator[Problem]:
    """What is wrong with the assessments themselves."""
    for page in course.pages:
        if page.is_test:
            yield from _draw(page)
            yield from _mark(course, page)
            yield from _attempts(course, page)
        else:
            idle = [key for key in ONLY_TESTS if key in page.places]
            yield from (IDLE_MARK.at(page.place(key), key=key) for key in idle)
            worth = [question for question in page.questions if question.points not in (0, 1)]
            yield from (POINTS_OF_PRACTICE.at(q.span, id=q.id, points=q.points) for q in worth)


def _draw(page: Page) -> Iterator[Problem]:
    if not any(question.graded for question in page.questions):
        yield NO_QUESTIONS.at(page.place("type"), page=page.title)
    for at, pool in enumerate(page.pools):
        section = page.settings.sections[at] if page.settings.sections else None
        draw = section.draw if section else page.settings.draw
        if not draw or not pool.questions:
            continue
        place = page.place(f"sections.{at}.draw" if section else "draw")
        if draw > len(pool.questions):
            yield DRAW_ALL.at(place, draw=draw, there=len(pool.questions))
        elif draw == len(pool.questions):
            yield DRAW_NONE_LEFT.at(place, draw=draw)
        elif len({question.points for question in pool.questions if question.graded}) > 1:
            yield UNEVEN_DRAW.at(place)
    for question in page.questions:
        if question.tries > 1:
            yield LAST_QUESTIONS.at(question.span, id=question.id, tries=question.tries)


def _mark(course: Course, page: Page) -> Iterator[Problem]:
    own = page.settings.pass_mark is not None
    mark = course.pass_mark(page)
    place = (
        page.place("pass-mark") if own or "assessment" not in course.places else course.place("assessment.pass-mark")
    )
    count = sum(min(pool.draw, sum(question.graded for question in pool.questions)) for pool in page.pools)
    if mark == 0:
        yield PASS_BY_NOTHING.at(place)
    elif 0 < count <= 4 and len({question.points for question in page.questions if question.graded}) == 1:
        needed = -(-count * mark // 100)
        wrong = int(count - needed)
        allowed = "every answer must be right" if not wrong else f"only {wrong} may be wrong"
        yield ALL_OR_NOTHING.at(place, count=f"{count} question{'s' * (count != 1)}", mark=mark, allowed=allowed)


def _attempts(course: Course, page: Page) -> Iterator[Problem]:
    settings = page.settings
    rule = course.settings.completion.rule if course.settings.completion else "pages-and-assessment"
    if page.is_assessment and course.attempts(page) == 1 and rule in ("assessment", "pages-and-assessment"):
        place = page.place("attempts") if settings.attempts is not None else course.place("assessment.attempts")
        yield LAST_TRY.at(place)
    if settings.feedback == "never" and not settings.review:
        yield NO_REVIEW_NO_FEEDBACK.at(page.place("feedback"))


CHECKS = (completion, papers)
