/**
 * The files of scormkit/locales/ have the plural forms that their language needs, by Intl (Unicode CLDR).
 */

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

import type { Course } from "../src/course";
import { sayer } from "../src/ui-words";

const FOLDER = join(dirname(fileURLToPath(import.meta.url)), "../../scormkit/locales");

/** Each line of these files is a key and a text in double quotes. */
function read(tag: string): Record<string, string> {
  const lines = readFileSync(join(FOLDER, `${tag}.yaml`), "utf8").matchAll(/^ {2}"?([a-z.-]+)"?: (".*")$/gm);
  return Object.fromEntries(Array.from(lines, ([, key = "", text = ""]) => [key, JSON.parse(text) as string]));
}

const tags = readdirSync(FOLDER).filter((name) => name.endsWith(".yaml")).map((name) => name.replace(".yaml", ""));
const stems = Object.keys(read("en-GB")).filter((key) => key.endsWith(".other")).map((key) => key.replace(".other", ""));

describe.each(tags)("%s", (tag) => {
  const words = read(tag);

  test("has a form for every count", () => {
    expect(stems.length).toBeGreaterThan(3);
    const plural = new Intl.PluralRules(tag);
    const needed = new Set(Array.from({ length: 1001 }, (_, count) => plural.select(count)));
    for (const stem of stems) for (const form of needed) expect(words).toHaveProperty([`${stem}.${form}`]);
  });

  test("has no form that its language does not know", () => {
    const known = new Intl.PluralRules(tag).resolvedOptions().pluralCategories;
    for (const key of Object.keys(words).filter((one) => one.includes("."))) expect(known).toContain(key.split(".")[1]);
  });
});

test("counts are said as each language says them", () => {
  const left = (language: string, count: number) => sayer({ language, words: read(language) } as unknown as Course)("tries-left", { count });
  expect(left("cy", 3)).toBe("Mae gennych chi 3 chynnig arall.");
  expect(left("cy", 5)).toBe("Mae gennych chi 5 cynnig arall.");
  expect(left("fr", 0)).toBe("Il vous reste 0 essai.");
  expect(left("ar", 2)).toBe("بقيت لديك محاولتان.");
  expect(left("ar", 11)).toBe("بقيت لديك 11 محاولة.");
});
