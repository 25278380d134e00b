/**
 * The pages beside the course (help, resources, glossary and so on): the way back to where the learner was, and nothing of
 * pages that may not be opened yet.
 */

import type { Session } from "./session";
import { find, write } from "./ui-parts";

/** Brings such a page up to date, each time that it is opened. */
export function refreshBeside(section: HTMLElement, session: Session): void {
  const back = section.querySelector<HTMLAnchorElement>("[data-back]");
  const page = session.course.pages.find(({ id }) => id === session.location);
  if (back && page) {
    back.setAttribute("href", `#/${page.id}`);
    write(find(back, ".page-nav-title"), page.title);
  }
  for (const one of section.querySelectorAll<HTMLElement>("[data-from]")) {
    const { shown, locked } = session.page(one.dataset["from"] ?? "");
    one.hidden = locked || !shown;
  }
}
