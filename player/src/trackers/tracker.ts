/**
 * What every tracker is. A tracker knows one standard and nothing of pages or widgets (T01).
 */

import type { JournalEntry, Snapshot } from "../session";
import type { Status } from "../state";

export type TrackerName = "local" | "scorm12" | "xapi";

/** What the host gave at launch. */
export interface Connection {
  /** False: nobody records anything; the course runs all the same and says so (T02). */
  readonly connected: boolean;
  /** `review` and `browse`: nothing at all is written (T06). */
  readonly mode: "normal" | "review" | "browse";
  /** As the host names the learner; empty where it does not. */
  readonly learnerId: string;
  readonly learnerName: string;
  /** What separates one registration or attempt of a learner from the next; empty where the host has none. */
  readonly registration: string;
  /** The saved state as it came back; empty where there is none. */
  readonly state: string;
  readonly status: Status;
  readonly score: number | null;
  /** Why there is no connection, for the console and the preview. */
  readonly reason?: string;
}

/** When something happened: milliseconds since 1970, and active seconds of this session (T16). */
export interface Moment {
  readonly time: number;
  readonly seconds: number;
}

export interface Tracker {
  readonly name: TrackerName;
  connect(): Promise<Connection>;
  /** An answer, a page, a change of status: queued until the next save. */
  record(entry: JournalEntry, at: Moment): void;
  /** True only when the host said so. `again`: the last save failed or may have, so everything unsaved is set again (T17). */
  save(snapshot: Snapshot, state: string, at: Moment, again: boolean): Promise<boolean>;
  /** The page goes away or the learner leaves: as far as the host allows before this returns. Only once. */
  finish(snapshot: Snapshot, state: string, at: Moment): boolean;
}
