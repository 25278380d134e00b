/**
 * The one owner of progress, status and score (T01). What the learner does goes in; progress to show, a snapshot to save
 * and journal entries to report come out. Pure: no document, no host, no chance (the seed is given), no clock (the caller's).
 */

import {
  attemptNumber,
  attemptOf,
  attemptsAt,
  extended,
  hasPassed,
  isKept,
  isTest,
  keptFrom,
  objectivesOf,
  reopened,
  resultOf,
  shownToKnow,
  started,
  submitted,
  type Test,
} from "./attempts";
import { counting, stepsOf } from "./completion";
import { type Deeds, type Ways, waysThrough } from "./conditions";
import type { Course, Need, Page, Question, Response } from "./course";
import { grade } from "./grade";
import { merge } from "./merge";
import { notAs, optionOrder, paper } from "./paper";
import type { Answered, Attempt, JournalEntry, Listener, Outcome, PageProgress, Snapshot, Step } from "./progress";
import { isPlayed } from "./recordings";
import { canonical } from "./response";
import { blank, type Confidence, type SavedAnswer, type SavedAttempts, type SavedState } from "./state";
import { isFinished, judge, objective, type Facts, type Verdict } from "./verdict";

export type * from "./progress";

/** Saved progress counts no further (docs/state.md). */
const MOST_TRIES = 63;

export class Session {
  private readonly pages: ReadonlyMap<string, Page>;
  private readonly questions: ReadonlyMap<string, Question>;
  private readonly ids: readonly string[];
  private readonly tests: ReadonlyMap<string, Test>;
  private readonly listeners = new Set<Listener>();
  private opened = new Set<string>();
  private done = new Set<string>();
  private attempts = new Map<string, SavedAttempts>();
  private answers = new Map<string, SavedAnswer>();
  /** What has been begun and not yet given: saved as an answer without a try. */
  private drafts = new Map<string, Response>();
  private objectives = new Map<string, number>();
  /** Active seconds on pages that ask for some time. */
  private times = new Map<string, number>();
  private played = new Map<string, number>();
  /** Pages that a pre-test showed to be known: they count as done. */
  private known = new Set<string>();
  /** How long answers took that are reported when their attempt is submitted. */
  private readonly durations = new Map<string, number>();
  private saved: SavedState;
  private place = "";
  private verdict: Verdict;
  private declared = false;
  private ways: Ways = { hidden: new Set(), locked: new Map() };
  private interactions = 0;
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
    this.saved = saved ?? blank(seed);
    this.pages = new Map(course.pages.map((page) => [page.id, page]));
    this.questions = new Map(course.questions.map((question) => [question.id, question]));
    this.ids = course.pages.map((page) => page.id);
    this.tests = new Map(course.pages.filter(isTest).map((page) => [page.id, page]));
    this.verdict = this.saved;
    this.restore(this.saved);
  }

  /** The course, in the language that the learner reads. */
  get course(): Course {
    return this.spoken;
  }

  /** From now on `course` has the words of another language; all else is the same. */
  speak(course: Course): void {
    this.spoken = course;
  }

  /** Plain data for state.ts. `counter` and `seconds` are the keeper's: they stay what they were at launch. */
  state(): SavedState {
    return {
      ...this.saved,
      ...this.verdict,
      declared: this.declared,
      interactions: this.interactions,
      location: this.place,
      opened: this.ids.filter((id) => this.opened.has(id)),
      done: this.ids.filter((id) => this.done.has(id)),
      attempts: Object.fromEntries(this.attempts),
      answers: Object.fromEntries([...[...this.drafts].map(([id, response]) => [id, { response, tries: 0 }] as const), ...this.answers]),
      objectives: Object.fromEntries(this.objectives),
      ...(this.times.size > 0 && { times: Object.fromEntries(this.times) }),
      ...(this.played.size > 0 && { watched: Object.fromEntries(this.played) }),
      ...(this.known.size > 0 && { known: this.ids.filter((id) => this.known.has(id)) }),
    };
  }

  snapshot(): Snapshot {
    const pages = this.counting;
    const done = pages.filter((page) => this.isDone(page.id)).length;
    return {
      ...this.verdict,
      finished: isFinished(this.course, this.verdict, this.facts),
      location: this.location,
      progress: pages.length === 0 ? 1 : done / pages.length,
      objectives: this.course.objectives.map(({ id }) => objective(this.course, id, this.objectives.get(id) ?? null, this.facts)),
    };
  }

  /** Where the learner was, if that page is still there and may be opened; else the first page. */
  get location(): string {
    return this.place !== "" && !this.isLocked(this.place) ? this.place : (this.ids.find((id) => !this.isLocked(id)) ?? "");
  }

  subscribe(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** False (and nothing happens) where the page is locked or unknown. */
  openPage(id: string): boolean {
    if (!this.pages.has(id) || this.isLocked(id)) return false;
    this.place = id;
    this.opened.add(id);
    this.settle();
    return true;
  }

  page(id: string): PageProgress {
    const state = this.done.has(id) ? "done" : this.known.has(id) ? "known" : this.opened.has(id) ? "started" : "new";
    return { state, done: this.isDone(id), shown: !this.ways.hidden.has(id), locked: this.isLocked(id) };
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
    const page = this.tests.get(question.page);
    if (given.length === 0) {
      if (page !== undefined && this.answers.delete(questionId)) this.settle();
      return this.unanswered(question);
    }
    const tries = Math.min(MOST_TRIES, (this.answers.get(questionId)?.tries ?? 0) + 1);
    const sure = question.confidence === true && confidence !== null ? { confidence } : {};
    this.answers.set(questionId, { response: given, tries: page === undefined ? tries : 1, ...sure });
    this.drafts.delete(questionId);
    if (page === undefined && question.objectives.length > 0) this.markPractised(question);
    if (page === undefined || page.assessment.feedback === "after-each") this.report(question, seconds);
    else if (seconds !== null) this.durations.set(questionId, seconds);
    this.opened.add(question.page);
    this.settle();
    return this.answered(questionId) as Answered;
  }

  /** Keeps what the learner has begun to answer, to go on with later; it counts for nothing, and never replaces an answer. */
  keepDraft(questionId: string, response: Response): void {
    const question = this.question(questionId);
    if (this.answers.has(questionId) || this.unanswered(question).locked) return;
    const begun = canonical(this.course, question, response);
    if (begun.length === 0) this.drafts.delete(questionId);
    else this.drafts.set(questionId, begun);
    this.settle();
  }

  /** Takes slices of a recording that have been played (recordings.ts); whether any of them is new. */
  watch(recording: string, mask: number): boolean {
    const before = this.watched(recording);
    if ((before | mask) === before) return false;
    this.played.set(recording, before | mask);
    this.settle();
    return true;
  }

  watched(recording: string): number {
    return this.played.get(recording) ?? 0;
  }

  draft(questionId: string): Response | null {
    return this.drafts.get(questionId) ?? null;
  }

  answered(questionId: string): Answered | null {
    const question = this.question(questionId);
    const answer = this.answers.get(questionId);
    if (answer === undefined) return null;
    const score = grade(question, answer.response);
    const correct = score === null ? null : score === 1;
    const marks = { ...answer, score, correct };
    const page = this.tests.get(question.page);
    if (page === undefined) {
      const triesLeft = question.tries === 0 ? null : Math.max(0, question.tries - answer.tries);
      // A case can be walked through again in other ways, however well it went.
      const over = correct === true && question.interaction.kind !== "performance";
      return { ...marks, triesLeft, locked: triesLeft === 0 || over, revealed: true };
    }
    const { feedback } = page.assessment;
    const running = this.attempts.get(page.id)?.running === true;
    const locked = !running || feedback === "after-each" || isKept(answer);
    return {
      ...marks,
      triesLeft: locked ? 0 : null,
      locked,
      revealed: feedback === "after-each" || (feedback === "at-end" && !running),
    };
  }

  /** Option keys in the order to show; reports use the authored letters whatever it is (T43). */
  order(questionId: string): readonly string[] {
    const question = this.question(questionId);
    const page = this.tests.get(question.page);
    const shuffle = question.shuffle || page?.assessment.shuffleOptions === true;
    const keys = optionOrder(question, shuffle, this.saved.seed, page === undefined ? 0 : attemptNumber(attemptsAt(this.attempts, page.id)));
    const first = question.interaction.kind === "choice" && this.questions.get(question.again ?? "");
    return shuffle && first ? notAs([this.order(first.id)], keys) : keys;
  }

  /**
   * Begins an attempt with its paper; a running one goes on, and after the last, or while the next has to wait, nothing
   * happens. Without `timed` it has no time limit.
   */
  startAttempt(pageId: string, timed = true): Attempt {
    const page = this.tests.get(pageId);
    if (page !== undefined && !this.isLocked(pageId) && this.attempt(pageId).state === "ready") {
      const kept = keptFrom(page, this.paper(page), this.answers);
      for (const id of page.questions) {
        this.answers.delete(id);
        this.drafts.delete(id);
      }
      for (const [id, answer] of kept) this.answers.set(id, answer);
      this.attempts.set(pageId, started(page, attemptsAt(this.attempts, pageId), this.now, timed));
      this.opened.add(pageId);
      this.settle();
    }
    return this.attempt(pageId);
  }

  /** Throws a RangeError where the page is no test. */
  attempt(pageId: string): Attempt {
    const page = this.test(pageId);
    return attemptOf(this.course, page, attemptsAt(this.attempts, pageId), this.paper(page), this.answers, this.now);
  }

  /** More time for the running attempt, as often as the learner asks (WCAG 2.2, 2.2.1); true where it has a limit. */
  extendTime(pageId: string): boolean {
    const attempts = extended(this.test(pageId), attemptsAt(this.attempts, pageId), this.now);
    if (attempts === null) return false;
    this.attempts.set(pageId, attempts);
    this.settle();
    return true;
  }

  /** Marks the running attempt; without one nothing happens. */
  submitAttempt(pageId: string): Attempt {
    const page = this.tests.get(pageId);
    const before = this.attempts.get(pageId);
    if (page === undefined || before?.running !== true) return this.attempt(pageId);
    const whole = this.paper(page);
    if (page.assessment.feedback !== "after-each") {
      for (const question of whole) {
        const answer = this.answers.get(question.id);
        if (answer !== undefined && !isKept(answer)) this.report(question, this.durations.get(question.id) ?? null);
      }
    }
    this.durations.clear();
    const result = resultOf(page, whole, this.answers);
    const after = submitted(page, before, result, this.now);
    this.attempts.set(pageId, after);
    this.entries.push({ kind: "attempted", page: pageId, attempt: after.taken, score: result.score, passed: result.passed });
    this.markObjectives(page, whole);
    if (page.type === "pretest") for (const id of shownToKnow(page, result)) this.known.add(id);
    this.settle();
    return this.attempt(pageId);
  }

  /** Counts active time on a page that asks for some; tells the listeners once it is enough. */
  spend(id: string, seconds: number): void {
    const left = this.timeLeft(id);
    if (left === 0 || seconds <= 0) return;
    this.times.set(id, (this.times.get(id) ?? 0) + Math.min(left, seconds));
    if (this.timeLeft(id) === 0) this.settle();
  }

  /** Seconds that a page still asks for; 0 for one that is done. */
  timeLeft(id: string): number {
    const left = (this.pages.get(id)?.minTime ?? 0) - (this.times.get(id) ?? 0);
    return this.done.has(id) || left < 1e-6 ? 0 : left;
  }

  /** Completion rule `manual`: the learner says that the course is finished. */
  declareComplete(): void {
    if (this.declared) return;
    this.declared = true;
    this.settle();
  }

  /** Progress of the same learner from elsewhere, put together with this session's, which leads. */
  absorb(other: SavedState): void {
    this.restore(merge(this.course, this.state(), { ...other, counter: -1 }));
    this.settle();
  }

  private restore(saved: SavedState): void {
    this.saved = saved;
    this.opened = new Set(saved.opened.filter((id) => this.pages.has(id)));
    this.done = new Set(saved.done.filter((id) => this.pages.has(id)));
    const attempts = Object.entries(saved.attempts).filter(([id]) => this.tests.has(id));
    this.attempts = new Map(attempts.map(([id, one]) => [id, reopened(one, this.now)]));
    this.known = new Set(saved.known?.filter((id) => this.pages.has(id)));
    const known = Object.entries(saved.answers).filter(([id]) => this.questions.has(id));
    this.answers = new Map(known.filter(([, { tries }]) => tries > 0));
    this.drafts = new Map(known.filter(([, { tries }]) => tries === 0).map(([id, { response }]) => [id, response]));
    this.objectives = new Map(Object.entries(saved.objectives));
    this.times = new Map(Object.entries(saved.times ?? {}).filter(([id]) => this.pages.get(id)?.minTime !== undefined));
    this.played = new Map(Object.entries(saved.watched ?? {}));
    this.place = this.pages.has(saved.location) ? saved.location : "";
    const { status, success, score, complete } = saved;
    this.verdict = { status, success, score, complete };
    ({ declared: this.declared, interactions: this.interactions } = saved);
    this.ways = waysThrough(this.course, this.index, this.deeds);
  }

  private get facts(): Facts {
    const { opened, attempts, declared } = this;
    return { opened, done: this.countingAsDone, attempts, declared, hidden: this.ways.hidden };
  }

  private get index() {
    return { pages: this.pages, questions: this.questions };
  }

  private get deeds(): Deeds {
    const { opened, attempts, answers } = this;
    return {
      opened,
      done: this.countingAsDone,
      answer: (id) => answers.get(id)?.response,
      best: (id) => attempts.get(id)?.best ?? null,
      passed: (id) => hasPassed(this.test(id), attemptsAt(attempts, id)),
    };
  }

  private get countingAsDone(): ReadonlySet<string> {
    return this.known.size === 0 ? this.done : new Set([...this.done, ...this.known]);
  }

  /** Seconds since 1970. */
  private get now(): number {
    return Math.floor(this.clock() / 1000);
  }

  private isDone(id: string): boolean {
    return this.done.has(id) || this.known.has(id);
  }

  private question(id: string): Question {
    const question = this.questions.get(id);
    if (question === undefined) throw new RangeError(`no question '${id}'`);
    return question;
  }

  private test(pageId: string): Test {
    const page = this.tests.get(pageId);
    if (page === undefined) throw new RangeError(`no test '${pageId}'`);
    return page;
  }

  /** What an unanswered question lets the learner do. One that the running paper does not ask takes no answer. */
  private unanswered(question: Question): Outcome {
    const page = this.tests.get(question.page);
    const nothing = { score: null, correct: null, revealed: false };
    if (page === undefined) return { ...nothing, triesLeft: question.tries === 0 ? null : question.tries, locked: false };
    const attempt = this.attempts.get(page.id);
    const open = attempt?.running === true && this.paper(page).includes(question);
    return { ...nothing, triesLeft: open ? null : 0, locked: !open };
  }

  private isLocked(id: string): boolean {
    return this.ways.locked.has(id) || this.ways.hidden.has(id);
  }

  private paper(page: Page): readonly Question[] {
    const number = attemptNumber(attemptsAt(this.attempts, page.id));
    if (number === 0) return [];
    return paper(page, page.questions.map((id) => this.question(id)), this.saved.seed, number);
  }

  private report(question: Question, seconds: number | null): void {
    const { response, confidence } = this.answers.get(question.id) as SavedAnswer;
    const score = grade(question, response);
    const correct = score === null ? null : score === 1;
    const sure = confidence === undefined ? {} : { confidence };
    this.entries.push({ kind: "answered", index: this.interactions, question, response, score, correct, seconds, ...sure });
    this.interactions += 1;
  }

  /** The best of each objective; a pre-test says nothing of what is still to be learnt. */
  private markObjectives(page: Test, asked: readonly Question[]): void {
    const otherwise = new Set(this.course.objectives.filter(({ metBy = "assessment" }) => metBy !== "assessment").map(({ id }) => id));
    for (const [id, score] of objectivesOf(this.course, asked, this.answers)) {
      if (otherwise.has(id)) continue;
      if (page.type === "pretest" && score < page.assessment.passMark) continue;
      this.objectives.set(id, Math.max(this.objectives.get(id) ?? 0, score));
    }
  }

  /** The best of each objective that practice questions meet; those on pages that are not shown do not count. */
  private markPractised({ objectives }: Question): void {
    const practice = this.course.questions.filter(({ page }) => !this.tests.has(page) && !this.ways.hidden.has(page));
    for (const [id, score] of objectivesOf(this.course, practice, this.answers)) {
      const { metBy } = this.course.objectives.find((one) => one.id === id) ?? {};
      if (metBy === "practice" && objectives.includes(id)) this.objectives.set(id, Math.max(this.objectives.get(id) ?? 0, score));
    }
  }

  /** What follows from what was done: pages, completion, success, score, status; then tells the listeners. */
  private settle(): void {
    for (const page of this.course.pages) {
      if (this.done.has(page.id) || !this.opened.has(page.id) || !this.isThrough(page)) continue;
      this.done.add(page.id);
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
    if (isTest(page)) return attemptsAt(this.attempts, page.id).taken > 0;
    const answered = page.questions.every((id) => this.answers.has(id));
    return answered && this.timeLeft(page.id) === 0 && isPlayed(this.course, page.id, this.played);
  }
}
