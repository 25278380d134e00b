/**
 * Records: what saved progress holds besides course, pages and answers (docs/state.md). Each stands under a tag of its
 * own and says its length, so that a release that does not know it passes over it.
 */

import { BitReader, BitWriter } from "./bits";
import type { Course } from "./course";
import { ATTEMPTS, KNOWN } from "./record-attempts";
import { CONFIDENCE } from "./record-confidence";
import { LANGUAGE } from "./record-language";
import { PAGE_TIME } from "./record-time";
import { WATCHED } from "./recordings";
import type { SavedState } from "./state";

export interface Kept {
  /** Its number in saved progress: from 1, never used for anything else. */
  readonly tag: number;
  /** Left out before anything else where a host takes too little (T42). */
  readonly first: boolean;
  /** null: there is nothing to keep. */
  write(course: Course, state: SavedState): BitWriter | null;
  /** What the bits say of a state in which pages and answers are known; what the course no longer has is left out. */
  read(course: Course, bits: BitReader, state: SavedState): Partial<SavedState>;
}

/** Each new one also has its greatest length in scormkit/check/course/budget_records.py. */
const RECORDS: readonly Kept[] = [CONFIDENCE, ATTEMPTS, KNOWN, PAGE_TIME, WATCHED, LANGUAGE];

/** The records that have something to keep, behind `bits`; null where none has. */
export function writeRecords(bits: BitWriter, course: Course, state: SavedState, shedding: boolean): BitWriter | null {
  let any = false;
  for (const record of RECORDS) {
    const body = shedding && record.first ? null : record.write(course, state);
    if (body === null) continue;
    any = true;
    bits.number(record.tag, 3).number(body.length, 5).append(body);
  }
  return any ? bits : null;
}

/** The state with what the records say; what this release does not know is passed over. */
export function readRecords(course: Course, bits: BitReader, state: SavedState): SavedState {
  let known = state;
  for (let tag = bits.number(3); tag > 0; tag = bits.number(3)) {
    const body = bits.part(bits.number(5));
    const record = RECORDS.find((one) => one.tag === tag);
    if (record !== undefined) known = { ...known, ...record.read(course, body, known) };
  }
  return known;
}
