"""XAP010-013: activities and their questions (xAPI 1.0.3 Data, 2.4.4.1)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from scormkit.check.package import statementrules as rules
from scormkit.check.package import statements
from scormkit.check.package.tincan import is_iri
from scormkit.standards import xapi

if TYPE_CHECKING:
    from scormkit.check.package.statements import Finding

DEFINITION = ("name", "description", "type", "moreInfo", "interactionType", "correctResponsesPattern", "extensions",
              *xapi.COMPONENTS)  # fmt: skip
NUMBER = r"-?\d+(?:\.\d+)?"
PARAMETERS = re.compile(r"^(?:\{(?:lang=[A-Za-z0-9-]+|case_matters=(?:true|false)|order_matters=(?:true|false))\})+")


def activity(value: dict[str, Any], path: str) -> Iterator[Finding]:
    """An Activity with its definition."""
    yield from statements.keys(value, path, ("objectType", "id", "definition"))
    iri = value.get("id")
    if not (isinstance(iri, str) and is_iri(iri)):
        yield statements.finding(rules.IRI, statements.join(path, "id"), iri or "")
    definition = value.get("definition")
    if definition is not None:
        yield from _definition(definition, statements.join(path, "definition"))


def _definition(value: Any, path: str) -> Iterator[Finding]:
    if not isinstance(value, dict):
        yield statements.finding(rules.TYPE, path, what="is not an object")
        return
    yield from statements.keys(value, path, DEFINITION)
    for name in ("name", "description"):
        if value.get(name) is not None:
            yield from statements.language_map(value[name], statements.join(path, name))
    for name in ("type", "moreInfo"):
        if value.get(name) is not None and not (isinstance(value[name], str) and is_iri(value[name])):
            yield statements.finding(rules.IRI, statements.join(path, name), value[name])
    if "extensions" in value:
        yield from statements.extensions(value["extensions"], statements.join(path, "extensions"))
    yield from _question(value, path)


def _question(value: dict[str, Any], path: str) -> Iterator[Finding]:
    kind = value.get("interactionType")
    allowed = ", ".join(xapi.INTERACTIONS)
    asked = [name for name in ("correctResponsesPattern", *xapi.COMPONENTS) if name in value]
    if kind is None:
        if value.get("type") == xapi.INTERACTION_TYPE or asked:
            yield statements.finding(rules.INTERACTION, path, what="has no interactionType", allowed=allowed)
        return
    if not isinstance(kind, str) or kind not in xapi.INTERACTIONS:
        where = statements.join(path, "interactionType")
        yield statements.finding(rules.INTERACTION, where, what=f"is {kind!r}", allowed=allowed)
        return
    for name in xapi.COMPONENTS:
        if name in value:
            yield from _components(value[name], statements.join(path, name))
    patterns = value.get("correctResponsesPattern")
    if patterns is None:
        return
    if not isinstance(patterns, list):
        yield statements.finding(rules.TYPE, statements.join(path, "correctResponsesPattern"), what="is not a list")
        return
    for number, pattern in enumerate(patterns):
        where = f"{path}.correctResponsesPattern[{number}]"
        yield from _answer(pattern, value, where, is_pattern=True)


def _components(value: Any, path: str) -> Iterator[Finding]:
    if not isinstance(value, list):
        yield statements.finding(rules.TYPE, path, what="is not a list")
        return
    for number, one in enumerate(value):
        if not isinstance(one, dict) or not isinstance(one.get("id"), str) or not one["id"]:
            yield statements.finding(rules.TYPE, f"{path}[{number}]", what="is no component with an id")
        elif one.get("description") is not None:
            yield from statements.language_map(one["description"], f"{path}[{number}].description")
    counted = Counter(one["id"] for one in value if isinstance(one, dict) and isinstance(one.get("id"), str))
    for identifier in (identifier for identifier, count in counted.items() if count > 1):
        yield statements.finding(rules.SAME_COMPONENT, path, identifier)


def response(thing: dict[str, Any], result: dict[str, Any], path: str) -> Iterator[Finding]:
    """The answer in a result, against the question in the object."""
    definition, answer = thing.get("definition"), result.get("response")
    if not isinstance(definition, dict) or not isinstance(answer, str):
        return
    kind = definition.get("interactionType")
    if isinstance(kind, str) and kind in xapi.INTERACTIONS:
        yield from _answer(answer, definition, statements.join(path, "result.response"), is_pattern=False)


def _answer(answer: Any, definition: dict[str, Any], path: str, is_pattern: bool) -> Iterator[Finding]:
    """The form of a response or pattern, and that the ids in it exist."""
    kind = definition["interactionType"]
    if not isinstance(answer, str) or not _fits(kind, answer, is_pattern):
        yield statements.finding(rules.PATTERN, path, answer if answer is not None else "null", kind=kind)
        return
    for name, used in _named(kind, PARAMETERS.sub("", answer)):
        known = definition.get(name)
        if not isinstance(known, list) or not used:
            continue
        identifiers = [one.get("id") for one in known if isinstance(one, dict)]
        if used not in identifiers:
            yield statements.finding(rules.COMPONENT, path, used, components=name)


def _fits(kind: str, answer: str, is_pattern: bool) -> bool:
    if kind == "true-false":
        return answer in ("true", "false")
    if kind == "numeric":
        span = rf"(?:{NUMBER})?\[:\](?:{NUMBER})?"
        return bool(re.fullmatch(rf"{NUMBER}|{span}" if is_pattern else NUMBER, answer))
    if kind in ("matching", "performance"):
        return (
            all(piece.count("[.]") == 1 for piece in PARAMETERS.sub("", answer).split("[,]"))
            if answer
            else not is_pattern
        )
    if kind == "likert":
        return "[,]" not in answer
    return True


def _named(kind: str, answer: str) -> Iterator[tuple[str, str]]:
    """The components that an answer names: where they are listed, and their ids."""
    pieces = answer.split("[,]") if answer else []
    if kind in ("choice", "sequencing"):
        yield from (("choices", piece) for piece in pieces)
    elif kind == "likert":
        yield from (("scale", piece) for piece in pieces)
    elif kind == "matching":
        for piece in pieces:
            source, _, target = piece.partition("[.]")
            yield from (("source", source), ("target", target))
    elif kind == "performance":
        yield from (("steps", piece.partition("[.]")[0]) for piece in pieces)
