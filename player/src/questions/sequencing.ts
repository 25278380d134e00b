/**
 * sequencing: a list whose items move up and down by buttons. The focus stays on the button that was pressed, and the new
 * place is said politely.
 */

import type { Question, Response } from "../course";
import { find, write } from "../ui-parts";
import type { Say } from "../ui-words";
import type { Widget } from "./widget";

export function sequencing(root: HTMLElement, question: Question, say: Say): Widget {
  const list = find(root, "[data-items]");
  const moved = find(root, "[data-moved]");
  const right = question.interaction.correct[0] ?? [];
  /** Whether the order is the learner's own, not the one that chance gave. */
  let given = false;
  const rows = (): HTMLElement[] => Array.from(list.querySelectorAll<HTMLElement>("[data-option]"));
  const key = (row: HTMLElement): string => row.dataset["option"] ?? "";
  const words = (row: HTMLElement): string => question.interaction.choices?.find((choice) => choice.key === key(row))?.text ?? "";
  const buttons = (row: HTMLElement): HTMLButtonElement[] => Array.from(row.querySelectorAll<HTMLButtonElement>("[data-move]"));

  /** The buttons at the ends stay where they are and can be reached: a disabled one would drop the focus. */
  const ends = (): void => {
    rows().forEach((row, at, all) => {
      for (const button of buttons(row)) {
        const end = button.dataset["move"] === "up" ? at === 0 : at === all.length - 1;
        button.setAttribute("aria-disabled", String(end));
      }
    });
  };

  const arrange = (keys: readonly string[]): void => {
    const place = (row: HTMLElement): number => (keys.includes(key(row)) ? keys.indexOf(key(row)) : keys.length);
    list.append(...rows().sort((a, b) => place(a) - place(b)));
    ends();
  };

  const move = (row: HTMLElement, by: 1 | -1): void => {
    const all = rows();
    const to = all.indexOf(row) + by;
    const other = all[to];
    if (!other) return write(moved, say(by < 0 ? "moved-first" : "moved-last", { item: words(row) }));
    // The neighbour is what moves: an element that is taken out of the page and put back loses the focus.
    if (by < 0) row.after(other);
    else row.before(other);
    given = true;
    ends();
    write(moved, say("moved", { item: words(row), place: to + 1, count: all.length }));
    row.scrollIntoView?.({ block: "nearest" });
    list.dispatchEvent(new Event("change", { bubbles: true }));
  };

  list.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLButtonElement>("[data-move]");
    const row = button?.closest<HTMLElement>("[data-option]");
    if (button && row) move(row, button.dataset["move"] === "up" ? -1 : 1);
  });

  return {
    keeps: true,
    read: () => (given ? rows().map(key) : null),
    missing: () => ({ words: "nothing-moved", given: false }),
    show(response) {
      given = response !== null;
      write(moved, "");
      if (response) arrange(response);
    },
    lock(locked) {
      for (const moves of list.querySelectorAll<HTMLElement>("[data-moves]")) moves.hidden = locked;
      for (const row of rows()) for (const button of buttons(row)) button.disabled = locked;
    },
    order: arrange,
    mark(response, everything) {
      rows().forEach((row, at) => {
        const marked = response ? mark(response, right, key(row), everything) : "";
        row.dataset["marked"] = marked;
        const place = right.indexOf(key(row)) + 1;
        const told = marked === "wrong" && everything ? "mark-place-wrong-is" : `mark-place-${marked}`;
        write(find(row, "[data-mark]"), marked ? say(told, { place, own: at + 1 }) : "");
      });
    },
    feedback(response) {
      const wrong = right.filter((item, at) => response[at] !== item);
      return rows()
        .filter((row) => wrong.includes(key(row)))
        .map((row) => ({ key: key(row), about: words(row) }));
    },
    first: () => rows().flatMap(buttons).find((button) => button.getAttribute("aria-disabled") !== "true") ?? null,
  };
}

/** `right` or `wrong` where there is an order; `missed` where nothing was given and the right place is to be told. */
function mark(response: Response, right: Response, item: string, everything: boolean): string {
  if (response.length) return response.indexOf(item) === right.indexOf(item) ? "right" : "wrong";
  return everything ? "missed" : "";
}
