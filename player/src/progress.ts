/**
 * What the session says: progress to show, snapshots to save, journal entries to report.
 */

import type { SectionResult } from "./attempts";
import type { Question, Response } from "./course";
import type { Confidence, Status, Success } from "./state";

/** What trackers write. Scores are per cent, 0 to 100 with at most two decimals. */
export interface Snapshot {
  readonly status: Status;
  readonly success: Success;
  readonly complete: boolean;
  /** Nothing that the learner can still do would raise the status. */
  readonly finished: boolean;
  /** null until an assessment attempt has been submitted (T23). */
  readonly score: number | null;
  /** The page's id. */
  readonly location: string;
  /** Share of the pages that count for this learner and are done, 0 to 1. */
  readonly progress: number;
  readonly objectives: readonly ObjectiveSnapshot[];
}

export interface ObjectiveSnapshot {
  readonly id: string;
  readonly status: Status;
  readonly score: number | null;
}

/** Something that happened and is reported once. The keeper adds when. */
export type JournalEntry = AnsweredEntry | ExperiencedEntry | AttemptedEntry | VerdictEntry;

export interface AnsweredEntry {
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
  /** How sure the learner was, where asked and said. */
  readonly confidence?: Confidence;
}

export interface ExperiencedEntry {
  readonly kind: "experienced";
  readonly page: string;
}

/** An attempt at an assessment was submitted. */
export interface AttemptedEntry {
  readonly kind: "attempted";
  readonly page: string;
  /** From 1. */
  readonly attempt: number;
  readonly score: number;
  readonly passed: boolean;
}

/** Of the whole course; each at most once for a registration (T51). */
export interface VerdictEntry {
  readonly kind: "passed" | "failed" | "completed";
  readonly score: number | null;
}

export interface PageProgress {
  /** `known`: not read, or not to the end, but a pre-test showed that it need not be. */
  readonly state: "new" | "started" | "known" | "done";
  /** Counts as done: it is, or it is known. */
  readonly done: boolean;
  /** Part of this learner's course (`show-if`). */
  readonly shown: boolean;
  /** Not to be opened, or not yet: an earlier page is to be done first, or what opens it has not happened. */
  readonly locked: boolean;
}

/** One thing that completes the course. */
export type Step =
  | {
      readonly kind: "pages";
      readonly done: boolean;
      /** How many pages are done, how many must be, how many there are, and which are left. */
      readonly there: number;
      readonly needed: number;
      readonly count: number;
      readonly left: readonly string[];
    }
  | { readonly kind: "passed"; readonly done: boolean; readonly page: string; readonly mark: number }
  | { readonly kind: "declared"; readonly done: boolean };

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
  readonly confidence?: Confidence;
}

export interface Attempt {
  /**
   * `ready`: none is running and one can be started; `waiting`: it can be started at `opens`; `running`; `over`: submitted
   * and no attempts left.
   */
  readonly state: "ready" | "waiting" | "running" | "over";
  /** Number of the running attempt, else of the last one; 0 before the first. */
  readonly number: number;
  /** Ids of the questions that the running attempt asks, or else of the last one's whole paper, in the order to show. */
  readonly paper: readonly string[];
  /** How many of them have an answer. */
  readonly answered: number;
  /** How many answers stand from earlier attempts, so that their questions are not asked again. */
  readonly kept: number;
  /** Further attempts that can be started; null: as many as the learner likes. */
  readonly attemptsLeft: number | null;
  /** Of the last submitted attempt, in per cent; null before the first. */
  readonly latest: number | null;
  readonly best: number | null;
  /** Whether any attempt has passed, and whether the last one has. */
  readonly passed: boolean;
  readonly latestPassed: boolean;
  /** Whether the last attempt's answers may be looked at. */
  readonly reviewable: boolean;
  /** Sections and objectives of the last submitted attempt; empty before the first, and while one is running. */
  readonly sections: readonly SectionResult[];
  readonly objectives: readonly (readonly [id: string, score: number])[];
  /** Seconds since 1970 at which the next attempt may begin; null: it need not wait. */
  readonly opens: number | null;
  /** Seconds since 1970 at which the running attempt's time is over; null: never. */
  readonly until: number | null;
}

export type Listener = (entries: readonly JournalEntry[]) => void;
