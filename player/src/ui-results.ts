/**
 * The last page: where the learner stands with the whole course, and a record of it that can be printed.
 */

import type { Keeper } from "./keeper";
import type { Session, Snapshot } from "./session";
import { stepItems } from "./ui-completion";
import { objectiveWords, pageLink } from "./ui-menu";
import { element, goTo, write } from "./ui-parts";
import { type Say, day, timeOfDay } from "./ui-words";

/** Fills `place` with how things stand now. */
export function showResults(place: HTMLElement, keeper: Keeper, say: Say): void {
  const { session } = keeper;
  const snapshot = session.snapshot();
  const key = headline(snapshot);
  const ended = key === "course-passed" || key === "course-complete";
  const panel = element("div", { class: "result", tabindex: "-1", "data-verdict": ended ? "passed" : "not-passed" });
  panel.append(element("h2", { class: "verdict" }, say(key)));
  if (snapshot.score !== null) panel.append(element("p", { class: "score" }, say("score", { score: snapshot.score })));
  const { connected } = keeper.launch.connection;
  if (ended) panel.append(element("p", {}, say(connected ? "course-complete-more" : "course-complete-local")));
  const now = [...steps(session, say), ...leftToDo(session, say), ...skipped(session, say)];
  place.replaceChildren(panel, ...now, ...assessments(session, say), ...objectives(session, snapshot, say));
  if (session.course.completion.rule === "manual" && !snapshot.complete) place.append(declaration(place, keeper, say));
  place.append(record(keeper, snapshot, say));
  showSaved(place, keeper, say);
}

/** Whether the result has been saved changes while the page is open. */
export function showSaved(place: HTMLElement, keeper: Keeper, say: Say): void {
  const cell = place.querySelector("[data-saved]");
  if (cell) write(cell, savedWords(keeper, say));
  const doubt = place.querySelector<HTMLElement>("[data-unconfirmed]");
  if (doubt) doubt.hidden = keeper.saveState.kind === "saved";
}

function headline({ status, success, complete }: Snapshot): string {
  if (success === "failed" || status === "failed") return "course-failed";
  if (!complete) return "course-incomplete";
  return success === "passed" ? "course-passed" : "course-complete";
}

function steps(session: Session, say: Say): HTMLElement[] {
  return [element("h2", {}, say("completes")), element("ul", { class: "steps-left" }, ...stepItems(session, say))];
}

function leftToDo(session: Session, say: Say): HTMLElement[] {
  const left = session.counting.filter(({ id }) => !session.page(id).done);
  const lines = left.map(({ id, title }) => {
    const { state, locked } = session.page(id);
    return line(locked ? title : pageLink(id, title), say(locked ? "page-locked" : `page-${state}`));
  });
  return list(say("left-to-do"), lines);
}

/** Pages that were skipped: what a pre-test showed to be known is not said to have been read. */
function skipped(session: Session, say: Say): HTMLElement[] {
  const known = session.course.pages.filter(({ id }) => session.page(id).state === "known");
  return list(say("may-skip"), known.map(({ id, title }) => line(pageLink(id, title), say("page-known"))));
}

function assessments(session: Session, say: Say): HTMLElement[] {
  const lines = session.course.pages.flatMap(({ id, title, type, assessment }) => {
    if (!assessment || type === "pretest" || !session.page(id).shown) return [];
    const { best, latest, passed } = session.attempt(id);
    const score = assessment.score === "best" ? best : latest;
    const how = score === null ? say("assessment-not-taken") : say(passed ? "assessment-passed" : "assessment-not-passed", { score });
    return [line(session.page(id).locked ? title : pageLink(id, title), how)];
  });
  return list(say("assessment-results"), lines);
}

function objectives({ course }: Session, snapshot: Snapshot, say: Say): HTMLElement[] {
  const lines = snapshot.objectives.map(({ id, status, score }) => {
    const how = objectiveWords({ status, score }, say);
    return line(course.objectives.find((one) => one.id === id)?.text ?? id, how);
  });
  return list(say("objectives-results"), lines);
}

function list(title: string, lines: readonly HTMLElement[]): HTMLElement[] {
  return lines.length ? [element("h2", {}, title), element("ul", { class: "review" }, ...lines)] : [];
}

function line(name: HTMLElement | string, words: string): HTMLElement {
  return element("li", {}, element("span", { class: "review-name" }, name), element("span", { class: "review-verdict" }, words));
}

/** Who did what, when, and whether anybody else knows: enough to show to somebody on paper, where it stands alone. */
function record(keeper: Keeper, snapshot: Snapshot, say: Say): HTMLElement {
  const { course } = keeper.session;
  const facts = element("dl", { class: "facts" });
  const fact = (name: string, words: string): HTMLElement => {
    const cell = element("dd", {}, words);
    facts.append(element("div", {}, element("dt", {}, say(name)), cell));
    return cell;
  };
  const { learnerName } = keeper.launch.connection;
  if (learnerName) fact("record-name", learnerName);
  fact("record-course", say("record-version", { course: course.title, version: course.version }));
  fact("record-result", say(headline(snapshot)));
  if (snapshot.score !== null) fact("record-score", say("record-percent", { score: snapshot.score }));
  fact("record-date", day(course, Date.now()));
  fact("record-saved", savedWords(keeper, say)).dataset["saved"] = "";
  const print = element("button", { type: "button", class: "button quiet", "data-action": "print" }, say("print"));
  print.addEventListener("click", () => print.ownerDocument.defaultView?.print());
  const doubt = element("p", { "data-unconfirmed": "" }, say("record-unconfirmed"));
  const ended = snapshot.complete && headline(snapshot) !== "course-failed";
  return element("section", { class: "record" }, element("h2", {}, say(ended ? "record-complete" : "record")), facts, doubt, print);
}

function savedWords({ saveState: { kind, at, device }, session: { course } }: Keeper, say: Say): string {
  if (kind === "saved" && at !== null) return say("record-saved-host", { time: timeOfDay(course, at) });
  if (kind === "untracked") return say(device ? "record-saved-here" : "record-not-kept");
  return say(kind === "read-only" ? "record-read-only" : "record-not-saved");
}

/** Completion rule `manual`: the learner says so, once the pages that must be done are done. */
function declaration(place: HTMLElement, keeper: Keeper, say: Say): HTMLElement {
  const { course, steps } = keeper.session;
  if (steps.some((step) => step.kind === "pages" && !step.done)) return element("p", {}, say("declare-later"));
  const words = course.completion.statement ?? say("declare-complete");
  const button = element("button", { type: "button", class: "button", "data-action": "declare" }, words);
  button.addEventListener("click", () => {
    keeper.session.declareComplete();
    showResults(place, keeper, say);
    const panel = place.querySelector<HTMLElement>(".result");
    if (panel) goTo(panel);
  });
  return button;
}
