/**
 * One question on the page: takes the learner's response to the Session and shows what comes back.
 */

import type { Question, Response } from "./course";
import { WIDGETS } from "./questions/index";
import type { Widget } from "./questions/widget";
import type { Answered, Outcome, Session } from "./session";
import { ConfidenceUi, toldOf } from "./ui-confidence";
import { element, find, goTo, write } from "./ui-parts";
import type { Say } from "./ui-words";

/**
 * `check`: each answer is checked when the learner asks for it. `collect`: every change is kept, nothing is told until
 * the end. `look`: answers may be looked at, no more. `silent`: like `look`, without saying what was right.
 */
export type Manner = "check" | "collect" | "look" | "silent";

export class QuestionUi {
  private readonly widget: Widget;
  private readonly form: HTMLFormElement;
  private readonly outcome: HTMLElement;
  private readonly please: HTMLElement;
  private readonly answerButton: HTMLButtonElement;
  private readonly retryButton: HTMLButtonElement;
  private readonly answers: HTMLDetailsElement;
  private readonly sure: ConfidenceUi;
  private manner: Manner = "check";
  private shownAt = 0;

  constructor(
    readonly root: HTMLElement,
    readonly question: Question,
    private readonly session: Session,
    private readonly say: Say,
  ) {
    const make = WIDGETS[question.type];
    if (!make) throw new Error(`no widget for ${question.type}`);
    this.widget = make(root, question, say);
    this.form = find<HTMLFormElement>(root, "form");
    this.outcome = find(root, "[data-outcome]");
    this.please = find(root, "[data-please]");
    this.answerButton = find<HTMLButtonElement>(root, "[data-action=answer]");
    this.retryButton = find<HTMLButtonElement>(root, "[data-action=retry]");
    this.answers = find<HTMLDetailsElement>(root, "[data-answers]");
    this.sure = new ConfidenceUi(root);
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.manner === "check") this.check();
    });
    this.form.addEventListener("change", () => this.changed(true));
    this.form.addEventListener("input", (event) => {
      if ((event.target as Element).matches("textarea, input[type=text]")) this.changed(false);
    });
    this.retryButton.addEventListener("click", () => this.retry());
  }

  /** Shows the question as the Session knows it, without moving the focus. */
  show(manner: Manner): void {
    this.manner = manner;
    this.shownAt = Date.now();
    this.answers.hidden = true;
    write(this.please, "");
    this.widget.order(this.session.order(this.question.id));
    const answered = this.session.answered(this.question.id);
    this.widget.show(answered?.response ?? this.session.draft(this.question.id));
    this.sure.show(answered?.confidence);
    if (manner === "look" || (manner === "check" && answered)) this.tell(answered);
    else this.ask(manner === "silent");
  }

  /** Takes the learner to it: to its first control, or to its heading where there is nothing left to answer. */
  focus(): void {
    const first = this.widget.first();
    if (first && !first.matches(":disabled")) first.focus();
    else goTo(this.heading);
  }

  get heading(): HTMLElement {
    return find(this.root, "[data-question-title]");
  }

  number(number: number): void {
    write(find(this.root, "[data-number]"), String(number));
  }

  private ask(locked: boolean): void {
    this.widget.mark(null, false);
    this.lock(locked);
    this.outcome.hidden = true;
    this.answerButton.hidden = this.manner !== "check";
    this.retryButton.hidden = true;
  }

  /** `left`: the learner has finished with this control, so it can be said what is wrong with it. */
  private changed(left: boolean): void {
    write(this.please, "");
    const response = this.widget.read();
    if (this.widget.draft && (this.manner === "check" || !response)) this.session.keepDraft(this.question.id, this.widget.draft());
    if (this.manner === "check" && left && response && this.widget.saves === true) this.keep(response);
    if (this.manner !== "collect") return;
    const missing = response ? undefined : this.widget.missing?.();
    if (left && missing?.given === true) write(this.please, this.say(missing.words));
    this.session.answer(this.question.id, response ?? [], this.seconds(), this.sure.read());
  }

  private check(): void {
    const response = this.widget.read();
    const wanted = response ? this.widget.unfinished?.() : (this.widget.missing?.().words ?? "nothing-chosen");
    if (!response || wanted) {
      write(this.please, this.say(wanted ?? ""));
      this.focus();
      return;
    }
    this.keep(response);
    // The focus goes to the outcome before the controls that held it are disabled or hidden.
    this.fill(this.session.answered(this.question.id));
    goTo(this.outcome);
    this.tell(this.session.answered(this.question.id));
  }

  /** What was kept on leaving the field is not an answer once more when the learner asks for what comes of it. */
  private keep(response: Response): void {
    const before = this.widget.saves === true ? this.session.answered(this.question.id)?.response : undefined;
    if (before?.join("\n") !== response.join("\n")) this.session.answer(this.question.id, response, this.seconds(), this.sure.read());
  }

  private retry(): void {
    if (this.widget.keeps !== true) this.widget.show(null);
    this.sure.show(undefined);
    this.ask(false);
    this.shownAt = Date.now();
    this.focus();
  }

  private seconds(): number {
    return (Date.now() - this.shownAt) / 1000;
  }

  private tell(answered: Answered | null): void {
    const again = this.manner === "check" && answered !== null && !answered.locked;
    const final = !again;
    this.fill(answered);
    this.lock(true);
    this.widget.mark(answered?.revealed === false ? null : (answered?.response ?? []), final);
    this.answerButton.hidden = true;
    this.retryButton.hidden = !again;
  }

  private lock(locked: boolean): void {
    this.widget.lock(locked);
    this.sure.lock(locked);
  }

  private fill(answered: Answered | null): void {
    this.outcome.hidden = false;
    const told = answered ? verdict(answered) : "unanswered";
    const called = answered?.revealed === true ? this.widget.title?.(answered.response) : "";
    this.outcome.dataset["outcome"] = called ? "given" : told;
    this.outcome.replaceChildren(element("h3", { class: "outcome-title" }, called || this.say(TITLES[told])));
    if (!answered?.revealed) return;
    this.outcome.append(...(this.widget.debrief?.(answered.response) ?? []), ...this.feedback(answered.response, answered), ...toldOf(answered, this.say));
    const again = this.manner === "check" && !answered.locked;
    if (again && answered.triesLeft !== null) {
      this.outcome.append(element("p", { class: "tries" }, this.say("tries-left", { count: answered.triesLeft })));
    }
    if (this.question.again) this.outcome.append(this.firstTime(this.question.again));
    const right = this.answers.querySelector("[data-right]");
    if (!again && answered.correct === false && right) {
      this.outcome.append(...Array.from(right.children, (child) => child.cloneNode(true)));
    }
  }

  /** How it went when the question was asked first. */
  private firstTime(id: string): HTMLElement {
    const { questions, pages } = this.session.course;
    const page = questions.find((one) => one.id === id)?.page;
    const answered = this.session.answered(id);
    const how = this.say(`review-${answered ? verdict(answered) : "unanswered"}`);
    return element("p", { class: "first-time" }, this.say("recall-first", { title: pages.find((one) => one.id === page)?.title ?? "", how }));
  }

  private feedback(response: Response, outcome: Outcome): HTMLElement[] {
    const pieces = this.widget.feedback(response).map(({ key, about }) => this.said(key, about));
    if (outcome.correct !== null) pieces.push(this.said(outcome.correct ? "correct" : "incorrect", ""));
    return pieces.filter((piece): piece is HTMLElement => piece !== null);
  }

  private said(key: string, about: string): HTMLElement | null {
    const source = Array.from(this.answers.querySelectorAll<HTMLElement>("[data-feedback]")).find((one) => one.dataset["feedback"] === key);
    if (!source) return null;
    const piece = element("div", { class: "said" });
    if (about) piece.append(element("p", { class: "said-about" }, about));
    piece.append(...Array.from(source.childNodes, (node) => node.cloneNode(true)));
    return piece;
  }
}

const TITLES = {
  right: "correct",
  wrong: "incorrect",
  partly: "partly",
  given: "answered",
  unanswered: "review-unanswered",
} as const;

/** What there is to say about an answer, in one word; also the value of `data-outcome`, for the theme. */
export function verdict(outcome: Outcome): "right" | "wrong" | "partly" | "given" {
  if (!outcome.revealed || outcome.correct === null) return "given";
  if (outcome.correct) return "right";
  return (outcome.score ?? 0) > 0 ? "partly" : "wrong";
}
