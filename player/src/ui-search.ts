/**
 * The search page: reads the pages that are in the document, and lists where the words stand. Asks nobody, keeps nothing.
 */

import { search, wordsOf, type Find, type Place } from "./search";
import type { Session } from "./session";
import { element, find, write } from "./ui-parts";
import type { Say } from "./ui-words";

const MOST = 50;
const GLOSSARY = "~glossary";
/** Begins a place of its own. */
const HEADINGS = "h1, h2, h3, h4, h5, h6, dt[id]";
/** Whose words are kept apart from those before and after. */
const BLOCKS = `${HEADINGS}, p, li, dd, td, th, caption, figcaption, summary, blockquote, pre, legend, label, div`;
/** What would give an answer away, or is no text of the course's. */
const LEFT_OUT =
  "[data-assessment], [data-answers], [data-outcome], [data-hint], [data-scene], .page-nav, .kicker, .meaning, .visually-hidden, " +
  "[data-notes], [data-only=handout], select, button:not(.term), [hidden]:not([data-page]):not([role=tabpanel])";

export function offerSearch(document: Document, session: Session, say: Say): void {
  const form = document.querySelector<HTMLFormElement>("[data-search]");
  if (!form) return;
  const field = find<HTMLInputElement>(form, "input");
  const page = form.closest("[data-page]") as HTMLElement;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const words = wordsOf(field.value);
    const shown = session.course.pages.filter(({ id }) => session.page(id).shown);
    const open = shown.filter(({ id }) => !session.page(id).locked);
    const sections = [...open.map(({ id }) => id), GLOSSARY].map((id) => document.getElementById(`/${id}`));
    const finds = words.length ? search(sections.flatMap((section) => (section ? places(section) : [])), words) : [];
    find(page, "[data-finds]").replaceChildren(...finds.slice(0, MOST).map(line));
    const told = [
      !words.length ? say("nothing-to-find") : say(finds.length ? "found" : "found-none", { count: finds.length, words: field.value.trim() }),
      finds.length > MOST ? say("found-first", { count: MOST }) : "",
      words.length && open.length < shown.length ? say("found-locked") : "",
    ];
    write(find(page, "[data-found]"), told.filter(Boolean).join(" "));
    // On a phone the keys on the screen lie over what was found.
    if (document.defaultView?.matchMedia?.("(pointer: coarse)").matches) find(form, "button").focus();
  });
}

/** What stands on a page, heading by heading. */
function places(section: HTMLElement): Place[] {
  const title = find(section, "h1").textContent?.trim() ?? "";
  const found: { target: string; page: string; heading: string; texts: string[] }[] = [];
  let [heading, block]: (Element | null)[] = [null, null];
  const walker = section.ownerDocument.createTreeWalker(section, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, {
    acceptNode: (node) => (node instanceof Element && leftOut(node) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT),
  });
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node instanceof Element) {
      if (node.matches(HEADINGS)) {
        heading = node;
        found.push({ target: node.id || `/${section.dataset["page"] ?? ""}`, page: title, heading: "", texts: [] });
      }
      continue;
    }
    const place = found[found.length - 1];
    if (!place) continue;
    if (heading?.contains(node)) {
      place.heading += node.textContent ?? "";
      continue;
    }
    const around = node.parentElement?.closest(BLOCKS) ?? null;
    place.texts.push(around === block ? "" : " ", node.textContent ?? "");
    block = around;
  }
  return found.map(({ texts, heading, ...place }) => ({ ...place, heading: tidy(heading), text: tidy(texts.join("")) }));
}

/** Of a question only what is asked: nothing that its answers say, even before they are checked. */
function leftOut(element: Element): boolean {
  const question = element.closest("[data-question]");
  if (question && element !== question && !element.closest(".prompt") && !element.querySelector(".prompt")) return true;
  return element.matches(LEFT_OUT);
}

function tidy(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

function line({ place, excerpt }: Find): HTMLElement {
  const title = place.heading === place.page ? place.page : `${place.page}: ${place.heading}`;
  const pieces = excerpt.map((piece, index) => (index % 2 ? element("mark", {}, piece) : piece));
  return element("li", {}, element("a", { href: `#${place.target}` }, title), element("p", {}, ...pieces));
}
