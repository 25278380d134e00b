/**
 * Courses made in code for the tests: pages with questions of every kind, and responses to them.
 */

import fc from "fast-check";
import type { Assessment, Component, Course, Interaction, Kind, Page, Question, Response } from "../src/course";

export const KINDS: readonly Kind[] = [
  "choice", "true-false", "fill-in", "long-fill-in", "matching", "performance", "sequencing", "likert", "numeric", "other",
];

const LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

export function parts(count: number): readonly Component[] {
  return [...LETTERS.slice(0, count)].map((key) => ({ key, text: `Text of ${key}` }));
}

/** What a question of this kind is to a host; the first of each list is right. */
export function interaction(kind: Kind, size = 4): Interaction {
  const description = `A ${kind} question`;
  switch (kind) {
    case "choice":
      return { kind, description, correct: [["a"]], choices: parts(size) };
    case "true-false":
      return { kind, description, correct: [["true"]] };
    case "sequencing":
      return { kind, description, correct: [parts(size).map(({ key }) => key)], choices: parts(size) };
    case "likert":
      return { kind, description, correct: [], scale: parts(size) };
    case "matching":
      return { kind, description, correct: [parts(size).map(({ key }) => `${key}.${key}`)], source: parts(size), target: parts(size) };
    case "performance":
      return { kind, description, correct: [parts(size).map(({ key }) => `${key}.a`)], steps: parts(size) };
    case "numeric":
      return { kind, description, correct: [["4:5"]] };
    case "fill-in":
      return { kind, description, correct: [["colour"], ["color"]] };
    case "other":
      return { kind, description, correct: [["x"]] };
    default:
      return { kind, description, correct: [] };
  }
}

/** The right response, or one that says something where nothing is right. */
export function right(question: Question): Response {
  const accepted = question.interaction.correct[0];
  if (question.interaction.kind === "numeric") return ["4.5"];
  if (accepted !== undefined) return accepted;
  return question.interaction.kind === "likert" ? ["b"] : ["In my own words."];
}

export function wrong(question: Question): Response {
  switch (question.interaction.kind) {
    case "choice":
      return ["b"];
    case "true-false":
      return ["false"];
    case "sequencing":
      return [...(question.interaction.correct[0] ?? [])].reverse();
    case "matching":
      return ["a.b"];
    case "performance":
      return ["a.b"];
    case "numeric":
      return ["7"];
    case "likert":
      return ["c"];
    default:
      return ["nothing of the kind"];
  }
}

export function makeQuestion(page: string, number: number, kind: Kind = "choice", more: Partial<Question> = {}): Question {
  const told = more.interaction ?? interaction(kind);
  return {
    id: `q${number}`,
    number,
    revision: 1,
    type: kind,
    page,
    points: 1,
    graded: true,
    tries: 0,
    shuffle: false,
    scoring: "exact",
    objectives: [],
    options: (told.choices ?? told.scale ?? []).map(({ key }, index) => ({ key, number: index + 1 })),
    interaction: told,
    ...more,
  };
}

export interface PagePlan {
  readonly questions?: readonly Kind[];
  readonly assessment?: Partial<Assessment>;
  readonly pretest?: Partial<Assessment>;
  readonly objectives?: readonly string[];
  /** For all of its questions. */
  readonly each?: Partial<Question>;
}

const ASSESSMENT: Assessment = {
  passMark: 80,
  attempts: 3,
  score: "best",
  draw: null,
  shuffleQuestions: false,
  shuffleOptions: false,
  feedback: "at-end",
  review: true,
};

/** Pages p1, p2 ... and questions q1, q2 ... by the plans. */
export function makeCourse(plans: readonly PagePlan[], more: Partial<Course> = {}): Course {
  const questions: Question[] = [];
  const pages = plans.map((plan, index): Page => {
    const id = `p${index + 1}`;
    const test = plan.pretest ?? plan.assessment;
    const own = (plan.questions ?? []).map((kind, at) => makeQuestion(id, questions.length + at + 1, kind, plan.each));
    questions.push(...own);
    return {
      id,
      number: index + 1,
      title: `Page ${index + 1}`,
      section: "",
      type: plan.pretest !== undefined ? "pretest" : plan.assessment !== undefined ? "assessment" : "page",
      questions: own.map((question) => question.id),
      objectives: plan.objectives ?? [],
      ...(test === undefined ? {} : { assessment: { ...ASSESSMENT, ...test } }),
    };
  });
  const assessed = pages.some((page) => page.type === "assessment");
  return {
    schema: 1,
    id: "https://example.org/courses/tested",
    title: "Tested",
    version: "1.0.0",
    language: "en-GB",
    pages,
    questions,
    objectives: [],
    completion: { rule: assessed ? "pages-and-assessment" : "pages", pages: pages.length },
    navigation: "free",
    limits: { state: 4096, response: 255 },
    words: {},
    ...more,
  };
}

/** Ten pages with five questions on them: three to practise, two in an assessment. */
export function tenPages(more: Partial<Course> = {}): Course {
  const plans: PagePlan[] = Array.from({ length: 10 }, () => ({}));
  plans[2] = { questions: ["choice"] };
  plans[4] = { questions: ["true-false"] };
  plans[6] = { questions: ["choice"] };
  plans[9] = { questions: ["choice", "choice"], assessment: {} };
  return makeCourse(plans, more);
}

/** Any response: valid, half valid, or nothing that the question knows. */
export function anyResponse(question: Question): fc.Arbitrary<Response> {
  const keys = fc.constantFrom(...LETTERS.slice(0, 6));
  const text = fc.string({ unit: "grapheme", maxLength: 30 });
  const byKind: Partial<Record<Kind, fc.Arbitrary<Response>>> = {
    "true-false": fc.constantFrom(["true"], ["false"]),
    choice: fc.uniqueArray(keys, { maxLength: 5 }),
    likert: fc.tuple(keys),
    sequencing: fc.uniqueArray(keys, { maxLength: 6 }),
    matching: fc.array(fc.tuple(keys, keys).map((pair) => pair.join(".")), { maxLength: 6 }),
    performance: fc.array(fc.tuple(keys, fc.oneof(keys, text)).map((pair) => pair.join(".")), { maxLength: 6 }),
    numeric: fc.oneof(fc.double({ noNaN: true }).map((value) => [String(value)]), fc.tuple(text)),
  };
  const fallback = fc.array(text, { maxLength: 2 });
  return fc.oneof({ weight: 5, arbitrary: byKind[question.interaction.kind] ?? fallback }, { weight: 1, arbitrary: fallback });
}
