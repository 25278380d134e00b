/**
 * The last page: where the learner stands with the whole course.
 */

import type { Session, Snapshot } from "./session";
import { pageLink } from "./ui-menu";
import { element, goTo } from "./ui-parts";
import type { Say } from "./ui-words";

/** Fills `place`; `reported` says whether a host is there to take the result. */
export function showResults(place: HTMLElement, session: Session, say: Say, reported: boolean): void {
  const snapshot = session.snapshot();
  const key = headline(snapshot);
  const ended = key === "course-passed" || key === "course-complete";
  const panel = element("div", { class: "result", tabindex: "-1", "data-verdict": ended ? "passed" : "not-passed" });
  panel.append(element("h2", { class: "verdict" }, say(key)));
  if (snapshot.score !== null) panel.append(element("p", { class: "score" }, say("score", { score: snapshot.score })));
  if (ended) panel.append(element("p", {}, say(reported ? "course-complete-more" : "course-complete-local")));
  place.replaceChildren(panel, ...leftToDo(session, say), ...assessments(session, say));
  if (session.course.completion.rule === "manual" && !snapshot.complete) place.append(declaration(place, session, say, reported));
}

function headline({ status, success, complete }: Snapshot): string {
  if (success === "failed" || status === "failed") return "course-failed";
  if (!complete) return "course-incomplete";
  return success === "passed" ? "course-passed" : "course-complete";
}

function leftToDo(session: Session, say: Say): HTMLElement[] {
  const left = session.course.pages.filter(({ id }) => session.page(id).state !== "done");
  if (!left.length) return [];
  const lines = left.map(({ id, title }) => {
    const { state, locked } = session.page(id);
    return line(locked ? title : pageLink(id, title), say(locked ? "page-locked" : `page-${state}`));
  });
  return [element("h2", {}, say("left-to-do")), element("ul", { class: "review" }, ...lines)];
}

function assessments(session: Session, say: Say): HTMLElement[] {
  const lines = session.course.pages.flatMap(({ id, title, assessment }) => {
    if (!assessment) return [];
    const { best, latest, passed } = session.attempt(id);
    const score = assessment.score === "best" ? best : latest;
    const how = score === null ? say("assessment-not-taken") : say(passed ? "assessment-passed" : "assessment-not-passed", { score });
    return [line(session.page(id).locked ? title : pageLink(id, title), how)];
  });
  return lines.length ? [element("h2", {}, say("assessment-results")), element("ul", { class: "review" }, ...lines)] : [];
}

function line(name: HTMLElement | string, words: string): HTMLElement {
  return element("li", {}, element("span", { class: "review-name" }, name), element("span", { class: "review-verdict" }, words));
}

/** Completion rule `manual`: the learner says so. */
function declaration(place: HTMLElement, session: Session, say: Say, reported: boolean): HTMLElement {
  const button = element("button", { type: "button", class: "button", "data-action": "declare" }, say("declare-complete"));
  button.addEventListener("click", () => {
    session.declareComplete();
    showResults(place, session, say, reported);
    const panel = place.querySelector<HTMLElement>(".result");
    if (panel) goTo(panel);
  });
  return button;
}
