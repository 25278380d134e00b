/**
 * Whose course a page is part of, and whether it is open: pure functions of the course and of what the learner did. One pass
 * over the pages, because a condition looks only at answers on earlier pages. What is not part of a learner's course
 * stands in nobody's way.
 */

import type { Course, Need, Page, Wanted } from "./course";
import type { Deeds, Index } from "./deeds";
import { grade } from "./grade";

export interface Ways {
  /** Pages that are not part of this learner's course. */
  readonly hidden: ReadonlySet<string>;
  /** Pages that are, and cannot be opened yet; with what has to happen first. */
  readonly locked: ReadonlyMap<string, readonly Need[]>;
}

export function waysThrough(course: Course, index: Index, deeds: Deeds): Ways {
  const hidden = new Set<string>();
  const locked = new Map<string, readonly Need[]>();
  const shown = (id: string) => !hidden.has(index.questions.get(id)?.page ?? "");
  for (const page of course.pages) {
    const wanted = page.showIf ?? [];
    if (!wanted.every((one) => shown(one.question) && isGiven(one, index, deeds))) hidden.add(page.id);
  }
  let first: readonly Need[] = [];
  for (const page of course.pages) {
    if (hidden.has(page.id)) continue;
    const needs = missing(page, index, hidden, deeds);
    if (first.length + needs.length > 0) locked.set(page.id, [...first, ...needs]);
    const waits = course.navigation === "in-order" && counts(page) && !deeds.isDone(page.id);
    if (waits && first.length === 0) first = [{ kind: "done", pages: [page.id] }];
  }
  return { hidden, locked };
}

/** What has not happened yet of that which opens a page. One that has been opened stays open. */
function missing(page: Page, index: Index, hidden: ReadonlySet<string>, deeds: Deeds): readonly Need[] {
  if (page.unlock === undefined || deeds.opened.has(page.id)) return [];
  return page.unlock.filter((need) => !isMet(need, index, hidden, deeds));
}

/** Whether a page counts for completion, where it is part of the learner's course. */
export function counts(page: Page): boolean {
  return page.optional !== true;
}

/** The questions whose answers open something or decide whose course a page is part of. */
export function deciding(course: Course): ReadonlySet<string> {
  const named = course.pages.flatMap(({ unlock = [], showIf = [] }) => [...unlock, ...showIf].map(({ question }) => question));
  return new Set(named.filter((id): id is string => id !== undefined));
}

function isMet(need: Need, index: Index, hidden: ReadonlySet<string>, deeds: Deeds): boolean {
  const pages = need.pages.filter((id) => !hidden.has(id));
  switch (need.kind) {
    case "done":
      return pages.every((id) => deeds.isDone(id) || (need.section !== undefined && index.pages.get(id)?.optional === true));
    case "passed":
      return pages.every((id) => (need.score === undefined ? deeds.hasPassed(id) : (deeds.at(id).best ?? -1) >= need.score));
    case "answered":
      // A page is done only once its questions are answered: true even where an answer was not kept.
      return pages.every((id) => deeds.isDone(id)) || deeds.answers.has(need.question ?? "");
    default:
      return pages.length === 0 || isRight(need.question ?? "", index, deeds) === true;
  }
}

function isGiven({ question, answers, right }: Wanted, index: Index, deeds: Deeds): boolean {
  if (answers === undefined) return isRight(question, index, deeds) === right;
  return (deeds.answers.get(question)?.response ?? []).some((key) => answers.includes(key));
}

/** null: not answered yet. */
function isRight(id: string, { questions }: Index, deeds: Deeds): boolean | null {
  const [question, response] = [questions.get(id), deeds.answers.get(id)?.response];
  return question === undefined || response === undefined ? null : grade(question, response) === 1;
}
