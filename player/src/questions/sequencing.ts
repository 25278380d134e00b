/**
 * sequencing: a list whose items move up and down by buttons. The focus stays on the button that was pressed, and the new
 * place is said politely.
 */

import type { Question, Response } from "../course";
import { find, write } from "../ui-parts";
import type { Say } from "../ui-words";
import { keyOf, ordered, rowsOf } from "./rows";
import type { Widget } from "./widget";

export function sequencing(root: HTMLElement, question: Question, say: Say): Widget {
  const words = (row: HTMLElement): string => question.interaction.choices?.find(({ key }) => key === keyOf(row))?.text ?? "";
  const list = new MovingList(root, say, words);
  const right = question.interaction.correct[0] ?? [];
  return {
    keeps: true,
    read: () => (list.given ? list.rows.map(keyOf) : null),
    missing: () => ({ words: "nothing-moved", given: false }),
    show: (response) => list.show(response),
    lock: (locked) => list.lock(locked),
    order: (keys) => list.arrange(keys),
    mark(response, everything) {
      list.rows.forEach((row, at) => {
        const marked = response ? mark(response, right, keyOf(row), everything) : "";
        row.dataset["marked"] = marked;
        const place = right.indexOf(keyOf(row)) + 1;
        const told = marked === "wrong" && everything ? "mark-place-wrong-is" : `mark-place-${marked}`;
        write(find(row, "[data-mark]"), marked ? say(told, { place, own: at + 1 }) : "");
      });
    },
    feedback(response) {
      const wrong = right.filter((item, at) => response[at] !== item);
      return list.rows.filter((row) => wrong.includes(keyOf(row))).map((row) => ({ key: keyOf(row), about: words(row) }));
    },
    first: () => list.rows.flatMap(buttons).find((button) => button.getAttribute("aria-disabled") !== "true") ?? null,
  };
}

class MovingList {
  /** Whether the order is the learner's own, not the one that chance gave. */
  given = false;
  private readonly list: HTMLElement;
  private readonly told: HTMLElement;

  constructor(
    root: HTMLElement,
    private readonly say: Say,
    private readonly words: (row: HTMLElement) => string,
  ) {
    this.list = find(root, "[data-items]");
    this.told = find(root, "[data-moved]");
    this.list.addEventListener("click", (event) => {
      const button = (event.target as Element).closest<HTMLButtonElement>("[data-move]");
      const row = button?.closest<HTMLElement>("[data-option]");
      if (button && row) this.move(row, button.dataset["move"] === "up" ? -1 : 1);
    });
  }

  get rows(): HTMLElement[] {
    return rowsOf(this.list);
  }

  show(response: Response | null): void {
    this.given = response !== null;
    write(this.told, "");
    if (response) this.arrange(response);
  }

  arrange(keys: readonly string[]): void {
    this.list.append(...ordered(this.rows, keys, keyOf));
    this.ends();
  }

  lock(locked: boolean): void {
    for (const moves of this.list.querySelectorAll<HTMLElement>("[data-moves]")) moves.hidden = locked;
    for (const button of this.rows.flatMap(buttons)) button.disabled = locked;
  }

  private move(row: HTMLElement, by: 1 | -1): void {
    const all = this.rows;
    const to = all.indexOf(row) + by;
    const other = all[to];
    if (!other) return write(this.told, this.say(by < 0 ? "moved-first" : "moved-last", { item: this.words(row) }));
    // The neighbour is what moves: an element that is taken out of the page and put back loses the focus.
    if (by < 0) row.after(other);
    else row.before(other);
    this.given = true;
    this.ends();
    write(this.told, this.say("moved", { item: this.words(row), place: to + 1, count: all.length }));
    row.scrollIntoView?.({ block: "nearest" });
    this.list.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /** The buttons at the ends stay where they are and can be reached: a disabled one would drop the focus. */
  private ends(): void {
    this.rows.forEach((row, at, all) => {
      for (const button of buttons(row)) {
        const end = button.dataset["move"] === "up" ? at === 0 : at === all.length - 1;
        button.setAttribute("aria-disabled", String(end));
      }
    });
  }
}

const buttons = (row: HTMLElement): HTMLButtonElement[] => Array.from(row.querySelectorAll<HTMLButtonElement>("[data-move]"));

/** `right` or `wrong` where there is an order; `missed` where nothing was given and the right place is to be told. */
function mark(response: Response, right: Response, item: string, everything: boolean): string {
  if (response.length) return response.indexOf(item) === right.indexOf(item) ? "right" : "wrong";
  return everything ? "missed" : "";
}
