// Two things for a trial run: a SCORM API that takes everything and writes it down, and a hand that presses what learners press.

/** Puts the API of one standard into this window. `state` is what an LMS would hold: values by element. */
function record(standard, state, session, log) {
  const names =
    standard === "scorm2004"
      ? ["Initialize", "Terminate", "GetValue", "SetValue", "Commit", "GetLastError", "GetErrorString", "GetDiagnostic"]
      : ["LMSInitialize", "LMSFinish", "LMSGetValue", "LMSSetValue", "LMSCommit", "LMSGetLastError", "LMSGetErrorString", "LMSGetDiagnostic"];
  const [begin, end, get, set] = names;
  const children = {
    "cmi.core._children": "student_id,student_name,lesson_location,credit,lesson_status,entry,score,total_time,lesson_mode,exit,session_time",
    "cmi.core.score._children": "raw,min,max",
    "cmi.score._children": "scaled,raw,min,max",
    "cmi.objectives._children": "id,score,status,success_status,completion_status,progress_measure,description",
    "cmi.interactions._children": "id,type,objectives,time,timestamp,correct_responses,weighting,student_response,learner_response,result,latency,description",
  };
  let begun = false;

  function count(list) {
    const prefix = list + ".";
    const numbers = new Set();
    for (const element of Object.keys(state)) {
      if (element.startsWith(prefix)) numbers.add(element.slice(prefix.length).split(".")[0]);
    }
    return String([...numbers].filter((number) => /^\d+$/.test(number)).length);
  }

  function answer(name, given) {
    if (name === begin) {
      const was = begun;
      begun = true;
      return was ? "false" : "true";
    }
    if (name === get) {
      const element = String(given[0]);
      if (element.endsWith("._count")) return count(element.slice(0, -"._count".length));
      return state[element] ?? children[element] ?? "";
    }
    if (name === set) state[String(given[0])] = String(given[1]);
    if (name === end) begun = false;
    if (name.endsWith("GetLastError")) return "0";
    return name.endsWith("String") || name.endsWith("Diagnostic") ? "" : "true";
  }

  function plain(value) {
    if (value === undefined || value === null || typeof value === "function") return null;
    return typeof value === "object" ? String(value) : value;
  }

  const api = {};
  for (const name of names) {
    api[name] = (...given) => {
      const result = answer(name, given);
      if (log.length < 20000) {
        log.push({ at: performance.now() / 1000, session, call: name, arguments: given.map(plain), result });
      }
      return result;
    };
  }
  const [own, other] = standard === "scorm2004" ? ["API_1484_11", "API"] : ["API", "API_1484_11"];
  window[own] = api;
  Object.defineProperty(window, other, {
    configurable: true,
    get: () => {
      window.lookedForOther = true;
      return undefined;
    },
  });
}

/** Answers one open question, or presses the button that moves on; says what it did, or nothing where nothing was left. */
function press(idle) {
  const seen = (element) => {
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && getComputedStyle(element).visibility !== "hidden" && !element.disabled;
  };
  const words = (element) => (element.innerText || element.value || element.getAttribute("aria-label") || element.title || element.alt || "").trim();
  const groups = new Set();
  for (const input of document.querySelectorAll("input[type=radio], input[type=checkbox]")) {
    const group = input.name || input.id;
    if (!seen(input) && !(input.labels?.[0] && seen(input.labels[0]))) continue;
    if (groups.has(group) || [...document.getElementsByName(input.name)].some((one) => one.checked)) continue;
    groups.add(group);
    (input.labels?.[0] ?? input).click();
    if (!input.checked) input.click();
  }
  for (const input of document.querySelectorAll("input[type=text], input[type=number], input:not([type]), textarea")) {
    if (seen(input) && !input.value) {
      input.value = input.type === "number" ? "1" : "a";
      input.dispatchEvent(new Event("input", { bubbles: true }));
      input.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }
  for (const select of document.querySelectorAll("select")) {
    if (seen(select) && select.selectedIndex <= 0 && select.options.length > 1) {
      select.selectedIndex = 1;
      select.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }
  const wanted = [/^(submit|check|answer|send|done|finish|ok)\b/i, /^(start|begin|launch|continue|next|forward|weiter|proceed)\b|^[›»→>]+$/i];
  const buttons = [...document.querySelectorAll("button, input[type=button], input[type=submit], a[href], [role=button], [onclick]")].filter(seen);
  for (const pattern of wanted) {
    const button = buttons.find((one) => words(one).length < 60 && pattern.test(words(one)) && (idle[words(one) + location.href] ?? 0) < 2);
    if (button) {
      const name = words(button) + location.href;
      button.click();
      return name;
    }
  }
  return groups.size ? "answers" : null;
}
