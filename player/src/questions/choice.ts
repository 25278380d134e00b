/**
 * choice, multiple, true-false: radio buttons or checkboxes, one option a row.
 */

import type { Question, Response } from "../course";
import type { Say } from "../ui-words";
import { keyOf, ordered, rowsOf } from "./rows";
import type { About, Widget } from "./widget";

export function choice(root: HTMLElement, question: Question, say: Say): Widget {
  const rows = rowsOf(root);
  const input = (row: HTMLElement): HTMLInputElement => row.querySelector("input") as HTMLInputElement;
  const words = (row: HTMLElement): string => row.querySelector("label")?.textContent?.trim() ?? "";

  return {
    read(): Response | null {
      const chosen = question.options.map((option) => option.key).filter((wanted) => rows.some((row) => keyOf(row) === wanted && input(row).checked));
      return chosen.length ? chosen : null;
    },
    show(response) {
      for (const row of rows) input(row).checked = response?.includes(keyOf(row)) ?? false;
    },
    lock(locked) {
      for (const row of rows) input(row).disabled = locked;
    },
    order(keys) {
      for (const row of ordered(rows, keys, keyOf)) row.parentElement?.append(row);
    },
    mark(response, everything) {
      const right = question.interaction.correct;
      const isRight = (row: HTMLElement): boolean => right.some((items) => items.includes(keyOf(row)));
      for (const row of rows) {
        const chosen = response?.includes(keyOf(row)) ?? false;
        const marked = response && right.length ? mark(chosen, isRight(row), everything) : "";
        row.dataset["marked"] = marked;
        const label = row.querySelector("[data-mark]");
        if (label) label.textContent = marked ? say(`mark-${marked}`) : "";
      }
    },
    feedback(response): About[] {
      const chosen = rows.filter((row) => response.includes(keyOf(row)));
      return chosen.map((row) => ({ key: keyOf(row), about: chosen.length > 1 ? words(row) : "" }));
    },
    first() {
      const chosen = rows.find((row) => input(row).checked) ?? rows.find((row) => row === row.parentElement?.firstElementChild);
      return chosen ? input(chosen) : null;
    },
  };
}

function mark(chosen: boolean, right: boolean, everything: boolean): string {
  if (chosen) return right ? "right" : "wrong";
  return right && everything ? "missed" : "";
}
