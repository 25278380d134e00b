/**
 * Where a learner arrives: what an address names, and the page that is shown at launch before it comes to life. Until then
 * the style sheet shows none, so that nobody sees the first page who left off elsewhere.
 */

import type { Session } from "./session";

/** The page may be one in the background, which paints nothing. */
const PATIENCE = 100;

/** A page's id, and an element on it, that a fragment of the address names; null where it names nothing here. */
export function named(document: Document, hash: string): { page: string; anchor: HTMLElement | null } | null {
  const found = document.getElementById(decode(hash.slice(1)));
  const section = found?.closest<HTMLElement>("[data-page]");
  return section ? { page: section.dataset["page"] ?? "", anchor: found === section ? null : found } : null;
}

/** Shows the page to read, and waits until it is on the screen. */
export function arrive(view: Window, session: Session): Promise<void> {
  const { document } = view;
  const wanted = named(document, view.location.hash)?.page;
  const here = wanted !== undefined && !session.page(wanted).locked ? wanted : session.location;
  for (const section of document.querySelectorAll<HTMLElement>("[data-page]")) section.hidden = section.dataset["page"] !== here;
  document.documentElement.toggleAttribute("data-arrived", true);
  return new Promise((resolve) => {
    view.setTimeout(resolve, PATIENCE);
    view.requestAnimationFrame(() => view.setTimeout(resolve));
  });
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
