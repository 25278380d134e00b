// @vitest-environment jsdom
import { describe, expect, test } from "vitest";

import { type AnsweredEntry, Session } from "../src/session";
import { decode, encode } from "../src/state";
import { interactionElements } from "../src/trackers/scorm12-interactions";
import { StatementWriter } from "../src/trackers/xapi-statements";
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

const choose = (question: string, item: string, match: string): void => {
  const list = the<HTMLSelectElement>(of(question, `[data-option="${item}"] select`));
  list.value = match;
  list.dispatchEvent(new Event("change", { bubbles: true }));
};
const matchAll = (question: string, matches: Readonly<Record<string, string>>): void => {
  for (const [item, match] of Object.entries(matches)) choose(question, item, match);
};
const listed = (question: string, item: string): string[] =>
  Array.from(the<HTMLSelectElement>(of(question, `[data-option="${item}"] select`)).options, (option) => option.value);
const rows = (question: string): string => all(of(question, "[data-option]")).map((row) => row.dataset["option"]).join("");

describe("matching", () => {
  test("items stand as written; the matches never do, whatever the seed", () => {
    const { session, course } = open();
    expect(rows("who-decides")).toBe("abc");
    const order = session.order("who-decides").filter((key) => "123".includes(key));
    for (const item of "abc") expect(listed("who-decides", item)).toEqual(["", ...order]);
    const orders = Array.from({ length: 200 }, (_, seed) => new Session(course, null, seed).order("who-decides").filter((key) => "123".includes(key)).join(""));
    expect(orders).not.toContain("123");
    expect(new Set(orders).size).toBe(5);
  });

  test("each list is named by its item", () => {
    open();
    for (const list of all<HTMLSelectElement>(of("who-decides", "select"))) {
      expect(list.labels).toHaveLength(1);
      expect(list.labels[0]?.textContent?.trim()).not.toBe("");
    }
  });

  test("an answer with something left open is asked for, and the first open list gets the focus", () => {
    const { session } = open();
    check("who-decides");
    expect(words(of("who-decides", "[data-please]"))).toBe("Choose an answer first.");
    choose("who-decides", "a", "1");
    expect(words(of("who-decides", "[data-please]"))).toBe("");
    check("who-decides");
    expect(words(of("who-decides", "[data-please]"))).toBe("Choose one for each of them first.");
    expect(hasFocus(of("who-decides", '[data-option="b"] select'))).toBe(true);
    expect(session.answered("who-decides")).toBeNull();
  });

  test("partly right: marks in words, feedback on wrong items and on what was chosen wrongly, then the pairs", () => {
    const { session } = open();
    matchAll("who-decides", { a: "3", b: "1", c: "2" });
    check("who-decides");
    expect(session.answered("who-decides")?.response).toEqual(["a.3", "b.1", "c.2"]);
    expect(session.answered("who-decides")?.score).toBeCloseTo(2 / 3);
    expect(marks("who-decides")).toEqual(["wrong", "right", "right"]);
    expect(told("who-decides")).toEqual(["Not right", "Right", "Right"]);
    expect(outcome("who-decides")).toContain("InformingNobody is asked when people are informed.");
    expect(outcome("who-decides")).toContain("Parents decide alone.Neither of them goes as far as that.");
    expect(outcome("who-decides")).not.toContain("Right answers");
    expect(all<HTMLSelectElement>(of("who-decides", "select")).every((list) => list.disabled)).toBe(true);
    retry("who-decides");
    expect(all<HTMLSelectElement>(of("who-decides", "select")).map((list) => list.value)).toEqual(["3", "1", "2"]);
    expect(hasFocus(of("who-decides", '[data-option="a"] select'))).toBe(true);
    choose("who-decides", "a", "2");
    check("who-decides");
    expect(told("who-decides")[0]).toBe("Not right. Right is: Staff decide and tell parents.");
    expect(outcome("who-decides")).toContain("Right answers");
    expect(the(of("who-decides", "[data-outcome] .pairs")).textContent).toContain("Staff decide after hearing parents.");
  });

  test("all right", () => {
    const { session } = open();
    matchAll("who-decides", { a: "1", b: "1", c: "2" });
    check("who-decides");
    expect(session.answered("who-decides")?.correct).toBe(true);
    expect(outcome("who-decides")).toBe("CorrectYes.");
  });

  test("in an assessment what there is counts, and the review tells what was right", () => {
    const { session } = open({ hash: "#/check", before: (made) => void made.startAttempt("check") });
    choose("check-who-decides", "b", "1");
    expect(session.answered("check-who-decides")?.response).toEqual(["b.1"]);
    open({ hash: "#/check", before: (made) => (made.startAttempt("check"), made.answer("check-who-decides", ["a.2", "b.1"]), void made.submitAttempt("check")) });
    expect(marks("check-who-decides")).toEqual(["wrong", "right", "missed"]);
    expect(told("check-who-decides")[2]).toBe("Right is: Staff decide after hearing parents.");
    expect(all<HTMLSelectElement>(of("check-who-decides", "select")).map((list) => list.value)).toEqual(["2", "1", ""]);
  });
});

describe("categorise", () => {
  test("groups stand as written; the things never do, whatever the seed", () => {
    const { session, course } = open();
    expect(listed("decide-or-ask", "a")).toEqual(["", "1", "2"]);
    expect(rows("decide-or-ask")).toBe(session.order("decide-or-ask").filter((key) => "abcd".includes(key)).join(""));
    const orders = Array.from({ length: 500 }, (_, seed) => new Session(course, null, seed).order("decide-or-ask").filter((key) => "abcd".includes(key)).join(""));
    expect(orders).not.toContain("abcd");
    expect(new Set(orders).size).toBe(23);
  });

  test("what is said of a group goes to whoever puts something wrong into it", () => {
    const { session } = open();
    matchAll("decide-or-ask", { a: "1", b: "1", c: "1", d: "2" });
    check("decide-or-ask");
    // Reported as written, in whatever order the things were shown.
    expect(session.answered("decide-or-ask")?.response).toEqual(["a.1", "b.1", "c.1", "d.2"]);
    expect(session.answered("decide-or-ask")?.score).toBe(0.75);
    expect(outcome("decide-or-ask")).toContain("DecidesWhat decides has a vote.");
    expect(outcome("decide-or-ask")).not.toContain("Those who steer");
    retry("decide-or-ask");
    matchAll("decide-or-ask", { b: "2", c: "2" });
    check("decide-or-ask");
    expect(outcome("decide-or-ask")).toContain("A steering groupThose who steer, decide.");
    expect(outcome("decide-or-ask")).not.toContain("What decides has a vote.");
    expect(all(of("decide-or-ask", "[data-outcome] .pairs dt")).map((group) => group.textContent)).toEqual(["Decides", "Only asks"]);
  });
});

describe("what reports are told", () => {
  function reported(question: string, response: readonly string[]) {
    const { session, course } = open();
    const entries: AnsweredEntry[] = [];
    session.subscribe((told) => entries.push(...told.filter((entry): entry is AnsweredEntry => entry.kind === "answered")));
    session.answer(question, response);
    const entry = entries[0] as AnsweredEntry;
    const at = { time: 0, seconds: 0 };
    const launch = { activityId: course.id, actor: {}, registration: "", grouping: "", platform: "" };
    const statement = new StatementWriter(course, launch as never).entry(entry, "id", at) as unknown as {
      object: { definition: Record<string, unknown> };
      result: Record<string, unknown>;
    };
    return { elements: Object.fromEntries(interactionElements(course, entry, at)), statement };
  }

  test("an order: letters", () => {
    const { elements, statement } = reported("washing", ["b", "a", "c", "d"]);
    expect(elements).toMatchObject({
      type: "sequencing",
      "correct_responses.0.pattern": "a,b,c,d",
      student_response: "b,a,c,d",
      result: "0.67",
    });
    expect(statement.object.definition).toMatchObject({ interactionType: "sequencing", correctResponsesPattern: ["a[,]b[,]c[,]d"] });
    expect(statement.object.definition["choices"]).toHaveLength(4);
    expect(statement.result["response"]).toBe("b[,]a[,]c[,]d");
  });

  test.each([
    ["who-decides", ["a.3", "b.1", "c.2"], "a.1,b.1,c.2", 3, 3],
    ["decide-or-ask", ["a.1", "b.1", "c.1", "d.2"], "a.1,b.1,c.2,d.2", 4, 2],
  ])("%s: pairs of a letter and a digit", (question, response, right, items, matches) => {
    const { elements, statement } = reported(question, response);
    expect(elements).toMatchObject({ type: "matching", "correct_responses.0.pattern": right, student_response: response.join() });
    const inBrackets = (codes: string): string => codes.replace(/\./g, "[.]").replace(/,/g, "[,]");
    expect(statement.object.definition).toMatchObject({ interactionType: "matching", correctResponsesPattern: [inBrackets(right)] });
    expect(statement.object.definition["source"]).toHaveLength(items);
    expect(statement.object.definition["target"]).toHaveLength(matches);
    expect(statement.result["response"]).toBe(inBrackets(response.join()));
  });

  test("answers come back from saved progress as they were", () => {
    const { session, course } = open();
    const given: Record<string, string[]> = {
      washing: ["d", "b", "a", "c"],
      "who-decides": ["a.3", "b.1", "c.2"],
      "decide-or-ask": ["a.2", "b.1", "c.1", "d.2"],
    };
    for (const [question, response] of Object.entries(given)) session.answer(question, response);
    const read = decode(course, encode(course, session.state()).text);
    const again = new Session(course, read.state, 1);
    for (const [question, response] of Object.entries(given)) expect(again.answered(question)?.response).toEqual(response);
  });
});
