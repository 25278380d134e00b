/**
 * hotspot: a list of radio buttons, and a picture whose areas choose from it. The list is all that is needed; the areas
 * show what is chosen, has the focus, and was right.
 */

import type { Question } from "../course";
import { find } from "../ui-parts";
import type { Say } from "../ui-words";
import { choice } from "./choice";
import type { Widget } from "./widget";

export function hotspot(root: HTMLElement, question: Question, say: Say): Widget {
  const list = choice(root, question, say);
  const row = (key: string): HTMLElement => find(root, `[data-option="${key}"]`);
  const areas = Array.from(root.querySelectorAll<SVGElement>("[data-area]"), (area) => ({
    area,
    input: find<HTMLInputElement>(row(area.dataset["area"] ?? ""), "input"),
  }));

  function paint(): void {
    for (const { area, input } of areas) {
      area.toggleAttribute("data-chosen", input.checked);
      area.toggleAttribute("data-focused", input === document.activeElement);
      area.dataset["marked"] = row(area.dataset["area"] ?? "").dataset["marked"] ?? "";
    }
  }

  for (const { area, input } of areas) {
    area.addEventListener("click", () => {
      if (input.disabled) return;
      input.focus();
      input.click();
    });
  }
  for (const event of ["change", "focusin", "focusout"]) root.addEventListener(event, () => setTimeout(paint));

  return {
    ...list,
    order: () => undefined, // the numbers of the list are those in the picture
    show(response) {
      list.show(response);
      paint();
    },
    lock(locked) {
      list.lock(locked);
      find(root, "[data-hotspot]").toggleAttribute("data-locked", locked);
      paint();
    },
    mark(response, everything) {
      list.mark(response, everything);
      paint();
    },
  };
}
