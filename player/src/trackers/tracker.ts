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
  /** Only with a final status. */
  readonly score: number | null;
  /** Per cent that the host wants for a pass, where it says so and can be trusted with it (T25). */
  readonly mastery?: number;
  /** Why there is no connection, for the console and the preview. */
  readonly reason?: string;
  /** There is a host, and it begins no session for this page (any more): the course has to be opened again from there. */
  readonly over?: boolean;
}

/** When something happened: milliseconds since 1970, and active seconds of this session (T16). */
export interface Moment {
  readonly time: number;
  readonly seconds: number;
}

export interface Tracker {
  readonly name: TrackerName;
  /** Whether `true` from save is proof. SCORM's is not: some hosts say so while the network is down (T13, T17). */
  readonly certain: boolean;
  /** Told the state that somebody else has written since it was read; the save at hand fails, the next one goes on. */
  onConflict?: (theirs: string) => void;
  /** Never rejects. */
  connect(): Promise<Connection>;
  /** An answer, a page, a change of status: queued until the next save. */
  record(entry: JournalEntry, at: Moment): void;
  /** True only when the host said so. `again`: earlier saves failed or may have; what they held is set again (T17). */
  save(snapshot: Snapshot, state: string, at: Moment, again: boolean): Promise<boolean>;
  /**
   * The page goes away or the learner leaves: all that the host allows is done before this returns. Only once. Without
   * a snapshot nothing is written and the host is only told that the session ends (T06).
   */
  finish(at: Moment, again: boolean, last?: { readonly snapshot: Snapshot; readonly state: string }): boolean;
}

/** What a host that is not there gave. */
export function notConnected(reason: string): Connection {
  return {
    connected: false,
    mode: "normal",
    learnerId: "",
    learnerName: "",
    registration: "",
    state: "",
    status: "not attempted",
    score: null,
    reason,
  };
}
