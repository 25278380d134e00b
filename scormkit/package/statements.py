"""xAPI in Python: a course's activities with their definitions, and statements, built with `tincan` behind this one module.

tincan checks little (it takes a scaled score of 2, verbs that are no IRIs, agents with two identifiers) and writes durations
that are not ISO 8601, so durations are formatted here and everything is verified before it is returned (verify.py). It takes
some 40 ms to import: only those who need it import this module. Clauses are of xAPI 1.0.3 Data.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import tincan

from scormkit.model.question import Interaction, Kind
from scormkit.package.text import plain
from scormkit.package.verify import verify_activity, verify_statement
from scormkit.standards.vocabularies import ACTIVITY_TYPES, COMPONENTS, VERBS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scormkit.model.course import Course, Page
    from scormkit.model.question import Component

NAME = 200  # characters of a question's name in reports; its description has them all


def activity_id(course_id: str, kind: str = "", id: str = "") -> str:
    """The IRI of a course, or of its page, question or objective `id`: permanent, without the version (rule T50)."""
    return course_id if not kind else f"{course_id.rstrip('/')}/{kind}/{id}"


def activities(course: Course) -> Iterator[dict[str, Any]]:
    """Every activity that the course's statements are about, as JSON data: the course, pages, questions, objectives."""
    settings = course.settings
    yield _activity(settings.id, "course", settings.title, settings.summary or settings.title, settings.language)
    for page in course.pages:
        yield page_activity(course, page)
        for question in page.questions:
            yield question_activity(course, question.interaction)
    for objective in settings.objectives:
        iri = activity_id(settings.id, "objective", objective.id)
        yield _activity(iri, "objective", _shortened(objective.text), objective.text, settings.language)


def page_activity(course: Course, page: Page) -> dict[str, Any]:
    """A page as an activity."""
    kind = "assessment" if page.is_test else "page"
    iri = activity_id(course.settings.id, "page", page.id)
    return _activity(iri, kind, page.title, page.title, course.settings.language)


def question_activity(course: Course, interaction: Interaction) -> dict[str, Any]:
    """A question as an activity with its interaction definition (2.4.4.1, Interaction Activities)."""
    language = course.settings.language
    parts = {part: getattr(interaction, part) for part in COMPONENTS[interaction.kind]}
    definition = tincan.ActivityDefinition(
        name=_said(_shortened(interaction.description or interaction.id), language),
        description=_said(interaction.description or interaction.id, language),
        type=ACTIVITY_TYPES["question"],
        interaction_type=str(interaction.kind),
        correct_responses_pattern=[_case(interaction) + pattern(interaction.kind, r) for r in interaction.correct],
        **{part: _components(components, language) for part, components in parts.items() if components},
    )
    iri = activity_id(course.settings.id, "question", interaction.id)
    return _verified_activity(tincan.Activity(id=iri, definition=definition))


def _case(interaction: Interaction) -> str:
    """Capitals do not matter unless it is said (2.4.4.1, Characterstring parameters)."""
    return "{case_matters=true}" if interaction.kind is Kind.FILL_IN and interaction.marking.case else ""


def pattern(kind: Kind, response: tuple[str, ...]) -> str:
    """A response in the notation of xAPI (2.4.4.1, Response Patterns)."""
    match kind:
        case Kind.MATCHING | Kind.PERFORMANCE:
            return "[,]".join(item.replace(".", "[.]", 1) for item in response)
        case Kind.NUMERIC:
            low, colon, high = response[0].partition(":")
            return f"{low}[:]{high}" if colon else low
        case _:
            return "[,]".join(response)


def statement(
    verb: str,
    activity: Mapping[str, Any],
    *,
    id: str,
    actor: Mapping[str, Any],
    timestamp: str,
    registration: str,
    revision: str,
    language: str,
    result: Mapping[str, Any] | None = None,
    parents: tuple[str, ...] = (),
    groups: tuple[str, ...] = (),
) -> dict[str, Any]:
    """A statement as JSON data, verified. `verb` is a key of VERBS, `revision` the course's version (rule T50).

    `result` may have `score` (its parts), `success`, `completion`, `response` and `seconds`. Raises ValueError where the
    statement would not be valid.
    """
    context = tincan.Context(
        registration=registration,
        revision=revision,
        language=language,
        platform="scormkit",
        context_activities=tincan.ContextActivities(
            parent=[{"id": iri} for iri in parents], grouping=[{"id": iri} for iri in groups]
        ),
    )
    made = tincan.Statement(
        id=id,
        actor=tincan.Agent(actor),
        verb=tincan.Verb(id=VERBS[verb], display=tincan.LanguageMap({"en": verb})),
        object=tincan.Activity(activity),
        context=context,
        timestamp=timestamp,
    )
    data: dict[str, Any] = _without_empty(made.as_version())
    data["timestamp"] = timestamp  # tincan would write it another way
    del data["version"]  # 2.4.10 leaves it to the LRS
    if result:
        data["result"] = {name: value for name, value in result.items() if name != "seconds"}
        if "seconds" in result:
            data["result"]["duration"] = duration(float(result["seconds"]))
    verify_statement(data)
    return data


def duration(seconds: float) -> str:
    """ISO 8601 to a hundredth of a second: 4.6 lets receivers cut off the rest."""
    hundredths = max(0, round(seconds * 100))
    minutes, rest = divmod(hundredths, 6000)
    hours, minutes = divmod(minutes, 60)
    parts = [f"{hours}H" if hours else "", f"{minutes}M" if minutes else ""]
    if rest or not any(parts):
        parts.append(f"{rest / 100:g}S")
    return "PT" + "".join(parts)


def _activity(iri: str, kind: str, name: str, description: str, language: str) -> dict[str, Any]:
    definition = tincan.ActivityDefinition(
        name=_said(name, language), description=_said(description, language), type=ACTIVITY_TYPES[kind]
    )
    return _verified_activity(tincan.Activity(id=iri, definition=definition))


def _verified_activity(activity: tincan.Activity) -> dict[str, Any]:
    data: dict[str, Any] = _without_empty(activity.as_version())
    verify_activity(data)
    return data


def _said(text: str, language: str) -> tincan.LanguageMap:
    return tincan.LanguageMap({language: plain(text)})


def _shortened(text: str) -> str:
    """As the player's statements have it (player/src/trackers/xapi-statements.ts)."""
    return text if len(text) <= NAME else f"{text[: NAME - 1].rstrip()}…"


def _components(components: tuple[Component, ...], language: str) -> tincan.InteractionComponentList:
    return tincan.InteractionComponentList(
        # An answer that is only a picture has no words but its key.
        [
            tincan.InteractionComponent(id=one.key, description=_said(one.text or one.key, language))
            for one in components
        ]
    )


def _without_empty(value: Any) -> Any:
    """tincan writes empty lists and maps; 2.2 forbids some of them, and none says anything."""
    if isinstance(value, dict):
        made = {key: _without_empty(one) for key, one in value.items()}
        return {key: one for key, one in made.items() if one not in ({}, [], None)}
    return [_without_empty(one) for one in value] if isinstance(value, list) else value
