/**
 * Terms of the glossary: the link to a term becomes a button that shows its meaning where the word stands, and hides it
 * again. The meaning is taken from the glossary's page, so it is in the document once.
 */

import { element } from "../ui-parts";

/** Where links to terms lead; scormkit/model/course.py names the page. */
const GLOSSARY = "#/~glossary/";

export function terms(section: HTMLElement): void {
  asButtons(section);
  // One listener for all of them: feedback is copied into the page later.
  section.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-term]");
    if (button) toggle(button);
  });
  section.addEventListener("keydown", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-term][aria-expanded=true]");
    if (button && event.key === "Escape") toggle(button);
  });
}

function asButtons(root: HTMLElement): void {
  for (const link of root.querySelectorAll<HTMLAnchorElement>(`a[href^="${GLOSSARY}"]`)) {
    const term = decodeURIComponent(link.hash.slice(1));
    const button = element("button", { type: "button", class: "term", "data-term": term, "aria-expanded": "false" });
    button.append(...Array.from(link.childNodes));
    link.replaceWith(button);
  }
}

function toggle(button: HTMLElement): void {
  const open = button.getAttribute("aria-expanded") === "true";
  button.setAttribute("aria-expanded", String(!open));
  if (open) return button.nextElementSibling?.remove();
  const meaning = document.getElementById(button.dataset["term"] ?? "")?.nextElementSibling;
  const shown = element("span", { class: "meaning" }, " (");
  shown.append(...Array.from(meaning?.childNodes ?? [], (node) => node.cloneNode(true)), ")");
  asButtons(shown);
  button.after(shown);
}
