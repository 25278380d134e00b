/**
 * Two copies of one learner's progress made into one, and progress raised to what the host already holds: nothing that
 * any of them knows goes down (T13, T20, T44).
 */

import type { Course, Page } from "./course";
import { STATUSES, SUCCESSES, higher, type SavedAnswer, type SavedAttempts, type SavedState, type Status } from "./state";
import { table } from "./table";

/** The state with the higher counter, and what only the other one has. */
export function merge(course: Course, left: SavedState, right: SavedState): SavedState {
  const [newer, older] = left.counter >= right.counter ? [left, right] : [right, left];
  const attempts = table<SavedAttempts>();
  const answers = table<SavedAnswer>();
  for (const page of course.pages) {
    if (page.assessment !== undefined) mergeAttempts(page, newer, older, attempts, answers);
    else take(page, [older, newer], answers);
  }
  return {
    ...newer,
    status: higher(STATUSES, newer.status, older.status),
    success: higher(SUCCESSES, newer.success, older.success),
    score: best(course, newer.score, older.score),
    complete: newer.complete || older.complete,
    declared: newer.declared || older.declared,
    interactions: Math.max(newer.interactions, older.interactions),
    seconds: Math.max(newer.seconds, older.seconds),
    location: newer.location || older.location,
    opened: [...new Set([...newer.opened, ...older.opened])],
    done: [...new Set([...newer.done, ...older.done])],
    attempts,
    answers,
    objectives: highest(newer.objectives, older.objectives),
    ...((newer.times ?? older.times) && { times: highest(newer.times ?? {}, older.times ?? {}) }),
    ...((newer.watched ?? older.watched) && { watched: mergeWatched(newer.watched, older.watched) }),
    ...((newer.known ?? older.known) && { known: [...new Set([...(newer.known ?? []), ...(older.known ?? [])])] }),
    ...((newer.language ?? older.language) && { language: newer.language ?? older.language }),
  };
}

/** The host's own status and score (T20): a state that was lost, damaged or is older must not lower them. */
export function raise(course: Course, state: SavedState, status: Status, score: number | null): SavedState {
  return {
    ...state,
    status: higher(STATUSES, state.status, status),
    success: status === "passed" ? "passed" : state.success,
    complete: state.complete || status === "passed" || status === "completed",
    score: best(course, state.score, score),
  };
}

/** The higher score, or the first one where the latest counts. */
function best(course: Course, score: number | null, other: number | null): number | null {
  const latest = course.pages.some((page) => page.assessment?.score === "latest");
  return latest ? (score ?? other) : greater(score, other);
}

/**
 * The side that got further gives the attempt and its answers; the best score is the best of both. A paper comes from
 * the seed, so that a running attempt under another seed cannot be taken over.
 */
function mergeAttempts(
  page: Page,
  newer: SavedState,
  older: SavedState,
  attempts: Record<string, SavedAttempts>,
  answers: Record<string, SavedAnswer>,
): void {
  const [first, second] = [newer.attempts[page.id], older.attempts[page.id]];
  const olderLeads = second !== undefined && (first === undefined || reach(second) > reach(first));
  const [leader, lead, other] = olderLeads ? [older, second, first] : [newer, first, second];
  if (lead === undefined) return take(page, [leader], answers);
  const samePaper = leader.seed === newer.seed;
  const passed = lead.passed === true || other?.passed === true;
  attempts[page.id] = {
    ...lead,
    running: lead.running && samePaper,
    best: greater(lead.best, other?.best ?? null),
    ...(passed && { passed }),
  };
  if (!samePaper) return;
  const both = other !== undefined && reach(lead) === reach(other) && newer.seed === older.seed;
  take(page, both ? [older, newer] : [leader], answers);
}

function reach(attempts: SavedAttempts): number {
  return 2 * attempts.taken + (attempts.running ? 1 : 0);
}

/** The page's answers of the states, the last of them first; what was only begun never replaces an answer. */
function take(page: Page, states: readonly SavedState[], answers: Record<string, SavedAnswer>): void {
  for (const state of states) {
    for (const id of page.questions) {
      const [answer, known] = [state.answers[id], answers[id]];
      // A text that was shed on the way to the host stands as an empty one: the copy that has it knows more.
      const less = answer === undefined || answer.response.length === 0 || (answer.tries === 0 && (known?.tries ?? 0) > 0);
      if (answer !== undefined && (known === undefined || !less)) answers[id] = answer;
    }
  }
}

function highest(left: Readonly<Record<string, number>>, right: Readonly<Record<string, number>>): Record<string, number> {
  const merged = table(Object.entries(right));
  for (const [id, score] of Object.entries(left)) merged[id] = Math.max(score, merged[id] ?? 0);
  return merged;
}

/** What was played on either side has been played. */
function mergeWatched(left: SavedState["watched"] = {}, right: SavedState["watched"] = {}): Record<string, number> {
  const merged = table(Object.entries(right));
  for (const [id, mask] of Object.entries(left)) merged[id] = mask | (merged[id] ?? 0);
  return merged;
}

function greater(left: number | null, right: number | null): number | null {
  return left === null || right === null ? (left ?? right) : Math.max(left, right);
}
