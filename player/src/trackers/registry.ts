/**
 * The trackers by name; the page's `data-tracker` says which one it gets.
 */

import type { Course } from "../course";
import { LocalTracker } from "./local";
import { Scorm12Tracker } from "./scorm12";
import type { Tracker } from "./tracker";
import { XapiTracker } from "./xapi";

/** A name that is unknown or missing gets the local one: the course runs, untracked. */
export function trackerFor(name: string | undefined, course: Course, view: Window): Tracker {
  if (name === "scorm12") return new Scorm12Tracker(course, view);
  if (name === "xapi") return new XapiTracker(course, view);
  return new LocalTracker();
}
