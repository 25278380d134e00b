/**
 * The language that the learner reads: the one that the page is written in, or one that waits in a <template>. When it is changed,
 * all that is seen is put in anew; progress, drafts and the place on the page stay. The choice is kept on this device, which can
 * be asked before the host has answered, and in saved progress, which has the last word: it goes where the learner goes.
 */

import type { Aside } from "./copy";
import type { Course } from "./course";
import type { Keeper } from "./keeper";
import { versions } from "./speaking";
import { Ui } from "./ui";
import { offerDisplay } from "./ui-display";
import { find, seen, showInstead } from "./ui-parts";

const KEY = "language";

export class Languages {
  private readonly document: Document;
  private readonly texts: ReadonlyMap<string, HTMLTemplateElement>;
  private spoken: readonly Course[] = [];
  private ui: Ui | null = null;

  /** Takes the page as it is: nothing has moved it yet. */
  constructor(private readonly view: Window) {
    this.document = view.document;
    const others = Array.from(this.document.querySelectorAll<HTMLTemplateElement>("template[data-language]"));
    const texts = others.length > 0 ? [written(this.document), ...others] : [];
    this.texts = new Map(texts.map((template) => [template.dataset["language"] ?? "", template]));
  }

  /** Puts the page into the language that the learner chose before. */
  begin(aside: Aside): void {
    this.put(aside.read(KEY) ?? "");
  }

  private put(language: string): void {
    const template = this.texts.get(language);
    if (template && language !== this.document.documentElement.lang) swap(this.document, template);
  }

  /** Brings the course to life, and lets learners choose its language. */
  show(keeper: Keeper): void {
    if (this.spoken.length === 0) {
      this.spoken = versions(keeper.session.course);
      const { language = "" } = keeper.session;
      if (this.texts.has(language)) keeper.aside.write(KEY, language);
      this.put(language);
    }
    const course = this.spoken.find(({ language }) => language === this.document.documentElement.lang);
    if (course) keeper.session.speak(course);
    this.ui = new Ui(this.view, keeper);
    this.ui.start();
    if (this.texts.size === 0) return;
    const choice = find<HTMLSelectElement>(this.document, "[data-language-choice]");
    choice.value = this.document.documentElement.lang;
    choice.addEventListener("change", () => this.change(choice.value, keeper));
  }

  private change(language: string, keeper: Keeper): void {
    const template = this.texts.get(language);
    if (!template) return;
    keeper.aside.write(KEY, language);
    const place = placeOn(this.view);
    this.ui?.stop();
    swap(this.document, template);
    this.show(keeper);
    keeper.session.speak(keeper.session.course, true);
    find(this.document, "[data-language-choice]").focus({ preventScroll: true });
    place();
  }
}

/** What the page shows at first, before anything moves it, as a template like the others. */
function written(document: Document): HTMLTemplateElement {
  const template = document.createElement("template");
  template.dataset["language"] = document.documentElement.lang;
  template.dataset["direction"] = document.documentElement.dir;
  for (const node of seen(document)) template.content.append(node.cloneNode(true));
  return template;
}

function swap(document: Document, template: HTMLTemplateElement): void {
  showInstead(document, document.importNode(template.content, true));
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
