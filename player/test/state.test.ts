import fc from "fast-check";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { BitReader, BitWriter } from "../src/bits";
import type { Course, Kind } from "../src/course";
import { merge } from "../src/merge";
import { readRecords, writeRecords } from "../src/records";
import { Session } from "../src/session";
import { CONFIDENCES, decode, encode, SHED, type SavedState } from "../src/state";
import { anyResponse, KINDS, makeCourse, right, tenPages, wrong } from "./courses";

const LINE = /^[A-Za-z0-9\-_.~]*$/;

function finished(course: Course, seed = 12345): SavedState {
  const session = new Session(course, null, seed);
  for (const page of course.pages) {
    session.openPage(page.id);
    if (page.type === "assessment") session.startAttempt(page.id);
    for (const id of page.questions) {
      const question = course.questions.find((one) => one.id === id);
      if (question !== undefined) session.answer(id, right(question));
    }
    if (page.type === "assessment") session.submitAttempt(page.id);
  }
  return { ...session.state(), counter: 900, seconds: 4321 };
}

/** A course of many pages whose questions are of all kinds in turn; a third of the pages are assessments. */
function mixed(pages: number, questions: number, kinds: readonly Kind[] = KINDS): Course {
  const each = Array.from({ length: questions }, (_, at) => kinds[at % kinds.length] as Kind);
  const plans = Array.from({ length: pages }, (_, at) => ({
    questions: each.filter((_, question) => question % pages === at),
    ...(at % 20 === 19 ? { assessment: {} } : {}),
  }));
  return makeCourse(plans);
}

describe("saved state", () => {
  it("T40: is one line of characters that relays leave alone", () => {
    const course = mixed(40, 60);
    expect(encode(course, finished(course)).text).toMatch(LINE);
  });

  it("T40: a ten-page course with five answered questions takes at most 80 characters", () => {
    const course = tenPages();
    expect(encode(course, finished(course)).text.length).toBeLessThanOrEqual(80);
  });

  it("T42: 200 pages and 300 answered questions of all kinds fit into 4,096 characters, nothing left out", () => {
    const course = mixed(200, 300);
    const { text, shed } = encode(course, finished(course), 4096);
    expect(text.length).toBeLessThanOrEqual(4096);
    expect(shed).toBe(0);
  });

  it("comes back as it was", () => {
    const course = mixed(40, 60);
    const state = finished(course);
    expect(decode(course, encode(course, state).text)).toEqual({ state, damaged: false });
  });

  it("has nothing of pages, questions and objectives that are called as objects' own parts are", () => {
    const course = makeCourse([{}, { questions: ["choice"], assessment: {} }]);
    const called = JSON.parse(JSON.stringify(course).replace(/"(p2|q1)"/g, '"constructor"')) as Course;
    const named = { ...called, objectives: [{ id: "constructor", text: "To build" }] };
    const begun = new Session(named, null, 1);
    begun.openPage("p1");
    expect(decode(named, encode(named, begun.state()).text)).toEqual({ state: begun.state(), damaged: false });
    const state = finished(named);
    expect(decode(named, encode(named, state).text)).toEqual({ state, damaged: false });
    expect(merge(named, begun.state(), state)).toMatchObject({ status: "passed", score: 100 });
  });

  it("comes back as it was, whatever was answered", () => {
    const course = mixed(6, 12);
    fc.assert(
      fc.property(fc.tuple(...course.questions.map(anyResponse)), fc.nat(2 ** 24 - 1), (responses, seed) => {
        const session = new Session(course, null, seed);
        course.pages.forEach((page) => session.openPage(page.id));
        responses.forEach((response, at) => session.answer(course.questions[at]?.id ?? "", response));
        const state = { ...session.state(), counter: seed, seconds: responses.length };
        const { text } = encode(course, state);
        expect(text).toMatch(LINE);
        expect(decode(course, text)).toEqual({ state, damaged: false });
      }),
    );
  });

  it("T44: decoding never throws, whatever the text is", () => {
    const course = mixed(10, 20);
    const good = encode(course, finished(course)).text;
    const anything = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(..."1ABCabc019-_=$&") }), fc.constant("null"));
    fc.assert(
      fc.property(anything, (text) => {
        decode(course, text);
        decode(course, `1${text}`);
        decode(course, good + text);
        return true;
      }),
      { numRuns: 300 },
    );
  });

  it("T44: whatever is cut off or overwritten, what is read is what was written, and it says so", () => {
    const course = mixed(10, 30);
    const state = finished(course);
    const text = encode(course, state).text;
    const damage = fc.record({ at: fc.nat(text.length - 1), with: fc.constantFrom(..."AZaz09-_=$ "), cut: fc.boolean() });
    fc.assert(
      fc.property(damage, ({ at, with: character, cut }) => {
        const damaged = cut ? text.slice(0, at) : text.slice(0, at) + character + text.slice(at + 1);
        fc.pre(damaged !== text && damaged !== "");
        const read = decode(course, damaged);
        expect(read.damaged).toBe(true);
        for (const [id, answer] of Object.entries(read.state?.answers ?? {})) expect(answer).toEqual(state.answers[id]);
        for (const id of read.state?.done ?? []) expect(state.done).toContain(id);
        expect([0, state.counter]).toContain(read.state?.counter ?? 0);
      }),
      { numRuns: 300 },
    );
  });

  it("T44: a state that is cut off at its end keeps position, pages and assessment answers", () => {
    const course = mixed(40, 120);
    const state = finished(course);
    const text = encode(course, state).text;
    const { state: read, damaged } = decode(course, text.slice(0, Math.ceil(text.length * 0.7)));
    expect(damaged).toBe(true);
    expect(read?.location).toBe(state.location);
    expect(read?.done).toEqual(state.done);
    expect(read?.attempts).toEqual(state.attempts);
    const assessments = course.pages.filter((page) => page.type === "assessment").flatMap((page) => page.questions);
    for (const id of assessments) expect(read?.answers[id]).toEqual(state.answers[id]);
  });

  it("T44: the state of another course is not taken for one of this course", () => {
    const course = mixed(10, 20);
    const other = { ...course, id: "https://example.org/courses/other" };
    expect(decode(other, encode(course, finished(course)).text)).toEqual({ state: null, damaged: true });
  });

  it("an empty text is no state and no damage", () => {
    expect(decode(tenPages(), "")).toEqual({ state: null, damaged: false });
  });

  it("T42: sheds timing, own words, practice on finished pages, practice; never position, completion, assessment answers", () => {
    const course = makeCourse([
      { questions: ["long-fill-in", "choice"] },
      { questions: ["choice", "long-fill-in"] },
      { questions: ["choice", "true-false"], assessment: {} },
    ]);
    const session = new Session(course, null, 7);
    for (const id of ["p1", "p2", "p3"]) session.openPage(id);
    session.answer("q1", ["What I think. ".repeat(40)]);
    session.answer("q2", ["a"]);
    session.answer("q3", ["b"]);
    session.startAttempt("p3");
    session.answer("q5", ["a"]);
    session.answer("q6", ["true"]);
    session.submitAttempt("p3");
    const state = { ...session.state(), counter: 5, seconds: 100000 };
    const full = encode(course, state).text.length;
    const seen = new Map<number, SavedState>();
    for (let limit = full; limit > 0; limit -= 1) {
      const { text, shed } = encode(course, state, limit);
      const { state: read, damaged } = decode(course, text);
      expect(damaged).toBe(false);
      if (read !== null && text.length <= limit) seen.set(shed, read);
    }
    expect([...seen.keys()]).toEqual(SHED.map((_, index) => index));
    for (const read of seen.values()) {
      expect(read).toMatchObject({ location: state.location, done: state.done, attempts: state.attempts, status: state.status });
      expect([read.answers["q5"], read.answers["q6"]]).toEqual([state.answers["q5"], state.answers["q6"]]);
    }
    expect(seen.get(1)?.seconds).toBe(0);
    expect(seen.get(1)?.answers["q1"]).toEqual(state.answers["q1"]);
    expect(seen.get(2)?.answers["q1"]).toEqual({ response: [], tries: 1 });
    expect(seen.get(3)?.answers).not.toHaveProperty("q2");
    expect(seen.get(3)?.answers["q3"]).toEqual(state.answers["q3"]);
    expect(seen.get(4)?.answers).not.toHaveProperty("q3");
  });
});

describe("T41: a new version of the course", () => {
  const course = makeCourse([{ questions: ["choice", "matching"] }, { questions: ["fill-in"] }, {}]);
  const session = new Session(course, null, 99);
  for (const page of course.pages) session.openPage(page.id);
  for (const question of course.questions) session.answer(question.id, wrong(question));
  const state = { ...session.state(), counter: 3, seconds: 10 };
  const text = encode(course, state).text;

  it("a question of another revision loses its own answer, nothing else does", () => {
    const next = { ...course, questions: course.questions.map((q) => (q.id === "q2" ? { ...q, revision: 2 } : q)) };
    const { q2: _, ...others } = state.answers;
    expect(decode(next, text)).toEqual({ state: { ...state, answers: others }, damaged: false });
    const changed = { ...state, answers: { ...state.answers } };
    expect(decode(next, encode(next, changed).text).state?.answers).toEqual(state.answers);
  });

  it("pages and questions that are gone are ignored, new ones are new, moved ones are found", () => {
    const next: Course = {
      ...course,
      pages: [
        { ...(course.pages[2] as (typeof course.pages)[0]), id: "renamed" },
        { ...(course.pages[0] as (typeof course.pages)[0]), questions: ["q2", "q9"] },
      ],
      questions: [
        { ...(course.questions[1] as (typeof course.questions)[0]) },
        { ...(course.questions[0] as (typeof course.questions)[0]), id: "q9", number: 9 },
      ],
    };
    const read = decode(next, text);
    expect(read.damaged).toBe(false);
    expect(read.state?.location).toBe("renamed");
    expect(read.state?.opened.slice().sort()).toEqual(["p1", "renamed"]);
    expect(Object.keys(read.state?.answers ?? {})).toEqual(["q2"]);
  });

  it("options that were added or moved keep the meaning of an answer", () => {
    const [first, ...rest] = course.questions;
    const options = [{ key: "a", number: 5 }, { key: "b", number: 1 }, { key: "c", number: 2 }];
    const choices = options.map(({ key }) => ({ key, text: key }));
    const moved = { ...first!, options, interaction: { ...first!.interaction, choices } };
    const next = { ...course, questions: [moved, ...rest] };
    // "b" was option 2 of the old version; option 2 is now called "c".
    expect(decode(next, text).state?.answers["q1"]?.response).toEqual(["c"]);
  });

  it("an option that is gone takes its answer with it", () => {
    const [first, ...rest] = course.questions;
    const options = [{ key: "a", number: 1 }];
    const less = { ...first!, options, interaction: { ...first!.interaction, choices: [{ key: "a", text: "A" }] } };
    expect(decode({ ...course, questions: [less, ...rest] }, text).state?.answers).not.toHaveProperty("q1");
  });
});

describe("states that earlier releases wrote", () => {
  interface Kept {
    readonly name: string;
    readonly course: Course;
    readonly text: string;
    readonly state: SavedState;
  }
  const kept = JSON.parse(readFileSync(new URL("./state.fixtures.json", import.meta.url), "utf8")) as Kept[];

  it.each(kept)("$name", ({ course, text, state }) => {
    expect(decode(course, text)).toEqual({ state, damaged: false });
    expect(encode(course, state).text).toBe(text);
  });
});

describe("records", () => {
  const course = tenPages();
  const state = finished(course);
  const answers = Object.entries(state.answers).map(([id, answer], at) => [id, { ...answer, confidence: CONFIDENCES[at % 3] }]);
  const sure: SavedState = { ...state, answers: Object.fromEntries(answers) };

  it("how sure the learner was comes back with the answers", () => {
    expect(decode(course, encode(course, sure).text)).toEqual({ state: sure, damaged: false });
  });

  it("it goes first where a host takes too little", () => {
    const { text, shed } = encode(course, sure, encode(course, sure).text.length - 1);
    expect(shed).toBe(1);
    expect(decode(course, text)).toEqual({ state: { ...state, seconds: 0 }, damaged: false });
  });

  it("T44: a text that lost them is damaged, and the rest of it is read", () => {
    const text = encode(course, sure).text;
    const lengths = [...text].map((_, at) => decode(course, text.slice(0, at))).filter(({ state: read }) => read !== null);
    expect(lengths.every(({ damaged }) => damaged)).toBe(true);
  });

  it("T41: a record that this release does not know is passed over", () => {
    const bits = new BitWriter().number(99, 3).number(30, 5).put(12345, 24).put(1, 6);
    const written = writeRecords(bits, course, sure, false) as BitWriter;
    expect(readRecords(course, new BitReader(written.toString()), state)).toEqual(sure);
  });
});
