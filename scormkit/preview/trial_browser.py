"""The browser's half of a trial run: one item of a package in headless Chromium, without any network. JSON on the standard output.

    python -m scormkit.preview.trial_browser PACKAGE CHROMIUM SECONDS ITEM

ITEM is the number of what is started, from 0. It is a process of its own, so that a page that never stops can be stopped.
Every request is answered from the package, from an LRS in memory, or not at all.
"""

from __future__ import annotations

import json
import mimetypes
import sys
import time
from base64 import b64encode
from contextlib import suppress
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from scormkit.check.package.package import Item, Kind, Package
from scormkit.check.package.read import read
from scormkit.model.archive import Archive, ArchiveError, open_archive
from scormkit.preview.browser import sandbox
from scormkit.preview.lrs import Lrs, Request

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Frame, Page, Route

ORIGIN = "https://package.test"  # RFC 6761: a name that nobody has
FILE_BYTES = 64 * 2**20
MOST_PRESSES = 40
MOST_IDLE = 2  # presses of one button without any effect
SETTLE = 0.3
WIDTH, HEIGHT = 1024, 768
ARGUMENTS = [
    "--disable-gpu",
    "--no-first-run",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--host-resolver-rules=MAP * ~NOTFOUND",
]
SCRIPT = files("scormkit.preview").joinpath("trial.js").read_text(encoding="utf-8")
ACTOR = {"objectType": "Agent", "account": {"homePage": ORIGIN, "name": "learner-1"}}
REGISTRATION = "2a3b6f3e-0d3c-4a51-9c5e-5f3c4c4f0c11"
TOKEN = "dHJpYWw6cnVu"
SESSION = "https://w3id.org/xapi/cmi5/context/extensions/sessionid"


@dataclass
class Ran:
    """What one item did. `launches`, `statements` and `requests` are as statementlist.py reads them; `calls` as calllog.py.

    `launches` has what each session was launched with, `sent_in` the session of each statement.
    """

    item: str
    calls: list[Any] = field(default_factory=list)
    looked_for_other: bool = False
    launches: list[dict[str, Any]] = field(default_factory=list)
    statements: list[Any] = field(default_factory=list)
    sent_in: list[int] = field(default_factory=list)
    requests: list[dict[str, Any]] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    pressed: list[str] = field(default_factory=list)
    picture: str = ""


class Desk:
    """Answers the requests of one item's sessions."""

    def __init__(self, package: Package, archive: Archive, item: Item, ran: Ran) -> None:
        self.package, self.archive, self.item, self.ran = package, archive, item, ran
        self.lrs = Lrs(f"Basic {TOKEN}", lambda stored: self._keep(stored.statement))
        self.session = 1
        self.fetched: set[int] = set()
        self.state: dict[str, str] = {}

    def answer(self, route: Route) -> None:
        parts = urlsplit(route.request.url)
        if f"{parts.scheme}://{parts.netloc}" != ORIGIN:
            if parts.scheme in ("http", "https"):
                self.ran.outside.append(route.request.url[:200])
            route.abort()
        elif parts.path.startswith("/content/"):
            self._file(route, unquote(parts.path.removeprefix("/content/")))
        elif parts.path.startswith("/xapi/"):
            self._lrs(route, parts.path.removeprefix("/xapi/"), parts.query)
        elif parts.path.startswith("/fetch/"):
            self._fetch(route)
        elif parts.path == "/host":
            route.fulfill(content_type="text/html", body=host_page(self.package.kind, self.state, self.session))
        else:
            if parts.path == "/return":
                self._note(route, 200)
            route.fulfill(content_type="text/html", body="<!doctype html><title>Back</title>")

    def _file(self, route: Route, name: str) -> None:
        entry = self.package.names.get(name)
        data = None
        if entry is not None:
            with suppress(ArchiveError):
                data = self.archive.read(entry, FILE_BYTES)
        if data is None:
            if not name.endswith("favicon.ico"):
                self.ran.absent.append(name[:200])
            route.fulfill(status=404, content_type="text/plain", body="not in the package")
            return
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        route.fulfill(content_type=kind, body=data)

    def _lrs(self, route: Route, path: str, query: str) -> None:
        sent = route.request
        headers = {name.lower(): value for name, value in sent.all_headers().items()}
        request = Request(sent.method, path, dict(parse_qsl(query)), headers, sent.post_data_buffer or b"")
        before = len(self.lrs.refused)
        answer = self.lrs.handle(request)
        for statement, _ in self.lrs.refused[before:]:
            self._keep(statement)
        self._note(route, answer.status, headers)
        route.fulfill(status=answer.status, body=answer.body, headers={"content-type": answer.type, **answer.headers})

    def _keep(self, statement: Any) -> None:
        self.ran.statements.append(statement)
        self.ran.sent_in.append(self.session)

    def _fetch(self, route: Route) -> None:
        again = self.session in self.fetched
        self.fetched.add(self.session)
        body = {"error-code": "1", "error-text": "Already in Use"} if again else {"auth-token": TOKEN}
        self._note(route, 200, {}, TOKEN)
        route.fulfill(content_type="application/json", body=json.dumps(body))

    def _note(self, route: Route, status: int, headers: dict[str, str] | None = None, token: str = "") -> None:
        kept = {n: v for n, v in (headers or {}).items() if n in ("authorization", "x-experience-api-version")}
        noted = {"method": route.request.method, "url": route.request.url, "headers": kept, "status": status}
        self.ran.requests.append({**noted, "session": self.session, **({"token": token} if token else {})})

    def address(self) -> str:
        """What is opened: the launch page itself for xAPI and cmi5, the host's page with it in a frame for SCORM."""
        launch = self.item.launch or ""
        bare, mark, query = launch.partition("?")
        query = mark + query + (self.item.node.get("parameters") if not mark else "")
        page = f"{ORIGIN}/content/{quote(bare)}{query}"
        if self.package.kind is Kind.XAPI:
            return _with(page, self._tin_can())
        if self.package.kind is Kind.CMI5:
            return _with(page, self._cmi5())
        return f"{ORIGIN}/host#{page}"

    def _tin_can(self) -> dict[str, str]:
        self.ran.launches.append({"actor": ACTOR, "registration": REGISTRATION, "endpoint": f"{ORIGIN}/xapi/"})
        return {
            "endpoint": f"{ORIGIN}/xapi/",
            "auth": f"Basic {TOKEN}",
            "actor": json.dumps(ACTOR),
            "registration": REGISTRATION,
            "activity_id": self.item.identifier,
        }

    def _cmi5(self) -> dict[str, str]:
        """cmi5 8.1 and 10: the launch parameters, and LMS.LaunchData in the State API."""
        node = self.item.node
        template = {
            "contextActivities": {"grouping": [{"id": self.item.identifier}]},
            "extensions": {SESSION: f"session-{self.session}"},
        }
        data: dict[str, Any] = {
            "contextTemplate": template,
            "launchMode": "Normal",
            "moveOn": node.get("moveOn", "NotApplicable"),
        }
        if node.get("masteryScore"):
            data["masteryScore"] = float(node.get("masteryScore"))
        if (parameters := node.first("launchParameters")) is not None:
            data["launchParameters"] = parameters.text
        data["returnURL"] = f"{ORIGIN}/return"
        activity = f"{ORIGIN}/activity/1"
        query = {
            "stateId": "LMS.LaunchData",
            "activityId": activity,
            "agent": json.dumps(ACTOR),
            "registration": REGISTRATION,
        }
        headers = {
            "authorization": f"Basic {TOKEN}",
            "x-experience-api-version": "1.0.3",
            "content-type": "application/json",
        }
        self.lrs.handle(Request("PUT", "activities/state", query, headers, json.dumps(data).encode()))
        given = {
            "endpoint": f"{ORIGIN}/xapi/",
            "fetch": f"{ORIGIN}/fetch/{self.session}",
            "registration": REGISTRATION,
            "activityId": activity,
        }
        self.ran.launches.append({**given, "actor": ACTOR, **data})
        return {**given, "actor": json.dumps(ACTOR)}


def _with(page: str, values: dict[str, str]) -> str:
    return page + ("&" if "?" in page else "?") + urlencode(values)


HOST = """<!doctype html>
<meta charset="utf-8">
<title>Trial</title>
<style>body, iframe { margin: 0; border: 0; width: 100%; height: 100vh }</style>
<script>SCRIPT
const [standard, state, session] = DATA;
const log = [];
record(standard, state, session, log);
</script>
<iframe id="content"></iframe>
<script>document.getElementById("content").src = location.hash.slice(1);</script>
"""


def host_page(kind: Kind, state: dict[str, str], session: int) -> str:
    """The page of a host: the recording API, and the content in a frame."""
    data = json.dumps([kind, state, session]).replace("<", "\\u003c")
    return HOST.replace("SCRIPT", SCRIPT).replace("DATA", data)


class Learner:
    """Opens an item, looks, presses, leaves, and comes back once."""

    def __init__(self, context: BrowserContext, desk: Desk, until: float) -> None:
        self.context, self.desk, self.until = context, desk, until

    def learn(self) -> None:
        begin_state(self.desk)
        for session in (1, 2):
            self.desk.session = session
            page = self.context.new_page()
            page.on("pageerror", lambda error: self.desk.ran.errors.append(str(error)[:200]))
            page.on("dialog", lambda dialog: dialog.accept())
            page.goto(self.desk.address(), wait_until="load", timeout=15_000)
            self._settle(page)
            if session == 1:
                self.desk.ran.picture = b64encode(page.screenshot(timeout=10_000)).decode()
                self._press(page)
            self._leave(page)
            if time.monotonic() > self.until:
                return

    def _settle(self, page: Page) -> None:
        with suppress(Exception):  # a page that loads without end is looked at as it is
            page.wait_for_load_state("networkidle", timeout=4_000)
        page.wait_for_timeout(SETTLE * 1000)

    def _press(self, page: Page) -> None:
        """Presses what moves on, innermost frame first, until nothing changes any more."""
        idle: dict[str, int] = {}
        before = self._look()
        for _ in range(MOST_PRESSES):
            pressed = next((name for frame in self._frames() if (name := self._press_in(frame, idle))), None)
            if pressed is None or time.monotonic() > self.until:
                return
            self.desk.ran.pressed.append(pressed[:80])
            page.wait_for_timeout(SETTLE * 1000)
            now = self._look()
            if now == before:
                idle[pressed] = idle.get(pressed, 0) + 1
            before = now

    def _look(self) -> list[tuple[str, str]]:
        """What is to be seen: addresses and words of all frames."""
        seen = []
        for frame in self._frames():
            with suppress(Exception):  # a frame that goes away meanwhile
                seen.append((frame.url, str(frame.evaluate("document.body ? document.body.innerText : ''"))))
        return seen

    def _frames(self) -> list[Frame]:
        """The frames of the content, in windows that it opened, too; the innermost first."""
        frames = [frame for one in self.context.pages for frame in one.frames]
        return [frame for frame in reversed(frames) if "/content/" in frame.url.split("#")[0]]

    def _press_in(self, frame: Frame, idle: dict[str, int]) -> str | None:
        try:
            name = frame.evaluate(f"{SCRIPT};press({json.dumps(idle)})")
        except Exception:  # the frame went away while it was looked at
            return None
        return name if isinstance(name, str) and idle.get(name, 0) < MOST_IDLE else None

    def _leave(self, page: Page) -> None:
        """As learners do: the content's page is taken away, then the window."""
        desk = self.desk
        if desk.package.kind in (Kind.SCORM12, Kind.SCORM2004):
            page.evaluate("document.getElementById('content').src = 'about:blank'")
            page.wait_for_timeout(SETTLE * 1000)
            desk.ran.calls += page.evaluate("log")
            desk.ran.looked_for_other |= bool(page.evaluate("Boolean(window.lookedForOther)"))
            desk.state = next_state(desk.package.kind, page.evaluate("state"))
        else:
            with suppress(Exception):
                page.goto("about:blank", timeout=5_000)
            page.wait_for_timeout(SETTLE * 1000)
        for one in self.context.pages:
            with suppress(Exception):
                one.close()


def begin_state(desk: Desk) -> None:
    """What an LMS holds before the first launch."""
    if desk.package.kind is Kind.SCORM2004:
        desk.state = {"cmi.learner_id": "learner-1", "cmi.learner_name": "Learner, Alex", "cmi.entry": "ab-initio",
                      "cmi.mode": "normal", "cmi.credit": "credit", "cmi.completion_status": "unknown",
                      "cmi.success_status": "unknown", "cmi.total_time": "PT0S", "cmi._version": "1.0"}  # fmt: skip
    else:
        desk.state = {"cmi.core.student_id": "learner-1", "cmi.core.student_name": "Learner, Alex",
                      "cmi.core.entry": "ab-initio", "cmi.core.lesson_mode": "normal", "cmi.core.credit": "credit",
                      "cmi.core.lesson_status": "not attempted", "cmi.core.total_time": "0000:00:00.00"}  # fmt: skip


def next_state(kind: Kind, held: dict[str, str]) -> dict[str, str]:
    """What an LMS holds at the next launch: everything after suspend; else all but the bookmark and the saved state."""
    prefix = "cmi." if kind is Kind.SCORM2004 else "cmi.core."
    suspended = held.get(prefix + "exit") == "suspend"
    lost = ("cmi.suspend_data", "cmi.location", "cmi.core.lesson_location")
    written = ("exit", "session_time")
    kept = {
        name: value
        for name, value in held.items()
        if name not in [prefix + one for one in written] and not name.startswith("cmi.interactions.")
        if suspended or name not in lost
    }
    return {**kept, prefix + "entry": "resume" if suspended else ""}


def run(path: Path, chromium: str, seconds: float, number: int) -> Ran:
    """Runs one item of the package at `path`, with a fresh learner."""
    from playwright.sync_api import sync_playwright

    with open_archive(path) as archive, sync_playwright() as playwright:
        package = read(archive, path.as_posix()).package
        item = package.launches[number]
        ran = Ran(item.identifier)
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS, chromium_sandbox=not sandbox())
        context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, service_workers="block")
        desk = Desk(package, archive, item, ran)
        context.route("**/*", desk.answer)
        try:
            Learner(context, desk, time.monotonic() + seconds).learn()
        except Exception as error:  # whatever a package does to its browser is told, not thrown
            ran.errors.append(f"the browser gave up: {str(error).splitlines()[0][:150]}")
        with suppress(Exception):
            browser.close()
    return ran


if __name__ == "__main__":
    json.dump(vars(run(Path(sys.argv[1]), sys.argv[2], float(sys.argv[3]), int(sys.argv[4]))), sys.stdout)
