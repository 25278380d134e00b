/**
 * Question and response in, 0 to 1 out: the one place where answers are marked, for every kind of interaction. null
 * where nothing is right or wrong.
 */

import type { Marking, Question, Response } from "./course";
import { components, pair } from "./response";

/** Whether an answer to this question has a score at all. */
export function isMarked(question: Question): boolean {
  const { kind, correct } = question.interaction;
  return question.scoring !== "none" && kind !== "likert" && kind !== "long-fill-in" && correct.length > 0;
}

/** Marks a response; several accepted responses count as the best of them. */
export function grade(question: Question, response: Response): number | null {
  if (!isMarked(question)) return null;
  if (response.length === 0) return 0;
  const { kind, correct } = question.interaction;
  if (kind === "fill-in" || kind === "other" || kind === "numeric") return gradeTexts(question, response);
  const score = Math.max(...correct.map((accepted) => gradeAgainst(question, accepted, response)));
  return question.scoring === "exact" && score < 1 ? 0 : score;
}

function gradeAgainst(question: Question, accepted: Response, response: Response): number {
  switch (question.interaction.kind) {
    case "choice":
      return gradeChoice(question, accepted, [...new Set(response)]);
    case "sequencing":
      return gradeOrder(accepted, response);
    case "matching":
      return share(accepted.filter((item) => response.includes(item)).length, Math.max(accepted.length, response.length));
    case "performance":
      return question.worth === undefined ? gradePath(accepted, response) : gradeMoves(question.worth, response);
    default:
      return response[0] === accepted[0] ? 1 : 0;
  }
}

/** partial: right ones less wrong ones; per-option: every option that is rightly chosen or rightly left counts alike. */
function gradeChoice(question: Question, accepted: Response, response: Response): number {
  const right = response.filter((key) => accepted.includes(key)).length;
  const wrong = response.length - right;
  if (right === accepted.length && wrong === 0) return 1;
  if (question.scoring !== "per-option") return Math.max(0, share(right - wrong, accepted.length));
  const all = Math.max(components(question).length, accepted.length, 1);
  return Math.max(0, share(all - wrong - (accepted.length - right), all));
}

/**
 * How many of all pairs stand in the right order, less those in the wrong one (Kendall's tau, never below 0): a
 * neighbour out of place costs little, a random order gives nothing on average.
 */
function gradeOrder(accepted: Response, response: Response): number {
  const count = accepted.length;
  if (count < 2) return response.length === count && response[0] === accepted[0] ? 1 : 0;
  let right = 0;
  for (let first = 0; first < count; first += 1) {
    for (let second = first + 1; second < count; second += 1) {
      const before = response.indexOf(accepted[first] as string);
      const after = response.indexOf(accepted[second] as string);
      if (before >= 0 && after >= 0 && before < after) right += 1;
    }
  }
  const pairs = (count * (count - 1)) / 2;
  return Math.max(0, share(2 * right - pairs, pairs));
}

/** Steps that were taken as accepted, out of all that were to be taken or were taken. */
function gradePath(accepted: Response, response: Response): number {
  const open = [...response];
  let right = 0;
  for (const wanted of accepted) {
    const at = open.findIndex((given) => sameStep(wanted, given));
    if (at < 0) continue;
    open.splice(at, 1);
    right += 1;
  }
  return share(right, Math.max(accepted.length, response.length));
}

/** What the moves that were made are worth on average; without one that counts there was nothing to do better. */
function gradeMoves(worth: Readonly<Record<string, number>>, response: Response): number {
  const counting = response.map((item) => worth[item]).filter((one): one is number => one !== undefined);
  return counting.length === 0 ? 1 : share(counting.reduce((sum, one) => sum + one, 0), counting.length);
}

function sameStep(wanted: string, given: string): boolean {
  if (wanted === given) return true;
  const [step, answer] = pair(wanted);
  const [givenStep, givenAnswer] = pair(given);
  return step === givenStep && answer.includes(":") && inRange(answer, givenAnswer);
}

/** Each gap has its own accepted texts: whatever stands at its place in any accepted response. */
function gradeTexts(question: Question, response: Response): number {
  const { correct } = question.interaction;
  const count = Math.max(...correct.map((accepted) => accepted.length), 1);
  let right = 0;
  for (let gap = 0; gap < count; gap += 1) if (isRight(question, gap, response[gap] ?? "")) right += 1;
  return question.scoring === "exact" && right < count ? 0 : share(right, count);
}

/** Whether what stands in one gap (counted from 0) is right, of a question that learners write an answer to. */
export function isRight({ interaction, marking = {} }: Question, gap: number, given: string): boolean {
  const wanted = interaction.correct.map((accepted) => accepted[gap]).filter((text): text is string => text !== undefined);
  if (interaction.kind === "numeric") return wanted.some((range) => inRange(range, given));
  return wanted.some((text) => sameText(text, given, marking)) || matches(marking, gap, given);
}

/** `12`, `low:high`, `:high`, `low:`; the ends belong to it. */
function inRange(range: string, given: string): boolean {
  const value = toNumber(given);
  if (value === null) return false;
  const [low, high] = range.includes(":") ? range.split(":", 2) : [range, range];
  const lowest = low === "" ? -Infinity : toNumber(low ?? "");
  const highest = high === "" ? Infinity : toNumber(high ?? "");
  if (lowest === null || highest === null) return false;
  return value >= lowest - slack(lowest) && value <= highest + slack(highest);
}

/** What a number may be off by, for 0.1 + 0.2 is not 0.3; a share of it, because 1e-19 is a number like others. */
function slack(end: number): number {
  return isFinite(end) ? 1e-9 * Math.abs(end) : 0;
}

/** A number as people write it: blanks between thousands, a decimal comma, the minus sign of typography. null: none. */
export function toNumber(text: string): number | null {
  const plain = text.replace(/[\s\u00a0\u202f]/g, "").replace(/[\u2212\u2013]/g, "-");
  const pointed = /^[^.]*,[^,]*$/.test(plain) ? plain.replace(",", ".") : plain;
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(pointed) && isFinite(Number(pointed)) ? Number(pointed) : null;
}

/** Whether a typed text is the wanted one, as far as the question is strict about it. */
export function sameText(wanted: string, given: string, marking: Marking): boolean {
  const [left, right] = [folded(wanted, marking), folded(given, marking)];
  if (left === right) return true;
  const typos = marking.typos ?? 0;
  return typos > 0 && right !== "" && distance(left, right, typos) <= typos;
}

function folded(text: string, marking: Marking): string {
  const plain = text.normalize("NFC").replace(/[\u2018\u2019]/g, "'").replace(/[\u201c\u201d]/g, '"').replace(/\s+/g, " ").trim();
  return marking.case === true ? plain : plain.toLowerCase();
}

function matches(marking: Marking, gap: number, given: string): boolean {
  const patterns = marking.patterns ?? [];
  const pattern = patterns.length === 1 ? patterns[0] : patterns[gap];
  if (pattern === undefined || pattern === "" || given === "") return false;
  try {
    return new RegExp(`^(?:${pattern})$`, marking.case === true ? "u" : "iu").test(given);
  } catch {
    return false; // the build checks patterns; one that this browser does not know accepts nothing
  }
}

/** Characters wrong, missing, too many or swapped with their neighbour; anything above `limit` when it is more. */
function distance(left: string, right: string, limit: number): number {
  const [a, b] = [[...left], [...right]];
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let [before, previous] = [[] as number[], b.map((_, index) => index).concat(b.length)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min((previous[j] as number) + 1, (row[j - 1] as number) + 1, (previous[j - 1] as number) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, (before[j - 2] as number) + 1);
      row.push(best);
    }
    [before, previous] = [previous, row];
  }
  return previous[b.length] as number;
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
