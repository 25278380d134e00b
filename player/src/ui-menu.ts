/**
 * The way round the course: which pages there are, how far the learner is with each, and where they are now.
 */

import type { ObjectiveSnapshot, PageProgress, Session } from "./session";
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
  private hidden = "";

  constructor(
    private readonly document: Document,
    private readonly session: Session,
    private readonly say: Say,
    private readonly why: (id: string) => string,
    over: AbortSignal,
  ) {
    this.nav = find(document, "#menu");
    this.button = find<HTMLButtonElement>(document, "[data-action=menu]");
    const links = Array.from(document.querySelectorAll<HTMLAnchorElement>("[data-page-link]"));
    this.links = new Map(links.map((link) => [link.dataset["pageLink"] ?? "", link]));
    this.findMoves();
    this.button.addEventListener("click", () => this.open(this.button.getAttribute("aria-expanded") !== "true"));
    const escape = (event: KeyboardEvent): void => {
      if (event.key !== "Escape" || this.button.getAttribute("aria-expanded") !== "true") return;
      this.open(false);
      this.button.focus();
    };
    document.addEventListener("keydown", escape, { signal: over });
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

  private findMoves(): void {
    this.moves.clear();
    for (const move of this.document.querySelectorAll<HTMLAnchorElement>("[data-page-nav] a")) {
      const id = move.getAttribute("href")?.slice(2) ?? "";
      this.moves.set(id, [...(this.moves.get(id) ?? []), move]);
    }
  }

  /** Says how far the learner is, in words; touches only what has changed. */
  refresh(): void {
    const { pages } = this.session.course;
    const hidden = pages.filter(({ id }) => !this.session.page(id).shown).map(({ id }) => id).join(" ");
    if (hidden !== this.hidden) this.lead(hidden);
    for (const { id } of pages) {
      const page = this.session.page(id);
      const state = `${page.state} ${page.locked ? this.why(id) || "locked" : ""}`;
      if (this.known.get(id) === state) continue;
      this.known.set(id, state);
      this.mark(id, page);
    }
    const counting = this.session.counting;
    const done = counting.filter(({ id }) => this.session.page(id).done).length;
    const bar = find<HTMLProgressElement>(this.document, "[data-progress]");
    bar.max = Math.max(1, counting.length);
    bar.value = done;
    write(find(this.document, "[data-progress-words]"), this.say("pages-done", { done, count: counting.length }));
    this.markObjectives();
  }

  private markObjectives(): void {
    if (!this.session.course.objectives.length) return;
    for (const objective of this.session.snapshot().objectives) {
      const item = this.nav.querySelector<HTMLElement>(`[data-objective="${objective.id}"]`);
      if (!item) continue;
      item.dataset["state"] = reached(objective) ? "done" : "new";
      write(find(item, "[data-objective-state]"), objectiveWords(objective, this.say));
    }
  }

  /** Other pages are part of the course than before: the links between pages, their numbers and the menu leave out the rest. */
  private lead(hidden: string): void {
    this.hidden = hidden;
    this.known.clear();
    const shown = this.session.course.pages.filter(({ id }) => this.session.page(id).shown);
    const sections = Array.from(this.document.querySelectorAll<HTMLElement>("[data-page]"));
    sections.forEach((section, position) => {
      const at = shown.findIndex(({ id }) => id === section.dataset["page"]);
      const kicker = section.querySelector("[data-kicker]");
      if (at >= 0 && kicker) write(kicker, this.say("kicker", { number: at + 1, count: shown.length }));
      const there = (one: HTMLElement) => this.links.get(one.dataset["page"] ?? "") && !hidden.split(" ").includes(one.dataset["page"] ?? "");
      this.point(section, "previous", sections.slice(0, position).reverse().find(there));
      this.point(section, "next", sections.slice(position + 1).find(there));
    });
    for (const list of this.nav.querySelectorAll<HTMLElement>(".menu-pages")) {
      for (const item of list.children) (item as HTMLElement).hidden = hidden.split(" ").includes(item.querySelector("a")?.dataset["pageLink"] ?? "");
      const heading = list.previousElementSibling as HTMLElement | null;
      list.hidden = Array.from(list.children).every((item) => (item as HTMLElement).hidden);
      if (heading?.matches(".menu-section")) heading.hidden = list.hidden;
    }
    this.findMoves();
  }

  private point(section: HTMLElement, way: string, to: HTMLElement | undefined): void {
    const link = section.querySelector<HTMLAnchorElement>(`[data-page-nav] [data-action=${way}]`);
    if (!link || !to) return;
    link.href = `#${to.id}`;
    write(find(link, ".page-nav-title"), find(to, "h1").textContent ?? "");
    const words = link.querySelector<HTMLElement>("[data-lock]");
    if (words) words.hidden = true;
    lock(link, false);
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
      if (!words) continue;
      words.hidden = !locked;
      if (locked) write(words, [this.say("page-locked"), this.why(id)].filter(Boolean).join(": "));
    }
  }
}

/** A locked link stays a link that can be reached and read; following it says why it leads nowhere yet. */
function lock(link: HTMLElement, locked: boolean): void {
  if (locked) link.setAttribute("aria-disabled", "true");
  else link.removeAttribute("aria-disabled");
}

function reached({ status }: Pick<ObjectiveSnapshot, "status">): boolean {
  return status === "passed" || status === "completed";
}

/** How far the learner is with an objective: its score where it has one. */
export function objectiveWords({ status, score }: Pick<ObjectiveSnapshot, "status" | "score">, say: Say): string {
  return score === null ? say(reached({ status }) ? "objective-done" : "objective-open") : say("objective-score", { score });
}

/** A link to a page of the course. */
export function pageLink(id: string, words: string): HTMLAnchorElement {
  return element("a", { href: `#/${id}` }, words);
}
