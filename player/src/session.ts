/**
 * The one owner of progress, status and score (T01).
 */

import type { Course, Question, Response } from "./course";
import type { SavedState, Status, Success } from "./state";

/** What trackers write. Scores are per cent, 0 to 100 with at most two decimals. */
export interface Snapshot {
  readonly status: Status;
  readonly success: Success;
  readonly complete: boolean;
  /** null until an assessment attempt has been submitted (T23). */
  readonly score: number | null;
  /** The page's id. */
  readonly location: string;
  /** Share of the pages that are done, 0 to 1. */
  readonly progress: number;
  readonly objectives: readonly ObjectiveSnapshot[];
}

export interface ObjectiveSnapshot {
  readonly id: string;
  readonly status: Status;
  readonly score: number | null;
}

/** Something that happened and is reported once. The keeper adds when. */
export type JournalEntry =
  | {
      readonly kind: "answered";
      /** Its place among all reported answers of this registration, from 0. */
      readonly index: number;
      readonly question: Question;
      readonly response: Response;
      /** 0 to 1; null where nothing is right or wrong. */
      readonly score: number | null;
      readonly correct: boolean | null;
      /** How long it took, where known. */
      readonly seconds: number | null;
    }
  | { readonly kind: "experienced"; readonly page: string }
  | {
      readonly kind: "attempted";
      readonly page: string;
      /** From 1. */
      readonly attempt: number;
      readonly score: number;
      readonly passed: boolean;
    }
  /** Each at most once for a registration (T51). */
  | { readonly kind: "passed" | "failed"; readonly score: number | null }
  | { readonly kind: "completed" };

export interface PageProgress {
  readonly state: "new" | "started" | "done";
  /** Not to be opened yet: navigation is in order and an earlier page is not done. */
  readonly locked: boolean;
}

export interface Outcome {
  /** 0 to 1; null where nothing is right or wrong. */
  readonly score: number | null;
  readonly correct: boolean | null;
  /** null: as often as the learner likes. */
  readonly triesLeft: number | null;
  /** No further answer is taken. */
  readonly locked: boolean;
  /** Whether the learner may be told score and feedback now (an assessment may keep them until its end, or for itself). */
  readonly revealed: boolean;
}

export interface Answered extends Outcome {
  readonly response: Response;
  readonly tries: number;
}

export interface Attempt {
  /** `ready`: none is running and one can be started; `running`; `over`: submitted and no tries left. */
  readonly state: "ready" | "running" | "over";
  /** Number of the running attempt, else of the last one; 0 before the first. */
  readonly number: number;
  /** Ids of the questions of the running attempt or else the last one, in the order to show; empty before the first. */
  readonly paper: readonly string[];
  /** How many of them have an answer. */
  readonly answered: number;
  /** Further attempts that can be started; null: as many as the learner likes. */
  readonly attemptsLeft: number | null;
  /** Of the last submitted attempt, in per cent; null before the first. */
  readonly latest: number | null;
  readonly best: number | null;
  /** Whether any attempt has passed. */
  readonly passed: boolean;
  /** Whether the last attempt's answers may be looked at. */
  readonly reviewable: boolean;
}

export type Listener = (entries: readonly JournalEntry[]) => void;

export declare class Session {
  readonly course: Course;
  constructor(course: Course, saved: SavedState | null, seed: number);
  /** Plain data for state.ts. */
  state(): SavedState;
  snapshot(): Snapshot;
  /** Where the learner was, if that page is still there and may be opened; else the first page. */
  get location(): string;
  /** False (and nothing happens) where the page is locked or unknown. */
  openPage(id: string): boolean;
  page(id: string): PageProgress;
  /** Throws a RangeError for an unknown question; a locked one keeps its answer and says so. */
  answer(questionId: string, response: Response, seconds?: number): Outcome;
  answered(questionId: string): Answered | null;
  /** Option keys in the order to show. */
  order(questionId: string): readonly string[];
  startAttempt(pageId: string): Attempt;
  attempt(pageId: string): Attempt;
  submitAttempt(pageId: string): Attempt;
  declareComplete(): void;
  /** Called after every change with the journal entries it made (maybe none). Returns the way to stop. */
  subscribe(listener: Listener): () => void;
}
