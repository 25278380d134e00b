/**
 * For the tests: a browser with storage, locks and tabs, and a SCORM 1.2 host in memory that judges by the standard's data
 * types and can misbehave as real hosts do.
 */

import { webcrypto } from "node:crypto";
import { vi } from "vitest";

export class MemoryStorage {
  readonly items = new Map<string, string>();
  full = false;

  get length(): number {
    return this.items.size;
  }
  getItem(key: string): string | null {
    return this.items.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    if (this.full) throw new DOMException("full", "QuotaExceededError");
    this.items.set(key, value);
  }
  removeItem(key: string): void {
    this.items.delete(key);
  }
}

/** One browser on one device: tabs share its storage and its locks. */
export class Browser {
  readonly storage = new MemoryStorage();
  readonly held = new Set<string>();
  locks = true;
  channel: typeof BroadcastChannel | undefined = undefined;
  forbidden = false;
  onLine = true;
  fetch: (url: string, init?: RequestInit) => Promise<Response> = () => Promise.resolve(new Response());

  /** A tab with a page in it. `globals` are what its window has besides: API, parent, opener. */
  tab(globals: Record<string, unknown> = {}, address = "https://lms.example/course/index.html"): Tab {
    return new Tab(this, globals, address);
  }
}

export class Tab {
  readonly view: Window;
  readonly session = new MemoryStorage();
  private readonly window = new EventTarget();
  private readonly document = new EventTarget();
  private readonly locks: string[] = [];
  private alive = true;

  constructor(
    readonly browser: Browser,
    globals: Record<string, unknown>,
    address: string,
  ) {
    const { window } = this;
    const location = new URL(address);
    const view: Record<string, unknown> = {
      document: Object.assign(this.document, { visibilityState: "visible", documentElement: { lang: "en-GB" } }),
      navigator: this.navigator(),
      performance,
      location,
      crypto: webcrypto, // Node.js 18 has no global one
      sessionStorage: this.session,
      history: { state: null, replaceState: (_: unknown, __: string, url: string) => (location.href = new URL(url, location).href) },
      BroadcastChannel: browser.channel,
      fetch: (url: string, init?: RequestInit) => browser.fetch(url, init),
      setTimeout: (run: () => void, wait: number) => setTimeout(() => this.alive && run(), wait),
      clearTimeout: (timer: NodeJS.Timeout) => clearTimeout(timer),
      addEventListener: window.addEventListener.bind(window),
      ...globals,
    };
    Object.defineProperty(view, "localStorage", {
      get: () => {
        if (browser.forbidden) throw new DOMException("no", "SecurityError");
        return browser.storage;
      },
    });
    view["parent"] ??= view;
    this.view = view as unknown as Window;
  }

  private navigator(): unknown {
    const { browser, locks } = this;
    const request = async (name: string, _: unknown, granted: (lock: unknown) => unknown) => {
      if (browser.held.has(name)) return void granted(null);
      browser.held.add(name);
      locks.push(name);
      await granted({ name });
      browser.held.delete(name);
    };
    return {
      get onLine() {
        return browser.onLine;
      },
      ...(browser.locks ? { locks: { request } } : {}),
    };
  }

  fire(type: string, more: Record<string, unknown> = {}): void {
    this.window.dispatchEvent(Object.assign(new Event(type), more));
  }

  freeze(): void {
    this.document.dispatchEvent(new Event("freeze"));
  }

  violate(effectiveDirective: string): void {
    this.document.dispatchEvent(Object.assign(new Event("securitypolicyviolation"), { effectiveDirective }));
  }

  show(visible: boolean): void {
    Object.assign(this.document, { visibilityState: visible ? "visible" : "hidden" });
    this.document.dispatchEvent(new Event("visibilitychange"));
  }

  /** The learner closes the tab or goes elsewhere. */
  close(persisted = false): void {
    this.fire("pagehide", { persisted });
    this.kill();
  }

  /** The browser dies: nothing is told to the page. */
  kill(): void {
    this.alive = false;
    for (const name of this.locks) this.browser.held.delete(name);
  }
}

const STATUS = /^(passed|completed|failed|incomplete|browsed)$/;
const DECIMAL = /^(-?\d+(\.\d+)?)?$/;
const SPAN = /^\d{2,4}:[0-5]\d:[0-5]\d(\.\d{1,2})?$/;
const TIME = /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,2})?$/;
const IDENTIFIER = /^[A-Za-z0-9_-]{1,255}$/;
const TYPES = /^(true-false|choice|fill-in|matching|performance|likert|sequencing|numeric)$/;
const RESULT = /^(correct|wrong|unanticipated|neutral|\d+(\.\d+)?)$/;

const RANGED = /(score\.(raw|min|max)|student_preference\.text)$/;

/** SCORM 1.2 RTE 3.4.5; a copy of nothing that the tracker uses. */
const TYPED: readonly (readonly [RegExp, RegExp])[] = [
  [/^cmi\.suspend_data$/, /^[^]{0,4096}$/],
  [/^cmi\.core\.lesson_location$/, /^[^]{0,255}$/],
  [/^cmi\.core\.lesson_status$/, STATUS],
  [/^cmi\.core\.exit$/, /^(suspend|logout|time-out|)$/],
  [/^cmi\.core\.score\.(raw|min|max)$/, DECIMAL],
  [/^cmi\.core\.session_time$/, SPAN],
  [/^cmi\.student_preference\.text$/, /^(-1|0|1)$/],
  [/^cmi\.objectives\.\d+\.id$/, IDENTIFIER],
  [/^cmi\.objectives\.\d+\.status$/, STATUS],
  [/^cmi\.objectives\.\d+\.score\.raw$/, DECIMAL],
  [/^cmi\.interactions\.\d+\.id$/, IDENTIFIER],
  [/^cmi\.interactions\.\d+\.type$/, TYPES],
  [/^cmi\.interactions\.\d+\.time$/, TIME],
  [/^cmi\.interactions\.\d+\.latency$/, SPAN],
  [/^cmi\.interactions\.\d+\.result$/, RESULT],
  [/^cmi\.interactions\.\d+\.(student_response|correct_responses\.0\.pattern)$/, /^[^]{0,255}$/],
];

const RESPONSES: Readonly<Record<string, RegExp>> = {
  "true-false": /^[01tf]$/,
  choice: /^[a-z0-9](,[a-z0-9]){0,25}$/,
  sequencing: /^[a-z0-9](,[a-z0-9])*$/,
  matching: /^[a-z0-9]\.[a-z0-9](,[a-z0-9]\.[a-z0-9])*$/,
  numeric: /^\d+(\.\d+)?$/,
  "fill-in": /^[^]{1,255}$/,
  performance: /^[^]{1,255}$/,
  likert: /^[^]{0,255}$/,
};

export interface Manners {
  /** What the functions give: texts, or what other hosts give. */
  readonly answers: "texts" | "booleans" | "nothing";
  /** Moodle: values count as sent before they are; numbers are kept, and given back, as numbers. */
  readonly marksSentFirst: boolean;
  /** `lies`: commit says true and nothing arrives; `mumbles`: it arrives and commit says false. */
  network: "up" | "refuses" | "lies" | "mumbles";
  /** Elements (and what stands below them) that this host does not have. */
  readonly lacks: readonly string[];
  readonly mode: string;
}

/** The host's server, and the API of one session after another. */
export class FakeHost {
  /** What the server holds. */
  readonly server = new Map<string, string>();
  readonly calls: string[] = [];
  /** What each commit carried: the elements set since the one before, in their order. */
  readonly commits: string[][] = [];
  /** Status and score as the server held them after each commit that arrived. */
  readonly stood: (readonly [status: string, score: string])[] = [];
  readonly manners: Manners;
  private model = new Map<string, string>();
  private sent = new Map<string, string>();
  private since: string[] = [];
  private error = "0";
  private running = false;

  constructor(manners: Partial<Manners> = {}) {
    this.manners = { answers: "texts", marksSentFirst: false, network: "up", lacks: [], mode: "normal", ...manners };
  }

  readonly API = {
    LMSInitialize: (argument: string) => {
      this.calls.push("LMSInitialize");
      if (argument !== "" || this.running) return this.give(false, "101");
      this.running = true;
      this.model = new Map(this.server);
      this.sent = new Map(this.server);
      return this.give(true);
    },
    LMSGetValue: (element: string) => {
      this.calls.push(`get ${element}`);
      const given = this.running ? this.get(element) : "";
      const value = this.keepsNumber(element) && given !== "" ? Number(given) : given;
      return this.manners.answers === "nothing" && value === "" ? null : value;
    },
    LMSSetValue: vi.fn((element: string, value: string) => {
      this.calls.push(`set ${element}`);
      const error = this.refusal(element, value);
      if (error !== "0") return this.give(false, error);
      this.model.set(element, this.keepsNumber(element) ? String(Number(value)) : value);
      this.since.push(element);
      return this.give(true);
    }),
    LMSCommit: () => {
      this.calls.push("LMSCommit");
      return this.commit();
    },
    LMSFinish: () => {
      this.calls.push("LMSFinish");
      if (!this.running) return this.give(false, "301");
      const stored = this.commit();
      this.running = false;
      return stored;
    },
    LMSGetLastError: () => {
      this.calls.push("LMSGetLastError");
      return this.error;
    },
  };

  count(name: string): number {
    return this.calls.filter((call) => call === name).length;
  }

  interactions(): Record<string, string>[] {
    const found: Record<string, string>[] = [];
    for (const [element, value] of this.server) {
      const [, index, name] = /^cmi\.interactions\.(\d+)\.(.*)$/.exec(element) ?? [];
      if (index !== undefined && name !== undefined) (found[Number(index)] ??= {})[name] = value;
    }
    return found;
  }

  private give(good: boolean, error = "0"): unknown {
    this.error = good ? "0" : error;
    if (this.manners.answers === "texts") return String(good);
    return this.manners.answers === "booleans" ? good : good ? "true" : null;
  }

  private get(element: string): unknown {
    this.error = "0";
    if (this.lacks(element)) return "";
    if (element.endsWith("._count")) {
      const list = element.replace("_count", "");
      const ids = [...this.model.keys()].filter((name) => name.startsWith(list) && /\.\d+\.id$/.test(name));
      return this.manners.answers === "booleans" ? ids.length : String(ids.length);
    }
    const given: Record<string, string> = {
      "cmi.core.student_id": "learner-1",
      "cmi.core.student_name": "Jones, Sam",
      "cmi.core.lesson_mode": this.manners.mode,
      "cmi.core.lesson_status": this.model.get("cmi.core.lesson_status") ?? "not attempted",
    };
    return given[element] ?? this.model.get(element) ?? "";
  }

  private keepsNumber(element: string): boolean {
    return this.manners.marksSentFirst && RANGED.test(element);
  }

  private lacks(element: string): boolean {
    return this.manners.lacks.some((name) => element === name || element.startsWith(`${name}.`));
  }

  private refusal(element: string, value: unknown): string {
    if (!this.running) return "301";
    if (this.lacks(element)) return "401";
    const type = TYPED.find(([name]) => name.test(element));
    if (type === undefined) return "401";
    if (typeof value !== "string" || !type[1].test(value)) return "405";
    const [, list, index, name] = /^(cmi\.(?:interactions|objectives)\.)(\d+)\.(.*)$/.exec(element) ?? [];
    if (list !== undefined && index !== undefined) {
      if (name !== "id" && !this.model.has(`${list}${index}.id`)) return "201";
      if (Number(index) > 0 && !this.model.has(`${list}${Number(index) - 1}.id`)) return "201";
      const kind = this.model.get(`${list}${index}.type`) ?? "";
      if (/response|pattern/.test(name ?? "") && RESPONSES[kind]?.test(value) !== true) return "405";
    }
    return "0";
  }

  private commit(): unknown {
    if (!this.running) return this.give(false, "301");
    this.commits.push(this.since);
    this.since = [];
    const changed = [...this.model].filter(([element, value]) => this.sent.get(element) !== value);
    const arrives = this.manners.network === "up" || this.manners.network === "mumbles";
    if (arrives || this.manners.marksSentFirst) this.sent = new Map(this.model);
    if (arrives) {
      for (const [element, value] of changed) this.server.set(element, value);
      this.stood.push([this.server.get("cmi.core.lesson_status") ?? "", this.server.get("cmi.core.score.raw") ?? ""]);
    }
    return this.give(this.manners.network === "up" || this.manners.network === "lies", "101");
  }
}
