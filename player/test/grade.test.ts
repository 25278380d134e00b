import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Interaction, Marking, Question } from "../src/course";
import { grade, toNumber } from "../src/grade";
import { canonical } from "../src/response";
import { anyResponse, interaction, KINDS, makeCourse, makeQuestion, parts, right } from "./courses";

function of(told: Partial<Interaction> & Pick<Interaction, "kind">, scoring: Question["scoring"] = "exact", marking: Marking = {}) {
  return makeQuestion("p1", 1, told.kind, { interaction: { ...interaction(told.kind), ...told }, scoring, marking });
}

describe("every kind", () => {
  it.each(KINDS)("%s: 1 for the right answer, between 0 and 1 for any, null where nothing is right", (kind) => {
    for (const scoring of ["exact", "partial", "per-option", "none"] as const) {
      const question = of({ kind }, scoring);
      const marked = scoring !== "none" && kind !== "likert" && kind !== "long-fill-in";
      expect(grade(question, right(question))).toBe(marked ? 1 : null);
      expect(grade(question, [])).toBe(marked ? 0 : null);
      fc.assert(
        fc.property(anyResponse(question), (response) => {
          const score = grade(question, response);
          if (!marked) expect(score).toBeNull();
          else expect(score !== null && score >= 0 && score <= 1 && (scoring !== "exact" || score === 0 || score === 1)).toBe(true);
        }),
        { numRuns: 50 },
      );
    }
  });
});

describe("choice", () => {
  const several = { kind: "choice", correct: [["a", "b"]], choices: parts(5) } as const;

  it("exact: all right ones and no other, in any order", () => {
    const marks = [["a", "b"], ["b", "a"], ["a"], ["a", "b", "c"]].map((response) => grade(of(several), response));
    expect(marks).toEqual([1, 1, 0, 0]);
  });

  it("partial: right ones less wrong ones, never below 0", () => {
    const marks = [["a"], ["a", "c"], ["a", "b", "c"], ["c", "d"]].map((response) => grade(of(several, "partial"), response));
    expect(marks).toEqual([0.5, 0, 0.5, 0]);
  });

  it("per-option: every option counts that is rightly chosen or left", () => {
    const marks = [["a"], ["a", "b", "c"], ["c", "d", "e"], ["a", "b", "c", "d", "e"]];
    expect(marks.map((response) => grade(of(several, "per-option"), response))).toEqual([0.8, 0.8, 0, 0.4]);
  });

  it("the best of several accepted responses counts", () => {
    expect(grade(of({ kind: "choice", correct: [["a"], ["b", "c"]] }), ["c", "b"])).toBe(1);
  });
});

describe("numeric", () => {
  it("a range with its ends, an open range, one number", () => {
    const inside = (correct: string, given: string) => grade(of({ kind: "numeric", correct: [[correct]] }), [given]);
    expect([inside("4:5", "4"), inside("4:5", "5"), inside("4:5", "5.001"), inside("4:5", "four")]).toEqual([1, 1, 0, 0]);
    expect([inside(":0", "-7"), inside("10:", "1e3"), inside("0.3", "0.30"), inside("-2:-1", "\u22121.5")]).toEqual([1, 1, 1, 1]);
    expect(inside("0.3", String(0.1 + 0.2))).toBe(1);
    expect(["1.6e-19", "9.1e-31", "0"].map((given) => inside("1.6e-19", given))).toEqual([1, 0, 0]);
  });

  it("reads numbers as people write them", () => {
    expect(["1 000,5", "1,5", ".5", "5.", "+3", "1.000,5", "", "1,000,000", "0x10", "Infinity"].map(toNumber)).toEqual([
      1000.5, 1.5, 0.5, 5, 3, null, null, null, null, null,
    ]);
  });
});

describe("fill-in", () => {
  const cloze = { kind: "fill-in", correct: [["parents", "decide"], ["families"]] } as const;

  it("takes any accepted text, whatever the case, blanks and quotation marks", () => {
    const told = { kind: "fill-in", correct: [["the parents' choice"]] } as const;
    expect(grade(of(told), ["  The  Parents\u2019 CHOICE "])).toBe(1);
    expect(grade(of(told, "exact", { case: true }), ["The parents' choice"])).toBe(0);
  });

  it("each gap has its own accepted texts", () => {
    expect(grade(of(cloze), ["families", "decide"])).toBe(1);
    expect(grade(of(cloze), ["parents", "ask"])).toBe(0);
    expect(grade(of(cloze, "partial"), ["parents", "ask"])).toBe(0.5);
  });

  it("allows as many typing mistakes as the question does", () => {
    const word = { kind: "fill-in", correct: [["dietitian"]] } as const;
    const given = ["dietician", "dietitain", "ditetiian", ""];
    expect(given.map((text) => grade(of(word, "exact", { typos: 1 }), [text]))).toEqual([1, 1, 0, 0]);
    expect(grade(of(word), ["dietician"])).toBe(0);
  });

  it("patterns match the whole answer; one that is broken accepts nothing", () => {
    const told = { kind: "fill-in", correct: [["x"]] } as const;
    expect(grade(of(told, "exact", { patterns: ["colou?r"] }), ["COLOR"])).toBe(1);
    expect(grade(of(told, "exact", { patterns: ["colou?r"] }), ["discolor"])).toBe(0);
    expect(grade(of(told, "exact", { patterns: ["("] }), ["("])).toBe(0);
  });
});

describe("matching, sequencing, performance", () => {
  it("matching, partial: right pairs out of all; guessing every pair does not pay", () => {
    const told = { kind: "matching", correct: [["a.x", "b.y"]] } as const;
    expect(grade(of(told, "partial"), ["a.x", "b.x"])).toBe(0.5);
    expect(grade(of(told, "partial"), ["a.x", "a.y", "b.x", "b.y"])).toBe(0.5);
    expect(grade(of(told), ["b.y", "a.x"])).toBe(1);
  });

  it("sequencing, partial: a neighbour out of place costs little, the reverse gives nothing", () => {
    const told = { kind: "sequencing", correct: [["a", "b", "c", "d"]] } as const;
    const marks = [["b", "a", "c", "d"], ["d", "c", "b", "a"], ["a"], ["a", "b", "c", "d"]];
    expect(marks.map((response) => grade(of(told, "partial"), response))).toEqual([2 / 3, 0, 0, 1]);
    expect(grade(of(told), ["b", "a", "c", "d"])).toBe(0);
  });

  it("performance, partial: steps as accepted out of all steps; an answer may be a range", () => {
    const told = { kind: "performance", correct: [["a.1", "b.2:4"]] } as const;
    expect(grade(of(told), ["a.1", "b.3"])).toBe(1);
    expect(grade(of(told, "partial"), ["a.1", "b.5", "b.6", "a.1"])).toBe(0.25);
  });
});

describe("canonical responses", () => {
  it.each(KINDS)("%s: making canonical twice changes nothing more", (kind) => {
    const course = makeCourse([{ questions: [kind] }]);
    const question = course.questions[0]!;
    fc.assert(
      fc.property(anyResponse(question), (response) => {
        const once = canonical(course, question, response);
        expect(canonical(course, question, once)).toEqual(once);
      }),
    );
  });

  it("texts are cut between characters, at the bytes that saved progress keeps; accepted ones always fit", () => {
    const course = makeCourse([{ questions: ["fill-in"] }]);
    const [cut] = canonical(course, course.questions[0]!, ["\u{1f476}".repeat(40)]);
    expect(cut).toBe("\u{1f476}".repeat(12));
    const long = "supercalifragilisticexpialidocious ".repeat(3).trim();
    const accepting = of({ kind: "fill-in", correct: [[long]] });
    expect(grade(accepting, canonical(course, accepting, [long]))).toBe(1);
  });

  it("half a surrogate pair and control characters do no harm", () => {
    const course = makeCourse([{ questions: ["fill-in"] }]);
    expect(canonical(course, course.questions[0]!, ["a\ud800b\u0000c\nd"])).toEqual(["a\ufffdb c d"]);
  });
});
