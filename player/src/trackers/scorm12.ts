/**
 * SCORM 1.2 (RTE 3.4): the data model written sparingly. Only what changed is set, one commit a save; what the host
 * refuses is set again with the next save, unless it is an element that hosts need not have.
 */

import type { Course } from "../course";
import type { JournalEntry, Snapshot } from "../session";
import { STATUSES, type Status } from "../state";
import { findApi } from "./api";
import { decimal, timespan } from "./notation";
import { interactionElements } from "./scorm12-interactions";
import { notConnected, type Connection, type Moment, type Tracker } from "./tracker";

interface Api {
  LMSInitialize(argument: ""): unknown;
  LMSFinish(argument: ""): unknown;
  LMSGetValue(element: string): unknown;
  LMSSetValue(element: string, value: string): unknown;
  LMSCommit(argument: ""): unknown;
  LMSGetLastError(): unknown;
}

/** 401: the host need not have this element and does not (RTE 3.4.4). */
const NOT_IMPLEMENTED = "401";
const NO_WISH = "cmi.student_preference.text";
/** Interactions that were refused in a row before the tracker stops offering them (T30). */
const REFUSALS = 3;

const NUDGE = 0.000001;

const FINAL: ReadonlySet<Status> = new Set(["failed", "completed", "passed"]);

interface Journalled {
  readonly entry: JournalEntry;
  readonly at: Moment;
  index: number | null;
}

export class Scorm12Tracker implements Tracker {
  readonly name = "scorm12";
  readonly certain = false;
  private api: Api | null = null;
  private hostStatus: Status = "not attempted";
  private objectives = true;
  private refusals = 0;
  /** Interactions that the host has: its count at the first one, then ours (T04). */
  private interactions: number | null = null;
  private queue: Journalled[] = [];
  /** What the host was told and has not proved to have. */
  private told: Journalled[] = [];
  private readonly unproved = new Map<string, string>();
  /** The value of each element as the host has it. */
  private readonly known = new Map<string, string>();
  private readonly unsupported = new Set<string>();
  /** Whether the host sends only what differs from what it believes to have sent; undefined: not asked yet. */
  private changesOnly: boolean | undefined;

  constructor(
    private readonly course: Course,
    private readonly view: Window,
  ) {}

  async connect(): Promise<Connection> {
    this.api = await findApi<Api>(this.view, "API", "LMSInitialize");
    if (this.api === null) return notConnected("no SCORM 1.2 API in any parent window or opener");
    // A host may have begun the session itself, or kept it over a reload: then it answers questions all the same. One
    // that does not has ended it: after LMSFinish the same API begins no other (RTE 3.3).
    if (!this.call((api) => api.LMSInitialize("")) && this.read("cmi.core.lesson_status") === "") {
      const error = this.lastError();
      this.api = null;
      return { ...notConnected(`LMSInitialize was refused (error ${error})`), over: true };
    }
    const status = this.read("cmi.core.lesson_status");
    const mode = this.read("cmi.core.lesson_mode");
    const state = this.read("cmi.suspend_data");
    this.hostStatus = asStatus(status);
    // Some hosts give 0 where there is no score: that counts with a final status alone. More than 0 is ours (T20, T23).
    const held = this.hostStatus === "not attempted" ? "" : this.read("cmi.core.score.raw");
    const score = FINAL.has(this.hostStatus) || Number(held) > 0 ? held : "";
    const mastery = Number(this.course.host?.mastery === undefined ? "" : this.read(this.course.host.mastery));
    return {
      ...(mastery > 0 && mastery <= 100 && { mastery }),
      connected: true,
      mode: mode === "review" || mode === "browse" ? mode : "normal", // T05: missing or empty means normal
      learnerId: this.read("cmi.core.student_id"),
      learnerName: this.read("cmi.core.student_name"),
      registration: "",
      state,
      status: this.hostStatus,
      score: score === "" || !isFinite(Number(score)) ? null : Number(score),
    };
  }

  record(entry: JournalEntry, at: Moment): void {
    if (entry.kind === "answered" && this.refusals < REFUSALS) this.queue.push({ entry, at, index: null });
  }

  save(snapshot: Snapshot, state: string, at: Moment, again: boolean): Promise<boolean> {
    return Promise.resolve(this.write(snapshot, state, at, again));
  }

  finish(at: Moment, again: boolean, last?: { readonly snapshot: Snapshot; readonly state: string }): boolean {
    if (this.api === null) return false;
    const saved = last === undefined || this.write(last.snapshot, last.state, at, again);
    const finished = this.call((api) => api.LMSFinish(""));
    this.api = null;
    return saved && finished;
  }

  private write(snapshot: Snapshot, state: string, at: Moment, again: boolean): boolean {
    if (this.api === null) return false;
    if (again) this.unsettle();
    else {
      this.unproved.clear();
      this.told = [];
    }
    let kept = this.set("cmi.suspend_data", state);
    this.set("cmi.core.lesson_location", snapshot.location.slice(0, 255));
    this.writeInteractions();
    this.writeObjectives(snapshot);
    // Time, score and exit before the status, all in one commit: a host may freeze its record at that commit (T24).
    kept = this.writeScore(snapshot.score) && kept;
    this.set("cmi.core.session_time", timespan(at.seconds));
    this.set("cmi.core.exit", snapshot.finished ? (this.course.host?.exitWhenFinished ?? "") : "suspend");
    kept = this.writeStatus(snapshot.status) && kept;
    return this.call((api) => api.LMSCommit("")) && kept;
  }

  /**
   * T17: everything unproved is set again. Hosts that take equal values a second time need no more. Where only changes
   * are sent, and were marked as sent before they were, each value is first set to another one and committed; the save
   * that follows at once sets it as it should be, whatever this commit answers: the host may have taken it all the same.
   */
  private unsettle(): void {
    this.known.clear();
    this.queue = [...this.told, ...this.queue];
    this.told = [];
    const status = this.unproved.get("cmi.core.lesson_status");
    if (status !== undefined) this.hostStatus = status === "incomplete" ? "not attempted" : "incomplete";
    if (!this.sendsChangesOnly()) return;
    const others = [...this.unproved].flatMap(([element, value]) => {
      const other = otherValue(element, value);
      return other === null ? [] : [[element, other] as const];
    });
    for (const [element, other] of others) this.call((api) => api.LMSSetValue(element, other));
    if (status !== undefined) this.hostStatus = asStatus(otherValue("cmi.core.lesson_status", status) ?? "");
    if (others.length > 0) this.call((api) => api.LMSCommit(""));
  }

  /**
   * Moodle and its relatives keep numbers as numbers, others as the texts that they were given. Asked with a wish that
   * says nothing ("no wish about captions", RTE 3.4.4), and only after a save that failed.
   */
  private sendsChangesOnly(): boolean {
    try {
      this.changesOnly ??=
        this.call((api) => api.LMSSetValue(NO_WISH, "0")) && typeof this.api?.LMSGetValue(NO_WISH) === "number";
    } catch {
      // a host that is confused by the question
    }
    return this.changesOnly === true;
  }

  /** T20: only upwards; T03: `incomplete` where there is no status yet, so that a host does not make up one. */
  private writeStatus(status: Status): boolean {
    const wanted = this.reported(status);
    if (STATUSES.indexOf(wanted) <= STATUSES.indexOf(this.hostStatus)) return true;
    if (!this.set("cmi.core.lesson_status", wanted)) return false;
    this.hostStatus = wanted;
    return true;
  }

  /** What this status is called at the hosts of the course's profiles. */
  private reported(status: Status): Exclude<Status, "not attempted"> {
    if (status === "not attempted") return "incomplete";
    const statuses = this.course.host?.statuses;
    if (statuses === undefined || statuses.includes(status)) return status;
    return status === "passed" ? "completed" : "incomplete";
  }

  private writeScore(score: number | null): boolean {
    if (score === null) return true; // T23
    const kept = this.set("cmi.core.score.raw", decimal(score));
    this.set("cmi.core.score.min", "0");
    this.set("cmi.core.score.max", "100");
    return kept;
  }

  private writeInteractions(): void {
    for (const journalled of this.queue) {
      if (journalled.entry.kind !== "answered" || this.refusals >= REFUSALS) continue;
      if (this.interactions === null) this.interactions = Math.max(0, parseInt(this.read("cmi.interactions._count"), 10) || 0);
      const index = journalled.index ?? this.interactions;
      const [id, ...rest] = interactionElements(this.course, journalled.entry, journalled.at);
      if (id === undefined || !this.set(`cmi.interactions.${index}.${id[0]}`, id[1])) {
        this.refusals += 1;
        continue;
      }
      this.refusals = 0;
      if (journalled.index === null) this.interactions += 1;
      journalled.index = index;
      // A detail that is refused is left out; the rest of the answer still counts (T30).
      for (const [name, value] of rest) this.set(`cmi.interactions.${index}.${name}`, value);
      this.told.push(journalled);
    }
    this.queue = [];
  }

  /** T31. An objective is written once there is a result; indices are contiguous, so those before it get their ids. */
  private writeObjectives(snapshot: Snapshot): void {
    const results = snapshot.objectives.map(({ status, score }) => score !== null || STATUSES.indexOf(status) > 1);
    const last = results.lastIndexOf(true);
    snapshot.objectives.slice(0, last + 1).forEach((objective, index) => {
      if (!this.objectives) return;
      const element = `cmi.objectives.${index}`;
      this.objectives = this.set(`${element}.id`, objective.id);
      if (!this.objectives || objective.status === "not attempted") return;
      if (objective.score !== null) this.set(`${element}.score.raw`, decimal(objective.score));
      this.set(`${element}.status`, objective.status);
    });
  }

  /** True when the host has this value now. */
  private set(element: string, value: string): boolean {
    if (this.known.get(element) === value || this.unsupported.has(element)) return true;
    if (this.call((api) => api.LMSSetValue(element, value))) {
      this.known.set(element, value);
      this.unproved.set(element, value);
      return true;
    }
    if (/\.score\.m|\.objectives\.|location/.test(element) && this.lastError() === NOT_IMPLEMENTED) this.unsupported.add(element);
    return false;
  }

  /** T04: hosts answer with texts, booleans, numbers or nothing. */
  private call(ask: (api: Api) => unknown): boolean {
    try {
      return this.api !== null && String(ask(this.api)) === "true";
    } catch {
      return false;
    }
  }

  private read(element: string): string {
    try {
      const value = this.api?.LMSGetValue(element);
      return value === null || value === undefined ? "" : String(value).trim();
    } catch {
      return "";
    }
  }

  private lastError(): string {
    try {
      return String(this.api?.LMSGetLastError());
    } catch {
      return "";
    }
  }
}

function asStatus(text: string): Status {
  if (text === "browsed") return "incomplete";
  return STATUSES.find((status) => status === text) ?? "not attempted";
}

/** Another number, higher by too little to matter; at the top of the range lower. */
function nudged(number: string): string {
  return (Number(number) + (Number(number) < 100 ? NUDGE : -NUDGE)).toFixed(6);
}

/** A valid value that is not this one; null where each save brings a new one anyway. */
function otherValue(element: string, value: string): string | null {
  const name = element.replace(/^cmi\.(core|interactions\.\d+|objectives\.\d+)\./, "");
  switch (name) {
    case "cmi.suspend_data":
    case "session_time":
      return null;
    case "lesson_status":
    case "status":
      // The next lower one that stays final: should this page die now, that is what the host holds until the next launch.
      return value === "passed" ? "completed" : value === "incomplete" ? null : "incomplete";
    case "lesson_location":
      return value === "" ? "-" : "";
    case "exit":
      return value === "suspend" ? "" : "suspend";
    case "id":
      return `${value.slice(0, 249)}-again`;
    case "type":
      return value === "performance" ? "fill-in" : "performance";
    case "result":
      return value === "unanticipated" ? "neutral" : "unanticipated";
    case "time":
      return value === "00:00:00" ? "00:00:01" : "00:00:00";
    case "latency":
      return timespan(0);
    case "score.raw":
    case "score.min":
    case "score.max":
      return nudged(value);
    default:
      return value === "-" ? "--" : "-";
  }
}
