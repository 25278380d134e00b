// @vitest-environment jsdom
import { describe, expect, test } from "vitest";

import type { Aside } from "../src/copy";
import { LONGEST_NOTE, Notes } from "../src/notes";
import { all, check, goTo, openPage, shown, the, words } from "./ui-page";

function device(working = true): Aside & { kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return { kept, read: (name) => kept.get(name) ?? null, write: (name, text) => working && (kept.set(name, text), true) };
}

describe("notes", () => {
  test("are there again, and go when they are emptied", () => {
    const aside = device();
    expect(new Notes(aside).write("a", "One")).toBe("kept");
    expect(new Notes(aside).of("a")).toBe("One");
    expect(new Notes(aside).write("a", " \n")).toBe("kept");
    expect(aside.kept.get("notes")).toBe("{}");
  });

  test("of two windows are all kept", () => {
    const aside = device();
    const [one, other] = [new Notes(aside), new Notes(aside)];
    one.write("a", "One");
    other.write("b", "Two");
    expect([new Notes(aside).of("a"), new Notes(aside).of("b")]).toEqual(["One", "Two"]);
  });

  test("are there until the window closes where the device keeps nothing", () => {
    const notes = new Notes(device(false));
    expect(notes.write("a", "One")).toBe("not-kept");
    expect(notes.of("a")).toBe("One");
  });

  test("take a bounded room, and what was there stays", () => {
    const notes = new Notes(device());
    expect(notes.write("a", "x".repeat(LONGEST_NOTE))).toBe("kept");
    expect(notes.write("a", "x".repeat(LONGEST_NOTE + 1))).toBe("full");
    expect(notes.of("a")).toHaveLength(LONGEST_NOTE);
    const told = Array.from({ length: 30 }, (_, n) => notes.write(`p${n}`, "y".repeat(LONGEST_NOTE)));
    expect(told.filter((one) => one === "kept")).toHaveLength(24);
    expect(told.at(-1)).toBe("full");
  });

  test.each(["{", "[]", "null", '{"a": 1}', '"a"'])("what the device holds may be damaged: %s", (text) => {
    const aside = device();
    aside.kept.set("notes", text);
    expect(new Notes(aside).of("a")).toBe("");
    expect(new Notes(aside).of("constructor")).toBe("");
  });
});

describe("notes on the page", () => {
  const field = (page: string) => the<HTMLTextAreaElement>(`[data-page="${page}"] [data-notes] textarea`);
  const write = (page: string, text: string): void => {
    field(page).value = text;
    field(page).dispatchEvent(new Event("input", { bubbles: true }));
  };

  test("there is room at the end of each page, but for assessments", async () => {
    openPage();
    expect(the('[data-page="welcome"] [data-notes] + [data-page-nav]')).toBeTruthy();
    expect(the<HTMLDetailsElement>('[data-page="welcome"] [data-notes]').open).toBe(false);
    await goTo("#/check");
    expect(all('[data-page="check"] [data-notes]')).toEqual([]);
  });

  test("all of them stand on a page of their own, from which they can be deleted", async () => {
    const { session } = openPage();
    const before = session.state();
    write("welcome", "Ask <b>Ada</b>");
    await goTo("#/~notes");
    expect(words("[data-written-notes]")).toBe("Your notesWelcomeAsk <b>Ada</b>");
    expect(the<HTMLAnchorElement>("[data-written-notes] a").hash).toBe("#/welcome");
    the("[data-action=delete-notes]").click();
    expect(words("[data-written-notes]")).toBe("Your notesYou have written no notes yet. You can write some at the end of each page.");
    expect(document.activeElement).toBe(the("[data-written-notes]"));
    expect(the("[data-delete]").hidden).toBe(true);
    expect(field("welcome").value).toBe("");
    expect(session.state()).toEqual(before);
  });

  test("nothing of them is in what is saved or reported", () => {
    const { session } = openPage();
    const entries: unknown[] = [];
    session.subscribe((told) => entries.push(...told));
    write("welcome", "A secret");
    expect(JSON.stringify([session.state(), session.snapshot(), entries])).not.toContain("secret");
  });

  test("what was written in answer to questions stands there too", async () => {
    openPage({ page: "written.html" });
    await goTo("#/~notes");
    expect(words("[data-written-notes]")).toContain("Nothing written yet");
    const [reflection] = all('[data-type="reflection"]');
    const question = reflection?.dataset["question"] ?? "";
    const page = reflection?.closest<HTMLElement>("[data-page]")?.dataset["page"] ?? "";
    await goTo(`#/${page}`);
    the<HTMLTextAreaElement>(`[data-question="${question}"] textarea`).value = "My own words";
    check(question);
    await goTo("#/~notes");
    expect(words("[data-written-notes]")).toContain("My own words");
  });

  test("a file has all of it", async () => {
    openPage();
    write("welcome", "Ask Ada");
    await goTo("#/~notes");
    const made: Blob[] = [];
    URL.createObjectURL = (blob) => (made.push(blob as Blob), "blob:x");
    let name = "";
    const click = HTMLAnchorElement.prototype.click;
    HTMLAnchorElement.prototype.click = function () {
      name = this.download;
    };
    the("[data-action=save-notes]").click();
    HTMLAnchorElement.prototype.click = click;
    const reader = new FileReader();
    const read = new Promise((done) => (reader.onload = done));
    reader.readAsText(made[0] as Blob);
    await read;
    expect(name).toBe("Co-production.txt");
    expect(reader.result).toMatch(/^Co-production\r\n.*\d{4}\r\n\r\nYour notes\r\n\r\nWelcome\r\n\r\nAsk Ada\r\n$/);
  });

  test("a course may be without", async () => {
    const gone = "[data-page='~notes'], [data-page-link='~notes'], [data-page='~search']";
    openPage({ ready: () => all(gone).forEach((one) => one.remove()) });
    await goTo("#/words");
    expect(shown()).toBe("words");
    expect(all("[data-notes]")).toEqual([]);
  });
});
