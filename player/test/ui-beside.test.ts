// @vitest-environment jsdom
import { describe, expect, test } from "vitest";

import { refreshBeside } from "../src/ui-beside";
import { goTo, hasFocus, openPage, shown, the, words } from "./ui-page";

describe("pages beside the course", () => {
  test("lead back to where the learner was, which stays where they left off", async () => {
    const { session } = openPage({ hash: "#/words" });
    await goTo("#/~help");
    expect(shown()).toBe("~help");
    expect(hasFocus('[data-page="~help"] h1')).toBe(true);
    expect(document.title).toBe("Help – Co-production");
    expect(session.location).toBe("words");
    expect(words('[data-page="~help"] [data-back] .page-nav-title')).toBe("Words that matter");
    await goTo(the('[data-page="~help"] [data-back]').getAttribute("href") ?? "");
    expect(shown()).toBe("words");
  });

  test("count for nothing", async () => {
    openPage();
    const before = words("[data-progress-words]");
    await goTo("#/~help");
    expect(words("[data-progress-words]")).toBe(before);
  });

  test("show nothing of pages that are locked", () => {
    const { session } = openPage({ course: { navigation: "in-order" } });
    const section = document.createElement("section");
    section.innerHTML = '<ul><li data-from="welcome">a</li><li data-from="practice">b</li></ul>';
    refreshBeside(section, session);
    expect(Array.from(section.querySelectorAll("li"), (one) => one.hidden)).toEqual([false, true]);
  });
});
