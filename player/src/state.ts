/**
 * Saved progress: what it holds, and the one line of text that a host keeps (T40 to T44; docs/state.md has the format and
 * the formula of its greatest length). Plain data in, text out, and back; what the course no longer has is left out.
 */

import { decodeAnswer, encodeAnswer } from "./answers";
import { isTest } from "./attempts";
import { BitReader, BitWriter, hash32, letter, value } from "./bits";
import { deciding } from "./conditions";
import type { Course, Page, Question, Response } from "./course";
import { readRecords, writeRecords } from "./records";
import { table } from "./table";

/** From the lowest to the highest; it never goes down (T20). */
export type Status = "not attempted" | "incomplete" | "failed" | "completed" | "passed";
export type Success = "unknown" | "failed" | "passed";

export const STATUSES: readonly Status[] = ["not attempted", "incomplete", "failed", "completed", "passed"];
export const SUCCESSES: readonly Success[] = ["unknown", "failed", "passed"];

/** How sure a learner was: guessed, fairly sure, certain. */
export type Confidence = 1 | 2 | 3;
export const CONFIDENCES: readonly Confidence[] = [1, 2, 3];

export interface SavedAnswer {
  readonly response: Response;
  /** How often it has been answered; 0: it has only been begun. */
  readonly tries: number;
  /** Where the question asks for it and the learner said so. */
  readonly confidence?: Confidence;
}

/** What is known of a test. Scores are per cent of the points, at most two decimals. */
export interface SavedAttempts {
  /** How many attempts have been submitted. */
  readonly taken: number;
  readonly running: boolean;
  readonly best: number | null;
  readonly latest: number | null;
  /** Where sections have marks: whether an attempt has reached them all; absent: none has. */
  readonly passed?: boolean;
  /** Where the next attempt has to wait: when the last one was submitted, in seconds since 1970. */
  readonly ended?: number;
  /** When the time of the running attempt is over, in seconds since 1970; absent: never. */
  readonly until?: number;
}

export interface SavedState {
  /** Grows with every save (T17). */
  readonly counter: number;
  /** What every draw and shuffle comes from (T43): 0 to 2^24 - 1. */
  readonly seed: number;
  readonly status: Status;
  readonly success: Success;
  readonly score: number | null;
  /** Whether the completion rule has been met; whether the learner said so (rule `manual`). */
  readonly complete: boolean;
  readonly declared: boolean;
  /** How many answers have been reported (T04: the player's own count). */
  readonly interactions: number;
  /** Active seconds of all earlier sessions. */
  readonly seconds: number;
  /** Where the learner is: a page's id, or an empty text. */
  readonly location: string;
  readonly opened: readonly string[];
  readonly done: readonly string[];
  readonly attempts: Readonly<Record<string, SavedAttempts>>;
  readonly answers: Readonly<Record<string, SavedAnswer>>;
  /** Best score of each objective that an assessment covers, in whole per cent. */
  readonly objectives: Readonly<Record<string, number>>;
  /** Active seconds on pages that ask for some time. */
  readonly times?: Readonly<Record<string, number>>;
  /** What was played of recordings that pages hang on: slices, one bit each (recordings.ts). */
  readonly watched?: Readonly<Record<string, number>>;
  /** Pages that need not be read: a pre-test showed that their content is known. */
  readonly known?: readonly string[];
  /** The language that the learner chose: a tag of the course's. */
  readonly language?: string;
}

/** The progress of somebody who has not begun. */
export function blank(seed: number): SavedState {
  return {
    counter: 0,
    seed: seed % 2 ** 24,
    status: "not attempted",
    success: "unknown",
    score: null,
    complete: false,
    declared: false,
    interactions: 0,
    seconds: 0,
    location: "",
    opened: [],
    done: [],
    attempts: table(),
    answers: table(),
    objectives: table(),
  };
}

/** The later of two in a vocabulary that stands in order. */
export function higher<T>(order: readonly T[], left: T, right: T): T {
  return order.indexOf(left) >= order.indexOf(right) ? left : right;
}

/** What is left out to fit (T42), from the first to the last; each level leaves out what the ones before it do. */
export const SHED = ["nothing", "timing and confidence", "texts", "practice on finished pages", "practice"] as const;

export interface Encoded {
  readonly text: string;
  /** Index into SHED. */
  readonly shed: number;
}

export interface Decoded {
  /** null where nothing could be read. */
  readonly state: SavedState | null;
  /** Something was there that could not be read (T44). */
  readonly damaged: boolean;
}

const VERSION = "1";
const ANSWERS_PER_SECTION = 12;
const CHECK = 3;
const enum Section {
  Course = 0,
  Pages = 1,
  Answers = 2,
  Records = 3,
}

/** The text for a host that takes `limit` characters, with as much left out as it takes to fit. */
export function encode(course: Course, state: SavedState, limit = Infinity): Encoded {
  for (let shed = 0; ; shed += 1) {
    const text = encodeShed(course, state, shed);
    if (text.length <= limit || shed === SHED.length - 1) return { text, shed };
  }
}

function encodeShed(course: Course, state: SavedState, shed: number): string {
  const answers: string[] = [];
  for (const questions of keptAnswers(course, state, shed)) {
    for (let at = 0; at < questions.length; at += ANSWERS_PER_SECTION) {
      answers.push(sealedAnswers(course, state, questions.slice(at, at + ANSWERS_PER_SECTION), shed >= 2));
    }
  }
  const records = writeRecords(new BitWriter().put(Section.Records, 2), course, state, shed >= 1);
  const main = courseSection(course, state, answers.length, shed >= 1);
  // What was written before there were records ends here, and a bit that is not there reads as 0.
  if (records !== null) main.flag(true);
  const sections = [main, pagesSection(course, state), ...(records === null ? [] : [records])];
  return VERSION + sections.map((bits) => sealed(course, bits.toString())).join("") + answers.join("");
}

interface Sealed {
  readonly course: Course;
  readonly questions: readonly Question[];
  readonly answers: readonly SavedAnswer[];
  readonly withoutTexts: boolean;
  readonly text: string;
}

/** By the section's first answer: between two saves few sections change, and answers never do. */
const sealedBefore = new WeakMap<SavedAnswer, Sealed>();

function sealedAnswers(course: Course, state: SavedState, questions: readonly Question[], withoutTexts: boolean): string {
  const answers = questions.map((question) => state.answers[question.id] as SavedAnswer);
  const first = answers[0] as SavedAnswer;
  const before = sealedBefore.get(first);
  const same = <T>(left: readonly T[], right: readonly T[]) => left.length === right.length && left.every((one, at) => one === right[at]);
  const known = before !== undefined && before.course === course && before.withoutTexts === withoutTexts;
  if (known && same(before.answers, answers) && same(before.questions, questions)) return before.text;
  const text = sealed(course, answersSection(state, questions, withoutTexts).toString());
  sealedBefore.set(first, { course, questions, answers, withoutTexts, text });
  return text;
}

/**
 * The questions whose answers are kept, those of assessments and of conditions first: a text that is cut off at its end loses practice
 * before anything else.
 */
function keptAnswers(course: Course, state: SavedState, shed: number): readonly (readonly Question[])[] {
  const assessments = new Set(course.pages.filter(isTest).map((page) => page.id));
  const done = new Set(state.done);
  const answered = course.questions.filter((question) => state.answers[question.id] !== undefined);
  answered.sort((a, b) => a.number - b.number);
  // An answer that decides what is open, or whose course a page is part of, weighs as much as an assessment's.
  const decides = deciding(course);
  const firm = (question: Question) => assessments.has(question.page) || decides.has(question.id);
  const practice = answered.filter((question) => !firm(question));
  return [
    answered.filter(firm),
    practice.filter((question) => shed < 3 || (shed === 3 && !done.has(question.page))),
  ];
}

function courseSection(course: Course, state: SavedState, answerSections: number, withoutTiming: boolean): BitWriter {
  const bits = new BitWriter().put(Section.Course, 2).number(answerSections, 3).number(state.counter, 6).put(state.seed, 24);
  bits.put(STATUSES.indexOf(state.status), 3).put(SUCCESSES.indexOf(state.success), 2);
  bits.flag(state.complete).flag(state.declared);
  putScore(bits, state.score);
  bits.number(state.interactions, 5);
  bits.number(course.pages.find((page) => page.id === state.location)?.number ?? 0, 5);
  return bits.number(withoutTiming ? 0 : Math.round(state.seconds), 6);
}

function pagesSection(course: Course, state: SavedState): BitWriter {
  const bits = new BitWriter().put(Section.Pages, 2);
  const [opened, done] = [new Set(state.opened), new Set(state.done)];
  const byNumber = new Map(course.pages.map((page) => [page.number, page]));
  const last = Math.max(0, ...course.pages.filter((page) => opened.has(page.id)).map((page) => page.number));
  bits.number(last, 5);
  for (let number = 1; number <= last; number += 1) {
    const page = byNumber.get(number);
    bits.flag(page !== undefined && opened.has(page.id));
    if (page !== undefined && opened.has(page.id)) bits.flag(done.has(page.id));
  }
  const attempted = course.pages.filter((page) => state.attempts[page.id] !== undefined);
  bits.number(attempted.length, 2);
  for (const page of attempted) putAttempts(bits, page, state.attempts[page.id] as SavedAttempts);
  const scored = numberedObjectives(course).filter(([id]) => state.objectives[id] !== undefined);
  bits.number(scored.length, 3);
  for (const [id, number] of scored) bits.number(number, 3).put(state.objectives[id] as number, 7);
  return bits;
}

function putAttempts(bits: BitWriter, page: Page, attempts: SavedAttempts): void {
  bits.number(page.number, 5).number(attempts.taken, 3).flag(attempts.running);
  putScore(bits, attempts.best);
  bits.flag(attempts.latest === attempts.best);
  if (attempts.latest !== attempts.best) putScore(bits, attempts.latest);
}

/** Scores are kept in hundredths of a per cent: 14 bits. */
function putScore(bits: BitWriter, score: number | null): void {
  bits.flag(score !== null);
  if (score !== null) bits.put(Math.round(score * 100), 14);
}

function numberedObjectives(course: Course): readonly (readonly [string, number])[] {
  return course.objectives.map((objective, index) => [objective.id, objective.number ?? index + 1] as const);
}

/** Questions stand by their numbers, so that only the steps between them are written. */
function answersSection(state: SavedState, questions: readonly Question[], withoutTexts: boolean): BitWriter {
  const bits = new BitWriter().put(Section.Answers, 2).number(questions.length, 4);
  let before = 0;
  for (const question of questions) {
    const answer = encodeAnswer(question, state.answers[question.id] as SavedAnswer, withoutTexts);
    bits.number(question.number - before, 3).flag(question.revision !== 1);
    if (question.revision !== 1) bits.number(question.revision, 3);
    bits.number(answer.length, 4).append(answer);
    before = question.number;
  }
  return bits;
}

/** Length, body, checksum. The course's id goes into the checksum: another course's state reads as damaged. */
function sealed(course: Course, body: string): string {
  let head = "";
  for (let rest = body.length; ; rest = Math.floor(rest / 32)) {
    head += letter((rest % 32) + (rest >= 32 ? 32 : 0));
    if (rest < 32) break;
  }
  return head + body + checksum(course, head + body);
}

function checksum(course: Course, text: string): string {
  const hash = hash32(`${course.id}\n${text}`);
  const folded = (hash ^ (hash >>> 14)) >>> 0;
  return letter(folded) + letter(folded >>> 6) + letter(folded >>> 12);
}

/** Never throws, whatever the text is. */
export function decode(course: Course, text: string): Decoded {
  if (text === "") return { state: null, damaged: false };
  const readers = new Map<Section, BitReader[]>();
  let whole = text[0] === VERSION;
  for (const body of whole ? bodies(course, text) : []) {
    if (body === null) {
      whole = false;
      continue;
    }
    const reader = new BitReader(body);
    const kind = reader.take(2) as Section;
    readers.set(kind, [...(readers.get(kind) ?? []), reader]);
  }
  const main = readers.get(Section.Course)?.[0];
  const pages = readers.get(Section.Pages)?.[0];
  const records = readers.get(Section.Records)?.[0];
  const answers = readers.get(Section.Answers) ?? [];
  if (main === undefined && pages === undefined && answers.length === 0) return { state: null, damaged: true };
  const promised = main?.number(3) ?? -1;
  const state = { ...readCourse(course, main), ...readPages(course, pages), answers: readAnswers(course, answers) };
  const complete = pages !== undefined && promised === answers.length && (main?.flag() ?? false) === (records !== undefined);
  return { state: records === undefined ? state : readRecords(course, records, state), damaged: !whole || !complete };
}

/** The sections' bodies; null for each that is damaged. Ends where no further section can begin. */
function* bodies(course: Course, text: string): Generator<string | null> {
  let at = 1;
  while (at < text.length) {
    const start = at;
    let length = 0;
    let digit = 32;
    for (let factor = 1; digit >= 32 && factor <= 32 ** 3; factor *= 32) {
      digit = value(text[at]);
      at += 1;
      length += (digit % 32) * factor;
    }
    const end = at + length;
    if (digit < 0 || digit >= 32 || end + CHECK > text.length) return yield null;
    const sound = checksum(course, text.slice(start, end)) === text.slice(end, end + CHECK);
    yield sound ? text.slice(at, end) : null;
    at = end + CHECK;
  }
}

function readCourse(course: Course, bits: BitReader | undefined) {
  const counter = bits?.number(6) ?? 0;
  const seed = bits?.take(24) ?? 0;
  const status = STATUSES[bits?.take(3) ?? 0] ?? "not attempted";
  const success = SUCCESSES[bits?.take(2) ?? 0] ?? "unknown";
  const complete = bits?.flag() ?? false;
  const declared = bits?.flag() ?? false;
  const score = bits === undefined ? null : takeScore(bits);
  const interactions = bits?.number(5) ?? 0;
  const place = bits?.number(5) ?? 0;
  const location = course.pages.find((page) => page.number === place && place > 0)?.id ?? "";
  return { counter, seed, status, success, complete, declared, score, interactions, location, seconds: bits?.number(6) ?? 0 };
}

function readPages(course: Course, bits: BitReader | undefined) {
  const opened: string[] = [];
  const done: string[] = [];
  const attempts = table<SavedAttempts>();
  const objectives = table<number>();
  if (bits === undefined) return { opened, done, attempts, objectives };
  const pages = new Map(course.pages.map((page) => [page.number, page]));
  const last = bits.number(5);
  for (let number = 1; number <= last && bits.left > 0; number += 1) {
    if (!bits.flag()) continue;
    const isDone = bits.flag();
    const page = pages.get(number);
    if (page !== undefined) opened.push(page.id);
    if (page !== undefined && isDone) done.push(page.id);
  }
  for (let left = bits.number(2); left > 0 && bits.left > 0; left -= 1) {
    const page = pages.get(bits.number(5));
    const read = takeAttempts(bits);
    if (page?.assessment !== undefined) attempts[page.id] = read;
  }
  const ids = new Map(numberedObjectives(course).map(([id, number]) => [number, id]));
  for (let left = bits.number(3); left > 0 && bits.left > 0; left -= 1) {
    const id = ids.get(bits.number(3));
    const score = Math.min(100, bits.take(7));
    if (id !== undefined) objectives[id] = score;
  }
  return { opened, done, attempts, objectives };
}

function takeAttempts(bits: BitReader): SavedAttempts {
  const taken = bits.number(3);
  const running = bits.flag();
  const best = takeScore(bits);
  const latest = bits.flag() ? best : takeScore(bits);
  return { taken, running, best, latest };
}

function takeScore(bits: BitReader): number | null {
  return bits.flag() ? Math.min(10000, bits.take(14)) / 100 : null;
}

function readAnswers(course: Course, sections: readonly BitReader[]): Record<string, SavedAnswer> {
  const questions = new Map(course.questions.map((question) => [question.number, question]));
  const answers = table<SavedAnswer>();
  for (const bits of sections) {
    let number = 0;
    for (let left = bits.number(4); left > 0 && bits.left > 0; left -= 1) {
      number += bits.number(3);
      const revision = bits.flag() ? bits.number(3) : 1;
      const body = bits.part(bits.number(4));
      const question = questions.get(number);
      // Another revision: what was asked has changed, its answer means nothing any more (T41).
      if (question === undefined || question.revision !== revision) continue;
      const answer = decodeAnswer(course, question, body);
      if (answer !== null) answers[question.id] = answer;
    }
  }
  return answers;
}
