// @vitest-environment jsdom
import { describe, expect, test } from "vitest";

import type { Session } from "../src/session";
import { all, check, choose, hasFocus, openPage, the, words } from "./ui-page";

const RIGHT: Readonly<Record<string, readonly string[]>> = {
  "check-leaflet": ["b"],
  "check-share": ["a", "c"],
  "check-ends": ["false"],
  "each-leaflet": ["b"],
  "each-ends": ["false"],
};
const on = (page: string, selector: string): string => `[data-page="${page}"] ${selector}`;
const start = (page: string): void => the(on(page, "[data-action=start]")).click();
const submit = (page: string): void => the(on(page, "[data-action=submit]")).click();
const paper = (page: string): string[] =>
  all(on(page, "[data-question]")).filter((question) => !question.hidden).map((question) => question.dataset["question"] ?? "");
const right = (...questions: string[]): void => questions.forEach((question) => choose(question, ...(RIGHT[question] ?? [])));

describe("an assessment with feedback at its end", () => {
  test("begins with its introduction; the paper comes with Start, in the Session's order", () => {
    const { session } = openPage({ hash: "#/check" });
    expect(the(on("check", "[data-paper]")).hidden).toBe(true);
    start("check");
    expect(the(on("check", "[data-intro]")).hidden).toBe(true);
    expect(paper("check")).toEqual([...session.attempt("check").paper]);
    expect(paper("check")).not.toEqual(["check-leaflet", "check-share", "check-ends"]);
    const first = paper("check")[0] ?? "";
    expect(hasFocus(`[data-question="${first}"] [data-question-title]`)).toBe(true);
    expect(all(on("check", "[data-number]")).map((number) => number.textContent)).toEqual(["1", "2", "3"]);
    const keys = all('[data-question="check-share"] [data-option]').map((option) => option.dataset["option"]);
    expect(keys).toEqual([...session.order("check-share")]);
  });

  test("every change is kept at once, nothing is told, answers can be changed and taken back", () => {
    const { session } = openPage({ hash: "#/check" });
    start("check");
    choose("check-leaflet", "a");
    expect(session.answered("check-leaflet")?.response).toEqual(["a"]);
    choose("check-leaflet", "b");
    expect(session.answered("check-leaflet")?.response).toEqual(["b"]);
    expect(words(on("check", "[data-answered]"))).toBe("1 of 3 questions answered");
    choose("check-share", "a");
    choose("check-share", "a");
    expect(session.answered("check-share")).toBeNull();
    expect(all(on("check", "[data-outcome]")).every((outcome) => outcome.hidden)).toBe(true);
    expect(all(on("check", "[data-action=answer]")).every((button) => button.hidden)).toBe(true);
  });

  test("submitting with questions open lists them and asks", () => {
    const { session } = openPage({ hash: "#/check" });
    start("check");
    const [first = "", second = ""] = paper("check");
    right(first);
    submit("check");
    expect(session.attempt("check").state).toBe("running");
    expect(hasFocus(on("check", "[data-unanswered]"))).toBe(true);
    expect(words(on("check", "[data-unanswered] h2"))).toBe("You have not answered 2 questions");
    const links = all(on("check", "[data-unanswered] a"));
    expect(links.map((link) => link.textContent)).toEqual(["Question 2", "Question 3"]);
    links[0]?.click();
    expect(document.activeElement?.closest<HTMLElement>("[data-question]")?.dataset["question"]).toBe(second);
    the(on("check", "[data-unanswered] button")).click();
    expect(session.attempt("check").state).toBe("ready");
    expect(words(on("check", ".verdict"))).toBe("You have not passed this time");
  });

  test("results: score, pass mark, verdict in words, each question, review, focus", () => {
    openPage({ hash: "#/check" });
    start("check");
    right(...paper("check"));
    submit("check");
    const results = the(on("check", "[data-results]"));
    expect(results.hidden).toBe(false);
    expect(document.activeElement === results).toBe(true);
    expect(words(on("check", ".verdict"))).toBe("You have passed");
    expect(words(on("check", ".score"))).toBe("You scored 100%");
    expect(words(on("check", ".result"))).toContain("The pass mark is 80%.");
    expect(all(on("check", ".review-verdict")).map((verdict) => verdict.textContent)).toEqual(["Right", "Right", "Right"]);
    expect(all(on("check", ".review-prompt")).map((prompt) => prompt.textContent)).toContain("Co-production ends when the leaflet is printed.");
    expect(the(on("check", "[data-submit]")).hidden).toBe(true);
    expect(words('[data-question="check-leaflet"] .outcome-title')).toBe("Correct");
    expect(all<HTMLInputElement>(on("check", "input")).every((input) => input.disabled)).toBe(true);
    all(on("check", ".review a"))[1]?.click();
    expect(hasFocus(`[data-question="${paper("check")[1]}"] [data-question-title]`)).toBe(true);
  });

  test("again: a new paper, empty", () => {
    openPage({ hash: "#/check" });
    start("check");
    choose("check-leaflet", "a");
    submit("check");
    the(on("check", "[data-unanswered] button")).click();
    const again = the(on("check", "[data-action=again]"));
    expect(again.hidden).toBe(false);
    again.click();
    expect(all<HTMLInputElement>(on("check", "input")).some((input) => input.checked || input.disabled)).toBe(false);
    expect(the(on("check", "[data-results]")).hidden).toBe(true);
    expect(document.activeElement?.matches("[data-question-title]")).toBe(true);
    right(...paper("check"));
    submit("check");
    expect(words(on("check", ".verdict"))).toBe("You have passed");
  });

  test("a paper that was left half way is there again with its answers", () => {
    openPage({
      hash: "#/check",
      before(session: Session) {
        session.startAttempt("check");
        session.answer("check-share", ["a", "c"]);
      },
    });
    expect(the(on("check", "[data-paper]")).hidden).toBe(false);
    expect(the<HTMLInputElement>('[data-question="check-share"] input[value="c"]').checked).toBe(true);
    expect(the(on("check", "[data-intro]")).hidden).toBe(true);
  });
});

describe("an assessment with feedback after each question", () => {
  test("draws its questions, tells after each, counts attempts", () => {
    const { session } = openPage({ hash: "#/again" });
    start("again");
    const [question = ""] = paper("again");
    expect(paper("again").length).toBe(1);
    choose(question, question === "each-ends" ? "true" : "a");
    expect(session.answered(question)).toBeNull();
    check(question);
    expect(words(`[data-question="${question}"] .outcome-title`)).toBe("Not quite");
    expect(the(`[data-question="${question}"] [data-action=retry]`).hidden).toBe(true);
    submit("again");
    expect(words(on("again", ".result"))).toContain("You have 1 attempt left.");
    the(on("again", "[data-action=again]")).click();
    const [next = ""] = paper("again");
    right(next);
    check(next);
    submit("again");
    expect(words(on("again", ".result"))).toContain("You scored 100%");
    expect(words(on("again", ".result"))).toContain("You have used all your attempts.");
    expect(the(on("again", "[data-action=again]")).hidden).toBe(true);
  });
});

describe("an assessment that keeps its answers to itself", () => {
  const quiet = (review: boolean): ReturnType<typeof openPage> => {
    const { course } = openPage();
    const pages = course.pages.map((page) =>
      page.id === "check" && page.assessment ? { ...page, assessment: { ...page.assessment, feedback: "never" as const, review } } : page,
    );
    return openPage({ hash: "#/check", course: { pages } });
  };

  test("says the score and no more", () => {
    quiet(true);
    start("check");
    right(...paper("check"));
    submit("check");
    expect(words(on("check", ".score"))).toBe("You scored 100%");
    expect(all(on("check", ".review-verdict"))).toEqual([]);
    expect(all(on("check", "[data-outcome]")).every((outcome) => outcome.hidden)).toBe(true);
    expect(all(on("check", "[data-marked]")).every((row) => row.dataset["marked"] === "")).toBe(true);
  });

  test("without review the paper is gone", () => {
    quiet(false);
    start("check");
    right(...paper("check"));
    submit("check");
    expect(the(on("check", "[data-paper]")).hidden).toBe(true);
  });
});
