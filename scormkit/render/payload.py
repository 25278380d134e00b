"""Course -> the payload: what the player knows of a course, as data. `player/src/course.ts` is its definition."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from typing import Any

from scormkit.model.conditions import Conditions, Need, Wanted
from scormkit.model.course import ContentBlock, Course, Page, covered
from scormkit.model.question import Component, Marking, Question
from scormkit.model.settings import Completion, Objective, PaperSection
from scormkit.render.host import host, limits
from scormkit.render.words import Words
from scormkit.render.words import words as words_of
from scormkit.standards.profiles import GENERIC, Profile

PARTS = ("choices", "scale", "source", "target", "steps")


def payload(course: Course, words: Words, profile: Profile = GENERIC) -> dict[str, Any]:
    """What player/src/course.ts calls a Course: JSON data, the keys in its order. `profile` is what its hosts share."""
    settings = course.settings
    wishes = host(profile)
    rules = Conditions(course)
    return {
        "schema": 1,
        "id": settings.id,
        "title": settings.title,
        "version": settings.version,
        "language": settings.language,
        "pages": [_page(page, section.title, course, rules) for section in course.sections for page in section.pages],
        "questions": [_question(question, page) for page in course.pages for question in page.questions],
        **_recordings(course),
        "objectives": [_objective(objective, course) for objective in settings.objectives],
        "completion": completion(course, rules),
        "navigation": settings.navigation,
        "limits": limits(profile),
        **({"host": wishes} if wishes else {}),
        "words": dict(words.player),
        **({"translations": [_translation(one) for one in course.translations]} if course.translations else {}),
    }


def _translation(course: Course) -> dict[str, Any]:
    """What the player says in another language; everything in the order of the course."""
    questions = [question.interaction for question in course.questions]
    return {
        "language": course.settings.language,
        "title": course.settings.title,
        "pages": [
            [page.title, section.title, *(part.title for part in page.settings.sections)]
            for section in course.sections
            for page in section.pages
        ],
        **(
            {"statement": declared.statement} if (declared := course.settings.completion) and declared.statement else {}
        ),
        "objectives": [objective.text for objective in course.settings.objectives],
        "questions": [
            {"description": told.description}
            | {part: texts for part in PARTS if (texts := [c.text for c in getattr(told, part)])}
            for told in questions
        ],
        "words": dict(words_of(course.settings.language).player),
    }


def _recordings(course: Course) -> dict[str, Any]:
    """The recordings of which learners must have played a share; nothing where there are none."""
    found = [
        {
            "id": block.watch[0],
            "number": course.lock.recordings.get(block.watch[0], 0),
            "page": page.id,
            "share": block.watch[1],
        }
        for page in course.pages
        for block in page.walk
        if isinstance(block, ContentBlock) and block.watch
    ]
    return {"recordings": found} if found else {}


def embed(data: object) -> str:
    """JSON that may stand inside a <script> element: no `<` can end it, no line separator can break it."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _page(page: Page, section: str, course: Course, rules: Conditions) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": page.id,
        "number": page.number,
        "title": page.title,
        "section": section,
        "type": page.settings.type,
        "questions": [question.id for question in page.questions],
        "objectives": list(page.settings.objectives),
    }
    if page.is_test:
        found["assessment"] = assessment(page, course)
    if needs := rules.needs(page):
        found["unlock"] = [_need(need) for need in needs]
    if wanted := rules.wanted(page):
        found["showIf"] = [_wanted(one) for one in wanted]
    if not page.settings.required:
        found["optional"] = True
    if page.settings.min_time and not page.is_test:
        found["minTime"] = page.settings.min_time
    return found


def _need(need: Need) -> dict[str, Any]:
    found: dict[str, Any] = {"kind": need.kind, "pages": [page.id for page in need.pages]}
    if need.section:
        found["section"] = need.section.title
    if need.question:
        found["question"] = need.question.id
    if need.score is not None:
        found["score"] = number(need.score)
    return found


def _wanted(wanted: Wanted) -> dict[str, Any]:
    how: dict[str, Any] = {"answers": list(wanted.keys)} if wanted.keys else {"right": wanted.right}
    return {"question": wanted.question.id, **how}


def _objective(objective: Objective, course: Course) -> dict[str, Any]:
    found: dict[str, Any] = {"id": objective.id, "text": objective.text}
    if objective.met_by:
        found["metBy"] = objective.met_by
    if objective.met_by == "practice":
        found["passMark"] = number(course.settings.assessment.pass_mark)
    return found


def assessment(page: Page, course: Course) -> dict[str, Any]:
    """How a test is taken and marked: its own front matter before the course's settings."""
    own = page.settings
    return {
        "passMark": number(course.pass_mark(page)),
        "attempts": course.attempts(page),
        "score": course.settings.assessment.score,
        "draw": None if own.draw is None else min(own.draw, len(page.questions)),
        "shuffleQuestions": "questions" in own.shuffle,
        "shuffleOptions": "options" in own.shuffle,
        "feedback": own.feedback,
        "review": own.review,
        **_refinements(page, course),
    }


def _refinements(page: Page, course: Course) -> dict[str, Any]:
    """What only some tests say."""
    own = page.settings
    found: dict[str, Any] = {}
    if own.sections:
        found["sections"] = [_section(section, questions, course) for section, questions in page.parts]
    if own.weight is not None:
        found["weight"] = number(own.weight)
    if own.retake == "missed":
        found["retake"] = own.retake
    if own.wait is not None:
        found["wait"] = own.wait
    if own.time_limit is not None:
        found["timeLimit"] = own.time_limit
    if own.covers:
        found["covers"] = list(covered(course, own.covers))
    return found


def _section(section: PaperSection, questions: Sequence[Question], course: Course) -> dict[str, Any]:
    found: dict[str, Any] = {
        "title": section.title,
        "questions": [question.id for question in questions],
        "draw": None if section.draw is None else min(section.draw, len(questions)),
        "passMark": None if section.pass_mark is None else number(section.pass_mark),
        "weight": None if section.weight is None else number(section.weight),
    }
    if section.covers:
        found["covers"] = list(covered(course, section.covers))
    return found


def _question(question: Question, page: Page) -> dict[str, Any]:
    told = question.interaction
    interaction: dict[str, Any] = {
        "kind": told.kind.value,
        "description": told.description,
        "correct": [list(response) for response in told.correct],
    }
    interaction |= {part: _components(getattr(told, part)) for part in PARTS if getattr(told, part)}
    found = {
        "id": question.id,
        "number": question.number,
        "revision": question.revision,
        "type": question.type,
        "page": page.id,
        "points": number(question.points),
        "graded": question.graded,
        "tries": question.tries,
        "shuffle": question.shuffle,
        "scoring": question.scoring,
        "objectives": list(question.objectives),
        "options": [{"key": option.key, "number": option.number} for option in question.answers],
        "interaction": interaction,
    }
    if page.asks_how_sure(question):
        found["confidence"] = True
    if told.marking != Marking():
        found["marking"] = _marking(told.marking)
    if question.worth:
        found["worth"] = {item: number(worth) for item, worth in question.worth.items()}
    if question.again:
        found["again"] = question.again
    if question.report_text:
        found["reportText"] = True
    return found


def _marking(marking: Marking) -> dict[str, Any]:
    return {"case": marking.case, "typos": marking.typos, "patterns": list(marking.patterns)}


def _components(components: Sequence[Component]) -> list[dict[str, str]]:
    return [{"key": component.key, "text": component.text} for component in components]


def completion(course: Course, rules: Conditions) -> dict[str, Any]:
    """The course's own rule, or what is plain: all the pages, and the assessment where there is one."""
    declared = course.settings.completion
    counting = [page for page in course.pages if page.settings.required]
    if declared is None:
        assessed = any(page.is_assessment for page in course.pages)
        declared = Completion(rule="pages-and-assessment" if assessed else "pages")
    share = declared.pages if declared.counts_pages else 0
    needed = declared.count or math.ceil(len(counting) * share / 100 - 1e-9)
    found: dict[str, Any] = {"rule": declared.rule, "pages": min(needed, len(counting))}
    if declared.count is None and declared.counts_pages and any(map(rules.wanted, course.pages)):
        found["share"] = number(share)
    if declared.statement:
        found["statement"] = declared.statement
    return found


def number(value: float) -> float | int:
    """80 instead of 80.0, which JavaScript would not tell apart but readers do."""
    return int(value) if value == int(value) else value
