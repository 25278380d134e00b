// @vitest-environment jsdom
import { describe, expect, test } from "vitest";

import { Session } from "../src/session";
import type { Opened } from "./ui-page";
import { all, check, hasFocus, openPage, the, words } from "./ui-page";

const of = (question: string, selector: string): string => `[data-question="${question}"] ${selector}`;
const open = (more: Parameters<typeof openPage>[0] = {}): Opened => openPage({ page: "arranging.html", hash: "#/practice", ...more });
const marks = (question: string): string[] => all(of(question, ".item")).map((row) => row.dataset["marked"] ?? "");
const told = (question: string): string[] => all(of(question, "[data-mark]")).map((mark) => mark.textContent ?? "");
const outcome = (question: string): string => words(of(question, "[data-outcome]"));
const retry = (question: string): void => the(of(question, "[data-action=retry]")).click();

describe("sequencing", () => {
  const shown = (question = "washing"): string => all(of(question, "[data-option]")).map((row) => row.dataset["option"]).join("");
  const button = (item: string, way: "up" | "down", question = "washing"): HTMLButtonElement =>
    the<HTMLButtonElement>(of(question, `[data-option="${item}"] [data-move=${way}]`));

  /** Puts the items into this order, from the top, by the buttons alone. */
  function arrange(wanted: string, question = "washing"): void {
    [...wanted].forEach((item, place) => {
      while (shown(question).indexOf(item) > place) button(item, "up", question).click();
    });
    expect(shown(question)).toBe(wanted);
  }

  test("no learner sees the right order first, whatever the seed", () => {
    const { session, course } = open();
    expect(shown()).toBe(session.order("washing").join(""));
    const right = course.questions[0]?.interaction.correct[0];
    const orders = Array.from({ length: 500 }, (_, seed) => new Session(course, null, seed).order("washing").join());
    expect(orders).not.toContain(right?.join());
    expect(new Set(orders).size).toBe(23);
  });

  test("a move keeps the focus and is said; at the ends nothing moves, and that is said too", () => {
    open();
    const [first, second] = shown();
    const down = button(first as string, "down");
    down.focus();
    down.click();
    expect(shown().slice(0, 2)).toBe(`${second}${first}`);
    expect(document.activeElement === down).toBe(true);
    const name = words(of("washing", `[data-option="${first}"] .item-words`));
    expect(words(of("washing", "[data-moved]"))).toBe(`${name} moved to place 2 of 4.`);
    expect(button(second as string, "up").getAttribute("aria-disabled")).toBe("true");
    expect(button(first as string, "up").getAttribute("aria-disabled")).toBe("false");
    const before = shown();
    button(second as string, "up").click();
    expect(shown()).toBe(before);
    expect(words(of("washing", "[data-moved]"))).toContain("is in the first place already");
    button(before[3] as string, "down").click();
    expect(words(of("washing", "[data-moved]"))).toContain("is in the last place already");
  });

  test("each button says what it moves", () => {
    open();
    for (const one of all(of("washing", "[data-move]"))) {
      const [own, item] = (one.getAttribute("aria-labelledby") ?? "").split(" ");
      expect(own).toBe(one.id);
      expect(document.getElementById(item ?? "")?.textContent?.trim()).not.toBe("");
    }
  });

  test("an order that chance gave is no answer", () => {
    const { session } = open();
    check("washing");
    expect(words(of("washing", "[data-please]"))).toBe("Put them in order first.");
    expect(session.answered("washing")).toBeNull();
    expect(document.activeElement?.matches("[data-move]:not([aria-disabled=true])")).toBe(true);
  });

  test("a wrong order says which places are wrong, and a second try goes on from there", () => {
    const { session } = open();
    arrange("bacd");
    check("washing");
    expect(session.answered("washing")?.response).toEqual(["b", "a", "c", "d"]);
    expect(hasFocus(of("washing", "[data-outcome]"))).toBe(true);
    expect(outcome("washing")).toMatch(/^Partly right/);
    expect(outcome("washing")).toContain("Wet your handsWater first.");
    expect(outcome("washing")).not.toContain("Rubbing needs soap.");
    expect(outcome("washing")).not.toContain("Right order");
    expect(marks("washing")).toEqual(["wrong", "wrong", "right", "right"]);
    expect(told("washing").slice(1, 3)).toEqual(["Not in the right place", "In the right place"]);
    expect(all(of("washing", "[data-moves]")).every((moves) => moves.hidden)).toBe(true);
    retry("washing");
    expect(shown()).toBe("bacd");
    expect(marks("washing")).toEqual(["", "", "", ""]);
    expect(document.activeElement?.matches("[data-move]")).toBe(true);
    arrange("bcad");
    check("washing");
    expect(told("washing")[0]).toBe("Not in the right place: it belongs in place 2");
    expect(outcome("washing")).toContain("Right order Wet your hands Take soap Rub Rinse");
  });

  test("the right order", () => {
    const { session } = open();
    arrange("abcd");
    check("washing");
    expect(session.answered("washing")?.correct).toBe(true);
    expect(outcome("washing")).toBe("CorrectYes.");
    expect(marks("washing")).toEqual(["right", "right", "right", "right"]);
  });

  test("what was answered earlier is shown as it was left", () => {
    open({ before: (session) => session.answer("washing", ["d", "a", "b", "c"]) });
    expect(shown()).toBe("dabc");
    expect(document.activeElement === document.body).toBe(true);
  });

  test("in an assessment every move is kept, and the review tells the places", () => {
    const { session } = open({ hash: "#/check", before: (made) => void made.startAttempt("check") });
    expect(session.answered("check-washing")).toBeNull();
    arrange("dcba", "check-washing");
    expect(session.answered("check-washing")?.response).toEqual(["d", "c", "b", "a"]);
    expect(told("check-washing")).toEqual(["", "", "", ""]);
    open({ hash: "#/check", before: (made) => (made.startAttempt("check"), void made.submitAttempt("check")) });
    expect(told("check-washing").every((mark) => mark.startsWith("Belongs in place"))).toBe(true);
    expect(new Set(marks("check-washing"))).toEqual(new Set(["missed"]));
  });
});
