"""Activities by the letter of xAPI 1.0.3 (Data 2.4.4.1): their definitions, interactions, and answers to these.

In: parts of a statement, parsed. Out: what is wrong with them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

TAG = re.compile(r"(?:[a-z]{2,8}(?:-[a-z0-9]{1,8})*|x(?:-[a-z0-9]{1,8})+|i-[a-z]+)", re.I)
TYPES = (
    "true-false", "choice", "fill-in", "long-fill-in", "matching",
    "performance", "sequencing", "likert", "numeric", "other",
)  # fmt: skip
LISTS = {
    "choice": ("choices",),
    "sequencing": ("choices",),
    "likert": ("scale",),
    "matching": ("source", "target"),
    "performance": ("steps",),
}


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: a rule's id, where in the statement, what is, and how bad (error or warning)."""

    rule: str
    path: str
    text: str
    severity: str = "error"

    def __str__(self) -> str:
        return f"{self.rule} {self.path}: {self.text}"


def is_iri(value: object) -> bool:
    """An absolute IRI: a scheme, and something after it, without blanks."""
    if not isinstance(value, str) or re.search(r"[\s<>\"{}|\\^`]", value):
        return False
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return bool(re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*", parts.scheme) and value[len(parts.scheme) + 1 :].strip("/"))


def keys(value: Mapping[str, Any], path: str, allowed: set[str]) -> Iterator[Finding]:
    """Properties that xAPI does not know here."""
    for name in value:
        if name not in allowed:
            yield Finding("XAP003", f"{path}.{name}", "is not a property that xAPI knows here")


def language_map(value: Any, path: str) -> Iterator[Finding]:
    """A language map (Data 4.2)."""
    if not isinstance(value, dict):
        yield Finding("XAP006", path, "is not a language map")
        return
    for tag, text in value.items():
        if not TAG.fullmatch(tag):
            yield Finding("XAP006", f"{path}.{tag}", "is not a language tag")
        if not isinstance(text, str):
            yield Finding("XAP003", f"{path}.{tag}", "is not a text")


def extensions(value: Any, path: str) -> Iterator[Finding]:
    """Extensions (Data 4.1): anything, under IRIs."""
    if not isinstance(value, dict):
        yield Finding("XAP003", path, "is not an object")
        return
    for name in value:
        if not is_iri(name):
            yield Finding("XAP021", f"{path}.{name}", "is not named by an IRI")


def activity(value: Any, path: str) -> Iterator[Finding]:
    """An Activity and its definition (Data 2.4.4.1)."""
    if not isinstance(value, dict):
        yield Finding("XAP003", path, "is not an object")
        return
    yield from keys(value, path, {"objectType", "id", "definition"})
    if not is_iri(value.get("id")):
        yield Finding("XAP002", f"{path}.id", "is not an absolute IRI")
    definition = value.get("definition", {})
    if not isinstance(definition, dict):
        yield Finding("XAP003", f"{path}.definition", "is not an object")
        return
    yield from _definition(definition, f"{path}.definition")


def _definition(value: Mapping[str, Any], path: str) -> Iterator[Finding]:
    lists = {"choices", "scale", "source", "target", "steps"}
    known = {"name", "description", "type", "moreInfo", "extensions", "interactionType", "correctResponsesPattern"}
    yield from keys(value, path, known | lists)
    for name in ("name", "description"):
        if name in value:
            yield from language_map(value[name], f"{path}.{name}")
    for name in ("type", "moreInfo"):
        if name in value and not is_iri(value[name]):
            yield Finding("XAP002", f"{path}.{name}", "is not an absolute IRI")
    if "extensions" in value:
        yield from extensions(value["extensions"], f"{path}.extensions")
    kind = value.get("interactionType")
    asks = bool(({"correctResponsesPattern"} | lists) & set(value))
    is_interaction = value.get("type") == "http://adlnet.gov/expapi/activities/cmi.interaction"
    if kind not in TYPES and (kind is not None or asks or is_interaction):
        yield Finding("XAP010", f"{path}.interactionType", f"is {kind!r}, not one of {', '.join(TYPES)}")
        return
    for name in lists & set(value):
        if name not in LISTS.get(str(kind), ()):
            yield Finding("XAP010", f"{path}.{name}", f"does not belong to {kind}")
        yield from _components(value[name], f"{path}.{name}")
    patterns = value.get("correctResponsesPattern", [])
    if not isinstance(patterns, list) or not all(isinstance(text, str) for text in patterns):
        yield Finding("XAP011", f"{path}.correctResponsesPattern", "is not a list of texts")
        return
    for index, text in enumerate(patterns):
        yield from pattern(text, value, f"{path}.correctResponsesPattern[{index}]")


def _components(value: Any, path: str) -> Iterator[Finding]:
    if not isinstance(value, list):
        yield Finding("XAP003", path, "is not a list")
        return
    seen: set[str] = set()
    for index, component in enumerate(value):
        where = f"{path}[{index}]"
        if not isinstance(component, dict) or not isinstance(component.get("id"), str) or not component["id"]:
            yield Finding("XAP003", where, "has no id")
            continue
        yield from keys(component, where, {"id", "description"})
        if component["id"] in seen:
            yield Finding("XAP013", f"{where}.id", f"stands twice: {component['id']}")
        seen.add(component["id"])
        if "description" in component:
            yield from language_map(component["description"], f"{where}.description")


def pattern(text: str, definition: Mapping[str, Any], path: str, *, is_response: bool = False) -> Iterator[Finding]:
    """A response or a correct responses pattern (Data 2.4.4.1, Response Patterns and Interaction Components)."""
    kind = definition.get("interactionType")
    bare = re.sub(r"^(\{(case_matters|order_matters)=(true|false)\}|\{lang=[A-Za-z0-9-]+\})+", "", text)
    if kind == "true-false" and text not in ("true", "false"):
        yield Finding("XAP011", path, f"is {text!r}, neither true nor false")
    elif kind in ("choice", "sequencing"):
        yield from _known(text.split("[,]"), _ids(definition, "choices"), path)
    elif kind == "likert":
        yield from _known([text], _ids(definition, "scale"), path)
    elif kind == "matching":
        pairs = [pair.split("[.]") for pair in text.split("[,]")]
        if any(len(pair) != 2 for pair in pairs):
            yield Finding("XAP011", path, f"{text!r} is not pairs with [.], joined by [,]")
            return
        yield from _known([pair[0] for pair in pairs], _ids(definition, "source"), path)
        yield from _known([pair[1] for pair in pairs], _ids(definition, "target"), path)
    elif kind == "performance":
        steps = [step.split("[.]") for step in bare.split("[,]")]
        if any(len(step) != 2 for step in steps):
            yield Finding("XAP011", path, f"{text!r} is not steps with [.], joined by [,]")
            return
        yield from _known([step[0] for step in steps], _ids(definition, "steps"), path)
    elif kind == "numeric":
        parts = [text] if is_response else text.split("[:]")
        if len(parts) > 2 or not any(parts) or any(part and not _is_number(part) for part in parts):
            yield Finding("XAP011", path, f"{text!r} is not a number{'' if is_response else ' or two with [:]'}")


def _ids(definition: Mapping[str, Any], name: str) -> set[str] | None:
    """The ids of a component list; None where it is not given, and so nothing can be said."""
    listed = definition.get(name)
    if not isinstance(listed, list):
        return None
    return {str(component.get("id")) for component in listed if isinstance(component, dict)}


def _known(ids: list[str], known: set[str] | None, path: str) -> Iterator[Finding]:
    for name in ids:
        if known is not None and name not in known:
            yield Finding("XAP012", path, f"names {name!r}, which is not declared")


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?", text))
