/**
 * Audio and video: their speed, and how much of them has been played where their page hangs on it. The player itself is the
 * browser's own, which keyboards and screen readers know.
 */

import { WHOLE, share, slices } from "../recordings";
import type { Session } from "../session";
import { element, find, write } from "../ui-parts";
import type { Say } from "../ui-words";

const SPEEDS = [0.75, 1, 1.25, 1.5, 2] as const;
/** How near to the window a recording is got ready, in its heights; and how long after the page the others are. */
const NEAR = "50%";
const LATER = 1500;

export function recordings(section: HTMLElement, session: Session, say: Say): void {
  const found = Array.from(section.querySelectorAll<HTMLMediaElement>("audio, video"));
  if (found.length === 0) return;
  const number = new Intl.NumberFormat(session.course.language);
  for (const media of found) {
    media.after(speed(media, number, say));
    const told = media.closest("figure")?.querySelector<HTMLElement>("[data-watch]");
    if (told) watch(media, told, session, say);
  }
  getReady(section, found);
}

/**
 * Recordings and captions of other pages are not asked for: the first page needs three files and its own pictures. Nor does
 * a page wait for those further down: their controls take a slow computer longer than all the rest of it.
 */
function getReady(section: HTMLElement, found: readonly HTMLMediaElement[]): void {
  if (typeof IntersectionObserver === "undefined") return found.forEach(ready);
  let timer = 0;
  const seen = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (target !== section) isIntersecting && ready(target as HTMLMediaElement);
        else if (isIntersecting) timer = window.setTimeout(rest, LATER);
        else window.clearTimeout(timer); // the page is out of sight
      }
    },
    { rootMargin: NEAR },
  );
  const rest = (): void => {
    seen.disconnect();
    found.forEach(ready);
  };
  for (const media of found) {
    media.toggleAttribute("data-later", true);
    seen.observe(media);
  }
  seen.observe(section);
}

function ready(media: HTMLMediaElement): void {
  media.removeAttribute("data-later");
  if (media.preload === "none") media.preload = "metadata";
  for (const { track } of media.querySelectorAll("track")) track.mode = "showing";
}

function speed(media: HTMLMediaElement, number: Intl.NumberFormat, say: Say): HTMLElement {
  const choice = element("select", {}, ...SPEEDS.map((rate) => element("option", { value: String(rate) }, `${number.format(rate)}×`)));
  choice.value = "1";
  choice.addEventListener("change", () => (media.defaultPlaybackRate = media.playbackRate = Number(choice.value)));
  media.addEventListener("ratechange", () => (choice.value = String(media.playbackRate)));
  return element("label", { class: "speed" }, `${say("speed")} `, choice);
}

function watch(media: HTMLMediaElement, told: HTMLElement, session: Session, say: Say): void {
  const id = told.dataset["watch"] ?? "";
  const wanted = Number(told.dataset["share"]);
  const read = find<HTMLButtonElement>(media.closest("figure") as HTMLElement, "[data-action=transcript-read]");
  const show = (): void => {
    const percent = Math.floor(share(session.watched(id)));
    read.hidden = percent >= wanted;
    write(told, percent >= wanted ? say("played-enough") : say("played-share", { percent, wanted }));
  };
  const take = (): void => {
    const played = Array.from({ length: media.played.length }, (_, at) => [media.played.start(at), media.played.end(at)] as const);
    if (session.watch(id, slices(played, media.duration))) show();
  };
  for (const event of ["timeupdate", "pause", "ended"]) media.addEventListener(event, take);
  read.addEventListener("click", () => {
    session.watch(id, WHOLE);
    show();
    // The button is gone: what it led to is said where it stood.
    told.focus();
  });
  show();
}
