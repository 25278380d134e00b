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
    from collections.abc import Callable, Iterator, Mapping

    from scormkit.model.course import Course, Page

NAME = 200  # characters of a question's name in reports; its description has them all


def activity_id(course_id: str, kind: str = "", id: str = "") -> str:
    """The IRI of a course, or of its page, question, objective or extension `id`: permanent, without the version (rule T50)."""
    return course_id if not kind else f"{course_id.rstrip('/')}/{kind}/{id}"


def activities(course: Course) -> Iterator[dict[str, Any]]:
    """Every activity that the course's statements are about, as JSON data: the course, pages, questions, objectives."""
    settings = course.settings
    yield _activity(
        settings.id,
        "course",
        _said(course, lambda one: one.settings.title),
        _said(course, lambda one: one.settings.summary or one.settings.title),
    )
    for page in course.pages:
        yield page_activity(course, page)
        for question in page.questions:
            yield question_activity(course, question.interaction)
    for place, objective in enumerate(settings.objectives):
        iri = activity_id(settings.id, "objective", objective.id)
        versions = (course, *course.translations)
        text = tincan.LanguageMap(
            {one.settings.language: plain(one.settings.objectives[place].text) for one in versions}
        )
        yield _activity(iri, "objective", _shortened(text), text)


def page_activity(course: Course, page: Page) -> dict[str, Any]:
    """A page as an activity."""
    kind = "assessment" if page.is_test else "page"
    iri = activity_id(course.settings.id, "page", page.id)
    title = _said(course, lambda one: one.page_by_id.get(page.id, page).title)
    return _activity(iri, kind, title, title)


def question_activity(course: Course, interaction: Interaction) -> dict[str, Any]:
    """A question as an activity with its interaction definition (2.4.4.1, Interaction Activities)."""
    told = {one.settings.language: _asked(one, interaction) for one in (course, *course.translations)}
    text = {language: plain(one.description or one.id) for language, one in told.items()}
    parts = {part: _components(part, interaction, told) for part in COMPONENTS[interaction.kind]}
    definition = tincan.ActivityDefinition(
        name=_shortened(tincan.LanguageMap(text)),
        description=tincan.LanguageMap(text),
        type=ACTIVITY_TYPES["question"],
        interaction_type=str(interaction.kind),
        correct_responses_pattern=[_case(interaction) + pattern(interaction.kind, r) for r in interaction.correct],
        **{part: components for part, components in parts.items() if components},
    )
    iri = activity_id(course.settings.id, "question", interaction.id)
    return _verified_activity(tincan.Activity(id=iri, definition=definition))


def _asked(course: Course, interaction: Interaction) -> Interaction:
    """The same question as a version of the course says it."""
    known = course.question_by_id.get(interaction.id)
    return known.interaction if known else interaction


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

    `result` may have `score` (its parts), `success`, `completion`, `response`, `seconds` and `extensions`. Raises ValueError
    where the statement would not be valid.
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


def _activity(iri: str, kind: str, name: tincan.LanguageMap, description: tincan.LanguageMap) -> dict[str, Any]:
    definition = tincan.ActivityDefinition(name=name, description=description, type=ACTIVITY_TYPES[kind])
    return _verified_activity(tincan.Activity(id=iri, definition=definition))


def _verified_activity(activity: tincan.Activity) -> dict[str, Any]:
    data: dict[str, Any] = _without_empty(activity.as_version())
    verify_activity(data)
    return data


def _said(course: Course, text: Callable[[Course], str]) -> tincan.LanguageMap:
    """A text in each language of the course, that in which it is written first."""
    return tincan.LanguageMap({one.settings.language: plain(text(one)) for one in (course, *course.translations)})


def _shortened(texts: tincan.LanguageMap) -> tincan.LanguageMap:
    """As the player's statements have it (player/src/trackers/xapi-statements.ts)."""
    return tincan.LanguageMap(
        {tag: text if len(text) <= NAME else f"{text[: NAME - 1].rstrip()}…" for tag, text in texts.items()}
    )


def _components(
    part: str, interaction: Interaction, told: Mapping[str, Interaction]
) -> tincan.InteractionComponentList:
    """What can be answered, in each language; an answer that is only a picture has no words but its key."""
    return tincan.InteractionComponentList(
        [
            tincan.InteractionComponent(
                id=one.key,
                description=tincan.LanguageMap(
                    {tag: plain(getattr(version, part)[place].text or one.key) for tag, version in told.items()}
                ),
            )
            for place, one in enumerate(getattr(interaction, part))
        ]
    )


def _without_empty(value: Any) -> Any:
    """tincan writes empty lists and maps; 2.2 forbids some of them, and none says anything."""
    if isinstance(value, dict):
        made = {key: _without_empty(one) for key, one in value.items()}
        return {key: one for key, one in made.items() if one not in ({}, [], None)}
    return [_without_empty(one) for one in value] if isinstance(value, list) else value
