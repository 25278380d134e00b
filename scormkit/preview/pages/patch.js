/**
 * Other words for a course that runs: pages as they were and as they are now go in. Where they differ in nothing but what the
 * player leaves alone, the new words take their place, and the page is what it would be had the course been opened again.
 */

/** What the player brings to life, or hangs listeners on, when a page is opened (player/src/blocks/, player/src/ui.ts). */
const ALIVE = 'a[href^="#/~"], a[href="#main"], audio, video, iframe, form, button, input, select, textarea, template, .table, pre, .formula';
/** What the player adds to the parts of a page. */
const ADDED = "[data-notes]";

/**
 * Puts the words in and says true; or changes nothing and says false: then the course has to be opened again.
 * @param changed [HTML before, HTML after] of each page that has changed (scormkit/preview/changes.py)
 */
export function patch(document, changed) {
  // Of a course in several languages the player keeps copies.
  if (document.querySelector("template[data-language]")) return false;
  const acts = changed.map(([before, after]) => planned(document, before, after));
  if (acts.includes(null)) return false;
  for (const act of acts) act();
  return true;
}

/** What is to be done to a page, or null where that would not do. */
function planned(document, before, after) {
  const [was, now] = [page(before), page(after)];
  const live = was && document.getElementById(was.id);
  if (!live || !now || shell(was) !== shell(now)) return null;
  const parts = Array.from(live.children).filter((part) => !part.matches(ADDED));
  if (!isSame(parts, Array.from(was.children))) return null;
  const [old, fresh] = [runs(was.children), runs(now.children)];
  if (old.fixed.map(html).join() !== fresh.fixed.map(html).join()) return null;
  let at = 0; // the run's place among the parts
  const acts = old.loose.map((run, index) => {
    const begin = at;
    at += run.length + 1;
    return () => exchange(live, parts[begin - 1], parts.slice(begin, begin + run.length), fresh.loose[index]);
  });
  return () => acts.forEach((act) => act());
}

/** The page that the text is; null where it is anything else, or holds words that stand in no element. */
function page(text) {
  const { body } = new DOMParser().parseFromString(text, "text/html");
  const [section, ...more] = body.children;
  const bare = section && Array.from(section.childNodes).some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  return section?.dataset.page && !more.length && !bare ? section : null;
}

const html = (part) => part.outerHTML;
const shell = (section) => section.cloneNode(false).outerHTML;

function isAlive(part) {
  const all = [part, ...part.querySelectorAll("*")];
  return all.some((one) => one.matches(ALIVE) || one.getAttributeNames().some((name) => name.startsWith("data-")));
}

/** Whether the page in the browser is the one that the words are for; what lives on it may have changed since. */
function isSame(parts, was) {
  return parts.length === was.length && was.every((part, at) => parts[at].localName === part.localName && (isAlive(part) || html(parts[at]) === html(part)));
}

/** The parts that live, and the runs of others before, between and after them. */
function runs(parts) {
  const [fixed, loose] = [[], [[]]];
  for (const part of parts) {
    if (!isAlive(part)) loose.at(-1).push(part);
    else {
      fixed.push(part);
      loose.push([]);
    }
  }
  return { fixed, loose };
}

/** Puts `fresh` in the place of `old`, which follows `before`. What is the same at both ends stays, and with it focus and selection. */
function exchange(live, before, old, fresh) {
  while (old.length && fresh.length && html(old[0]) === html(fresh[0])) [before, old, fresh] = [old[0], old.slice(1), fresh.slice(1)];
  while (old.length && fresh.length && html(old.at(-1)) === html(fresh.at(-1))) [old, fresh] = [old.slice(0, -1), fresh.slice(0, -1)];
  const lost = old.some((part) => part.contains(live.ownerDocument.activeElement));
  for (const part of old) part.remove();
  if (before) before.after(...fresh);
  else live.prepend(...fresh);
  if (lost) live.querySelector("h1")?.focus({ preventScroll: true });
}
