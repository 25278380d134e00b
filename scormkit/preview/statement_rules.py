"""xAPI 1.0.3 by the letter: a statement (parsed JSON) goes in, everything that is wrong with it comes out.

Written from the specification (adlnet/xAPI-Spec, Data) and apart from the code that writes statements, so that a
misreading there is seen here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", re.I)
TAG = re.compile(r"(?:[a-z]{2,8}(?:-[a-z0-9]{1,8})*|x(?:-[a-z0-9]{1,8})+|i-[a-z]+)", re.I)
DURATION = re.compile(
    r"P(?=.)(?:\d+W|(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=.)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.(?P<fraction>\d+))?S)?)?)"
)
STAMP = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2}|[+-]\d{2})")
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
VOIDED = "http://adlnet.gov/expapi/verbs/voided"


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: a rule's id, where in the statement, what is, and how bad (error or warning)."""

    rule: str
    path: str
    text: str
    severity: str = "error"

    def __str__(self) -> str:
        return f"{self.rule} {self.path}: {self.text}"


def check(statement: Any) -> list[Finding]:
    """All findings of one statement; an LRS refuses it where any of them is an error."""
    if not isinstance(statement, dict):
        return [Finding("XAP003", "", "a statement is an object")]
    return list(_statement(statement, ""))


def _statement(value: Mapping[str, Any], path: str, sub: bool = False) -> Iterator[Finding]:
    allowed = {"actor", "verb", "object", "result", "context", "timestamp", "attachments"}
    if sub:
        allowed.add("objectType")
    else:
        allowed |= {"id", "stored", "authority", "version"}
    yield from _keys(value, path, allowed)
    yield from _nulls(value, path)
    for name in ("actor", "verb", "object"):
        if name not in value:
            yield Finding("XAP001", path, f"{name} is missing")
    if "id" in value and not (isinstance(value["id"], str) and UUID.fullmatch(value["id"])):
        yield Finding("XAP007", f"{path}.id", "is not a UUID")
    if "actor" in value:
        yield from actor(value["actor"], f"{path}.actor")
    if "verb" in value:
        yield from _verb(value["verb"], f"{path}.verb")
    if "object" in value:
        yield from _object(value["object"], f"{path}.object", sub)
    if "result" in value:
        yield from _result(value["result"], f"{path}.result")
    if "context" in value:
        yield from _context(value["context"], f"{path}.context", value.get("object"))
    if "timestamp" in value:
        yield from _stamp(value["timestamp"], f"{path}.timestamp")
    if "version" in value and not re.fullmatch(r"1\.0(\.\d+)?", str(value["version"])):
        yield Finding("XAP003", f"{path}.version", "is not 1.0.x")
    if "authority" in value:
        yield from actor(value["authority"], f"{path}.authority")
    yield from _meant_together(value, path)


def _meant_together(value: Mapping[str, Any], path: str) -> Iterator[Finding]:
    """Parts that must fit each other: voiding refers to a statement; answers fit the question (Data 2.3.2, 2.4.4.1)."""
    verb, thing = value.get("verb"), value.get("object")
    kind = thing.get("objectType") if isinstance(thing, dict) else None
    if isinstance(verb, dict) and verb.get("id") == VOIDED and kind != "StatementRef":
        yield Finding("XAP001", f"{path}.object", "voiding needs a StatementRef")
    result = value.get("result")
    definition = thing.get("definition") if isinstance(thing, dict) else None
    if isinstance(result, dict) and isinstance(definition, dict) and isinstance(result.get("response"), str):
        response = result["response"]
        if definition.get("interactionType") in TYPES and response:
            yield from _pattern(response, definition, f"{path}.result.response", is_response=True)


def _keys(value: Mapping[str, Any], path: str, allowed: set[str]) -> Iterator[Finding]:
    for name in value:
        if name not in allowed:
            yield Finding("XAP003", f"{path}.{name}", "is not a property that xAPI knows here")


def _nulls(value: Any, path: str, *, free: bool = False) -> Iterator[Finding]:
    """Data 2.2: no property is null, except inside extensions."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _nulls(inner, f"{path}.{name}", free=free or name == "extensions")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _nulls(inner, f"{path}[{index}]", free=free)
    elif value is None and not free:
        yield Finding("XAP003", path, "is null")


def is_iri(value: object) -> bool:
    """An absolute IRI: a scheme, and something after it, without blanks."""
    if not isinstance(value, str) or re.search(r"[\s<>\"{}|\\^`]", value):
        return False
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return bool(re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*", parts.scheme) and value[len(parts.scheme) + 1 :].strip("/"))


def actor(value: Any, path: str) -> Iterator[Finding]:
    """An Agent or a Group (Data 2.4.2)."""
    if not isinstance(value, dict):
        yield Finding("XAP003", path, "is not an object")
        return
    kind = value.get("objectType", "Agent")
    if kind not in ("Agent", "Group"):
        yield Finding("XAP003", f"{path}.objectType", "is neither Agent nor Group")
    ids = [name for name in ("mbox", "mbox_sha1sum", "openid", "account") if name in value]
    yield from _keys(value, path, {"objectType", "name", "mbox", "mbox_sha1sum", "openid", "account", "member"})
    anonymous = kind == "Group" and not ids and "member" in value
    if len(ids) != 1 and not anonymous:
        yield Finding("XAP008", path, f"has {len(ids)} ways of telling who it is ({', '.join(ids) or 'none'}), not one")
    if "name" in value and not isinstance(value["name"], str):
        yield Finding("XAP003", f"{path}.name", "is not a text")
    if "mbox" in value:
        if not re.fullmatch(r"mailto:[^\s@]+@[^\s@]+", str(value["mbox"])):
            yield Finding("XAP008", f"{path}.mbox", "is not mailto: and an address")
        else:
            yield Finding("XAP009", f"{path}.mbox", "is a personal address; an account says less", "warning")
    if "mbox_sha1sum" in value and not re.fullmatch(r"[0-9a-fA-F]{40}", str(value["mbox_sha1sum"])):
        yield Finding("XAP008", f"{path}.mbox_sha1sum", "is not 40 hexadecimal digits")
    if "openid" in value and not is_iri(value["openid"]):
        yield Finding("XAP008", f"{path}.openid", "is not a URI")
    if "account" in value:
        yield from _account(value["account"], f"{path}.account")
    members = value.get("member", [])
    if not isinstance(members, list) or (kind == "Agent" and "member" in value):
        yield Finding("XAP003", f"{path}.member", "belongs to a Group, as a list of Agents")
        return
    for index, member in enumerate(members):
        yield from actor(member, f"{path}.member[{index}]")


def _account(value: Any, path: str) -> Iterator[Finding]:
    if not isinstance(value, dict) or set(value) != {"homePage", "name"}:
        yield Finding("XAP008", path, "needs homePage and name, and nothing else")
        return
    if not is_iri(value["homePage"]):
        yield Finding("XAP008", f"{path}.homePage", "is not an IRL")
    if not isinstance(value["name"], str) or not value["name"]:
        yield Finding("XAP008", f"{path}.name", "is not a text")


def _map(value: Any, path: str) -> Iterator[Finding]:
    """A language map (Data 4.2)."""
    if not isinstance(value, dict):
        yield Finding("XAP006", path, "is not a language map")
        return
    for tag, text in value.items():
        if not TAG.fullmatch(tag):
            yield Finding("XAP006", f"{path}.{tag}", "is not a language tag")
        if not isinstance(text, str):
            yield Finding("XAP003", f"{path}.{tag}", "is not a text")


def _verb(value: Any, path: str) -> Iterator[Finding]:
    if not isinstance(value, dict):
        yield Finding("XAP003", path, "is not an object")
        return
    yield from _keys(value, path, {"id", "display"})
    if not is_iri(value.get("id")):
        yield Finding("XAP002", f"{path}.id", "is not an absolute IRI")
    if "display" in value:
        yield from _map(value["display"], f"{path}.display")
    else:
        yield Finding("XAP005", path, "has no display", "warning")


def _object(value: Any, path: str, sub: bool) -> Iterator[Finding]:
    if not isinstance(value, dict):
        yield Finding("XAP003", path, "is not an object")
        return
    kind = value.get("objectType", "Activity")
    if kind == "Activity":
        yield from activity(value, path)
    elif kind in ("Agent", "Group"):
        yield from actor(value, path)
    elif kind == "StatementRef":
        yield from _reference(value, path)
    elif kind == "SubStatement" and not sub:
        yield from _statement(value, path, sub=True)
    else:
        yield Finding("XAP003", f"{path}.objectType", f"cannot be {kind!r} here")


def _reference(value: Any, path: str) -> Iterator[Finding]:
    if not isinstance(value, dict) or set(value) != {"objectType", "id"} or not UUID.fullmatch(str(value["id"])):
        yield Finding("XAP007", path, "is not a StatementRef with the UUID of a statement")


def activity(value: Any, path: str) -> Iterator[Finding]:
    """An Activity and its definition (Data 2.4.4.1)."""
    if not isinstance(value, dict):
        yield Finding("XAP003", path, "is not an object")
        return
    yield from _keys(value, path, {"objectType", "id", "definition"})
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
    yield from _keys(value, path, known | lists)
    for name in ("name", "description"):
        if name in value:
            yield from _map(value[name], f"{path}.{name}")
    for name in ("type", "moreInfo"):
        if name in value and not is_iri(value[name]):
            yield Finding("XAP002", f"{path}.{name}", "is not an absolute IRI")
    if "extensions" in value:
        yield from _extensions(value["extensions"], f"{path}.extensions")
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
    if not isinstance(patterns, list) or not all(isinstance(pattern, str) for pattern in patterns):
        yield Finding("XAP011", f"{path}.correctResponsesPattern", "is not a list of texts")
        return
    for index, pattern in enumerate(patterns):
        yield from _pattern(pattern, value, f"{path}.correctResponsesPattern[{index}]")


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
        yield from _keys(component, where, {"id", "description"})
        if component["id"] in seen:
            yield Finding("XAP013", f"{where}.id", f"stands twice: {component['id']}")
        seen.add(component["id"])
        if "description" in component:
            yield from _map(component["description"], f"{where}.description")


def _ids(definition: Mapping[str, Any], name: str) -> set[str] | None:
    """The ids of a component list; None where it is not given, and so nothing can be said."""
    listed = definition.get(name)
    if not isinstance(listed, list):
        return None
    return {str(component.get("id")) for component in listed if isinstance(component, dict)}


def _pattern(text: str, definition: Mapping[str, Any], path: str, *, is_response: bool = False) -> Iterator[Finding]:
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


def _known(ids: list[str], known: set[str] | None, path: str) -> Iterator[Finding]:
    for name in ids:
        if known is not None and name not in known:
            yield Finding("XAP012", path, f"names {name!r}, which is not declared")


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?", text))


def _result(value: Any, path: str) -> Iterator[Finding]:
    if not isinstance(value, dict):
        yield Finding("XAP003", path, "is not an object")
        return
    yield from _keys(value, path, {"score", "success", "completion", "response", "duration", "extensions"})
    for name in ("success", "completion"):
        if name in value and not isinstance(value[name], bool):
            yield Finding("XAP003", f"{path}.{name}", "is not true or false")
    if "response" in value and not isinstance(value["response"], str):
        yield Finding("XAP003", f"{path}.response", "is not a text")
    if "duration" in value:
        match = DURATION.fullmatch(str(value["duration"]))
        if not match:
            yield Finding("XAP014", f"{path}.duration", f"{value['duration']!r} is not an ISO 8601 duration")
        elif len(match["fraction"] or "") > 2:
            yield Finding("XAP015", f"{path}.duration", "is finer than 0.01 s", "warning")
    if "extensions" in value:
        yield from _extensions(value["extensions"], f"{path}.extensions")
    if "score" in value:
        yield from _score(value["score"], f"{path}.score")


def _score(value: Any, path: str) -> Iterator[Finding]:
    if not isinstance(value, dict):
        yield Finding("XAP003", path, "is not an object")
        return
    yield from _keys(value, path, {"scaled", "raw", "min", "max"})
    for name, number in value.items():
        if isinstance(number, bool) or not isinstance(number, int | float):
            yield Finding("XAP003", f"{path}.{name}", "is not a number")
            return
    if "scaled" in value and not -1 <= value["scaled"] <= 1:
        yield Finding("XAP016", f"{path}.scaled", "is not from -1 to 1")
    low, high, raw = value.get("min"), value.get("max"), value.get("raw")
    if low is not None and high is not None and low >= high:
        yield Finding("XAP017", path, "min is not below max")
    if raw is not None and ((low is not None and raw < low) or (high is not None and raw > high)):
        yield Finding("XAP017", f"{path}.raw", "is outside min and max")


def _context(value: Any, path: str, thing: Any) -> Iterator[Finding]:
    if not isinstance(value, dict):
        yield Finding("XAP003", path, "is not an object")
        return
    known = {
        "registration", "instructor", "team", "contextActivities", "revision", "platform", "language", "statement",
        "extensions",
    }  # fmt: skip
    yield from _keys(value, path, known)
    if "registration" in value and not UUID.fullmatch(str(value["registration"])):
        yield Finding("XAP019", f"{path}.registration", "is not a UUID")
    for name in ("instructor", "team"):
        if name in value:
            yield from actor(value[name], f"{path}.{name}")
    kind = thing.get("objectType", "Activity") if isinstance(thing, dict) else "Activity"
    for name in ("revision", "platform"):
        if name in value and kind != "Activity":
            yield Finding("XAP003", f"{path}.{name}", "is only for statements about an activity")
        if name in value and not isinstance(value[name], str):
            yield Finding("XAP003", f"{path}.{name}", "is not a text")
    if "language" in value and not TAG.fullmatch(str(value["language"])):
        yield Finding("XAP006", f"{path}.language", "is not a language tag")
    if "statement" in value:
        yield from _reference(value["statement"], f"{path}.statement")
    if "extensions" in value:
        yield from _extensions(value["extensions"], f"{path}.extensions")
    yield from _context_activities(value.get("contextActivities", {}), f"{path}.contextActivities")


def _context_activities(value: Any, path: str) -> Iterator[Finding]:
    if not isinstance(value, dict):
        yield Finding("XAP003", path, "is not an object")
        return
    for name, listed in value.items():
        if name not in ("parent", "grouping", "category", "other"):
            yield Finding("XAP020", f"{path}.{name}", "is not parent, grouping, category or other")
            continue
        for index, inner in enumerate(listed if isinstance(listed, list) else [listed]):
            yield from activity(inner, f"{path}.{name}[{index}]")


def _extensions(value: Any, path: str) -> Iterator[Finding]:
    if not isinstance(value, dict):
        yield Finding("XAP003", path, "is not an object")
        return
    for name in value:
        if not is_iri(name):
            yield Finding("XAP021", f"{path}.{name}", "is not named by an IRI")


def _stamp(value: Any, path: str) -> Iterator[Finding]:
    text = str(value)
    wrong = not STAMP.fullmatch(text) or text.endswith(("-00:00", "-0000", "-00"))
    if not wrong:
        try:
            datetime.fromisoformat(text)
        except ValueError:
            wrong = True
    if wrong:
        yield Finding("XAP018", path, f"{text!r} is not an RFC 3339 time with a zone")
