"""Whether xAPI data are what the standard wants: activities and statements in as JSON data, ValueError out.

It finds what `tincan` lets through in what scormkit builds; the emulated LRS has rules of its own. Clauses are of xAPI 1.0.3 Data.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from scormkit.standards.vocabularies import ACTIVITY_TYPES, COMPONENTS

_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*|x(-[A-Za-z0-9]{1,8})+")
_DURATION = re.compile(r"PT(?=.)(\d+H)?(\d+M)?(\d+(\.\d{1,2})?S)?")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def verify_statement(statement: Mapping[str, Any]) -> None:
    """Raises ValueError with everything that is wrong with a statement that scormkit made."""
    _tell(_statement(statement))


def verify_activity(activity: Mapping[str, Any]) -> None:
    """Raises ValueError with everything that is wrong with an activity and its definition."""
    _tell(_activity(activity))


def _tell(faults: Iterable[str]) -> None:
    if found := list(faults):
        raise ValueError("; ".join(found))


def _statement(statement: Mapping[str, Any]) -> Iterator[str]:
    if missing := {"id", "actor", "verb", "object", "timestamp"} - set(statement):
        yield f"without {', '.join(sorted(missing))} (2.4)"
        return
    if not _is_uuid(statement["id"]):
        yield f"the id {statement['id']!r} is not a UUID (2.4.1)"
    yield from _actor(statement["actor"])
    if not is_iri(statement["verb"].get("id")):
        yield f"the verb {statement['verb'].get('id')!r} is not an absolute IRI (2.4.3)"
    yield from _language_map("verb.display", statement["verb"].get("display", {}))
    yield from _activity(statement["object"])
    yield from _result(statement.get("result", {}))
    yield from _context(statement.get("context", {}))
    try:
        zone = datetime.fromisoformat(statement["timestamp"]).tzinfo
    except (TypeError, ValueError):
        zone = None
    if zone is None:
        yield f"the timestamp {statement['timestamp']!r} is not a moment with a time zone (4.5)"


def _actor(actor: Mapping[str, Any]) -> Iterator[str]:
    identifiers = [name for name in ("mbox", "mbox_sha1sum", "openid", "account") if name in actor]
    if len(identifiers) != 1:
        yield f"the actor has {len(identifiers)} identifiers instead of one (2.4.2.1)"
    if "mbox" in actor and not re.fullmatch(r"mailto:[^@\s]+@[^@\s]+", str(actor["mbox"])):
        yield f"the mbox {actor['mbox']!r} is not a mailto IRI (2.4.2.3)"
    account = actor.get("account", {})
    if "account" in actor and not (is_iri(account.get("homePage")) and account.get("name")):
        yield "the account has no homePage or no name (2.4.2.4)"


def _activity(activity: Mapping[str, Any]) -> Iterator[str]:
    if not is_iri(activity.get("id")):
        yield f"the activity {activity.get('id')!r} is not an absolute IRI (2.4.4.1)"
    definition = activity.get("definition", {})
    if "type" in definition and not is_iri(definition["type"]):
        yield f"the type {definition['type']!r} is not an absolute IRI (2.4.4.1)"
    for name in ("name", "description"):
        yield from _language_map(name, definition.get(name, {}))
    kind = definition.get("interactionType")
    if kind is None and definition.get("type") == ACTIVITY_TYPES["question"]:
        yield "a question without an interactionType (2.4.4.1)"
    elif kind is not None and kind not in COMPONENTS:
        yield f"the interactionType {kind!r} does not exist (2.4.4.1)"
    elif kind is not None:
        yield from _interaction(kind, definition)


def _interaction(kind: str, definition: Mapping[str, Any]) -> Iterator[str]:
    ids: dict[str, set[str]] = {}
    for part in ("choices", "scale", "source", "target", "steps"):
        components = definition.get(part, [])
        if components and part not in COMPONENTS[kind]:
            yield f"{kind} has no {part} (2.4.4.1, Interaction Components)"
        named = [component.get("id") for component in components]
        if len(set(named)) < len(named):
            yield f"two {part} have the same id (2.4.4.1, Interaction Components)"
        ids[part] = set(named)
        for component in components:
            yield from _language_map(part, component.get("description", {}))
    for pattern in definition.get("correctResponsesPattern", []):
        if fault := _pattern_fault(kind, pattern, ids):
            yield f"the pattern {pattern!r} {fault} (2.4.4.1, Response Patterns)"


def _pattern_fault(kind: str, pattern: str, ids: Mapping[str, set[str]]) -> str:
    items = pattern.split("[,]")
    pairs = [item.partition("[.]") for item in items]
    match kind:
        case "true-false":
            return "" if pattern in ("true", "false") else "is neither true nor false"
        case "choice" | "sequencing":
            return "" if set(items) <= ids["choices"] else "names no choice"
        case "likert":
            return "" if pattern in ids["scale"] else "names nothing on the scale"
        case "matching":
            known = all(source in ids["source"] and target in ids["target"] for source, _, target in pairs)
            return "" if known else "names no source or no target"
        case "performance":
            return "" if all(step in ids["steps"] for step, _, _ in pairs) else "names no step"
        case "numeric":
            ends = pattern.split("[:]")
            return "" if len(ends) <= 2 and all(_NUMBER.fullmatch(end) for end in ends if end) else "is not a range"
        case _:
            return ""


def _result(result: Mapping[str, Any]) -> Iterator[str]:
    score = result.get("score", {})
    if "scaled" in score and not -1 <= score["scaled"] <= 1:
        yield f"the scaled score {score['scaled']} is not between -1 and 1 (2.4.5.1)"
    low, high, raw = (score.get(name) for name in ("min", "max", "raw"))
    if low is not None and high is not None and low >= high:
        yield f"the lowest score {low} is not below the highest {high} (2.4.5.1)"
    if raw is not None and ((low is not None and raw < low) or (high is not None and raw > high)):
        yield f"the score {raw} is not between {low} and {high} (2.4.5.1)"
    for name in ("success", "completion"):
        if not isinstance(result.get(name, True), bool):
            yield f"{name} is neither true nor false (2.4.5)"
    if "duration" in result and not _DURATION.fullmatch(result["duration"]):
        yield f"the duration {result['duration']!r} is not ISO 8601 to a hundredth of a second (4.6)"
    yield from (f"the extension {key!r} is not an IRI (4.1)" for key in result.get("extensions", {}) if not is_iri(key))


def _context(context: Mapping[str, Any]) -> Iterator[str]:
    if "registration" in context and not _is_uuid(context["registration"]):
        yield f"the registration {context['registration']!r} is not a UUID (2.4.6.1)"
    if "language" in context and not _TAG.fullmatch(context["language"]):
        yield f"the language {context['language']!r} is not a language tag (2.4.6)"
    for name, activities in context.get("contextActivities", {}).items():
        if name not in ("parent", "grouping", "category", "other"):
            yield f"contextActivities has no {name!r} (2.4.6.2)"
        for activity in activities:
            yield from _activity(activity)
    yield from (
        f"the extension {key!r} is not an IRI (4.1)" for key in context.get("extensions", {}) if not is_iri(key)
    )


def _language_map(name: str, said: Mapping[str, str]) -> Iterator[str]:
    for tag, text in said.items():
        if not _TAG.fullmatch(tag):
            yield f"{name}: {tag!r} is not a language tag (4.2)"
        if not text:
            yield f"{name}: nothing is said (2.2)"


def is_iri(value: object) -> bool:
    """Whether `value` is an absolute IRI (RFC 3987): a scheme, something after it, no blanks and no brackets."""
    if not isinstance(value, str) or re.search(r"[\s<>\"{}|\\^`]", value):
        return False
    if not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:.", value):
        return False
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return bool(parts.netloc) if parts.scheme.lower() in ("http", "https") else True


def _is_uuid(value: object) -> bool:
    try:
        return isinstance(value, str) and str(UUID(value)) == value.lower()
    except ValueError:
        return False
