/**
 * Saved progress as plain data. All ids are the course's; what the course no longer has is left out.
 */

import type { Response } from "./course";

/** From the lowest to the highest; it never goes down (T20). */
export type Status = "not attempted" | "incomplete" | "failed" | "completed" | "passed";
export type Success = "unknown" | "failed" | "passed";

export interface SavedAnswer {
  readonly response: Response;
  /** How often it has been answered. */
  readonly tries: number;
}

/** What is known of an assessment page. Scores are per cent of the points, at most two decimals. */
export interface SavedAttempts {
  /** How many attempts have been submitted. */
  readonly taken: number;
  readonly running: boolean;
  readonly best: number | null;
  readonly latest: number | null;
}

export interface SavedState {
  /** Grows with every change (T17). */
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
}
