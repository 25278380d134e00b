// @vitest-environment jsdom
import { describe, expect, test } from "vitest";

import { check, choose, goldenCourse, goTo, openPage, words } from "./ui-page";

/** The golden course, in which the second question of the practice page asks the first of them again. */
function open() {
  const questions = goldenCourse().questions.map((question) => (question.id === "share" ? { ...question, again: "finished-leaflet" } : question));
  return openPage({ course: { questions }, hash: "#/practice" });
}

describe("a question that is asked again tells how it went the first time", () => {
  test("once it has been answered, and not before", () => {
    open();
    expect(document.querySelector(".first-time")).toBeNull();
    choose("finished-leaflet", "b");
    check("finished-leaflet");
    expect(document.querySelector(".first-time")).toBeNull();
    choose("share", "a");
    check("share");
    expect(words('[data-question="share"] .first-time')).toBe("The first time, on “Try it yourself”: Right");
  });

  test("also where it was not answered", async () => {
    open();
    choose("share", "a");
    check("share");
    expect(words('[data-question="share"] .first-time')).toBe("The first time, on “Try it yourself”: Not answered");
    await goTo("#/welcome");
    await goTo("#/practice");
    expect(words('[data-question="share"] .first-time')).toContain("Not answered");
  });
});
