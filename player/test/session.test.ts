import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Course } from "../src/course";
import { Session, type JournalEntry, type Snapshot } from "../src/session";
import { decode, encode, STATUSES, SUCCESSES } from "../src/state";
import { anyResponse, KINDS, makeCourse, makeQuestion, right, tenPages, wrong } from "./courses";

function question(course: Course, id: string) {
  const found = course.questions.find((one) => one.id === id);
  if (found === undefined) throw new Error(id);
  return found;
}

function begin(course: Course, seed = 1) {
  const session = new Session(course, null, seed);
  const journal: JournalEntry[] = [];
  session.subscribe((entries) => journal.push(...entries));
  const kinds = () => journal.map((entry) => entry.kind);
  const take = (page: string, how: (id: string) => readonly string[]) => {
    session.startAttempt(page);
    for (const id of session.attempt(page).paper) session.answer(id, how(id));
    return session.submitAttempt(page);
  };
  const pass = (page: string) => take(page, (id) => right(question(course, id)));
  const fail = (page: string) => take(page, (id) => wrong(question(course, id)));
  return { session, journal, kinds, pass, fail };
}

describe("pages", () => {
  it("are new, started, done; one without questions is done when it is opened", () => {
    const { session } = begin(makeCourse([{}, { questions: ["choice"] }]));
    expect(session.page("p1").state).toBe("new");
    session.openPage("p1");
    session.openPage("p2");
    expect([session.page("p1").state, session.page("p2").state]).toEqual(["done", "started"]);
    session.answer("q1", ["b"]);
    expect(session.page("p2").state).toBe("done");
  });

  it("in order: a later page is locked until all before it are done", () => {
    const { session } = begin(makeCourse([{ questions: ["choice"] }, {}, {}], { navigation: "in-order" }));
    expect(session.openPage("p2")).toBe(false);
    expect(session.page("p2")).toEqual({ state: "new", done: false, shown: true, locked: true });
    session.openPage("p1");
    session.answer("q1", ["a"]);
    expect(session.openPage("p2")).toBe(true);
    expect(session.page("p3").locked).toBe(false);
  });

  it("an unknown page is not opened", () => {
    expect(begin(makeCourse([{}])).session.openPage("nowhere")).toBe(false);
  });

  it("each is reported as experienced once, when it is done", () => {
    const { session, journal } = begin(makeCourse([{ questions: ["choice"] }, {}]));
    for (const id of ["p1", "p2", "p1", "p2"]) session.openPage(id);
    session.answer("q1", ["b"]);
    expect(journal.filter((entry) => entry.kind === "experienced")).toEqual([
      { kind: "experienced", page: "p2" },
      { kind: "experienced", page: "p1" },
    ]);
  });
});

describe("practice questions", () => {
  it("count tries, lock when they are used up or the answer is right", () => {
    const course = makeCourse([{ questions: ["choice", "choice"], each: { tries: 2 } }]);
    const { session } = begin(course);
    expect(session.answer("q1", ["b"])).toMatchObject({ score: 0, correct: false, triesLeft: 1, locked: false, revealed: true });
    expect(session.answer("q1", ["c"])).toMatchObject({ triesLeft: 0, locked: true });
    expect(session.answer("q1", ["a"])).toMatchObject({ response: ["c"], score: 0, locked: true });
    expect(session.answer("q2", ["a"])).toMatchObject({ score: 1, correct: true, triesLeft: 1, locked: true });
  });

  it("T30: each answer is one journal entry, counted from 0", () => {
    const { session, journal } = begin(makeCourse([{ questions: ["choice", "likert"] }]));
    session.answer("q1", ["b"], 4.5);
    session.answer("q1", ["a"]);
    session.answer("q2", ["c"]);
    expect(journal.filter((entry) => entry.kind === "answered")).toMatchObject([
      { index: 0, response: ["b"], score: 0, correct: false, seconds: 4.5 },
      { index: 1, response: ["a"], score: 1, correct: true, seconds: null },
      { index: 2, response: ["c"], score: null, correct: null },
    ]);
  });

  it("never count towards the score", () => {
    const { session } = begin(tenPages());
    session.answer("q1", ["a"]);
    expect(session.snapshot()).toMatchObject({ score: null, success: "unknown" });
  });

  it("an empty response, or one of things that the question does not know, is no answer", () => {
    const { session, journal } = begin(makeCourse([{ questions: ["choice"] }]));
    session.answer("q1", []);
    session.answer("q1", ["z", "<script>"]);
    expect(session.answered("q1")).toBeNull();
    expect(journal).toEqual([]);
  });

  it("an unknown question is a mistake of the caller", () => {
    expect(() => begin(tenPages()).session.answer("nothing", ["a"])).toThrow(RangeError);
  });
});

describe("assessments", () => {
  it("take no answers before they are started or after they are submitted", () => {
    const course = tenPages();
    const { session, pass } = begin(course);
    expect(session.answer("q4", ["a"])).toMatchObject({ locked: true });
    expect(session.answered("q4")).toBeNull();
    pass("p10");
    expect(session.answer("q4", ["b"])).toMatchObject({ response: ["a"], locked: true, revealed: true });
  });

  it("at-end: answers can be changed and taken back, nothing is told or reported before the end", () => {
    const { session, kinds } = begin(tenPages());
    session.startAttempt("p10");
    expect(session.answer("q4", ["b"])).toMatchObject({ locked: false, revealed: false, triesLeft: null });
    session.answer("q4", ["a"]);
    session.answer("q5", ["a"]);
    session.answer("q5", []);
    expect(session.attempt("p10")).toMatchObject({ state: "running", answered: 1, number: 1, attemptsLeft: 2 });
    expect(kinds()).not.toContain("answered");
    const attempt = session.submitAttempt("p10");
    expect(kinds().filter((kind) => kind === "answered")).toHaveLength(1);
    expect(attempt).toMatchObject({ state: "ready", latest: 50, best: 50, passed: false, reviewable: true });
  });

  it("after-each: an answer is told, reported and locked at once", () => {
    const course = makeCourse([{ questions: ["choice", "choice"], assessment: { feedback: "after-each" } }]);
    const { session, kinds } = begin(course);
    session.startAttempt("p1");
    expect(session.answer("q1", ["b"])).toMatchObject({ locked: true, revealed: true, triesLeft: 0 });
    expect(session.answer("q1", ["a"])).toMatchObject({ response: ["b"] });
    session.submitAttempt("p1");
    expect(kinds().filter((kind) => kind === "answered")).toHaveLength(1);
  });

  it("never: nothing is told", () => {
    const { session, pass } = begin(makeCourse([{ questions: ["choice"], assessment: { feedback: "never", review: false } }]));
    expect(pass("p1").reviewable).toBe(false);
    expect(session.answered("q1")?.revealed).toBe(false);
  });

  it("score is the points in per cent; questions that are not graded or have no right answer do not count", () => {
    const course = makeCourse([{ questions: ["choice", "choice", "likert", "choice"], assessment: {} }]);
    const weighted: Course = {
      ...course,
      questions: course.questions.map((q) => ({ ...q, points: q.id === "q1" ? 2 : 1, graded: q.id !== "q4" })),
    };
    const { session } = begin(weighted);
    session.startAttempt("p1");
    session.answer("q1", ["a"]);
    session.answer("q4", ["b"]);
    expect(session.submitAttempt("p1").latest).toBe(66.67);
  });

  it("T22: incomplete while attempts remain, failed after the last", () => {
    const { session, fail } = begin(tenPages());
    for (const page of session.course.pages) session.openPage(page.id);
    for (const status of ["incomplete", "incomplete", "failed"]) {
      fail("p10");
      expect(session.snapshot().status).toBe(status);
    }
    expect(session.attempt("p10")).toMatchObject({ state: "over", attemptsLeft: 0 });
    expect(session.startAttempt("p10").state).toBe("over");
    expect(session.snapshot()).toMatchObject({ success: "failed", finished: true });
  });

  it("T23: there is no score before an attempt is submitted", () => {
    const { session, fail } = begin(tenPages());
    session.startAttempt("p10");
    session.answer("q4", ["a"]);
    expect(session.snapshot().score).toBeNull();
    fail("p10");
    expect(session.snapshot().score).toBe(0);
  });

  it("best: the best attempt stands; latest: the last one", () => {
    for (const [score, wanted] of [["best", 100], ["latest", 0]] as const) {
      const { session, pass, fail } = begin(makeCourse([{ questions: ["choice"], assessment: { score, attempts: 0 } }]));
      pass("p1");
      fail("p1");
      expect(session.snapshot()).toMatchObject({ score: wanted, status: "passed" });
      expect(session.attempt("p1")).toMatchObject({ best: 100, latest: 0, passed: true, attemptsLeft: null });
    }
  });

  it("several assessments weigh as much as their papers have points", () => {
    const course = makeCourse([
      { questions: ["choice", "choice", "choice"], assessment: {} },
      { questions: ["choice", "choice"], assessment: { draw: 1 } },
    ]);
    const { session, pass } = begin(course);
    pass("p1");
    expect(session.snapshot()).toMatchObject({ score: 75, success: "unknown" });
    pass("p2");
    expect(session.snapshot()).toMatchObject({ score: 100, success: "passed", status: "passed" });
  });
});

describe("T43: papers and orders", () => {
  const course = makeCourse([
    { questions: Array.from({ length: 12 }, () => "choice" as const), assessment: { draw: 5, shuffleQuestions: true, shuffleOptions: true, attempts: 0 } },
  ]);

  it("a resumed paper is the same paper with the same orders", () => {
    const { session } = begin(course, 77);
    session.startAttempt("p1");
    const paper = session.attempt("p1").paper;
    const saved = decode(course, encode(course, session.state()).text).state;
    const again = new Session(course, saved, 123456);
    expect(again.attempt("p1").paper).toEqual(paper);
    for (const id of paper) expect(again.order(id)).toEqual(session.order(id));
  });

  it("draws as many as it says, another paper for another attempt and another learner", () => {
    const { session } = begin(course, 77);
    const papers = new Set<string>();
    for (let attempt = 0; attempt < 8; attempt += 1) {
      const { paper } = session.startAttempt("p1");
      expect(new Set(paper).size).toBe(5);
      papers.add(paper.join());
      session.submitAttempt("p1");
    }
    expect(papers.size).toBeGreaterThan(5);
    const other = begin(course, 78).session;
    expect(other.startAttempt("p1").paper).not.toEqual(begin(course, 77).session.startAttempt("p1").paper);
  });

  it("every question is drawn about as often as any other", () => {
    const counts = new Map<string, number>();
    for (let seed = 0; seed < 600; seed += 1) {
      for (const id of begin(course, seed * 7919).session.startAttempt("p1").paper) counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    for (const question of course.questions) expect(Math.abs((counts.get(question.id) ?? 0) - 250)).toBeLessThan(75);
  });

  it("a question that is added leaves the drawn ones where they were", () => {
    const more = makeQuestion("p1", 13);
    const page = course.pages[0]!;
    const longer: Course = {
      ...course,
      pages: [{ ...page, questions: [...page.questions, "q13"] }],
      questions: [...course.questions, more],
    };
    for (let seed = 0; seed < 50; seed += 1) {
      const before = begin(course, seed).session.startAttempt("p1").paper;
      const after = begin(longer, seed).session.startAttempt("p1").paper.filter((id) => id !== "q13");
      expect(before.filter((id) => after.includes(id))).toEqual(after);
      expect(after.length).toBeGreaterThanOrEqual(4);
    }
  });

  it("a sequence to sort is never shown in the right order", () => {
    const sorting = makeCourse([{ questions: ["sequencing"] }]);
    for (let seed = 0; seed < 200; seed += 1) {
      const order = new Session(sorting, null, seed).order("q1");
      expect(order.join("")).not.toBe("abcd");
      expect([...order].sort().join("")).toBe("abcd");
    }
  });

  it("options stay in the authored order unless shuffling is asked for", () => {
    expect(new Session(tenPages(), null, 3).order("q1")).toEqual(["a", "b", "c", "d"]);
  });
});

describe("T21: completion comes from the declared rule", () => {
  const pages = [{}, {}, { questions: ["choice"], assessment: {} }] as const;
  const plan = [...pages].map((page) => ({ ...page })) as Parameters<typeof makeCourse>[0];

  it("pages", () => {
    const { session, kinds, pass } = begin(makeCourse(plan, { completion: { rule: "pages", pages: 2 } }));
    session.openPage("p1");
    expect(session.snapshot().status).toBe("incomplete");
    session.openPage("p2");
    expect(session.snapshot()).toMatchObject({ status: "completed", complete: true, finished: false });
    pass("p3");
    expect(session.snapshot()).toMatchObject({ status: "passed", finished: true });
    expect(kinds().filter((kind) => kind === "completed" || kind === "passed")).toEqual(["completed", "passed"]);
  });

  it("assessment", () => {
    const { session, pass, kinds } = begin(makeCourse(plan, { completion: { rule: "assessment", pages: 3 } }));
    pass("p3");
    expect(session.snapshot()).toMatchObject({ status: "passed", complete: true });
    expect(kinds().slice(-2)).toEqual(["completed", "passed"]);
  });

  it("pages-and-assessment", () => {
    const { session, pass } = begin(makeCourse(plan));
    pass("p3");
    expect(session.snapshot()).toMatchObject({ status: "incomplete", success: "passed" });
    session.openPage("p1");
    session.openPage("p2");
    expect(session.snapshot().status).toBe("passed");
  });

  it("a new version that asks for less completes with the next page that is opened, also the one where the learner was", () => {
    const { session } = begin(makeCourse([{}, {}], { completion: { rule: "pages", pages: 2 } }));
    session.openPage("p1");
    const next = new Session(makeCourse([{}, {}], { completion: { rule: "pages", pages: 1 } }), session.state(), 1);
    next.openPage(next.location);
    expect(next.snapshot().status).toBe("completed");
  });

  it("manual", () => {
    const { session, kinds } = begin(makeCourse([{}], { completion: { rule: "manual", pages: 1 } }));
    session.openPage("p1");
    expect(session.snapshot().status).toBe("incomplete");
    session.declareComplete();
    session.declareComplete();
    expect(session.snapshot()).toMatchObject({ status: "completed", finished: true });
    expect(kinds().filter((kind) => kind === "completed")).toHaveLength(1);
  });

  it("opening the course is not completing it", () => {
    const { session } = begin(tenPages());
    expect(session.snapshot().status).toBe("not attempted");
    session.openPage("p1");
    expect(session.snapshot().status).toBe("incomplete");
  });
});

describe("T31: objectives", () => {
  const course = makeCourse(
    [
      { objectives: ["read"] },
      { questions: ["choice"], each: { objectives: ["practise"] } },
      { questions: ["choice", "choice"], each: { objectives: ["know"] }, assessment: { attempts: 2 } },
    ],
    { objectives: ["read", "practise", "know", "nowhere"].map((id) => ({ id, text: id })) },
  );
  const told = (snapshot: Snapshot) => snapshot.objectives.map(({ status, score }) => (score === null ? status : `${status} ${score}`));

  it("are completed with their pages, passed or failed with their questions in assessments", () => {
    const { session, fail, pass } = begin(course);
    expect(told(session.snapshot())).toEqual(["not attempted", "not attempted", "not attempted", "not attempted"]);
    session.openPage("p1");
    session.openPage("p2");
    expect(told(session.snapshot())).toEqual(["completed", "incomplete", "not attempted", "not attempted"]);
    session.answer("q1", ["b"]);
    fail("p3");
    expect(told(session.snapshot())).toEqual(["completed", "completed", "incomplete 0", "not attempted"]);
    pass("p3");
    expect(told(session.snapshot())[2]).toBe("passed 100");
  });

  it("fail when no attempt is left; the best score stays", () => {
    const { session, fail } = begin(course);
    session.startAttempt("p3");
    session.answer("q2", ["a"]);
    session.submitAttempt("p3");
    fail("p3");
    expect(told(session.snapshot())[2]).toBe("failed 50");
  });
});

function sections(...questions: string[]) {
  const part = { draw: null, passMark: 50, weight: null };
  return { sections: [{ title: "One", ...part, questions: questions.slice(0, 2) }, { title: "Two", ...part, questions: questions.slice(2), draw: 1 }] };
}

describe("random walks", () => {
  const course = makeCourse(
    [
      { questions: KINDS, objectives: ["one"] },
      {},
      { questions: ["choice", "fill-in", "sequencing"], assessment: { draw: 2, attempts: 4, shuffleQuestions: true }, each: { objectives: ["one"], scoring: "partial" } },
      { questions: ["choice", "numeric"], assessment: { feedback: "after-each", attempts: 0, passMark: 50 } },
      { questions: ["choice", "matching", "choice"], assessment: { ...sections("q16", "q17", "q18"), retake: "missed" }, each: { confidence: true } },
      { questions: ["choice", "choice"], pretest: { covers: ["p2"], attempts: 2 }, each: { objectives: ["one"] } },
    ],
    { objectives: [{ id: "one", text: "One" }] },
  );
  const step = fc.oneof(
    fc.constantFrom(...course.pages).map(({ id }) => (session: Session) => void session.openPage(id)),
    { weight: 5, arbitrary: fc.oneof(...course.questions.map((q) => anyResponse(q).map((response) => (session: Session) => void session.answer(q.id, response)))) },
    { weight: 3, arbitrary: fc.constantFrom(...course.questions).map((q) => (session: Session) => void session.answer(q.id, right(q))) },
    fc.constantFrom(...course.questions).map((q) => (session: Session) => session.keepDraft(q.id, wrong(q))),
    fc.constantFrom("p3", "p4", "p5", "p6").map((page) => (session: Session) => void session.startAttempt(page)),
    fc.constantFrom("p3", "p4", "p5", "p6").map((page) => (session: Session) => void session.submitAttempt(page)),
    fc.constant((session: Session) => session.declareComplete()),
  );
  const walk = fc.array(step, { maxLength: 60, size: "max" });
  const rules = fc.constantFrom("pages", "assessment", "pages-and-assessment", "manual");
  const navigation = fc.constantFrom("free", "in-order");
  const courses = fc.record({ rule: rules, navigation }).map(({ rule, navigation }) => {
    return { ...course, navigation, completion: { rule, pages: 3 } } as Course;
  });

  it("T20: status, success, score and objectives never go down, whatever the order of events", () => {
    fc.assert(
      fc.property(courses, walk, fc.nat(), (walked, steps, seed) => {
        const session = new Session(walked, null, seed);
        let before = session.snapshot();
        const said: string[] = [];
        session.subscribe((entries) => said.push(...entries.map((entry) => entry.kind)));
        for (const step of steps) {
          step(session);
          const now = session.snapshot();
          expect(STATUSES.indexOf(now.status)).toBeGreaterThanOrEqual(STATUSES.indexOf(before.status));
          expect(SUCCESSES.indexOf(now.success)).toBeGreaterThanOrEqual(SUCCESSES.indexOf(before.success));
          expect(now.score ?? -1).toBeGreaterThanOrEqual(before.score ?? -1);
          expect(now.progress).toBeGreaterThanOrEqual(before.progress);
          expect(now.objectives[0]?.score ?? -1).toBeGreaterThanOrEqual(before.objectives[0]?.score ?? -1);
          if (now.score !== null) expect(now.score).toBeLessThanOrEqual(100);
          before = now;
        }
        for (const verdict of ["passed", "failed", "completed"]) {
          expect(said.filter((kind) => kind === verdict).length).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("T40: saving and restoring at any moment gives the same session, and the walk goes on as it would have", () => {
    fc.assert(
      fc.property(courses, walk, fc.nat(), fc.nat(60), (walked, steps, seed, at) => {
        const through = new Session(walked, null, seed);
        let resumed = new Session(walked, null, seed);
        steps.forEach((step, index) => {
          step(through);
          step(resumed);
          if (index === at) resumed = new Session(walked, decode(walked, encode(walked, resumed.state()).text).state, 99);
        });
        expect(resumed.state()).toEqual(through.state());
        expect(resumed.snapshot()).toEqual(through.snapshot());
        for (const { id } of walked.questions) expect([resumed.answered(id), resumed.draft(id)]).toEqual([through.answered(id), through.draft(id)]);
        for (const page of ["p3", "p4"]) expect(resumed.attempt(page)).toEqual(through.attempt(page));
      }),
      { numRuns: 300 },
    );
  });

  it("every reported answer has its own place, without gaps", () => {
    fc.assert(
      fc.property(walk, (steps) => {
        const session = new Session(course, null, 5);
        const places: number[] = [];
        session.subscribe((entries) => entries.forEach((entry) => entry.kind === "answered" && places.push(entry.index)));
        for (const step of steps) step(session);
        expect(places).toEqual(places.map((_, index) => index));
      }),
    );
  });
});
