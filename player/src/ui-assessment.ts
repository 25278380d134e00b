/**
 * An assessment page: introduction, paper, results, in the order in which a learner meets them.
 */

import type { Assessment, Page } from "./course";
import type { Attempt, Session } from "./session";
import { element, find, goTo, write } from "./ui-parts";
import { type Manner, type QuestionUi, verdict } from "./ui-question";
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
    this.startButton.addEventListener("click", () => this.start());
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
    find(this.paper, "[data-submit]").hidden = !running;
    this.count(attempt);
    target?.scrollIntoView?.({ block: "start" });
  }

  /** What changes while a paper is being answered. */
  count(attempt: Attempt = this.session.attempt(this.page.id)): void {
    const words = this.say("answered-count", { answered: attempt.answered, count: attempt.paper.length });
    write(find(this.paper, "[data-answered]"), words);
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

  private start(): void {
    this.session.startAttempt(this.page.id);
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

  private finish(): void {
    this.session.submitAttempt(this.page.id);
    this.show(() => this.results);
  }

  private fillResults(attempt: Attempt): void {
    const passed = (attempt.latest ?? 0) >= this.rules.passMark;
    const lines = [
      this.say("score", { score: attempt.latest ?? 0 }),
      this.say("pass-mark-was", { mark: this.rules.passMark }),
    ];
    if (attempt.best !== null && attempt.best !== attempt.latest) lines.push(this.say("best-score", { score: attempt.best }));
    if (attempt.state === "over") lines.push(this.say("attempts-used-up"));
    else if (attempt.attemptsLeft !== null) lines.push(this.say("attempts-left", { count: attempt.attemptsLeft }));
    const [score, ...rest] = lines;
    const panel = element("div", { class: "result", "data-verdict": passed ? "passed" : "not-passed" });
    panel.append(element("h2", { class: "verdict" }, this.say(passed ? "passed" : "not-passed")));
    panel.append(element("p", { class: "score" }, score ?? ""), ...rest.map((line) => element("p", {}, line)));
    this.results.replaceChildren(panel);
    this.results.hidden = false;
    if (this.rules.feedback !== "never") this.results.append(...this.review(attempt));
  }

  /** One line a question: what it was, and how it went. */
  private review(attempt: Attempt): HTMLElement[] {
    const lines = attempt.paper.map((id, index) => {
      const answered = this.session.answered(id);
      const how = answered && answered.response.length ? verdict({ ...answered, revealed: true }) : "unanswered";
      const name = this.say("question-number", { number: index + 1 });
      const way = attempt.reviewable ? this.wayTo(id, index + 1) : name;
      const prompt = element("span", { class: "review-prompt" }, this.questions.get(id)?.question.interaction.description ?? "");
      const title = element("span", { class: "review-name" }, way, " ", prompt);
      return element("li", {}, title, element("span", { class: "review-verdict", "data-verdict": how }, this.say(`review-${how}`)));
    });
    return [element("h3", {}, this.say("your-answers")), element("ol", { class: "review" }, ...lines)];
  }
}

function given(session: Session, id: string): boolean {
  return (session.answered(id)?.response.length ?? 0) > 0;
}
