import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Course, Kind, Question } from "../src/course";
import { Session, type JournalEntry, type Snapshot } from "../src/session";
import { Scorm12Tracker } from "../src/trackers/scorm12";
import { interactionElements } from "../src/trackers/scorm12-interactions";
import { timespan } from "../src/trackers/notation";
import { makeCourse, makeQuestion, right, tenPages, wrong } from "./courses";
import { Browser, FakeHost, type Manners } from "./world";

const AT = { time: new Date(2026, 10, 23, 9, 5, 7).getTime(), seconds: 61.5 };

async function connected(host = new FakeHost(), course: Course = tenPages()) {
  const tracker = new Scorm12Tracker(course, new Browser().tab({ API: host.API }).view);
  const connection = await tracker.connect();
  return { host, tracker, connection, course };
}

function snapshot(more: Partial<Snapshot> = {}): Snapshot {
  return {
    status: "incomplete", success: "unknown", complete: false, finished: false, score: null, location: "p1", progress: 0,
    objectives: [], ...more,
  };
}

/** The journal entry of one answer. */
function answered(course: Course, id: string, response: readonly string[], index = 0) {
  const session = new Session(course, null, 1);
  const found: JournalEntry[] = [];
  session.subscribe((entries) => found.push(...entries));
  const question = course.questions.find((one) => one.id === id);
  if (question !== undefined && course.pages.find((page) => page.id === question.page)?.type === "assessment") {
    session.startAttempt(question.page);
  }
  session.answer(id, response);
  const entry = found.find((one) => one.kind === "answered");
  if (entry?.kind !== "answered") throw new Error("no answer was reported");
  return { ...entry, index };
}

describe("T02: finding the API", () => {
  const host = new FakeHost();
  const find = (globals: Record<string, unknown>) => new Scorm12Tracker(tenPages(), new Browser().tab(globals).view).connect();
  const thrower = (parent: unknown) => ({
    get API(): never {
      throw new DOMException("cross-origin", "SecurityError");
    },
    parent,
  });
  const top = (more: Record<string, unknown>) => {
    const window: Record<string, unknown> = { ...more };
    window["parent"] = window;
    return window;
  };

  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it("in the window, its parents, the opener, the opener's parents, the opener of a parent", async () => {
    const withApi = top({ API: host.API });
    for (const globals of [
      { API: new FakeHost().API },
      { parent: { parent: top({ API: new FakeHost().API }) } },
      { opener: top({ API: new FakeHost().API }) },
      { opener: { parent: top({ API: new FakeHost().API }) } },
      { parent: top({ opener: { parent: withApi } }) },
    ]) {
      expect((await find(globals)).connected).toBe(true);
    }
  });

  it("past windows of other origins, which throw at every touch", async () => {
    const connection = await find({ parent: thrower(thrower(top({ API: new FakeHost().API }))) });
    expect(connection.connected).toBe(true);
  });

  it("not an element or another thing that happens to be called API", async () => {
    const connection = find({ API: { nodeName: "DIV" }, parent: top({ API: new FakeHost().API }) });
    expect((await connection).connected).toBe(true);
  });

  it("when it comes late", async () => {
    const globals: Record<string, unknown> = {};
    const parent = top(globals);
    const looking = find({ parent });
    await vi.advanceTimersByTimeAsync(1200);
    parent["API"] = new FakeHost().API;
    await vi.advanceTimersByTimeAsync(200);
    expect((await looking).connected).toBe(true);
  });

  it("gives up after two seconds and says why", async () => {
    const looking = find({});
    await vi.advanceTimersByTimeAsync(2500);
    expect(await looking).toMatchObject({ connected: false, reason: expect.stringContaining("no SCORM 1.2 API") as string });
  });

  it("a window that is its own ancestor is no trap", async () => {
    const [a, b]: Record<string, unknown>[] = [{}, {}];
    a!["parent"] = b;
    b!["parent"] = a;
    const looking = find({ parent: a });
    await vi.advanceTimersByTimeAsync(2500);
    expect((await looking).connected).toBe(false);
  });

  it("a host that refuses to begin is no connection, one that has begun by itself is", async () => {
    const refuses = { ...new FakeHost().API, LMSInitialize: () => "false" };
    expect(await find({ API: refuses })).toMatchObject({ connected: false, over: true });
    const begun = new FakeHost();
    begun.API.LMSInitialize("");
    expect((await find({ API: begun.API })).connected).toBe(true);
  });
});

describe("beginning", () => {
  it("T03: incomplete, session time and exit are set and committed with the first save", async () => {
    const { host, tracker } = await connected();
    expect(await tracker.save(snapshot({ status: "not attempted" }), "1A", AT, false)).toBe(true);
    expect(Object.fromEntries(host.server)).toMatchObject({
      "cmi.core.lesson_status": "incomplete",
      "cmi.core.session_time": "0000:01:01.50",
      "cmi.core.exit": "suspend",
      "cmi.suspend_data": "1A",
    });
  });

  it("a launch and its first save take at most 12 calls", async () => {
    const { host, tracker } = await connected();
    await tracker.save(snapshot(), "1A", AT, false);
    expect(host.calls.length).toBeLessThanOrEqual(12);
  });

  it.each(["texts", "booleans", "nothing"] as const)("T04: works with a host that answers with %s", async (answers) => {
    const { host, tracker, course } = await connected(new FakeHost({ answers }));
    tracker.record(answered(course, "q1", ["a"]), AT);
    expect(await tracker.save(snapshot(), "1A", AT, false)).toBe(true);
    expect(host.interactions()).toHaveLength(1);
    expect(tracker.finish(AT, false)).toBe(true);
  });

  it("T05: the state decides on resuming, a missing mode means normal", async () => {
    const host = new FakeHost({ mode: "" });
    host.server.set("cmi.suspend_data", "1XYZ").set("cmi.core.lesson_status", "passed").set("cmi.core.score.raw", "90");
    const { connection } = await connected(host);
    expect(connection).toMatchObject({ mode: "normal", state: "1XYZ", status: "passed", score: 90 });
    expect(host.calls).not.toContain("get cmi.core.entry");
  });

  it.each(["review", "browse"])("T06: %s mode is told", async (mode) => {
    expect((await connected(new FakeHost({ mode }))).connection.mode).toBe(mode);
  });

  it("T06: finishing without a snapshot writes nothing", async () => {
    const { host, tracker } = await connected(new FakeHost({ mode: "review" }));
    tracker.finish(AT, false);
    expect(host.API.LMSSetValue).not.toHaveBeenCalled();
    expect(host.calls).toContain("LMSFinish");
  });
});

describe("saving", () => {
  it("T10: only what changed is set", async () => {
    const { host, tracker } = await connected();
    await tracker.save(snapshot(), "1A", AT, false);
    await tracker.save(snapshot(), "1B", { ...AT, seconds: 70 }, false);
    expect(host.commits[1]).toEqual(["cmi.suspend_data", "cmi.core.session_time"]);
  });

  it("an answer takes at most 12 calls, the first one too, whatever is known of it", async () => {
    const { host, tracker, course } = await connected();
    await tracker.save(snapshot(), "1A", AT, false);
    for (const [index, location] of ["p3", "p5"].entries()) {
      const before = host.calls.length;
      tracker.record({ ...answered(course, "q1", ["b"], index), seconds: 12 }, AT);
      await tracker.save(snapshot({ location }), `1B${location}`, { ...AT, seconds: 80 + index }, false);
      expect(host.calls.length - before).toBeLessThanOrEqual(12);
    }
  });

  it("T12: a commit that does not answer true is not saved", async () => {
    const { host, tracker } = await connected();
    host.manners.network = "refuses";
    expect(await tracker.save(snapshot(), "1A", AT, false)).toBe(false);
  });

  it("a state that the host refuses is not saved, the rest is", async () => {
    const { host, tracker } = await connected();
    expect(await tracker.save(snapshot({ status: "completed" }), "x".repeat(4097), AT, false)).toBe(false);
    expect(host.server.get("cmi.core.lesson_status")).toBe("completed");
  });

  it("T16: session time has four hour digits and is never above what they hold", () => {
    expect([timespan(1), timespan(3599.999), timespan(36000), timespan(4e7)]).toEqual([
      "0000:00:01.00", "0001:00:00.00", "0010:00:00.00", "9999:00:00.00",
    ]);
  });

  for (const network of ["lies", "refuses"] as const) {
    for (const marksSentFirst of [true, false]) {
      it(`T17: all is there in the end after a host that ${network}, ${marksSentFirst ? "marking values as sent first" : "as it should"}`, async () => {
        const course = tenPages({ objectives: [{ id: "who", text: "Who" }] });
        const { host, tracker } = await connected(new FakeHost({ network, marksSentFirst }), course);
        const done = snapshot({
          status: "passed", success: "passed", complete: true, finished: true, score: 80, location: "p10",
          objectives: [{ id: "who", status: "passed", score: 80 }],
        });
        tracker.record(answered(course, "q1", ["b"], 0), AT);
        tracker.record(answered(course, "q2", ["true"], 1), AT);
        await tracker.save(done, "1A", AT, false);
        await tracker.save(done, "1B", AT, true);
        expect(host.server.size).toBe(0);
        host.manners.network = "up";
        expect(await tracker.save(done, "1C", AT, true)).toBe(true);
        expect(Object.fromEntries(host.server)).toMatchObject({
          "cmi.suspend_data": "1C",
          "cmi.core.lesson_status": "passed",
          "cmi.core.lesson_location": "p10",
          "cmi.core.exit": "",
          "cmi.core.score.min": "0",
          "cmi.core.score.max": "100",
          "cmi.objectives.0.id": "who",
          "cmi.objectives.0.status": "passed",
        });
        expect(Number(host.server.get("cmi.core.score.raw"))).toBe(80);
        expect(host.interactions()).toEqual([
          { id: "q1", type: "choice", "correct_responses.0.pattern": "a", student_response: "b", result: "wrong", time: "09:05:07" },
          { id: "q2", type: "true-false", "correct_responses.0.pattern": "t", student_response: "t", result: "correct", time: "09:05:07" },
        ]);
      });
    }
  }

  const passed = snapshot({ status: "passed", success: "passed", complete: true, finished: true, score: 80 });

  it("T17, T20: a host that had taken what it answered false to never holds less", async () => {
    const { host, tracker } = await connected(new FakeHost());
    await tracker.save(snapshot(), "1A", AT, false);
    host.manners.network = "mumbles";
    await tracker.save(passed, "1B", AT, false);
    await tracker.save(passed, "1C", AT, true);
    host.manners.network = "up";
    expect(await tracker.save(passed, "1D", AT, true)).toBe(true);
    expect(host.stood).toEqual([["incomplete", ""], ["passed", "80"], ["passed", "80"], ["passed", "80"]]);
    expect(host.commits.length).toBe(4);
  });

  it.each(["mumbles", "lies", "refuses"] as const)(
    "T17, T20: where only changes are sent, and the network %s, a passed learner's status stays final and the score never falls",
    async (network) => {
      const { host, tracker } = await connected(new FakeHost({ marksSentFirst: true }));
      await tracker.save(snapshot(), "1A", AT, false);
      host.manners.network = network;
      await tracker.save(passed, "1B", AT, false);
      host.manners.network = "up";
      expect(await tracker.save(passed, "1C", AT, true)).toBe(true);
      const since = host.stood.slice(1);
      expect(since.every(([status]) => status === "passed" || status === "completed")).toBe(true);
      expect(since.every(([, score]) => Number(score) >= 80 && Number(score) < 80.00001)).toBe(true);
      expect(since.at(-1)).toEqual(["passed", "80"]);
    },
  );

  it("T17: a full score too is sent again, less a millionth in between", async () => {
    const { host, tracker } = await connected(new FakeHost({ marksSentFirst: true }));
    await tracker.save(snapshot(), "1A", AT, false);
    host.manners.network = "lies";
    await tracker.save({ ...passed, score: 100 }, "1B", AT, false);
    host.manners.network = "up";
    await tracker.save({ ...passed, score: 100 }, "1C", AT, true);
    expect(host.stood.map(([, score]) => score)).toEqual(["", "99.999999", "100"]);
  });

  it("T17: what a save has proved is not set again", async () => {
    const { host, tracker, course } = await connected();
    tracker.record(answered(course, "q1", ["a"]), AT);
    await tracker.save(snapshot(), "1A", AT, false);
    await tracker.save(snapshot(), "1B", { ...AT, seconds: 99 }, false);
    expect(host.commits[1]?.some((element) => element.includes("interactions"))).toBe(false);
  });
});

describe("status and score", () => {
  it("T20: a status that the host holds is never lowered, nor set again", async () => {
    const host = new FakeHost();
    host.server.set("cmi.core.lesson_status", "passed");
    const { tracker } = await connected(host);
    await tracker.save(snapshot({ status: "incomplete" }), "1A", AT, false);
    await tracker.save(snapshot({ status: "completed" }), "1B", AT, false);
    expect(host.calls).not.toContain("set cmi.core.lesson_status");
    expect(host.server.get("cmi.core.lesson_status")).toBe("passed");
  });

  it("T22: hosts with fewer statuses get the nearest one", async () => {
    const course = tenPages({ host: { statuses: ["completed", "incomplete"] } });
    for (const [status, wanted] of [["failed", "incomplete"], ["completed", "completed"], ["passed", "completed"]] as const) {
      const { host, tracker } = await connected(new FakeHost(), course);
      await tracker.save(snapshot(), "1A", AT, false);
      await tracker.save(snapshot({ status }), "1B", AT, false);
      expect(host.server.get("cmi.core.lesson_status")).toBe(wanted);
    }
  });

  it("T23: no score is written before there is one", async () => {
    const { host, tracker } = await connected();
    await tracker.save(snapshot(), "1A", AT, false);
    expect([...host.server.keys()].filter((element) => element.includes("score"))).toEqual([]);
  });

  it("T23: the 0 of a host that has no score yet is none", async () => {
    const host = new FakeHost();
    host.server.set("cmi.core.lesson_status", "incomplete").set("cmi.core.score.raw", "0");
    expect((await connected(host)).connection.score).toBeNull();
  });

  it("T25: the host's mark is read where the course may trust it, and only what can be one", async () => {
    const trusting = { ...tenPages(), host: { mastery: "cmi.student_data.mastery_score" } };
    const mark = async (value: string, course: Course) => {
      const host = new FakeHost();
      host.server.set("cmi.student_data.mastery_score", value);
      return (await connected(host, course)).connection.mastery;
    };
    expect(await mark("70", trusting)).toBe(70);
    expect(await mark("70", tenPages())).toBeUndefined();
    for (const nothing of ["", "0", "-1", "170", "many"]) expect(await mark(nothing, trusting)).toBeUndefined();
  });

  it("T24: score and session time are set before the final status, in the same commit, once", async () => {
    const { host, tracker } = await connected();
    await tracker.save(snapshot(), "1A", AT, false);
    const done = snapshot({ status: "passed", success: "passed", complete: true, finished: true, score: 66.67 });
    await tracker.save(done, "1B", { ...AT, seconds: 90 }, false);
    await tracker.save(done, "1C", { ...AT, seconds: 95 }, false);
    const [, final, after] = host.commits;
    expect(final).toEqual([
      "cmi.suspend_data", "cmi.core.score.raw", "cmi.core.score.min", "cmi.core.score.max", "cmi.core.session_time",
      "cmi.core.exit", "cmi.core.lesson_status",
    ]);
    expect(after).toEqual(["cmi.suspend_data", "cmi.core.session_time"]);
    expect(host.server.get("cmi.core.score.raw")).toBe("66.67");
  });

  it("exit is suspend while there is something to do, then what the profile wants", async () => {
    for (const [host, wanted] of [[undefined, ""], [{ exitWhenFinished: "suspend" as const }, "suspend"]] as const) {
      const { host: lms, tracker } = await connected(new FakeHost(), tenPages(host === undefined ? {} : { host }));
      await tracker.save(snapshot({ status: "completed", complete: true }), "1A", AT, false);
      expect(lms.server.get("cmi.core.exit")).toBe("suspend");
      await tracker.save(snapshot({ status: "passed", complete: true, finished: true }), "1B", AT, false);
      expect(lms.server.get("cmi.core.exit")).toBe(wanted);
    }
  });

  it("hosts without min, max or location are served all the same", async () => {
    const lacks = ["cmi.core.score.min", "cmi.core.score.max", "cmi.core.lesson_location"];
    const { host, tracker } = await connected(new FakeHost({ lacks }));
    expect(await tracker.save(snapshot({ score: 50 }), "1A", AT, false)).toBe(true);
    expect(await tracker.save(snapshot({ score: 60, location: "p2" }), "1B", AT, false)).toBe(true);
    expect(host.count("set cmi.core.score.min")).toBe(1);
    expect(host.count("set cmi.core.lesson_location")).toBe(1);
  });
});

describe("T30: interactions", () => {
  const written = (question: Question, response: readonly string[], more: Partial<Course> = {}) => {
    const course = { ...makeCourse([{}]), questions: [question], ...more };
    const entry: JournalEntry = { kind: "answered", index: 0, question, response, score: 0.5, correct: false, seconds: null };
    return Object.fromEntries(interactionElements(course, entry, AT));
  };
  const of = (kind: Kind, correct: readonly (readonly string[])[]) => {
    const base = makeQuestion("p1", 1, kind);
    return { ...base, interaction: { ...base.interaction, correct } };
  };

  it.each([
    ["true-false", [["true"]], ["false"], "true-false", "f", "t"],
    ["choice", [["a", "c"]], ["a", "b"], "choice", "a,b", "a,c"],
    ["sequencing", [["a", "b", "c"]], ["c", "a", "b"], "sequencing", "c,a,b", "a,b,c"],
    ["matching", [["a.b", "b.a"]], ["a.a"], "matching", "a.a", "a.b,b.a"],
    ["likert", [], ["c"], "likert", "c", undefined],
    ["numeric", [["4:5"]], ["4,50"], "numeric", "4.5", undefined],
    ["numeric", [["7"]], ["1e3"], "numeric", "1000", "7"],
    ["numeric", [["1.6e-7"]], ["1.6e21"], "numeric", "1600000000000000000000", "0.00000016"],
    ["numeric", [["-3"]], ["-3"], "fill-in", "-3", "-3"],
    ["fill-in", [["colour"]], ["color"], "fill-in", "color", "colour"],
    ["performance", [["a.1"]], ["a.1", "b.x y"], "performance", "a.1,b.x y", "a.1"],
    ["other", [["x"]], ["x"], "fill-in", "x", "x"],
  ] as const)("%s %j answered with %j", (kind, correct, response, type, given, pattern) => {
    expect(written(of(kind, correct), response)).toMatchObject({ id: "q1", type, student_response: given, time: "09:05:07" });
    expect(written(of(kind, correct), response)["correct_responses.0.pattern"]).toBe(pattern);
  });

  it("a number that does not fit is left out, for less of its digits would be another one", () => {
    expect(written(of("numeric", [["7"]]), ["1e300"])["student_response"]).toBeUndefined();
  });

  it("a profile may take negative numbers", () => {
    expect(written(of("numeric", []), ["-3"], { host: { negativeNumbers: true } })).toMatchObject({ type: "numeric", student_response: "-3" });
  });

  it("keys of more than one letter, or more than 26 of them, go as performance", () => {
    expect(written(of("choice", [["yes"]]), ["yes"])).toMatchObject({ type: "performance", student_response: "yes" });
    const many = [..."abcdefghijklmnopqrstuvwxyz0"];
    expect(written(of("choice", [many]), ["a"])).toMatchObject({ type: "performance", student_response: "a" });
  });

  it("lengths are at most 255, without half answers or half characters", () => {
    const pairs = [..."abcdefghijklmnopqrstuvwxyz"].flatMap((a) => [..."0123456789"].map((b) => `${a}.${b}`));
    const cut = written(of("matching", [pairs]), pairs)["student_response"] ?? "";
    expect(cut.length).toBeLessThanOrEqual(255);
    expect(cut).toMatch(/^[a-z]\.\d(,[a-z]\.\d)*$/);
    const text = written(of("fill-in", [["x"]]), ["\u{1f476}".repeat(200)])["student_response"] ?? "";
    expect([text.length, encodeURIComponent(text).length]).toEqual([254, 127 * 12]);
  });

  it("T53: what learners write in their own words is not reported unless the course says so", () => {
    expect(written(of("long-fill-in", []), ["Private."])).not.toHaveProperty("student_response");
    expect(written(of("fill-in", []), ["Private."])).not.toHaveProperty("student_response");
    expect(written({ ...of("long-fill-in", []), reportText: true }, ["Told."])).toMatchObject({ type: "fill-in", student_response: "Told." });
  });

  it("results are correct, wrong, neutral or a number", () => {
    const result = (score: number | null) => {
      const entry: JournalEntry = { kind: "answered", index: 0, question: of("choice", [["a"]]), response: ["a"], score, correct: null, seconds: 3 };
      return Object.fromEntries(interactionElements(makeCourse([{}]), entry, AT));
    };
    expect([1, 0, null, 1 / 3].map((score) => result(score)["result"])).toEqual(["correct", "wrong", "neutral", "0.33"]);
    expect(result(1)["latency"]).toBe("0000:00:03.00");
  });

  it("indices go on where the host's list ends, without gaps", async () => {
    const host = new FakeHost();
    host.server.set("cmi.interactions.0.id", "q9").set("cmi.interactions.1.id", "q9");
    const { tracker, course } = await connected(host);
    tracker.record(answered(course, "q1", ["a"]), AT);
    tracker.record(answered(course, "q2", ["true"], 1), AT);
    await tracker.save(snapshot(), "1A", AT, false);
    expect(host.interactions().map(({ id }) => id)).toEqual(["q9", "q9", "q1", "q2"]);
    expect(host.count("get cmi.interactions._count")).toBe(1);
  });

  it("every kind passes the standard's data types", async () => {
    const kinds: readonly Kind[] = ["choice", "true-false", "fill-in", "long-fill-in", "matching", "performance", "sequencing", "likert", "numeric", "other"];
    const { host, tracker, course } = await connected(new FakeHost(), makeCourse([{ questions: kinds, each: { reportText: true } }]));
    course.questions.forEach((question, index) => {
      tracker.record(answered(course, question.id, right(question), index), AT);
      tracker.record(answered(course, question.id, wrong(question), index), AT);
    });
    await tracker.save(snapshot(), "1A", AT, false);
    expect(host.interactions()).toHaveLength(20);
    expect(host.interactions().every((one) => one["student_response"] !== undefined && one["result"] !== undefined)).toBe(true);
    expect(host.calls.filter((call) => call === "LMSGetLastError")).toEqual([]);
  });

  it("a host without interactions is not fatal, and is soon left alone", async () => {
    const { host, tracker, course } = await connected(new FakeHost({ lacks: ["cmi.interactions"] }));
    for (let index = 0; index < 6; index += 1) {
      tracker.record(answered(course, "q1", ["a"], index), AT);
      expect(await tracker.save(snapshot(), `1${index}`, AT, false)).toBe(true);
    }
    expect(host.calls.filter((call) => call.startsWith("set cmi.interactions"))).toHaveLength(3);
  });
});

describe("T31: objectives", () => {
  it("are written with their results, in the course's order without gaps, once", async () => {
    const { host, tracker } = await connected();
    const objectives = [
      { id: "one", status: "incomplete", score: null },
      { id: "two", status: "passed", score: 90 },
      { id: "three", status: "not attempted", score: null },
    ] as const;
    await tracker.save(snapshot({ objectives }), "1A", AT, false);
    await tracker.save(snapshot({ objectives }), "1B", AT, false);
    expect([...host.server].filter(([element]) => element.includes("objectives"))).toEqual([
      ["cmi.objectives.0.id", "one"],
      ["cmi.objectives.0.status", "incomplete"],
      ["cmi.objectives.1.id", "two"],
      ["cmi.objectives.1.score.raw", "90"],
      ["cmi.objectives.1.status", "passed"],
    ]);
    expect(host.calls.filter((call) => call.includes("objectives"))).toHaveLength(5);
  });

  it("a host without them is asked once", async () => {
    const { host, tracker } = await connected(new FakeHost({ lacks: ["cmi.objectives"] } satisfies Partial<Manners>));
    const objectives = [{ id: "one", status: "completed", score: null }] as const;
    expect(await tracker.save(snapshot({ objectives }), "1A", AT, false)).toBe(true);
    await tracker.save(snapshot({ objectives }), "1B", AT, false);
    expect(host.calls.filter((call) => call.startsWith("set cmi.objectives"))).toHaveLength(1);
  });
});
