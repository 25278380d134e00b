/**
 * Terms of the glossary: the link to a term becomes a button that shows its meaning where the word stands, and hides it
 * again. The meaning is taken from the glossary's page, so it is in the document once. Citations show their source likewise.
 */

import { element } from "../ui-parts";
import type { Say } from "../ui-words";

/** Where links to terms and sources lead; scormkit/model/course.py names the pages. */
const LINKS = 'a[href^="#/~glossary/"], a[href^="#/~references/"]';

export function terms(section: HTMLElement, say: Say): void {
  asButtons(section, say);
  // One listener for all of them: feedback is copied into the page later.
  section.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-term]");
    if (button) toggle(button, say);
  });
  section.addEventListener("keydown", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-term][aria-expanded=true]");
    if (button && event.key === "Escape") toggle(button, say);
  });
}

function asButtons(root: HTMLElement, say: Say): void {
  for (const link of root.querySelectorAll<HTMLAnchorElement>(LINKS)) {
    const term = decodeURIComponent(link.hash.slice(1));
    const button = element("button", { type: "button", class: "term", "data-term": term, "aria-expanded": "false" });
    // A citation is where the list of sources leads back to, and a number alone says too little.
    if (link.id) button.id = link.id;
    if (link.hasAttribute("role")) button.setAttribute("aria-label", say("source", { number: link.textContent ?? "" }));
    button.append(...Array.from(link.childNodes));
    link.replaceWith(button);
  }
}

function toggle(button: HTMLElement, say: Say): void {
  const open = button.getAttribute("aria-expanded") === "true";
  button.setAttribute("aria-expanded", String(!open));
  if (open) return button.nextElementSibling?.remove();
  const named = document.getElementById(button.dataset["term"] ?? "");
  const meaning = named?.querySelector("[data-source]") ?? named?.nextElementSibling;
  const shown = element("span", { class: "meaning" }, " (");
  shown.append(...Array.from(meaning?.childNodes ?? [], (node) => node.cloneNode(true)), ")");
  asButtons(shown, say);
  button.after(shown);
}
