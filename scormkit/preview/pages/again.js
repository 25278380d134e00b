/**
 * A course that runs, opened again in its own document: its session ends as by Save and exit, all that is seen is put in as it is
 * now, and the player begins once more. To load the document of a long course takes a browser much longer.
 */

/** Milliseconds in which a session ends, unless its host does not answer. */
const PATIENCE = 2000;
/** What the player says of itself on the root. */
const MARKS = ["data-arrived", "data-ready", "data-menu"];
/** What a document keeps: its style, which would be loaded again, and what the player knows of the course, which gets other words. */
const STAYS = "link, script";

const POLICY = "meta[http-equiv=Content-Security-Policy]";
const PAYLOAD = "script#course";
const EXIT = "[data-action=exit]";

/** Whether `fresh` can take the place of what is seen: both are documents of ours, under the same policy, and the course runs. */
export function canReopen(document, fresh) {
  const both = [document, fresh];
  const ours = both.every((one) => [POLICY, PAYLOAD, EXIT].every((part) => one.querySelector(part)));
  const policies = new Set(both.map((one) => one.querySelector(POLICY)?.content));
  return ours && policies.size === 1 && document.documentElement.hasAttribute("data-ready");
}

/** Ends the session; `fresh` is seen from that moment on. False where the player does not come to an end. */
export function leave({ document }, fresh) {
  const here = document.querySelector("[data-page]:not([hidden])")?.id;
  return new Promise((resolve) => {
    const ended = new MutationObserver(() => {
      if (!document.querySelector(".ending")) return;
      finish(true);
      putIn(document, fresh, fresh.getElementById(here));
    });
    const finish = (left) => {
      ended.disconnect();
      clearTimeout(late);
      resolve(left);
    };
    const late = setTimeout(() => finish(false), PATIENCE);
    ended.observe(document.body, { childList: true });
    document.querySelector(EXIT).click();
  });
}

/** Lets the player begin. */
export function enter({ document }) {
  const player = document.createElement("script");
  player.src = document.querySelector("head script[src]").src;
  player.addEventListener("load", () => player.remove());
  document.head.append(player);
}

/** The page where the learner is, if it is still there, is shown at once: the player will do the same. */
function putIn(document, fresh, here) {
  const root = document.documentElement;
  for (const mark of MARKS) root.removeAttribute(mark);
  for (const name of ["lang", "dir"]) root.setAttribute(name, fresh.documentElement.getAttribute(name));
  for (const page of here ? fresh.querySelectorAll("[data-page]") : []) page.hidden = page !== here;
  root.toggleAttribute("data-arrived", Boolean(here));
  document.querySelector(PAYLOAD).textContent = fresh.querySelector(PAYLOAD).textContent;
  for (const part of document.querySelectorAll(`body > :not(${STAYS})`)) part.remove();
  document.body.append(...fresh.querySelectorAll(`body > :not(${STAYS})`));
}
