/**
 * The way round the course: which pages there are, how far the learner is with each, and where they are now.
 */

import type { PageProgress, Session } from "./session";
import { element, find, write } from "./ui-parts";
import type { Say } from "./ui-words";

export class Menu {
  private readonly nav: HTMLElement;
  private readonly button: HTMLButtonElement;
  private readonly links: ReadonlyMap<string, HTMLAnchorElement>;
  /** The links of the pages themselves to those before and after, by where they lead. */
  private readonly moves = new Map<string, HTMLAnchorElement[]>();
  private current: HTMLAnchorElement | undefined;
  private readonly known = new Map<string, string>();

  constructor(
    private readonly document: Document,
    private readonly session: Session,
    private readonly say: Say,
  ) {
    this.nav = find(document, "#menu");
    this.button = find<HTMLButtonElement>(document, "[data-action=menu]");
    const links = Array.from(document.querySelectorAll<HTMLAnchorElement>("[data-page-link]"));
    this.links = new Map(links.map((link) => [link.dataset["pageLink"] ?? "", link]));
    for (const move of document.querySelectorAll<HTMLAnchorElement>("[data-page-nav] a")) {
      const id = move.getAttribute("href")?.slice(2) ?? "";
      this.moves.set(id, [...(this.moves.get(id) ?? []), move]);
    }
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
    this.current?.removeAttribute("aria-current");
    this.current = this.links.get(id);
    this.current?.setAttribute("aria-current", "page");
    this.document.defaultView?.requestAnimationFrame(() => this.bringIntoSight());
  }

  /** A long menu has a scroll bar of its own; only that is moved, never the page. */
  private bringIntoSight(): void {
    const link = this.current?.getBoundingClientRect();
    const frame = this.nav.getBoundingClientRect();
    if (link && (link.top < frame.top || link.bottom > frame.bottom)) this.nav.scrollTop += link.top - frame.top - frame.height / 2;
  }

  /** Says how far the learner is, in words; touches only what has changed. */
  refresh(): void {
    const pages = this.session.course.pages;
    let done = 0;
    for (const { id } of pages) {
      const page = this.session.page(id);
      if (page.state === "done") done += 1;
      const state = `${page.state} ${String(page.locked)}`;
      if (this.known.get(id) === state) continue;
      this.known.set(id, state);
      this.mark(id, page);
    }
    find<HTMLProgressElement>(this.document, "[data-progress]").value = done;
    write(find(this.document, "[data-progress-words]"), this.say("pages-done", { done, count: pages.length }));
  }

  private mark(id: string, { state, locked }: PageProgress): void {
    const link = this.links.get(id);
    if (link) {
      link.dataset["state"] = state;
      lock(link, locked);
      write(find(link, "[data-page-state]"), this.say(locked ? "page-locked" : `page-${state}`));
    }
    for (const move of this.moves.get(id) ?? []) {
      lock(move, locked);
      const words = move.querySelector<HTMLElement>("[data-lock]");
      if (words) words.hidden = !locked;
    }
  }
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
