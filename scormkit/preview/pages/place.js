/** Where a learner is in a course: its page, how far down it is scrolled, and what has the focus. The course's window in, a place out. */

/** Calls `act` once the player shows a page. */
export function onceReady(view, act) {
  const root = view.document.documentElement;
  const isReady = () => root.hasAttribute("data-ready");
  if (isReady()) {
    act();
    return;
  }
  new MutationObserver((_, observer) => {
    if (!isReady()) return;
    observer.disconnect();
    act();
  }).observe(root, { attributes: true });
}

export function placeIn(view, hasFocus) {
  return { at: view.location.hash, top: view.scrollY, focus: hasFocus ? reached(view).indexOf(view.document.activeElement) : -1 };
}

export function goBack(view, { top, focus }) {
  view.scrollTo({ top, behavior: "instant" });
  reached(view)[focus]?.focus({ preventScroll: true });
}

/** What can have the focus on the page that is shown. */
function reached(view) {
  const page = view.document.querySelector("[data-page]:not([hidden])");
  return [...(page?.querySelectorAll("a, button, input, select, textarea, summary, [tabindex]") ?? [])];
}
