import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Course } from "../src/course";
import { Keeper } from "../src/keeper";
import { decode } from "../src/state";
import { duration } from "../src/trackers/notation";
import { XapiTracker } from "../src/trackers/xapi";
import { KINDS, makeCourse, right, tenPages, wrong } from "./courses";
import { ACTOR, FakeLrs, REGISTRATION, address } from "./lrs";
import { Browser, type Tab } from "./world";

const SPACING = 3500;

interface Opened {
  readonly keeper: Keeper;
  readonly tab: Tab;
  readonly browser: Browser;
  readonly lrs: FakeLrs;
  readonly course: Course;
}

async function open(lrs = new FakeLrs(), browser = new Browser(), course = tenPages(), where = address(), waiting = 0): Promise<Opened> {
  browser.fetch = lrs.fetch;
  const tab = browser.tab({}, where);
  const opening = Keeper.open(course, new XapiTracker(course, tab.view), tab.view);
  await wait(waiting);
  return { keeper: await opening, tab, browser, lrs, course };
}

async function wait(milliseconds: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(milliseconds);
}

beforeEach(() => vi.useFakeTimers({ now: new Date("2026-11-23T14:02:00Z") }));
afterEach(() => vi.useRealTimers());

describe("T52: launch", () => {
  it("takes the parameters and clears the address bar; a reload finds them in the session storage", async () => {
    const { tab, keeper, browser, lrs } = await open(new FakeLrs(), new Browser(), tenPages(), address({ other: "1" }));
    expect(keeper.launch.connection).toMatchObject({ connected: true, learnerName: "Sam Jones", registration: REGISTRATION });
    expect(tab.view.location.href).toBe("https://lms.example/course/index.html?other=1#/p1");
    tab.close();
    const reload = browser.tab({ sessionStorage: tab.session }, tab.view.location.href);
    const again = await Keeper.open(tenPages(), new XapiTracker(tenPages(), reload.view), reload.view);
    expect(again.launch.connection.connected).toBe(true);
    expect(lrs.requests.every(({ url }) => !url.href.includes("secret") && !url.href.includes("c2VjcmV0"))).toBe(true);
  });

  it.each([
    ["a bare credential", { auth: "c2VjcmV0" }, "Basic c2VjcmV0"],
    ["a bearer token", { auth: "Bearer x.y" }, "Bearer x.y"],
  ])("auth: %s", async (_, parameters, wanted) => {
    const { lrs } = await open(new FakeLrs(), new Browser(), tenPages(), address(parameters));
    expect(lrs.requests[0]?.headers).toMatchObject({ Authorization: wanted, "X-Experience-API-Version": "1.0.3" });
  });

  it.each([
    [{ name: ["Sam"], mbox: ["mailto:sam@example.org"] }, { objectType: "Agent", name: "Sam", mbox: "mailto:sam@example.org" }],
    [
      { account: [{ accountServiceHomePage: "https://lms.example", accountName: "7" }], mbox: "mailto:sam@example.org" },
      { objectType: "Agent", account: { homePage: "https://lms.example", name: "7" } },
    ],
    [{ openid: "https://sam.example.org", objectType: "Person" }, { objectType: "Agent", openid: "https://sam.example.org" }],
  ])("an actor like %j is understood, with one identifier", async (given, wanted) => {
    const { lrs } = await open(new FakeLrs(), new Browser(), tenPages(), address({ actor: JSON.stringify(given) }));
    await wait(10);
    expect(lrs.statements[0]?.actor).toEqual(wanted);
  });

  it.each([
    ["no launch", { endpoint: "" }],
    ["an endpoint that is a script", { endpoint: "javascript:alert(1)" }],
    ["an actor that is no JSON", { actor: "{" }],
    ["an actor without an identifier", { actor: '{"name":"Sam"}' }],
  ])("%s: not connected, and the course runs", async (_, parameters) => {
    const { keeper } = await open(new FakeLrs(), new Browser(), tenPages(), address(parameters));
    expect(keeper.launch.connection.connected).toBe(false);
    expect(keeper.session.openPage("p1")).toBe(true);
  });

  it.each([401, 403])("a token that the LRS refuses with %i is no connection", async (status) => {
    const lrs = new FakeLrs();
    lrs.fails = status;
    expect((await open(lrs)).keeper.launch.connection).toMatchObject({ connected: false });
  });
});

describe("statements", () => {
  it("initialized first; page, answer, attempt, verdicts as they happen; suspended and terminated last", async () => {
    const { keeper, lrs, tab, course } = await open();
    for (const page of course.pages) keeper.session.openPage(page.id);
    keeper.session.answer("q1", ["b"], 7);
    keeper.session.answer("q2", ["true"]);
    keeper.session.answer("q3", ["a"]);
    keeper.session.startAttempt("p10");
    for (const id of ["q4", "q5"]) keeper.session.answer(id, ["a"]);
    keeper.session.submitAttempt("p10");
    await wait(SPACING);
    tab.close();
    await wait(100);
    expect(lrs.verbs().filter((verb) => verb !== "experienced")).toEqual([
      "initialized", "answered", "answered", "answered", "answered", "answered", "attempted", "completed", "passed", "terminated",
    ]);
    expect(lrs.of("experienced")).toHaveLength(10);
    const times = lrs.statements.map(({ timestamp }) => timestamp);
    expect([...times].sort()).toEqual(times);
  });

  it("unfinished: suspended before terminated; next time resumed after initialized", async () => {
    const first = await open();
    first.keeper.session.openPage("p2");
    await wait(SPACING);
    first.tab.close();
    await wait(10);
    expect(first.lrs.verbs().slice(-2)).toEqual(["suspended", "terminated"]);
    await open(first.lrs, new Browser());
    await wait(10);
    expect(first.lrs.verbs().slice(-2)).toEqual(["initialized", "resumed"]);
  });

  it("how sure the learner was is an extension of the result", async () => {
    const course = tenPages();
    const asking = { ...course, questions: course.questions.map((one) => ({ ...one, confidence: true })) };
    const { keeper, lrs } = await open(new FakeLrs(), new Browser(), asking);
    keeper.session.answer("q1", ["b"], null, 3);
    keeper.session.answer("q2", ["true"]);
    await wait(SPACING);
    expect(lrs.of("answered").map(({ result }) => result?.["extensions"])).toEqual([{ [`${course.id}/extension/confidence`]: 3 }, undefined]);
  });

  it("T50, T53: context and ids: permanent, versioned by revision, nobody named but as launched", async () => {
    const { keeper, lrs } = await open(new FakeLrs(), new Browser(), tenPages(), address({ grouping: "https://lms.example/plan/1" }));
    keeper.session.openPage("p3");
    keeper.session.answer("q1", ["b"], 7.25);
    await wait(SPACING);
    const [answer] = lrs.of("answered");
    expect(answer).toMatchObject({
      actor: ACTOR,
      object: {
        id: "https://example.org/courses/tested/question/q1",
        definition: {
          type: "http://adlnet.gov/expapi/activities/cmi.interaction",
          interactionType: "choice",
          correctResponsesPattern: ["a"],
          description: { "en-GB": "A choice question" },
        },
      },
      result: { response: "b", success: false, score: { scaled: 0 }, duration: "PT7.25S" },
      context: {
        registration: REGISTRATION,
        revision: "1.0.0",
        platform: "scormkit",
        language: "en-GB",
        contextActivities: {
          parent: [{ objectType: "Activity", id: "https://example.org/courses/tested/page/p3" }],
          grouping: [
            { objectType: "Activity", id: "https://example.org/courses/tested" },
            { objectType: "Activity", id: "https://lms.example/plan/1" },
          ],
        },
      },
      timestamp: "2026-11-23T14:02:00.000Z",
    });
    expect(answer?.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it("every kind of question has its notation and its components; own words stay private", async () => {
    const course = makeCourse([{ questions: KINDS }]);
    const { keeper, lrs } = await open(new FakeLrs(), new Browser(), course);
    keeper.session.openPage("p1");
    for (const question of course.questions) keeper.session.answer(question.id, right(question));
    for (const question of course.questions.filter(({ interaction }) => interaction.correct.length === 0)) {
      keeper.session.answer(question.id, wrong(question));
    }
    await wait(SPACING);
    const said = Object.fromEntries(
      lrs.of("answered").map(({ object, result }) => [object.definition?.["interactionType"] as string, result?.["response"]]),
    );
    expect(said).toEqual({
      choice: "a",
      "true-false": "true",
      "fill-in": "colour",
      "long-fill-in": undefined,
      matching: "a[.]a[,]b[.]b[,]c[.]c[,]d[.]d",
      performance: "a[.]a[,]b[.]a[,]c[.]a[,]d[.]a",
      sequencing: "a[,]b[,]c[,]d",
      likert: "c",
      numeric: "4.5",
      other: "x",
    });
    const numeric = lrs.of("answered").find(({ object }) => object.definition?.["interactionType"] === "numeric");
    expect(numeric?.object.definition?.["correctResponsesPattern"]).toEqual(["4[:]5"]);
    expect(JSON.stringify(lrs.statements)).not.toContain("own words");
  });

  it("a number is sent as a number, however it was written", async () => {
    const course = makeCourse([{ questions: ["numeric"] }]);
    const { keeper, lrs } = await open(new FakeLrs(), new Browser(), course);
    keeper.session.openPage("p1");
    keeper.session.answer("q1", ["4,50"]);
    await wait(SPACING);
    expect(lrs.of("answered")[0]?.result?.["response"]).toBe("4.5");
  });

  it("durations are ISO 8601 with at most two decimals", () => {
    expect([0, 1, 59.999, 61.5, 3600, 90061.239].map(duration)).toEqual(["PT0S", "PT1S", "PT1M0S", "PT1M1.5S", "PT1H0S", "PT25H1M1.24S"]);
  });

  it("T51: verdicts come once for a registration, also from another device that does not know of them", async () => {
    const course = makeCourse([{}], { completion: { rule: "manual", pages: 0 } });
    const lrs = new FakeLrs();
    for (const browser of [new Browser(), new Browser()]) {
      lrs.state = null;
      const { keeper } = await open(lrs, browser, course);
      keeper.session.declareComplete();
      await wait(10000);
      expect(keeper.saveState.kind).toBe("saved");
    }
    expect(lrs.of("completed")).toHaveLength(1);
  });
});

describe("T51: the queue", () => {
  it.each([["offline", 0], ["429", 429], ["500", 500], ["503", 503], ["an expired token", 401]])(
    "%s: kept in order with the same ids, unsaved, sent when the LRS is back",
    async (_, status) => {
      const { keeper, lrs } = await open();
      await wait(SPACING);
      lrs.fails = status;
      for (const id of ["p1", "p2", "p3"]) keeper.session.openPage(id);
      keeper.session.answer("q1", ["a"]);
      await wait(20000);
      expect(keeper.saveState.kind).toBe("retrying");
      const tried = lrs.requests.filter(({ method, body }) => method === "POST" && body.includes("answered")).map(({ body }) => body);
      expect(tried.length).toBeGreaterThan(1);
      expect(new Set(tried).size).toBe(1);
      lrs.fails = null;
      await wait(60000);
      expect(keeper.saveState.kind).toBe("saved");
      expect(lrs.verbs()).toEqual(["initialized", "experienced", "experienced", "answered", "experienced"]);
    },
  );

  it("what was not sent when the browser died is sent by the next launch, once", async () => {
    const first = await open();
    await wait(SPACING);
    first.lrs.fails = 0;
    first.keeper.session.openPage("p3");
    first.keeper.session.answer("q1", ["b"]);
    await wait(SPACING);
    first.tab.kill();
    first.lrs.fails = null;
    const again = await open(first.lrs, first.browser);
    expect(again.keeper.launch.restored).toBe(true);
    await wait(SPACING);
    expect(first.lrs.of("answered")).toHaveLength(1);
    expect(again.keeper.saveState.kind).toBe("saved");
    expect([...first.browser.storage.items.keys()].some((key) => key.includes("statements"))).toBe(false);
  });

  it("an answer of the LRS that got lost does no harm: the same statements, the same ids", async () => {
    const { keeper, lrs } = await open();
    await wait(SPACING);
    lrs.deaf = true;
    keeper.session.openPage("p1");
    await wait(SPACING);
    expect(keeper.saveState.kind).toBe("retrying");
    lrs.deaf = false;
    await wait(10000);
    expect(lrs.of("experienced")).toHaveLength(1);
  });

  it("409 and 400 are about one statement: the others arrive, the queue goes on", async () => {
    const opened = await open();
    const { keeper, lrs, browser } = opened;
    await wait(SPACING);
    const real = lrs.fetch;
    browser.fetch = (url, init) =>
      typeof init?.body === "string" && init.body.includes("/page/p2") && init.method === "POST"
        ? Promise.resolve(new Response("", { status: 400 }))
        : real(url, init);
    for (const id of ["p1", "p2", "p4"]) keeper.session.openPage(id);
    await wait(SPACING);
    expect(keeper.saveState.kind).toBe("saved");
    expect(lrs.of("experienced").map(({ object }) => object.id.slice(-2))).toEqual(["p1", "p4"]);
  });

  it("leaving: everything goes with keepalive before the page is gone", async () => {
    const { keeper, lrs, tab } = await open();
    await wait(SPACING);
    const before = lrs.requests.length;
    keeper.session.openPage("p3");
    tab.fire("pagehide");
    const sent = lrs.requests.slice(before);
    expect(sent.map(({ method }) => method).sort()).toEqual(["POST", "PUT"]);
    expect(sent.every(({ keepalive }) => keepalive)).toBe(true);
    await wait(10);
    expect(decode(tenPages(), lrs.state ?? "").state?.location).toBe("p3");
  });

  it("a long queue goes in requests that browsers keep alive", async () => {
    const course = makeCourse(Array.from({ length: 120 }, () => ({})));
    const { keeper, lrs } = await open(new FakeLrs(), new Browser(), course);
    lrs.fails = 0;
    for (const page of course.pages) keeper.session.openPage(page.id);
    await wait(SPACING);
    lrs.fails = null;
    await wait(60000);
    expect(lrs.of("experienced").map(({ object }) => object.id.replace(/.*\//, ""))).toEqual(course.pages.map(({ id }) => id));
    expect(lrs.requests.filter(({ method }) => method === "POST").every(({ body, keepalive }) => keepalive && body.length < 65536)).toBe(true);
  });
});

describe("State API", () => {
  it("resumes in another browser, keyed by activity, agent and registration", async () => {
    const first = await open();
    first.keeper.session.openPage("p3");
    first.keeper.session.answer("q1", ["b"]);
    await wait(SPACING);
    first.tab.close();
    const { keeper, lrs } = await open(first.lrs, new Browser());
    expect(keeper.launch).toMatchObject({ resumed: true, restored: false });
    expect(keeper.session.answered("q1")?.response).toEqual(["b"]);
    const query = lrs.requests.find(({ method }) => method === "PUT")?.url.searchParams;
    expect(Object.fromEntries(query ?? [])).toEqual({
      activityId: "https://example.org/courses/tested",
      agent: JSON.stringify(ACTOR),
      stateId: "scormkit-progress",
      registration: REGISTRATION,
    });
  });

  it.each(["hangs", "breaks"] as const)("a body that %s while it is read: the course is recorded all the same, and what is there is put together later", async (body) => {
    const before = await open();
    before.keeper.session.openPage("p3");
    await wait(10000);
    const { lrs } = before;
    before.tab.kill();
    lrs.body = body;
    const { keeper } = await open(lrs, new Browser(), tenPages(), address(), 5000);
    expect(keeper.launch.connection.connected).toBe(true);
    keeper.session.openPage("p4");
    await wait(40000);
    lrs.body = "whole";
    await wait(120000);
    expect(keeper.saveState.kind).toBe("saved");
    expect(keeper.session.state().opened).toEqual(expect.arrayContaining(["p3", "p4"]));
    expect(decode(tenPages(), lrs.state ?? "").state?.opened).toEqual(expect.arrayContaining(["p3", "p4"]));
  });

  it.each([400, 405, 412])("an LRS that answers %i when it is asked for the progress: nothing is put over what it may hold", async (status) => {
    const first = await open();
    first.keeper.session.openPage("p3");
    await wait(SPACING);
    first.tab.close();
    await wait(10);
    first.lrs.reading = status;
    const held = first.lrs.state;
    const { keeper, lrs } = await open(first.lrs, new Browser());
    keeper.session.openPage("p5");
    await wait(20000);
    expect(lrs.of("initialized")).toHaveLength(2);
    expect(lrs.state).toBe(held);
    expect(keeper.saveState.kind).toBe("retrying");
    lrs.reading = null;
    await wait(60000);
    expect(keeper.saveState.kind).toBe("saved");
    expect(decode(tenPages(), lrs.state ?? "").state?.opened.slice().sort()).toEqual(["p3", "p5"]);
  });

  it("T17: statements go before the state, which never claims what was not reported", async () => {
    const { keeper, lrs, browser } = await open();
    await wait(SPACING);
    keeper.session.openPage("p2");
    await wait(SPACING);
    expect(lrs.requests.slice(-2).map(({ method }) => method)).toEqual(["POST", "PUT"]);
    const before = lrs.state;
    browser.fetch = (url, init) => (init?.method === "POST" ? Promise.resolve(new Response("", { status: 503 })) : lrs.fetch(url, init));
    keeper.session.openPage("p3");
    keeper.session.answer("q1", ["b"]);
    await wait(SPACING);
    expect(keeper.saveState.kind).toBe("retrying");
    expect(lrs.state).toBe(before);
  });

  it("ETags where given: another device's progress is put together with ours, not overwritten", async () => {
    const lrs = new FakeLrs();
    lrs.etags = true;
    const first = await open(lrs);
    await wait(SPACING);
    first.tab.close();
    await wait(10);
    const [here, there] = [await open(lrs, new Browser()), await open(lrs, new Browser())];
    here.keeper.session.openPage("p3");
    here.keeper.session.answer("q1", ["b"]);
    await wait(SPACING);
    there.browser.fetch = lrs.fetch;
    there.keeper.session.openPage("p5");
    there.keeper.session.answer("q2", ["false"]);
    await wait(20000);
    const saved = decode(tenPages(), lrs.state ?? "").state;
    expect(Object.keys(saved?.answers ?? {}).sort()).toEqual(["q1", "q2"]);
    expect([here.keeper.saveState.kind, there.keeper.saveState.kind]).toEqual(["saved", "saved"]);
  });

  it("an LRS that answers after ten seconds: the course begins, and nothing that it held is lost", async () => {
    const first = await open();
    first.keeper.session.openPage("p3");
    first.keeper.session.answer("q1", ["b"]);
    await wait(SPACING);
    first.tab.close();
    await wait(10);
    first.lrs.delay = 10000;
    const { keeper, lrs } = await open(first.lrs, new Browser(), tenPages(), address(), 4500);
    expect(keeper.launch.connection.connected).toBe(true);
    keeper.session.openPage("p5");
    await wait(120000);
    expect(keeper.saveState.kind).toBe("saved");
    expect(keeper.session.answered("q1")?.response).toEqual(["b"]);
    expect(decode(tenPages(), lrs.state ?? "").state?.opened.slice().sort()).toEqual(["p3", "p5"]);
  });
});
