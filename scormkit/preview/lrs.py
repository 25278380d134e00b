"""An LRS for previews and tests: xAPI 1.0.3 requests in, answers out. Strict: what is not right is refused with 400.

Statements (PUT, POST, GET, voiding, 409 on an id that is taken), State, Activity Profile and Agent Profile with ETags and
If-Match, Agents, Activities, About. Everything is held in memory. No web framework is needed to use or test it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from scormkit.preview import statement_rules
from scormkit.preview.activity_rules import Finding, is_iri
from scormkit.preview.statement_rules import UUID, VOIDED

VERSION = "1.0.3"


@dataclass(frozen=True)
class Request:
    """A request to a resource: `path` is what follows the endpoint, such as `statements`; header names in lower case."""

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True)
class Answer:
    """What the LRS says. `headers` come on top of X-Experience-API-Version."""

    status: int
    body: bytes = b""
    type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Stored:
    """A statement with what was found in it when it came."""

    statement: dict[str, Any]
    findings: list[Finding]
    voided: bool = False


@dataclass(frozen=True)
class Document:
    """A document of the State or a Profile resource."""

    body: bytes
    type: str
    updated: str

    @property
    def etag(self) -> str:
        return f'"{hashlib.sha1(self.body, usedforsecurity=False).hexdigest()}"'


class Refused(Exception):
    """The request is not right: an HTTP status and why, in words."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status


class Lrs:
    """Statements and documents of everybody who has `token` (an Authorization header's whole value); "" lets all in."""

    def __init__(self, token: str = "", told: Callable[[Stored], None] = lambda stored: None) -> None:
        self.token = token
        self.told = told
        self.statements: dict[str, Stored] = {}
        self.refused: list[tuple[Any, list[Finding]]] = []
        self.documents: dict[tuple[str, ...], Document] = {}

    def handle(self, request: Request) -> Answer:
        """Answers one request; never raises."""
        try:
            return self._route(request)
        except Refused as refusal:
            return Answer(refusal.status, json.dumps({"error": str(refusal)}).encode())

    def _route(self, request: Request) -> Answer:
        if request.path == "about":
            return _json({"version": [VERSION]})
        version = request.headers.get("x-experience-api-version")
        if version is None or not (version == "1.0" or version.startswith("1.0.")):
            raise Refused(400, "X-Experience-API-Version must be 1.0.x (Communication 3.3, XAP023)")
        if self.token and request.headers.get("authorization") != self.token:
            raise Refused(401, "the Authorization header is not the one of this launch")
        resources = {
            "statements": self._statements,
            "activities/state": self._documents,
            "activities/profile": self._documents,
            "agents/profile": self._documents,
            "agents": self._agents,
            "activities": self._activities,
        }
        if request.path not in resources:
            raise Refused(404, f"there is no resource {request.path}")
        return resources[request.path](request)

    # Statements (Communication 2.1)

    def _statements(self, request: Request) -> Answer:
        if request.method == "PUT":
            wanted = request.query.get("statementId", "")
            if not UUID.fullmatch(wanted):
                raise Refused(400, "statementId must be a UUID")
            statement = _parsed(request)
            if isinstance(statement, dict) and statement.setdefault("id", wanted).lower() != wanted.lower():
                raise Refused(400, "the statement's id differs from statementId")
            self._take([statement], conflict=409)
            return Answer(204)
        if request.method == "POST":
            body = _parsed(request)
            return _json(self._take(body if isinstance(body, list) else [body], conflict=409))
        if request.method == "GET":
            return self._query(request.query)
        raise Refused(405, "statements takes PUT, POST and GET")

    def _take(self, statements: list[Any], conflict: int) -> list[str]:
        """Stores all of them or none (Communication 2.1.2); returns their ids."""
        fresh: dict[str, Stored] = {}
        ids = []
        for statement in statements:
            findings = statement_rules.check(statement)
            errors = [finding for finding in findings if finding.severity == "error"]
            if errors:
                self.refused.append((statement, findings))
                raise Refused(400, "; ".join(map(str, errors)))
            own = statement.setdefault("id", str(uuid4())).lower()
            if own in fresh:
                raise Refused(400, f"the id {own} stands twice in one batch")
            known = self.statements.get(own)
            if known and not _same(known.statement, statement):
                raise Refused(conflict, f"another statement has the id {own}")
            if not known:
                fresh[own] = Stored(statement, findings)
            ids.append(own)
        for stored in fresh.values():
            self._store(stored)
        return ids

    def _store(self, stored: Stored) -> None:
        statement = stored.statement
        if statement["verb"]["id"] == VOIDED:
            aim = self.statements.get(str(statement["object"]["id"]).lower())
            if aim and aim.statement["verb"]["id"] == VOIDED:
                raise Refused(400, "a voiding statement cannot be voided (Data 2.3.2)")
            if aim:
                aim.voided = True
        now = _now()
        statement.setdefault("timestamp", now)
        statement.setdefault("version", "1.0.0")
        statement["stored"] = now
        statement["authority"] = {"account": {"homePage": "http://localhost", "name": "scormkit preview"}}
        self.statements[statement["id"].lower()] = stored
        self.told(stored)

    def _query(self, query: Mapping[str, str]) -> Answer:
        headers = {"X-Experience-API-Consistent-Through": _now()}
        for name in ("statementId", "voidedStatementId"):
            if name not in query:
                continue
            if set(query) - {name, "format", "attachments"}:
                raise Refused(400, f"{name} stands alone")
            stored = self.statements.get(query[name].lower())
            if stored is None or stored.voided != (name == "voidedStatementId"):
                raise Refused(404, "no such statement")
            return _json(stored.statement, headers)
        known = {
            "agent", "verb", "activity", "registration", "related_activities", "related_agents", "since", "until",
            "limit", "format", "attachments", "ascending",
        }  # fmt: skip
        if set(query) - known:
            raise Refused(400, f"unknown parameters: {', '.join(sorted(set(query) - known))}")
        found = [s.statement for s in self.statements.values() if not s.voided and _matches(s.statement, query)]
        if query.get("ascending") != "true":
            found.reverse()
        limit = int(query.get("limit", "0") or 0)
        return _json({"statements": found[:limit] if limit else found, "more": ""}, headers)

    # Documents (Communication 2.2, 2.3, 2.6, 2.7)

    def _documents(self, request: Request) -> Answer:
        key, name = _key(request)
        if name is None:
            return self._all_documents(request, key)
        place = (*key, name)
        held = self.documents.get(place)
        if request.method == "GET":
            if held is None:
                raise Refused(404, "no such document")
            return Answer(200, held.body, held.type, {"ETag": held.etag, "Last-Modified": held.updated})
        self._guard(request, held)
        if request.method == "DELETE":
            self.documents.pop(place, None)
        elif request.method in ("PUT", "POST"):
            self.documents[place] = _written(request, held if request.method == "POST" else None)
        else:
            raise Refused(405, "documents take GET, PUT, POST and DELETE")
        return Answer(204)

    def _all_documents(self, request: Request, key: tuple[str, ...]) -> Answer:
        places = [place for place in self.documents if place[:-1] == key]
        if request.method == "DELETE" and request.path == "activities/state":
            for place in places:
                del self.documents[place]
            return Answer(204)
        if request.method != "GET":
            raise Refused(400, "the document's id is missing")
        since = request.query.get("since", "")
        return _json([place[-1] for place in places if self.documents[place].updated > since])

    def _guard(self, request: Request, held: Document | None) -> None:
        """If-Match and If-None-Match (Communication 3.1); profiles must say one of them when they replace."""
        match, none_match = request.headers.get("if-match"), request.headers.get("if-none-match")
        if match is not None and (held is None or (match != "*" and match != held.etag)):
            raise Refused(412, "the document has changed since it was read")
        if none_match is not None and held is not None and none_match in ("*", held.etag):
            raise Refused(412, "the document is there already")
        if request.method == "PUT" and request.path != "activities/state" and match is None and none_match is None:
            if held is None:
                raise Refused(400, "a PUT to a profile needs If-Match or If-None-Match")
            raise Refused(409, "the document is there already: read it, then send If-Match")

    # Agents and activities (Communication 2.4, 2.5)

    def _agents(self, request: Request) -> Answer:
        agent = _agent(request.query)
        person: dict[str, Any] = {"objectType": "Person"}
        for name in ("name", "mbox", "mbox_sha1sum", "openid", "account"):
            if name in agent:
                person[name] = [agent[name]]
        return _json(person)

    def _activities(self, request: Request) -> Answer:
        wanted = request.query.get("activityId", "")
        if not is_iri(wanted):
            raise Refused(400, "activityId must be an IRI")
        definition: dict[str, Any] = {}
        for stored in self.statements.values():
            thing = stored.statement["object"]
            if thing.get("id") == wanted:
                definition |= thing.get("definition", {})
        return _json({"objectType": "Activity", "id": wanted, **({"definition": definition} if definition else {})})


def _json(data: Any, headers: Mapping[str, str] | None = None) -> Answer:
    return Answer(200, json.dumps(data, ensure_ascii=False).encode(), headers=headers or {})


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _parsed(request: Request) -> Any:
    if not request.headers.get("content-type", "").startswith("application/json"):
        raise Refused(400, "Content-Type must be application/json")
    try:
        return json.loads(request.body)
    except ValueError:
        raise Refused(400, "the body is not JSON") from None


def _same(stored: Mapping[str, Any], offered: Mapping[str, Any]) -> bool:
    """Whether two statements say the same (Data 2.3.3): what an LRS adds, and the case of the id, does not count."""

    def bare(statement: Mapping[str, Any]) -> dict[str, Any]:
        added = ("id", "stored", "authority", "version", "attachments")
        kept = {name: value for name, value in statement.items() if name not in added}
        if "timestamp" not in offered:
            kept.pop("timestamp", None)
        return kept

    return bare(stored) == bare(offered)


def _matches(statement: Mapping[str, Any], query: Mapping[str, str]) -> bool:
    context = statement.get("context", {})
    if "verb" in query and statement["verb"]["id"] != query["verb"]:
        return False
    if "registration" in query and context.get("registration") != query["registration"]:
        return False
    if "agent" in query and _identity(_agent(query)) != _identity(statement["actor"]):
        return False
    if "since" in query and statement["stored"] <= query["since"]:
        return False
    if "until" in query and statement["stored"] > query["until"]:
        return False
    if "activity" not in query:
        return True
    around = [inner for listed in context.get("contextActivities", {}).values() for inner in _list(listed)]
    related = around if query.get("related_activities") == "true" else []
    return any(thing.get("id") == query["activity"] for thing in [statement["object"], *related])


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _agent(query: Mapping[str, str]) -> dict[str, Any]:
    try:
        agent = json.loads(query.get("agent", ""))
    except ValueError:
        raise Refused(400, "agent must be JSON") from None
    findings = [finding for finding in statement_rules.actor(agent, "agent") if finding.severity == "error"]
    if findings:
        raise Refused(400, "; ".join(map(str, findings)))
    return dict(agent)


def _identity(agent: Mapping[str, Any]) -> str:
    names = ("mbox", "mbox_sha1sum", "openid", "account")
    return json.dumps({name: agent[name] for name in names if name in agent}, sort_keys=True)


def _key(request: Request) -> tuple[tuple[str, ...], str | None]:
    """What a document belongs to, and its own id (None: all of them are meant)."""
    query = request.query
    parts = [request.path]
    if request.path != "agents/profile":
        if not is_iri(query.get("activityId")):
            raise Refused(400, "activityId must be an IRI")
        parts.append(query["activityId"])
    if request.path != "activities/profile":
        parts.append(_identity(_agent(query)))
    if request.path == "activities/state":
        registration = query.get("registration", "")
        if registration and not UUID.fullmatch(registration):
            raise Refused(400, "registration must be a UUID")
        parts.append(registration)
    return tuple(parts), query.get("stateId" if request.path == "activities/state" else "profileId")


def _written(request: Request, held: Document | None) -> Document:
    """The document that a PUT writes, or a POST merges into the one that is held (Communication 2.2)."""
    body, kind = request.body, request.headers.get("content-type", "application/octet-stream")
    if request.method == "POST" and held is not None:
        try:
            old, new = json.loads(held.body), json.loads(body)
        except ValueError:
            raise Refused(400, "only JSON documents can be merged") from None
        if not isinstance(old, dict) or not isinstance(new, dict) or not kind.startswith("application/json"):
            raise Refused(400, "only JSON objects can be merged")
        body = json.dumps({**old, **new}).encode()
    return Document(body, kind, _now())
