/**
 * Why a page is locked or not there, in words, with links to what opens it; and what has changed in that.
 */

import type { Need } from "./course";
import type { Session } from "./session";
import { pageLink } from "./ui-menu";
import { element } from "./ui-parts";
import type { Say } from "./ui-words";

/** Of a question that is only referred to, its beginning will do. */
const LONGEST = 80;

type Way = "open" | "locked" | "hidden";

export class Gates {
  private known: ReadonlyMap<string, Way>;

  constructor(
    private readonly session: Session,
    private readonly say: Say,
  ) {
    this.known = this.now();
  }

  /** Why a page cannot be opened, and what the learner can do about it. */
  explain(id: string): { readonly words: string; readonly list: HTMLElement } {
    const title = this.title(id);
    if (this.session.page(id).shown) return { words: this.say("page-is-locked", { title }), list: this.list(this.session.missing(id)) };
    const wanted = this.session.course.pages.find((page) => page.id === id)?.showIf?.[0];
    const question = wanted?.question ?? "";
    const there = this.session.course.questions.find((one) => one.id === question)?.page ?? "";
    const link = this.link(there, this.say("go-to-open-page", { title: this.title(there) }));
    return { words: this.say("page-not-yours", { title, question: this.prompt(question) }), list: element("ul", {}, element("li", {}, link)) };
  }

  /** The first thing that opens a locked page, in a few words. */
  first(id: string): string {
    const need = this.session.missing(id)[0];
    return need ? this.words(need) : "";
  }

  /** What can be opened now, or has come or gone, since the page was opened; null where nothing has. */
  news(): HTMLElement | null {
    const told: Record<"now-open" | "now-yours" | "not-yours", string[]> = { "now-open": [], "now-yours": [], "not-yours": [] };
    for (const { id, unlock } of this.session.course.pages) {
      const [before, now] = [this.known.get(id), this.stateOf(id)];
      if (now === before) continue;
      if (now === "hidden") told["not-yours"].push(id);
      else if (before === "hidden") told["now-yours"].push(id);
      else if (unlock && now === "open") told["now-open"].push(id);
    }
    const items = Object.entries(told).flatMap(([key, ids]) => ids.map((id) => element("li", {}, this.say(key), " ", this.link(id, this.title(id)))));
    return items.length > 0 ? element("ul", {}, ...items) : null;
  }

  /** What is so now is no news any more. */
  settle(): void {
    this.known = this.now();
  }

  private list(needs: readonly Need[]): HTMLElement {
    const items = needs.flatMap((need) => {
      const left = need.pages.filter((id) => !this.session.page(id).done || need.kind === "passed" || need.kind === "right");
      const first = left[0] ?? need.pages[0] ?? "";
      // What opens it may be locked itself: then what opens that comes first.
      const deeper = this.session.page(first).locked ? this.session.missing(first) : [];
      const item = element("li", {}, this.link(first, this.words(need)));
      if (deeper.length > 0) item.append(element("ul", {}, ...deeper.map((one) => element("li", {}, this.link(one.pages[0] ?? "", this.words(one))))));
      return [item];
    });
    return element("ul", {}, ...items);
  }

  /** A link where there is something to go to, else the words alone. */
  private link(id: string, words: string): HTMLElement | string {
    const { shown, locked } = this.session.page(id);
    return shown && !locked ? pageLink(id, words) : words;
  }

  private words({ kind, pages, section, question = "", score }: Need): string {
    const page = this.session.course.pages.find((one) => one.id === pages[0]);
    if (kind === "passed") return this.say("need-passed", { title: page?.title ?? "", mark: score ?? page?.assessment?.passMark ?? 0 });
    if (kind === "done") return this.say(section === undefined ? "need-done" : "need-section", { title: section ?? page?.title ?? "" });
    return this.say(`need-${kind}`, { question: this.prompt(question) });
  }

  private title(id: string): string {
    return this.session.course.pages.find((page) => page.id === id)?.title ?? "";
  }

  private prompt(id: string): string {
    const text = this.session.course.questions.find((one) => one.id === id)?.interaction.description ?? "";
    return text.length > LONGEST ? `${text.slice(0, LONGEST - 1).trimEnd()}…` : text;
  }

  private now(): ReadonlyMap<string, Way> {
    return new Map(this.session.course.pages.map(({ id }) => [id, this.stateOf(id)] as const));
  }

  private stateOf(id: string): Way {
    const { shown, locked } = this.session.page(id);
    return !shown ? "hidden" : locked ? "locked" : "open";
  }
}
