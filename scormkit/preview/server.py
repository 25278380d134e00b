"""The web server of the emulated LMS: an `Lms` in, an ASGI application for uvicorn out. Loopback only.

/lms/KEY            the host's page: window.API, with the course in a frame or a window of its own
/lms/KEY/launch     a new session, as JSON             /lms/KEY/commit   what that page saves
/content/KEY/...    the package's files                /xapi/KEY/...     the LRS
/hosts/...          the page's scripts
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterable, MutableMapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from scormkit.preview import lrs
from scormkit.preview.faults import HangUp
from scormkit.preview.lms import Enrolment, Lms
from scormkit.preview.profiles import HOSTS

PAGES = Path(__file__).parent / "pages"
FACTS = Path(__file__).parent.parent / "standards" / "scorm12_datamodel.json"
LOOPBACK = ("127.0.0.1", "localhost", "::1")
LOGIN = "<!doctype html><html lang='en'><title>Sign in</title><h1>Sign in</h1><p>Your session has expired.</p></html>"
DEVICE = ("storage-missing", "storage-full", "clock")
HEAD = re.compile(rb"<head\b[^>]*>", re.IGNORECASE)
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, PUT, POST, DELETE, OPTIONS",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, If-Match, If-None-Match, X-Experience-API-Version",
    "Access-Control-Expose-Headers": "ETag, Last-Modified, X-Experience-API-Version",
}


class Loopback:
    """Refuses what was not asked of this machine by itself.

    A web site that points its own name at 127.0.0.1 (DNS rebinding) sends that name as Host; one that posts here from
    elsewhere sends its Origin. Neither gets anything.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
            host = urlsplit(f"//{headers.get('host', '')}").hostname
            origin = headers.get("origin", "null")
            foreign = origin != "null" and urlsplit(origin).hostname not in LOOPBACK
            if host not in LOOPBACK or foreign:
                await PlainTextResponse("This preview answers only to this computer.", 421)(scope, receive, send)
                return
        try:
            await self.app(scope, receive, send)
        except HangUp:
            # ASGI has no word for a broken connection; uvicorn's `send` belongs to the request that has its transport.
            send.__self__.transport.abort()  # type: ignore[attr-defined]


def application(lms: Lms, more: Iterable[BaseRoute] = ()) -> ASGIApp:
    """The application; `more` are routes that come on top (the preview's own)."""

    def enrolment(request: Request) -> Enrolment | None:
        return lms.enrolments.get(request.path_params["key"])

    async def page(request: Request) -> Response:
        return FileResponse(PAGES / "host.html") if enrolment(request) else _unknown()

    async def between(request: Request) -> Response:
        return FileResponse(PAGES / "between.html")

    async def launch(request: Request) -> Response:
        found = enrolment(request)
        return JSONResponse(found.launch(str(request.base_url).rstrip("/"))) if found else _unknown()

    async def commit(request: Request) -> Response:
        found = enrolment(request)
        if not found:
            return _unknown()
        message = json.loads(await request.body())
        return await _struck(found, lambda: _reply(found, message))

    async def content(request: Request) -> Response:
        found = enrolment(request)
        return _on_device(found, request) if found else _unknown()

    async def xapi(request: Request) -> Response:
        found = enrolment(request)
        return await _xapi(found, request) if found else _unknown()

    async def script(request: Request) -> Response:
        name = request.path_params["name"]
        if name == "facts.json":
            return FileResponse(FACTS)
        path = HOSTS / name
        return FileResponse(path) if path.parent == HOSTS and path.is_file() else _unknown()

    routes = [
        Route("/lms/between", between),
        Route("/lms/{key}", page),
        Route("/lms/{key}/launch", launch, methods=["POST"]),
        Route("/lms/{key}/commit", commit, methods=["POST"]),
        Route("/content/{key}/{path:path}", content),
        Route("/xapi/{key}/{path:path}", xapi, methods=["GET", "PUT", "POST", "DELETE", "OPTIONS"]),
        Route("/hosts/{name}", script),
        Route("/favicon.ico", lambda request: Response(status_code=204)),
        *more,
    ]
    return Loopback(Starlette(routes=routes))


def _on_device(found: Enrolment, request: Request) -> Response:
    """A file of the package; a document of one whose device has a fault begins with the script that makes it."""
    response = found.content.answer(request.path_params["path"], request.headers)
    fault = found.faults.launch
    if fault not in DEVICE or response.status_code != 200 or response.media_type != "text/html":
        return response
    path = getattr(response, "path", None)
    body = Path(path).read_bytes() if path else bytes(response.body)
    script = f'<script src="/hosts/device.js" data-fault="{fault}"></script>'.encode()
    # Policies of packages allow scripts of their own server, and this is one.
    return HTMLResponse(HEAD.sub(lambda head: head[0] + script, body, count=1), headers={"Cache-Control": "no-store"})


def _unknown() -> Response:
    return PlainTextResponse("There is nothing here.", 404)


def _reply(found: Enrolment, message: MutableMapping[str, Any]) -> Response:
    reply = found.commit(dict(message))
    return JSONResponse({"note": reply.note}, reply.status)


async def _struck(found: Enrolment, answer: Any) -> Response:
    """`answer()`, or what the fault of the moment makes of it."""
    fault = found.faults.strike()
    if fault in ("refuse", "cors"):
        return JSONResponse({"note": "the host is told to refuse"}, 500)
    if fault in ("unauthorised", "forbidden"):
        return PlainTextResponse("session expired", 401 if fault == "unauthorised" else 403)
    if fault == "login-page":
        return HTMLResponse(LOGIN)
    if fault == "too-many":
        return PlainTextResponse("too many requests", 429, headers={"Retry-After": "1"})
    if fault == "silence":
        raise HangUp
    if fault == "slow":
        await asyncio.sleep(found.faults.slowness)
    response: Response = answer()
    if fault == "lost-answer":
        raise HangUp
    return response


async def _xapi(found: Enrolment, request: Request) -> Response:
    if request.method == "OPTIONS":
        allowed = found.faults.kind != "cors"
        return Response(status_code=204, headers=CORS if allowed else {})
    asked = lrs.Request(
        request.method, request.path_params["path"].strip("/"), dict(request.query_params), request.headers,
        await request.body(),
    )  # fmt: skip

    def answer() -> Response:
        given = found.lrs.handle(asked)
        why = json.loads(given.body)["error"] if given.status >= 400 else ""
        found.told("request", {"method": asked.method, "path": asked.path, "status": given.status, "why": why})
        headers = {"X-Experience-API-Version": lrs.VERSION, **given.headers}
        return Response(given.body, given.status, headers, given.type)

    response = await _struck(found, answer)
    if found.faults.kind != "cors":
        response.headers.update(CORS)
    return response
