// @vitest-environment jsdom
import { beforeEach, describe, expect, test } from "vitest";

import type { Opened } from "./ui-page";
import { all, check, choose, hasFocus, openPage, the, words } from "./ui-page";

const of = (question: string, selector: string): string => `[data-question="${question}"] ${selector}`;
const marks = (question: string): string[] => all(of(question, ".option")).map((row) => row.dataset["marked"] ?? "");

describe("practice", () => {
  let opened: Opened;
  beforeEach(() => {
    opened = openPage({ hash: "#/practice" });
  });

  test("answers are hidden from learners, not from readers without script", () => {
    for (const answers of all("[data-page=practice] [data-answers]")) expect(answers.hidden).toBe(true);
  });

  test("a right answer: outcome, feedback, focus, locked", () => {
    choose("finished-leaflet", "b");
    check("finished-leaflet");
    expect(opened.session.answered("finished-leaflet")?.response).toEqual(["b"]);
    expect(hasFocus(of("finished-leaflet", "[data-outcome]"))).toBe(true);
    expect(words(of("finished-leaflet", "[data-outcome]"))).toBe(
      "CorrectYes. Views are sought on a ready product; staff keep the decision.",
    );
    expect(marks("finished-leaflet")).toEqual(["", "right", ""]);
    expect(all<HTMLInputElement>(of("finished-leaflet", "input")).every((input) => input.disabled)).toBe(true);
    expect(the(of("finished-leaflet", "[data-action=answer]")).hidden).toBe(true);
    expect(the(of("finished-leaflet", "[data-action=retry]")).hidden).toBe(true);
  });

  test("a wrong answer with tries left does not give the right one away; the last one does", () => {
    choose("finished-leaflet", "a");
    check("finished-leaflet");
    expect(words(of("finished-leaflet", "[data-outcome]"))).toContain("Not quite");
    expect(words(of("finished-leaflet", "[data-outcome]"))).toContain("You have 1 more try.");
    expect(words(of("finished-leaflet", "[data-outcome]"))).not.toContain("Consultation");
    expect(marks("finished-leaflet")).toEqual(["wrong", "", ""]);
    expect(words(of("finished-leaflet", '[data-option="a"] [data-mark]'))).toBe("Your answer, not right");
    const retry = the(of("finished-leaflet", "[data-action=retry]"));
    retry.click();
    expect(hasFocus(of("finished-leaflet", 'input[value="a"]'))).toBe(true);
    expect(all<HTMLInputElement>(of("finished-leaflet", "input")).some((input) => input.checked || input.disabled)).toBe(false);
    expect(the(of("finished-leaflet", "[data-outcome]")).hidden).toBe(true);
    choose("finished-leaflet", "c");
    check("finished-leaflet");
    expect(marks("finished-leaflet")).toEqual(["", "missed", "wrong"]);
    expect(words(of("finished-leaflet", "[data-outcome]"))).toContain("Right answer Consultation");
    expect(retry.hidden).toBe(true);
  });

  test("several answers: partly right, feedback on each with what it is about", () => {
    choose("share", "a", "b");
    check("share");
    const outcome = the(of("share", "[data-outcome]"));
    expect(outcome.dataset["outcome"]).toBe("wrong");
    expect(all(of("share", ".said-about")).map((about) => about.textContent)).toEqual([
      "Parents choose the topic with staff",
      "Parents fill in a survey",
    ]);
    the(of("share", "[data-action=retry]")).click();
    choose("share", "a");
    check("share");
    expect(outcome.dataset["outcome"]).toBe("partly");
    expect(words(of("share", ".outcome-title"))).toBe("Partly right");
    expect(words(of("share", "[data-outcome]"))).toContain("Who decides?");
  });

  test("checking without an answer asks for one and goes to the first control", () => {
    check("ends");
    expect(words(of("ends", "[data-please]"))).toBe("Choose an answer first.");
    expect(hasFocus(of("ends", 'input[value="true"]'))).toBe(true);
    expect(opened.session.answered("ends")).toBeNull();
    choose("ends", "true");
    expect(words(of("ends", "[data-please]"))).toBe("");
  });

  test("true and false are responses of their own", () => {
    choose("ends", "true");
    check("ends");
    expect(opened.session.answered("ends")?.response).toEqual(["true"]);
    expect(words(of("ends", "[data-outcome]"))).toBe("Not quiteIt goes on.Right answer False");
    expect(marks("ends")).toEqual(["wrong", "missed"]);
  });

  test("the focus is on the outcome before the control that had it is disabled", () => {
    const input = the<HTMLInputElement>(of("ends", 'input[value="false"]'));
    let lost = false;
    const outcome = the(of("ends", "[data-outcome]"));
    Object.defineProperty(input, "disabled", {
      set(value: boolean) {
        if (value && document.activeElement !== outcome) lost = true;
      },
    });
    input.click();
    the<HTMLFormElement>(of("ends", "form")).requestSubmit();
    expect(document.activeElement === outcome).toBe(true);
    expect(lost).toBe(false);
  });
});

test("a question answered earlier is shown as it was left, without taking the focus", () => {
  openPage({
    hash: "#/practice",
    before(session) {
      session.answer("finished-leaflet", ["b"]);
      session.answer("share", ["b"]);
    },
  });
  expect(the<HTMLInputElement>(of("finished-leaflet", 'input[value="b"]')).checked).toBe(true);
  expect(words(of("finished-leaflet", ".outcome-title"))).toBe("Correct");
  expect(the(of("share", "[data-action=retry]")).hidden).toBe(false);
  expect(document.activeElement === document.body).toBe(true);
});

test("feedback is text of the author's, copied as it stands", () => {
  openPage({ hash: "#/practice" });
  the(of("finished-leaflet", '[data-feedback="b"]')).innerHTML = "<p>One <em>word</em></p>";
  choose("finished-leaflet", "b");
  check("finished-leaflet");
  expect(the(of("finished-leaflet", ".said")).innerHTML).toBe("<p>One <em>word</em></p>");
});
