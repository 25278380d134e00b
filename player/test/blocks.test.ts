// @vitest-environment jsdom
import { beforeEach, describe, expect, test } from "vitest";

import { enliven } from "../src/blocks";
import type { Aside } from "../src/copy";
import { all, the } from "./ui-page";

let kept: Map<string, string>;
let full: boolean;
const aside: Aside = {
  read: (name) => kept.get(name) ?? null,
  write: (name, text) => !full && (kept.set(name, text), true),
};

beforeEach(() => {
  kept = new Map();
  full = false;
});

/** A page with these blocks, as templates write them, brought to life. */
function page(html: string, id = "plan"): HTMLElement {
  document.body.innerHTML = `<section data-page="${id}">${html}</section>`;
  const section = the("[data-page]");
  enliven(section, aside);
  return section;
}

const ticked = (): boolean[] => all<HTMLInputElement>("[data-tick]").map((box) => box.checked);

describe("checklists", () => {
  const list = (...items: string[]): string =>
    `<fieldset data-checklist><legend>Before</legend>${items
      .map((item) => `<label><input type="checkbox" data-tick> <span>${item}</span></label>`)
      .join("")}<p data-kept hidden>Kept here</p></fieldset>`;

  test("ticks are there again, wherever their items stand", () => {
    page(list("One", "Two"));
    all("[data-tick]")[1]?.click();
    expect(ticked()).toEqual([false, true]);
    page(list("Two", "New", "One"));
    expect(ticked()).toEqual([true, false, false]);
    all("[data-tick]")[0]?.click();
    page(list("One", "Two"));
    expect(ticked()).toEqual([false, false]);
  });

  test("lists of other pages and titles have ticks of their own", () => {
    page(list("One"));
    the("[data-tick]").click();
    page(list("One"), "other");
    expect(ticked()).toEqual([false]);
    page(list("One").replace("Before", "After"));
    expect(ticked()).toEqual([false]);
    page(list("One"));
    expect(ticked()).toEqual([true]);
  });

  test("it says that ticks are kept only where they are", () => {
    page(list("One"));
    expect(the("[data-kept]").hidden).toBe(false);
    full = true;
    the("[data-tick]").click();
    expect(the("[data-kept]").hidden).toBe(true);
    page(list("One"));
    expect([ticked(), the("[data-kept]").hidden]).toEqual([[false], true]);
  });
});
