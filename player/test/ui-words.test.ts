import { describe, expect, test } from "vitest";

import type { Course } from "../src/course";
import { sayer, timeOfDay } from "../src/ui-words";

const course = (words: Record<string, string>, language = "en-GB"): Course => ({ language, words }) as Course;

describe("words", () => {
  test("names are filled in, once each", () => {
    const say = sayer(course({ hello: "Hello {name}, {name}! {other}" }));
    expect(say("hello", { name: "$& {other}" })).toBe("Hello $& {other}, $& {other}! {other}");
  });

  test("plural forms follow the language", () => {
    const english = sayer(course({ "tries.one": "{count} try", "tries.other": "{count} tries" }));
    expect([0, 1, 2].map((count) => english("tries", { count }))).toEqual(["0 tries", "1 try", "2 tries"]);
    const welsh = sayer(course({ "dogs.two": "{count} gi", "dogs.other": "{count} ci" }, "cy"));
    expect([2, 10].map((count) => welsh("dogs", { count }))).toEqual(["2 gi", "10 ci"]);
  });

  test("numbers are written as the language writes them", () => {
    expect(sayer(course({ score: "{score}%" }, "de"))("score", { score: 66.67 })).toBe("66,67%");
  });

  test("neither an unknown key nor an unknown language stops anything", () => {
    expect(sayer(course({}, "not a language"))("no-such-key")).toBe("no-such-key");
    expect(timeOfDay(course({}, "??"), 0)).toMatch(/\d/);
  });
});
