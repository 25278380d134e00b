/**
 * Attempts at tests (assessments and pre-tests): how many are left and when, what one is worth in all and in each section,
 * whether it passes. Pure functions; the session keeps the facts.
 */

import type { Assessment, Course, Page, Question } from "./course";
import { grade, isMarked } from "./grade";
import type { Attempt } from "./progress";
import type { SavedAnswer, SavedAttempts } from "./state";

/** An assessment or a pre-test. */
export type Test = Page & { readonly assessment: Assessment };

export type Answers = ReadonlyMap<string, SavedAnswer>;

/** What one section of a paper came to; with one section for the whole where the test has none. */
export interface SectionResult {
  readonly title: string;
  readonly score: number;
  /** null: it has no mark of its own. */
  readonly passMark: number | null;
  readonly reached: boolean;
  /** Pages that need not be read by who reaches the mark. */
  readonly covers: readonly string[];
}

export interface Result {
  readonly score: number;
  readonly passed: boolean;
  readonly sections: readonly SectionResult[];
}

/** Saved progress counts no further (docs/state.md). */
const MOST_ATTEMPTS = 4095;

/** `tries` of an answer of an earlier attempt that a retake of what was missed keeps; answers given in the attempt have 1. */
const KEPT = 2;

const NO_ATTEMPTS: SavedAttempts = { taken: 0, running: false, best: null, latest: null };

/** T25: the course with the host's mark in place of its own, where it has the one assessment that the host can mean. */
export function withMastery(course: Course, mastery: number | undefined): Course {
  if (mastery === undefined || course.pages.filter(isAssessment).length !== 1) return course;
  const pages = course.pages.map((page) => (isAssessment(page) ? { ...page, assessment: { ...page.assessment, passMark: mastery, hostMark: true } } : page));
  return { ...course, pages };
}

export function isTest(page: Page): page is Test {
  return page.assessment !== undefined;
}

/** A test whose points count. */
export function isAssessment(page: Page): page is Test {
  return page.type === "assessment" && isTest(page);
}

export function attemptsAt(attempts: ReadonlyMap<string, SavedAttempts>, pageId: string): SavedAttempts {
  return attempts.get(pageId) ?? NO_ATTEMPTS;
}

/** Number of the running attempt, else of the last one. */
export function attemptNumber({ taken, running }: SavedAttempts): number {
  return taken + (running ? 1 : 0);
}

export function attemptsLeft(test: Test, attempts: SavedAttempts): number {
  const { assessment } = test;
  // Where only what was missed is asked again, nothing is left to ask of who has everything right.
  if (assessment.retake === "missed" && attempts.latest === 100 && hasPassed(test, attempts) && !attempts.running) return 0;
  const limit = assessment.attempts === 0 ? MOST_ATTEMPTS : assessment.attempts;
  return Math.max(0, limit - attemptNumber(attempts));
}

export function hasPassed({ assessment }: Test, { best, passed }: SavedAttempts): boolean {
  return hasSectionMarks(assessment) ? passed === true : best !== null && best >= assessment.passMark;
}

/** Whether it takes more than the score of the whole to pass. */
function hasSectionMarks({ sections = [] }: Assessment): boolean {
  return sections.some(({ passMark }) => passMark !== null);
}

/** Seconds since 1970 from which the next attempt may begin; null: at once. */
function opensAt({ assessment: { wait } }: Test, { ended, running }: SavedAttempts, now: number): number | null {
  if (wait === undefined || ended === undefined || running) return null;
  return ended + wait > now ? ended + wait : null;
}

/** The attempts as they stand when the course is opened: on a clock that is behind, nobody waits longer than once more from now. */
export function reopened(attempts: SavedAttempts, now: number): SavedAttempts {
  return attempts.ended !== undefined && attempts.ended > now ? { ...attempts, ended: now } : attempts;
}

/** An attempt begins; without `timed` it has no time limit. */
export function started({ assessment: { timeLimit } }: Test, before: SavedAttempts, now: number, timed: boolean): SavedAttempts {
  const { until: _, ...rest } = before;
  return { ...rest, running: true, ...(timed && timeLimit !== undefined && { until: now + timeLimit }) };
}

/** The running attempt with half of its time limit more, in whole minutes; null where it has none. */
export function extended({ assessment: { timeLimit } }: Test, attempts: SavedAttempts, now: number): SavedAttempts | null {
  if (!attempts.running || attempts.until === undefined || timeLimit === undefined) return null;
  return { ...attempts, until: Math.max(attempts.until, now) + extension(timeLimit) };
}

/** Seconds that each request for more time gives. */
export function extension(timeLimit: number): number {
  return Math.max(60, Math.ceil(timeLimit / 120) * 60);
}

/** What is known after an attempt was submitted. */
export function submitted({ assessment }: Test, before: SavedAttempts, { score, passed }: Result, now: number): SavedAttempts {
  return {
    taken: Math.min(MOST_ATTEMPTS, before.taken + 1),
    running: false,
    latest: score,
    best: Math.max(score, before.best ?? 0),
    ...(hasSectionMarks(assessment) && (passed || before.passed === true) && { passed: true }),
    ...(assessment.wait !== undefined && { ended: now }),
  };
}

/** How things stand with a test. `whole`: the paper of the running attempt or else of the last one. */
export function attemptOf(
  course: Course,
  page: Test,
  attempts: SavedAttempts,
  whole: readonly Question[],
  answers: Answers,
  now: number,
): Attempt {
  const { running, taken, latest, best, until } = attempts;
  const asked = whole.filter(({ id }) => !running || !isKept(answers.get(id)));
  const left = attemptsLeft(page, attempts);
  const opens = left > 0 ? opensAt(page, attempts, now) : null;
  const marked = running || taken === 0 ? [] : whole;
  const { passed, sections } = resultOf(page, marked, answers);
  return {
    state: running ? "running" : left === 0 ? "over" : opens !== null ? "waiting" : "ready",
    number: attemptNumber(attempts),
    paper: asked.map(({ id }) => id),
    answered: asked.filter(({ id }) => answers.has(id)).length,
    kept: whole.length - asked.length,
    attemptsLeft: page.assessment.attempts === 0 ? null : left,
    latest,
    best,
    passed: hasPassed(page, attempts),
    latestPassed: hasSectionMarks(page.assessment) ? marked.length > 0 && passed : latest !== null && latest >= page.assessment.passMark,
    reviewable: taken > 0 && !running && page.assessment.review,
    sections: marked.length > 0 ? sections : [],
    objectives: objectivesOf(course, marked, answers),
    opens,
    until: running ? (until ?? null) : null,
  };
}

/** The pages that a pre-test showed to be known, each section for itself. */
export function shownToKnow({ assessment }: Test, { passed, sections }: Result): readonly string[] {
  const covered = sections.flatMap(({ reached, covers }) => (reached ? covers : []));
  return [...covered, ...(passed ? (assessment.covers ?? []) : [])];
}

/** The answers of the last attempt that stand in the next one, where that asks only what was missed. */
export function keptFrom({ assessment }: Test, paper: readonly Question[], answers: Answers): readonly (readonly [string, SavedAnswer])[] {
  if (assessment.retake !== "missed") return [];
  return paper.flatMap((question) => {
    const answer = answers.get(question.id);
    const right = answer !== undefined && (grade(question, answer.response) ?? 1) === 1;
    return right ? [[question.id, { ...answer, tries: KEPT }] as const] : [];
  });
}

/** Whether an answer stands from an earlier attempt, so that its question is not asked in this one. */
export function isKept(answer: SavedAnswer | undefined): boolean {
  return answer?.tries === KEPT;
}

/** What the answers to a paper come to. */
export function resultOf({ assessment }: Test, paper: readonly Question[], answers: Answers): Result {
  const sections = (assessment.sections ?? []).map(({ title, questions, passMark, weight, covers = [] }) => {
    const score = percent(paper.filter(({ id }) => questions.includes(id)), answers);
    const wanted = passMark ?? (covers.length > 0 ? assessment.passMark : 0);
    return { title, score, passMark, reached: score >= wanted, covers, weight };
  });
  const weighted = sections.some(({ weight }) => weight !== null);
  const weights = sections.reduce((sum, { weight }) => sum + (weight ?? 1), 0);
  const score = weighted
    ? hundredths(sections.reduce((sum, one) => sum + (one.weight ?? 1) * one.score, 0) / weights)
    : percent(paper, answers);
  return { score, passed: score >= assessment.passMark && sections.every(({ reached, passMark }) => passMark === null || reached), sections };
}

/** Whole per cent of each objective that a paper asks about. */
export function objectivesOf(course: Course, paper: readonly Question[], answers: Answers): readonly (readonly [string, number])[] {
  return course.objectives.flatMap(({ id }) => {
    const about = paper.filter((question) => question.objectives.includes(id) && counts(question));
    return about.length === 0 ? [] : [[id, Math.floor(percent(about, answers))] as const];
  });
}

/** Points that a paper of this test has on average: what it weighs among others that do not say their weight. */
export function points({ assessment, questions }: Test, known: ReadonlyMap<string, Question>): number {
  const parts = assessment.sections ?? [{ questions, draw: assessment.draw }];
  return parts.reduce((sum, part) => {
    const all = part.questions.reduce((points, id) => {
      const question = known.get(id);
      return points + (question !== undefined && counts(question) ? question.points : 0);
    }, 0);
    const there = part.questions.length;
    return sum + (there === 0 ? 0 : all * Math.min(1, (part.draw ?? there) / there));
  }, 0);
}

/** At most two decimals. */
export function hundredths(percent: number): number {
  return Math.round(percent * 100) / 100;
}

function counts(question: Question): boolean {
  return question.graded && isMarked(question);
}

/** Points of the questions in per cent; where there are none, everything is right. */
function percent(questions: readonly Question[], answers: Answers): number {
  const counting = questions.filter(counts);
  const most = counting.reduce((sum, { points }) => sum + points, 0);
  const earned = counting.reduce((sum, question) => sum + question.points * (grade(question, answers.get(question.id)?.response ?? []) ?? 0), 0);
  return most === 0 ? 100 : hundredths((100 * earned) / most);
}
