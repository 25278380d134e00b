/**
 * What comes from elsewhere: a frame in the place of its button, once the learner has asked for it.
 */

import { element, find } from "../ui-parts";

/** It may run and be watched, but not take the place of the course. */
const SANDBOX = "allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-presentation";

export function embeds(section: HTMLElement): void {
  for (const figure of section.querySelectorAll<HTMLElement>("[data-embed]")) {
    find(figure, "[data-action=load]").addEventListener("click", () => load(figure));
  }
}

function load(figure: HTMLElement): void {
  const title = find(figure, "figcaption").textContent?.trim() ?? "";
  const frame = element("iframe", {
    title,
    sandbox: SANDBOX,
    allow: "fullscreen",
    referrerpolicy: "strict-origin-when-cross-origin",
    src: figure.dataset["embed"] ?? "",
  });
  find(figure, "[data-room]").replaceChildren(frame);
  frame.focus();
}
