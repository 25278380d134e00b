"""Random trials: a learner works while things go wrong; what is held is compared with what comes back.

A trial is a seed, and the seed is a plan: a list of events. The oracle keeps, for each practice question, the answer that was
submitted last, and which storage held it when: the host from the moment at which its server stored a saved state that was
sent later than the answer; this device from the moment of the answer. At each launch the course must show, for each
question, the newest answer that either still holds. Time runs 20 times as fast in the browser, so that waits are short.

    python -m tests.browser.trials moodle 17          runs one trial and tells of each event
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Error, Frame, Page, sync_playwright

from scormkit.preview.content import Content
from scormkit.preview.lms import Enrolment, Lms
from scormkit.preview.profiles import NAMES
from scormkit.preview.records import Learner
from tests.browser import courses
from tests.browser.classroom import ARGUMENTS, CHROMIUM, serving

HOSTS = (*NAMES, "lrs")
FASTER = 20
FAST = f"""
  const wait = window.setTimeout, now = performance.now.bind(performance);
  window.setTimeout = (act, ms = 0, ...more) => wait(act, ms / {FASTER}, ...more);
  performance.now = () => now() * {FASTER};
"""
"""Put into every page: what the player and the host wait for passes quickly."""

COPIES = """() => {
  try {
    return Object.keys(localStorage).filter(key => key.startsWith("scormkit:"));
  } catch {
    return []; // a frame between pages of another site may have no storage
  }
}"""
SPOIL = "([keys, text]) => { for (const key of keys) localStorage.setItem(key, text); }"
ANSWER = """async ([page, id, key]) => {
  location.hash = `#/${page}`;
  for (let n = 0; n < 20 && document.getElementById(`/${page}`).hidden; n++) await new Promise(done => setTimeout(done, 10));
  const root = document.querySelector(`[data-question="${id}"]`);
  const retry = root.querySelector("[data-action=retry]");
  if (!retry.hidden) retry.click();
  const input = root.querySelector(`input[value="${key}"]`);
  if (input.disabled) return false;
  input.checked = true;
  root.querySelector("[data-action=answer]").click();
  return !root.querySelector("[data-outcome]").hidden;
}"""
TAKE = """async keys => {
  location.hash = "#/assessment";
  const page = document.getElementById("/assessment");
  for (let n = 0; n < 20 && page.hidden; n++) await new Promise(done => setTimeout(done, 10));
  const begin = [...page.querySelectorAll("[data-action=start], [data-action=again]")].find(one => one.checkVisibility());
  if (begin) begin.click();
  for (const [id, key] of Object.entries(keys)) {
    const input = page.querySelector(`[data-question="${id}"] input[value="${key}"]`);
    if (input.disabled) return false;
    input.checked = true;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }
  page.querySelector("[data-action=submit]").click();
  return !page.querySelector("[data-results]").hidden;
}"""
SHOWN = """async pages => {
  const shown = {};
  for (const page of pages) {
    location.hash = `#/${page}`;
    for (let n = 0; n < 20 && document.getElementById(`/${page}`).hidden; n++) await new Promise(done => setTimeout(done, 10));
    for (const root of document.getElementById(`/${page}`).querySelectorAll("[data-question]")) {
      const input = root.querySelector("input:checked");
      if (input) shown[root.dataset.question] = input.value;
    }
  }
  return shown;
}"""
SAYS = "document.querySelector('[data-save-state]')?.dataset.saveState ?? 'closed'"
STORAGES = {
    "missing": "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });",
    "full": "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };",
}
RANK = ["", "not attempted", "incomplete", "failed", "completed", "passed"]
EVENTS = {
    "answer": 30, "take": 8, "wait": 14, "relaunch": 10, "close": 6, "kill": 5, "reload": 4, "back": 3, "freeze": 3,
    "fault": 14, "mend": 10, "offline": 8, "online": 8, "corrupt-host": 2, "corrupt-device": 2, "second-tab": 3, "clock": 3,
    "new-browser": 2,
}  # fmt: skip
FAULTS = ("refuse", "slow", "silence", "lost-answer", "unauthorised", "login-page")
Event = tuple[str, Any]


class Lost(AssertionError):
    """A trial found that something was lost, lowered or untrue."""


def plan(host: str, seed: int) -> list[Event]:
    """The events of a trial; the first says what storage the browser has."""
    chance = random.Random(f"{host}:{seed}")
    storage = chance.choices(["", "missing", "full"], [12, 1, 1])[0]
    events: list[Event] = [("storage", storage)]
    for _ in range(chance.randint(4, 10)):
        name = chance.choices(list(EVENTS), list(EVENTS.values()))[0]
        detail: Any = None
        if name == "answer":
            detail = [chance.randint(1, 3), chance.choice("abc")]
        elif name == "take":
            detail = chance.choice([True, False])
        elif name == "wait":
            detail = chance.choice([20, 60, 200, 400])
        elif name == "fault":
            detail = chance.choice(FAULTS)
        elif name == "corrupt-host":
            detail = chance.choice(["", "1", "%%%", "1LABV5l3EAAIES0NDQcAtja", "half"])
        elif name == "corrupt-device":
            detail = chance.choice(["", "{", '{"state": 7}', '{"state": "zzz", "unsaved": true}'])
        elif name == "clock":
            detail = chance.choice([-86_400_000, 3_600_000, 40_000_000_000])
        events.append((name, detail))
    return events


@dataclass
class Held:
    """What a storage holds: for each question the number of the submission and the answer."""

    answers: dict[str, tuple[int, str]] = field(default_factory=dict)

    def newest(self, other: Held) -> dict[str, str]:
        both = {**self.answers}
        for question, held in other.answers.items():
            both[question] = max(both.get(question, held), held)
        return {question: answer for question, (_, answer) in both.items()}


@dataclass
class Room:
    """What trials share: a browser, a served LMS, the course's packages."""

    browser: Browser
    lms: Lms
    address: str
    packages: dict[str, Content]
    script: str = ""  # put into every page, to see whether trials find what it breaks
    contexts: dict[str, BrowserContext] = field(default_factory=dict)

    def context(self, storage: str, fresh: bool = False) -> BrowserContext:
        """A browser with that kind of storage; trials share it, because each has a learner of its own."""
        if fresh or storage not in self.contexts:
            made = self.browser.new_context(viewport={"width": 800, "height": 600})
            made.add_init_script(FAST + STORAGES.get(storage, "") + self.script)
            if fresh:
                return made
            self.contexts[storage] = made
        return self.contexts[storage]


@contextmanager
def room(script: str = "") -> Iterator[Room]:
    """Opens everything that trials need."""
    lms = Lms()
    options = "assessment: {pass-mark: 60}\ncompletion: assessment\n"
    with tempfile.TemporaryDirectory() as folder, serving(lms) as address, sync_playwright() as playwright:
        arguments = [*ARGUMENTS, "--disable-popup-blocking"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        made = {
            f: courses.small(Path(folder), f, pages=3, practice=3, graded=2, settings=options)
            for f in ("scorm12", "xapi")
        }
        yield Room(browser, lms, address, made, script)
        browser.close()


class Trial:
    """One learner, one plan. Raises Lost where something is wrong."""

    def __init__(
        self, room: Room, host: str, events: list[Event], say: Callable[[str], None] = lambda words: None
    ) -> None:
        self.room, self.host, self.events, self.say = room, host, events, say
        format = "xapi" if host == "lrs" else "scorm12"
        learner = Learner(f"learner-{len(room.lms.enrolments)}", "Learner, Alex")
        self.enrolment: Enrolment = room.lms.enrol(
            room.packages[format], "strict" if host == "lrs" else host, format, learner, told=self._told
        )
        self.enrolment.faults.slowness = 5 / FASTER
        self.storage_kind = ""
        self.context: BrowserContext = room.context("")
        self.own_context = False
        self.page: Page | None = None
        self.errors: list[str] = []
        self.submitted: list[tuple[float, float, str, str]] = []  # not before, not after, question, answer
        self.device, self.host_held, self.session = Held(), Held(), Held()
        self.stored_at: list[float] = []  # when the LRS took a saved state
        self.is_offline = False
        self.lied_until = 0.0  # answers before this may have been "saved" by a host that cannot be believed
        self.best_rank, self.best_score = 0, -1.0
        self.passed_on_device = False

    def _told(self, kind: str, data: Any) -> None:
        if (
            kind == "request"
            and data["method"] == "PUT"
            and data["path"] == "activities/state"
            and data["status"] == 204
        ):
            self.stored_at.append(time.time())

    def run(self) -> None:
        """Runs the plan, then takes all faults away and looks at what is left."""
        try:
            for name, detail in self.events:
                self.say(f"{name} {detail if detail is not None else ''}")
                if name != "storage" and self.page is None:
                    self.open()
                getattr(self, name.replace("-", "_"))(detail)
                self.look()
            self.end()
        finally:
            self._leave()
            self.context.set_offline(False)
            if self.own_context:
                self.context.close()

    # What the oracle looks at

    def last_stored(self) -> float:
        """When the host last took a saved state."""
        if self.host == "lrs":
            return max(self.stored_at, default=0.0)
        commits = self.enrolment.record.commits
        return max((c.at for c in commits if c.stored and "cmi.suspend_data" in c.values), default=0.0)

    def stored(self) -> None:
        """Moves what the host has surely stored into `host_held`."""
        last = self.last_stored()
        for number, (_, at, question, answer) in enumerate(self.submitted):
            if at <= last and self.session.answers.get(question, (-1, ""))[0] >= number:
                self.host_held.answers[question] = max(self.host_held.answers.get(question, (-1, "")), (number, answer))

    def look(self) -> None:
        """After each event: nothing at the host went down, and the learner was told the truth."""
        self.stored()
        if self.errors:
            raise Lost(f"the course had an error: {self.errors[0]}")
        record = self.enrolment.record
        if self.host != "lrs" and record.values:
            rank, score = RANK.index(record.status), -1.0 if record.score is None else record.score
            if rank < self.best_rank or score < self.best_score:
                before = f"{RANK[self.best_rank]}, {self.best_score}"
                raise Lost(f"the host held {before} and now holds {record.status}, {record.score}")
            self.best_rank, self.best_score = rank, score
        if self.page is not None and self.says() == "saved" and self.honest():
            last = self.last_stored()
            own = {number: question for question, (number, _) in self.session.answers.items()}
            since = max(last, self.lied_until)
            missing = [own[n] for n, (at, _, _, _) in enumerate(self.submitted) if n in own and at > since]
            if missing:
                raise Lost(f"the learner was told that all is saved, and the host does not have {missing}")

    def honest(self) -> bool:
        """Whether this host, with this fault, lets content know what became of a save."""
        settings = self.enrolment.profile.settings
        if settings["sends"] == "each" or not settings["commit_stores"]:
            return False
        kinds = {"silence": "network", "lost-answer": "network", "refuse": "refused", "login-page": "login-page"}
        kind = kinds.get(self.enrolment.faults.kind)
        # Offline is left out: the browser knows of it, so the course must, whatever such a host answers.
        return kind is None or self.host == "lrs" or settings["answers"][kind][0] == "false"

    @property
    def reviews(self) -> bool:
        """Whether this launch is for looking back: nothing is written then, here or there."""
        return self.host != "lrs" and self.enrolment.record.mode == "review"

    def says(self) -> str:
        try:
            frame = self.frame()
            return str(frame.evaluate(SAYS)) if frame else "closed"
        except Error:
            return "closed"

    # The course in the browser

    def frame(self, page: Page | None = None) -> Frame | None:
        """The course's frame, in `page` or wherever it is."""
        part = f"/content/{self.enrolment.key}/"
        pages = [page] if page is not None else reversed(self.context.pages)
        return next((frame for one in pages for frame in one.frames if part in frame.url and not one.is_closed()), None)

    def open(self) -> None:
        """A launch: the course must start, and show the newest answers that any storage holds."""
        popup = self.enrolment.profile.settings["window"] == "popup" and self.host != "lrs"
        if self.page is None or popup:
            self._leave()
            self.page = self._new_page()
            self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        else:
            self.page.goto("about:blank")
        self.stored()
        self.forget_what_the_host_forgets()
        if self.is_offline:
            self.online(None)  # nobody opens a course without a network
        self.page.goto(f"{self.room.address}/lms/{self.enrolment.key}")
        self.page.wait_for_function("window.lms !== undefined")
        if popup:
            with self.page.expect_popup():
                self.page.get_by_role("button").click()
        self.check_launch()

    def _new_page(self) -> Page:
        try:
            return self.context.new_page()
        except Error:  # the renderer that the browser had ready for it was among those that were killed
            return self.context.new_page()

    def forget_what_the_host_forgets(self) -> None:
        record, settings = self.enrolment.record, self.enrolment.profile.settings
        over = record.status in ("passed", "failed", "completed")
        if self.host != "lrs" and ((over and settings["resumes"] == "unfinished") or not record.values):
            self.host_held = Held()
            self.best_rank, self.best_score = 0, -1.0

    def check_launch(self) -> None:
        frame = self.ready()
        held = self.host_held.newest(Held() if self.reviews else self.device)
        reachable = self.enrolment.faults.kind not in ("refuse", "silence", "lost-answer", "unauthorised", "login-page")
        if self.host == "lrs" and not reachable:
            held = {question: answer for question, (_, answer) in self.device.answers.items()}
        shown = frame.evaluate(SHOWN, ["page-1", "page-2", "page-3"])
        self.session = Held({q: both for q, both in self._newest_numbers().items() if shown.get(q) == both[1]})
        wrong = {
            question: (answer, shown.get(question))
            for question, answer in held.items()
            if shown.get(question) != answer
        }
        if wrong:
            raise Lost(f"answers held and not shown (question: held, shown): {wrong}")

    def _newest_numbers(self) -> dict[str, tuple[int, str]]:
        both = {**self.host_held.answers}
        for question, held in self.device.answers.items():
            both[question] = max(both.get(question, held), held)
        return both

    def ready(self, page: Page | None = None) -> Frame:
        end = time.monotonic() + 15
        while time.monotonic() < end:
            frame = self.frame(page)
            if frame is not None:
                try:
                    frame.locator("html[data-ready]").wait_for(timeout=8000, state="attached")
                    return frame
                except Error:
                    pass
            self.context.pages[-1].wait_for_timeout(20)
        raise Lost("the course did not start")

    def _leave(self) -> None:
        for page in self.context.pages:
            if not page.is_closed():
                page.close()
        self.page = None

    # Events

    def storage(self, kind: str) -> None:
        self.storage_kind = kind
        self.context = self.room.context(kind)

    def answer(self, detail: tuple[int, str]) -> None:
        number, key = detail
        frame = self.frame()
        said = self.says()
        if frame is None or said in ("ended", "closed", "read-only"):
            return
        question = f"practice-{number}"
        keys = [option["key"] for option in _options(frame, question)]
        key = keys["abc".index(key)]
        before = time.time()
        if not frame.evaluate(ANSWER, [f"page-{number}", question, key]):
            return
        held = (len(self.submitted), key)
        self.submitted.append((before, time.time(), question, key))
        self.session.answers[question] = held
        # Where the API came too late, the copy is nobody's: this learner's next launch does not look at it.
        if not self.storage_kind and said != "untracked" and frame.evaluate(COPIES):
            self.device.answers[question] = held

    def take(self, right: bool) -> None:
        frame = self.frame()
        if frame is None or self.says() in ("ended", "closed", "read-only", "untracked"):
            return
        keys = {}
        for question in ("graded-1", "graded-2"):
            correct = _correct(frame, question)
            others = [option["key"] for option in _options(frame, question) if option["key"] != correct]
            keys[question] = correct if right else others[0]
        if frame.evaluate(TAKE, keys) and right and not self.storage_kind and frame.evaluate(COPIES):
            self.passed_on_device = True

    def wait(self, milliseconds: int) -> None:
        self.context.pages[-1].wait_for_timeout(milliseconds)

    def relaunch(self, _: Any) -> None:
        self.open()

    def close(self, _: Any) -> None:
        self._leave()

    def kill(self, _: Any) -> None:
        """The renderers die: nothing of the page runs any more."""
        session = self.room.browser.new_browser_cdp_session()
        processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
        for process in processes:
            if process["type"] == "renderer":
                os.kill(process["id"], signal.SIGKILL)
        session.detach()
        time.sleep(0.05)
        self._leave()

    def reload(self, _: Any) -> None:
        self.stored()
        self.forget_what_the_host_forgets()
        if self.is_offline:
            self.online(None)
        if self.page is None or self.enrolment.profile.settings["window"] == "popup":
            self.open()
            return
        self.page.reload()
        self.page.wait_for_function("window.lms !== undefined")
        self.stored()
        self.check_launch()

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
        time.sleep(0.05)
        session.send("Page.setWebLifecycleState", {"state": "active"})
        session.detach()

    def fault(self, kind: str) -> None:
        if not self.honest():
            self.lied_until = time.time()
        self.enrolment.faults.set(kind)

    def mend(self, _: Any) -> None:
        self.fault("")

    def offline(self, _: Any) -> None:
        self.is_offline = True
        self.context.set_offline(True)

    def online(self, _: Any) -> None:
        self.is_offline = False
        self.context.set_offline(False)

    def corrupt_host(self, text: str) -> None:
        """Between sessions the saved state at the host is spoilt; status and score are the host's own."""
        self._leave()
        values = self.enrolment.record.values
        if self.host == "lrs" or not values.get("cmi.suspend_data"):
            return
        state = values["cmi.suspend_data"]
        values["cmi.suspend_data"] = state[: len(state) // 2] if text == "half" else text
        self.host_held = Held()
        self.submitted = [(before, float("inf"), question, answer) for before, _, question, answer in self.submitted]

    def corrupt_device(self, text: str) -> None:
        frame = self.frame()
        if self.storage_kind or frame is None:
            return
        frame.evaluate(SPOIL, [frame.evaluate(COPIES), text])
        self.device = Held()
        self.passed_on_device = False

    def second_tab(self, _: Any) -> None:
        """A second tab of the same course: it may be looked at, and says that nothing is saved there."""
        if self.page is None or self.is_offline or self.says() != "saved" or self.host in ("minimal", "cornerstone"):
            return
        other = self.context.new_page()
        other.goto(f"{self.room.address}/lms/{self.enrolment.key}")
        frame = self.ready(other)
        said = frame.evaluate(SAYS)
        other.close()
        if said != "read-only":
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
        self.device, self.passed_on_device = Held(), False

    def end(self) -> None:
        """All faults end; the learner opens the course once more and it saves everything."""
        self.mend(None)
        self.online(None)
        self.open()
        end = time.monotonic() + 10
        while self.says() != ("read-only" if self.reviews else "saved"):
            if time.monotonic() > end:
                raise Lost(f"nothing is wrong any more, and the course still says {self.says()}")
            self.context.pages[-1].wait_for_timeout(20)
        self.look()
        self._leave()
        time.sleep(0.02)
        if self.passed_on_device and not self.passed_at_host():
            record = self.enrolment.record
            raise Lost(f"the learner passed, this device knew it, and the host has {record.status!r}, {record.score}")

    def passed_at_host(self) -> bool:
        if self.host == "lrs":
            verbs = [s.statement["verb"]["id"] for s in self.enrolment.lrs.statements.values()]
            if any(
                verbs.count(f"http://adlnet.gov/expapi/verbs/{verb}") > 1 for verb in ("passed", "failed", "completed")
            ):
                raise Lost(f"a verdict was said twice: {verbs}")
            return "http://adlnet.gov/expapi/verbs/passed" in verbs
        record = self.enrolment.record
        return record.status == "passed" or (record.completion or {}).get("status") == "passed"


def _question(frame: Frame, id: str) -> dict[str, Any]:
    course = json.loads(frame.evaluate("document.getElementById('course').textContent"))
    return next(question for question in course["questions"] if question["id"] == id)


def _options(frame: Frame, id: str) -> list[dict[str, Any]]:
    return list(_question(frame, id)["options"])


def _correct(frame: Frame, id: str) -> str:
    return str(_question(frame, id)["interaction"]["correct"][0][0])


def run(room: Room, host: str, events: list[Event], say: Callable[[str], None] = lambda words: None) -> str:
    """What a plan loses, in words; an empty text where it loses nothing."""
    try:
        Trial(room, host, events, say).run()
    except Lost as lost:
        return str(lost)
    return ""


def shrunk(room: Room, host: str, events: list[Event]) -> list[Event]:
    """The plan without the events that it fails without too."""
    at = len(events) - 1
    while at > 0:
        fewer = events[:at] + events[at + 1 :]
        if run(room, host, fewer):
            events = fewer
        at -= 1
    return events


def batch(host: str, seeds: range) -> list[str]:
    """Runs the trials of one host; tells of each that failed: its seed, what was lost, and the shortest plan for it."""
    failures = []
    with room() as here:
        for seed in seeds:
            events = plan(host, seed)
            lost = run(here, host, events)
            if lost:
                failures.append(f"{host} {seed}: {lost}\n    {shrunk(here, host, events)}")
    return failures


if __name__ == "__main__":
    name, first, *last = sys.argv[1:]
    with room() as here:
        began = time.monotonic()
        for seed in range(int(first), int(last[0]) if last else int(first) + 1):
            alone = not last
            lost = run(here, name, plan(name, seed), print if alone else lambda words: None)
            print(f"{name} {seed}: {lost or 'nothing lost'}", plan(name, seed) if lost else "", flush=True)
        print(f"{time.monotonic() - began:.1f} s")
