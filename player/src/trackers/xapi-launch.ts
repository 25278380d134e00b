/**
 * Tin Can launch: what the LMS put into the address, read once and taken out of the address bar (T52). A reload finds it
 * in the session storage, which ends with the tab.
 */

import { storedIn } from "../copy";
import type { Course } from "../course";

export interface Agent {
  readonly objectType: "Agent";
  readonly name?: string;
  readonly mbox?: string;
  readonly mbox_sha1sum?: string;
  readonly openid?: string;
  readonly account?: { readonly homePage: string; readonly name: string };
}

export interface Launched {
  /** Ends with a slash. */
  readonly endpoint: string;
  /** The whole value of the Authorization header; empty where the launch gave none. */
  readonly auth: string;
  readonly actor: Agent;
  /** A UUID, or empty. */
  readonly registration: string;
  readonly activityId: string;
  readonly grouping: string;
  readonly platform: string;
}

const PARAMETERS = ["endpoint", "auth", "actor", "registration", "activity_id", "activityId", "grouping", "activity_platform"];
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/** What this page was launched with; a text says why it cannot be used. */
export function readLaunch(course: Course, view: Window): Launched | string {
  const query = new URLSearchParams(view.location.search);
  const key = `scormkit:launch:${course.id}`;
  const storage = storedIn(() => view.sessionStorage);
  if (query.has("endpoint")) {
    const kept = JSON.stringify(PARAMETERS.filter((name) => query.has(name)).map((name) => [name, query.get(name)]));
    storage?.write(key, kept);
    clearAddress(view, new URLSearchParams(query));
    return launched(course, query);
  }
  try {
    const kept = storage?.read(key);
    if (kept != null) return launched(course, new URLSearchParams(JSON.parse(kept) as string[][]));
  } catch {
    // what lies there is not ours
  }
  return "the address has no xAPI launch (endpoint, auth, actor)";
}

function clearAddress(view: Window, query: URLSearchParams): void {
  for (const name of PARAMETERS) query.delete(name);
  const rest = query.toString();
  try {
    view.history.replaceState(view.history.state, "", view.location.pathname + (rest === "" ? "" : `?${rest}`) + view.location.hash);
  } catch {
    // sandboxed frames may forbid it; the frame has no address bar then
  }
}

function launched(course: Course, query: URLSearchParams): Launched | string {
  const endpoint = query.get("endpoint") ?? "";
  if (!/^https?:\/\//i.test(endpoint)) return "the launch's endpoint is no web address";
  const actor = readActor(query.get("actor") ?? "");
  if (actor === null) return "the launch names no learner that xAPI knows (actor)";
  const auth = query.get("auth") ?? "";
  const registration = query.get("registration") ?? "";
  return {
    endpoint: endpoint.endsWith("/") ? endpoint : `${endpoint}/`,
    // Old launches give the credential alone, newer ones the whole header.
    auth: auth === "" || /^[a-z]+ /i.test(auth) ? auth : `Basic ${auth}`,
    actor,
    registration: UUID.test(registration) ? registration : "",
    activityId: query.get("activity_id") ?? query.get("activityId") ?? course.id,
    grouping: query.get("grouping") ?? "",
    platform: query.get("activity_platform") ?? "scormkit",
  };
}

/** The actor with one identifier, as xAPI 1.0.3 wants it; older launches wrap values into lists. null: there is none. */
function readActor(json: string): Agent | null {
  let given: Record<string, unknown>;
  try {
    given = JSON.parse(json) as Record<string, unknown>;
  } catch {
    return null;
  }
  if (typeof given !== "object" || given === null) return null;
  const name = text(given["name"]);
  const who = { objectType: "Agent" as const, ...(name === "" ? {} : { name }) };
  const account = first(given["account"]) as Record<string, unknown> | undefined;
  const homePage = text(account?.["homePage"] ?? account?.["accountServiceHomePage"]);
  const accountName = text(account?.["name"] ?? account?.["accountName"]);
  if (homePage !== "" && accountName !== "") return { ...who, account: { homePage, name: accountName } };
  for (const identifier of ["mbox", "mbox_sha1sum", "openid"] as const) {
    const value = text(given[identifier]);
    if (value !== "") return { ...who, [identifier]: value };
  }
  return null;
}

function first(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : value;
}

function text(value: unknown): string {
  const one = first(value);
  return typeof one === "string" ? one : "";
}
