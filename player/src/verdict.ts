/**
 * What follows from what was done: score, success, completion, status, objectives. Pure functions of the course and the
 * facts; the session keeps both and lets nothing go down (T20 to T23, T31).
 */

import { attemptsAt, attemptsLeft, hasPassed, hundredths, isAssessment, isTest, points, type Test } from "./attempts";
import { stepsOf } from "./completion";
import type { Course, Page } from "./course";
import type { ObjectiveSnapshot } from "./progress";
import { STATUSES, SUCCESSES, higher, type SavedAttempts, type Status, type Success } from "./state";

export interface Verdict {
  readonly status: Status;
  readonly success: Success;
  readonly score: number | null;
  readonly complete: boolean;
}

export interface Facts {
  readonly opened: ReadonlySet<string>;
  /** Pages that count as done. */
  readonly done: ReadonlySet<string>;
  readonly attempts: ReadonlyMap<string, SavedAttempts>;
  readonly declared: boolean;
  /** Pages that are not part of this learner's course. */
  readonly hidden: ReadonlySet<string>;
}

/** The assessments that are part of this learner's course. */
export function assessmentsOf(course: Course, { hidden }: Pick<Facts, "hidden">): readonly Test[] {
  return course.pages.filter(isAssessment).filter(({ id }) => !hidden.has(id));
}

/** The verdict now; status, success and completion never fall behind `before`. */
export function judge(course: Course, before: Verdict, facts: Facts): Verdict {
  const assessments = assessmentsOf(course, facts);
  const score = courseScore(course, assessments, facts, before.score);
  const success = higher(SUCCESSES, before.success, courseSuccess(assessments, facts));
  const complete = before.complete || stepsOf(course, success, facts).every(({ done }) => done);
  const status = higher(STATUSES, before.status, courseStatus(course, success, complete, facts));
  return { status, success, score, complete };
}

/** Nothing that the learner can still do would raise the status. */
export function isFinished(course: Course, { status, success }: Verdict, facts: Facts): boolean {
  if (status === "completed") return assessmentsOf(course, facts).length === 0 || success === "failed";
  return status === "passed" || (status === "failed" && success === "failed");
}

/** T31: passed or failed where an assessment covers it, else completed with its pages. */
export function objective(course: Course, id: string, score: number | null, facts: Facts): ObjectiveSnapshot {
  const questions = new Set(course.questions.filter((one) => one.objectives.includes(id)).map((one) => one.id));
  const asks = (page: Page) => page.questions.some((question) => questions.has(question));
  const pages = course.pages.filter((page) => !facts.hidden.has(page.id) && (page.objectives.includes(id) || asks(page)));
  const begun = pages.some((page) => facts.opened.has(page.id)) ? "incomplete" : "not attempted";
  const { metBy, passMark = 100 } = course.objectives.find((one) => one.id === id) ?? {};
  if (metBy === "practice") return { id, score, status: score !== null && score >= passMark ? "passed" : begun };
  const tests = metBy === "pages" ? [] : pages.filter(isTest).filter(asks);
  const assessments = tests.filter(isAssessment);
  const wanted = (assessments.length > 0 ? assessments : tests).map((page) => page.assessment.passMark);
  if (score !== null && wanted.length > 0 && score >= Math.max(...wanted)) return { id, score, status: "passed" };
  if (assessments.length > 0) return { id, score, status: assessments.every((page) => isOver(page, facts)) ? "failed" : begun };
  const done = pages.length > 0 && pages.every((page) => facts.done.has(page.id));
  return { id, score, status: done ? "completed" : begun };
}

function isOver(page: Test, facts: Facts): boolean {
  const attempts = attemptsAt(facts.attempts, page.id);
  return !attempts.running && attemptsLeft(page, attempts) === 0;
}

/** Each assessment weighs as much as it says, or as many points as its paper has; one that was not submitted yet counts 0. */
function courseScore(course: Course, assessments: readonly Test[], facts: Facts, before: number | null): number | null {
  if (!assessments.some((page) => attemptsAt(facts.attempts, page.id).taken > 0)) return before; // T23
  const questions = new Map(course.questions.map((question) => [question.id, question]));
  let [weights, sum] = [0, 0];
  for (const page of assessments) {
    const { best, latest } = attemptsAt(facts.attempts, page.id);
    const weight = page.assessment.weight ?? points(page, questions);
    weights += weight;
    sum += weight * ((page.assessment.score === "best" ? best : latest) ?? 0);
  }
  const score = weights === 0 ? 100 : hundredths(sum / weights);
  const keepsBest = assessments.every((page) => page.assessment.score === "best");
  return keepsBest ? Math.max(score, before ?? 0) : score;
}

function courseSuccess(assessments: readonly Test[], facts: Facts): Success {
  if (assessments.length === 0) return "unknown";
  const passed = (page: Test) => hasPassed(page, attemptsAt(facts.attempts, page.id));
  if (assessments.every(passed)) return "passed";
  // T22: failed only once no attempt is left.
  return assessments.some((page) => !passed(page) && isOver(page, facts)) ? "failed" : "unknown";
}

function courseStatus(course: Course, success: Success, complete: boolean, facts: Facts): Status {
  if (complete) return success === "passed" ? "passed" : "completed";
  const { rule } = course.completion;
  const counts = rule === "assessment" || rule === "pages-and-assessment";
  if (counts && success === "failed") return "failed";
  return facts.opened.size > 0 ? "incomplete" : "not attempted";
}
