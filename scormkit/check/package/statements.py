"""XAP rules: xAPI statements by the letter (xAPI 1.0.3 Data). JSON values in, findings with their paths out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from scormkit.check.package import activities
from scormkit.check.package import statementrules as rules
from scormkit.check.package.tincan import is_iri
from scormkit.model.problem import Rule
from scormkit.standards import xapi

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", re.I)
TAG = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
ISO_DURATION = re.compile(
    r"P(?!$)(?:\d+W|(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.(\d+))?S)?)?)"
)
RFC3339 = re.compile(r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]\d{2}:?\d{2}|[+-]\d{2})")
IFIS = ("mbox", "mbox_sha1sum", "openid", "account")
STATEMENT = ("id", "actor", "verb", "object", "result", "context", "timestamp", "stored", "authority", "version",
             "attachments")  # fmt: skip
SUB_STATEMENT = ("objectType", "actor", "verb", "object", "result", "context", "timestamp", "attachments")
CONTEXT_KEYS = ("registration", "instructor", "team", "contextActivities", "revision", "platform", "language", "statement",
                "extensions")  # fmt: skip


@dataclass(frozen=True)
class Finding:
    """What is wrong with one value, and the words for the rule's names (`path` among them)."""

    rule: Rule
    values: dict[str, Any] = field(default_factory=dict)


def finding(rule: Rule, path: str, *value: Any, **more: Any) -> Finding:
    """A Finding; the value, where there is one, is shown cut to a readable length."""
    shown = {"value": repr(value[0])[:80]} if value else {}
    return Finding(rule, {"path": path or "the statement", **shown, **more})


def statement(value: Any) -> list[Finding]:
    """Everything that is wrong with one statement."""
    if not isinstance(value, dict):
        return [finding(rules.TYPE, "", what="is not an object")]
    try:
        return list(_whole(value))
    except RecursionError:
        return [finding(rules.TYPE, "", what="is nested too deeply")]


def _whole(value: dict[str, Any]) -> Iterator[Finding]:
    yield from _statement(value, "", STATEMENT)
    if "id" in value and not _is_uuid(value["id"]):
        yield finding(rules.ID, "id", value["id"])
    if "authority" in value:
        yield from actor(value["authority"], "authority")
    if "version" in value and not (isinstance(value["version"], str) and value["version"].startswith("1.0")):
        yield finding(rules.TYPE, "version", what="is not 1.0.x")


def _statement(value: dict[str, Any], path: str, allowed: tuple[str, ...]) -> Iterator[Finding]:
    yield from nothing(value, path)
    yield from keys(value, path, allowed)
    for name in ("actor", "verb", "object"):
        if name not in value:
            yield finding(rules.INCOMPLETE, path, name=name)
    readers = {"actor": actor, "verb": _verb, "object": _object, "result": _result, "context": _context}
    for name, reader in readers.items():
        if value.get(name) is not None:
            yield from reader(value[name], join(path, name))
    for name in ("timestamp", "stored"):
        if value.get(name) is not None and not is_timestamp(value[name]):
            yield finding(rules.TIMESTAMP, join(path, name), value[name])
    if isinstance(value.get("object"), dict) and isinstance(value.get("result"), dict):
        yield from activities.response(value["object"], value["result"], path)


def join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def nothing(value: Any, path: str) -> Iterator[Finding]:
    """Data 2.2: null is allowed nowhere but inside extensions."""
    waiting = [(value, path)]
    while waiting:
        here, way = waiting.pop()
        if isinstance(here, dict):
            for name, inner in here.items():
                if inner is None:
                    yield finding(rules.TYPE, join(way, name), what="is null")
                elif name != "extensions":
                    waiting.append((inner, join(way, name)))
        elif isinstance(here, list):
            waiting += [(inner, f"{way}[{number}]") for number, inner in enumerate(here)]


def keys(value: dict[str, Any], path: str, allowed: tuple[str, ...]) -> Iterator[Finding]:
    for name in value:
        if name not in allowed:
            yield finding(rules.TYPE, join(path, name), what="is no property of xAPI")


def language_map(value: Any, path: str) -> Iterator[Finding]:
    if not isinstance(value, dict):
        yield finding(rules.TYPE, path, what="is not a language map")
        return
    for name, text in value.items():
        if not TAG.fullmatch(name):
            yield finding(rules.LANGUAGE, path, name)
        elif text is not None and not isinstance(text, str):
            yield finding(rules.TYPE, join(path, name), what="is not text")


def extensions(value: Any, path: str) -> Iterator[Finding]:
    if not isinstance(value, dict):
        yield finding(rules.TYPE, path, what="is not an object")
        return
    for name in value:
        if not is_iri(name):
            yield finding(rules.EXTENSION, path, name)


def actor(value: Any, path: str) -> Iterator[Finding]:
    """An Agent, or a Group with members or an identifier (Data 2.4.2)."""
    if not isinstance(value, dict):
        yield finding(rules.TYPE, path, what="is not an object")
        return
    kind = value.get("objectType", "Agent")
    if kind not in ("Agent", "Group"):
        yield finding(rules.TYPE, join(path, "objectType"), what=f"is {kind!r}, not Agent or Group")
    yield from keys(value, path, ("objectType", "name", "member", *IFIS))
    count = sum(1 for name in IFIS if name in value)
    members = value.get("member")
    if count > 1 or (count == 0 and not (kind == "Group" and isinstance(members, list) and members)):
        yield finding(rules.IDENTIFIERS, path, count=count)
    if isinstance(members, list):
        for number, member in enumerate(members):
            yield from actor(member, f"{path}.member[{number}]")
    yield from _identifier(value, path)


def _identifier(value: dict[str, Any], path: str) -> Iterator[Finding]:
    mbox = value.get("mbox")
    if isinstance(mbox, str) and re.fullmatch(r"mailto:[^\s@]+@[^\s@]+", mbox):
        if not re.search(r"@(example\.(com|org|net)|[\w.-]+\.(test|invalid|example))$", mbox):
            yield finding(rules.PERSONAL, join(path, "mbox"))
    elif mbox is not None:
        yield finding(rules.TYPE, join(path, "mbox"), what="is not mailto: with an e-mail address")
    digest = value.get("mbox_sha1sum")
    if digest is not None and not (isinstance(digest, str) and re.fullmatch(r"[0-9a-fA-F]{40}", digest)):
        yield finding(rules.TYPE, join(path, "mbox_sha1sum"), what="is not a SHA-1 sum")
    if value.get("openid") is not None and not (isinstance(value["openid"], str) and is_iri(value["openid"])):
        yield finding(rules.IRI, join(path, "openid"), value["openid"])
    account = value.get("account")
    if account is None:
        return
    if not isinstance(account, dict):
        yield finding(rules.TYPE, join(path, "account"), what="is not an object")
        return
    home, name = account.get("homePage"), account.get("name")
    if not (isinstance(home, str) and is_iri(home)):
        yield finding(rules.IRI, join(path, "account.homePage"), home or "")
    if not (isinstance(name, str) and name):
        yield finding(rules.TYPE, join(path, "account.name"), what="is missing or empty")


def _verb(value: Any, path: str) -> Iterator[Finding]:
    if not isinstance(value, dict):
        yield finding(rules.TYPE, path, what="is not an object")
        return
    yield from keys(value, path, ("id", "display"))
    iri = value.get("id")
    if not (isinstance(iri, str) and is_iri(iri)):
        yield finding(rules.IRI, join(path, "id"), iri or "")
    elif not (iri.startswith(xapi.VERB_HOMES) and _is_known(iri)):
        yield finding(rules.VERB, join(path, "id"), iri)
    if not value.get("display"):
        yield finding(rules.DISPLAY, path)
    else:
        yield from language_map(value["display"], join(path, "display"))


def _is_known(iri: str) -> bool:
    return not iri.startswith(xapi.VERBS) or iri.removeprefix(xapi.VERBS) in xapi.ADL_VERBS


def _object(value: Any, path: str) -> Iterator[Finding]:
    if not isinstance(value, dict):
        yield finding(rules.TYPE, path, what="is not an object")
        return
    kind = str(value.get("objectType", "Activity"))
    if kind == "Activity":
        yield from activities.activity(value, path)
    elif kind in ("Agent", "Group"):
        yield from actor(value, path)
    elif kind == "StatementRef":
        yield from keys(value, path, ("objectType", "id"))
        if not _is_uuid(value.get("id")):
            yield finding(rules.ID, join(path, "id"), value.get("id") or "")
    elif kind == "SubStatement":
        yield from _statement(value, path, SUB_STATEMENT)
        inner = value.get("object")
        if isinstance(inner, dict) and inner.get("objectType") == "SubStatement":
            yield finding(rules.TYPE, join(path, "object"), what="is a SubStatement inside a SubStatement")
    else:
        yield finding(rules.TYPE, join(path, "objectType"), what=f"is {kind!r}")


def _result(value: Any, path: str) -> Iterator[Finding]:
    if not isinstance(value, dict):
        yield finding(rules.TYPE, path, what="is not an object")
        return
    yield from keys(value, path, ("score", "success", "completion", "response", "duration", "extensions"))
    for name, kind, what in (
        ("success", bool, "true or false"),
        ("completion", bool, "true or false"),
        ("response", str, "text"),
    ):
        if value.get(name) is not None and not isinstance(value[name], kind):
            yield finding(rules.TYPE, join(path, name), what=f"is not {what}")
    duration = value.get("duration")
    if duration is not None:
        match = ISO_DURATION.fullmatch(duration) if isinstance(duration, str) else None
        if not match:
            yield finding(rules.DURATION, join(path, "duration"), duration)
        elif match.group(1) and len(match.group(1).rstrip("0")) > 2:
            yield finding(rules.PRECISION, join(path, "duration"), duration)
    if value.get("score") is not None:
        yield from _score(value["score"], join(path, "score"))
    if "extensions" in value:
        yield from extensions(value["extensions"], join(path, "extensions"))


def _score(value: Any, path: str) -> Iterator[Finding]:
    if not isinstance(value, dict):
        yield finding(rules.TYPE, path, what="is not an object")
        return
    yield from keys(value, path, ("scaled", "raw", "min", "max"))
    numbers = {n: v for n, v in value.items() if isinstance(v, int | float) and not isinstance(v, bool)}
    for name in ("scaled", "raw", "min", "max"):
        if value.get(name) is not None and name not in numbers:
            yield finding(rules.TYPE, join(path, name), what="is not a number")
    if "scaled" in numbers and not -1 <= numbers["scaled"] <= 1:
        yield finding(rules.SCALED, join(path, "scaled"), numbers["scaled"])
    low, high, raw = (numbers.get(name) for name in ("min", "max", "raw"))
    if low is not None and high is not None and low >= high:
        yield finding(rules.RAW, path, what=f"min {low} is not below max {high}")
    elif raw is not None and ((low is not None and raw < low) or (high is not None and raw > high)):
        yield finding(rules.RAW, path, what=f"raw {raw} is outside min and max")


def _context(value: Any, path: str) -> Iterator[Finding]:
    if not isinstance(value, dict):
        yield finding(rules.TYPE, path, what="is not an object")
        return
    yield from keys(value, path, CONTEXT_KEYS)
    registration = value.get("registration")
    if registration is not None and not _is_uuid(registration):
        yield finding(rules.REGISTRATION, join(path, "registration"), registration)
    language = value.get("language")
    if language is not None and not (isinstance(language, str) and TAG.fullmatch(language)):
        yield finding(rules.LANGUAGE, path, language)
    for name in ("instructor", "team"):
        if value.get(name) is not None:
            yield from actor(value[name], join(path, name))
    if value.get("contextActivities") is not None:
        yield from _context_activities(value["contextActivities"], join(path, "contextActivities"))
    if "extensions" in value:
        yield from extensions(value["extensions"], join(path, "extensions"))


def _context_activities(value: Any, path: str) -> Iterator[Finding]:
    if not isinstance(value, dict):
        yield finding(rules.TYPE, path, what="is not an object")
        return
    for name, listed in value.items():
        if name not in ("parent", "grouping", "category", "other"):
            yield finding(rules.CONTEXT, path, name)
            continue
        for number, one in enumerate(listed if isinstance(listed, list) else [listed]):
            if isinstance(one, dict):
                yield from activities.activity(one, f"{path}.{name}[{number}]")
            else:
                yield finding(rules.TYPE, f"{path}.{name}[{number}]", what="is not an activity")


def is_timestamp(value: Any) -> bool:
    """RFC 3339, with a real day and time, and not -00:00 (Data 4.5)."""
    if not isinstance(value, str) or not RFC3339.fullmatch(value) or re.search(r"-00(:?00)?$", value[19:]):
        return False
    try:
        datetime.fromisoformat(re.sub(r"\.\d+", "", value[:19]))
    except ValueError:
        return False
    return True


def _is_uuid(value: Any) -> bool:
    return isinstance(value, str) and bool(UUID.fullmatch(value))
