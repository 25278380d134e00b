// @vitest-environment jsdom
import { describe, expect, test, vi } from "vitest";

import type { Session } from "../src/session";
import type { Connection } from "../src/trackers/tracker";
import { all, check, choose, goTo, hasFocus, openPage, shown, the, words } from "./ui-page";

describe("pages", () => {
  test("one page is shown, the first at first", () => {
    openPage();
    expect(shown()).toBe("welcome");
    expect(document.title).toBe("Welcome – Co-production");
    expect(window.location.hash).toBe("#/welcome");
    expect(document.documentElement.hasAttribute("data-ready")).toBe(true);
  });

  test("the focus is left alone at launch, and goes to the heading when the page changes", async () => {
    openPage();
    expect(document.activeElement === document.body).toBe(true);
    await goTo("#/words");
    expect(shown()).toBe("words");
    expect(hasFocus('[data-page="words"] h1')).toBe(true);
    expect(document.title).toBe("Words that matter – Co-production");
    expect(all("[aria-current]").map((link) => link.dataset["pageLink"])).toEqual(["words"]);
  });

  test("the Session is told of each page", async () => {
    const { session } = openPage();
    await goTo("#/practice");
    expect(session.location).toBe("practice");
    expect(session.page("practice").state).toBe("started");
    expect(session.page("words").state).toBe("new");
  });

  test("an address with a page opens it, one with a heading opens its page", () => {
    openPage({ hash: "#/practice" });
    expect(shown()).toBe("practice");
    openPage({ hash: "#/words/meanings" });
    expect(shown()).toBe("words");
    expect(window.location.hash).toBe("#/words/meanings");
  });

  test.each(["#/nothing", "#", "#/%E0%A4%A", "#course", "#menu"])("the address %s opens the first page", (hash) => {
    openPage({ hash });
    expect(shown()).toBe("welcome");
  });

  test("an address that is no page's leaves the learner where they are", async () => {
    openPage({ hash: "#/words" });
    await goTo("#/no-such-page");
    expect(shown()).toBe("words");
  });

  test("browser back goes back", async () => {
    openPage();
    await goTo("#/words");
    await goTo("#/practice");
    window.history.back();
    await vi.waitFor(() => expect(shown()).toBe("words"));
  });

  test("the skip link leads to the page without changing the address", () => {
    openPage({ hash: "#/words" });
    the(".skip-link").click();
    expect(hasFocus('[data-page="words"] h1')).toBe(true);
    expect(window.location.hash).toBe("#/words");
  });
});

describe("menu", () => {
  test("says in words how far the learner is", async () => {
    openPage();
    const state = (page: string) => words(`[data-page-link="${page}"] [data-page-state]`);
    expect([state("welcome"), state("words"), state("practice")]).toEqual(["Done", "Not started", "Not started"]);
    expect(words("[data-progress-words]")).toBe("1 of 5 pages done");
    await goTo("#/practice");
    expect(state("practice")).toBe("Started");
    expect(the<HTMLProgressElement>("[data-progress]").value).toBe(1);
    choose("finished-leaflet", "b");
    check("finished-leaflet");
    choose("share", "a");
    check("share");
    choose("ends", "false");
    check("ends");
    expect(state("practice")).toBe("Done");
    expect(words("[data-progress-words]")).toBe("2 of 5 pages done");
  });

  test("opens and closes by its button, closes by Escape and by going to a page", async () => {
    openPage();
    const button = the("[data-action=menu]");
    button.click();
    expect(button.getAttribute("aria-expanded")).toBe("true");
    document.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
    expect(button.getAttribute("aria-expanded")).toBe("false");
    expect(document.activeElement === button).toBe(true);
    button.click();
    await goTo("#/words");
    expect(button.getAttribute("aria-expanded")).toBe("false");
    expect(document.documentElement.hasAttribute("data-menu")).toBe(false);
  });
});

describe("in-order navigation", () => {
  test("a locked page says so and stays closed", async () => {
    openPage({ course: { navigation: "in-order" } });
    const link = the('[data-page-link="practice"]');
    expect(words('[data-page-link="practice"] [data-page-state]')).toBe("Locked");
    expect(link.getAttribute("aria-disabled")).toBe("true");
    expect(the('[data-page-link="words"]').hasAttribute("aria-disabled")).toBe(false);
    link.click();
    await new Promise((done) => setTimeout(done, 5));
    expect(shown()).toBe("welcome");
    expect(hasFocus('[data-name="locked"]')).toBe(true);
    expect(words('[data-name="locked"] p')).toBe("“Try it yourself” is still locked. To open it:");
    expect(the<HTMLAnchorElement>('[data-name="locked"] a').hash).toBe("#/words");
  });

  test("a locked page cannot be reached by its address, and opens once the pages before it are done", async () => {
    openPage({ course: { navigation: "in-order" } });
    await goTo("#/practice");
    expect(shown()).toBe("welcome");
    expect(window.location.hash).toBe("#/welcome");
    await goTo("#/words");
    expect(document.querySelector('[data-name="locked"]')).toBeNull();
    await goTo("#/practice");
    expect(shown()).toBe("practice");
    expect(the('[data-page="practice"] .next').getAttribute("aria-disabled")).toBe("true");
    expect(the('[data-page="practice"] .next [data-lock]').hidden).toBe(false);
    expect(the('[data-page="words"] .next [data-lock]').hidden).toBe(true);
  });
});

describe("notices", () => {
  test("none at an ordinary launch", () => {
    openPage();
    expect(all(".notice")).toEqual([]);
  });

  test.each([
    [{ connection: { connected: false, mode: "normal" } }, "not-connected", "not connected to a learning system"],
    [{ connection: { connected: true, mode: "review" } }, "looking", "looking back"],
    [{ connection: { connected: true, mode: "browse" } }, "looking", "only looking"],
    [{ damaged: true }, "damaged", "could not be read"],
    [{ secondTab: true }, "second-tab", "open in another window"],
  ])("%j is told", (launch, name, text) => {
    openPage({ launch: launch as never });
    expect(words(`[data-name="${name}"] p`)).toContain(text);
    expect(the("[data-notices]").getAttribute("aria-live")).toBe("polite");
  });

  test("who comes back is told where they are, and can go to the first page", () => {
    openPage({ launch: { resumed: true }, before: (session) => session.openPage("practice") });
    expect(shown()).toBe("practice");
    expect(words('[data-name="resumed"] p')).toBe("Welcome back. You continue where you left off. Go to the first page");
  });

  test("closing a notice moves the focus on before its button goes", () => {
    openPage({ launch: { damaged: true } });
    const close = the('[data-name="damaged"] button');
    close.focus();
    close.click();
    expect(all(".notice")).toEqual([]);
    expect(hasFocus("main")).toBe(true);
  });
});

describe("saving", () => {
  test("the save state is said in words", () => {
    const { save } = openPage();
    expect(words("[data-save-state]")).toMatch(/^Saved \d\d:\d\d$/);
    save({ kind: "unsaved" });
    expect(words("[data-save-state]")).toBe("Saving");
    save({ kind: "retrying" });
    expect(words("[data-save-state]")).toBe("Not saved yet, trying again");
    save({ kind: "untracked" });
    expect(words("[data-save-state]")).toBe("Saved on this device");
    save({ kind: "untracked", device: false });
    expect(words("[data-save-state]")).toBe("Your progress is not being saved");
    save({ kind: "ended" });
    expect(words('[data-name="ended"] p')).toContain("Open it again to go on.");
  });

  test("the same words are not written again, so that nothing is announced twice", async () => {
    const { save } = openPage();
    let changes = 0;
    const observer = new MutationObserver((records) => (changes += records.length));
    observer.observe(the("[data-save-state]"), { childList: true, characterData: true, subtree: true });
    save({ kind: "saved" });
    save({ kind: "saved" });
    await new Promise((done) => setTimeout(done, 0));
    expect(changes).toBe(0);
  });

  test.each([
    [true, "Your progress is saved."],
    [false, "Your last answers may not have been saved."],
  ])("Save and exit ends politely (told: %s)", async (exit, said) => {
    const { exits } = openPage({ exit });
    the("[data-action=exit]").click();
    await new Promise((done) => setTimeout(done, 5));
    expect(exits()).toBe(1);
    expect(words("h1")).toBe("You can close this window");
    expect(words("main p")).toContain(said);
    expect(hasFocus("h1")).toBe(true);
  });
});

describe("results", () => {
  test("say what is left to do", async () => {
    openPage();
    await goTo("#/~results");
    expect(shown()).toBe("~results");
    expect(words("[data-course-results] .verdict")).toBe("You have not finished this course yet");
    expect(all('[data-course-results] a[href="#/practice"]').length).toBe(1);
    expect(words("[data-course-results]")).toContain("Check what you know Not taken yet".replace(" Not", "Not"));
  });

  test("a learner who has done everything is told at once, and on the last page", async () => {
    openPage({
      course: { completion: { rule: "pages", pages: 2 } },
    });
    expect(document.querySelector('[data-name="complete"]')).toBeNull();
    await goTo("#/words");
    expect(words('[data-name="complete"] p')).toBe("You have completed this course See your results");
    await goTo("#/~results");
    expect(words("[data-course-results] .verdict")).toBe("You have completed this course");
  });

  test("completion by declaration", async () => {
    const { session } = openPage({ course: { completion: { rule: "manual", pages: 0 } } });
    await goTo("#/~results");
    the("[data-action=declare]").click();
    expect(session.snapshot().complete).toBe(true);
    expect(words("[data-course-results] .verdict")).toBe("You have completed this course");
    expect(document.querySelector("[data-action=declare]")).toBeNull();
    expect(hasFocus("[data-course-results] .result")).toBe(true);
  });
});

describe("record", () => {
  const facts = () =>
    Object.fromEntries(all("[data-course-results] .facts > div").map((row) => [row.children[0]?.textContent, row.children[1]?.textContent]));
  const connection = { connected: true, mode: "normal", learnerName: "Lovelace, Ada" } as Connection;

  test("who, what, when, and whether it is saved", async () => {
    const opened = openPage({ launch: { connection } });
    await goTo("#/~results");
    const today = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric" }).format(Date.now());
    expect(facts()).toMatchObject({
      Name: "Lovelace, Ada",
      Course: "Co-production, version 0.1.0",
      Result: "You have not finished this course yet",
      Date: today,
    });
    expect(facts()["Saved"]).toMatch(/^Yes, in your learning system \(\d\d:02\)$/);
    expect(the("[data-unconfirmed]").hidden).toBe(true);
    opened.save({ kind: "retrying" });
    expect(facts()["Saved"]).toBe("Not yet");
    expect(the("[data-unconfirmed]").hidden).toBe(false);
    opened.save({ kind: "untracked", device: true });
    expect(facts()["Saved"]).toBe("On this device only");
    opened.save({ kind: "untracked", device: false });
    expect(facts()["Saved"]).toBe("No");
    opened.save({ kind: "read-only" });
    expect(facts()["Saved"]).toBe("This window saves nothing; what was saved before stays");
    expect(words("[data-unconfirmed]")).toBe("No learning system has confirmed this record.");
  });

  test("is called a record of completion only where the course is complete", async () => {
    const complete = (session: Session) => {
      const snapshot = session.snapshot.bind(session);
      session.snapshot = () => ({ ...snapshot(), complete: true, status: "completed" });
    };
    openPage();
    await goTo("#/~results");
    expect(words(".record h2")).toBe("Your record");
    openPage({ before: complete });
    await goTo("#/~results");
    expect(words(".record h2")).toBe("Record of completion");
  });

  test("a host that names nobody leaves the name out", async () => {
    openPage({ launch: { connection: { ...connection, learnerName: "" } } });
    await goTo("#/~results");
    expect(Object.keys(facts())).not.toContain("Name");
  });

  test("the score, and each objective with how it stands", async () => {
    const objectives = [
      { id: "tell", text: "Tell them apart" },
      { id: "plan", text: "Plan with parents" },
    ];
    openPage({
      course: { objectives },
      before: (session) => {
        const snapshot = session.snapshot.bind(session);
        const stands = [
          { id: "tell", status: "passed", score: 80 },
          { id: "plan", status: "incomplete", score: null },
        ] as const;
        session.snapshot = () => ({ ...snapshot(), score: 80, objectives: stands });
      },
    });
    await goTo("#/~results");
    expect(facts()["Score"]).toBe("80%");
    const text = words("[data-course-results]");
    expect(text).toContain("Tell them apart80%");
    expect(text).toContain("Plan with parentsNot done yet");
  });

  test("the menu says of each objective how it stands", () => {
    const objectives = ["tell", "plan"].map((id) => ({ id, text: id }));
    openPage({
      course: { objectives },
      ready: () => {
        const item = ({ id }: { id: string }) => `<li data-objective="${id}">${id} <span data-objective-state></span></li>`;
        the("#menu").insertAdjacentHTML("beforeend", `<ul>${objectives.map(item).join("")}</ul>`);
      },
      before: (session) => {
        const snapshot = session.snapshot.bind(session);
        const stands = [
          { id: "tell", status: "completed", score: null },
          { id: "plan", status: "incomplete", score: 50 },
        ] as const;
        session.snapshot = () => ({ ...snapshot(), objectives: stands });
      },
    });
    expect(words("[data-objective=tell]")).toBe("tell Done");
    expect(the("[data-objective=tell]").dataset["state"]).toBe("done");
    expect(words("[data-objective=plan]")).toBe("plan 50%");
    expect(the("[data-objective=plan]").dataset["state"]).toBe("new");
  });

  test("it can be printed", async () => {
    openPage();
    await goTo("#/~results");
    let printed = 0;
    window.print = () => (printed += 1);
    the("[data-course-results] [data-action=print]").click();
    expect(printed).toBe(1);
  });

  test("what the course says of itself is a page, not counted", async () => {
    const { session } = openPage();
    await goTo("#/~about");
    expect(shown()).toBe("~about");
    expect(hasFocus('[data-page="~about"] h1')).toBe(true);
    expect(session.location).toBe("welcome");
  });
});
