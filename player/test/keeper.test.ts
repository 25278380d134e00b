import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Course } from "../src/course";
import { Keeper, type SaveState } from "../src/keeper";
import { decode } from "../src/state";
import { LocalTracker } from "../src/trackers/local";
import { Scorm12Tracker } from "../src/trackers/scorm12";
import { tenPages } from "./courses";
import { Browser, FakeHost, type Tab } from "./world";

const SOON = 400;
const SPACING = 3000;

beforeEach(() => vi.useFakeTimers({ now: new Date(2026, 10, 23, 14, 2) }));
afterEach(() => vi.useRealTimers());

interface Opened {
  readonly keeper: Keeper;
  readonly tab: Tab;
  readonly host: FakeHost;
  readonly browser: Browser;
  readonly course: Course;
}

async function open(host = new FakeHost(), browser = new Browser(), course = tenPages(), globals?: Record<string, unknown>): Promise<Opened> {
  const tab = browser.tab(globals ?? { API: host.API });
  const opening = Keeper.open(course, new Scorm12Tracker(course, tab.view), tab.view);
  await vi.advanceTimersByTimeAsync(globals === undefined ? 0 : 2500);
  const keeper = await opening;
  return { keeper, tab, host, browser, course };
}

async function wait(milliseconds: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(milliseconds);
}

/** The state that the server holds. */
function held({ course, host }: Opened) {
  return decode(course, host.server.get("cmi.suspend_data") ?? "").state;
}

describe("saving", () => {
  it("T03: the first save comes at once, without anything having been done", async () => {
    const { host, keeper } = await open();
    await wait(10);
    expect(host.server.get("cmi.core.lesson_status")).toBe("incomplete");
    expect(host.server.get("cmi.core.exit")).toBe("suspend");
    expect(keeper.saveState.kind).toBe("saved");
  });

  it("at most 12 calls in the first five seconds", async () => {
    const host = new FakeHost();
    const tab = new Browser().tab({ API: host.API });
    // As the page does: the first page is shown the moment the keeper is there.
    void Keeper.open(tenPages(), new Scorm12Tracker(tenPages(), tab.view), tab.view).then(({ session }) => session.openPage("p1"));
    await wait(5000);
    expect(host.count("LMSCommit")).toBe(1);
    expect(host.calls.length).toBeLessThanOrEqual(12);
  });

  it("T10: at most one commit in three seconds, however much is done", async () => {
    const { host, keeper } = await open();
    const times: number[] = [];
    const commit = host.API.LMSCommit;
    host.API.LMSCommit = () => (times.push(Date.now()), commit());
    for (let page = 1; page <= 10; page += 1) {
      keeper.session.openPage(`p${page}`);
      await wait(700);
    }
    await wait(4000);
    expect(times.length).toBeGreaterThanOrEqual(3);
    times.slice(1).forEach((time, index) => expect(time - (times[index] ?? 0)).toBeGreaterThanOrEqual(SPACING));
    expect(keeper.saveState.kind).toBe("saved");
  });

  it("a change after a quiet time is saved at once", async () => {
    const opened = await open();
    await wait(10000);
    opened.keeper.session.openPage("p2");
    await wait(SOON);
    expect(held(opened)?.location).toBe("p2");
  });

  it("a ten-page course with five answers, begun to end, takes at most 150 calls and passes", async () => {
    const opened = await open();
    const { session } = opened.keeper;
    for (const page of opened.course.pages) {
      session.openPage(page.id);
      await wait(20000);
      if (page.type === "assessment") session.startAttempt(page.id);
      for (const id of page.questions) {
        session.answer(id, id === "q2" ? ["true"] : ["a"]);
        await wait(15000);
      }
      if (page.type === "assessment") session.submitAttempt(page.id);
      await wait(5000);
    }
    await opened.keeper.exit();
    expect(opened.host.calls.length).toBeLessThanOrEqual(150);
    expect(opened.host.server.get("cmi.core.lesson_status")).toBe("passed");
    expect(opened.host.server.get("cmi.core.score.raw")).toBe("100");
    expect(opened.host.interactions()).toHaveLength(5);
    expect(opened.host.server.get("cmi.suspend_data")?.length).toBeLessThanOrEqual(80);
  });

  it("T12: says what is saved and when, and tries again with growing waits", async () => {
    const { host, keeper } = await open();
    const told: SaveState[] = [];
    keeper.subscribe((state) => told.push(state));
    await wait(10);
    host.manners.network = "refuses";
    const before = host.commits.length;
    keeper.session.openPage("p1");
    expect(keeper.saveState.kind).toBe("unsaved");
    const tries: number[] = [];
    let seen = before;
    for (let second = 0; second < 400; second += 1) {
      await wait(1000);
      if (host.commits.length > seen) tries.push(second);
      seen = host.commits.length;
    }
    expect(keeper.saveState).toMatchObject({ kind: "retrying", device: true });
    const waits = tries.slice(1).map((time, index) => time - (tries[index] ?? 0));
    expect(waits.slice(0, 5)).toEqual([3, 6, 12, 24, 48]);
    expect(Math.max(...waits)).toBe(60);
    host.manners.network = "up";
    await wait(61000);
    expect(keeper.saveState.kind).toBe("saved");
    expect(keeper.saveState.at).toBeGreaterThan(Date.now() - 61000);
    expect(new Set(told.map(({ kind }) => kind))).toEqual(new Set(["unsaved", "saved", "retrying"]));
  });

  it("saveNow saves what is waiting and says whether the host has it", async () => {
    const opened = await open();
    await wait(10);
    opened.keeper.session.openPage("p3");
    expect(await opened.keeper.saveNow()).toBe(true);
    expect(held(opened)?.location).toBe("p3");
    opened.host.manners.network = "refuses";
    opened.keeper.session.openPage("p4");
    expect(await opened.keeper.saveNow()).toBe(false);
  });

  it("a tracker that throws is a save that failed, not the end", async () => {
    const { host, keeper } = await open();
    await wait(10);
    host.API.LMSCommit = () => {
      throw new Error("null in unload");
    };
    keeper.session.openPage("p2");
    await wait(SPACING);
    expect(keeper.saveState.kind).toBe("retrying");
  });
});

describe("T17: hosts that say true while the network is down", () => {
  it("every state carries a counter that grows", async () => {
    const opened = await open();
    const counters: number[] = [];
    for (let page = 1; page <= 4; page += 1) {
      opened.keeper.session.openPage(`p${page}`);
      await wait(SPACING + SOON);
      counters.push(held(opened)?.counter ?? 0);
    }
    expect([...counters].sort((a, b) => a - b)).toEqual(counters);
    expect(new Set(counters).size).toBe(4);
  });

  it.each([["the browser knows that it is offline", false], ["only the page's server cannot be reached", true]])(
    "%s: unsaved, and all is there once the network is back",
    async (_, onLine) => {
      const opened = await open(new FakeHost({ marksSentFirst: true }));
      const { host, browser, keeper, tab } = opened;
      await wait(SPACING);
      host.manners.network = "lies";
      browser.onLine = onLine;
      browser.fetch = () => Promise.reject(new TypeError("Failed to fetch"));
      keeper.session.openPage("p3");
      keeper.session.answer("q1", ["a"]);
      await wait(SPACING + SOON);
      expect(keeper.saveState.kind).toBe("retrying");
      host.manners.network = "up";
      browser.onLine = true;
      browser.fetch = () => Promise.resolve(new Response());
      tab.fire("online");
      await wait(10);
      expect(keeper.saveState.kind).toBe("saved");
      expect(held(opened)?.answers).toHaveProperty("q1");
      expect(host.interactions()).toMatchObject([{ id: "q1", student_response: "a" }]);
    },
  );

  it("a request that a policy forbids is no evidence", async () => {
    const opened = await open();
    await wait(10);
    opened.browser.fetch = () => {
      setTimeout(() => opened.tab.violate("connect-src"), 5);
      return Promise.reject(new TypeError("Failed to fetch"));
    };
    opened.keeper.session.openPage("p2");
    await wait(SPACING + SOON);
    expect(opened.keeper.saveState.kind).toBe("saved");
  });
});

describe("T11: the life of the page", () => {
  it("hidden: what is waiting is committed at once, the session goes on", async () => {
    const opened = await open();
    await wait(10);
    opened.keeper.session.openPage("p2");
    opened.tab.show(false);
    expect(held(opened)?.location).toBe("p2");
    expect(opened.host.calls).not.toContain("LMSFinish");
    opened.tab.show(true);
    opened.keeper.session.openPage("p3");
    await wait(SPACING + SOON);
    expect(held(opened)?.location).toBe("p3");
  });

  it("frozen: as hidden", async () => {
    const opened = await open();
    await wait(10);
    opened.keeper.session.openPage("p2");
    opened.tab.freeze();
    expect(held(opened)?.location).toBe("p2");
    expect(opened.host.calls).not.toContain("LMSFinish");
  });

  it("pagehide: everything, then finish, once", async () => {
    const opened = await open();
    await wait(10);
    opened.keeper.session.openPage("p2");
    opened.tab.fire("pagehide");
    opened.tab.fire("pagehide");
    expect(held(opened)?.location).toBe("p2");
    expect(opened.host.count("LMSFinish")).toBe(1);
    expect(opened.host.calls.at(-1)).toBe("LMSFinish");
  });

  it("back from the back/forward cache: the session has ended, nothing is written any more, and it says so", async () => {
    const { tab, keeper, host } = await open();
    await wait(10);
    const told: string[] = [];
    tab.fire("pagehide", { persisted: true });
    keeper.subscribe((state) => told.push(state.kind));
    tab.fire("pageshow", { persisted: true });
    expect(told).toEqual(["ended"]);
    const calls = host.calls.length;
    keeper.session.openPage("p5");
    await wait(60000);
    expect(host.calls).toHaveLength(calls);
  });

  it("no unload and no beforeunload handlers", async () => {
    const browser = new Browser();
    const types: string[] = [];
    const host = new FakeHost();
    const tab = browser.tab({ API: host.API, addEventListener: (type: string) => void types.push(type) });
    await Keeper.open(tenPages(), new Scorm12Tracker(tenPages(), tab.view), tab.view);
    expect(types).toContain("pagehide");
    expect(types.filter((type) => type.includes("unload"))).toEqual([]);
  });

  it("T14: Save and exit saves, finishes and says whether the host took it", async () => {
    const opened = await open();
    await wait(10);
    opened.keeper.session.openPage("p4");
    expect(await opened.keeper.exit()).toBe(true);
    expect(opened.keeper.saveState.kind).toBe("ended");
    expect(held(opened)?.location).toBe("p4");
    opened.tab.fire("pagehide");
    expect(opened.host.count("LMSFinish")).toBe(1);
    const refused = await open(new FakeHost({ network: "refuses" }));
    expect(await refused.keeper.exit()).toBe(false);
  });

  it("T14: who presses Save and exit twice is told the same twice", async () => {
    const browser = new Browser();
    const { keeper, host } = await open(new FakeHost(), browser);
    await wait(10);
    keeper.session.openPage("p4");
    const answered = browser.fetch;
    browser.fetch = (url, init) => new Promise((resolve) => setTimeout(resolve, 500)).then(() => answered(url, init));
    const told = Promise.all([keeper.exit(), keeper.exit()]);
    await wait(1000);
    expect(await told).toEqual([true, true]);
    expect(host.count("LMSFinish")).toBe(1);
  });

  it("T16: session time is at least a second, stops when the page is hidden or nobody is there", async () => {
    const { keeper, host, tab } = await open();
    await wait(100);
    expect(host.server.get("cmi.core.session_time")).toBe("0000:00:01.00");
    await wait(60000 - 100);
    tab.show(false);
    await wait(3600000);
    tab.show(true);
    await wait(3600000);
    keeper.session.openPage("p2");
    await wait(SOON);
    // One minute before, five minutes until the learner counts as away.
    expect(host.server.get("cmi.core.session_time")).toBe("0000:06:00.00");
    tab.fire("keydown");
    await wait(30000);
    await keeper.exit();
    expect(host.server.get("cmi.core.session_time")).toBe("0000:06:30.00");
  });
});

describe("T13: the copy on the device", () => {
  it("is written before the host is told", async () => {
    const { host, keeper, browser, course } = await open();
    await wait(10);
    host.manners.network = "refuses";
    host.API.LMSSetValue.mockImplementation(() => {
      const copy = [...browser.storage.items.values()].map((text) => (JSON.parse(text) as { state: string }).state);
      expect(copy.map((state) => decode(course, state).state?.location)).toEqual(["p7"]);
      return "false";
    });
    keeper.session.openPage("p7");
    await wait(SPACING);
    expect(host.API.LMSSetValue).toHaveBeenCalled();
  });

  it("names neither course nor learner", async () => {
    const { browser } = await open();
    await wait(10);
    expect([...browser.storage.items.keys()].join()).not.toMatch(/learner|jones|example|tested/i);
    expect(browser.storage.length).toBe(1);
  });

  it.each(["refuses", "lies"] as const)("an answer is not lost when the browser dies while the host %s", async (network) => {
    const first = await open();
    await wait(SPACING);
    first.host.manners.network = network;
    first.keeper.session.openPage("p3");
    first.keeper.session.answer("q1", ["b"]);
    await wait(SPACING);
    first.tab.kill();
    const host = new FakeHost();
    for (const [element, value] of first.host.server) host.server.set(element, value);
    const again = await open(host, first.browser);
    expect(again.keeper.launch).toMatchObject({ restored: true, resumed: true, damaged: false });
    expect(again.keeper.session.answered("q1")?.response).toEqual(["b"]);
    await wait(10);
    expect(held(again)?.answers["q1"]).toEqual({ response: ["b"], tries: 1 });
    expect(host.interactions()).toMatchObject([{ id: "q1", student_response: "b" }]);
  });

  it("an answer that the host has is not reported a second time", async () => {
    const first = await open();
    first.keeper.session.openPage("p3");
    first.keeper.session.answer("q1", ["b"]);
    await wait(SPACING + SOON);
    first.tab.close();
    const again = await open(sameServer(first.host), first.browser);
    expect(again.keeper.launch.restored).toBe(false);
    await wait(10);
    await again.keeper.exit();
    expect(again.host.interactions()).toHaveLength(1);
  });

  it("another learner on the same device gets nothing of it", async () => {
    const first = await open();
    first.keeper.session.openPage("p5");
    first.tab.close();
    const other = new FakeHost();
    const get = other.API.LMSGetValue;
    other.API.LMSGetValue = (element) => (element === "cmi.core.student_id" ? "learner-2" : get(element));
    const { keeper } = await open(other, first.browser);
    expect(keeper.launch).toMatchObject({ resumed: false, restored: false });
  });

  it("a host that names nobody gets no copy", async () => {
    const host = new FakeHost();
    const get = host.API.LMSGetValue;
    host.API.LMSGetValue = (element) => (element === "cmi.core.student_id" ? "" : get(element));
    const { keeper, browser } = await open(host);
    keeper.session.openPage("p2");
    expect(browser.storage.length).toBe(0);
    expect(keeper.saveState.device).toBe(false);
  });

  it("two devices: what only one of them knows is kept", async () => {
    const first = await open();
    await wait(SPACING);
    first.host.manners.network = "refuses";
    first.keeper.session.openPage("p3");
    first.keeper.session.answer("q1", ["b"]);
    await wait(SOON);
    first.tab.kill();
    const elsewhere = await open(sameServer(first.host), new Browser());
    for (const id of ["p5", "p6", "p7", "p8"]) elsewhere.keeper.session.openPage(id);
    elsewhere.keeper.session.answer("q2", ["false"]);
    await wait(SPACING + SOON);
    elsewhere.tab.close();
    const back = await open(sameServer(elsewhere.host), first.browser);
    expect(Object.keys(back.keeper.session.state().answers).sort()).toEqual(["q1", "q2"]);
    expect(back.keeper.session.location).toBe("p8");
  });

  it.each(["missing", "full"])("works when storage is %s, and says that nothing lies on this device", async (how) => {
    const browser = new Browser();
    if (how === "missing") browser.forbidden = true;
    else browser.storage.full = true;
    const opened = await open(new FakeHost(), browser);
    opened.keeper.session.openPage("p2");
    await wait(SPACING + SOON);
    expect(opened.keeper.saveState).toMatchObject({ kind: "saved", device: false });
    expect(held(opened)?.location).toBe("p2");
  });

  it("what lies there and is not ours does no harm", async () => {
    const first = await open();
    first.keeper.session.openPage("p2");
    await wait(SPACING);
    first.tab.close();
    for (const key of first.browser.storage.items.keys()) first.browser.storage.items.set(key, '{"state":7,"journal":"x"}');
    const { keeper } = await open(sameServer(first.host), first.browser);
    expect(keeper.launch).toMatchObject({ resumed: true, restored: false, damaged: false });
  });
});

describe("T44: a damaged state", () => {
  it("the course starts from what can be read, says so, and keeps the host's status and score", async () => {
    const first = await open();
    for (const id of ["p1", "p2", "p3"]) first.keeper.session.openPage(id);
    await wait(SPACING + SOON);
    first.tab.close();
    const host = sameServer(first.host);
    host.server.set("cmi.suspend_data", "garbage=$&").set("cmi.core.lesson_status", "passed").set("cmi.core.score.raw", "85");
    const { keeper } = await open(host, new Browser());
    expect(keeper.launch).toMatchObject({ damaged: true, resumed: false });
    expect(keeper.session.snapshot()).toMatchObject({ status: "passed", score: 85, success: "passed" });
    keeper.session.openPage("p1");
    await keeper.exit();
    expect(host.server.get("cmi.core.lesson_status")).toBe("passed");
    expect(host.server.get("cmi.core.score.raw")).toBe("85");
  });

  it("a whole copy on the device mends it silently", async () => {
    const first = await open();
    first.keeper.session.openPage("p4");
    await wait(SPACING + SOON);
    first.tab.close();
    const host = sameServer(first.host);
    host.server.set("cmi.suspend_data", (host.server.get("cmi.suspend_data") ?? "").slice(0, 9));
    const { keeper } = await open(host, first.browser);
    expect(keeper.launch).toMatchObject({ damaged: false, restored: true });
    expect(keeper.session.location).toBe("p4");
  });
});

describe("who may write", () => {
  it.each(["review", "browse"])("T06: in %s mode nothing is written, whatever is done", async (mode) => {
    const { host, keeper, tab, browser } = await open(new FakeHost({ mode }));
    keeper.session.openPage("p3");
    keeper.session.answer("q1", ["a"]);
    await wait(60000);
    tab.show(false);
    expect(await keeper.exit()).toBe(true);
    tab.close();
    expect(host.API.LMSSetValue).not.toHaveBeenCalled();
    expect(host.count("LMSCommit")).toBe(0);
    expect(host.count("LMSFinish")).toBe(1);
    expect(browser.storage.length).toBe(0);
    expect(keeper.saveState.kind).toBe("ended");
  });

  it("T06, T17: a pass that died while it was sent again is delivered in review mode, once; nothing that is done then is", async () => {
    const first = await open();
    const { session } = first.keeper;
    for (const page of first.course.pages) {
      session.openPage(page.id);
      if (page.type === "assessment") session.startAttempt(page.id);
      for (const id of page.questions) session.answer(id, id === "q2" ? ["true"] : ["a"]);
      if (page.type === "assessment") session.submitAttempt(page.id);
    }
    await wait(SPACING + SOON);
    expect(first.host.server.get("cmi.core.lesson_status")).toBe("passed");
    first.tab.kill();
    const host = sameServer(first.host, "review");
    host.server.set("cmi.core.lesson_status", "completed").set("cmi.core.score.raw", "99.999999").delete("cmi.suspend_data");
    const { keeper } = await open(host, first.browser);
    await wait(10);
    expect([...host.server]).toEqual(expect.arrayContaining([["cmi.core.lesson_status", "passed"], ["cmi.core.score.raw", "100"]]));
    expect(host.count("LMSCommit")).toBe(1);
    keeper.session.openPage("p3");
    await wait(60000);
    expect(keeper.saveState.kind).toBe("read-only");
    expect(host.count("LMSCommit")).toBe(1);
    await keeper.exit();
    const again = sameServer(host, "review");
    await open(again, first.browser);
    await wait(60000);
    expect(again.count("LMSCommit")).toBe(0);
  });

  it("T15: a second tab of the same learner is read-only and says so; the first goes on", async () => {
    const first = await open();
    await wait(10);
    const second = await openSecond(first);
    expect(second.keeper.launch.secondTab).toBe(true);
    expect(second.keeper.saveState.kind).toBe("read-only");
    second.keeper.session.openPage("p9");
    await wait(10000);
    second.tab.close();
    expect(second.host.calls.filter((call) => /^set|Commit|Finish/.test(call))).toEqual([]);
    first.keeper.session.openPage("p2");
    await wait(SPACING + SOON);
    expect(held(first)?.location).toBe("p2");
  });

  it("T15: a tab that has saved and exited gives way, even while its window is open", async () => {
    const first = await open();
    await wait(10);
    await first.keeper.exit();
    expect((await openSecond(first)).keeper.launch.secondTab).toBe(false);
  });

  it("T15: without Web Locks the tabs ask each other", async () => {
    const browser = new Browser();
    browser.locks = false;
    browser.channel = channels();
    const opening = openSecond({ browser } as Opened);
    const first = await opening;
    expect(first.keeper.launch.secondTab).toBe(false);
    expect((await openSecond(first)).keeper.launch.secondTab).toBe(true);
    await first.keeper.exit();
    expect((await openSecond(first)).keeper.launch.secondTab).toBe(false);
  });

  it("T15: once the first has gone, the next one may write; a reload waits for the page that it replaces", async () => {
    const first = await open();
    await wait(10);
    const tab = first.browser.tab({ API: sameServer(first.host).API });
    const opening = Keeper.open(first.course, new Scorm12Tracker(first.course, tab.view), tab.view);
    await wait(300);
    first.tab.close();
    await wait(600);
    expect((await opening).launch.secondTab).toBe(false);
  });

  it("T15: where the learner left off is known before it is clear who may write, and does not hang on what happens meanwhile", async () => {
    const before = await open();
    before.keeper.session.openPage("p4");
    await wait(10);
    const tab = before.browser.tab({ API: sameServer(before.host).API });
    let shown = "";
    const opening = Keeper.open(before.course, new Scorm12Tracker(before.course, tab.view), tab.view, ({ session, plain }) => {
      expect(plain).toBe(false);
      shown = session.location;
      before.keeper.session.openPage("p5"); // the page that this one replaces writes its last
      before.tab.close();
      return Promise.resolve();
    });
    await wait(600);
    expect(shown).toBe("p4");
    expect((await opening).session.location).toBe("p5");
  });

  it("T02: without a host the course runs, is kept on the device and says that it is not connected", async () => {
    const first = await open(new FakeHost(), new Browser(), tenPages(), {});
    expect(first.keeper.launch.connection.connected).toBe(false);
    first.keeper.session.openPage("p6");
    expect(first.keeper.saveState).toMatchObject({ kind: "untracked", device: true });
    first.tab.close();
    const again = await open(new FakeHost(), first.browser, tenPages(), {});
    expect(again.keeper.launch).toMatchObject({ resumed: true, restored: false });
    expect(again.keeper.session.location).toBe("p6");
  });

  it("a host whose session has ended (back in a frame): it says so, and nothing goes to nobody", async () => {
    const host = new FakeHost();
    host.API.LMSInitialize = () => "false";
    const { keeper, browser } = await open(host);
    keeper.session.openPage("p2");
    await wait(60000);
    expect(keeper.saveState.kind).toBe("ended");
    expect(browser.storage.length).toBe(0);
    expect(host.API.LMSSetValue).not.toHaveBeenCalled();
  });

  it("the local tracker is never connected", async () => {
    const tab = new Browser().tab();
    const keeper = await Keeper.open(tenPages(), new LocalTracker(), tab.view);
    expect(keeper.launch.connection.connected).toBe(false);
    expect(keeper.saveState.kind).toBe("untracked");
    expect(await keeper.saveNow()).toBe(false);
  });
});

/** The next session on the same server. */
function sameServer(host: FakeHost, mode = "normal"): FakeHost {
  const next = new FakeHost({ mode });
  for (const [element, value] of host.server) next.server.set(element, value);
  return next;
}

async function openSecond({ browser, host }: Pick<Opened, "browser"> & Partial<Opened>): Promise<Opened> {
  const next = host === undefined ? new FakeHost() : sameServer(host);
  const course = tenPages();
  const tab = browser.tab({ API: next.API });
  const opening = Keeper.open(course, new Scorm12Tracker(course, tab.view), tab.view);
  await wait(2000);
  return { keeper: await opening, tab, host: next, browser, course };
}

/** BroadcastChannel among the tabs of one browser. */
function channels(): typeof BroadcastChannel {
  const open = new Set<{ name: string; onmessage: ((event: { data: unknown }) => void) | null }>();
  return class {
    onmessage: ((event: { data: unknown }) => void) | null = null;
    constructor(readonly name: string) {
      open.add(this);
    }
    postMessage(data: unknown): void {
      for (const other of open) if (other !== this && other.name === this.name) setTimeout(() => other.onmessage?.({ data }), 0);
    }
    close(): void {
      open.delete(this);
    }
  } as unknown as typeof BroadcastChannel;
}
