/**
 * What completes the course, as steps that are done or not: what the verdict asks (T21) and what learners are shown.
 */

import { attemptsAt, hasPassed, type Test } from "./attempts";
import { counts } from "./conditions";
import type { Course, Page } from "./course";
import type { Step } from "./progress";
import type { Success } from "./state";
import { type Facts, assessmentsOf } from "./verdict";

/** The steps of the declared rule, for this learner's pages. */
export function stepsOf(course: Course, success: Success, facts: Facts): readonly Step[] {
  const { rule } = course.completion;
  const papers = assessmentsOf(course, facts);
  // Whoever has no assessment in their course completes it by its pages.
  const byPages = rule === "manual" ? course.completion.pages > 0 : rule !== "assessment" || papers.length === 0;
  const steps: Step[] = byPages ? [pagesDone(course, facts)] : [];
  if (rule.endsWith("assessment")) steps.push(...papers.map((page) => passed(page, success, facts)));
  if (rule === "manual") steps.push({ kind: "declared", done: facts.declared });
  return steps;
}

/** The pages that count for this learner. */
export function counting(course: Course, hidden: ReadonlySet<string>): readonly Page[] {
  return course.pages.filter((page) => counts(page) && !hidden.has(page.id));
}

function pagesDone(course: Course, { done, hidden }: Facts): Step {
  const pages = counting(course, hidden);
  const { share, pages: declared } = course.completion;
  const needed = Math.min(pages.length, share === undefined ? declared : Math.ceil((pages.length * share) / 100 - 1e-9));
  const left = pages.filter(({ id }) => !done.has(id)).map(({ id }) => id);
  const there = pages.length - left.length;
  return { kind: "pages", done: there >= needed, there, needed, count: pages.length, left };
}

function passed(page: Test, success: Success, facts: Facts): Step {
  const done = success === "passed" || hasPassed(page, attemptsAt(facts.attempts, page.id));
  return { kind: "passed", done, page: page.id, mark: page.assessment.passMark };
}
