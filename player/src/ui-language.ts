/**
 * The language that the learner reads: the one that the page is written in, or one that waits in a <template>. When it is changed,
 * all that is seen is put in anew; progress, drafts and the place on the page stay. The choice is kept with the learner's other
 * things on this device.
 */

import type { Keeper } from "./keeper";
import { versions } from "./speaking";
import { Ui } from "./ui";
import { offerDisplay } from "./ui-display";
import { find } from "./ui-parts";

const KEY = "language";

/** Shows the course in the language that the learner chose before, else as it is, and lets them choose. */
export function showCourse(view: Window, keeper: Keeper): void {
  const { document } = view;
  const others = Array.from(document.querySelectorAll<HTMLTemplateElement>("template[data-language]"));
  if (others.length === 0) return new Ui(view, keeper).start();
  const texts = new Map(others.map((template) => [template.dataset["language"] ?? "", template]));
  const first = written(document);
  texts.set(first.dataset["language"] ?? "", first);
  const spoken = versions(keeper.session.course);
  let ui: Ui | null = null;

  const show = (language: string): void => {
    const template = texts.get(language);
    const course = spoken.find((one) => one.language === language);
    if (!template || !course) return;
    const place = ui && placeOn(view);
    ui?.stop();
    if (language !== document.documentElement.lang || ui) swap(document, template);
    keeper.session.speak(course);
    ui = new Ui(view, keeper);
    ui.start();
    const choice = find<HTMLSelectElement>(document, "[data-language-choice]");
    choice.value = language;
    choice.addEventListener("change", () => {
      keeper.aside.write(KEY, choice.value);
      show(choice.value);
      find(document, "[data-language-choice]").focus({ preventScroll: true });
    });
    place?.();
  };

  const before = keeper.aside.read(KEY) ?? "";
  const begin = texts.has(before) ? before : document.documentElement.lang;
  const changed = begin !== document.documentElement.lang;
  if (changed) document.documentElement.removeAttribute("data-ready");
  show(begin);
}

/** What the page shows at first, before anything moves it, as a template like the others. */
function written(document: Document): HTMLTemplateElement {
  const template = document.createElement("template");
  template.dataset["language"] = document.documentElement.lang;
  template.dataset["direction"] = document.documentElement.dir;
  for (const node of seen(document)) template.content.append(node.cloneNode(true));
  return template;
}

/** All that is shown: what is neither a template nor data. */
function seen(document: Document): Element[] {
  return Array.from(document.body.children).filter(({ localName }) => localName !== "template" && localName !== "script");
}

function swap(document: Document, template: HTMLTemplateElement): void {
  const fresh = document.importNode(template.content, true);
  for (const node of seen(document)) node.remove();
  document.body.prepend(fresh);
  document.documentElement.lang = template.dataset["language"] ?? "";
  document.documentElement.dir = template.dataset["direction"] ?? "";
  if (document.defaultView) offerDisplay(document.defaultView);
}

/** Brings the same part of the page back to where it is now. */
function placeOn(view: Window): () => void {
  const parts = (): Element[] => Array.from(view.document.querySelectorAll("[data-page]:not([hidden]) > *, [data-page]:not([hidden]) [data-question]"));
  const at = parts().findIndex((part) => part.getBoundingClientRect().bottom > view.innerHeight / 4);
  const top = parts()[at]?.getBoundingClientRect().top ?? 0;
  return () => view.scrollBy(0, (parts()[at]?.getBoundingClientRect().top ?? top) - top);
}
