/**
 * The copy of a learner's progress on this device (T13), keyed so that it names nobody. Storage may be missing, forbidden
 * or full: then there is no copy and nothing else happens.
 */

import type { Course } from "./course";
import type { Moment } from "./trackers/tracker";

export interface Copy {
  /** The whole state, nothing left out. */
  readonly state: string;
  /** Not all of it has been taken by the host. */
  readonly unsaved: boolean;
  /** What was reported, with the counter of the state that held it first; kept until the host gives that state back. */
  readonly journal: readonly Journalled[];
}

export interface Journalled {
  readonly counter: number;
  readonly at: Moment;
  /** A journal entry, its question by id. */
  readonly entry: Readonly<Record<string, unknown>>;
}

/** A browser's storage that is allowed to fail. */
export interface Stored {
  read(key: string): string | null;
  /** Whether it lies there now. */
  write(key: string, text: string): boolean;
  remove(key: string): void;
}

/** Wraps a storage; null where the browser refuses it (private windows, blocked third-party data). */
export function storedIn(open: () => Storage | null): Stored | null {
  const tried = <T>(use: () => T, otherwise: T): T => {
    try {
      return use();
    } catch {
      return otherwise;
    }
  };
  const storage = tried(open, null);
  if (storage === null) return null;
  return {
    read: (key) => tried(() => storage.getItem(key), null),
    write: (key, text) => tried(() => (storage.setItem(key, text), true), false),
    remove: (key) => tried(() => storage.removeItem(key), undefined),
  };
}

/** What is kept on this device only and never told to a host, such as ticks of checklists: texts by name. */
export interface Aside {
  read(name: string): string | null;
  /** Whether it lies there now. */
  write(name: string, text: string): boolean;
}

export class Device {
  readonly aside: Aside;

  constructor(
    private readonly stored: Stored | null,
    private readonly key: string,
  ) {
    this.aside = {
      read: (name) => stored?.read(`${key}:${name}`) ?? null,
      write: (name, text) => stored?.write(`${key}:${name}`, text) ?? false,
    };
  }

  read(): Copy | null {
    try {
      const copy = JSON.parse(this.stored?.read(this.key) ?? "null") as Partial<Copy> | null;
      if (typeof copy?.state !== "string") return null;
      return { state: copy.state, unsaved: copy.unsaved === true, journal: Array.isArray(copy.journal) ? copy.journal : [] };
    } catch {
      return null;
    }
  }

  /** Whether it lies there now. */
  write(copy: Copy): boolean {
    return this.stored?.write(this.key, JSON.stringify(copy)) ?? false;
  }
}

/** One key for each course, learner and registration. */
export function keyOf(course: Course, learner: string, registration: string): string {
  return ["scormkit", course.id, learner, registration].map((part, index) => (index === 0 ? part : fingerprint(part))).join(":");
}

/** 64 bits in hexadecimal; says nothing of the text it is made of. */
export function fingerprint(text: string): string {
  let [a, b] = [0xdeadbeef, 0x41c6ce57];
  for (let at = 0; at < text.length; at += 1) {
    a = Math.imul(a ^ text.charCodeAt(at), 0x9e3779b1);
    b = Math.imul(b ^ text.charCodeAt(at), 0x5f356495);
  }
  a = Math.imul(a ^ (a >>> 16), 0x85ebca6b) ^ Math.imul(b ^ (b >>> 13), 0xc2b2ae35);
  b = Math.imul(b ^ (b >>> 16), 0x85ebca6b) ^ Math.imul(a ^ (a >>> 13), 0xc2b2ae35);
  return [a, b].map((part) => (part >>> 0).toString(16).padStart(8, "0")).join("");
}
