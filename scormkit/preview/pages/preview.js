/** The preview's page: opens the course in an emulated LMS and shows what passes between them. */
import { canReopen, enter, leave } from "./again.js";
import { callEntry, callSummary, element, problemsView, recordView, requestEntry, statementEntry, storeView } from "./panel.js";
import { faultChoices, onceChoices } from "./faults.js";
import { patch } from "./patch.js";
import { goBack, onceReady, placeIn } from "./place.js";

const find = (selector) => document.querySelector(selector);
const form = find("#choices");
const frame = find("#lms");
const sizes = { Fill: null, "1280 × 800": [1280, 800], "1024 × 768": [1024, 768], "640 × 480": [640, 480], Phone: [390, 844] };
const state = { key: "", calls: [], live: {}, statements: 0, began: 0, fault: "", choices: null, place: null, finished: () => {}, others: [] };
/** Milliseconds in which what a course sends while it goes arrives, where nobody tells that it has. */
const LAST_WORDS = 50;
/** Pixels: in lower windows the faults are folded at first, so that the calls can be seen; in narrower ones all is below one another. */
const [ROOMY, WIDE] = [860, 992];

const post = async (url, data) => {
  const answer = await fetch(url, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(data) });
  return answer.json();
};

async function start() {
  state.choices = await (await fetch("/preview/choices")).json();
  fillChoices();
  listen();
  showProblems(state.choices.problems);
  if (Object.keys(state.choices.courses).length) await open();
  else say("The course cannot be shown yet: see Problems.");
}

function fillChoices() {
  const { courses, formats, hosts, modes } = state.choices;
  const kept = JSON.parse(sessionStorage.getItem("choices") ?? "{}");
  const options = { course: courses, format: formats, mode: modes, host: Object.fromEntries(hosts.map(({ name, title }) => [name, title])) };
  for (const [name, pairs] of Object.entries(options)) {
    form.elements[name].replaceChildren(...Object.entries(pairs).map(([value, words]) => element("option", { value }, words)));
    if (kept[name] in pairs) form.elements[name].value = kept[name];
  }
  form.elements.learner.value = kept.learner ?? form.elements.learner.value;
  form.elements.course.closest("label").hidden = Object.keys(courses).length < 2;
  radios(".sizes", "size", Object.keys(sizes).map((name) => [name, name]), "Fill", fit);
  radios(".faults fieldset", "fault", faultChoices(state.choices), "", setFault);
  find("#faults").open = innerHeight >= ROOMY || innerWidth < WIDE;
  find(".once ul").replaceChildren(...onceChoices(state.choices));
}

function radios(place, name, pairs, chosen, changed) {
  const labels = pairs.map(([value, words, title]) =>
    element("label", { title }, element("input", { type: "radio", name, value, checked: value === chosen ? "" : undefined }), words));
  find(place).append(...labels);
  find(place).addEventListener("change", (event) => changed(event.target.value));
}

/**
 * Opens the course as chosen, once whatever is being opened is. Where it is to be as it was in `place`, its LMS stays as it is, too,
 * and where nothing is new but what its document says (`saysOnly`), so does that document, if it can.
 */
function open(place = null, saysOnly = false) {
  const opened = turn.then(async () => (saysOnly && (await openThere(place))) || openNow(place));
  turn = opened.catch(() => {});
  return opened;
}

let turn = Promise.resolve();

async function openNow(place) {
  const wanted = Object.fromEntries(new FormData(form));
  sessionStorage.setItem("choices", JSON.stringify(wanted));
  if (!showMode(wanted)) wanted.mode = "normal";
  showHost(wanted.host);
  showFormat(wanted.format);
  showMaps();
  await close();
  const { key } = await post("/preview/open", { ...wanted, fault: faultOfHost() });
  if (key !== state.key) clear();
  Object.assign(state, { key, place });
  const lms = place && frame.contentWindow?.lms;
  if (lms) await lms.reopen(place.at);
  else {
    frame.src = `/lms/${key}`;
    await loaded(frame);
  }
  showRecord();
}

/** Opens the course again in the document that it runs in; false, and it has to be loaded, where that cannot be. */
async function openThere(place) {
  const view = courseWindow();
  if (state.fault || !view?.frameElement) return false;
  const text = await (await fetch(view.location.pathname)).text();
  const fresh = new DOMParser().parseFromString(text, "text/html");
  if (!canReopen(view.document, fresh)) return false;
  const told = new Promise((resolve) => (state.finished = resolve));
  if (!(await leave(view, fresh))) return false;
  view.scrollTo({ top: place.top, behavior: "instant" });
  await Promise.race([told, after(LAST_WORDS)]);
  await frame.contentWindow.lms.renew(view);
  enter(view);
  onceReady(view, () => goBack(view, place));
  showRecord();
  return true;
}

const loaded = (one) => new Promise((resolve) => one.addEventListener("load", resolve, { once: true }));

const after = (time) => new Promise((resolve) => setTimeout(resolve, time));

/** The learner leaves: the course hears pagehide and has its moment to save. */
async function close() {
  const view = frame.contentWindow;
  const inner = view?.document.querySelector("iframe");
  view?.lms?.window?.close();
  if (!inner) return;
  const gone = loaded(inner);
  const told = new Promise((resolve) => (state.finished = resolve));
  inner.src = "about:blank";
  await gone;
  await Promise.race([told, after(LAST_WORDS)]);
}

/** The course's own window, or null where it is not open or belongs to another site. */
function courseWindow() {
  try {
    const inner = frame.contentWindow.document.querySelector("iframe")?.contentWindow ?? frame.contentWindow.lms?.window;
    return inner?.location.href.includes("/content/") ? inner : null;
  } catch {
    return null;
  }
}

/** The LMS has opened the course: it is offline where that is chosen, and where it was before, once it shows its page. */
function watchCourse() {
  const inner = frame.contentWindow?.document.querySelector("iframe"); // it may be gone already: another LMS was chosen
  const place = state.place;
  inner?.addEventListener("load", () => {
    if (state.fault === "offline") frame.contentWindow?.lms?.setOffline(true);
    const view = courseWindow();
    if (view && place) onceReady(view, () => goBack(view, place));
  }, { once: true });
}

function clear() {
  Object.assign(state, { calls: [], live: {}, statements: 0 });
  find("#log").replaceChildren();
  find("#statement-log").replaceChildren();
  count("statements", "");
}

/** What the chosen format needs is shown: an LMS with calls, or a learning record store with statements. */
function showFormat(format) {
  const xapi = format === "xapi";
  form.elements.host.closest("label").hidden = xapi;
  find("#host").hidden = xapi;
  find("#tab-calls").hidden = xapi;
  for (const [value, shown] of [["late-api", !xapi], ["no-api", !xapi], ["cors", xapi]]) {
    find(`.faults input[value=${value}]`).closest("label").hidden = !shown;
  }
  find("#tab-statements").hidden = !xapi;
  const shown = find("[role=tab][aria-selected=true]");
  if (shown.hidden) select(xapi ? "statements" : "calls");
}

function showMaps() {
  const course = form.elements.course.value;
  find("#maps").hidden = !state.choices.maps.includes(course);
  find("#maps").href = `/preview/maps/${encodeURIComponent(course)}`;
}

/** Whether a mode can be chosen: not all hosts tell it to the course. */
function showMode({ format, host }) {
  const told = format !== "xapi" && state.choices.hosts.find(({ name }) => name === host).tellsMode;
  form.elements.mode.closest("label").hidden = !told;
  return told;
}

function showHost(name) {
  const host = state.choices.hosts.find((one) => one.name === name);
  find("#host summary").replaceChildren(element("b", {}, host.title), element("span", {}, host.summary));
  const facts = host.facts.map(({ fact, source }) => element("li", {}, `${fact} `, element("small", {}, `(${source})`)));
  find("#host div").replaceChildren(element("ul", { tabindex: "0" }, ...facts));
}

// What the LMS's page tells

addEventListener("message", ({ origin, data }) => {
  if (origin !== location.origin) return;
  if (data.kind === "launch") beginSession(data.values);
  if (data.kind === "open") watchCourse();
  if (data.kind === "call") addCall(data.call, data.values);
});

function beginSession(values) {
  Object.assign(state, { calls: [], live: values, began: 0 });
  const resumed = values["cmi.core.entry"] === "resume" ? "the learner comes back" : "a session begins";
  find("#log").prepend(element("li", { class: "session" }, `${new Date().toLocaleTimeString("en-GB")}: ${resumed}`));
  showSummary();
}

function addCall(call, values) {
  if (!state.calls.length) state.began = call.at;
  state.calls.push(call);
  state.live = values;
  find("#log").prepend(callEntry(call, state.began));
  showSummary();
}

const showSummary = soon(() => {
  find("#call-summary").replaceChildren(...callSummary(state.calls, state.began));
  count("calls", state.calls.length);
  if (!find("#record").hidden) showRecord();
});

// What the server tells

function listen() {
  const events = new EventSource("/preview/events");
  const on = (kind, act) => events.addEventListener(kind, ({ data }) => act(JSON.parse(data)));
  on("commit", ({ finish }) => {
    if (finish) state.finished();
    showRecord();
  });
  on("statement", (data) => addStatement(statementEntry(data), true));
  on("request", (data) => {
    if (data.path !== "statements" || data.status >= 400) addStatement(requestEntry(data), false);
    showRecord();
  });
  on("course", renew);
  on("problems", showProblems);
}

function addStatement(entry, isStatement) {
  find("#statement-log").prepend(entry);
  if (isStatement) state.statements += 1;
  count("statements", state.statements || "");
}

/** The course is new: it goes on with other words where that will do, else it is opened again where the learner was. */
async function renew({ courses, maps, changed }) {
  if (Object.keys(courses).join() !== Object.keys(state.choices.courses).join()) {
    location.reload();
    return;
  }
  state.choices.maps = maps;
  for (const option of form.elements.course.options) option.textContent = courses[option.value];
  showMaps();
  const change = changed[state.key];
  const view = courseWindow();
  const runs = view?.document.documentElement?.hasAttribute("data-ready");
  if (!change || change.more || change.pages.length) renewOthers();
  const goesOn = change && !change.more && (!change.pages.length || (runs && patch(view.document, change.pages)));
  if (!goesOn) {
    await open(view ? placeIn(view, document.activeElement === frame) : { at: "", top: 0, focus: -1 }, Boolean(change));
  }
  say(`Read again at ${new Date().toLocaleTimeString("en-GB")}`);
}

/** The tabs that an author has opened beside this page are loaded anew. */
function renewOthers() {
  state.others = state.others.filter((tab) => tab && !tab.closed);
  for (const tab of state.others) tab.location.reload();
}

const showRecord = soon(async () => {
  if (!state.key) return;
  const record = await (await fetch(`/preview/record/${state.key}`)).json();
  const host = state.choices.hosts.find((one) => one.name === form.elements.host.value);
  find("#record").replaceChildren(...(form.elements.format.value === "xapi" ? storeView(record) : recordView(record, state.live, host.state)));
});

function showProblems(problems) {
  find("#problems").replaceChildren(...problemsView(problems));
  const serious = problems.filter(({ severity }) => severity === "error" || severity === "fatal").length;
  count("problems", problems.length || "", serious > 0);
  const note = find("#problems-note");
  note.hidden = serious === 0;
  const look = element("button", { type: "button" }, "Look at them");
  look.addEventListener("click", () => select("problems"));
  note.replaceChildren(`${serious} error${serious === 1 ? "" : "s"} in the course; a build would stop here. `, look);
}

// The author's buttons

async function setFault(kind) {
  const atLaunch = [state.fault, kind].some((one) => one in state.choices.atLaunch);
  state.fault = kind;
  showFault();
  frame.contentWindow?.lms?.setOffline(kind === "offline");
  await tellFault(faultOfHost());
  if (atLaunch) await open();
}

/** Names the fault where the list of them is folded. */
function showFault() {
  const chosen = find(".faults input:checked");
  find("#fault").textContent = chosen.closest("label").textContent;
  find("#fault").classList.toggle("bad", chosen.value !== "");
  find("#fault-words").textContent = chosen.closest("label").title;
}

/** What the LMS is told of the fault that is chosen: of a learner who is offline it hears nothing. */
const faultOfHost = () => (state.fault === "offline" ? "silence" : state.fault);
const tellFault = (fault) => post("/preview/fault", { key: state.key, fault });

const actions = {
  relaunch: () => open(),
  reset: async () => {
    await close();
    await post("/preview/reset", { key: state.key });
    localStorage.clear();
    clear();
    find(".faults input").checked = true;
    state.fault = "";
    showFault();
    await open();
  },
  /** What a page sends while it is torn down gets no answer and is not stored: so it is where a browser is killed. */
  kill: async () => {
    await tellFault("silence");
    await close();
    await open();
    say("The window was killed, and the course opened again.");
  },
  second: () => state.others.push(window.open(`/lms/${state.key}`, "_blank")),
  elsewhere: async () => {
    await close();
    localStorage.clear();
    await open();
    say("The learner came back in another browser.");
  },
  spoil: async ({ how }) => {
    await close();
    const { spoilt } = await post("/preview/spoil", { key: state.key, how });
    await open();
    say(spoilt ? `${state.choices.spoilt[how]}.` : "The LMS holds no saved state yet.");
  },
  copy: () => navigator.clipboard.writeText(JSON.stringify(state.calls, null, 1)).then(() => say("The calls were copied.")),
};
document.addEventListener("click", ({ target }) => actions[target.dataset?.do]?.(target.dataset));
form.addEventListener("change", () => open());
form.addEventListener("submit", (event) => event.preventDefault());
find(".filters").addEventListener("change", ({ target }) => {
  find("#log").dataset.filter = target.value;
});

// Tabs (arrow keys move between them)

function select(name) {
  for (const tab of document.querySelectorAll("[role=tab]")) {
    const chosen = tab.getAttribute("aria-controls") === name;
    tab.setAttribute("aria-selected", String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
    find(`#${tab.getAttribute("aria-controls")}`).hidden = !chosen;
  }
  if (name === "record") showRecord();
}

find(".tabs").addEventListener("click", ({ target }) => {
  const tab = target.closest("[role=tab]");
  if (tab) select(tab.getAttribute("aria-controls"));
});
find(".tabs").addEventListener("keydown", ({ key }) => {
  const tabs = [...document.querySelectorAll("[role=tab]:not([hidden])")];
  const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
  if (!step) return;
  const next = tabs.at((tabs.indexOf(document.activeElement) + step) % tabs.length);
  next.focus();
  select(next.getAttribute("aria-controls"));
});

function count(name, number, bad = false) {
  const badge = find(`#tab-${name} b`);
  badge.textContent = number;
  badge.classList.toggle("bad", bad);
}

function say(words) {
  find("#place").textContent = words;
}

/** Calls `act` once at the next frame, however often it is asked for. */
function soon(act) {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      act();
    });
  };
}

// The window's size: as chosen, made smaller where there is no room

function fit(name = find(".sizes input:checked")?.value ?? "Fill") {
  const table = find("#table");
  const room = [table.clientWidth - 32, table.clientHeight - 16];
  const [width, height] = sizes[name] ?? room;
  const scale = Math.min(1, room[0] / width, room[1] / height);
  const view = find("#window");
  Object.assign(view.style, { width: `${width}px`, height: `${height}px`, transform: `scale(${scale})`, marginInline: `${(Math.min(0, room[0] - width)) / 2}px` });
  find("#scale").textContent = `${Math.round(width)} × ${Math.round(height)}${scale < 1 ? `, shown at ${Math.round(scale * 100)} %` : ""}`;
}
new ResizeObserver(() => fit()).observe(find("#table"));

start();
