/**
 * How long the learner has been on pages that ask for some time and are not done: for each, its number and whole seconds
 * (docs/state.md).
 */

import { BitWriter } from "./bits";
import type { Kept } from "./records";
import { table } from "./table";

export const PAGE_TIME: Kept = {
  tag: 6,
  first: true,

  write(course, { times = table(), done }) {
    const begun = course.pages.filter(({ id }) => (times[id] ?? 0) >= 1 && !done.includes(id));
    const bits = new BitWriter();
    for (const { id, number } of begun) bits.number(number, 5).number(Math.floor(times[id] ?? 0), 5);
    return begun.length > 0 ? bits : null;
  },

  read(course, bits) {
    const times = table<number>();
    const ids = new Map(course.pages.map(({ number, id }) => [number, id]));
    while (bits.left > 0) {
      const id = ids.get(bits.number(5));
      const seconds = bits.number(5);
      if (id !== undefined) times[id] = seconds;
    }
    return { times };
  },
};
