// @vitest-environment jsdom
import { beforeEach, describe, expect, test } from "vitest";

import { excerpt, fold, search, wordsOf, type Place } from "../src/search";
import { all, check, choose, goTo, hasFocus, openPage, the, words } from "./ui-page";

describe("words and texts are compared", () => {
  test.each([
    ["Éducation", "education"],
    ["STRASSE", "straße"],
    ["œuvre", "oeuvre"],
    ["cafe\u0301", "café"],
    ["ka\u00ADtze", "Katze"],
    ["مُقَرَّر", "مقرر"],
    ["أسرة", "اسرة"],
    ["Ŵy", "wy"],
  ])("%s like %s", (one, other) => expect(fold(one)).toBe(fold(other)));

  test.each([
    ["  Co-production,  leaflet ", ["co", "production", "leaflet"]],
    ["the THE thé", ["the"]],
    [" .,!? ", []],
    ["", []],
    ["家族", ["家族"]],
  ])("%j asks for %j", (query, wanted) => expect(wordsOf(query)).toEqual(wanted));
});

const place = (page: string, heading: string, text: string): Place => ({ target: `/${page}/${heading}`, page, heading, text });

describe("search", () => {
  const places = [
    place("Welcome", "Welcome", "Parents decide with staff."),
    place("Words", "Words", "What staff say."),
    place("Words", "Parents", "They are here."),
  ];
  const found = (query: string) => search(places, wordsOf(query)).map((find) => find.place.target);

  test("finds the places that hold all of the words, in any order", () => {
    expect(found("staff")).toEqual(["/Welcome/Welcome", "/Words/Words"]);
    expect(found("STAFF parent")).toEqual(["/Welcome/Welcome"]);
    expect(found("nobody")).toEqual([]);
  });

  test("a word in the heading comes first; the page's title narrows, and is no find by itself", () => {
    expect(found("parents")).toEqual(["/Words/Parents", "/Welcome/Welcome"]);
    expect(found("words parents")).toEqual(["/Words/Parents"]);
    expect(found("words")).toEqual(["/Words/Words"]);
  });

  test("an excerpt shows the words where they stand, as they are written", () => {
    expect(excerpt("Ein Café an der Straße.", wordsOf("cafe strasse"))).toEqual(["Ein ", "Café", " an der ", "Straße", "."]);
    const long = `${"before ".repeat(30)}needle ${"after ".repeat(60)}`.trim();
    const pieces = excerpt(long, ["needle"]);
    expect(pieces[1]).toBe("needle");
    expect(pieces[0]).toMatch(/^… (before ){5,9}$/);
    expect(pieces[2]).toMatch(/^ (after ?)+ …$/);
    expect(excerpt("No such word here.", ["heading"])).toEqual(["No such word here."]);
    expect(excerpt("a".repeat(500), ["a".repeat(3)])[1]).toBe("aaa");
    expect(excerpt("", ["x"])).toEqual([""]);
    expect(excerpt("👶 the baby", ["baby"])).toEqual(["👶 the ", "baby", ""]);
  });

  test("overlapping words are marked once", () => {
    expect(excerpt("coproduction", ["coproduction", "production"])).toEqual(["", "coproduction", ""]);
  });
});

describe("the search page", () => {
  const look = (query: string): string => {
    the<HTMLInputElement>("[data-search] input").value = query;
    the<HTMLButtonElement>("[data-search] button").click();
    return words("[data-found]");
  };
  const finds = () => all<HTMLAnchorElement>("[data-finds] a").map((link) => link.hash);

  beforeEach(() => void openPage());

  test("is reached from the menu, and the focus is where the words are written", async () => {
    await goTo(the("[data-page-link='~search']").getAttribute("href") ?? "");
    expect(hasFocus("[data-search] input")).toBe(true);
    expect(document.title).toBe("Search this course – Co-production");
  });

  test("says how many places there are, and leads to each", async () => {
    await goTo("#/~search");
    expect(look("nothing at all like this")).toBe("Nothing found for “nothing at all like this”. Try fewer or other words.");
    expect(look("  ")).toBe("Write what you are looking for first.");
    expect(look("meanings")).toBe("1 place with “meanings”");
    expect(words("[data-finds] a")).toBe("Words that matter: Meanings");
    const [link] = finds();
    await goTo(link ?? "");
    expect(hasFocus("[id='/words/meanings']")).toBe(true);
  });

  test("gives no answer and no feedback away, before or after", async () => {
    const secrets = ["Nothing was decided together here", "Who keeps the decision?", "Consultation"];
    const told = () => secrets.map((secret) => (look(secret), finds().filter((hash) => hash.includes("practice"))));
    expect(told()).toEqual([[], [], []]);
    expect(the("[data-question=finished-leaflet]").textContent).toContain(secrets[0]);
    await goTo("#/practice");
    choose("finished-leaflet", "c");
    check("finished-leaflet");
    expect(told()).toEqual([[], [], []]);
    look("comment on a finished leaflet");
    expect(finds()).toEqual(["#/practice"]);
  });

  test("leaves out the papers of assessments and pages that are locked, and says so", () => {
    openPage({ course: { navigation: "in-order" } });
    expect(look("comment on a finished leaflet")).toBe(
      "Nothing found for “comment on a finished leaflet”. Try fewer or other words. Pages that are locked have not been searched.",
    );
  });
});
