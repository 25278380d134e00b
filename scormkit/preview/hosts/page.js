/**
 * The host's page: begins a session at the server, puts window.API where content looks for it, and opens the course. Leaves
 * `window.lms` = {host, transport, launch, setOffline, reopen, renew} for whoever watches, and tells a page around it of every call.
 */
import { Host } from "./engine.js";
import { Transport } from "./transport.js";

const read = async (url, options) => (await fetch(url, options)).json();

const standard = Promise.all([read("/hosts/facts.json"), read("/hosts/rules.json")]);

/** Begins a session with the course; `at` is the fragment to open it with. */
async function begin(at = "") {
  const launch = await session();
  open({ ...launch, url: launch.url + at });
}

async function session() {
  const [launch, [facts, rules]] = await Promise.all([read(`${location.pathname}/launch`, { method: "POST" }), standard]);
  document.title = launch.title || document.title;
  window.lms = { launch, host: { calls: [] }, transport: { faults: {} }, setOffline, reopen, renew };
  tell({ kind: "launch", values: launch.values });
  if (launch.format === "scorm12") connect(launch, facts, rules);
  return launch;
}

/** Another session for a course that has been left, as if this page had been opened anew. */
function reopen(at) {
  forget();
  document.body.replaceChildren();
  return begin(at);
}

/** Another session for the course in `view`, a window that stays as it is. */
async function renew(view) {
  forget();
  const { url } = await session();
  view.history.replaceState(view.history.state, "", url + view.location.hash);
}

function forget() {
  clearTimeout(window.lms.waiting);
  delete window.API;
}

/** Tells a page around this one. */
function tell(message) {
  if (parent !== window) parent.postMessage(message, location.origin);
}

/** Takes the network away from this page and the course in it, as far as a page can, or gives it back. */
function setOffline(offline) {
  window.lms.transport.faults.offline = offline;
  for (const view of Array.from({ length: window.length }, (_, index) => window[index])) {
    try {
      Object.defineProperty(view.navigator, "onLine", { configurable: true, get: () => !offline });
      view.dispatchEvent(new Event(offline ? "offline" : "online"));
    } catch {
      // a page of another site stands there
    }
  }
}

function connect(launch, facts, rules) {
  const { settings } = launch;
  const transport = new Transport(launch.commit, launch.session, settings);
  const host = new Host({
    settings, facts, rules, launch,
    send: (message, finish) => transport.send(message, finish),
    onCall: (call) => tell({ kind: "call", call, values: Object.fromEntries(host.values) }),
  });
  Object.assign(window.lms, { host, transport });
  const api = host.api;
  if (settings.api_delay === 0) window.API = api;
  else window.lms.waiting = setTimeout(() => (window.API = api), settings.api_delay);
}

function open({ url, title, settings }) {
  if (settings.window === "popup") {
    openWindow(url, title);
    return;
  }
  const frame = document.createElement("iframe");
  frame.title = title || "Course";
  frame.id = "content";
  frame.allow = "fullscreen; autoplay";
  frame.src = settings.window === "foreign-frame" ? foreign(url) : url;
  document.body.append(frame);
  tell({ kind: "open" });
}

function openWindow(url, title) {
  const box = document.createElement("div");
  box.className = "open";
  const button = document.createElement("button");
  button.textContent = `Open ${title || "the course"}`;
  button.addEventListener("click", () => {
    window.lms.window = window.open(url, "course", "width=1024,height=768");
  });
  box.append(button);
  document.body.append(box);
}

/** A page on another loopback name that holds the content in a frame of its own. */
function foreign(url) {
  const between = new URL("/lms/between", location.href);
  between.hostname = location.hostname === "localhost" ? "127.0.0.1" : "localhost";
  between.searchParams.set("to", url);
  return between.href;
}

begin();
