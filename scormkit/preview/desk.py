"""Desk: what `scormkit preview` shows and does, as routes over an `Lms` and what it shows (see workshop.py).

/                    the page                        /preview/events   what happens, as server-sent events
/preview/choices     what can be chosen              /preview/open     enrols the learner; {key}
/preview/fault       makes the host fail, or not     /preview/reset    forgets all that the host holds
/preview/record/KEY  what the host holds             /preview/maps/COURSE   the branches of its scenarios
/preview/spoil       spoils the saved state
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from scormkit.preview.changes import Change, change
from scormkit.preview.faults import AT_LAUNCH, KINDS, SPOILT, Faults
from scormkit.preview.lms import Enrolment, Lms
from scormkit.preview.lrs import Lrs
from scormkit.preview.profiles import NAMES, profile
from scormkit.preview.records import Learner, Record
from scormkit.preview.server import PAGES
from scormkit.preview.workshop import Shown, as_data

MODES = {"normal": "Normal", "review": "Review", "browse": "Browse"}


class Desk:
    """One author, who looks at one course at a time as one learner at one host."""

    def __init__(self, lms: Lms, workshop: Shown) -> None:
        self.lms, self.workshop = lms, workshop
        self._listeners: set[asyncio.Queue[str]] = set()
        self._enrolled: dict[tuple[str, ...], Enrolment] = {}

    def tell(self, kind: str, data: Any) -> None:
        """Sends an event to every open page."""
        text = f"event: {kind}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
        for queue in self._listeners:
            queue.put_nowait(text)

    def renew(self, words_only: bool) -> bool:
        """The course was read again, and whoever is enrolled gets it as it is now.

        `words_only` says that no file but texts was saved. Says whether pages that run can go on, with other words in them.
        """
        changed: dict[str, Change | None] = {}
        for (course, _, format, _), enrolment in self._enrolled.items():
            if course in self.workshop.titles:
                before, enrolment.content = enrolment.content, self.workshop.content(course, format)
                changed[enrolment.key] = change(before, enrolment.content) if words_only else None
        maps = [course for course in self.workshop.titles if self.workshop.maps(course)]
        told = {key: asdict(one) if one else None for key, one in changed.items()}
        self.tell("course", {"courses": self.workshop.titles, "maps": maps, "changed": told})
        self.tell_problems()
        return all(one and not one.more for one in changed.values())

    def tell_problems(self) -> None:
        """Sends what is known to be wrong."""
        self.tell("problems", [as_data(problem) for problem in self.workshop.problems])

    @property
    def routes(self) -> list[Route]:
        """What to add to the application."""
        return [
            Route("/", self._page),
            Route("/preview/choices", self._choices),
            Route("/preview/open", self._open, methods=["POST"]),
            Route("/preview/fault", self._fault, methods=["POST"]),
            Route("/preview/spoil", self._spoil, methods=["POST"]),
            Route("/preview/reset", self._reset, methods=["POST"]),
            Route("/preview/record/{key}", self._record),
            Route("/preview/events", self._events),
            Route("/preview/maps/{course}", self._maps),
            Route("/preview/{name}", self._file),
        ]

    async def _page(self, request: Request) -> Response:
        return FileResponse(PAGES / "preview.html", headers={"Cache-Control": "no-store"})

    async def _file(self, request: Request) -> Response:
        path = PAGES / Path(request.path_params["name"]).name
        known = path.is_file() and path.suffix in (".js", ".css")
        return FileResponse(path, headers={"Cache-Control": "no-store"}) if known else PlainTextResponse("nothing", 404)

    async def _choices(self, request: Request) -> Response:
        hosts = [profile(name) for name in NAMES]
        return JSONResponse(
            {
                "courses": self.workshop.titles,
                "formats": self.workshop.formats,
                "maps": [course for course in self.workshop.titles if self.workshop.maps(course)],
                "modes": MODES,
                "faults": KINDS,
                "atLaunch": AT_LAUNCH,
                "spoilt": SPOILT,
                "hosts": [
                    {
                        "name": host.name,
                        "title": host.title,
                        "summary": host.summary,
                        "facts": [{"fact": fact.fact, "source": fact.source} for fact in host.facts],
                        "state": _state_limit(host.settings["model"]),
                        "tellsMode": not {"cmi.core.lesson_mode"}
                        & {*host.settings["withholds"], *host.settings["unsupported"]},
                    }
                    for host in hosts
                ],
                "problems": [as_data(problem) for problem in self.workshop.problems],
            }
        )

    async def _open(self, request: Request) -> Response:
        wanted = await request.json()
        course, host, format = (str(wanted[name]) for name in ("course", "host", "format"))
        name = str(wanted["learner"]).strip() or "Learner, Alex"
        if course not in self.workshop.titles or host not in NAMES or format not in self.workshop.formats:
            return PlainTextResponse("there is no such course, host or format", 404)
        key = (course, host, format, name)
        if key not in self._enrolled:
            content = self.workshop.content(course, format)
            learner = Learner(f"learner-{len(self._enrolled) + 1}", name)
            self._enrolled[key] = self.lms.enrol(content, host, format, learner, told=self.tell)
        found = self._enrolled[key]
        found.mode = wanted["mode"] if wanted["mode"] in MODES else "normal"
        known = _set_fault(found, str(wanted["fault"]))
        return JSONResponse({"key": found.key}) if known else PlainTextResponse("there is no such fault", 404)

    async def _fault(self, request: Request) -> Response:
        wanted = await request.json()
        found = self.lms.enrolments.get(str(wanted["key"]))
        if found is None or not _set_fault(found, str(wanted["fault"])):
            return PlainTextResponse("there is no such learner or fault", 404)
        return JSONResponse({})

    async def _spoil(self, request: Request) -> Response:
        wanted = await request.json()
        found, how = self.lms.enrolments.get(str(wanted["key"])), str(wanted["how"])
        if found is None or how not in SPOILT:
            return PlainTextResponse("there is no such learner or way to spoil", 404)
        return JSONResponse({"spoilt": found.spoil(how)})

    async def _reset(self, request: Request) -> Response:
        found = self.lms.enrolments.get(str((await request.json())["key"]))
        if found is None:
            return PlainTextResponse("there is no such learner", 404)
        found.record, found.faults = Record(), Faults()
        found.lrs = Lrs(found.token, found.lrs.told)
        return JSONResponse({})

    async def _record(self, request: Request) -> Response:
        found = self.lms.enrolments.get(request.path_params["key"])
        if found is None:
            return PlainTextResponse("there is no such learner", 404)
        record = found.record
        documents = [
            {
                "place": " ".join((place[0], place[-1])),
                "type": document.type,
                "body": document.body.decode("utf-8", "replace"),
            }
            for place, document in found.lrs.documents.items()
        ]
        return JSONResponse(
            {
                "values": record.values,
                "seconds": record.seconds,
                "launches": record.launches,
                "completion": record.completion,
                "earlier": len(record.earlier),
                "documents": documents,
                "told": _told(found),
            }
        )

    async def _maps(self, request: Request) -> Response:
        page = self.workshop.maps(request.path_params["course"])
        return HTMLResponse(page, headers={"Cache-Control": "no-store"}) if page else PlainTextResponse("nothing", 404)

    async def _events(self, request: Request) -> Response:
        queue: asyncio.Queue[str] = asyncio.Queue()
        self._listeners.add(queue)

        async def stream() -> AsyncIterator[str]:
            try:
                yield ": the preview is listening\n\n"
                while True:
                    yield await queue.get()
            finally:
                self._listeners.discard(queue)

        return StreamingResponse(stream(), media_type="text/event-stream", headers={"Cache-Control": "no-store"})


def _set_fault(found: Enrolment, fault: str) -> bool:
    """Has it that fault from now on, and no other; "" is none. Says whether there is such a fault."""
    if fault and fault not in KINDS and fault not in AT_LAUNCH:
        return False
    found.faults.launch = fault if fault in AT_LAUNCH else ""
    found.faults.set(fault if fault in KINDS else "")
    return True


def _told(found: Enrolment) -> dict[str, Any]:
    """What the statements (xAPI) say: how many they are, the outcomes of the course, and its last score in per cent."""
    statements = [stored.statement for stored in found.lrs.statements.values()]
    own = [one for one in statements if one["object"].get("id") == found.content.manifest.activity]
    outcomes = [
        verb for one in own if (verb := one["verb"]["id"].rpartition("/")[2]) in ("completed", "passed", "failed")
    ]
    scores = [score for one in own if (score := one.get("result", {}).get("score", {}).get("scaled")) is not None]
    return {
        "statements": len(statements),
        "outcomes": list(dict.fromkeys(outcomes)),
        "score": round(scores[-1] * 100) if scores else None,
    }


def _state_limit(model: dict[str, Any]) -> int:
    """How many characters of saved state a host takes."""
    own = model.get("types", {}).get("CMIString4096", {}).get("length", 4096)
    return int(own)
