// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { all, goldenCourse, openPage, the } from "./ui-page";

const LIMIT = '<div data-limit><span data-limit-left></span><span data-limit-said role="status"></span></div>';

beforeEach(() => {
  vi.useFakeTimers({ now: new Date("2026-11-23T14:02:00Z") });
  HTMLDialogElement.prototype.showModal ??= () => undefined;
});
afterEach(() => void vi.useRealTimers());

function begun() {
  const pages = goldenCourse().pages.map((page) =>
    page.assessment && page.id === "check" ? { ...page, assessment: { ...page.assessment, timeLimit: 300 } } : page,
  );
  const opened = openPage({
    course: { pages },
    hash: "#/check",
    ready: () => document.querySelector('[data-page="check"] [data-paper]')?.insertAdjacentHTML("afterbegin", LIMIT),
  });
  the('[data-page="check"] [data-action=start]').click();
  return opened;
}

test("when the time is over the learner is asked, once", () => {
  const { stop } = begun();
  vi.advanceTimersByTime(310_000);
  expect(all("dialog")).toHaveLength(1);
  stop();
});

test("a page that another one takes over, in another language, asks nobody", () => {
  const { stop } = begun();
  stop();
  vi.advanceTimersByTime(310_000);
  expect(all("dialog")).toHaveLength(0);
});
