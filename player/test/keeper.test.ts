import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Keeper, type SaveState } from "../src/keeper";
import { Scorm12Tracker } from "../src/trackers/scorm12";
import { tenPages } from "./courses";
import { SOON, SPACING, held, open, wait } from "./keeping";
import { Browser, FakeHost } from "./world";

beforeEach(() => vi.useFakeTimers({ now: new Date(2026, 10, 23, 14, 2) }));
afterEach(() => vi.useRealTimers());

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
