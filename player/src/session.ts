/**
 * The one owner of progress, status and score (T01). What the learner does goes in; progress to show, a snapshot to save
 * and journal entries to report come out. Pure: no document, no host, no chance (the seed is given), no clock (the caller's).
 */

import {
  attemptNumber,
  attemptOf,
  extended,
  isKept,
  isTest,
  keptFrom,
  objectivesOf,
  resultOf,
  shownToKnow,
  started,
  submitted,
  type Test,
} from "./attempts";
import { counting, stepsOf } from "./completion";
import { type Ways, waysThrough } from "./conditions";
import type { Course, Need, Page, Question, Response } from "./course";
import { Deeds, type Index, indexOf } from "./deeds";
import { merge } from "./merge";
import { marks, practised, tested, unanswered } from "./outcome";
import { notAs, optionOrder, paper } from "./paper";
import type { Answered, Attempt, JournalEntry, Listener, Outcome, PageProgress, Snapshot, Step } from "./progress";
import { isPlayed } from "./recordings";
import { canonical } from "./response";
import { blank, type Confidence, type SavedAnswer, type SavedState } from "./state";
import { isFinished, judge, objective, type Facts, type Verdict } from "./verdict";

export type * from "./progress";

/** Saved progress counts no further (docs/state.md). */
const MOST_TRIES = 63;

export class Session {
  private readonly index: Index;
  private readonly listeners = new Set<Listener>();
  private deeds: Deeds;
  /** How long answers took that are reported when their attempt is submitted. */
  private readonly durations = new Map<string, number>();
  private saved: SavedState;
  private verdict: Verdict;
  private ways: Ways;
  private entries: JournalEntry[] = [];
  private spoken: Course;

  /** `clock`: milliseconds since 1970; only waits and time limits ask for it. */
  constructor(
    course: Course,
    saved: SavedState | null,
    seed: number,
    private readonly clock: () => number = () => 0,
  ) {
    this.spoken = course;
    this.index = indexOf(course);
    this.saved = saved ?? blank(seed);
    this.verdict = verdictOf(this.saved);
    this.deeds = new Deeds(this.index, this.saved, this.now);
    this.ways = waysThrough(course, this.index, this.deeds);
  }

  /** The course, in the language that the learner reads. */
  get course(): Course {
    return this.spoken;
  }

  /** From now on `course` has the words of another language; all else is the same. `chosen`: by the learner, to be kept. */
  speak(course: Course, chosen = false): void {
    this.spoken = course;
    if (!chosen) return;
    this.saved = { ...this.saved, language: course.language };
    this.settle();
  }

  /** The language that the learner chose, here or elsewhere; undefined: none yet. */
  get language(): string | undefined {
    return this.saved.language;
  }

  /** Plain data for state.ts. `counter` and `seconds` are the keeper's: they stay what they were at launch. */
  state(): SavedState {
    return { ...this.saved, ...this.verdict, ...this.deeds.saved };
  }

  snapshot(): Snapshot {
    const pages = this.counting;
    const done = pages.filter((page) => this.deeds.isDone(page.id)).length;
    return {
      ...this.verdict,
      finished: isFinished(this.course, this.verdict, this.facts),
      location: this.location,
      progress: pages.length === 0 ? 1 : done / pages.length,
      objectives: this.course.objectives.map(({ id }) => objective(this.course, id, this.deeds.objectives.get(id) ?? null, this.facts)),
    };
  }

  /** Where the learner was, if that page is still there and may be opened; else the first page. */
  get location(): string {
    const { place } = this.deeds;
    return place !== "" && !this.isLocked(place) ? place : (this.course.pages.find(({ id }) => !this.isLocked(id))?.id ?? "");
  }

  subscribe(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** False (and nothing happens) where the page is locked or unknown. */
  openPage(id: string): boolean {
    if (!this.index.pages.has(id) || this.isLocked(id)) return false;
    this.deeds.place = id;
    this.deeds.opened.add(id);
    this.settle();
    return true;
  }

  page(id: string): PageProgress {
    const state = this.deeds.done.has(id) ? "done" : this.deeds.known.has(id) ? "known" : this.deeds.opened.has(id) ? "started" : "new";
    return { state, done: this.deeds.isDone(id), shown: !this.ways.hidden.has(id), locked: this.isLocked(id) };
  }

  /** The pages that count for this learner. */
  get counting(): readonly Page[] {
    return counting(this.course, this.ways.hidden);
  }

  /** What has to happen before a locked page opens; none for one that is open. */
  missing(id: string): readonly Need[] {
    return this.ways.locked.get(id) ?? [];
  }

  /** What completes the course. */
  get steps(): readonly Step[] {
    return stepsOf(this.course, this.verdict.success, this.facts);
  }

  /**
   * Takes an answer. Throws a RangeError for an unknown question. A question that is locked keeps its answer; an empty
   * response to an assessment question that is still open takes the answer back.
   */
  answer(questionId: string, response: Response, seconds: number | null = null, confidence: Confidence | null = null): Outcome {
    const question = this.question(questionId);
    const given = canonical(this.course, question, response);
    const before = this.answered(questionId) ?? this.unanswered(question);
    if (before.locked) return before;
    const page = this.index.tests.get(question.page);
    if (given.length === 0) {
      if (page !== undefined && this.deeds.answers.delete(questionId)) this.settle();
      return this.unanswered(question);
    }
    const tries = Math.min(MOST_TRIES, (this.deeds.answers.get(questionId)?.tries ?? 0) + 1);
    const sure = question.confidence === true && confidence !== null ? { confidence } : {};
    this.deeds.answers.set(questionId, { response: given, tries: page === undefined ? tries : 1, ...sure });
    this.deeds.drafts.delete(questionId);
    if (page === undefined && question.objectives.length > 0) this.markPractised(question);
    if (page === undefined || page.assessment.feedback === "after-each") this.report(question, seconds);
    else if (seconds !== null) this.durations.set(questionId, seconds);
    this.deeds.opened.add(question.page);
    this.settle();
    return this.answered(questionId) as Answered;
  }

  /** Keeps what the learner has begun to answer, to go on with later; it counts for nothing, and never replaces an answer. */
  keepDraft(questionId: string, response: Response): void {
    const question = this.question(questionId);
    if (this.deeds.answers.has(questionId) || this.unanswered(question).locked) return;
    const begun = canonical(this.course, question, response);
    if (begun.length === 0) this.deeds.drafts.delete(questionId);
    else this.deeds.drafts.set(questionId, begun);
    this.settle();
  }

  /** Takes slices of a recording that have been played (recordings.ts); whether any of them is new. */
  watch(recording: string, mask: number): boolean {
    const before = this.watched(recording);
    if ((before | mask) === before) return false;
    this.deeds.played.set(recording, before | mask);
    this.settle();
    return true;
  }

  watched(recording: string): number {
    return this.deeds.played.get(recording) ?? 0;
  }

  draft(questionId: string): Response | null {
    return this.deeds.drafts.get(questionId) ?? null;
  }

  answered(questionId: string): Answered | null {
    const question = this.question(questionId);
    const answer = this.deeds.answers.get(questionId);
    if (answer === undefined) return null;
    const page = this.index.tests.get(question.page);
    return page === undefined ? practised(question, answer) : tested(question, answer, page, this.deeds.at(page.id).running);
  }

  /** Option keys in the order to show; reports use the authored letters whatever it is (T43). */
  order(questionId: string): readonly string[] {
    const question = this.question(questionId);
    const page = this.index.tests.get(question.page);
    const shuffle = question.shuffle || page?.assessment.shuffleOptions === true;
    const keys = optionOrder(question, shuffle, this.saved.seed, page === undefined ? 0 : attemptNumber(this.deeds.at(page.id)));
    const first = question.interaction.kind === "choice" && this.index.questions.get(question.again ?? "");
    return shuffle && first ? notAs([this.order(first.id)], keys) : keys;
  }

  /**
   * Begins an attempt with its paper; a running one goes on, and after the last, or while the next has to wait, nothing
   * happens. Without `timed` it has no time limit.
   */
  startAttempt(pageId: string, timed = true): Attempt {
    const page = this.index.tests.get(pageId);
    if (page !== undefined && !this.isLocked(pageId) && this.attempt(pageId).state === "ready") {
      const kept = keptFrom(page, this.paper(page), this.deeds.answers);
      for (const id of page.questions) {
        this.deeds.answers.delete(id);
        this.deeds.drafts.delete(id);
      }
      for (const [id, answer] of kept) this.deeds.answers.set(id, answer);
      this.deeds.attempts.set(pageId, started(page, this.deeds.at(pageId), this.now, timed));
      this.deeds.opened.add(pageId);
      this.settle();
    }
    return this.attempt(pageId);
  }

  /** Throws a RangeError where the page is no test. */
  attempt(pageId: string): Attempt {
    const page = this.test(pageId);
    return attemptOf(this.course, page, this.deeds.at(pageId), this.paper(page), this.deeds.answers, this.now);
  }

  /** More time for the running attempt, as often as the learner asks (WCAG 2.2, 2.2.1); true where it has a limit. */
  extendTime(pageId: string): boolean {
    const attempts = extended(this.test(pageId), this.deeds.at(pageId), this.now);
    if (attempts === null) return false;
    this.deeds.attempts.set(pageId, attempts);
    this.settle();
    return true;
  }

  /** Marks the running attempt; without one nothing happens. */
  submitAttempt(pageId: string): Attempt {
    const page = this.index.tests.get(pageId);
    const before = this.deeds.attempts.get(pageId);
    if (page === undefined || before?.running !== true) return this.attempt(pageId);
    const whole = this.paper(page);
    if (page.assessment.feedback !== "after-each") {
      for (const question of whole) {
        const answer = this.deeds.answers.get(question.id);
        if (answer !== undefined && !isKept(answer)) this.report(question, this.durations.get(question.id) ?? null);
      }
    }
    this.durations.clear();
    const result = resultOf(page, whole, this.deeds.answers);
    const after = submitted(page, before, result, this.now);
    this.deeds.attempts.set(pageId, after);
    this.entries.push({ kind: "attempted", page: pageId, attempt: after.taken, score: result.score, passed: result.passed });
    this.markObjectives(page, whole);
    if (page.type === "pretest") for (const id of shownToKnow(page, result)) this.deeds.known.add(id);
    this.settle();
    return this.attempt(pageId);
  }

  /** Counts active time on a page that asks for some; tells the listeners once it is enough. */
  spend(id: string, seconds: number): void {
    const left = this.timeLeft(id);
    if (left === 0 || seconds <= 0) return;
    this.deeds.times.set(id, (this.deeds.times.get(id) ?? 0) + Math.min(left, seconds));
    if (this.timeLeft(id) === 0) this.settle();
  }

  /** Seconds that a page still asks for; 0 for one that is done. */
  timeLeft(id: string): number {
    const left = (this.index.pages.get(id)?.minTime ?? 0) - (this.deeds.times.get(id) ?? 0);
    return this.deeds.done.has(id) || left < 1e-6 ? 0 : left;
  }

  /** Completion rule `manual`: the learner says that the course is finished. */
  declareComplete(): void {
    if (this.deeds.declared) return;
    this.deeds.declared = true;
    this.settle();
  }

  /** Progress of the same learner from elsewhere, put together with this session's, which leads. */
  absorb(other: SavedState): void {
    this.saved = merge(this.course, this.state(), { ...other, counter: -1 });
    this.verdict = verdictOf(this.saved);
    this.deeds = new Deeds(this.index, this.saved, this.now);
    this.settle();
  }

  private get facts(): Facts {
    const { opened, counted: done, attempts, declared } = this.deeds;
    return { opened, done, attempts, declared, hidden: this.ways.hidden };
  }

  /** Seconds since 1970. */
  private get now(): number {
    return Math.floor(this.clock() / 1000);
  }

  private question(id: string): Question {
    const question = this.index.questions.get(id);
    if (question === undefined) throw new RangeError(`no question '${id}'`);
    return question;
  }

  private test(pageId: string): Test {
    const page = this.index.tests.get(pageId);
    if (page === undefined) throw new RangeError(`no test '${pageId}'`);
    return page;
  }

  /** One that the running paper does not ask takes no answer. */
  private unanswered(question: Question): Outcome {
    const page = this.index.tests.get(question.page);
    return unanswered(question, page === undefined ? null : this.deeds.at(page.id).running && this.paper(page).includes(question));
  }

  private isLocked(id: string): boolean {
    return this.ways.locked.has(id) || this.ways.hidden.has(id);
  }

  private paper(page: Page): readonly Question[] {
    const number = attemptNumber(this.deeds.at(page.id));
    if (number === 0) return [];
    return paper(page, page.questions.map((id) => this.question(id)), this.saved.seed, number);
  }

  private report(question: Question, seconds: number | null): void {
    const { tries: _, ...answer } = this.deeds.answers.get(question.id) as SavedAnswer;
    this.entries.push({ kind: "answered", index: this.deeds.interactions, question, ...answer, ...marks(question, answer), seconds });
    this.deeds.interactions += 1;
  }

  /** The best of each objective; a pre-test says nothing of what is still to be learnt. */
  private markObjectives(page: Test, asked: readonly Question[]): void {
    const otherwise = new Set(this.course.objectives.filter(({ metBy = "assessment" }) => metBy !== "assessment").map(({ id }) => id));
    for (const [id, score] of objectivesOf(this.course, asked, this.deeds.answers)) {
      if (otherwise.has(id)) continue;
      if (page.type === "pretest" && score < page.assessment.passMark) continue;
      this.deeds.reach(id, score);
    }
  }

  /** The best of each objective that practice questions meet; those on pages that are not shown do not count. */
  private markPractised({ objectives }: Question): void {
    const practice = this.course.questions.filter(({ page }) => !this.index.tests.has(page) && !this.ways.hidden.has(page));
    for (const [id, score] of objectivesOf(this.course, practice, this.deeds.answers)) {
      const { metBy } = this.course.objectives.find((one) => one.id === id) ?? {};
      if (metBy === "practice" && objectives.includes(id)) this.deeds.reach(id, score);
    }
  }

  /** What follows from what was done: pages, completion, success, score, status; then tells the listeners. */
  private settle(): void {
    for (const page of this.course.pages) {
      if (this.deeds.done.has(page.id) || !this.deeds.opened.has(page.id) || !this.isThrough(page)) continue;
      this.deeds.done.add(page.id);
      this.entries.push({ kind: "experienced", page: page.id });
    }
    this.ways = waysThrough(this.course, this.index, this.deeds);
    const before = this.verdict;
    this.verdict = judge(this.course, before, this.facts);
    const { complete, success, score } = this.verdict;
    if (complete && !before.complete) this.entries.push({ kind: "completed", score });
    if (success !== before.success && success !== "unknown") this.entries.push({ kind: success, score });
    const entries = this.entries;
    this.entries = [];
    for (const listener of [...this.listeners]) listener(entries);
  }

  private isThrough(page: Page): boolean {
    if (page.type === "pretest") return true; // an offer: to have seen it is enough
    if (isTest(page)) return this.deeds.at(page.id).taken > 0;
    const answered = page.questions.every((id) => this.deeds.answers.has(id));
    return answered && this.timeLeft(page.id) === 0 && isPlayed(this.course, page.id, this.deeds.played);
  }
}

function verdictOf({ status, success, score, complete }: SavedState): Verdict {
  return { status, success, score, complete };
}
