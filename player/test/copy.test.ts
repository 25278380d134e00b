import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { decode } from "../src/state";
import { SOON, SPACING, held, open, sameServer, wait } from "./keeping";
import { Browser, FakeHost } from "./world";

beforeEach(() => vi.useFakeTimers({ now: new Date(2026, 10, 23, 14, 2) }));
afterEach(() => vi.useRealTimers());

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
