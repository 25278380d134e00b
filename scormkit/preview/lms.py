"""The emulated LMS without its web server: courses that learners are enrolled on, their records, launches and faults."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from scormkit.preview import records
from scormkit.preview.content import Content
from scormkit.preview.faults import API_DELAYS, SPOILT, Faults, spoil
from scormkit.preview.lrs import Lrs, Stored
from scormkit.preview.profiles import Profile, profile
from scormkit.preview.records import Learner, Record, Reply

Told = Callable[[str, Any], None]
"""Told of what happens: its kind ("launch", "commit", "statement") and the data of it, fit for JSON."""


@dataclass
class Enrolment:
    """One learner on one course at one host: all that this host holds, and what is wrong with it at the moment."""

    key: str
    content: Content
    profile: Profile
    format: str = "scorm12"
    learner: Learner = field(default_factory=Learner)
    mode: str = "normal"
    told: Told = lambda kind, data: None
    record: Record = field(default_factory=Record)
    faults: Faults = field(default_factory=Faults)
    registration: str = field(default_factory=lambda: str(uuid4()))
    token: str = field(default_factory=lambda: f"Basic {uuid4().hex}")
    lrs: Lrs = field(init=False)

    def __post_init__(self) -> None:
        self.lrs = Lrs(self.token, self._stored)

    def _stored(self, stored: Stored) -> None:
        findings = [{"rule": f.rule, "path": f.path, "text": f.text, "severity": f.severity} for f in stored.findings]
        self.told("statement", {"statement": stored.statement, "findings": findings})

    def launch(self, origin: str) -> dict[str, Any]:
        """What the host's page needs to open the course: the session, and where the content is."""
        manifest = self.content.manifest
        url = f"/content/{self.key}/{manifest.launch}"
        session = records.launch(self.record, self.profile, self.learner, manifest.facts, self.mode)
        if self.format == "xapi":
            url += ("&" if "?" in url else "?") + urlencode(self._tin_can(origin))
        settings = dict(self.profile.settings)
        settings["api_delay"] = API_DELAYS.get(self.faults.launch, settings["api_delay"])
        launched = {
            "format": self.format,
            "title": manifest.title,
            "settings": settings,
            "url": url,
            "commit": f"/lms/{self.key}/commit",
            **session,
        }
        self.told("launch", {"session": session["session"], "values": session["values"]})
        return launched

    def _tin_can(self, origin: str) -> dict[str, str]:
        """The launch parameters of Tin Can; the actor has an account, as a host that minds privacy does it."""
        actor = {
            "objectType": "Agent",
            "name": self.learner.name,
            "account": {"homePage": "https://lms.example.org", "name": self.learner.id},
        }
        return {
            "endpoint": f"{origin}/xapi/{self.key}/",
            "auth": self.token,
            "actor": json.dumps(actor),
            "registration": self.registration,
            "activity_id": self.content.manifest.activity,
        }

    def spoil(self, how: str) -> bool:
        """Does `how` of SPOILT to the saved state; says whether there is one. Raises ValueError for anything else."""
        if how not in SPOILT:
            raise ValueError(how)
        states = {place: document for place, document in self.lrs.documents.items() if place[0] == "activities/state"}
        for place, document in states.items():
            body = spoil(document.body.decode("utf-8", "replace"), how).encode()
            self.lrs.documents[place] = replace(document, body=body)
        state = self.record.state
        if state:
            self.record.values["cmi.suspend_data"] = spoil(state, how)
        return bool(state or states)

    def commit(self, message: dict[str, Any]) -> Reply:
        """Something arrived from the host's page."""
        reply = records.commit(self.record, self.profile, message)
        self.told("commit", {"finish": message["finish"], "note": reply.note, "status": reply.status})
        return reply


class Lms:
    """Everything that is enrolled, by key."""

    def __init__(self) -> None:
        self.enrolments: dict[str, Enrolment] = {}

    def enrol(
        self,
        content: Content,
        host: str = "strict",
        format: str = "scorm12",
        learner: Learner = Learner(),  # noqa: B008 (frozen)
        mode: str = "normal",
        told: Told = lambda kind, data: None,
    ) -> Enrolment:
        """Puts a learner on a course at a host; raises KeyError where there is no such host."""
        key = f"c{len(self.enrolments) + 1}"
        enrolment = Enrolment(key, content, profile(host), format, learner, mode, told)
        self.enrolments[key] = enrolment
        return enrolment
