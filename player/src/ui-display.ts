/**
 * How the learner wants to read: text size, spacing, colours. Kept on this device for all courses from the same place, and
 * told to nobody. Each choice is an attribute of <html> that the style sheet knows (scormkit/render/templates/display.html).
 */

import { storedIn } from "./copy";
import { find } from "./ui-parts";

const KEY = "scormkit:display";

/** Applies what was chosen before, and lets the learner choose; before the host answers, so that the page looks right at once. */
export function offerDisplay(view: Window): void {
  const { document } = view;
  const box = find<HTMLDetailsElement>(document, "[data-display]");
  const choices = Array.from(box.querySelectorAll("select"));
  const stored = storedIn(() => view.localStorage);
  const apply = (): void => {
    for (const { name, value } of choices) {
      if (value) document.documentElement.dataset[name] = value;
      else delete document.documentElement.dataset[name];
    }
  };
  const tell = (kept: boolean): void => {
    find(box, "[data-kept]").hidden = !kept;
    find(box, "[data-not-kept]").hidden = kept;
  };
  const before = new URLSearchParams(stored?.read(KEY) ?? "");
  for (const choice of choices) {
    const value = before.get(choice.name) ?? document.documentElement.dataset[choice.name] ?? "";
    if (Array.from(choice.options).some((option) => option.value === value)) choice.value = value;
  }
  apply();
  tell(stored !== null);
  box.addEventListener("change", () => {
    apply();
    // Only now: nothing is kept of learners who choose nothing.
    tell(stored?.write(KEY, choices.map(({ name, value }) => `${name}=${value}`).join("&")) ?? false);
  });
  closable(box, document);
}

/** What lies over the page goes away by Escape, and when the learner goes on elsewhere: it must not cover where they are. */
function closable(box: HTMLDetailsElement, document: Document): void {
  box.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !box.open) return;
    box.open = false;
    find(box, "summary").focus();
  });
  for (const type of ["focusin", "pointerdown"]) {
    document.addEventListener(type, ({ target }) => {
      if (!box.contains(target as Node | null)) box.open = false;
    });
  }
}
