/**
 * An emulated host's SCORM 1.2 API: a profile's settings, the standard's facts and a launch go in; an API object comes out,
 * and every call of it with its answer, its error code and what the standard says against it. It answers as the host would,
 * and judges by the standard: what Moodle takes and a strict host refuses is a finding on Moodle too.
 */
import { DataModel, quote } from "./model.js";

const rank = ["not attempted", "incomplete", "failed", "completed", "passed"];
const MODE = "cmi.core.lesson_mode";
const finals = ["completed", "passed", "failed"];

export class Host {
  /**
   * @param settings a profile's settings, by name (see profiles/strict.json for each with its meaning)
   * @param facts scorm12_datamodel.json
   * @param rules rules.json
   * @param launch {session, values}: what the host's server gave for this session
   * @param send (message, finish) => {kind, error?, note?}: tells the host's server; kind is a key of settings.answers
   * @param onCall told of each call
   */
  constructor({ settings, facts, rules, launch, send, onCall = () => {} }) {
    Object.assign(this, { settings, rules, launch, send, onCall });
    this.standard = new DataModel(facts);
    this.model = new DataModel(facts, settings.model);
    this.errors = facts.errors;
    this.calls = [];
    this.state = "new";
    this.error = "0";
    this.lastCommit = -Infinity;
    this.sent = new Map(Object.entries(launch.values));
    this.begin();
  }

  begin() {
    this.values = new Map(this.sent);
    this.written = new Set();
    this.changed = new Set();
  }

  /** What the learner's content finds as window.API. */
  get api() {
    const functions = {
      LMSInitialize: (argument) => this.initialize(argument),
      LMSFinish: (argument) => this.finish(argument),
      LMSGetValue: (name) => this.get(name),
      LMSSetValue: (name, value) => this.set(name, value),
      LMSCommit: (argument) => this.commit(argument),
      LMSGetLastError: () => ({ answer: this.error, error: this.error }),
      LMSGetErrorString: (code) => ({ answer: this.errors[String(code)] ?? "", error: this.error }),
      LMSGetDiagnostic: (code) => ({ answer: this.diagnosis ?? this.errors[String(code)] ?? "", error: this.error }),
    };
    const api = {};
    for (const name of Object.keys(functions)) api[name] = (...args) => this.call(name, functions[name], args);
    return api;
  }

  call(name, run, args) {
    this.findings = [];
    const began = performance.now();
    const { answer, error = "0", note } = run(...args);
    if (!name.startsWith("LMSGetError") && !name.startsWith("LMSGetLast") && !name.startsWith("LMSGetDiag")) {
      this.error = this.settings.tells_errors ? error : "0";
      this.diagnosis = this.findings[0]?.text;
    }
    const given = this.form(name, args, answer);
    const entry = {
      n: this.calls.length + 1, at: began, took: performance.now() - began, name,
      args: args.map(String), answer: given, error, findings: this.findings, note,
    };
    this.calls.push(entry);
    this.onCall(entry);
    return given;
  }

  /** The answer in the type that this host gives. */
  form(name, args, answer) {
    const type = name === "LMSGetValue" && this.isNumber(String(args[0])) ? "number" : this.settings.returns[name];
    if (type === "boolean") return answer === "true";
    if (type === "number") return answer === "" ? "" : Number(answer);
    return answer;
  }

  isNumber(name) {
    return this.settings.numbers.some((end) => name.endsWith(end));
  }

  find(rule, values = {}) {
    const { severity, text, remedy, source } = this.rules[rule];
    const fill = (words) => words.replace(/\{(\w+)\}/g, (_, key) => String(values[key] ?? ""));
    this.findings.push({ rule, severity, text: fill(text), remedy: fill(remedy), source });
  }

  /** Null where `name` may be called now, else the answer that refuses it. */
  refusal(name, argument) {
    let error = null;
    if (this.state === "new" && name !== "LMSInitialize") error = "301";
    if (this.state === "finished") error = "301";
    if (error) this.find(this.state === "new" ? "RUN001" : "RUN004", { call: name });
    if (argument !== undefined && argument !== "") {
      this.find("RUN003", { call: name, value: quote(argument) });
      error ??= "201";
    }
    return error && this.settings.state_machine ? { answer: name === "LMSGetValue" ? "" : "false", error } : null;
  }

  initialize(argument = "") {
    if (this.state === "running") {
      this.find("RUN002");
      if (this.settings.second_initialize === "rebuilds") this.begin();
      if (this.settings.state_machine) return { answer: "false", error: "101" };
    }
    const refusal = this.refusal("LMSInitialize", argument);
    if (refusal) return refusal;
    this.state = "running";
    return { answer: "true" };
  }

  get(name) {
    name = String(name);
    const refusal = this.refusal("LMSGetValue");
    if (refusal) return { ...refusal, answer: "" };
    const against = this.standard.judgeGet(name, this.values);
    if (against) this.find(against.rule, against.values);
    if (this.isUnsupported(name)) return { answer: "", error: this.settings.unsupported_error };
    const refused = this.settings.checks ? this.model.judgeGet(name, this.values) : null;
    if (refused) return { answer: "", error: refused.error };
    if (this.settings.keywords[name] !== undefined) return { answer: this.settings.keywords[name] };
    if (/\._(count|children|version)$/.test(name) || name === "cmi._version" || name === "cmi._children") {
      return { answer: this.settings.answers_keywords ? this.model.keyword(name, this.values) : "" };
    }
    return { answer: this.values.get(name) ?? "" };
  }

  /** Whether the mode forbids to write; of a host that does not tell it content cannot know. */
  get readOnly() {
    return ["review", "browse"].includes(this.launch.values[MODE]) && !this.isUnsupported(MODE);
  }

  isUnsupported(name) {
    return this.settings.unsupported.some((part) => name === part || name.startsWith(`${part}.`));
  }

  set(name, value) {
    name = String(name);
    const refusal = this.refusal("LMSSetValue");
    if (refusal) return refusal;
    if (typeof value !== "string") this.find("RUN034", { element: name, kind: typeof value });
    const text = String(value);
    const kept = this.settings.keeps_numbers && this.isNumber(name) && text !== "" ? String(Number(text)) : text;
    const against = this.standard.judgeSet(name, text, this.values);
    if (against) this.find(against.rule, against.values);
    else this.advise(name, text);
    if (this.isUnsupported(name)) return this.answerUnsupported();
    const refused = this.settings.checks ? this.model.judgeSet(name, text, this.values) : null;
    if (refused) return { answer: "false", error: refused.error };
    if (this.values.get(name) !== kept || !this.written.has(name)) this.changed.add(name);
    this.values.set(name, text === "" && name.endsWith("score.raw") ? this.settings.blank_score : kept);
    this.written.add(name);
    if (this.settings.sends === "each") this.send({ values: { [name]: text } }, false);
    return { answer: "true" };
  }

  answerUnsupported() {
    const error = this.settings.unsupported_error;
    return { answer: error === "0" ? "true" : "false", error };
  }

  /** What is allowed and yet goes wrong somewhere. */
  advise(name, value) {
    if (this.readOnly) this.find("RUN036", { element: name, mode: this.launch.values[MODE] });
    if (/(session_time|latency)$/.test(name) && /^\d{2,3}:/.test(value)) this.find("RUN010", { value: quote(value) });
    if (name === "cmi.core.exit" && value === "logout") this.find("RUN016");
    if (name === "cmi.core.lesson_status") {
      const before = this.values.get(name) ?? "";
      if (rank.indexOf(value) < rank.indexOf(before)) this.find("RUN035", { before, value });
    }
    if (name.endsWith(".student_response") && value.startsWith("-")) {
      const type = this.values.get(name.replace("student_response", "type"));
      if (type === "numeric") this.find("RUN024", { value: quote(value) });
    }
  }

  commit(argument = "") {
    const refusal = this.refusal("LMSCommit", argument);
    if (refusal) return refusal;
    const now = performance.now();
    if (now - this.lastCommit < 1000) this.find("RUN025");
    this.lastCommit = now;
    this.adviseOnSaving();
    return this.settings.sends === "each" ? { answer: "true" } : this.tell(false);
  }

  adviseOnSaving() {
    const status = this.values.get("cmi.core.lesson_status") ?? "";
    const time = this.values.get("cmi.core.session_time") ?? "";
    const timeless = !/[1-9]/.test(time);
    if (this.changed.has("cmi.core.lesson_status") && finals.includes(status) && timeless) {
      this.find("RUN011", { value: quote(status) });
    }
    const bounds = ["cmi.core.score.min", "cmi.core.score.max"].every((name) => this.values.has(name));
    if (this.written.has("cmi.core.score.raw") && !bounds) this.find("RUN018");
  }

  finish(argument = "") {
    const refusal = this.refusal("LMSFinish", argument);
    if (refusal) return refusal;
    const status = this.values.get("cmi.core.lesson_status") ?? "";
    if (!this.readOnly) this.adviseOnStatus(status);
    this.adviseOnSaving();
    this.rewriteStatus();
    const told = this.settings.sends === "each" ? { answer: "true" } : this.tell(true);
    if (told.answer === "true" || this.settings.finish_always_ends) this.state = "finished";
    return told;
  }

  adviseOnStatus(status) {
    if (!this.written.has("cmi.core.lesson_status") && (status === "" || status === "not attempted")) this.find("RUN012");
    else if (!finals.includes(status) && this.values.get("cmi.core.exit") !== "suspend") this.find("RUN015");
  }

  /** RTE 3.4.4, cmi.core.lesson_status: what a host makes of the status when the session ends. */
  rewriteStatus() {
    const name = "cmi.core.lesson_status";
    const untouched = ["", "not attempted"].includes(this.values.get(name) ?? "");
    const { untouched_status, mastery_overrides } = this.settings;
    const write = (status) => {
      this.values.set(name, status);
      this.changed.add(name);
    };
    if (untouched && untouched_status) write(untouched_status);
    const mastery = this.values.get("cmi.student_data.mastery_score") ?? "";
    const raw = this.values.get("cmi.core.score.raw") ?? "";
    if (mastery === "" || raw === "" || !(mastery_overrides === "always" || (mastery_overrides === "untouched" && untouched))) return;
    write(Number(raw) >= Number(mastery) ? "passed" : "failed");
  }

  /** Sends what is to be saved, and answers as this host does for what became of it. */
  tell(finish) {
    const names = this.settings.sends === "changed" ? [...this.changed].filter((name) => this.isToBeSent(name)) : [...this.values.keys()];
    const dropped = finish ? [] : this.settings.commit_drops;
    const kept = names.filter((name) => !dropped.some((part) => name.startsWith(`${part}.`)));
    const before = this.changed;
    const marksFirst = this.settings.marks_sent_first;
    if (marksFirst) this.markSent(names);
    const outcome = this.send({ values: Object.fromEntries(kept.map((name) => [name, this.values.get(name)])) }, finish);
    if (outcome.kind === "stored" || outcome.kind === "beacon") this.markSent(names);
    else if (!marksFirst) this.changed = before;
    const [answer, error] = this.settings.answers[outcome.kind];
    return { answer, error, note: outcome.note };
  }

  /** A host that marks what it sends compares values with those marks, whatever was set in between. */
  isToBeSent(name) {
    return !this.settings.marks_sent_first || this.values.get(name) !== this.sent.get(name);
  }

  markSent(names) {
    this.changed = new Set();
    for (const name of names) this.sent.set(name, this.values.get(name));
  }
}
