/**
 * The way round the course: which pages there are, how far the learner is with each, and where they are now.
 */

import type { PageProgress, Session } from "./session";
import { element, find, write } from "./ui-parts";
import type { Say } from "./ui-words";

export class Menu {
  private readonly button: HTMLButtonElement;
  private readonly links: readonly HTMLAnchorElement[];
  private readonly moves: readonly HTMLAnchorElement[];
  private readonly known = new Map<string, string>();

  constructor(
    private readonly document: Document,
    private readonly session: Session,
    private readonly say: Say,
  ) {
    this.button = find<HTMLButtonElement>(document, "[data-action=menu]");
    this.links = Array.from(document.querySelectorAll<HTMLAnchorElement>("[data-page-link]"));
    this.moves = Array.from(document.querySelectorAll<HTMLAnchorElement>("[data-page-nav] a"));
    this.button.addEventListener("click", () => this.open(this.button.getAttribute("aria-expanded") !== "true"));
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || this.button.getAttribute("aria-expanded") !== "true") return;
      this.open(false);
      this.button.focus();
    });
  }

  /** On narrow screens the menu is behind a button; on wide ones it is always there. */
  open(open: boolean): void {
    this.button.setAttribute("aria-expanded", String(open));
    this.document.documentElement.toggleAttribute("data-menu", open);
  }

  /** Marks where the learner is. */
  here(id: string): void {
    for (const link of this.links) {
      if (link.dataset["pageLink"] === id) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    this.bringIntoSight();
  }

  /** A long menu has a scroll bar of its own; only that is moved, never the page. */
  private bringIntoSight(): void {
    const link = this.links.find((one) => one.hasAttribute("aria-current"))?.getBoundingClientRect();
    const menu = find(this.document, "#menu");
    const frame = menu.getBoundingClientRect();
    if (link && (link.top < frame.top || link.bottom > frame.bottom)) menu.scrollTop += link.top - frame.top - frame.height / 2;
  }

  /** Says how far the learner is, in words; touches only what has changed. */
  refresh(): void {
    const pages = this.session.course.pages;
    const states = new Map(pages.map(({ id }) => [id, this.session.page(id)]));
    const changed = new Set(pages.filter(({ id }) => this.hasChanged(id, stateOf(states.get(id)))).map(({ id }) => id));
    for (const link of this.links) {
      const id = link.dataset["pageLink"] ?? "";
      const page = states.get(id);
      if (!page || !changed.has(id)) continue;
      link.dataset["state"] = page.state;
      link.toggleAttribute("data-locked", page.locked);
      lock(link, page.locked);
      write(find(link, "[data-page-state]"), this.say(page.locked ? "page-locked" : `page-${page.state}`));
    }
    for (const move of this.moves) {
      const id = move.hash.slice(2);
      if (changed.has(id)) lock(move, states.get(id)?.locked ?? false);
    }
    const done = pages.filter(({ id }) => states.get(id)?.state === "done").length;
    find<HTMLProgressElement>(this.document, "[data-progress]").value = done;
    write(find(this.document, "[data-progress-words]"), this.say("pages-done", { done, count: pages.length }));
  }

  private hasChanged(id: string, state: string): boolean {
    const changed = this.known.get(id) !== state;
    this.known.set(id, state);
    return changed;
  }
}

function stateOf(page: PageProgress | undefined): string {
  return page ? `${page.state} ${String(page.locked)}` : "";
}

/** A locked link stays a link that can be reached and read; following it says why it leads nowhere yet. */
function lock(link: HTMLElement, locked: boolean): void {
  if (locked) link.setAttribute("aria-disabled", "true");
  else link.removeAttribute("aria-disabled");
}

/** A link to a page of the course. */
export function pageLink(id: string, words: string): HTMLAnchorElement {
  return element("a", { href: `#/${id}` }, words);
}
