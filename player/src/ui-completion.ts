/**
 * What completes the course, step by step, with how far the learner is: in the menu, on the first page and with the results.
 */

import type { Session, Step } from "./session";
import { pageLink } from "./ui-menu";
import { element } from "./ui-parts";
import type { Say } from "./ui-words";

/** The steps as list items; what is still to do says where to go on. `results`: the page with the results, where this is not it. */
export function stepItems(session: Session, say: Say, results = ""): readonly HTMLElement[] {
  const title = (id: string) => session.course.pages.find((page) => page.id === id)?.title ?? "";
  return session.steps.map((step) => {
    const item = element("li", { "data-done": String(step.done) }, wording(step, session, say, title), " ");
    item.append(element("span", { class: "step-state" }, state(step, say)));
    const next = step.done ? "" : target(step, session, results);
    if (next) item.append(" ", pageLink(next, next === results ? say("go-to-end") : say("go-to-open-page", { title: title(next) })));
    return item;
  });
}

function wording(step: Step, { course }: Session, say: Say, title: (id: string) => string): string {
  if (step.kind === "pages") return say("step-pages", { needed: step.needed, count: step.count });
  if (step.kind === "passed") return say("need-passed", { title: title(step.page), mark: step.mark });
  const { statement } = course.completion;
  return statement ? say("step-declared", { statement }) : say("step-confirm");
}

function state(step: Step, say: Say): string {
  if (step.done) return say("page-done");
  return step.kind === "pages" ? say("step-so-far", { there: step.there }) : say("left-to-do");
}

/** Where to go on: the first page that is left and open, or where learners say that they have completed the course. */
function target(step: Step, session: Session, results: string): string {
  if (step.kind === "declared") return results;
  const pages = step.kind === "pages" ? step.left : [step.page];
  return pages.find((id) => !session.page(id).locked) ?? "";
}

/** Keeps a list that the template wrote up to date. */
export function showSteps(place: HTMLElement, items: readonly HTMLElement[]): void {
  const text = items.map(({ textContent }) => textContent).join("\n");
  if (place.dataset["said"] === text) return;
  place.dataset["said"] = text;
  place.replaceChildren(...items);
}
