/**
 * xAPI with a Tin Can launch: statements for the journal, the State API for resuming. Statements get their UUID once, lie on
 * the device until the LRS has them, and are sent in order (T51).
 */

import { fingerprint, storedIn, type Stored } from "../copy";
import type { Course } from "../course";
import type { JournalEntry, Snapshot } from "../session";
import { Lrs } from "./xapi-lrs";
import { readLaunch, type Launched } from "./xapi-launch";
import { StatementWriter, type Stage, type Statement } from "./xapi-statements";
import { notConnected, type Connection, type Moment, type Tracker } from "./tracker";

/** A launch waits this long for the saved progress; it begins without it then, and looks again before it writes. */
const LAUNCH_PATIENCE = 4000;
/** Verdicts are said once for a registration. */
const ONCE = new Set<string>(["passed", "failed", "completed"]);

export class XapiTracker implements Tracker {
  readonly name = "xapi";
  readonly certain = true;
  onConflict: (theirs: string) => void = () => undefined;
  private launch: Launched | null = null;
  private lrs: Lrs | null = null;
  private writer: StatementWriter | null = null;
  private device: Stored | null = null;
  private queue: Statement[] = [];
  private stateRead = false;
  private begun = false;
  private resumes = false;

  constructor(
    private readonly course: Course,
    private readonly view: Window,
  ) {}

  async connect(): Promise<Connection> {
    const launch = readLaunch(this.course, this.view);
    if (typeof launch === "string") return notConnected(launch);
    this.launch = launch;
    this.lrs = new Lrs(launch, this.view);
    this.writer = new StatementWriter(this.course, launch, () => this.view.document.documentElement.lang);
    this.device = storedIn(() => this.view.localStorage);
    this.queue = this.readQueue();
    const late = new Promise<null>((resolve) => this.view.setTimeout(() => resolve(null), LAUNCH_PATIENCE));
    const read = await Promise.race([this.lrs.readState(), late]);
    if (read?.verdict === "refused") return notConnected("the LRS does not accept the launch's token");
    this.stateRead = read?.verdict === "found";
    this.resumes = (read?.text ?? "") !== "";
    const { name, objectType: _type, ...identifier } = launch.actor;
    return {
      connected: true,
      mode: "normal",
      learnerId: JSON.stringify(identifier),
      learnerName: name ?? "",
      registration: launch.registration,
      state: read?.text ?? "",
      status: "not attempted",
      score: null,
    };
  }

  record(entry: JournalEntry, at: Moment): void {
    if (this.launch === null || this.writer === null) return;
    this.begin(at);
    const id = ONCE.has(entry.kind) && this.launch.registration !== "" ? onceId(entry.kind, this.launch) : this.newId();
    this.push(this.writer.entry(entry, id, at));
  }

  async save(_snapshot: Snapshot, state: string, at: Moment): Promise<boolean> {
    if (this.lrs === null) return false;
    this.begin(at);
    // Statements first: a saved state never claims what was not reported.
    if (!(await this.flush(this.lrs))) return false;
    if (!this.stateRead && !(await this.readAgain(this.lrs))) return false;
    const verdict = await this.lrs.writeState(state);
    if (verdict === "conflict") await this.readAgain(this.lrs);
    return verdict === "taken";
  }

  finish(at: Moment, _again: boolean, last?: { readonly snapshot: Snapshot; readonly state: string }): boolean {
    if (this.lrs === null) return false;
    if (last !== undefined) {
      this.begin(at);
      if (!last.snapshot.finished) this.stage("suspended", at);
      this.stage("terminated", at);
      // Both are on their way, alive without the page, before this returns; what does not arrive lies in the queue.
      void this.flush(this.lrs);
      if (this.stateRead) void this.lrs.writeState(last.state);
    }
    this.lrs = null;
    return true;
  }

  /** Somebody else's progress, or what a slow LRS gave too late: the keeper puts it together with ours. */
  private async readAgain(lrs: Lrs): Promise<boolean> {
    const { verdict, text } = await lrs.readState();
    this.stateRead = verdict === "found";
    if (this.stateRead && text !== "") this.onConflict(text);
    // What came of it has to be encoded first: the next save writes it.
    return this.stateRead && text === "";
  }

  private begin(at: Moment): void {
    if (this.begun) return;
    this.begun = true;
    this.stage("initialized", at);
    if (this.resumes) this.stage("resumed", at);
  }

  private stage(stage: Stage, at: Moment): void {
    this.push(this.writer?.stage(stage, this.newId(), at));
  }

  private push(statement: Statement | undefined): void {
    if (statement === undefined) return;
    this.queue.push(statement);
    this.keepQueue();
  }

  private flush(lrs: Lrs): Promise<boolean> {
    return lrs.send([...this.queue], (sent) => {
      const ids = new Set(sent.map((statement) => statement.id));
      this.queue = this.queue.filter((statement) => !ids.has(statement.id));
      this.keepQueue();
    });
  }

  private queueKey(): string {
    const { actor, registration } = this.launch as Launched;
    const { name: _name, ...identifier } = actor;
    return `scormkit:statements:${fingerprint([this.course.id, JSON.stringify(identifier), registration].join("\n"))}`;
  }

  private keepQueue(): void {
    if (this.queue.length === 0) this.device?.remove(this.queueKey());
    else this.device?.write(this.queueKey(), JSON.stringify(this.queue));
  }

  private readQueue(): Statement[] {
    try {
      const kept = JSON.parse(this.device?.read(this.queueKey()) ?? "[]") as unknown;
      return Array.isArray(kept) ? (kept as Statement[]).filter((statement) => typeof statement?.id === "string") : [];
    } catch {
      return [];
    }
  }

  /** RFC 4122 version 4. */
  private newId(): string {
    const bytes = this.view.crypto.getRandomValues(new Uint8Array(16));
    return uuid([...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join(""), "4");
  }
}

/** The same id for the same verdict of the same registration, whichever device says it: an LRS takes an id once. */
function onceId(verdict: string, { actor, registration, activityId }: Launched): string {
  const about = [verdict, registration, activityId, JSON.stringify(actor)].join("\n");
  return uuid(fingerprint(about) + fingerprint(`${about}\n`), "5");
}

function uuid(hex: string, version: string): string {
  const variant = ((parseInt(hex[16] as string, 16) & 3) | 8).toString(16);
  return [hex.slice(0, 8), hex.slice(8, 12), version + hex.slice(13, 16), variant + hex.slice(17, 20), hex.slice(20, 32)].join("-");
}
