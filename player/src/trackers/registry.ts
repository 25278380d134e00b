/**
 * The trackers by name; the page's `data-tracker` says which one it gets.
 */

import type { Course } from "../course";
import type { Tracker } from "./tracker";

export declare function trackerFor(name: string | undefined, course: Course, view: Window): Tracker;
