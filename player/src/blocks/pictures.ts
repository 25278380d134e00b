/**
 * Figures can be enlarged: a button opens the picture in a dialog of its own, in which it can be scrolled. The browser
 * keeps the focus inside and gives it back (HTML, dialog.showModal).
 */

import { element, find } from "../ui-parts";
import type { Say } from "../ui-words";

export function pictures(section: HTMLElement, say: Say): void {
  if (!("showModal" in document.createElement("dialog"))) return;
  for (const figure of section.querySelectorAll<HTMLElement>("[data-enlarge]")) {
    const image = find<HTMLImageElement>(figure, "img");
    const button = element("button", { type: "button", class: "enlarge" }, say("enlarge"));
    button.addEventListener("click", () => enlarge(image, figure, say));
    image.after(button);
  }
}

function enlarge(image: HTMLImageElement, figure: HTMLElement, say: Say): void {
  const name = figure.querySelector("figcaption")?.textContent?.trim() ?? image.alt;
  const close = element("button", { type: "button", class: "button quiet" }, say("close"));
  const picture = element("img", { src: image.getAttribute("src") ?? "", alt: image.alt });
  const room = element("div", { class: "enlarged-room", tabindex: "0", role: "group", "aria-label": image.alt }, picture);
  const dialog = element("dialog", { class: "enlarged", "aria-label": name }, close, room);
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
