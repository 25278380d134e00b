"""One trial: a learner at a host, a plan of events, an oracle that watches."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from playwright.sync_api import BrowserContext, Error, Frame, Page

from scormkit.preview.lms import Enrolment
from scormkit.preview.profiles import profile
from scormkit.preview.records import Learner
from tests.browser.trials import page as scripts
from tests.browser.trials import saved
from tests.browser.trials.oracle import Answer, Lost, Oracle, after_each
from tests.browser.trials.plan import Event
from tests.browser.trials.room import FLOW, SLOW, DeadlyFaults, Room, kill

LONGEST = 60.0
"""Real seconds that anything may take on a busy machine."""

PATIENCE = 2000
"""Milliseconds that a course looks for the API (player/src/trackers/api.ts)."""

PAGES = ["page-1", "page-2", "page-3"]
SILENT = ("refuse", "silence", "unauthorised", "login-page", "lost-answer")
"""Faults in which an LRS does not give the saved state."""


class Trial:
    """Raises Lost where something is wrong."""

    def __init__(
        self, room: Room, host: str, events: list[Event], say: Callable[[str], None] = lambda words: None
    ) -> None:
        self.room, self.host, self.events, self.say = room, host, events, say
        format = "xapi" if host == "lrs" else "scorm12"
        learner = Learner(f"learner-{len(room.lms.enrolments)}", "Learner, Alex")
        self.enrolment: Enrolment = room.lms.enrol(
            room.packages[format], "strict" if host == "lrs" else host, format, learner, told=self._told
        )
        self.faults = DeadlyFaults()
        self.enrolment.faults = self.faults
        self.oracle = Oracle(resends=self.enrolment.profile.settings["marks_sent_first"] and host != "lrs")
        self.copy_key = self._copy_key(learner.id)
        self.storage_kind = ""
        self.context: BrowserContext = room.context("")
        self.own_context = False
        self.page: Page | None = None
        self.errors: list[str] = []
        self.crashed: list[Page] = []
        self.given_back, self.is_blank = "", True  # the saved state as the host gave it to this launch
        self.is_offline = False

    def _copy_key(self, learner: str) -> str:
        course = self.room.course["id"]
        if self.host != "lrs":
            return saved.key(course, learner, "")
        account = {"homePage": "https://lms.example.org", "name": learner}
        return saved.key(course, json.dumps({"account": account}, separators=(",", ":")), self.enrolment.registration)

    def _told(self, kind: str, data: Any) -> None:
        if kind == "launch":
            self.given_back = data["values"].get("cmi.suspend_data", "")
            self.is_blank = not self.enrolment.record.values

    def run(self) -> None:
        """Runs the plan, then takes all faults away and looks at what is left."""
        try:
            for name, detail in self.events:
                self.say(f"{name} {detail if detail is not None else ''}")
                self.survive(name, detail)
            self.end()
        finally:
            self._leave()
            self.context.set_offline(False)
            if self.own_context:
                self.context.close()

    def survive(self, name: str, detail: Any) -> None:
        """An event and a look; where it makes the renderers die, as it was planned, the pages are closed."""
        try:
            if name != "storage" and self.page is None:
                self.open()
            getattr(self, name.replace("-", "_"))(detail)
            if not self.faults.struck:
                self.look()
        except Error:
            if not self.faults.struck:
                raise
        if self.faults.struck:
            self.faults.disarm()
            self._bury()
            self.look()

    # What the oracle is told

    def state_at_host(self) -> str:
        """The saved state that the host holds."""
        if self.host != "lrs":
            return self.enrolment.record.state
        documents = [document.body.decode() for document in self.enrolment.lrs.documents.values()]
        return documents[0] if documents else ""

    def at_host(self) -> saved.Saved:
        return saved.read(self.state_at_host(), self.room.course)

    def look(self) -> None:
        """After each event: nothing at the host went down, and the learner was told the truth."""
        if self.errors:
            raise Lost(f"the course had an error: {self.errors[0]}")
        frame = self.frame()
        try:
            said, copy = frame.evaluate(scripts.LOOK, self.copy_key) if frame else ("closed", None)
        except Error:
            said, copy = "closed", None
        self.see_host()
        if copy is not None:
            self.oracle.device_holds(saved.read(copy, self.room.course))
        if said == "saved" and self.honest():
            self.oracle.check_saved(self.at_host())

    def see_host(self) -> None:
        self.oracle.host_holds(self.at_host())
        record, oracle = self.enrolment.record, self.oracle
        if self.host != "lrs":
            commits = record.commits[oracle.commits_seen :]
            oracle.commits_seen += len(commits)
            oracle.check_commits(after_each(commits, *oracle.last))
            oracle.check_commits([(record.status, record.score)] if record.values else [])

    def honest(self) -> bool:
        """Whether this host, with this fault, lets content know what became of a save."""
        settings = self.enrolment.profile.settings
        if settings["sends"] == "each" or not settings["commit_stores"]:
            return False
        kinds = {"silence": "network", "lost-answer": "network", "refuse": "refused", "login-page": "login-page"}
        kind = kinds.get(self.faults.kind)
        # Offline is left out: the browser knows of it, so the course must, whatever such a host answers.
        return kind is None or self.host == "lrs" or settings["answers"][kind][0] == "false"

    @property
    def reviews(self) -> bool:
        """Whether this launch is for looking back: nothing is written then, here or there."""
        return self.host != "lrs" and self.enrolment.record.mode == "review"

    def says(self) -> str:
        try:
            frame = self.frame()
            return str(frame.evaluate(scripts.SAYS)) if frame else "closed"
        except Error:
            return "closed"

    # The course in the browser

    def frame(self, page: Page | None = None) -> Frame | None:
        """The course's frame, in `page` or wherever it is."""
        part = f"/content/{self.enrolment.key}/"
        pages = [page] if page is not None else reversed(self.context.pages)
        return next((frame for one in pages for frame in one.frames if part in frame.url and not one.is_closed()), None)

    def pass_time(self, milliseconds: int, frames: Iterable[Frame | None] = ()) -> None:
        """In `frames`, else in the course."""
        flow = FLOW if self.faults.kind == "slow" else 0
        for frame in frames or [self.frame()]:
            try:
                if frame is not None:
                    frame.evaluate(scripts.STEP, [milliseconds, flow])
            except Error:
                if self.faults.struck:
                    raise  # else the frame has just been replaced

    def open(self) -> None:
        """A launch: the course must start, and show the newest answers that any storage holds."""
        popup = self.enrolment.profile.settings["window"] == "popup" and self.host != "lrs"
        # Of the network that is back, Chromium now and then does not tell a tab's next process: a new tab knows.
        if self.page is None or popup or self.is_offline:
            self._leave()
            self.page = self._new_page()
        else:
            self.page.goto("about:blank")
        self.before_launch()
        self.page.goto(f"{self.room.address}/lms/{self.enrolment.key}", wait_until="commit")
        self.after_launch()

    def before_launch(self) -> None:
        self._arrive()
        if not self.faults.struck:
            self.faults.disarm()
        self.see_host()
        if self.is_offline:
            self.online(None)  # nobody opens a course without a network

    def after_launch(self) -> None:
        assert self.page is not None
        if self.enrolment.profile.settings["window"] == "popup" and self.host != "lrs":
            with self.page.expect_popup(timeout=LONGEST * 1000):
                self.page.get_by_role("button").click()
        frame = self.ready()
        oracle = self.oracle
        if self.host != "lrs":
            oracle.next_session(self.given_back, self.is_blank)
        shown = frame.evaluate(scripts.SHOWN, PAGES)
        reads_host = self.host != "lrs" or self.faults.kind not in (*SILENT, "slow")
        untracked = self.says() == "untracked"
        oracle.check_shown(shown, reads_host and not untracked, not self.reviews and not untracked)

    def _new_page(self) -> Page:
        try:
            made = self.context.new_page()
        except Error:  # the renderer that the browser had ready for it was among those that were killed
            made = self.context.new_page()
        made.on("pageerror", lambda error: self.errors.append(str(error)))
        made.on("crash", lambda page: self.crashed.append(page))
        made.on("popup", lambda popup: popup.on("crash", lambda page: self.crashed.append(page)))
        return made

    def _arrive(self) -> None:
        """What was sent by a page that has gone is with the host."""
        time.sleep(0.03 + (SLOW if self.faults.kind == "slow" else 0))

    def ready(self, page: Page | None = None) -> Frame:
        """The course's frame once the course has begun. Time passes while it waits for nothing else."""
        end = time.monotonic() + LONGEST
        while time.monotonic() < end:
            if self.faults.struck:
                raise Error("killed by a commit of the page before")
            frame = self.frame(page)
            try:
                state = frame.evaluate(scripts.AWAITS) if frame is not None else "loading"
            except Error:
                state = "loading"
            if state == "ready":
                assert frame is not None
                return frame
            if state == "time" or self.faults.kind == "slow":
                # The host's page before the course's.
                self.pass_time(100, [frame for page in self.context.pages for frame in page.frames])
            else:
                self.context.pages[-1].wait_for_timeout(20)
        raise Lost("the course did not start")

    def _leave(self) -> None:
        for page in self.context.pages:
            if not page.is_closed():
                page.close()
        self.page = None

    def _bury(self) -> None:
        """Closes pages whose renderers were killed, once the browser has noticed: else it may wait for them for ever."""
        end = time.monotonic() + 3
        while time.monotonic() < end and any(page not in self.crashed for page in self.context.pages):
            self.room.processes("renderer")
            time.sleep(0.01)
        self._leave()

    # Events

    def storage(self, kind: str) -> None:
        self.storage_kind = kind
        self.context = self.room.context(kind)

    def answer(self, detail: tuple[int, str]) -> None:
        number, letter = detail
        frame = self.frame()
        said = self.says()
        if frame is None or said in ("ended", "closed", "read-only"):
            return
        question = f"practice-{number}"
        key = self._question(question)["options"]["abc".index(letter)]["key"]
        if not frame.evaluate(scripts.ANSWER, [f"page-{number}", question, key]):
            return
        if said == "untracked":
            return  # the copy is nobody's: this learner's next launch does not look at it
        copy = frame.evaluate(scripts.COPY, self.copy_key)
        if copy is None or self.storage_kind:
            self.oracle.answered(Answer(question, key))
            return
        kept, tries = saved.read(copy, self.room.course).answers.get(question, ("", 0))
        if kept != key:
            raise Lost(f"{key!r} was answered to {question}, and the device's copy has {kept!r} (T13)")
        self.oracle.answered(Answer(question, key, tries))

    def take(self, right: bool) -> None:
        frame = self.frame()
        if frame is None or self.says() in ("ended", "closed", "read-only", "untracked"):
            return
        keys = {}
        for id in ("graded-1", "graded-2"):
            question = self._question(id)
            correct = str(question["interaction"]["correct"][0][0])
            others = [option["key"] for option in question["options"] if option["key"] != correct]
            keys[id] = correct if right else others[0]
        frame.evaluate(scripts.TAKE, keys)

    def _question(self, id: str) -> Mapping[str, Any]:
        return next(question for question in self.room.course["questions"] if question["id"] == id)

    def wait(self, milliseconds: int) -> None:
        self.pass_time(milliseconds)

    def relaunch(self, _: Any) -> None:
        self.open()

    def close(self, _: Any) -> None:
        self._leave()

    def kill(self, _: Any) -> None:
        """The renderers die: nothing of the page runs any more."""
        kill(self.room.processes("renderer"))
        self._bury()

    def kill_at_commit(self, detail: tuple[int, bool]) -> None:
        """They die while the host has a commit in hand: the one from now that `detail` counts, stored or not."""
        if self.host != "lrs" and self.page is not None:
            self.faults.arm(*detail, self.room.processes("renderer"))

    def reload(self, _: Any) -> None:
        if self.page is None or self.enrolment.profile.settings["window"] == "popup":
            self.open()
            return
        self.before_launch()
        self.page.reload()
        self._arrive()
        self.see_host()
        self.after_launch()

    def away(self, _: Any) -> None:
        """To another page and back by the browser's history."""
        if self.page is None or self.enrolment.profile.settings["window"] == "popup":
            return
        self.page.goto("about:blank")
        self.before_launch()
        self.page.go_back()
        self.after_launch()

    def back(self, _: Any) -> None:
        """Away and back: the page comes from the back/forward cache, and must then say that its session is over."""
        frame = self.frame()
        if frame is None or self.says() == "closed":
            return
        for name in ("pagehide", "pageshow"):
            frame.evaluate("name => { dispatchEvent(new PageTransitionEvent(name, { persisted: true })) }", name)
        if self.says() != "ended":
            raise Lost(f"the page came back from the cache and says {self.says()}")

    def freeze(self, _: Any) -> None:
        if self.page is None:
            return
        session = self.context.new_cdp_session(self.page)
        session.send("Page.setWebLifecycleState", {"state": "frozen"})
        time.sleep(0.02)
        session.send("Page.setWebLifecycleState", {"state": "active"})
        session.detach()

    def fault(self, kind: str) -> None:
        if not self.honest():
            self.oracle.lied_before = len(self.oracle.given)
        self.faults.set(kind)

    def mend(self, _: Any) -> None:
        self.fault("")

    def offline(self, _: Any) -> None:
        self.is_offline = True
        self.context.set_offline(True)

    def online(self, _: Any) -> None:
        self.is_offline = False
        self.context.set_offline(False)

    def late_api(self, delay: int) -> None:
        """From the next launch on the host is late with its API; a minute is never."""
        if self.host == "lrs":
            return
        own = profile(self.host)
        self.enrolment.profile = replace(own, settings={**own.settings, "api_delay": delay})

    def corrupt_host(self, text: str) -> None:
        """Between sessions the saved state at the host is spoilt; status and score are the host's own."""
        self._leave()
        self._arrive()
        self.see_host()
        values = self.enrolment.record.values
        if self.host == "lrs" or not values.get("cmi.suspend_data"):
            return
        state = values["cmi.suspend_data"]
        values["cmi.suspend_data"] = state[: len(state) // 2] if text == "half" else text
        self.oracle.host = {}
        self.see_host()

    def corrupt_device(self, text: str) -> None:
        frame = self.frame()
        if frame is not None and frame.evaluate(scripts.COPY, self.copy_key):
            frame.evaluate(scripts.SPOIL, [self.copy_key, text])

    def second_tab(self, _: Any) -> None:
        """A second tab of the same course: it may be looked at, and says that nothing is saved there.

        Where the API comes later than a course waits for it (T02), the tab says that it has no connection.
        """
        if self.page is None or self.is_offline or self.says() != "saved" or self.host in ("minimal", "cornerstone"):
            return
        other = self.context.new_page()
        other.add_init_script("window.isSecondTab = true;")
        other.goto(f"{self.room.address}/lms/{self.enrolment.key}")
        frame = self.ready(other)
        said = frame.evaluate(scripts.SAYS)
        other.close()
        if said != ("untracked" if self.enrolment.profile.settings["api_delay"] > PATIENCE else "read-only"):
            raise Lost(f"the second tab says {said}")

    def clock(self, jump: int) -> None:
        frame = self.frame()
        if frame is not None:
            frame.evaluate("jump => { const now = Date.now; Date.now = () => now() + jump; }", jump)

    def new_browser(self, _: Any) -> None:
        self._leave()
        self.context.set_offline(False)
        self.is_offline = False
        if self.own_context:
            self.context.close()
        self.context, self.own_context = self.room.context(self.storage_kind, fresh=True), True
        self.oracle.device_holds(saved.Saved())

    def end(self) -> None:
        """All faults end; the learner opens the course once more and it saves everything."""
        self.faults.disarm()
        self.mend(None)
        self.online(None)
        self.enrolment.profile = profile("strict" if self.host == "lrs" else self.host)
        passed_on_device = self.oracle.status_on_device == "passed"
        self.open()
        for _ in range(100):
            if self.says() == ("read-only" if self.reviews else "saved"):
                break
            self.pass_time(1000)
        else:
            raise Lost(f"nothing is wrong any more, and the course still says {self.says()}")
        self.look()
        self._leave()
        self._arrive()
        self.see_host()
        if passed_on_device and not self.passed_at_host():
            record = self.enrolment.record
            raise Lost(f"the learner passed, this device knew it, and the host has {record.status!r}, {record.score}")

    def passed_at_host(self) -> bool:
        if self.host == "lrs":
            verbs = [s.statement["verb"]["id"].rpartition("/")[2] for s in self.enrolment.lrs.statements.values()]
            if any(verbs.count(verb) > 1 for verb in ("passed", "failed", "completed")):
                raise Lost(f"a verdict was said twice: {verbs}")
            return "passed" in verbs
        record = self.enrolment.record
        return record.status == "passed" or (record.completion or {}).get("status") == "passed"
