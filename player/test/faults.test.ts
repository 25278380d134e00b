/**
 * Random days of a learner at hosts that fail: whatever happens in whatever order, nothing is lost that any storage held,
 * nothing goes down, and the learner is told the truth.
 */

import fc from "fast-check";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Course } from "../src/course";
import { Keeper } from "../src/keeper";
import { decode, STATUSES } from "../src/state";
import { Scorm12Tracker } from "../src/trackers/scorm12";
import { XapiTracker } from "../src/trackers/xapi";
import { anyResponse, makeCourse, right } from "./courses";
import { FakeLrs, address } from "./lrs";
import { Browser, FakeHost, type Manners, type Tab } from "./world";

const course: Course = makeCourse([
  { questions: ["choice", "matching"] },
  { questions: ["fill-in", "sequencing"] },
  {},
  { questions: ["choice", "true-false", "numeric"], assessment: { draw: 2, attempts: 4, shuffleQuestions: true } },
], { completion: { rule: "assessment", pages: 4 } });

const responses = course.questions.map((question) =>
  fc.oneof(fc.constant(right(question)), anyResponse(question)).map((response) => ({ do: "answer", question: question.id, response }) as const),
);

const step = fc.oneof(
  fc.constantFrom("p1", "p2", "p3", "p4").map((page) => ({ do: "open", page }) as const),
  { weight: 4, arbitrary: fc.oneof(...responses) },
  fc.constantFrom("start", "submit").map((what) => ({ do: what }) as const),
  fc.boolean().map((good) => ({ do: "take", good }) as const),
  fc.constantFrom(...course.questions).map(({ id }) => ({ do: "begin", question: id }) as const),
  { weight: 3, arbitrary: fc.constantFrom(50, 400, 3500, 20000).map((time) => ({ do: "wait", time }) as const) },
  fc.constantFrom("up", "refuses", "lies", "mumbles").map((network) => ({ do: "network", network }) as const),
  fc.constantFrom("hide", "show", "kill", "close", "back", "device").map((what) => ({ do: what }) as const),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** A learner with this course, in one browser after another, at one server. */
class Day {
  browser = new Browser();
  host: FakeHost;
  tab!: Tab;
  keeper!: Keeper;
  network: Manners["network"] = "up";
  /** What was answered, as far as it must be there whatever happens. */
  readonly answered = new Map<string, string>();
  best = { status: 0, score: -1 };
  private highest = 0;

  constructor(private readonly manners: Partial<Manners>) {
    this.host = new FakeHost(manners);
  }

  async launch(): Promise<void> {
    const next = new FakeHost(this.manners);
    for (const [element, value] of this.host.server) next.server.set(element, value);
    this.host = next;
    this.setNetwork(this.network);
    this.tab = this.browser.tab({ API: next.API });
    const opening = Keeper.open(course, new Scorm12Tracker(course, this.tab.view), this.tab.view);
    await vi.advanceTimersByTimeAsync(1500);
    this.keeper = await opening;
    this.keeper.session.openPage(this.keeper.session.location);
  }

  async take(step: Step): Promise<void> {
    const { session } = this.keeper;
    switch (step.do) {
      case "open":
        session.openPage(step.page);
        break;
      case "answer":
        session.answer(step.question, step.response);
        this.note(step.question);
        break;
      case "begin":
        session.keepDraft(step.question, right(course.questions.find(({ id }) => id === step.question)!));
        break;
      case "start":
        session.startAttempt("p4");
        break;
      case "submit":
        session.submitAttempt("p4");
        break;
      case "take":
        session.startAttempt("p4");
        for (const id of step.good ? session.attempt("p4").paper : []) {
          session.answer(id, right(course.questions.find((question) => question.id === id)!));
        }
        session.submitAttempt("p4");
        break;
      case "wait":
        await vi.advanceTimersByTimeAsync(step.time);
        break;
      case "network":
        this.setNetwork(step.network);
        break;
      case "hide":
      case "show":
        this.tab.show(step.do === "show");
        break;
      case "kill":
        this.tab.kill();
        await this.launch();
        break;
      case "close":
        this.tab.close();
        await this.launch();
        break;
      case "back":
        this.tab.fire("pagehide", { persisted: true });
        this.tab.fire("pageshow", { persisted: true });
        this.tab.kill();
        await this.launch();
        break;
      case "device":
        await this.changeDevice();
        break;
    }
    this.check();
  }

  /** The learner goes on elsewhere, once the page says that everything is saved. */
  private async changeDevice(): Promise<void> {
    if (this.keeper.saveState.kind !== "saved") return;
    this.tab.close();
    this.browser = new Browser();
    await this.launch();
  }

  setNetwork(network: Manners["network"]): void {
    this.network = this.host.manners.network = network;
    this.browser.fetch = () => (network === "up" || network === "mumbles" ? Promise.resolve(new Response()) : Promise.reject(new TypeError("no network")));
    if (network === "up") this.tab?.fire("online");
  }

  /** Practice answers stay whatever happens; those of an assessment go with the next attempt. */
  private note(question: string): void {
    const answer = this.keeper.session.answered(question);
    if (answer !== null && /q[1-4]/.test(question)) this.answered.set(question, JSON.stringify(answer.response));
  }

  check(): void {
    const { session, saveState } = this.keeper;
    const snapshot = session.snapshot();
    expect(STATUSES.indexOf(snapshot.status)).toBeGreaterThanOrEqual(this.best.status);
    expect(snapshot.score ?? -1).toBeGreaterThanOrEqual(this.best.score);
    this.best = { status: STATUSES.indexOf(snapshot.status), score: snapshot.score ?? -1 };
    const { answers } = session.state();
    for (const [id, response] of this.answered) expect([id, JSON.stringify(answers[id]?.response)]).toEqual([id, response]);
    // What the host holds never goes down.
    const held = STATUSES.indexOf((this.host.server.get("cmi.core.lesson_status") ?? "not attempted") as (typeof STATUSES)[number]);
    expect(held).toBeGreaterThanOrEqual(this.highest);
    this.highest = held;
    // "Saved" is true.
    if (saveState.kind === "saved") {
      const saved = decode(course, this.host.server.get("cmi.suspend_data") ?? "").state;
      expect(saved?.answers).toEqual(answers);
      expect(saved?.attempts).toEqual(session.state().attempts);
    }
  }
}

beforeEach(() => vi.useFakeTimers({ now: new Date(2026, 10, 23, 9) }));
afterEach(() => vi.useRealTimers());

const manners = fc.record({ marksSentFirst: fc.boolean(), answers: fc.constantFrom("texts", "booleans", "nothing") }) as fc.Arbitrary<Partial<Manners>>;

it("T12, T13, T17, T20: 0 lost answers, 0 regressions of status or score, and no false word about saving", async () => {
  await fc.assert(
    fc.asyncProperty(manners, fc.array(step, { maxLength: 40, size: "max" }), async (manner, steps) => {
      const day = new Day(manner);
      await day.launch();
      for (const step of steps) await day.take(step);
      // In the end the network is there, and the host has everything.
      day.setNetwork("up");
      if (day.keeper.saveState.kind === "ended") await day.launch();
      await vi.advanceTimersByTimeAsync(70000);
      day.check();
      expect(day.keeper.saveState.kind).toBe("saved");
      const { session } = day.keeper;
      expect(day.host.server.get("cmi.core.lesson_status")).toBe(session.snapshot().status);
      const score = session.snapshot().score;
      if (score !== null) expect(Number(day.host.server.get("cmi.core.score.raw"))).toBe(score);
      const reported = day.host.interactions().map(({ id }) => id);
      for (const id of day.answered.keys()) expect(reported).toContain(id);
    }),
    { numRuns: 250 },
  );
}, 120000);

const lrsStep = fc.oneof(
  fc.constantFrom("p1", "p2", "p3", "p4").map((page) => ({ do: "open", page }) as const),
  { weight: 4, arbitrary: fc.oneof(...responses) },
  fc.constantFrom("start", "submit", "kill", "close", "deaf", "fine").map((what) => ({ do: what }) as const),
  { weight: 3, arbitrary: fc.constantFrom(50, 400, 3500, 20000).map((time) => ({ do: "wait", time }) as const) },
  fc.constantFrom(0, 401, 429, 503).map((fails) => ({ do: "fail", fails }) as const),
  fc.constantFrom(0, 1000, 12000).map((delay) => ({ do: "slow", delay }) as const),
);

it("T51, T13: at an LRS that fails every statement arrives once and in order, and no answer is lost", async () => {
  await fc.assert(
    fc.asyncProperty(fc.boolean(), fc.array(lrsStep, { maxLength: 30, size: "max" }), async (etags, steps) => {
      const [lrs, browser] = [new FakeLrs(), new Browser()];
      lrs.etags = etags;
      browser.fetch = lrs.fetch;
      let tab!: Tab;
      let keeper!: Keeper;
      const launch = async () => {
        tab = browser.tab({}, address());
        const opening = Keeper.open(course, new XapiTracker(course, tab.view), tab.view);
        await vi.advanceTimersByTimeAsync(6000);
        keeper = await opening;
        // A token that is refused is no connection: the learner is told, and what is done then is nobody's.
        if (!keeper.launch.connection.connected) await recover();
      };
      const recover = async () => {
        [lrs.fails, lrs.deaf, lrs.delay] = [null, false, 0];
        tab.kill();
        await launch();
      };
      const answered = new Map<string, string>();
      await launch();
      for (const step of steps) {
        const { session } = keeper;
        if (step.do === "open") session.openPage(step.page);
        else if (step.do === "start") session.startAttempt("p4");
        else if (step.do === "submit") session.submitAttempt("p4");
        else if (step.do === "wait") await vi.advanceTimersByTimeAsync(step.time);
        else if (step.do === "fail") lrs.fails = step.fails;
        else if (step.do === "slow") lrs.delay = step.delay;
        else if (step.do === "deaf") lrs.deaf = true;
        else if (step.do === "fine") [lrs.fails, lrs.deaf, lrs.delay] = [null, false, 0];
        else if (step.do === "answer") {
          session.answer(step.question, step.response);
          const answer = session.answered(step.question);
          if (answer !== null && /q[1-4]/.test(step.question)) answered.set(step.question, JSON.stringify(answer.response));
        } else {
          if (step.do === "kill") tab.kill();
          else tab.close();
          await launch();
        }
        const { answers } = keeper.session.state();
        for (const [id, response] of answered) expect([id, JSON.stringify(answers[id]?.response)]).toEqual([id, response]);
        if (keeper.saveState.kind === "saved") {
          const told = new Set(lrs.of("answered").map(({ object }) => object.id.replace(/.*\//, "")));
          for (const id of answered.keys()) expect(told).toContain(id);
        }
      }
      // A request of a page that has gone may arrive after all others and bring an old state back, where the LRS has no
      // ETags: the next launch mends that from the device.
      [lrs.fails, lrs.deaf, lrs.delay] = [null, false, 0];
      await vi.advanceTimersByTimeAsync(130000);
      await recover();
      await vi.advanceTimersByTimeAsync(10000);
      for (const [id, response] of answered) {
        expect([id, JSON.stringify(keeper.session.state().answers[id]?.response)]).toEqual([id, response]);
      }
      expect(keeper.saveState.kind).toBe("saved");
      expect(decode(course, lrs.state ?? "").state?.answers).toEqual(keeper.session.state().answers);
      const ids = lrs.statements.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      for (const verb of ["passed", "failed", "completed"]) expect(lrs.of(verb).length).toBeLessThanOrEqual(1);
      const times = lrs.statements.filter(({ verb }) => !/suspended|terminated/.test(verb.id)).map(({ timestamp }) => timestamp);
      expect(times).toEqual([...times].sort());
    }),
    { numRuns: 150 },
  );
}, 120000);
