/**
 * An assessment page: introduction, paper, results, in the order in which a learner meets them.
 */

import type { Assessment, Page } from "./course";
import type { Attempt, Session } from "./session";
import { LimitUi } from "./ui-limit";
import { outcomeOf } from "./ui-outcome";
import { element, find, goTo, write } from "./ui-parts";
import type { Manner, QuestionUi } from "./ui-question";
import type { Say } from "./ui-words";

export class AssessmentUi {
  private readonly intro: HTMLElement;
  private readonly paper: HTMLElement;
  private readonly results: HTMLElement;
  private readonly unanswered: HTMLElement;
  private readonly startButton: HTMLButtonElement;
  private readonly submitButton: HTMLButtonElement;
  private readonly againButton: HTMLButtonElement;
  private readonly slots: readonly Comment[];
  private readonly limit: LimitUi;

  constructor(
    root: HTMLElement,
    private readonly page: Page,
    private readonly rules: Assessment,
    private readonly questions: ReadonlyMap<string, QuestionUi>,
    private readonly session: Session,
    private readonly say: Say,
  ) {
    this.intro = find(root, "[data-intro]");
    this.paper = find(root, "[data-paper]");
    this.results = find(root, "[data-results]");
    this.unanswered = find(root, "[data-unanswered]");
    this.startButton = find<HTMLButtonElement>(root, "[data-action=start]");
    this.submitButton = find<HTMLButtonElement>(root, "[data-action=submit]");
    this.againButton = find<HTMLButtonElement>(root, "[data-action=again]");
    this.slots = Array.from(this.questions.values(), ({ root: question }) => {
      const slot = document.createComment("question");
      question.before(slot);
      return slot;
    });
    this.limit = new LimitUi(root, page, session, say, () => this.finish(true), () => this.opened());
    if (rules.hostMark === true) write(find(root, "[data-pass-mark]"), say("mark-of-host", { mark: rules.passMark }));
    const untimed = root.querySelector<HTMLInputElement>("[data-untimed]");
    this.startButton.addEventListener("click", () => this.start(untimed?.checked !== true));
    this.againButton.addEventListener("click", () => this.start());
    this.submitButton.addEventListener("click", () => this.submit());
  }

  /**
   * Shows the page as the Session knows it. What comes is shown before what goes is hidden, with the focus moved to
   * `focus` in between, so that it is never on something that is not there.
   */
  show(focus: (attempt: Attempt) => HTMLElement | undefined = () => undefined): void {
    const attempt = this.session.attempt(this.page.id);
    const running = attempt.state === "running";
    const taken = attempt.latest !== null;
    const paper = running || (taken && attempt.reviewable);
    if (taken && !running) this.fillResults(attempt);
    if (paper) {
      this.paper.hidden = false;
      this.lay(attempt, this.manner(attempt));
    }
    const target = focus(attempt);
    target?.focus({ preventScroll: true });
    this.intro.hidden = running || taken;
    this.results.hidden = running || !taken;
    this.unanswered.hidden = true;
    this.paper.hidden = !paper;
    this.againButton.hidden = attempt.state !== "ready" || !taken;
    this.limit.show(attempt);
    find(this.paper, "[data-submit]").hidden = !running;
    this.count(attempt);
    target?.scrollIntoView?.({ block: "start" });
  }

  /** Another one shows this page from now on. */
  stop(): void {
    this.limit.stop();
  }

  /** What changes while a paper is being answered. */
  count(attempt: Attempt = this.session.attempt(this.page.id)): void {
    const words = this.say("answered-count", { answered: attempt.answered, count: attempt.paper.length });
    write(find(this.paper, "[data-answered]"), attempt.kept > 0 ? `${words}. ${this.say("kept-answers")}` : words);
  }

  private manner(attempt: Attempt): Manner {
    if (attempt.state !== "running") return this.rules.feedback === "never" ? "silent" : "look";
    return this.rules.feedback === "after-each" ? "check" : "collect";
  }

  /** Puts the questions of this paper into its order; those that were not drawn are out of sight. */
  private lay(attempt: Attempt, manner: Manner): void {
    const drawn = attempt.paper.map((id) => this.questions.get(id)).filter((found): found is QuestionUi => found !== undefined);
    const rest = Array.from(this.questions.values()).filter((question) => !drawn.includes(question));
    [...drawn, ...rest].forEach((question, index) => {
      if (this.slots[index]?.nextSibling !== question.root) this.slots[index]?.after(question.root);
      question.root.hidden = index >= drawn.length;
      if (index >= drawn.length) return;
      question.number(index + 1);
      question.show(manner);
    });
  }

  private start(timed = true): void {
    this.session.startAttempt(this.page.id, timed);
    this.show((attempt) => this.questions.get(attempt.paper[0] ?? "")?.heading);
  }

  private submit(): void {
    const attempt = this.session.attempt(this.page.id);
    const missing = attempt.paper.filter((id) => !given(this.session, id));
    if (!missing.length) return this.finish();
    this.unanswered.hidden = false;
    this.unanswered.replaceChildren(
      element("h2", {}, this.say("unanswered-title", { count: missing.length })),
      element("ul", {}, ...missing.map((id) => element("li", {}, this.wayTo(id, attempt.paper.indexOf(id) + 1)))),
      this.button("submit-anyway", () => this.finish()),
    );
    goTo(this.unanswered);
  }

  private wayTo(id: string, number: number): HTMLElement {
    const link = element("a", { href: `#q:${id}` }, this.say("question-number", { number }));
    link.addEventListener("click", (event) => {
      event.preventDefault();
      this.questions.get(id)?.focus();
    });
    return link;
  }

  private button(key: string, action: () => void): HTMLElement {
    const made = element("button", { type: "button", class: "button quiet" }, this.say(key));
    made.addEventListener("click", action);
    return made;
  }

  private finish(late = false): void {
    this.session.submitAttempt(this.page.id);
    this.show(() => this.results);
    if (late) this.results.prepend(element("p", {}, this.say("time-handed-in")));
  }

  /** The next attempt need not wait any longer. */
  private opened(): void {
    this.againButton.hidden = false;
    const words = this.results.querySelector("[data-opens]");
    if (words) write(words, this.say("opens-now"));
  }

  private fillResults(attempt: Attempt): void {
    const { page, session, say, questions } = this;
    const prompt = (id: string): string => questions.get(id)?.question.interaction.description ?? "";
    const wayTo = (id: string, number: number): HTMLElement => this.wayTo(id, number);
    this.results.replaceChildren(...outcomeOf({ page, session, say, wayTo, prompt }, attempt));
    this.results.hidden = false;
  }
}

function given(session: Session, id: string): boolean {
  return (session.answered(id)?.response.length ?? 0) > 0;
}
