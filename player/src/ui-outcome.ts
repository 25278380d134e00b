/**
 * What came of an attempt at a test: score and verdict, sections, objectives, how sure the learner was, each answer; and
 * after a pre-test the pages that may be skipped.
 */

import type { SectionResult } from "./attempts";
import type { Page } from "./course";
import type { Attempt, Session } from "./session";
import { summaryOf } from "./ui-confidence";
import { pageLink } from "./ui-menu";
import { element } from "./ui-parts";
import { verdict } from "./ui-question";
import { type Say, timeOfDay } from "./ui-words";

/** What the parts below need to know. `wayTo` makes a link to a question of the paper. */
export interface Outcome {
  readonly page: Page;
  readonly session: Session;
  readonly say: Say;
  wayTo(id: string, number: number): HTMLElement;
  prompt(id: string): string;
}

export function outcomeOf(outcome: Outcome, attempt: Attempt): HTMLElement[] {
  const { page, session, say } = outcome;
  const told = page.assessment?.feedback !== "never";
  const objectives = attempt.objectives.map(([id, score]) => {
    return [session.course.objectives.find((one) => one.id === id)?.text ?? id, say("objective-score", { score })] as const;
  });
  return [
    panel(outcome, attempt),
    ...(page.type === "pretest" ? skippable(session, say) : []),
    ...list(say("section-results"), attempt.sections.map((one) => [one.title, sectionWords(one, say)] as const)),
    ...(objectives.length > 1 ? list(say("objectives-results"), objectives) : []),
    ...(told ? list(say("sure-results"), summaryOf(attempt.paper.map((id) => revealed(session, id)), say)) : []),
    ...(told ? answers(outcome, attempt) : []),
  ];
}

function panel({ page, session, say }: Outcome, attempt: Attempt): HTMLElement {
  const { latest, best, latestPassed, sections, attemptsLeft, state, opens } = attempt;
  const { passMark = 0 } = page.assessment ?? {};
  const lines = page.type === "pretest" ? [] : [say("pass-mark-was", { mark: passMark })];
  if (!latestPassed && (latest ?? 0) >= passMark && sections.length > 0) lines.push(say("not-every-section"));
  if (best !== null && best !== latest) lines.push(say("best-score", { score: best }));
  if (page.type === "assessment" && state === "over") lines.push(...(attemptsLeft === 0 ? [say("attempts-used-up")] : []));
  else if (attemptsLeft) lines.push(say("attempts-left", { count: attemptsLeft }));
  const made = element("div", { class: "result", "data-verdict": latestPassed ? "passed" : "not-passed" });
  const title = page.type === "pretest" ? "pretest-result" : latestPassed ? "passed" : "not-passed";
  made.append(element("h2", { class: "verdict" }, say(title)));
  made.append(element("p", { class: "score" }, say("score", { score: latest ?? 0 })), ...lines.map((line) => element("p", {}, line)));
  const wait = opens === null ? "" : say("opens-at", { time: timeOfDay(session.course, opens * 1000) });
  if (wait) made.append(element("p", { "data-opens": "", role: "status" }, wait));
  return made;
}

function sectionWords({ score, passMark, reached }: SectionResult, say: Say): string {
  if (passMark === null) return say("objective-score", { score });
  return say(reached ? "section-reached" : "section-missed", { score, mark: passMark });
}

/** The pages that this or an earlier attempt let the learner skip, and where to go on. */
function skippable(session: Session, say: Say): HTMLElement[] {
  const pages = session.course.pages;
  const known = pages.filter(({ id }) => session.page(id).state === "known");
  const next = pages.find(({ id, type }) => type !== "pretest" && !session.page(id).done);
  const links = known.map(({ id, title }) => element("li", {}, pageLink(id, title)));
  const found = known.length > 0 ? [element("h3", {}, say("may-skip")), element("ul", {}, ...links)] : [element("p", {}, say("nothing-to-skip"))];
  if (next) found.push(element("p", {}, pageLink(next.id, say("go-to-open-page", { title: next.title }))));
  return found;
}

/** One line a question: what it was, and how it went. */
function answers({ session, say, wayTo, prompt }: Outcome, attempt: Attempt): HTMLElement[] {
  const lines = attempt.paper.map((id, index) => {
    const answered = revealed(session, id);
    const how = answered && answered.response.length ? verdict(answered) : "unanswered";
    const way = attempt.reviewable ? wayTo(id, index + 1) : say("question-number", { number: index + 1 });
    const title = element("span", { class: "review-name" }, way, " ", element("span", { class: "review-prompt" }, prompt(id)));
    return element("li", {}, title, element("span", { class: "review-verdict", "data-verdict": how }, say(`review-${how}`)));
  });
  return [element("h3", {}, say("your-answers")), element("ol", { class: "review" }, ...lines)];
}

function revealed(session: Session, id: string) {
  const answered = session.answered(id);
  return answered && { ...answered, revealed: true };
}

function list(title: string, lines: readonly (readonly [name: string, words: string])[]): HTMLElement[] {
  if (lines.length === 0) return [];
  const items = lines.map(([name, words]) => {
    return element("li", {}, element("span", { class: "review-name" }, name), element("span", { class: "review-verdict" }, words));
  });
  return [element("h3", {}, title), element("ul", { class: "review" }, ...items)];
}
