"""Course -> the payload: what the player knows of a course, as data. `player/src/course.ts` is its definition."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from typing import Any

from scormkit.model.course import Course, Page
from scormkit.model.question import Component, Marking, Question
from scormkit.render.host import host, limits
from scormkit.render.words import Words
from scormkit.standards.profiles import GENERIC, Profile

PARTS = ("choices", "scale", "source", "target", "steps")


def payload(course: Course, words: Words, profile: Profile = GENERIC) -> dict[str, Any]:
    """What player/src/course.ts calls a Course: JSON data, the keys in its order. `profile` is what its hosts share."""
    settings = course.settings
    wishes = host(profile)
    return {
        "schema": 1,
        "id": settings.id,
        "title": settings.title,
        "version": settings.version,
        "language": settings.language,
        "pages": [_page(page, section.title, course) for section in course.sections for page in section.pages],
        "questions": [_question(question, page) for page in course.pages for question in page.questions],
        "objectives": [{"id": objective.id, "text": objective.text} for objective in settings.objectives],
        "completion": _completion(course),
        "navigation": settings.navigation,
        "limits": limits(profile),
        **({"host": wishes} if wishes else {}),
        "words": dict(words.player),
    }


def embed(data: object) -> str:
    """JSON that may stand inside a <script> element: no `<` can end it, no line separator can break it."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _page(page: Page, section: str, course: Course) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": page.id,
        "number": page.number,
        "title": page.title,
        "section": section,
        "type": page.settings.type,
        "questions": [question.id for question in page.questions],
        "objectives": list(page.settings.objectives),
    }
    if page.is_assessment:
        found["assessment"] = assessment(page, course)
    return found


def assessment(page: Page, course: Course) -> dict[str, Any]:
    """How an assessment page is taken and marked: its own front matter before the course's settings."""
    own, shared = page.settings, course.settings.assessment
    return {
        "passMark": _number(shared.pass_mark if own.pass_mark is None else own.pass_mark),
        "attempts": shared.attempts if own.attempts is None else own.attempts,
        "score": shared.score,
        "draw": None if own.draw is None else min(own.draw, len(page.questions)),
        "shuffleQuestions": "questions" in own.shuffle,
        "shuffleOptions": "options" in own.shuffle,
        "feedback": own.feedback,
        "review": own.review,
    }


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
        "points": _number(question.points),
        "graded": question.graded,
        "tries": question.tries,
        "shuffle": question.shuffle,
        "scoring": question.scoring,
        "objectives": list(question.objectives),
        "options": [{"key": option.key, "number": option.number} for option in question.answers],
        "interaction": interaction,
    }
    if told.marking != Marking():
        found["marking"] = _marking(told.marking)
    if question.worth:
        found["worth"] = {item: _number(worth) for item, worth in question.worth.items()}
    if question.report_text:
        found["reportText"] = True
    return found


def _marking(marking: Marking) -> dict[str, Any]:
    return {"case": marking.case, "typos": marking.typos, "patterns": list(marking.patterns)}


def _components(components: Sequence[Component]) -> list[dict[str, str]]:
    return [{"key": component.key, "text": component.text} for component in components]


def _completion(course: Course) -> dict[str, Any]:
    """The course's own rule, or what is plain: all the pages, and the assessment where there is one."""
    declared = course.settings.completion
    assessed = any(page.is_assessment for page in course.pages)
    if declared is None:
        return {"rule": "pages-and-assessment" if assessed else "pages", "pages": len(course.pages)}
    return {"rule": declared.rule, "pages": math.ceil(len(course.pages) * declared.pages / 100 - 1e-9)}


def _number(value: float) -> float | int:
    """80 instead of 80.0, which JavaScript would not tell apart but readers do."""
    return int(value) if value == int(value) else value
