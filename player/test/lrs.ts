/**
 * For the tests: an LRS in memory, with the ways in which real ones fail.
 */

export const REGISTRATION = "0b5f1a0e-8a2c-4c55-9d0b-3a4cf5b6d001";
export const ACTOR = { objectType: "Agent", name: "Sam Jones", account: { homePage: "https://lms.example", name: "u-77" } };

export interface Made {
  readonly id: string;
  readonly verb: { readonly id: string };
  readonly object: { readonly id: string; readonly definition?: Record<string, unknown> };
  readonly result?: Record<string, unknown>;
  readonly context: Record<string, unknown>;
  readonly actor: unknown;
  readonly timestamp: string;
}

export class FakeLrs {
  readonly statements: Made[] = [];
  readonly requests: { method: string; url: URL; headers: Record<string, string>; keepalive: boolean; body: string }[] = [];
  state: string | null = null;
  etag = 0;
  etags = false;
  /** Status of every answer instead of the right one; 0: no answer at all. */
  fails: number | null = null;
  /** Takes requests and answers nothing. */
  deaf = false;
  delay = 0;
  /** Status of the answer to who asks for the State document, instead of the right one. */
  reading: number | null = null;
  /** The body of what is read begins and never ends; `breaks`: the connection goes in the middle of it. */
  body: "whole" | "hangs" | "breaks" = "whole";

  readonly fetch = async (address: string, init: RequestInit = {}): Promise<Response> => {
    const method = init.method ?? "GET";
    const url = new URL(address);
    const body = typeof init.body === "string" ? init.body : "";
    this.requests.push({ method, url, headers: init.headers as Record<string, string>, keepalive: init.keepalive === true, body });
    if (this.delay > 0) {
      await new Promise<void>((resolve, reject) => {
        setTimeout(resolve, this.delay);
        init.signal?.addEventListener("abort", () => reject(new DOMException("late", "AbortError")));
      });
    }
    if (this.fails === 0) throw new TypeError("Failed to fetch");
    if (this.fails !== null) return new Response("", { status: this.fails });
    const answer = url.pathname.endsWith("/statements") ? this.store(JSON.parse(body) as Made[]) : this.document(method, body, init);
    if (this.deaf) throw new TypeError("Failed to fetch");
    if (method === "GET" && this.body !== "whole") {
      const { body } = this;
      const text = () =>
        new Promise<string>((_, reject) => {
          init.signal?.addEventListener("abort", () => reject(new DOMException("late", "AbortError")));
          if (body === "breaks") reject(new TypeError("network error"));
        });
      return Object.assign(answer, { text });
    }
    return answer;
  };

  verbs(): string[] {
    return this.statements.map(({ verb }) => verb.id.replace(/.*\//, ""));
  }

  of(verb: string): Made[] {
    return this.statements.filter(({ verb: { id } }) => id.endsWith(`/${verb}`));
  }

  private store(statements: Made[]): Response {
    const taken = new Map(this.statements.map((one) => [one.id, JSON.stringify(one)]));
    if (statements.some((one) => taken.has(one.id) && taken.get(one.id) !== JSON.stringify(one))) return new Response("", { status: 409 });
    for (const one of statements) if (!taken.has(one.id)) this.statements.push(one);
    return new Response(JSON.stringify(statements.map(({ id }) => id)));
  }

  private document(method: string, body: string, init: RequestInit): Response {
    const headers: Record<string, string> = this.etags ? { ETag: `"${this.etag}"` } : {};
    if (method === "GET" && this.reading !== null) return new Response("", { status: this.reading });
    if (method === "GET") return this.state === null ? new Response("", { status: 404 }) : new Response(this.state, { headers });
    const match = (init.headers as Record<string, string>)["If-Match"];
    if (match !== undefined && match !== `"${this.etag}"`) return new Response("", { status: 412 });
    this.state = body;
    this.etag += 1;
    return new Response(null, { status: 204, headers: this.etags ? { ETag: `"${this.etag}"` } : {} });
  }
}

/** The address that an LMS opens the course with. */
export function address(parameters: Record<string, string> = {}): string {
  const all = {
    endpoint: "https://lrs.example/xapi",
    auth: "Basic c2VjcmV0",
    actor: JSON.stringify(ACTOR),
    registration: REGISTRATION,
    activity_id: "https://example.org/courses/tested",
    ...parameters,
  };
  return `https://lms.example/course/index.html?${new URLSearchParams(all).toString()}#/p1`;
}
