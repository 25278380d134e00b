"""xAPI 1.0.3 by the letter: a statement (parsed JSON) goes in, everything that is wrong with it comes out.

Written from the specification (adlnet/xAPI-Spec, Data) and apart from the code that writes statements, so that a
misreading there is seen here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from scormkit.preview.activity_rules import (
    TAG,
    TYPES,
    Finding,
    activity,
    extensions,
    is_iri,
    keys,
    language_map,
    pattern,
)

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", re.I)
DURATION = re.compile(
    r"P(?=.)(?:\d+W|(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=.)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.(?P<fraction>\d+))?S)?)?)"
)
STAMP = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2}|[+-]\d{2})")
VOIDED = "http://adlnet.gov/expapi/verbs/voided"


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
    yield from keys(value, path, allowed)
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
            yield from pattern(response, definition, f"{path}.result.response", is_response=True)


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


def actor(value: Any, path: str) -> Iterator[Finding]:
    """An Agent or a Group (Data 2.4.2)."""
    if not isinstance(value, dict):
        yield Finding("XAP003", path, "is not an object")
        return
    kind = value.get("objectType", "Agent")
    if kind not in ("Agent", "Group"):
        yield Finding("XAP003", f"{path}.objectType", "is neither Agent nor Group")
    ids = [name for name in ("mbox", "mbox_sha1sum", "openid", "account") if name in value]
    yield from keys(value, path, {"objectType", "name", "mbox", "mbox_sha1sum", "openid", "account", "member"})
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


def _verb(value: Any, path: str) -> Iterator[Finding]:
    if not isinstance(value, dict):
        yield Finding("XAP003", path, "is not an object")
        return
    yield from keys(value, path, {"id", "display"})
    if not is_iri(value.get("id")):
        yield Finding("XAP002", f"{path}.id", "is not an absolute IRI")
    if "display" in value:
        yield from language_map(value["display"], f"{path}.display")
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


def _result(value: Any, path: str) -> Iterator[Finding]:
    if not isinstance(value, dict):
        yield Finding("XAP003", path, "is not an object")
        return
    yield from keys(value, path, {"score", "success", "completion", "response", "duration", "extensions"})
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
        yield from extensions(value["extensions"], f"{path}.extensions")
    if "score" in value:
        yield from _score(value["score"], f"{path}.score")


def _score(value: Any, path: str) -> Iterator[Finding]:
    if not isinstance(value, dict):
        yield Finding("XAP003", path, "is not an object")
        return
    yield from keys(value, path, {"scaled", "raw", "min", "max"})
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
    yield from keys(value, path, known)
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
        yield from extensions(value["extensions"], f"{path}.extensions")
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
