/**
 * What the learner is told about saving (T12), and Save and exit (T14).
 */

import type { Course } from "./course";
import type { Keeper, SaveState } from "./keeper";
import { element, find, showInstead, write } from "./ui-parts";
import { type Say, timeOfDay } from "./ui-words";

/** The save state in words; empty where there is nothing to say. */
function savingWords(state: SaveState, course: Course, say: Say): string {
  const time = state.at === null ? null : timeOfDay(course, state.at);
  switch (state.kind) {
    case "saved":
      return time === null ? "" : say("saved", { time });
    case "unsaved":
      return say("saving");
    case "retrying":
      return say("not-saved");
    case "untracked":
      return say(state.device ? "saved-here" : "not-kept");
    case "read-only":
      return say("read-only");
    case "ended":
      return say("session-ended");
  }
}

/** Keeps the words up to date until what it gives back is called; calls `ended` when the session is over and the page has to be opened again. */
export function showSaving(document: Document, keeper: Keeper, say: Say, ended: () => void): () => void {
  const place = find(document, "[data-save-state]");
  const show = (state: SaveState): void => {
    write(place, savingWords(state, keeper.session.course, say));
    place.dataset["saveState"] = state.kind;
    if (state.kind === "ended") ended();
  };
  show(keeper.saveState);
  return keeper.subscribe(show);
}

/** Saves, finishes, closes the window; where a page may not close it, says that the learner can. `over`: the page is to go. */
export async function saveAndExit(view: Window, keeper: Keeper, say: Say, over: () => void): Promise<void> {
  const told = await keeper.exit();
  over();
  const { connected } = keeper.launch.connection;
  const words = told ? "closed-saved" : connected ? "closed-not-saved" : keeper.saveState.device ? "closed-here" : "closed-not-tracked";
  const title = element("h1", { tabindex: "-1" }, say("closed-title"));
  const reopen = element("button", { type: "button", class: "button quiet" }, say("reopen"));
  reopen.addEventListener("click", () => view.location.reload());
  showInstead(view.document, element("main", { class: "ending" }, title, element("p", {}, say(words)), reopen));
  view.document.title = say("closed-title");
  title.focus();
  view.close();
}
