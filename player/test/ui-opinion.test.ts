// @vitest-environment jsdom
import { expect, test } from "vitest";

import type { Question } from "../src/course";
import { Session } from "../src/session";
import { QuestionUi } from "../src/ui-question";
import { sayer } from "../src/ui-words";
import { makeCourse, parts } from "./courses";

const rows = ["a", "b", "c"].map(
  (key) => `<div class="option" data-option="${key}"><input type="radio" id="${key}" name="q" value="${key}"><label for="${key}">${key}</label><span data-mark></span></div>`,
);
const page = (before = "", feedback = ""): string => `<section data-question="q1"><form><h2 data-question-title tabindex="-1"></h2>
  ${before}${rows.join("")}<p data-please></p><button type="submit" data-action="answer"></button>
  <div data-outcome tabindex="-1" hidden></div><button type="button" data-action="retry" hidden></button></form>
  <details data-answers>${feedback}</details></section>`;

function open(each: Partial<Question>, body: string): Session {
  document.body.innerHTML = body;
  const course = makeCourse([{ questions: ["likert"], each }]);
  const session = new Session(course, null, 1);
  const root = document.querySelector("[data-question]") as HTMLElement;
  new QuestionUi(root, course.questions[0] as Question, session, sayer(course)).show("check");
  return session;
}
const input = (key: string): HTMLInputElement => document.getElementById(key) as HTMLInputElement;
const submit = (): void => (document.querySelector("form") as HTMLFormElement).requestSubmit();
const area = (key: string): SVGElement => document.querySelector(`[data-area="${key}"]`) as SVGElement;
const painted = (): Promise<void> => new Promise((done) => setTimeout(done, 1));

test("an opinion is thanked for, commented, and may be changed from where it stands", () => {
  const told = '<div data-feedback="b"><p>Of b.</p></div><div data-feedback="comment"><p>To all.</p></div>';
  const session = open({ type: "likert", scoring: "none", interaction: { kind: "likert", description: "?", correct: [], scale: parts(3) } }, page("", told));
  input("b").click();
  submit();
  expect(session.answered("q1")).toMatchObject({ response: ["b"], score: null, correct: null, locked: false });
  expect(document.querySelector("[data-outcome]")?.textContent).toBe("answeredOf b.To all.");
  expect(document.querySelectorAll("[data-marked=right], [data-marked=wrong]")).toHaveLength(0);
  (document.querySelector("[data-action=retry]") as HTMLElement).click();
  expect(input("b").checked && !input("b").disabled && document.activeElement === input("b")).toBe(true);
  input("c").click();
  submit();
  expect(session.answered("q1")).toMatchObject({ response: ["c"], tries: 2 });
  expect(document.querySelector("[data-outcome]")?.textContent).toBe("answeredTo all.");
});

test("an area chooses in the list, the list shows in the picture, and a locked picture chooses nothing", async () => {
  const picture = `<div data-hotspot><svg>${["a", "b", "c"].map((key) => `<g data-area="${key}"><rect/></g>`).join("")}</svg></div>`;
  const interaction = { kind: "choice", description: "?", correct: [["a"], ["c"]], choices: parts(3) } as const;
  const session = open({ type: "hotspot", tries: 1, interaction }, page(picture));
  area("b").dispatchEvent(new MouseEvent("click", { bubbles: true }));
  expect(input("b").checked && document.activeElement === input("b")).toBe(true);
  await painted();
  expect(area("b").hasAttribute("data-chosen") && area("b").hasAttribute("data-focused")).toBe(true);
  input("c").click();
  await painted();
  expect(area("b").hasAttribute("data-chosen")).toBe(false);
  expect(area("c").hasAttribute("data-chosen")).toBe(true);
  submit();
  expect(session.answered("q1")).toMatchObject({ response: ["c"], score: 1 });
  expect(area("c").dataset["marked"]).toBe("right");
  area("a").dispatchEvent(new MouseEvent("click", { bubbles: true }));
  expect(input("a").checked).toBe(false);
});
