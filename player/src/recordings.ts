/**
 * Recordings of which a share has to be played before their page is done. A recording is looked at in slices: what counts
 * is what was really played, however fast and in whatever order, and not where the learner moved to.
 */

import { BitWriter } from "./bits";
import type { Course } from "./course";
import type { Kept } from "./records";
import { table } from "./table";

/** Of each recording: five per cent each (scormkit/check/course/budget_records.py). */
export const SLICES = 20;
/** Every slice: also what those have who read the transcript instead. */
export const WHOLE = 2 ** SLICES - 1;
/** So much of a slice makes it played: players report time in steps, and stop a little before the end. */
const ENOUGH = 0.9;

/** The slices, one bit each, that lie in stretches of time which were played. */
export function slices(played: readonly (readonly [number, number])[], duration: number): number {
  if (!(duration > 0 && duration < Infinity)) return 0;
  const length = duration / SLICES;
  let found = 0;
  for (let slice = 0; slice < SLICES; slice += 1) {
    const [begin, end] = [slice * length, (slice + 1) * length];
    const seconds = played.reduce((sum, [from, to]) => sum + Math.max(0, Math.min(to, end) - Math.max(from, begin)), 0);
    if (seconds >= length * ENOUGH) found |= 1 << slice;
  }
  return found;
}

/** How many per cent of a recording these slices are. */
export function share(mask: number): number {
  let count = 0;
  for (let rest = mask; rest > 0; rest &= rest - 1) count += 1;
  return (100 * count) / SLICES;
}

/** Whether all that has to be played on a page has been. */
export function isPlayed(course: Course, page: string, watched: ReadonlyMap<string, number>): boolean {
  return (course.recordings ?? []).every((one) => one.page !== page || share(watched.get(one.id) ?? 0) >= one.share);
}

/** What was played of each recording: the step from the number before, then one bit for all of it, or a bit for each slice. */
export const WATCHED: Kept = {
  tag: 8,
  first: false,

  write(course, { watched = table() }) {
    const numbers = new Map((course.recordings ?? []).map(({ id, number }) => [number, watched[id] ?? 0]));
    const bits = new BitWriter();
    let before = 0;
    for (const [number, mask] of [...numbers].sort(([a], [b]) => a - b)) {
      if (mask === 0) continue;
      bits.number(number - before, 3).flag(mask === WHOLE);
      if (mask !== WHOLE) bits.put(mask, SLICES);
      before = number;
    }
    return before > 0 ? bits : null;
  },

  read(course, bits) {
    const ids = new Map((course.recordings ?? []).map(({ id, number }) => [number, id]));
    const watched = table<number>();
    for (let number = 0; bits.left > 0; ) {
      number += bits.number(3);
      const mask = bits.flag() ? WHOLE : bits.take(SLICES);
      const id = ids.get(number);
      if (id !== undefined) watched[id] = mask;
    }
    return Object.keys(watched).length > 0 ? { watched } : {};
  },
};
