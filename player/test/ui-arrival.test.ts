// @vitest-environment jsdom
import { describe, expect, test } from "vitest";

import { Session } from "../src/session";
import { arrive } from "../src/ui-arrival";
import { goldenCourse, openPage, shown } from "./ui-page";

/** The golden page as it is when a course has left off at `at`, before it comes to life. */
async function arriveAt(at: string, hash: string, course = goldenCourse()): Promise<void> {
  openPage();
  document.documentElement.removeAttribute("data-ready");
  const session = new Session(course, null, 7);
  session.openPage(at);
  window.history.replaceState(null, "", `/${hash}`);
  await arrive(window, session);
}

describe("the page that is shown first", () => {
  test.each([
    ["", "words"],
    ["#/practice", "practice"],
    ["#/words/meanings", "words"],
    ["#/~about", "~about"],
    ["#/no-such-page", "words"],
    ["#menu", "words"],
  ])("with the address %s it is %s", async (hash, expected) => {
    await arriveAt("words", hash);
    expect(shown()).toBe(expected);
    expect(document.documentElement.hasAttribute("data-arrived")).toBe(true);
  });

  test("a page that is locked is not shown, whatever the address says", async () => {
    const course = goldenCourse();
    const pages = course.pages.map((page) => (page.id === "practice" ? { ...page, unlock: [{ kind: "done", pages: ["words"] }] as const } : page));
    await arriveAt("welcome", "#/practice", { ...course, pages });
    expect(shown()).toBe("welcome");
  });

  test("in the background, where nothing is painted, nobody waits for it", async () => {
    window.requestAnimationFrame = () => 0;
    await arriveAt("words", "");
    expect(shown()).toBe("words");
  });
});
