/**
 * The player begins here: the payload out of the page, a keeper around the tracker that the page names, and the page.
 */

import type { Course } from "./course";
import { Keeper } from "./keeper";
import { trackerFor } from "./trackers/registry";
import { Ui } from "./ui";
import { offerDisplay } from "./ui-display";

async function main(): Promise<void> {
  offerDisplay(window);
  const course = JSON.parse(document.getElementById("course")?.textContent ?? "") as Course;
  const tracker = trackerFor(document.documentElement.dataset["tracker"], course, window);
  new Ui(window, await Keeper.open(course, tracker, window)).start();
}

// Whatever goes wrong, the course can be read: all pages one after another, as without script.
main().catch((error: unknown) => {
  for (const page of document.querySelectorAll<HTMLElement>("[data-page]")) page.hidden = false;
  document.documentElement.toggleAttribute("data-ready", true);
  throw error;
});
