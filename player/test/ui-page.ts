/**
 * For the tests of the page's side: the golden page that Python rendered, a real Session, and a keeper that keeps nothing.
 */

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { vi } from "vitest";
import type { Course } from "../src/course";
import type { Keeper, SaveState } from "../src/keeper";
import type { Launch } from "../src/launch";
import { Session } from "../src/session";
import { Ui } from "../src/ui";

const golden = (name: string): string => readFileSync(join(dirname(fileURLToPath(import.meta.url)), "../../tests/golden", name), "utf8");

/** The course of the golden page, for tests that change a part of it. */
export function goldenCourse(page = "page.html"): Course {
  const found = /<script type="application\/json" id="course">(.*?)<\/script>/s.exec(golden(page));
  return JSON.parse(found?.[1] ?? "") as Course;
}

export interface Opened {
  readonly session: Session;
  readonly course: Course;
  /** Tells the page of another save state. */
  save(state: Partial<SaveState>): void;
  /** Lets the learner be there, active, for so long. */
  wait(seconds: number): void;
  /** Another page takes over, as when the language is changed. */
  stop(): void;
  /** How often Save and exit was pressed. */
  exits(): number;
}

export interface Circumstances {
  readonly course?: Partial<Course>;
  readonly launch?: Partial<Launch>;
  readonly hash?: string;
  /** What was done before this launch. */
  readonly before?: (session: Session) => void;
  readonly exit?: boolean;
  /** Changes the golden page before it comes to life. */
  readonly ready?: () => void;
  /** Which page of tests/golden/. */
  readonly page?: string;
}

/** The pages of earlier tests listen no more to where the window goes. */
const listening: EventListenerOrEventListenerObject[] = [];
const listen = window.addEventListener.bind(window);
window.addEventListener = (type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions) => {
  if (type === "hashchange") listening.push(listener);
  listen(type, listener, options);
};

/** A course of the test's own must be told to Session and page alike, so the payload is what changes. */
export function openPage({ course: changes = {}, launch = {}, hash = "", before, ready, exit = true, page = "page.html" }: Circumstances = {}): Opened {
  for (const listener of listening.splice(0)) window.removeEventListener("hashchange", listener);
  document.documentElement.innerHTML = golden(page).replace(/^[\s\S]*?<head>/, "<head>");
  for (const { name } of Array.from(document.documentElement.attributes)) document.documentElement.removeAttribute(name);
  document.documentElement.dataset["tracker"] = "scorm12";
  window.history.replaceState(null, "", `/${hash}`);
  window.scrollTo = () => undefined;
  window.close = () => undefined;
  const course = { ...(JSON.parse(document.getElementById("course")?.textContent ?? "") as Course), ...changes };
  const session = new Session(course, null, 7, Date.now);
  before?.(session);
  ready?.();
  let state: SaveState = { kind: "saved", at: Date.UTC(2026, 0, 1, 14, 2), device: true };
  const listeners = new Set<(state: SaveState) => void>();
  let exits = 0;
  const asides = new Map<string, string>();
  const keeper = {
    session,
    aside: { read: (name: string) => asides.get(name) ?? null, write: (name: string, text: string) => (asides.set(name, text), true) },
    launch: {
      connection: { connected: true, mode: "normal" },
      resumed: false,
      restored: false,
      damaged: false,
      secondTab: false,
      ...launch,
    },
    activeSeconds: 0,
    get saveState() {
      return state;
    },
    subscribe(told: (state: SaveState) => void) {
      listeners.add(told);
      return () => undefined;
    },
    exit() {
      exits += 1;
      return Promise.resolve(exit);
    },
  } as unknown as Keeper;
  const ui = new Ui(window, keeper);
  ui.start();
  return {
    session,
    course,
    save(changed) {
      state = { ...state, ...changed };
      for (const told of listeners) told(state);
    },
    wait(seconds) {
      (keeper as { activeSeconds: number }).activeSeconds += seconds;
      vi.advanceTimersByTime(1000);
    },
    stop: () => ui.stop(),
    exits: () => exits,
  };
}

/** The one element that a selector names. */
export function the<E extends HTMLElement = HTMLElement>(selector: string): E {
  const found = document.querySelectorAll<E>(selector);
  if (found.length !== 1) throw new Error(`${found.length} elements are ${selector}`);
  return found[0] as E;
}

export function all<E extends HTMLElement = HTMLElement>(selector: string): E[] {
  return Array.from(document.querySelectorAll<E>(selector));
}

export const words = (selector: string): string => the(selector).textContent?.replace(/\s+/g, " ").trim() ?? "";

/** Goes to a page as a link does; jsdom tells of the new address a moment later. */
export async function goTo(hash: string): Promise<void> {
  if (window.location.hash === hash) return;
  const followed = new Promise((done) => window.addEventListener("hashchange", done, { once: true }));
  window.location.hash = hash;
  await followed;
}

/** The page that is shown. */
export function shown(): string {
  return all("[data-page]").filter((section) => !section.hidden).map((section) => section.dataset["page"]).join();
}

export function choose(question: string, ...keys: string[]): void {
  for (const key of keys) the(`[data-question="${question}"] input[value="${key}"]`).click();
}

export function check(question: string): void {
  the(`[data-question="${question}"] [data-action=answer]`).click();
}

/** Whether the focus is on the one element that a selector names. */
export const hasFocus = (selector: string): boolean => document.activeElement === the(selector);
