import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { merge, raise } from "../src/merge";
import { Session } from "../src/session";
import { STATUSES, SUCCESSES, blank, decode, encode, type SavedState } from "../src/state";
import { anyResponse, makeCourse, right } from "./courses";

const course = makeCourse([
  { questions: ["choice", "fill-in"] },
  { questions: ["matching", "true-false", "long-fill-in"] },
  {},
  { questions: ["choice", "numeric", "choice"], assessment: { draw: 2, attempts: 3, shuffleQuestions: true } },
]);

const step = fc.oneof(
  fc.constantFrom("p1", "p2", "p3", "p4").map((page) => (session: Session) => void session.openPage(page)),
  fc.oneof(...course.questions.map((q) => anyResponse(q).map((response) => (session: Session) => void session.answer(q.id, response)))),
  fc.constantFrom(...course.questions).map((q) => (session: Session) => void session.answer(q.id, right(q))),
  fc.constantFrom(...course.questions).map((q) => (session: Session) => session.keepDraft(q.id, right(q))),
  fc.constant((session: Session) => void session.startAttempt("p4")),
  fc.constant((session: Session) => void session.submitAttempt("p4")),
);
const walk = fc.array(step, { maxLength: 25, size: "max" });

function walked(from: SavedState, steps: readonly ((session: Session) => void)[], counter: number): SavedState {
  const session = new Session(course, from, 0);
  for (const step of steps) step(session);
  return { ...session.state(), counter };
}

describe("T13: two copies of one learner's progress", () => {
  it("nothing that either knows is lost, nothing goes down, and what comes of it is a state like any other", () => {
    fc.assert(
      fc.property(walk, walk, walk, fc.boolean(), (shared, here, there, sameSeed) => {
        const start = walked(blank(7), shared, 10);
        const a = walked(start, here, 30);
        const b = walked(sameSeed ? start : { ...start, seed: 8 }, there, 20);
        const both = merge(course, a, b);
        expect(merge(course, b, a)).toEqual(both);
        for (const one of [a, b]) {
          expect(STATUSES.indexOf(both.status)).toBeGreaterThanOrEqual(STATUSES.indexOf(one.status));
          expect(SUCCESSES.indexOf(both.success)).toBeGreaterThanOrEqual(SUCCESSES.indexOf(one.success));
          expect(both.score ?? -1).toBeGreaterThanOrEqual(one.score ?? -1);
          expect(both.done).toEqual(expect.arrayContaining([...one.done]));
          for (const id of ["q1", "q2", "q3", "q4", "q5"]) {
            expect(Math.sign(both.answers[id]?.tries ?? -1)).toBeGreaterThanOrEqual(Math.sign(one.answers[id]?.tries ?? -1));
          }
          const [kept, known] = [both.attempts["p4"], one.attempts["p4"]];
          expect(kept?.taken ?? 0).toBeGreaterThanOrEqual(known?.taken ?? 0);
          expect(kept?.best ?? -1).toBeGreaterThanOrEqual(known?.best ?? -1);
        }
        // Where both answered, the newer copy is believed.
        for (const id of ["q1", "q2"]) if ((a.answers[id]?.tries ?? 0) > 0) expect(both.answers[id]).toEqual(a.answers[id]);
        const session = new Session(course, both, 0);
        session.openPage("p1");
        const after = { ...session.state(), counter: both.counter };
        expect(decode(course, encode(course, after).text)).toEqual({ state: after, damaged: false });
      }),
      { numRuns: 300 },
    );
  });

  it("merging a copy with itself changes nothing", () => {
    fc.assert(
      fc.property(walk, (steps) => {
        const state = walked(blank(7), steps, 10);
        expect(merge(course, state, state)).toEqual(state);
      }),
    );
  });

  it("a text that was left out for the host is taken from the copy that has it", () => {
    const state = walked(blank(7), [(session) => void session.answer("q5", ["My own words."])], 10);
    const host = { ...state, counter: 11, answers: { q5: { response: [], tries: 1 } } };
    expect(merge(course, host, state).answers["q5"]).toEqual({ response: ["My own words."], tries: 1 });
  });
});

describe("T20: what the host holds", () => {
  it("raises status and success, and the score where there is none", () => {
    expect(raise(course, blank(1), "passed", 88)).toMatchObject({ status: "passed", success: "passed", complete: true, score: 88 });
    expect(raise(course, blank(1), "completed", null)).toMatchObject({ status: "completed", success: "unknown", complete: true });
    expect(raise(course, blank(1), "failed", 20)).toMatchObject({ status: "failed", success: "unknown", complete: false, score: 20 });
  });

  it("raises a lower score, unless the latest counts", () => {
    const lower = { ...blank(1), score: 50 };
    const latest = makeCourse([{ questions: ["choice"], assessment: { score: "latest" } }]);
    expect([raise(course, lower, "passed", 80).score, raise(latest, lower, "passed", 80).score]).toEqual([80, 50]);
  });

  it("lowers nothing", () => {
    const passed = { ...blank(1), status: "passed", success: "passed", complete: true, score: 90 } as const;
    expect(raise(course, passed, "incomplete", 10)).toEqual(passed);
  });
});
