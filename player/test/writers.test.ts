import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Keeper } from "../src/keeper";
import { LocalTracker } from "../src/trackers/local";
import { Scorm12Tracker } from "../src/trackers/scorm12";
import { tenPages } from "./courses";
import { SOON, SPACING, held, open, type Opened, sameServer, wait } from "./keeping";
import { Browser, FakeHost } from "./world";

beforeEach(() => vi.useFakeTimers({ now: new Date(2026, 10, 23, 14, 2) }));
afterEach(() => vi.useRealTimers());

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
