"""What a trial does in the course's page, as scripts for its frame."""

SHOW = """
const show = async id => {
  location.hash = `#/${id}`;
  const page = document.getElementById(`/${id}`);
  for (let left = 1000; page.hidden; left--) {
    if (left === 0) throw new Error(`page ${id} does not open`);
    await trial.rest(5);
  }
  return page;
};
"""
ANSWER = f"""async ([id, question, key]) => {{ {SHOW}
  const root = (await show(id)).querySelector(`[data-question="${{question}}"]`);
  const retry = root.querySelector("[data-action=retry]");
  if (!retry.hidden) retry.click();
  const input = root.querySelector(`input[value="${{key}}"]`);
  if (input.disabled) return false;
  input.checked = true;
  root.querySelector("[data-action=answer]").click();
  return !root.querySelector("[data-outcome]").hidden;
}}"""
"""Gives an answer to a practice question; whether the page took it."""

TAKE = f"""async keys => {{ {SHOW}
  const page = await show("assessment");
  const begin = [...page.querySelectorAll("[data-action=start], [data-action=again]")].find(one => one.checkVisibility());
  if (begin) begin.click();
  for (const [id, key] of Object.entries(keys)) {{
    const input = page.querySelector(`[data-question="${{id}}"] input[value="${{key}}"]`);
    if (input.disabled) return false;
    input.checked = true;
    input.dispatchEvent(new Event("change", {{ bubbles: true }}));
  }}
  page.querySelector("[data-action=submit]").click();
  return !page.querySelector("[data-results]").hidden;
}}"""
"""Takes an attempt at the assessment; whether its results are shown."""

SHOWN = f"""async pages => {{ {SHOW}
  const shown = {{}};
  for (const id of pages) {{
    for (const root of (await show(id)).querySelectorAll("[data-question]")) {{
      const input = root.querySelector("input:checked");
      if (input) shown[root.dataset.question] = input.value;
    }}
  }}
  return shown;
}}"""
"""The answers that the pages show, by question."""

SAYS = "document.querySelector('[data-save-state]')?.dataset.saveState ?? 'closed'"
AWAITS = """() => document.documentElement.hasAttribute("data-ready") ? "ready" : window.trial?.blocked() ? "time" : "loading" """
STEP = "([ms, flow]) => window.trial?.step(ms, flow)"
COURSE = "JSON.parse(document.getElementById('course').textContent)"
COPY = """key => {
  let text;
  try {
    text = localStorage.getItem(key) ?? "";
  } catch {
    return null;
  }
  try {
    return String(JSON.parse(text).state ?? "");
  } catch {
    return "";
  }
}"""
"""The state in the device's copy; "" where there is none, or it is spoilt; null where there is no storage."""

LOOK = f"key => [{SAYS}, ({COPY})(key)]"
"""What the course says of saving, and COPY."""

SPOIL = "([key, text]) => localStorage.setItem(key, text)"
STORAGES = {
    "": "",
    "missing": "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });",
    "full": "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };",
}
