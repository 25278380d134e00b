// @vitest-environment jsdom
import { describe, expect, test } from "vitest";

import type { Course, Page } from "../src/course";
import { all, check, choose, goTo, goldenCourse, hasFocus, openPage, shown, the, words } from "./ui-page";

/** The golden course with rules of the test's own; what Session and page are told is the payload. */
function open(rules: Readonly<Record<string, Partial<Page>>>, more: Partial<Course> = {}, hash = "") {
  const pages = goldenCourse().pages.map((page) => ({ ...page, ...rules[page.id] }));
  return openPage({ course: { pages, ...more }, hash });
}

const unlocked: Record<string, Partial<Page>> = { words: { unlock: [{ kind: "right", pages: ["practice"], question: "finished-leaflet" }] } };
const asked: Record<string, Partial<Page>> = { words: { showIf: [{ question: "finished-leaflet", answers: ["b"] }] } };
const state = (page: string) => words(`[data-page-link="${page}"] [data-page-state]`);

describe("a locked page", () => {
  test("says so in the menu, in words, and stays a link that can be reached", () => {
    open(unlocked);
    expect(state("words")).toBe("Locked");
    expect(the('[data-page-link="words"]').getAttribute("aria-disabled")).toBe("true");
    expect(the('[data-page-link="words"]').tabIndex).toBe(0);
  });

  test("the link to it from the page before says what opens it", () => {
    open(unlocked);
    expect(words('[data-page="welcome"] .next [data-lock]')).toMatch(/^Locked: Find the right answer to “/);
  });

  test("a deep link to it opens another page and explains, with a link to what opens it; the focus is there", async () => {
    open(unlocked, {}, "#/words");
    expect(shown()).toBe("welcome");
    expect(hasFocus('[data-name="locked"]')).toBe(true);
    expect(words('[data-name="locked"] p')).toBe("“Words that matter” is still locked. To open it:");
    const link = the<HTMLAnchorElement>('[data-name="locked"] li a');
    expect(link.hash).toBe("#/practice");
    await goTo(link.hash);
    expect(shown()).toBe("practice");
    expect(document.querySelector('[data-name="locked"]')).toBeNull();
  });

  test("where what opens it is locked too, it says what opens that", () => {
    open({ ...unlocked, practice: { unlock: [{ kind: "done", pages: ["welcome", "about"], section: "Learn" }] } }, {}, "#/words");
    const lines = all('[data-name="locked"] li').map((line) => line.firstChild?.textContent);
    expect(lines[0]).toMatch(/^Find the right answer to “/);
    expect(lines[1]).toBe("Finish the pages of “Learn”");
    expect(all('[data-name="locked"] > ul > li > a')).toHaveLength(0);
  });

  test("it is told politely when it opens, and no more on the next page", async () => {
    open(unlocked, {}, "#/practice");
    choose("finished-leaflet", "b");
    check("finished-leaflet");
    expect(state("words")).toBe("Not started");
    expect(words('[data-name="ways"] li')).toBe("Open now: Words that matter");
    expect(the("[data-notices]").getAttribute("aria-live")).toBe("polite");
    await goTo("#/words");
    expect(shown()).toBe("words");
    expect(document.querySelector('[data-name="ways"]')).toBeNull();
  });
});

describe("a page for some learners", () => {
  test("is in nobody's menu, number or way until the answer is given", async () => {
    open(asked);
    expect(the('[data-page-link="words"]').closest("li")?.hidden).toBe(true);
    expect(words("[data-progress-words]")).toBe("1 of 4 pages done");
    expect(the<HTMLProgressElement>("[data-progress]").max).toBe(4);
    expect(the<HTMLAnchorElement>('[data-page="welcome"] .next').hash).toBe("#/practice");
    expect(words('[data-page="welcome"] .next .page-nav-title')).toBe("Try it yourself");
    expect(the<HTMLAnchorElement>('[data-page="practice"] .previous').hash).toBe("#/welcome");
    expect(words('[data-page="practice"] [data-kicker]')).toBe("Page 2 of 4");
    await goTo("#/practice");
    choose("finished-leaflet", "b");
    check("finished-leaflet");
    expect(words('[data-name="ways"] li')).toBe("Now part of your course: Words that matter");
    expect(the('[data-page-link="words"]').closest("li")?.hidden).toBe(false);
    expect(the<HTMLAnchorElement>('[data-page="welcome"] .next').hash).toBe("#/words");
    expect(words('[data-page="practice"] [data-kicker]')).toBe("Page 3 of 5");
    expect(words("[data-progress-words]")).toContain("of 5 pages done");
  });

  test("a link to it says what that depends on", () => {
    open(asked, {}, "#/words");
    expect(words('[data-name="locked"] p')).toMatch(/^“Words that matter” is not part of your course\. That depends on your answer to “.+”\.$/);
    expect(the<HTMLAnchorElement>('[data-name="locked"] a').hash).toBe("#/practice");
  });
});

describe("what completes the course", () => {
  test("stands in the menu and on the first page, kept up to date, with links to what is left", async () => {
    const { session } = open({ about: { optional: true } }, { completion: { rule: "pages-and-assessment", pages: 3 } });
    const steps = () => all('[data-page="welcome"] [data-steps] li').map((line) => line.textContent?.replace(/\s+/g, " "));
    expect(all("[data-steps]")).toHaveLength(2);
    expect(steps()[0]).toBe("Pages to finish: 3 of 5 1 so far Go to “Words that matter”");
    expect(steps()[1]).toMatch(/^Pass “.+” with at least \d+% Still to do Go to “.+”$/);
    await goTo("#/words");
    expect(steps()[0]).toContain("2 so far");
    expect(session.steps[0]).toMatchObject({ there: 2 });
  });

  test("a statement is the button's words, and is asked for once the pages are done", async () => {
    const { session } = open({}, { completion: { rule: "manual", pages: 2, statement: "I have read it" } });
    expect(words('[data-page="welcome"] [data-steps] li:last-child')).toContain("Confirm at the end: “I have read it”");
    await goTo("#/~results");
    expect(document.querySelector("[data-action=declare]")).toBeNull();
    expect(words("[data-course-results]")).toContain("You can confirm this once the pages above are done.");
    await goTo("#/words");
    await goTo("#/~results");
    expect(words("[data-action=declare]")).toBe("I have read it");
    the("[data-action=declare]").click();
    expect(session.snapshot().complete).toBe(true);
    expect(words("[data-course-results] .verdict")).toBe("You have completed this course");
  });
});
