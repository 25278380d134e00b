// @vitest-environment jsdom
import { beforeEach, describe, expect, test } from "vitest";

import type { Question } from "../src/course";
import { Session } from "../src/session";
import { decode, encode } from "../src/state";
import { QuestionUi } from "../src/ui-question";
import { sayer } from "../src/ui-words";
import { makeCourse } from "./courses";

const WORTH = { "a.a": 0, "a.b": 1, "a.c": 0.5, "b.a": 1, "b.b": 0 };
const CASE: Partial<Question> = {
  id: "case",
  type: "scenario",
  tries: 0,
  scoring: "partial",
  worth: WORTH,
  options: [],
  interaction: {
    kind: "performance",
    description: "A case",
    correct: [["a.b", "b.a"]],
    steps: [{ key: "a", text: "One" }, { key: "b", text: "Two" }],
  },
};

const move = (scene: string, key: string, to: string, counts = ""): string =>
  `<div class="option" data-go="${key}" data-to="${to}" data-counts="${counts}">
   <input type="radio" id="${scene}${key}" name="case:${scene}" value="${key}"><label for="${scene}${key}">Move ${scene}${key}</label><a data-way href="#x">Leads</a></div>`;
const scene = (key: string, moves: string, ending = ""): string =>
  `<section data-scene="${key}" ${ending && `data-ending="${ending}"`}><h3 class="scene-title" tabindex="-1">Scene ${key}</h3><div data-consequence hidden></div>${moves}</section>`;
const PAGE = `<section data-question="case"><form><h2 data-question-title tabindex="-1"><span data-number></span></h2>
  ${scene("a", move("a", "a", "d", "Trust -1") + move("a", "b", "b", "Calm -1; Trust +2") + move("a", "c", "b"))}
  ${scene("b", move("b", "a", "c") + move("b", "b", "a"))}
  ${scene("c", "", "good")}${scene("d", "", "poor")}
  <p data-counters="Trust" hidden></p><div><button type="submit" data-action="go" hidden></button></div>
  <p data-please></p><div><button type="submit" data-action="answer"></button></div>
  <div data-outcome tabindex="-1" hidden></div><button type="button" data-action="retry" hidden></button></form>
  <details data-answers><div data-feedback="a.b"><p>They give you time.</p></div><ol data-best><li>Best</li></ol>
  <div data-feedback="debrief"><p>Look back.</p></div></details></section>`;

const course = makeCourse([{ questions: ["performance"], each: CASE }]);
const say = sayer({ ...course, words: { "outcome-good": "Good", "outcome-poor": "Poor", counter: "{name} {value}", "move-fair": "Fair" } });
let session: Session;
let question: QuestionUi;
let form: HTMLFormElement;

function open(saved: Session | null = null): void {
  document.body.innerHTML = PAGE;
  form = document.querySelector("form") as HTMLFormElement;
  session = new Session(course, saved === null ? null : decode(course, encode(course, saved.state()).text).state, 1);
  const root = document.querySelector("[data-question]") as HTMLElement;
  question = new QuestionUi(root, course.questions[0] as Question, session, say);
  question.show("check");
}
const shown = (): string => Array.from(document.querySelectorAll<HTMLElement>("[data-scene]")).filter((one) => !one.hidden).map((one) => one.dataset["scene"]).join();
const go = (id: string): void => {
  (document.getElementById(id) as HTMLInputElement).click();
  form.requestSubmit();
};
const text = (css: string): string => document.querySelector(css)?.textContent ?? "";

describe("a case", () => {
  beforeEach(() => open());

  test("one scene at a time; a move shows what comes of it, and the focus is on the next scene's heading", () => {
    expect(shown()).toBe("a");
    expect((document.querySelector("[data-action=answer]")?.parentElement as HTMLElement).hidden).toBe(true);
    expect(Array.from(document.querySelectorAll<HTMLElement>("[data-way]")).every((way) => way.hidden)).toBe(true);
    go("ab");
    expect(shown()).toBe("b");
    expect(document.activeElement?.textContent).toBe("Scene b");
    expect(text('[data-scene="b"] [data-consequence]')).toContain("They give you time.");
    expect(text("[data-counters]")).toBe("Trust 2");
    expect(session.answered("case")).toBeNull();
    expect(session.page("p1").state).not.toBe("done");
  });

  test("to go on without a choice asks for one", () => {
    form.requestSubmit();
    expect(shown()).toBe("a");
    expect(text("[data-please]")).toBe("nothing-chosen");
    expect(document.activeElement?.id).toBe("aa");
  });

  test("at the end: the ending, then the way that was taken, the debrief, and another go", () => {
    go("ac");
    go("ba");
    expect(shown()).toBe("c");
    expect(session.answered("case")).toBeNull();
    form.requestSubmit();
    expect(session.answered("case")).toMatchObject({ response: ["a.c", "b.a"], score: 0.75, locked: false });
    expect(text(".outcome-title")).toBe("Good");
    expect(document.querySelector("[data-outcome]")?.getAttribute("data-outcome")).toBe("given");
    expect(text("[data-outcome]")).toContain("Fair");
    expect(text("[data-outcome] details")).toContain("Best");
    expect(text("[data-outcome]")).toContain("Look back.");
    (document.querySelector("[data-action=retry]") as HTMLButtonElement).click();
    expect(shown()).toBe("a");
    expect(document.activeElement?.textContent).toBe("Scene a");
    go("ab");
    go("ba");
    form.requestSubmit();
    expect(session.answered("case")).toMatchObject({ response: ["a.b", "b.a"], score: 1, tries: 2, locked: false });
    expect(document.querySelector("[data-outcome] details")).toBeNull();
  });

  test("a scene that is met again takes back what was done since", () => {
    go("ab");
    go("bb");
    expect(shown()).toBe("a");
    go("aa");
    form.requestSubmit();
    expect(session.answered("case")?.response).toEqual(["a.a"]);
    expect(text(".outcome-title")).toBe("Poor");
  });

  test("who leaves in the middle goes on there, and nothing counts until the end", () => {
    go("ab");
    expect(session.state().answers["case"]).toEqual({ response: ["a.b"], tries: 0 });
    open(session);
    expect(shown()).toBe("b");
    expect(session.answered("case")).toBeNull();
    go("ba");
    form.requestSubmit();
    expect(session.answered("case")).toMatchObject({ response: ["a.b", "b.a"], tries: 1 });
    open(session);
    expect(shown()).toBe("c");
    expect(text(".outcome-title")).toBe("Good");
  });

  test("a way that the case no longer has is gone as far as it goes", () => {
    session.keepDraft("case", ["a.b", "b.z", "a.a"]);
    question.show("check");
    expect(shown()).toBe("b");
  });
});

test("in a paper the way is given once it has come to an end", () => {
  open();
  session.keepDraft("case", []);
  question.show("collect");
  go("ab");
  expect(session.answered("case")).toBeNull();
  go("ba");
  expect(session.answered("case")?.response).toEqual(["a.b", "b.a"]);
});
