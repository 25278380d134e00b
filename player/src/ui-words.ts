/**
 * What the player says: a key of the payload's words, with `{names}` filled in.
 */

import type { Course } from "./course";

/** The digits of the page's own lists and numbers: `ar-EG` would else mix two kinds. */
const DIGITS = "latn";

/** `count` chooses between the plural forms `key.one`, `key.other` and whatever else the language has. */
export type Say = (key: string, values?: Readonly<Record<string, string | number>>) => string;

/** Numbers are written as the course's language writes them. An unknown key is said as it is: words never stop a course. */
export function sayer(course: Course): Say {
  const plural = forLanguage(course.language, (language) => new Intl.PluralRules(language));
  const number = forLanguage(course.language, (language) => new Intl.NumberFormat(language, { maximumFractionDigits: 2, numberingSystem: DIGITS }));
  return (key, values = {}) => {
    const count = values["count"];
    const form = typeof count === "number" ? plural.select(count) : "other";
    const text = course.words[`${key}.${form}`] ?? course.words[`${key}.other`] ?? course.words[key] ?? key;
    return text.replace(/\{([a-z-]+)\}/g, (whole, name: string) => {
      const value = values[name];
      return typeof value === "number" ? number.format(value) : (value ?? whole);
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
