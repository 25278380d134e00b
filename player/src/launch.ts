/**
 * Where a session begins: what the host gave back and the copy on this device, put together (T13, T20, T44).
 */

import type { Copy, Journalled } from "./copy";
import type { Course } from "./course";
import { merge, raise } from "./merge";
import { STATUSES, blank, decode, higher, type SavedState, type Status } from "./state";
import type { Connection } from "./trackers/tracker";

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

export interface Recalled {
  readonly state: SavedState;
  /** The highest counter that either copy carries. */
  readonly counter: number;
  /** What was reported and is not in what the host gave back. */
  readonly journal: readonly Journalled[];
  /**
   * In review mode: this device knows of a better status than the host. A page died while it sent that again, and the host, which
   * had got no further than a lesser final status, took the course for done (docs/decisions/sending-again.md).
   */
  readonly owed: boolean;
  readonly flags: Pick<Launch, "resumed" | "restored" | "damaged">;
}

/** Whether the page looks as if nothing had been before it: no message stands above it, as far as can be said before a tab is claimed. */
export function isPlain({ connection, resumed, damaged }: Omit<Launch, "restored" | "secondTab">): boolean {
  return connection.connected && connection.mode === "normal" && !resumed && !damaged;
}

/** `copy`: of this device, null where there is none; `seed` is for a learner of whom nothing is known. */
export function recall(course: Course, connection: Connection, copy: Copy | null, seed: number): Recalled {
  const host = decode(course, connection.state);
  const hostCounter = host.state?.counter ?? -1;
  const owed = connection.mode === "review" && owes(course, connection.status, hostCounter, copy);
  // The copy on this device is nothing to those who only look on (T06).
  const mine = connection.mode === "normal" || owed ? copy : null;
  const local = decode(course, mine?.state ?? "");
  const localCounter = local.state?.counter ?? -1;
  const useLocal = local.state !== null && (localCounter >= hostCounter || mine?.unsaved === true);
  const mended = useLocal && !local.damaged && localCounter >= hostCounter;
  const known = useLocal ? merged(course, host.state, local.state) : host.state;
  const state = raise(course, known ?? blank(seed), connection.status, connection.score);
  return {
    state,
    counter: Math.max(state.counter, localCounter),
    journal: (mine?.journal ?? []).filter(({ counter }) => counter > hostCounter),
    owed,
    flags: {
      resumed: state.opened.length > 0,
      restored: connection.connected && useLocal && localCounter > hostCounter,
      damaged: (host.damaged || (local.damaged && !connection.connected)) && !mended,
    },
  };
}

function owes(course: Course, status: Status, hostCounter: number, copy: Copy | null): boolean {
  const { state } = decode(course, copy?.state ?? "");
  return state !== null && state.counter > hostCounter && higher(STATUSES, state.status, status) !== status;
}

function merged(course: Course, host: SavedState | null, local: SavedState | null): SavedState | null {
  return host !== null && local !== null ? merge(course, host, local) : (local ?? host);
}
