/**
 * When to save, where, and what the learner is told about it. Listens to the session and to the life of the page, writes
 * the copy on the device first and the host after it (T10 to T17).
 */

import { withMastery } from "./attempts";
import { ActiveClock } from "./clock";
import { Device, keyOf, storedIn, type Aside, type Journalled } from "./copy";
import type { Course } from "./course";
import { isPlain, recall, type Launch } from "./launch";
import { Session, type JournalEntry } from "./session";
import { decode, encode, type SavedState } from "./state";
import { claim, type Release } from "./tabs";
import { notConnected, type Connection, type Moment, type Tracker } from "./trackers/tracker";

/** What the learner is told (T12). */
export interface SaveState {
  /**
   * `saved`: all that was done is with the host. `unsaved`: something is waiting for the next save. `retrying`: the last
   * save failed. `untracked`: no host; `device` says whether this device keeps the progress. `read-only`: review mode or
   * second tab. `ended`: the session is over, the page must be opened again.
   */
  readonly kind: "saved" | "unsaved" | "retrying" | "untracked" | "read-only" | "ended";
  /** When the last save succeeded; milliseconds since 1970. */
  readonly at: number | null;
  /** Whether a copy of all that was done lies on this device. */
  readonly device: boolean;
}

/** What is known of a launch before it is clear which tab may write. */
export interface Glimpse {
  /** Shows where the learner left off; what happens to it is not kept. */
  readonly session: Session;
  readonly aside: Aside;
  readonly plain: boolean;
}

/** Changes that come together are saved together. */
const QUIET = 300;
/** At most one commit in this time while the learner works (T10). */
const SPACING = 3000;
/** Waits between retries, in multiples of SPACING: 3, 6, 12, 24, 48, then every 60 seconds. */
const LONGEST_WAIT = 60000;
/** How long the page's own server may take to show that it can be reached. */
const PROBE_PATIENCE = 2500;
const POLICY_PATIENCE = 50;

export class Keeper {
  readonly session: Session;
  readonly launch: Launch;
  private readonly clock: ActiveClock;
  private readonly listeners = new Set<(state: SaveState) => void>();
  private readonly earlierSeconds: number;
  private readonly writes: boolean;
  private journal: Journalled[] = [];
  /** The whole state as it was last written to the device. */
  private whole = "";
  private counter: number;
  private changed = true;
  private saving: Promise<boolean> | null = null;
  private leaving: Promise<boolean> | null = null;
  private again = false;
  private failures = 0;
  private timer = 0;
  /** When the next save is to come; 0 where none is planned. */
  private due = 0;
  private lastSave = -Infinity;
  private savedAt: number | null = null;
  private onDevice = false;
  /** Whether requests to the page's server are allowed at all. */
  private mayAsk = true;
  private ended = false;

  /**
   * Connects, reads what is saved, makes the session. Never rejects: without a host the course runs untracked. `first`
   * hears what is known before it is clear whether this tab may write.
   */
  static async open(course: Course, tracker: Tracker, view: Window, first?: (glimpse: Glimpse) => Promise<void>): Promise<Keeper> {
    const connection = await tracker.connect().catch((error: unknown) => notConnected(String(error)));
    if (connection.reason !== undefined) console.info(`scormkit: not connected: ${connection.reason}`);
    const key = keyOf(course, connection.learnerId, connection.registration);
    // A host that does not name the learner may show this device to several: no copy for it.
    const nameless = connection.connected && connection.learnerId === "";
    const device = new Device(nameless ? null : storedIn(() => view.localStorage), key);
    const taken = withMastery(course, connection.mastery);
    const seed = randomSeed(view);
    if (first) {
      const { state, flags } = recall(taken, connection, device.read(), seed);
      await first({ session: new Session(taken, state, seed, Date.now), aside: device.aside, plain: isPlain({ connection, ...flags }) });
    }
    const claimed = connection.mode === "normal" ? await claim(view, key) : null;
    return new Keeper(taken, tracker, view, connection, device, claimed, seed);
  }

  private constructor(
    private readonly course: Course,
    private readonly tracker: Tracker,
    private readonly view: Window,
    connection: Connection,
    private readonly device: Device,
    private readonly release: Release | null,
    seed: number,
  ) {
    // Only now: a page that this one replaces has written its last.
    const { state, counter, journal, owed, flags } = recall(course, connection, device.read(), seed);
    this.session = new Session(course, state, seed, Date.now);
    this.launch = { connection, ...flags, secondTab: connection.mode === "normal" && release === null };
    this.writes = release !== null;
    this.ended = connection.over === true;
    this.counter = counter;
    this.earlierSeconds = state.seconds;
    this.clock = new ActiveClock(() => view.performance.now(), view.document.visibilityState !== "hidden");
    tracker.onConflict = (theirs) => this.absorb(theirs);
    if (this.writes) this.begin(journal);
    else if (owed) this.deliver(journal);
    this.watchActivity();
  }

  /** What stays on this device. */
  get aside(): Aside {
    return this.device.aside;
  }

  /** Active time of this session (T16). */
  get activeSeconds(): number {
    return this.clock.seconds;
  }

  get saveState(): SaveState {
    return { kind: this.kind(), at: this.savedAt, device: this.onDevice };
  }

  subscribe(listener: (state: SaveState) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Saves now; true when the host has everything. */
  async saveNow(): Promise<boolean> {
    if (!this.tells) return false;
    if (this.saving !== null) await this.saving;
    return !this.changed && this.failures === 0 ? true : this.save();
  }

  /**
   * Save and exit (T14): saves, finishes, and says whether the host took it; in review mode, where nothing is to be saved,
   * whether it ended the session. Asked again while it is on its way, it says the same. The caller closes the window.
   */
  exit(): Promise<boolean> {
    return (this.leaving ??= this.leave());
  }

  private async leave(): Promise<boolean> {
    if (this.launch.connection.mode !== "normal") return this.finish();
    const saved = await this.saveNow();
    const finished = this.finish();
    return saved && finished;
  }

  /** Whether there is a host that is told anything. */
  private get tells(): boolean {
    return this.writes && !this.ended && this.launch.connection.connected;
  }

  private kind(): SaveState["kind"] {
    if (this.ended) return "ended";
    if (!this.writes) return "read-only";
    if (!this.launch.connection.connected) return "untracked";
    if (this.failures > 0) return "retrying";
    return this.changed || this.saving !== null ? "unsaved" : "saved";
  }

  private begin(journal: readonly Journalled[]): void {
    this.report(journal);
    this.session.subscribe((entries) => this.note(entries));
    this.plan(0); // T03
  }

  /** In review mode, once, and only what was done before: nothing else is written then (T06). */
  private deliver(journal: readonly Journalled[]): void {
    this.report(journal);
    const { text } = encode(this.course, this.session.state(), this.course.limits.state);
    void this.tracker.save(this.session.snapshot(), text, this.moment(), false).catch(() => false);
  }

  /** What was reported by a page that died before the host had it is reported now, with its own time. */
  private report(journal: readonly Journalled[]): void {
    for (const journalled of journal) {
      const entry = withQuestion(this.course, journalled.entry);
      if (entry === null) continue;
      this.journal.push(journalled);
      this.tracker.record(entry, journalled.at);
    }
  }

  private note(entries: readonly JournalEntry[]): void {
    if (this.ended) return;
    this.changed = true;
    this.counter += 1;
    const at = this.moment();
    for (const entry of this.launch.connection.connected ? entries : []) {
      this.tracker.record(entry, at);
      // A tracker whose `true` is proof keeps what it has not sent; the others get it again from the copy.
      if (!this.tracker.certain) this.journal.push({ counter: this.counter, at, entry: withoutQuestion(entry) });
    }
    this.renew();
    this.plan(QUIET);
    this.announce();
  }

  private plan(quiet: number): void {
    if (!this.tells || this.saving !== null) return;
    const wait = this.failures > 0 ? Math.min(LONGEST_WAIT, SPACING * 2 ** (this.failures - 1)) : SPACING;
    const now = this.view.performance.now();
    const due = Math.max(now + quiet, this.lastSave + wait);
    // A save that is planned is never put off: a learner who does not pause would wait for it for ever.
    if (this.due !== 0 && this.due <= due) return;
    this.view.clearTimeout(this.timer);
    this.due = due;
    this.timer = this.view.setTimeout(() => void this.save(), due - now);
  }

  private save(): Promise<boolean> {
    if (!this.tells) return Promise.resolve(false);
    if (this.saving !== null) return this.saving;
    this.saving = this.attempt().then((saved) => {
      this.saving = null;
      this.failures = saved ? 0 : this.failures + 1;
      if (saved) this.savedAt = Date.now();
      else this.changed = true;
      if (this.tells) {
        if (saved) this.writeCopy(this.changed);
        if (this.changed) this.plan(QUIET);
        this.announce();
      }
      return saved;
    });
    this.announce(); // only now: what is on its way is not saved yet
    return this.saving;
  }

  private async attempt(): Promise<boolean> {
    this.view.clearTimeout(this.timer);
    this.due = 0;
    this.lastSave = this.view.performance.now();
    const again = this.again;
    this.changed = false;
    // Nobody proves anything yet: should this page die now, the next save must set everything again.
    this.again = true;
    const { snapshot, state } = this.next();
    try {
      const saved = await this.tracker.save(snapshot, state, this.moment(), again);
      const proved = saved && (this.tracker.certain || (await this.reachable()));
      if (proved) this.again = false;
      return proved;
    } catch {
      return false;
    }
  }

  /** The state under a new counter, on the device already. */
  private next() {
    this.counter += 1;
    const state = this.renew();
    const { limits } = this.course;
    const text = this.whole.length <= limits.state ? this.whole : encode(this.course, state, limits.state).text;
    return { snapshot: this.session.snapshot(), state: text };
  }

  /** Writes the session as it is now to the device. */
  private renew(): SavedState {
    const state = { ...this.session.state(), counter: this.counter, seconds: this.earlierSeconds + this.clock.seconds };
    this.whole = encode(this.course, state).text;
    this.writeCopy(true);
    return state;
  }

  private writeCopy(unsaved: boolean): void {
    this.onDevice = this.device.write({ state: this.whole, unsaved, journal: this.journal });
  }

  /** Progress that another device wrote meanwhile: nothing of either is lost. */
  private absorb(theirs: string): void {
    const { state } = decode(this.course, theirs);
    if (state === null) return;
    this.counter = Math.max(this.counter, state.counter);
    this.session.absorb(state);
  }

  /**
   * T17: some hosts answer "true" while the network is down. What the browser knows of the network is evidence, and so
   * is a request to the page's own server, unless a policy forbids such requests.
   */
  private async reachable(): Promise<boolean> {
    const { view } = this;
    if (view.navigator.onLine === false) return false;
    if (!this.mayAsk || !/^https?:$/.test(view.location.protocol) || typeof view.fetch !== "function") return true;
    const address = view.location.href.replace(/#.*/, "");
    const pause = (time: number) => new Promise<void>((resolve) => view.setTimeout(resolve, time));
    // no-cors: in a sandboxed frame the page's own server counts as a foreign one, and any answer will do.
    const probe = view.fetch(address, { method: "HEAD", mode: "no-cors", cache: "no-store" }).then(
      () => true,
      // Of a policy's refusal the browser tells a moment later.
      () => pause(POLICY_PATIENCE).then(() => !this.mayAsk),
    );
    return Promise.race([probe, pause(PROBE_PATIENCE).then(() => true)]);
  }

  /** T11: the page may be gone the moment this returns. */
  private finish(): boolean {
    if (this.ended) return false;
    const { connected, mode } = this.launch.connection;
    if (!connected || this.launch.secondTab) return this.end(() => true);
    if (mode !== "normal") return this.end(() => this.tracker.finish(this.moment(), false));
    const last = this.next();
    return this.end(() => this.tracker.finish(this.moment(), this.again && this.lastSave > -Infinity, last));
  }

  private end(finish: () => boolean): boolean {
    this.view.clearTimeout(this.timer);
    const finished = finish();
    this.ended = true;
    this.release?.();
    this.announce();
    return finished;
  }

  private moment(): Moment {
    return { time: Date.now(), seconds: this.clock.seconds };
  }

  private announce(): void {
    for (const listener of [...this.listeners]) listener(this.saveState);
  }

  /** T11, T16, T17. No `unload` and no `beforeunload`: they keep pages out of the back/forward cache and are not reliable. */
  private watchActivity(): void {
    const { view, clock } = this;
    const { document } = view;
    for (const type of ["pointerdown", "keydown", "scroll", "touchstart"]) {
      view.addEventListener(type, () => clock.activity(), { passive: true, capture: true });
    }
    document.addEventListener("visibilitychange", () => {
      clock.show(document.visibilityState !== "hidden");
      if (document.visibilityState === "hidden") this.hide();
    });
    document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) => {
      if (effectiveDirective === "connect-src") this.mayAsk = false;
    });
    document.addEventListener("freeze", () => this.hide());
    view.addEventListener("pagehide", () => void this.finish());
    // Back from the back/forward cache: the host's session is over and stays so.
    view.addEventListener("pageshow", (event) => event.persisted && this.announce());
    view.addEventListener("online", () => this.failures > 0 && void this.save());
    view.addEventListener("offline", () => this.announce());
  }

  private hide(): void {
    const idle = !this.changed && this.failures === 0 && this.view.performance.now() - this.lastSave < SPACING;
    if (!this.tells || idle) return;
    if (this.saving === null) void this.save();
    else void this.saving.then(() => this.changed && this.save());
  }
}

/** 24 bits of chance: the only chance there is in a course (T43). */
function randomSeed(view: Window): number {
  return (view.crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % 2 ** 24;
}

function withoutQuestion(entry: JournalEntry): Readonly<Record<string, unknown>> {
  return entry.kind === "answered" ? { ...entry, question: entry.question.id } : { ...entry };
}

function withQuestion(course: Course, entry: Readonly<Record<string, unknown>>): JournalEntry | null {
  if (entry["kind"] !== "answered") return entry as unknown as JournalEntry;
  const question = course.questions.find(({ id }) => id === entry["question"]);
  return question === undefined ? null : ({ ...entry, question } as unknown as JournalEntry);
}
