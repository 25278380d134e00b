import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Course, Page } from "../src/course";
import { Session } from "../src/session";
import { decode, encode, STATUSES } from "../src/state";
import { makeCourse, right, wrong } from "./courses";

/** A course with rules of its own on some of its pages. */
function withRules(course: Course, rules: Readonly<Record<string, Partial<Page>>>): Course {
  return { ...course, pages: course.pages.map((page) => ({ ...page, ...rules[page.id] })) };
}

function begin(rules: Readonly<Record<string, Partial<Page>>>, more: Partial<Course> = {}) {
  const plans = [{ questions: ["choice"] }, { questions: ["choice"], each: { tries: 0 } }, {}, { questions: ["choice"], assessment: {} }, {}] as const;
  const course = withRules(makeCourse(plans, more), rules);
  const session = new Session(course, null, 1);
  const take = (how: typeof right) => {
    session.startAttempt("p4");
    for (const id of session.attempt("p4").paper) session.answer(id, how(course.questions.find((one) => one.id === id) as never));
    session.submitAttempt("p4");
  };
  const ways = () => course.pages.map(({ id }) => (session.page(id).shown ? (session.page(id).locked ? "-" : "o") : "x")).join("");
  return { course, session, take, ways };
}

describe("unlock", () => {
  it("waits for pages that are done", () => {
    const { session, ways } = begin({ p3: { unlock: [{ kind: "done", pages: ["p1"] }] } });
    expect(ways()).toBe("oo-oo");
    expect(session.openPage("p3")).toBe(false);
    session.openPage("p1");
    expect(ways()).toBe("oo-oo");
    session.answer("q1", ["b"]);
    expect(ways()).toBe("ooooo");
    expect(session.openPage("p3")).toBe(true);
  });

  it("waits for a section, but not for those of its pages that may be left out", () => {
    const { session, ways } = begin({ p2: { optional: true }, p5: { unlock: [{ kind: "done", pages: ["p2", "p3"], section: "Basics" }] } });
    expect(ways()).toBe("oooo-");
    session.openPage("p3");
    expect(ways()).toBe("ooooo");
  });

  it("waits for an answer, whatever it is", () => {
    const { session, ways } = begin({ p3: { unlock: [{ kind: "answered", pages: ["p2"], question: "q2" }] } });
    expect(ways()).toBe("oo-oo");
    session.answer("q2", ["c"]);
    expect(ways()).toBe("ooooo");
  });

  it("waits for a right answer", () => {
    const { session, ways } = begin({ p3: { unlock: [{ kind: "right", pages: ["p2"], question: "q2" }] } });
    session.answer("q2", ["c"]);
    expect(ways()).toBe("oo-oo");
    expect(session.missing("p3")).toEqual([{ kind: "right", pages: ["p2"], question: "q2" }]);
    session.answer("q2", ["a"]);
    expect(ways()).toBe("ooooo");
    expect(session.missing("p3")).toEqual([]);
  });

  it("waits for an assessment to be passed, or for a score in it", () => {
    const passed = begin({ p5: { unlock: [{ kind: "passed", pages: ["p4"] }] } });
    passed.take(wrong);
    expect(passed.ways()).toBe("oooo-");
    passed.take(right);
    expect(passed.ways()).toBe("ooooo");
    const tried = begin({ p5: { unlock: [{ kind: "passed", pages: ["p4"], score: 0 }] } });
    expect(tried.ways()).toBe("oooo-");
    tried.take(wrong);
    expect(tried.ways()).toBe("ooooo");
  });

  it("in order: says the first page that is to be done; pages that may be left out stand in nobody's way", () => {
    const { session, ways } = begin({ p1: { optional: true } }, { navigation: "in-order" });
    expect(ways()).toBe("oo---");
    expect(session.missing("p5")).toEqual([{ kind: "done", pages: ["p2"] }]);
  });

  it("a page that was opened stays open, also where an answer was not kept", () => {
    const { course, session } = begin({ p3: { unlock: [{ kind: "right", pages: ["p2"], question: "q2" }] } });
    session.answer("q2", ["a"]);
    session.openPage("p3");
    const { answers: _, ...rest } = session.state();
    const back = new Session(course, { ...rest, answers: {} }, 1);
    expect(back.page("p3").locked).toBe(false);
    expect(back.location).toBe("p3");
  });
});

describe("show-if", () => {
  const nurses = { p3: { showIf: [{ question: "q1", answers: ["b", "c"] }] } };

  it("a page is part of the course once the answer is given, and no longer when it is taken back; its answers stay", () => {
    const { session, ways } = begin({ ...nurses, p2: { showIf: [{ question: "q1", answers: ["a"] }] } });
    expect(ways()).toBe("oxxoo".replace("oxx", "oxx"));
    session.answer("q1", ["a"]);
    expect(ways()).toBe("ooxoo");
    session.answer("q2", ["b"]);
    expect(session.openPage("p3")).toBe(false);
  });

  it("another answer changes the course; what was done on pages that went is there when they come back", () => {
    const { session, ways } = begin({ p2: { showIf: [{ question: "q1", answers: ["b"] }] }, p3: { showIf: [{ question: "q1", answers: ["c"] }] } });
    session.answer("q1", ["b"]);
    session.answer("q2", ["d"]);
    session.answer("q1", ["c"]);
    expect(ways()).toBe("oxooo");
    expect(session.answered("q2")?.response).toEqual(["d"]);
    session.answer("q1", ["b"]);
    expect(ways()).toBe("ooxoo");
    expect(session.page("p2").state).toBe("done");
  });

  it("right or not right; neither before there is an answer", () => {
    const { session, ways } = begin({ p3: { showIf: [{ question: "q2", right: true }] }, p5: { showIf: [{ question: "q2", right: false }] } });
    expect(ways()).toBe("ooxox");
    session.answer("q2", ["b"]);
    expect(ways()).toBe("ooxoo");
    session.answer("q2", ["a"]);
    expect(ways()).toBe("oooox");
  });

  it("what depends on a page that is not there is not there either, and nothing waits for it", () => {
    const { session, ways } = begin({
      p2: { showIf: [{ question: "q1", answers: ["b"] }] },
      p3: { showIf: [{ question: "q2", answers: ["a"] }] },
      p5: { unlock: [{ kind: "done", pages: ["p2"] }, { kind: "answered", pages: ["p2"], question: "q2" }, { kind: "right", pages: ["p2"], question: "q2" }] },
    });
    expect(ways()).toBe("oxxoo");
    session.answer("q1", ["b"]);
    expect(ways()).toBe("ooxo-");
    session.answer("q2", ["a"]);
    expect(ways()).toBe("ooooo");
    session.answer("q1", ["c"]);
    expect(ways()).toBe("oxxoo");
  });

  it("pages that are not there count neither for completion nor for progress", () => {
    const { session, take } = begin(nurses);
    session.answer("q1", ["a"]);
    session.openPage("p5");
    session.answer("q2", ["b"]);
    expect(session.snapshot().progress).toBe(0.75);
    take(right);
    expect(session.snapshot()).toMatchObject({ complete: true, status: "passed", progress: 1 });
  });

  it("nor do assessments that are not there", () => {
    const { session } = begin({ p4: { showIf: [{ question: "q1", answers: ["b"] }] } });
    session.answer("q1", ["a"]);
    session.answer("q2", ["a"]);
    session.openPage("p3");
    session.openPage("p5");
    expect(session.steps).toEqual([{ kind: "pages", done: true, there: 4, needed: 4, count: 4, left: [] }]);
    expect(session.snapshot()).toMatchObject({ complete: true, status: "completed", success: "unknown", finished: true });
  });
});

describe("completion", () => {
  it("by a number of pages, by a share of the learner's own pages; optional pages do not count", () => {
    const plans = [{ questions: ["choice"] }, {}, {}, {}, {}] as const;
    const rules = { p2: { optional: true }, p5: { showIf: [{ question: "q1", answers: ["b"] }] } };
    const counted = new Session(withRules(makeCourse(plans, { completion: { rule: "pages", pages: 2 } }), rules), null, 1);
    counted.openPage("p2");
    counted.openPage("p3");
    expect(counted.steps).toEqual([{ kind: "pages", done: false, there: 1, needed: 2, count: 3, left: ["p1", "p4"] }]);
    counted.openPage("p4");
    expect(counted.snapshot().complete).toBe(true);
    const shared = new Session(withRules(makeCourse(plans, { completion: { rule: "pages", pages: 4, share: 75 } }), rules), null, 1);
    expect(shared.steps[0]).toMatchObject({ needed: 3, count: 3 });
    shared.answer("q1", ["b"]);
    expect(shared.steps[0]).toMatchObject({ there: 1, needed: 3, count: 4 });
  });

  it("by what the learner says, once the pages that must be done are done", () => {
    const free = new Session(makeCourse([{}, {}], { completion: { rule: "manual", pages: 0 } }), null, 1);
    expect(free.steps).toEqual([{ kind: "declared", done: false }]);
    free.declareComplete();
    expect(free.snapshot().complete).toBe(true);
    const read = new Session(makeCourse([{}, {}], { completion: { rule: "manual", pages: 2 } }), null, 1);
    read.openPage("p1");
    read.declareComplete();
    expect(read.snapshot().complete).toBe(false);
    read.openPage("p2");
    expect(read.snapshot().complete).toBe(true);
  });
});

describe("objectives", () => {
  const plans = [{ questions: ["choice", "choice"], each: { objectives: ["o1", "o2"] } }, {}, { questions: ["choice"], assessment: {}, each: { objectives: ["o1", "o2"] } }] as const;
  const begun = (more: Partial<Course["objectives"][number]>) => {
    const course = makeCourse(plans, { objectives: [{ id: "o1", text: "One", ...more }, { id: "o2", text: "Two" }] });
    const session = new Session(course, null, 1);
    const said = () => session.snapshot().objectives.map(({ status, score }) => [status, score]);
    const take = () => {
      session.startAttempt("p3");
      session.answer("q3", ["a"]);
      session.submitAttempt("p3");
    };
    return { course, session, said, take };
  };

  it("met by practice: the share of its practice questions that were right, never less than it was", () => {
    const { course, session, said, take } = begun({ metBy: "practice", passMark: 80 });
    expect(said()).toEqual([["not attempted", null], ["not attempted", null]]);
    session.answer("q1", ["a"]);
    expect(said()[0]).toEqual(["incomplete", 50]);
    take();
    expect(said()).toEqual([["incomplete", 50], ["passed", 100]]);
    session.answer("q2", ["b"]);
    session.answer("q2", ["a"]);
    expect(said()[0]).toEqual(["passed", 100]);
    const { state } = decode(course, encode(course, session.state()).text);
    expect(new Session(course, state, 1).snapshot().objectives).toEqual(session.snapshot().objectives);
  });

  it("met by pages: whatever an assessment says about it", () => {
    const { session, said, take } = begun({ metBy: "pages" });
    take();
    expect(said()).toEqual([["incomplete", null], ["passed", 100]]);
    session.answer("q1", ["b"]);
    session.answer("q2", ["b"]);
    expect(said()[0]).toEqual(["completed", null]);
  });
});

describe("random walks", () => {
  const rules = fc.record({
    p2: fc.constantFrom<Partial<Page>>({}, { showIf: [{ question: "q1", answers: ["b"] }] }, { optional: true }),
    p3: fc.constantFrom<Partial<Page>>({}, { unlock: [{ kind: "right", pages: ["p2"], question: "q2" }] }, { showIf: [{ question: "q2", right: false }] }),
    p4: fc.constantFrom<Partial<Page>>({}, { unlock: [{ kind: "done", pages: ["p1", "p2"], section: "S" }] }),
    p5: fc.constantFrom<Partial<Page>>({}, { unlock: [{ kind: "passed", pages: ["p4"] }], showIf: [{ question: "q1", answers: ["a", "b"] }] }),
  });
  const move = fc.oneof(
    fc.tuple(fc.constant("open"), fc.constantFrom("p1", "p2", "p3", "p4", "p5")),
    fc.tuple(fc.constantFrom("q1", "q2"), fc.constantFrom("a", "b", "c")),
    fc.tuple(fc.constant("take"), fc.constantFrom("right", "wrong")),
    fc.tuple(fc.constant("save"), fc.constant("")),
  );

  it("what was opened stays open, answers are never lost, nothing goes down, and what is saved is the same course again", () => {
    fc.assert(
      fc.property(rules, fc.constantFrom("free", "in-order"), fc.array(move, { maxLength: 25 }), (pages, navigation, moves) => {
        const { course, session: first, take } = begin(pages, { navigation });
        let session = first;
        let before = session.snapshot();
        let answered = 0;
        const mayOpen = new Set<string>();
        for (const [what, which] of moves) {
          if (what === "open" && session.openPage(which)) mayOpen.add(which);
          else if (what.startsWith("q")) session.answer(what, [which]);
          else if (what === "take" && session === first && !session.page("p4").locked) take(which === "right" ? right : wrong);
          else if (what === "save") {
            const { state } = decode(course, encode(course, session.state()).text);
            const back = new Session(course, state, 9);
            expect(course.pages.map(({ id }) => back.page(id))).toEqual(course.pages.map(({ id }) => session.page(id)));
            expect(back.steps).toEqual(session.steps);
          }
          for (const id of mayOpen) {
            const { shown, locked } = session.page(id);
            if (shown && navigation === "free") expect(locked).toBe(false);
          }
          for (const { id } of course.pages) {
            const { shown, locked } = session.page(id);
            expect(session.missing(id).length > 0).toBe(shown && locked);
          }
          const kept = ["q1", "q2"].filter((id) => session.answered(id) !== null).length;
          expect(kept).toBeGreaterThanOrEqual(answered);
          answered = kept;
          const now = session.snapshot();
          expect(STATUSES.indexOf(now.status)).toBeGreaterThanOrEqual(STATUSES.indexOf(before.status));
          expect(!before.complete || now.complete).toBe(true);
          before = now;
        }
      }),
      { numRuns: 400 },
    );
  });

  it("whoever does everything that is open gets everywhere, whatever they answer", () => {
    fc.assert(
      fc.property(rules, fc.constantFrom("free", "in-order"), fc.constantFrom("a", "b", "c"), (pages, navigation, answer) => {
        const { course, session, take } = begin(pages, { navigation });
        for (let round = 0; round < course.pages.length; round += 1) {
          for (const { id } of course.pages) session.openPage(id);
          session.answer("q1", [answer]);
          if (session.page("p2").shown && !session.page("p2").locked) session.answer("q2", ["a"]);
          if (!session.page("p4").locked) take(right);
        }
        expect(course.pages.filter(({ id }) => session.page(id).shown && session.page(id).locked)).toEqual([]);
        expect(session.snapshot().complete).toBe(true);
      }),
    );
  });

  it("a thousand pages with conditions are settled in a moment", () => {
    const plans = Array.from({ length: 1000 }, () => ({}));
    const chain = Object.fromEntries(plans.slice(1).map((_, at) => [`p${at + 2}`, { unlock: [{ kind: "done", pages: [`p${at + 1}`] }] } as const]));
    const session = new Session(withRules(makeCourse(plans, { navigation: "in-order" }), chain), null, 1);
    const started = performance.now();
    for (let at = 1; at <= 100; at += 1) {
      session.openPage(`p${at}`);
      for (let other = 1; other <= 1000; other += 1) session.page(`p${other}`);
    }
    expect((performance.now() - started) / 100).toBeLessThan(20);
  });
});
