/** The right-hand side: the log of calls, the record, the statements, the problems. Data in, elements out. */
import { callWords, elementWords, statementWords, timeWords } from "./words.js";

/** element("p", {class: "x"}, "text", child, ...); texts are never taken for markup. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

export function finding({ severity = "note", rule, text, remedy, source, where }) {
  return element(
    "div", { class: `finding ${severity}`, title: source },
    where ? element("span", { class: "where" }, where) : "",
    element("b", {}, severity === "note" ? "The LMS: " : `${severity[0].toUpperCase()}${severity.slice(1)} ${rule}: `),
    text, remedy ? `; ${remedy}.` : ".",
  );
}

const writes = ["LMSSetValue", "LMSCommit", "LMSFinish", "LMSInitialize"];

/** A call as an entry of the log. */
export function callEntry(call, began) {
  const refused = call.error !== "0";
  const bare = ["LMSGetValue"].includes(call.name) && !refused;
  const shown = call.answer === null ? "null" : typeof call.answer === "string" ? `"${call.answer}"` : String(call.answer);
  const entry = element(
    "li", { class: `${call.findings.length ? "wrong" : ""} ${writes.includes(call.name) ? "write" : ""}` },
    element(
      "div", { class: "words" },
      element("span", {}, callWords(call)),
      bare ? "" : element("span", { class: `answer ${refused || String(call.answer) === "false" ? "bad" : "good"}` }, shown + (refused ? ` · error ${call.error}` : "")),
      element("time", {}, `${((call.at - began) / 1000).toFixed(1)} s`),
    ),
    element("code", {}, `${call.name}(${call.args.map((text) => `"${text}"`).join(", ")})`),
    ...call.findings.map(finding),
  );
  if (call.note) entry.append(finding({ text: call.note }));
  return entry;
}

/** Four numbers about the calls of this session. */
export function callSummary(calls, began) {
  const early = calls.filter((call) => call.at - began < 5000).length;
  const wrong = calls.reduce((sum, call) => sum + call.findings.length, 0);
  const numbers = [
    [calls.length, "calls"],
    [early, "in the first 5 s"],
    [calls.filter((call) => call.name === "LMSCommit").length, "saves"],
    [wrong, "things wrong", wrong > 0],
  ];
  return numbers.map(([number, words, bad]) => element("div", { class: bad ? "bad" : undefined }, element("b", {}, String(number)), words));
}

/** What the LMS itself gave; some send it back with everything else. */
const given = /^cmi\.(core\.(student_|credit|entry|lesson_mode|total_time)|launch_data|student_data\.)/;

/** What the LMS holds, beside what the course has told it and is not saved yet. */
export function recordView(record, live, limit) {
  const values = record.values;
  const names = [...new Set([...Object.keys(values), ...Object.keys(live).filter((name) => /\.(lesson_status|suspend_data|lesson_location|raw)$/.test(name))])];
  const rows = names.filter((name) => !name.startsWith("cmi.interactions.") && !given.test(name)).sort();
  const answers = names.filter((name) => name.startsWith("cmi.interactions."));
  const state = live["cmi.suspend_data"] ?? values["cmi.suspend_data"] ?? "";
  const view = [
    element(
      "div", { class: "big" },
      big(values["cmi.core.lesson_status"] || "no status yet", "status"),
      big(values["cmi.core.score.raw"] || "none", "score"),
      big(timeWords(record.seconds), `in ${record.launches} session${record.launches === 1 ? "" : "s"}`),
    ),
    budget(state, limit),
    table("What the LMS has stored", rows, values, live),
  ];
  if (record.completion) {
    view.splice(1, 0, element("p", { class: "finding note" }, `The completion was recorded as ${record.completion.status} with score ${record.completion.score || "none"}; it does not change any more.`));
  }
  if (answers.length || record.earlier) view.push(answerTable(answers, values, record.earlier));
  return view;
}

/** What the LRS holds: what statements say of the course, and its documents. */
export function storeView({ told, documents }) {
  const view = [
    element(
      "div", { class: "big" },
      big(told.outcomes.join(", ") || "not finished", "outcome"),
      big(told.score === null ? "none" : `${told.score} %`, "score"),
      big(String(told.statements), "statements"),
    ),
  ];
  if (!documents.length) view.push(element("p", { class: "empty" }, "The LRS holds no saved state yet."));
  for (const { place, body } of documents) {
    const bytes = new TextEncoder().encode(body).length;
    view.push(element("details", { class: "json", open: "" }, element("summary", {}, `${place}: ${bytes} bytes`), element("pre", {}, body)));
  }
  return view;
}

const big = (value, words) => element("div", {}, element("b", {}, value), words);

function budget(state, limit) {
  const bytes = new TextEncoder().encode(state).length;
  return element(
    "div", { class: "budget" },
    element("label", { for: "meter" }, `Saved state: ${state.length} of ${limit.toLocaleString("en-GB")} characters (${bytes} bytes). The standard allows 4,096.`),
    element("meter", { id: "meter", min: 0, max: 4096, high: 3200, optimum: 0, value: Math.min(state.length, 4096) }),
  );
}

function table(caption, names, values, live) {
  if (!names.length) return element("p", { class: "empty" }, "The LMS has stored nothing yet.");
  const rows = names.map((name) => {
    const now = live[name];
    const unsaved = now !== undefined && now !== "" && now !== values[name];
    return element(
      "tr", {},
      element("th", { scope: "row" }, elementWords(name), element("code", {}, name)),
      element("td", { class: unsaved ? "unsaved" : undefined }, values[name] ?? "", unsaved ? element("small", {}, `not saved yet: ${now}`) : ""),
    );
  });
  return element("table", {}, element("caption", {}, caption), element("tbody", {}, ...rows));
}

/** One row for each answer. */
function answerTable(names, values, earlier) {
  const count = new Set(names.map((name) => name.split(".")[2])).size;
  const rows = Array.from({ length: count }, (_, index) => {
    const part = (name) => values[`cmi.interactions.${index}.${name}`] ?? "";
    const right = part("correct_responses.0.pattern");
    return element(
      "tr", {},
      element("th", { scope: "row" }, part("id"), element("code", {}, part("type"))),
      element("td", {}, part("student_response") || "–"),
      element("td", {}, right || "–"),
      element("td", {}, part("result")),
    );
  });
  const head = element("tr", {}, ...["Question", "Answer", "Right", "Result"].map((words) => element("th", { scope: "col" }, words)));
  const caption = `Answers${earlier ? ` (and ${earlier} of earlier sessions)` : ""}`;
  return element("table", { class: "answers" }, element("caption", {}, caption), element("thead", {}, head), element("tbody", {}, ...rows));
}

/** A statement as an entry of its log. */
export function statementEntry({ statement, findings }) {
  const { sentence, outcome } = statementWords(statement);
  return element(
    "li", { class: findings.length ? "wrong" : undefined },
    element("div", { class: "words" }, element("span", {}, sentence), element("time", {}, statement.timestamp.slice(11, 19))),
    outcome ? element("code", {}, outcome) : "",
    ...findings.map(({ path, text, ...more }) => finding({ ...more, where: path, text })),
    element("details", { class: "json" }, element("summary", {}, "As JSON"), element("pre", {}, JSON.stringify(statement, null, 2))),
  );
}

/** Any other request to the LRS. */
export function requestEntry({ method, path, status, why }) {
  const bad = status >= 400 && status !== 404;
  return element(
    "li", { class: bad ? "wrong" : undefined },
    element("div", { class: "words" }, element("span", {}, `${method} ${path}`), element("span", { class: `answer ${bad ? "bad" : "good"}` }, String(status))),
    bad ? finding({ severity: "error", rule: "", text: why }) : "",
  );
}

/** The course's problems. */
export function problemsView(problems) {
  if (!problems.length) return [element("p", { class: "empty" }, "Nothing is wrong with the course.")];
  return problems.map(({ id, severity, path, line, column, message, remedy }) =>
    finding({ severity, rule: id, where: [path, line, column].filter(Boolean).join(":"), text: message, remedy }));
}
