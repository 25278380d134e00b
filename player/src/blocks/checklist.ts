/**
 * Checklists: ticks stay on this device. They are kept by what is ticked off, so that a new version of the course that
 * has other items in another order leaves them where they belong.
 */

import { fingerprint, type Aside } from "../copy";
import { find } from "../ui-parts";

const NAME = "ticks";

export function checklists(section: HTMLElement, aside: Aside): void {
  const page = section.dataset["page"] ?? "";
  for (const list of section.querySelectorAll<HTMLElement>("[data-checklist]")) {
    const boxes = Array.from(list.querySelectorAll<HTMLInputElement>("[data-tick]"));
    const title = list.querySelector("legend")?.textContent ?? "";
    const key = (box: HTMLInputElement): string => fingerprint([page, title, box.parentElement?.textContent ?? ""].join("\n"));
    const ticked = read(aside);
    for (const box of boxes) box.checked = ticked.has(key(box));
    find(list, "[data-kept]").hidden = !write(aside, ticked);
    list.addEventListener("change", () => {
      const all = read(aside);
      for (const box of boxes) all[box.checked ? "add" : "delete"](key(box));
      find(list, "[data-kept]").hidden = !write(aside, all);
    });
  }
}

function read(aside: Aside): Set<string> {
  return new Set((aside.read(NAME) ?? "").split(" ").filter(Boolean));
}

function write(aside: Aside, ticked: ReadonlySet<string>): boolean {
  return aside.write(NAME, Array.from(ticked).join(" "));
}
