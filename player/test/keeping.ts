/**
 * A keeper around a SCORM 1.2 tracker in a browser of the tests, with time that passes when it is told to.
 */

import { vi } from "vitest";
import type { Course } from "../src/course";
import { Keeper } from "../src/keeper";
import { decode } from "../src/state";
import { Scorm12Tracker } from "../src/trackers/scorm12";
import { tenPages } from "./courses";
import { Browser, FakeHost, type Tab } from "./world";

export const SOON = 400;
export const SPACING = 3000;

export interface Opened {
  readonly keeper: Keeper;
  readonly tab: Tab;
  readonly host: FakeHost;
  readonly browser: Browser;
  readonly course: Course;
}

export async function open(host = new FakeHost(), browser = new Browser(), course = tenPages(), globals?: Record<string, unknown>): Promise<Opened> {
  const tab = browser.tab(globals ?? { API: host.API });
  const opening = Keeper.open(course, new Scorm12Tracker(course, tab.view), tab.view);
  await vi.advanceTimersByTimeAsync(globals === undefined ? 0 : 2500);
  const keeper = await opening;
  return { keeper, tab, host, browser, course };
}

export async function wait(milliseconds: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(milliseconds);
}

/** The state that the server holds. */
export function held({ course, host }: Opened) {
  return decode(course, host.server.get("cmi.suspend_data") ?? "").state;
}

/** The next session on the same server. */
export function sameServer(host: FakeHost, mode = "normal"): FakeHost {
  const next = new FakeHost({ mode });
  for (const [element, value] of host.server) next.server.set(element, value);
  return next;
}
