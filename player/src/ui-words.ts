/**
 * What the player says: a key of the payload's words, with `{names}` filled in.
 */

import type { Course } from "./course";

/** The digits of the page's own lists and numbers: `ar-EG` would else mix two kinds. */
const DIGITS = "latn";
/** Numbers that every language writes alike in these digits. */
const PLAIN = /^\d{1,3}$/;

/** `count` chooses between the plural forms `key.one`, `key.other` and whatever else the language has. */
export type Say = (key: string, values?: Readonly<Record<string, string | number>>) => string;

/** Numbers are written as the course's language writes them. An unknown key is said as it is: words never stop a course. */
export function sayer({ language, words }: Course): Say {
  // Made when they are needed: each takes a slow computer longer than the page that waits for its words.
  let plural: Intl.PluralRules | undefined;
  let numbers: Intl.NumberFormat | undefined;
  const formOf = (count: number): string => (plural ??= forLanguage(language, (tag) => new Intl.PluralRules(tag))).select(count);
  const written = (number: number): string => {
    if (PLAIN.test(String(number))) return String(number);
    numbers ??= forLanguage(language, (tag) => new Intl.NumberFormat(tag, { maximumFractionDigits: 2, numberingSystem: DIGITS }));
    return numbers.format(number);
  };
  return (key, values = {}) => {
    const count = values["count"];
    const form = typeof count === "number" && `${key}.other` in words ? formOf(count) : "other";
    const text = words[`${key}.${form}`] ?? words[`${key}.other`] ?? words[key] ?? key;
    return text.replace(/\{([a-z-]+)\}/g, (whole, name: string) => {
      const value = values[name];
      return typeof value === "number" ? written(value) : (value ?? whole);
    });
  };
}

const times = new WeakMap<Course, Intl.DateTimeFormat>();

/** A time of day, as the course's language writes it. */
export function timeOfDay(course: Course, at: number): string {
  // Asked several times for each save, and making a format takes a browser longer than saving.
  let format = times.get(course);
  if (format === undefined) {
    format = forLanguage(course.language, (language) => new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", numberingSystem: DIGITS }));
    times.set(course, format);
  }
  return format.format(at);
}

/** A day, as the course's language writes it; `zone` is for days that are the same everywhere. */
export function day(course: Course, at: number, zone?: "UTC"): string {
  const form = { day: "numeric", month: "long", year: "numeric", numberingSystem: DIGITS, ...(zone && { timeZone: zone }) } as const;
  return forLanguage(course.language, (language) => new Intl.DateTimeFormat(language, form)).format(at);
}

/** A language tag that the browser does not take falls back to the browser's own language. */
function forLanguage<T>(language: string, make: (language: string | undefined) => T): T {
  try {
    return make(language);
  } catch {
    return make(undefined);
  }
}
