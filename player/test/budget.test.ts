/**
 * The budget that Python computes (scormkit/check/course/budget.py) against what this codec writes for the fullest
 * progress of the same courses. The other half of this test, which writes the file, is tests/test_check_budget.py.
 */

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Course } from "../src/course";
import { decode, encode, type SavedState } from "../src/state";

interface Told {
  readonly name: string;
  readonly budget: number;
  readonly course: Course;
  readonly state: SavedState;
}

const told = JSON.parse(readFileSync(new URL("../../tests/golden/budget.json", import.meta.url), "utf8")) as Told[];

describe("the budget of saved progress", () => {
  it.each(told)("$name", ({ budget, course, state }) => {
    const { text, shed } = encode(course, state);
    expect(shed).toBe(0);
    expect(text.length).toBeLessThanOrEqual(budget);
    expect(text.length).toBeGreaterThanOrEqual(budget * 0.95);
    expect(decode(course, text).state?.answers).toEqual(state.answers);
    expect(decode(course, text).state?.watched).toEqual(state.watched);
  });
});
