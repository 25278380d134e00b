/**
 * The player begins here: the payload out of the page, a keeper around the tracker that the page names, and the page.
 */

import type { Course } from "./course";
import { Keeper } from "./keeper";
import { trackerFor } from "./trackers/registry";
import { offerDisplay } from "./ui-display";
import { showCourse } from "./ui-language";

/** The first page can be read before anything else is done, on the slowest machine too; a page in the background paints nothing. */
const PATIENCE = 100;

async function main(): Promise<void> {
  offerDisplay(window);
  await painted(window);
  const course = JSON.parse(document.getElementById("course")?.textContent ?? "") as Course;
  const tracker = trackerFor(document.documentElement.dataset["tracker"], course, window);
  showCourse(window, await Keeper.open(course, tracker, window));
}

function painted(view: Window): Promise<void> {
  return new Promise((resolve) => {
    view.setTimeout(resolve, PATIENCE);
    view.requestAnimationFrame(() => view.setTimeout(resolve));
  });
}

// Whatever goes wrong, the course can be read: all pages one after another, as without script.
main().catch((error: unknown) => {
  for (const page of document.querySelectorAll<HTMLElement>("[data-page]")) page.hidden = false;
  document.documentElement.toggleAttribute("data-ready", true);
  throw error;
});
