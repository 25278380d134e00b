// @vitest-environment jsdom
import { beforeEach, describe, expect, test } from "vitest";

import { decode, encode } from "../src/state";
import { isPrivate } from "../src/trackers/privacy";
import type { Opened } from "./ui-page";
import { all, check, hasFocus, openPage, the, words } from "./ui-page";

const of = (question: string, selector: string): string => `[data-question="${question}"] ${selector}`;
const fields = (question: string): HTMLInputElement[] => all<HTMLInputElement>(of(question, "[data-gap] :is(input, select)"));
const marks = (question: string): string[] => all(of(question, "[data-gap]")).map((gap) => gap.dataset["marked"] ?? "");
const said = (question: string): string[] => all(of(question, "[data-mark]")).map((mark) => mark.textContent ?? "");

/** Writes as a learner does: each text with its `input` event, then `change` on leaving. */
function write(question: string, ...texts: string[]): void {
  fields(question).forEach((field, index) => {
    const text = texts[index];
    if (text === undefined) return;
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

let opened: Opened;
const open = (more: Parameters<typeof openPage>[0] = {}): Opened => (opened = openPage({ page: "written.html", hash: "#/1", ...more }));

describe("fill-in", () => {
  beforeEach(() => void open());

  test("a right answer, whatever its case and blanks", () => {
    write("called", "  CONSULTATION ");
    check("called");
    expect(opened.session.answered("called")).toMatchObject({ response: ["CONSULTATION"], correct: true, locked: true });
    expect(hasFocus(of("called", "[data-outcome]"))).toBe(true);
    expect(words(of("called", "[data-outcome]"))).toBe("CorrectYes.");
    expect(said("called")).toEqual(["Right"]);
    expect(fields("called")[0]?.disabled).toBe(true);
  });

  test("a slip of the finger is accepted, and the right spelling shown", () => {
    write("called", "consultatoin");
    check("called");
    expect(opened.session.answered("called")?.correct).toBe(true);
    expect(said("called")).toEqual(["Right, spelt “consultation”"]);
  });

  test("what the pattern takes is right as it is", () => {
    write("called", "consulting");
    check("called");
    expect(opened.session.answered("called")?.correct).toBe(true);
    expect(said("called")).toEqual(["Right"]);
  });

  test("a wrong text that was foreseen has its own feedback, also misspelt; the next try goes on from it", () => {
    write("called", "Co-prodution");
    check("called");
    expect(words(of("called", "[data-outcome]"))).toBe(
      "Not quiteIn co-production the decision is shared.It begins with a c.You have 1 more try.",
    );
    expect(said("called")).toEqual(["Not right"]);
    expect(words(of("called", "[data-outcome]"))).not.toContain("consultation");
    the(of("called", "[data-action=retry]")).click();
    expect(hasFocus(of("called", "input"))).toBe(true);
    expect(fields("called")[0]?.value).toBe("Co-prodution");
    expect(marks("called")).toEqual([""]);
    write("called", "survey");
    check("called");
    expect(words(of("called", "[data-outcome]"))).toContain("Accepted answers");
    expect(words(of("called", "[data-outcome]"))).toContain("consultation");
  });

  test("checking with nothing written asks for something", () => {
    write("called", "   ");
    check("called");
    expect(words(of("called", "[data-please]"))).toBe("Write an answer first.");
    expect(hasFocus(of("called", "input"))).toBe(true);
    expect(opened.session.answered("called")).toBeNull();
    write("called", "c");
    expect(words(of("called", "[data-please]"))).toBe("");
  });

  test("what is half written is kept, and there again", () => {
    write("called", "consul");
    expect(opened.session.draft("called")).toEqual(["consul"]);
    write("jug", "plenty");
    write("listed", "", "a");
    const state = opened.session.state();
    open({ before: (session) => ["called", "jug", "listed"].forEach((id) => session.keepDraft(id, state.answers[id]?.response ?? [])) });
    expect(fields("called")[0]).toMatchObject({ value: "consul", disabled: false });
    expect(fields("jug")[0]?.value).toBe("plenty");
    expect(fields("listed").map((field) => field.value)).toEqual(["", "a"]);
    expect(the(of("called", "[data-outcome]")).hidden).toBe(true);
    write("called", "");
    expect(opened.session.draft("called")).toBeNull();
  });

  test("an earlier answer is there again", () => {
    open({ before: (session) => session.answer("called", ["survey"]) });
    expect(fields("called")[0]?.value).toBe("survey");
    expect(said("called")).toEqual(["Not right"]);
    expect(the(of("called", "[data-action=retry]")).hidden).toBe(false);
  });
});

describe("numeric", () => {
  beforeEach(() => void open());

  test.each([
    ["750", "750", true],
    [" 725,0 ml", "725,0", true],
    ["775ML", "775", true],
    ["ml 7 7 5", "775", true],
    ["724.9", "724.9", false],
    ["\u2212750", "-750", false],
  ])("%s is read as %s", (written, read, correct) => {
    write("jug", written);
    check("jug");
    expect(opened.session.answered("jug")).toMatchObject({ response: [read], correct });
  });

  test.each(["plenty", "0.75 l", "1,500", "12,345,678", "1.500,000", "75 or 76", "12345678901234567"])("%s is asked for again, and costs no try", (written) => {
    write("jug", written);
    check("jug");
    expect(words(of("jug", "[data-please]"))).toBe("Write one number in figures, such as 12.5, without commas between thousands.");
    expect(hasFocus(of("jug", "input"))).toBe(true);
    expect(opened.session.answered("jug")).toBeNull();
  });

  test("nothing written", () => {
    check("jug");
    expect(words(of("jug", "[data-please]"))).toBe("Write an answer first.");
  });

  test("what would have been right is told after the last try", () => {
    for (const number of ["1", "2"]) {
      write("jug", number);
      check("jug");
      if (number === "1") the(of("jug", "[data-action=retry]")).click();
    }
    expect(words(of("jug", "[data-outcome]")).replace("\u00a0", " ")).toContain("Right answer 750 ml (accepted: 725 to 775)");
  });
});

describe("cloze", () => {
  beforeEach(() => void open());

  test("each gap is marked for itself; some right ones are partly right", () => {
    write("decide", "The Staff", "parents & stuff", "");
    check("decide");
    expect(opened.session.answered("decide")).toMatchObject({ response: ["The Staff", "parents & stuff", ""], correct: false });
    expect(opened.session.answered("decide")?.score).toBeCloseTo(2 / 3);
    expect(the(of("decide", "[data-outcome]")).dataset["outcome"]).toBe("partly");
    expect(said("decide")).toEqual(["Right", "Right, spelt “parents & staff”", ""]);
    expect(marks("decide")).toEqual(["right", "right", ""]);
  });

  test("the next try keeps what is there; after the last each gap says what is right", () => {
    write("decide", "parents", "staff", "");
    check("decide");
    expect(words(of("decide", ".cloze"))).not.toContain("it is");
    the(of("decide", "[data-action=retry]")).click();
    expect(fields("decide").map((field) => field.value)).toEqual(["parents", "staff", ""]);
    expect(document.activeElement === fields("decide")[0]).toBe(true);
    check("decide");
    expect(said("decide")).toEqual(["Not right, it is “staff”", "Not right, it is “parents & staff”", "Not right, it is “who is missing”"]);
    expect(words(of("decide", "[data-outcome]"))).toContain("Right answers staff, the staff");
  });

  test("lists: pairs of gap and choice", () => {
    write("listed", "b", "b");
    check("listed");
    expect(opened.session.answered("listed")).toMatchObject({ response: ["a.b", "b.b"], score: 0, correct: false });
    expect(said("listed")).toEqual(["Right", "Not right, it is “announced”"]);
    expect(fields("listed").every((field) => field.disabled)).toBe(true);
  });

  test("lists: nothing chosen, then an answer of one gap, then what was saved", () => {
    check("listed");
    expect(words(of("listed", "[data-please]"))).toBe("Choose an answer first.");
    write("listed", "", "a");
    check("listed");
    expect(opened.session.answered("listed")?.response).toEqual(["b.a"]);
    expect(said("listed")).toEqual(["Not right, it is “shared”", "Right"]);
    open({ before: (session) => session.answer("listed", ["a.b", "b.a"]) });
    expect(fields("listed").map((field) => field.value)).toEqual(["b", "a"]);
    expect(words(of("listed", ".outcome-title"))).toBe("Correct");
  });

  test("saved and read again, gap for gap", () => {
    const course = opened.course;
    opened.session.answer("decide", ["", "x", ""]);
    opened.session.answer("listed", ["b.a"]);
    const { state } = decode(course, encode(course, opened.session.state()).text);
    expect(state?.answers["decide"]?.response).toEqual(["", "x", ""]);
    expect(state?.answers["listed"]?.response).toEqual(["b.a"]);
  });
});

describe("reflection", () => {
  const field = (): HTMLTextAreaElement => the<HTMLTextAreaElement>(of("shift", "textarea"));
  const tell = (text: string, left = true): void => {
    field().value = text;
    field().dispatchEvent(new Event("input", { bubbles: true }));
    if (left) field().dispatchEvent(new Event("change", { bubbles: true }));
  };
  const journal = (): string[] => {
    const seen: string[] = [];
    opened.session.subscribe((entries) => seen.push(...entries.map((entry) => entry.kind)));
    return seen;
  };
  beforeEach(() => void open());

  test("leaving the field keeps the text; asking for the model answer is no second answer", () => {
    const seen = journal();
    tell("I ask.\n\nFirst.");
    expect(opened.session.answered("shift")?.response).toEqual(["I ask.\n\nFirst."]);
    expect(the(of("shift", "[data-outcome]")).hidden).toBe(true);
    check("shift");
    expect(hasFocus(of("shift", "[data-outcome]"))).toBe(true);
    expect(words(of("shift", "[data-outcome]"))).toBe("Thank youA possible answerI ask the parents first.");
    expect(seen.filter((kind) => kind === "answered")).toHaveLength(1);
  });

  test("what was written can be changed as often as the learner likes", () => {
    for (const text of ["One", "Two", "Three"]) {
      tell(text);
      check("shift");
      expect(field().disabled).toBe(true);
      the(of("shift", "[data-action=retry]")).click();
      expect(field().value).toBe(text);
      expect(hasFocus(of("shift", "textarea"))).toBe(true);
    }
    expect(opened.session.answered("shift")).toMatchObject({ response: ["Three"], score: null, locked: false });
  });

  test("nothing, and more than can be saved", () => {
    check("shift");
    expect(words(of("shift", "[data-please]"))).toBe("Write an answer first.");
    tell("\u05d0".repeat(1001));
    check("shift");
    expect(words(of("shift", "[data-please]"))).toBe("This is longer than what can be saved. Shorten it.");
    expect(opened.session.answered("shift")).toBeNull();
    tell("\u05d0".repeat(1000));
    expect(opened.session.answered("shift")?.response[0]).toHaveLength(1000);
  });

  test("no more than its author gives it room for", () => {
    field().maxLength = 100;
    tell("a".repeat(101));
    check("shift");
    expect(words(of("shift", "[data-please]"))).toBe("This is longer than what can be saved. Shorten it.");
    tell("a".repeat(100));
    expect(opened.session.answered("shift")?.response[0]).toHaveLength(100);
  });

  test("on paper stands what is in the field", () => {
    tell("Half a thou", false);
    expect(the(of("shift", "[data-written]")).textContent).toBe("Half a thou");
    let printed = 0;
    window.print = () => void (printed += 1);
    the(of("shift", "[data-action=print]")).click();
    expect(printed).toBe(1);
    open({ before: (session) => session.answer("shift", ["As it was"]) });
    expect(the(of("shift", "[data-written]")).textContent).toBe("As it was");
  });

  test("a reflection without a model answer says thank you", () => {
    const other = the<HTMLTextAreaElement>(of("learnt", "textarea"));
    other.value = "A lot";
    check("learnt");
    expect(words(of("learnt", "[data-outcome]"))).toBe("Thank you");
  });

  test("its words are private unless the author says otherwise", () => {
    const { questions } = opened.course;
    const private_ = Object.fromEntries(questions.map((question) => [question.id, isPrivate(question)]));
    expect(private_).toMatchObject({ shift: true, learnt: false, called: false });
  });
});
