/**
 * Messages above the page: what a learner has to know about this launch, each with a way to close it.
 */

import { element, find, goTo } from "./ui-parts";
import type { Say } from "./ui-words";

interface Notice {
  readonly warning?: boolean;
  readonly more?: HTMLElement;
  readonly list?: HTMLElement;
  readonly focus?: boolean;
}

export class Notices {
  private readonly place: HTMLElement;

  constructor(
    document: Document,
    private readonly say: Say,
  ) {
    this.place = find(document, "[data-notices]");
    this.place.setAttribute("aria-live", "polite");
  }

  /**
   * Puts a message there; one of the same `name` is replaced. `more` follows the words (a link or a button); with
   * `focus` the learner is taken to it, because it answers what they just did. A `list` stands below.
   */
  put(name: string, words: string, { warning = false, more, list, focus = false }: Notice = {}): void {
    this.take(name);
    const text = element("p", {}, words);
    if (more) text.append(" ", more);
    const close = element("button", { type: "button", class: "notice-close" }, this.say("dismiss"));
    const notice = element("div", { class: "notice", "data-notice": warning ? "warning" : "info", "data-name": name, tabindex: "-1" });
    notice.append(...(words ? [text] : []), ...(list ? [list] : []), close);
    close.addEventListener("click", () => {
      // The focus goes on to the page before the button that has it goes away.
      find(this.place.ownerDocument, "main").focus({ preventScroll: true });
      notice.remove();
    });
    this.place.append(notice);
    if (focus) goTo(notice);
  }

  /** Takes a message away, if it is there. */
  take(name: string): void {
    this.place.querySelector(`[data-name="${name}"]`)?.remove();
  }
}
