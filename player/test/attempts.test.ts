/**
 * Attempts at tests as designers declare them: sections, weights, retakes, waits, time limits, pre-tests, confidence.
 */

import { describe, expect, it } from "vitest";
import { withMastery } from "../src/attempts";
import type { Assessment, Course, Kind, Section } from "../src/course";
import { merge } from "../src/merge";
import { Session, type AnsweredEntry, type JournalEntry } from "../src/session";
import { decode, encode } from "../src/state";
import { makeCourse, right, wrong } from "./courses";

const SIX: readonly Kind[] = ["choice", "choice", "choice", "choice", "choice", "choice"];
const at = (course: Course, id: string) => course.questions.find((one) => one.id === id)!;
const section = (title: string, questions: readonly string[], more: Partial<Section> = {}): Section => ({
  title,
  questions,
  draw: null,
  passMark: null,
  weight: null,
  ...more,
});

/** One test of six questions, with a clock that the test turns, and everything that was reported. */
function begin(assessment: Partial<Assessment>, more: Partial<Course> = {}, pretest = false) {
  const page = { questions: SIX, ...(pretest ? { pretest: assessment } : { assessment }) };
  const course = makeCourse([page, {}, {}, { questions: ["choice"] }], more);
  const clock = { now: 1_800_000_000_000 };
  const journal: JournalEntry[] = [];
  const open = (state = null as ReturnType<Session["state"]> | null) => {
    const session = new Session(course, state, 5, () => clock.now);
    session.subscribe((entries) => journal.push(...entries));
    return session;
  };
  /** The same learner elsewhere: what was saved, read again. */
  const resumed = (session: Session) => open(decode(course, encode(course, session.state()).text).state);
  const take = (session: Session, ...wrongly: string[]) => {
    session.startAttempt("p1");
    for (const id of session.attempt("p1").paper) session.answer(id, wrongly.includes(id) ? wrong(at(course, id)) : right(at(course, id)));
    return session.submitAttempt("p1");
  };
  const answered = () => journal.filter((entry): entry is AnsweredEntry => entry.kind === "answered").map(({ question }) => question.id);
  return { course, clock, journal, open, resumed, take, answered };
}

describe("sections", () => {
  const halves = [section("First", ["q1", "q2"], { passMark: 100 }), section("Second", ["q3", "q4", "q5", "q6"])];

  it("who reaches the mark of the whole but not of each section has not passed", () => {
    const { open, take, journal } = begin({ passMark: 80, sections: halves });
    const session = open();
    const attempt = take(session, "q2");
    expect(attempt).toMatchObject({ latest: 83.33, latestPassed: false, passed: false, state: "ready" });
    expect(attempt.sections.map(({ score, reached }) => [score, reached])).toEqual([[50, false], [100, true]]);
    expect(journal).toContainEqual({ kind: "attempted", page: "p1", attempt: 1, score: 83.33, passed: false });
    expect(session.snapshot().success).toBe("unknown");
    expect(take(session, "q3")).toMatchObject({ latest: 83.33, latestPassed: true, passed: true });
    expect(session.snapshot().success).toBe("passed");
  });

  it("that it was passed is kept when a later attempt is not, here and elsewhere", () => {
    const { open, take, resumed, course } = begin({ passMark: 80, sections: halves });
    const session = open();
    take(session);
    take(session, "q1");
    const again = resumed(session);
    expect(again.attempt("p1")).toMatchObject({ passed: true, latestPassed: false });
    const other = open();
    for (let attempt = 0; attempt < 3; attempt += 1) take(other, "q1");
    expect(merge(course, other.state(), session.state()).attempts["p1"]).toMatchObject({ taken: 3, passed: true });
  });

  it("weights decide how much each counts; without weights its points do", () => {
    const weighted = halves.map((one, index) => ({ ...one, passMark: null, weight: index === 0 ? 3 : 1 }));
    const { open, take } = begin({ sections: weighted });
    expect(take(open(), "q1", "q2").latest).toBe(25);
    const { open: plain, take: takePlain } = begin({ sections: halves });
    expect(takePlain(plain(), "q1", "q2").latest).toBe(66.67);
  });

  it("each is drawn for itself, in the same way after a resume", () => {
    const { open, resumed } = begin({ sections: [section("First", ["q1", "q2", "q3"], { draw: 1 }), section("Second", ["q4", "q5", "q6"], { draw: 2 })] });
    const session = open();
    const { paper } = session.startAttempt("p1");
    expect(paper).toHaveLength(3);
    expect(paper.slice(0, 1).every((id) => ["q1", "q2", "q3"].includes(id))).toBe(true);
    expect(paper.slice(1).every((id) => ["q4", "q5", "q6"].includes(id))).toBe(true);
    expect(resumed(session).attempt("p1").paper).toEqual(paper);
  });
});

it("assessments that say their weight count by it, not by their points", () => {
  const plans = [{ questions: SIX, assessment: { weight: 1 } }, { questions: ["choice"] as Kind[], assessment: { weight: 3 } }];
  const course = makeCourse(plans);
  const session = new Session(course, null, 1);
  session.startAttempt("p2");
  session.answer("q7", right(at(course, "q7")));
  session.submitAttempt("p2");
  expect(session.snapshot().score).toBe(75);
});

describe("a retake of what was missed", () => {
  it("asks only that, in a new order; what was right counts, and is not reported again", () => {
    const { open, take, answered, resumed } = begin({ retake: "missed", attempts: 3 });
    const session = open();
    expect(take(session, "q2", "q4", "q5").latest).toBe(50);
    const reported = answered().length;
    const attempt = session.startAttempt("p1");
    expect([...attempt.paper].sort()).toEqual(["q2", "q4", "q5"]);
    expect(attempt).toMatchObject({ kept: 3, answered: 0 });
    expect(session.answer("q1", ["b"])).toMatchObject({ response: ["a"], locked: true });
    const again = resumed(session);
    expect(again.attempt("p1")).toEqual(attempt);
    for (const id of attempt.paper) again.answer(id, id === "q4" ? ["b"] : ["a"]);
    expect(again.submitAttempt("p1")).toMatchObject({ latest: 83.33, kept: 0 });
    expect(answered().slice(reported).sort()).toEqual(["q2", "q4", "q5"]);
    expect(again.attempt("p1").paper).toHaveLength(6);
    expect(again.startAttempt("p1").paper).toEqual(["q4"]);
  });

  it("is a new order, and ends when nothing is missed", () => {
    const { open, take } = begin({ retake: "missed" });
    const session = open();
    const first = take(session, ...["q1", "q2", "q3", "q4", "q5", "q6"]).paper;
    const second = session.startAttempt("p1").paper;
    expect([...second].sort()).toEqual([...first].sort());
    expect(second).not.toEqual(first);
    for (const id of second) session.answer(id, ["a"]);
    expect(session.submitAttempt("p1")).toMatchObject({ latest: 100, state: "over", passed: true });
  });

  it("draws no other questions", () => {
    const { open, take } = begin({ retake: "missed", draw: 3 });
    const session = open();
    const first = take(session, "q1", "q2", "q3", "q4", "q5", "q6").paper;
    expect([...session.startAttempt("p1").paper].sort()).toEqual([...first].sort());
  });
});

describe("a wait between attempts", () => {
  it("holds in another browser too, and is over when its time has come", () => {
    const { open, take, resumed, clock } = begin({ wait: 600 });
    const session = open();
    const ended = clock.now / 1000;
    expect(take(session, "q1", "q2")).toMatchObject({ state: "waiting", opens: ended + 600 });
    clock.now += 599_000;
    const elsewhere = resumed(session);
    expect(elsewhere.startAttempt("p1")).toMatchObject({ state: "waiting", opens: ended + 600, number: 1 });
    clock.now += 1_000;
    expect(elsewhere.attempt("p1")).toMatchObject({ state: "ready", opens: null });
    expect(elsewhere.startAttempt("p1").state).toBe("running");
  });

  it("is never longer than declared, whatever the clock of this device says", () => {
    const { open, take, resumed, clock } = begin({ wait: 600 });
    const session = open();
    take(session, "q1");
    clock.now -= 365 * 86_400_000;
    const back = resumed(session);
    expect(back.attempt("p1").opens).toBe(clock.now / 1000 + 600);
    clock.now += 600_000;
    expect(back.attempt("p1").state).toBe("ready");
  });
});

describe("a time limit", () => {
  it("runs from the start, survives a resume, and the learner can have more as often as they like", () => {
    const { open, resumed, clock } = begin({ timeLimit: 600 });
    const session = open();
    const start = clock.now / 1000;
    expect(session.startAttempt("p1").until).toBe(start + 600);
    clock.now += 60_000;
    const again = resumed(session);
    expect(again.attempt("p1").until).toBe(start + 600);
    for (let times = 1; times <= 12; times += 1) {
      expect(again.extendTime("p1")).toBe(true);
      expect(again.attempt("p1").until).toBe(start + 600 + times * 300);
    }
    again.submitAttempt("p1");
    expect(again.attempt("p1").until).toBeNull();
    expect(again.extendTime("p1")).toBe(false);
  });

  it("does not take anything away when it is over: more time counts from now", () => {
    const { open, clock } = begin({ timeLimit: 600 });
    const session = open();
    session.startAttempt("p1");
    session.answer("q1", ["a"]);
    clock.now += 3_600_000;
    session.extendTime("p1");
    expect(session.attempt("p1")).toMatchObject({ state: "running", answered: 1, until: clock.now / 1000 + 300 });
  });

  it("can be turned off before the attempt, for this attempt", () => {
    const { open } = begin({ timeLimit: 600 });
    const session = open();
    expect(session.startAttempt("p1", false)).toMatchObject({ state: "running", until: null });
    session.submitAttempt("p1");
    expect(session.startAttempt("p1").until).not.toBeNull();
  });
});

describe("a pre-test", () => {
  const covers = [section("First", ["q1", "q2", "q3"], { covers: ["p2"] }), section("Second", ["q4", "q5", "q6"], { covers: ["p3", "p4"] })];

  it("what a section shows to be known counts as done, and is not said to have been read", () => {
    const { open, take, journal, resumed } = begin({ sections: covers, attempts: 1 }, { navigation: "in-order" }, true);
    const session = open();
    session.openPage("p1");
    expect(session.page("p1").state).toBe("done");
    take(session, "q4");
    expect(["p2", "p3", "p4"].map((id) => session.page(id))).toEqual([
      { state: "known", done: true, shown: true, locked: false },
      { state: "new", done: false, shown: true, locked: false },
      { state: "new", done: false, shown: true, locked: true },
    ]);
    expect(journal.filter(({ kind }) => kind === "experienced")).toEqual([{ kind: "experienced", page: "p1" }]);
    const again = resumed(session);
    expect(again.page("p2").state).toBe("known");
    again.openPage("p2");
    expect(again.page("p2").state).toBe("done");
    expect(journal).toContainEqual({ kind: "experienced", page: "p2" });
  });

  it("completes a course of which everything is known; it has no score and passes nothing", () => {
    const { open, take, journal } = begin({ sections: covers, attempts: 1 }, { completion: { rule: "pages", pages: 4 } }, true);
    const session = open();
    session.openPage("p1");
    take(session);
    expect(session.snapshot()).toMatchObject({ complete: true, status: "completed", success: "unknown", score: null, progress: 1 });
    expect(journal.map(({ kind }) => kind)).toEqual(expect.arrayContaining(["answered", "attempted", "completed"]));
  });

  it("covers pages as a whole, where the whole is passed", () => {
    const { open, take } = begin({ covers: ["p2"], passMark: 80 }, {}, true);
    const session = open();
    take(session, "q1", "q2");
    expect(session.page("p2").state).toBe("new");
    take(session, "q1");
    expect(session.page("p2").state).toBe("known");
    take(session, "q1", "q2", "q3");
    expect(session.page("p2").state).toBe("known");
  });

  it("objectives that it shows to be reached are passed; of the others it says nothing", () => {
    const objectives = [{ id: "one", text: "One" }, { id: "two", text: "Two" }];
    const { course } = begin({ covers: ["p2"], passMark: 80 }, { objectives }, true);
    const questions = course.questions.map((one) => ({ ...one, objectives: [["q1", "q2"].includes(one.id) ? "one" : "two"] }));
    const session = new Session({ ...course, questions }, null, 5);
    session.startAttempt("p1");
    for (const id of ["q1", "q2"]) session.answer(id, ["a"]);
    session.submitAttempt("p1");
    expect(session.snapshot().objectives).toEqual([
      { id: "one", status: "passed", score: 100 },
      { id: "two", status: "incomplete", score: null },
    ]);
  });

  it("merging two copies keeps what either showed to be known", () => {
    const { open, take, course } = begin({ sections: covers, attempts: 0 }, {}, true);
    const [left, right] = [open(), open()];
    take(left, "q4");
    take(right, "q1");
    expect(merge(course, left.state(), right.state()).known?.slice().sort()).toEqual(["p2", "p3", "p4"]);
  });
});

describe("how sure learners are", () => {
  it("is kept and reported with the answer, and never counts", () => {
    const course = makeCourse([{ questions: ["choice", "choice"], each: { confidence: true } }, { questions: ["choice"] }]);
    const session = new Session(course, null, 1);
    const journal: JournalEntry[] = [];
    session.subscribe((entries) => journal.push(...entries));
    session.answer("q1", ["b"], 2, 3);
    session.answer("q2", ["a"], 2, null);
    session.answer("q3", ["a"], 2, 3);
    expect(session.answered("q1")).toMatchObject({ correct: false, confidence: 3 });
    expect(session.answered("q2")).not.toHaveProperty("confidence");
    expect(session.answered("q3")).not.toHaveProperty("confidence");
    const told = journal.filter((entry): entry is AnsweredEntry => entry.kind === "answered");
    expect(told.map(({ confidence }) => confidence)).toEqual([3, undefined, undefined]);
    const read = decode(course, encode(course, session.state()).text).state;
    expect(new Session(course, read, 1).answered("q1")).toMatchObject({ confidence: 3 });
  });
});

describe("T25: the mark of the host", () => {
  it("holds instead of the course's own where the course has one assessment", () => {
    const course = makeCourse([{ questions: SIX, assessment: { passMark: 80 } }]);
    const session = new Session(withMastery(course, 60), null, 1);
    session.startAttempt("p1");
    for (const id of ["q1", "q2", "q3", "q4"]) session.answer(id, ["a"]);
    expect(session.submitAttempt("p1")).toMatchObject({ latest: 66.67, passed: true });
    expect(withMastery(course, undefined)).toBe(course);
    const two = makeCourse([{ questions: SIX, assessment: {} }, { questions: SIX, assessment: {} }]);
    expect(withMastery(two, 60)).toBe(two);
  });
});
