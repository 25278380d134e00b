// @vitest-environment jsdom
import { beforeEach, describe, expect, test } from "vitest";

import { offerDisplay } from "../src/ui-display";
import { openPage, the } from "./ui-page";

const root = () => document.documentElement;

/** Chooses as a learner does. */
function choose(name: string, value: string): void {
  const list = the<HTMLSelectElement>(`[data-display] [name=${name}]`);
  list.value = value;
  list.dispatchEvent(new Event("change", { bubbles: true }));
}

/** A new visit: the page as it comes, and what the device keeps. */
function visit(): void {
  openPage();
  offerDisplay(window);
}

beforeEach(() => window.localStorage.clear());

describe("display", () => {
  test("nothing is changed until the learner chooses", () => {
    visit();
    for (const name of ["text", "spacing", "colours"]) expect(root().dataset[name]).toBeUndefined();
    expect(window.localStorage.length).toBe(0);
  });

  test("what was chosen is applied at once and at the next visit", () => {
    visit();
    choose("text", "largest");
    choose("colours", "light");
    expect(root().dataset["text"]).toBe("largest");
    expect(root().dataset["colours"]).toBe("light");
    visit();
    expect(root().dataset["text"]).toBe("largest");
    expect(the<HTMLSelectElement>("[data-display] [name=text]").value).toBe("largest");
    choose("text", "");
    choose("colours", "");
    for (const name of ["text", "colours"]) expect(root().dataset[name]).toBeUndefined();
  });

  test.each(["text=enormous&colours=<b>", "%%%", "", "text"])("what makes no sense is not applied: %s", (kept) => {
    window.localStorage.setItem("scormkit:display", kept);
    visit();
    expect(root().dataset["text"]).toBeUndefined();
    expect(the<HTMLSelectElement>("[data-display] [name=text]").value).toBe("");
  });

  test("where nothing can be kept, the learner is told", () => {
    visit();
    expect([the("[data-display] [data-kept]").hidden, the("[data-display] [data-not-kept]").hidden]).toEqual([false, true]);
    const view = new Proxy(window, {
      get: (target, name) => {
        if (name === "localStorage") throw new Error("forbidden");
        return Reflect.get(target, name) as unknown;
      },
    });
    openPage();
    offerDisplay(view);
    choose("text", "large");
    expect(root().dataset["text"]).toBe("large");
    expect([the("[data-display] [data-kept]").hidden, the("[data-display] [data-not-kept]").hidden]).toEqual([true, false]);
  });

  test("it closes by Escape, and when the learner goes on elsewhere", () => {
    visit();
    const box = the<HTMLDetailsElement>("[data-display]");
    box.open = true;
    the("[data-display] [name=text]").focus();
    expect(box.open).toBe(true);
    the("[data-display] [name=text]").dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
    expect(box.open).toBe(false);
    expect(document.activeElement).toBe(the("[data-display] summary"));
    box.open = true;
    the("[data-action=exit]").focus();
    expect(box.open).toBe(false);
  });
});
