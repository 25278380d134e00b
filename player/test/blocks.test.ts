// @vitest-environment jsdom
import { beforeEach, describe, expect, test } from "vitest";

import { enliven, reveal } from "../src/blocks";
import type { Aside } from "../src/copy";
import { Session } from "../src/session";
import { makeCourse } from "./courses";
import { all, the } from "./ui-page";

let kept: Map<string, string>;
let full: boolean;
const aside: Aside = {
  read: (name) => kept.get(name) ?? null,
  write: (name, text) => !full && (kept.set(name, text), true),
};

const session = new Session(makeCourse([{}]), null, 1);

beforeEach(() => {
  kept = new Map();
  full = false;
});

/** A page with these blocks, as templates write them, brought to life. */
function page(html: string, id = "plan"): HTMLElement {
  document.body.innerHTML = `<section data-page="${id}">${html}</section>`;
  const section = the("[data-page]");
  enliven(section, session, aside, (key) => key);
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

describe("tabs", () => {
  const block = (inside = ""): string =>
    `<div data-tabs><p class="block-title">Who decides?</p>${["One", "Two", "Three"]
      .map((name) => `<div data-panel><h2 id="/plan/${name}">${name}</h2><p>About ${name}</p>${name === "Two" ? inside : ""}</div>`)
      .join("")}</div>`;
  const selected = (): string => all("[role=tab][aria-selected=true]").map((tab) => tab.textContent).join();
  const open = (): string => all("[role=tabpanel]").filter((panel) => !panel.hidden).map((panel) => panel.querySelector("p")?.textContent).join();
  const press = (key: string): boolean =>
    (document.activeElement as Element).dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));

  test("headings become tabs; names, states and panels belong together", () => {
    page(block());
    expect(all("[role=tab]").map((tab) => tab.textContent)).toEqual(["One", "Two", "Three"]);
    expect(document.getElementById(the("[role=tablist]").getAttribute("aria-labelledby") ?? "")?.textContent).toBe("Who decides?");
    for (const tab of all("[role=tab]")) {
      const panel = document.getElementById(tab.getAttribute("aria-controls") ?? "");
      expect(panel?.getAttribute("aria-labelledby")).toBe(tab.id);
    }
    expect([selected(), open()]).toEqual(["One", "About One"]);
    expect(all("[role=tab]").map((tab) => tab.tabIndex)).toEqual([0, -1, -1]);
  });

  test("arrow keys, Home and End go round; other keys do nothing", () => {
    page(block());
    the("[aria-selected=true]").focus();
    for (const [key, name] of [["ArrowRight", "Two"], ["ArrowRight", "Three"], ["ArrowRight", "One"], ["ArrowLeft", "Three"], ["Home", "One"], ["End", "Three"]] as const) {
      expect(press(key)).toBe(false);
      expect([selected(), open(), document.activeElement?.textContent]).toEqual([name, `About ${name}`, name]);
    }
    expect(press("x")).toBe(true);
    expect(selected()).toBe("Three");
  });

  test("where text runs from right to left, so do the arrow keys", () => {
    const section = page(block());
    section.style.direction = "rtl";
    the("[data-tabs]").style.direction = "rtl";
    the("[aria-selected=true]").focus();
    press("ArrowLeft");
    expect(selected()).toBe("Two");
  });

  test("a link to something in a closed tab opens it, and the tabs around it", () => {
    page(block(block().split("/plan/").join("/plan/inner-")));
    reveal(document.getElementById("/plan/inner-Three") as Element);
    const visible = (id: string): boolean => document.getElementById(id)?.closest("[hidden]") === null;
    expect([visible("/plan/inner-Three"), visible("/plan/Two"), visible("/plan/One")]).toEqual([true, true, false]);
  });

  test("one part alone is left as it is", () => {
    page('<div data-tabs><div data-panel><h2>One</h2></div></div>');
    expect(all("[role]")).toEqual([]);
  });
});

describe("citations", () => {
  test("show the source where it is cited, under a name that says what the number is, and stay where ways back lead", () => {
    document.body.innerHTML =
      '<section data-page="plan"><p>So <span class="cite">[<a href="#/~references/a" id="/plan/cite-a" role="doc-biblioref">1</a>]</span></p></section>' +
      '<ol><li id="/~references/a"><span data-source>A. <em>Title</em></span> <a href="#/plan/cite-a">back</a></li></ol>';
    enliven(the('[data-page="plan"]'), session, aside, (key, values) => `${key} ${values?.["number"] ?? ""}`);
    const button = the<HTMLButtonElement>("button.term");
    expect([button.id, button.getAttribute("aria-label")]).toEqual(["/plan/cite-a", "source 1"]);
    button.click();
    expect(the(".cite").textContent).toBe("[1 (A. Title)]");
    button.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
    expect(the(".cite").textContent).toBe("[1]");
  });
});

describe("terms of the glossary", () => {
  const GLOSSARY =
    '<section data-page="~glossary"><dl><div><dt id="/~glossary/a">A</dt><dd>First, <em>not</em> <a class="term" href="#/~glossary/b">b</a></dd></div>' +
    '<div><dt id="/~glossary/b">B</dt><dd>Second</dd></div></dl></section>';
  const terms = (html: string): void => {
    document.body.innerHTML = `<section data-page="plan">${html}</section>${GLOSSARY}`;
    enliven(the('[data-page="plan"]'), session, aside, (key) => key);
  };
  const text = (): string => the('[data-page="plan"]').textContent ?? "";

  test("a term shows its meaning where it stands, and hides it again", () => {
    terms('<p>Is <a class="term" href="#/~glossary/a">an <strong>A</strong></a>.</p>');
    const button = the<HTMLButtonElement>("button.term");
    expect([button.type, button.getAttribute("aria-expanded"), text()]).toEqual(["button", "false", "Is an A."]);
    button.click();
    expect([button.getAttribute("aria-expanded"), text()]).toEqual(["true", "Is an A (First, not b)."]);
    button.click();
    expect([button.getAttribute("aria-expanded"), text()]).toEqual(["false", "Is an A."]);
  });

  test("a meaning's own terms are terms, and the glossary stays as it is", () => {
    terms('<p><a class="term" href="#/~glossary/a">A</a></p>');
    the("button.term").click();
    all("button.term")[1]?.click();
    expect(text()).toBe("A (First, not b (Second))");
    expect(the('[data-page="~glossary"] a.term').getAttribute("href")).toBe("#/~glossary/b");
  });

  test("Escape hides it", () => {
    terms('<p><a class="term" href="#/~glossary/b">B</a></p>');
    the("button.term").click();
    the("button.term").dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
    expect(text()).toBe("B");
  });

  test("feedback that is copied into the page later has terms that work", () => {
    terms('<div id="from"><a class="term" href="#/~glossary/b">B</a></div>');
    const copy = the("#from").cloneNode(true) as HTMLElement;
    the("#from").replaceWith(copy);
    the("button.term").click();
    expect(text()).toBe("B (Second)");
  });
});

describe("embeds", () => {
  test("nothing is loaded before the learner says so; then the frame has its name and the focus", () => {
    page(
      '<figure data-embed="https://films.example.org/a"><figcaption>A film</figcaption>' +
        '<div data-room><p>They learn it.</p><button data-action="load">Load</button></div></figure>',
    );
    expect(all("iframe")).toEqual([]);
    the("[data-action=load]").click();
    const frame = the<HTMLIFrameElement>("[data-room] > iframe");
    expect([frame.src, frame.title, document.activeElement === frame]).toEqual(["https://films.example.org/a", "A film", true]);
    expect(frame.getAttribute("sandbox")).not.toContain("top-navigation");
    expect(all("[data-action=load]")).toEqual([]);
  });
});

describe("figures", () => {
  const FIGURE = '<figure data-enlarge><img src="media/a.svg" alt="A ladder"><figcaption>The ladder</figcaption></figure>';

  test("a picture can be enlarged, in a dialog that names it and goes when it is closed", () => {
    let modal = 0;
    HTMLDialogElement.prototype.showModal = () => void (modal += 1);
    HTMLDialogElement.prototype.close = function () {
      this.dispatchEvent(new Event("close"));
    };
    page(`${FIGURE}<figure><img src="media/b.svg" alt=""></figure>`);
    the("button.enlarge").click();
    expect([modal, the("dialog").getAttribute("aria-label")]).toEqual([1, "The ladder"]);
    expect([the("dialog img").getAttribute("src"), the("dialog img").getAttribute("alt")]).toEqual(["media/a.svg", "A ladder"]);
    the("dialog button").click();
    expect(all("dialog")).toEqual([]);
    Reflect.deleteProperty(HTMLDialogElement.prototype, "showModal");
    Reflect.deleteProperty(HTMLDialogElement.prototype, "close");
  });

  test("browsers that have no dialogs get no button", () => {
    page(FIGURE);
    expect(all("button")).toEqual([]);
  });
});
