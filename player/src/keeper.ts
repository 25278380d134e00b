/**
 * When to save, where, and what the learner is told about it.
 */

import type { Course } from "./course";
import type { Session } from "./session";
import type { Connection, Tracker } from "./trackers/tracker";

/** What the learner is told (T12). */
export interface SaveState {
  /**
   * `saved`: all that was done is with the host. `unsaved`: something is waiting for the next save. `retrying`: the last
   * save failed. `untracked`: no host; `device` says whether this device keeps the progress. `read-only`: review mode or
   * second tab. `ended`: the session is over, the page must be opened again.
   */
  readonly kind: "saved" | "unsaved" | "retrying" | "untracked" | "read-only" | "ended";
  /** When the last save succeeded; milliseconds since 1970. */
  readonly at: number | null;
  /** Whether a copy of all that was done lies on this device. */
  readonly device: boolean;
}

/** How this launch began; each true flag deserves a notice. */
export interface Launch {
  readonly connection: Connection;
  /** There is earlier progress: offer "Continue where you left off". */
  readonly resumed: boolean;
  /** This device held progress that the host did not give back; it was restored (T13). */
  readonly restored: boolean;
  /** The saved progress was damaged: what could be read was kept (T44). */
  readonly damaged: boolean;
  /** The same learner has this course open in another tab (T15). */
  readonly secondTab: boolean;
}

export declare class Keeper {
  /** Connects, reads what is saved, makes the session. Never rejects: without a host the course runs untracked. */
  static open(course: Course, tracker: Tracker, view: Window): Promise<Keeper>;
  readonly session: Session;
  readonly launch: Launch;
  get saveState(): SaveState;
  subscribe(listener: (state: SaveState) => void): () => void;
  /** Saves now; true when the host has everything. */
  saveNow(): Promise<boolean>;
  /** Save and exit (T14): saves, finishes, and says whether the host took it; the caller closes the window. */
  exit(): Promise<boolean>;
  /** Forgets the progress and begins again with an empty session (status and score stay: T20); reload the page then. */
  startOver(): Promise<void>;
}
