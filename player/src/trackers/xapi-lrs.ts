/**
 * Requests to an LRS (xAPI 1.0.3 Communication): statements in order, and one State document.
 */

import type { Launched } from "./xapi-launch";
import type { Statement } from "./xapi-statements";

const VERSION = "1.0.3";
const STATE_ID = "scormkit-progress";
/** An LRS may be slow; one that is slower counts as not there. */
const PATIENCE = 20000;
/** Browsers keep 64 KiB of requests alive in all when a page goes (Fetch 4.6). */
const KEPT_ALIVE = 60000;
/** Statements in one request. */
const BATCH = 25;

/** `taken`: the LRS has it. `lost`: it never will. `waiting`: not now. */
type Verdict = "taken" | "lost" | "waiting";

export interface StateDocument {
  /**
   * `found` also where there is none yet (an empty text): the LRS says so with 404 (3.2). `refused`: the token is
   * not good. `unreachable`: any other answer, or none; what the LRS holds is not known, so nothing may be put over it.
   */
  readonly verdict: "found" | "refused" | "unreachable";
  readonly text: string;
}

interface Answer {
  readonly status: number;
  readonly ok: boolean;
  readonly etag: string | null;
  readonly text: string;
}

export class Lrs {
  private etag: string | null = null;

  constructor(
    private readonly launch: Launched,
    private readonly view: Window,
  ) {}

  async readState(): Promise<StateDocument> {
    const answer = await this.request("GET", this.stateUrl());
    if (answer?.status === 401 || answer?.status === 403) return { verdict: "refused", text: "" };
    if (answer?.ok !== true && answer?.status !== 404) return { verdict: "unreachable", text: "" };
    this.etag = answer.etag;
    return { verdict: "found", text: answer.ok ? answer.text.trim() : "" };
  }

  /** `conflict`: somebody else has written it since it was read. */
  async writeState(text: string): Promise<"taken" | "conflict" | "waiting"> {
    // Only an ETag that the LRS gave: a header that it does not expect may fail its CORS preflight.
    const match: Record<string, string> = this.etag === null ? {} : { "If-Match": this.etag };
    const answer = await this.request("PUT", this.stateUrl(), text, { "Content-Type": "text/plain", ...match });
    if (answer?.status === 412 || answer?.status === 409) return "conflict";
    if (answer?.ok !== true) return "waiting";
    this.etag = answer.etag;
    return "taken";
  }

  /** Sends statements in their order (T51) until one has to wait. `done` is told each that need not be sent again. */
  async send(statements: readonly Statement[], done: (sent: readonly Statement[]) => void): Promise<boolean> {
    for (let at = 0; at < statements.length; at += BATCH) {
      const batch = statements.slice(at, at + BATCH);
      let verdict = await this.post(batch);
      if (verdict !== "lost") {
        if (verdict === "waiting") return false;
        done(batch);
        continue;
      }
      // One of them is there already (409) or refused (400), and with it the whole batch: one at a time.
      for (const statement of batch) {
        verdict = await this.post([statement]);
        if (verdict === "waiting") return false;
        done([statement]);
      }
    }
    return true;
  }

  private async post(statements: readonly Statement[]): Promise<Verdict> {
    const headers = { "Content-Type": "application/json" };
    const answer = await this.request("POST", `${this.launch.endpoint}statements`, JSON.stringify(statements), headers);
    if (answer?.ok === true) return "taken";
    return answer !== null && (answer.status === 400 || answer.status === 409 || answer.status === 413) ? "lost" : "waiting";
  }

  private stateUrl(): string {
    const { endpoint, activityId, actor, registration } = this.launch;
    const query = new URLSearchParams({ activityId, agent: JSON.stringify(actor), stateId: STATE_ID });
    if (registration !== "") query.set("registration", registration);
    return `${endpoint}activities/state?${query.toString()}`;
  }

  /** null where there was no answer, or not all of it. Never rejects, never says the token anywhere. */
  private async request(method: string, url: string, body?: string, more: Record<string, string> = {}): Promise<Answer | null> {
    const authorisation: Record<string, string> = this.launch.auth === "" ? {} : { Authorization: this.launch.auth };
    const controller = new AbortController();
    const timer = this.view.setTimeout(() => controller.abort(), PATIENCE);
    const init: RequestInit = {
      method,
      headers: { "X-Experience-API-Version": VERSION, ...authorisation, ...more },
      credentials: "omit",
      cache: "no-store",
      signal: controller.signal,
      keepalive: method !== "GET" && (body ?? "").length * 3 < KEPT_ALIVE,
      ...(body === undefined ? {} : { body }),
    };
    try {
      const answer = await this.view.fetch(url, init);
      // A login page, of the host or of a hotel's network, answers in the LRS's place and takes nothing.
      if (answer.ok && /^text\/html/i.test(answer.headers.get("Content-Type") ?? "")) return null;
      const { status, ok, headers } = answer;
      return { status, ok, etag: headers.get("ETag"), text: method === "GET" ? await answer.text() : "" };
    } catch {
      return null;
    } finally {
      this.view.clearTimeout(timer);
    }
  }
}
