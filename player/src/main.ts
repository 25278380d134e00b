/**
 * The player begins here: the payload out of the page, a keeper around the tracker that the page names, and the page.
 */

import type { Course } from "./course";
import { Keeper } from "./keeper";
import { trackerFor } from "./trackers/registry";
import { arrive } from "./ui-arrival";
import { offerDisplay } from "./ui-display";
import { Languages } from "./ui-language";

async function main(): Promise<void> {
  offerDisplay(window);
  const course = JSON.parse(document.getElementById("course")?.textContent ?? "") as Course;
  const tracker = trackerFor(document.documentElement.dataset["tracker"], course, window);
  const languages = new Languages(window);
  const keeper = await Keeper.open(course, tracker, window, async ({ session, aside, plain }) => {
    languages.begin(aside);
    // What stands above a page must be there with it, or it would push the page down under the reader's eyes.
    if (plain) await arrive(window, session);
  });
  languages.show(keeper);
}

// Whatever goes wrong, the course can be read: all pages one after another, as without script.
main().catch((error: unknown) => {
  for (const page of document.querySelectorAll<HTMLElement>("[data-page]")) page.hidden = false;
  document.documentElement.toggleAttribute("data-ready", true);
  throw error;
});
