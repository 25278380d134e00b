// The review copy's comments: a field beside every numbered paragraph, kept in this browser, saved to a file by a button.
"use strict";
(() => {
  const about = JSON.parse(document.getElementById("about").textContent);
  const key = `scormkit-review:${about.course}`;
  const state = document.getElementById("state");
  const reviewer = document.getElementById("reviewer");
  const kept = read();

  function read() {
    const empty = { reviewer: "", comments: {} };
    try {
      return Object.assign(empty, JSON.parse(localStorage.getItem(key)));
    } catch {
      return empty;
    }
  }

  function keep() {
    try {
      localStorage.setItem(key, JSON.stringify(kept));
    } catch {
      state.textContent = "This browser keeps nothing: save your comments to a file before you close the page.";
    }
  }

  /** Where a paragraph's comment stands: beside its number in blocks, else after what its words are part of. */
  function place(unit, box) {
    if (unit.matches("div")) {
      unit.querySelector(":scope > .unit-number").after(box);
      return;
    }
    const around = unit.closest(".option, summary, h1, .block-title, .feedback-for");
    if (around) around.after(box);
    else (unit.closest("li, dd, dt, td, th, figcaption, legend, p") ?? unit).append(box);
  }

  function element(tag, properties) {
    return Object.assign(document.createElement(tag), properties);
  }

  function count() {
    const all = Object.values(kept.comments).length;
    state.textContent = all === 1 ? "1 comment" : `${all} comments`;
  }

  function comment(unit) {
    const number = unit.dataset.number;
    const box = element("span", { className: "comment", lang: "en", dir: "ltr" });
    const button = element("button", { type: "button", textContent: "Comment" });
    const field = element("textarea", { rows: 3, hidden: true, id: `c-${unit.id}`, dir: "auto" });
    button.setAttribute("aria-label", `Comment on ${number}`);
    button.setAttribute("aria-controls", field.id);
    field.setAttribute("aria-label", `Your comment on ${number}`);
    const show = (open) => {
      field.hidden = !open;
      button.setAttribute("aria-expanded", String(open));
    };
    field.value = kept.comments[unit.id]?.comment ?? "";
    show(field.value !== "");
    button.addEventListener("click", () => {
      show(field.hidden || field.value !== "");
      if (!field.hidden) field.focus();
    });
    field.addEventListener("input", () => {
      const { file, line } = unit.dataset;
      const said = field.value.trim();
      if (said) {
        const text = words(unit).slice(0, 200);
        kept.comments[unit.id] = { id: unit.id, number, file, line: Number(line), text, comment: said };
      } else {
        delete kept.comments[unit.id];
      }
      count();
      keep();
    });
    box.append(button, field);
    return box;
  }

  /** A paragraph's words without its number and its comment. */
  function words(unit) {
    const copy = unit.cloneNode(true);
    for (const own of copy.querySelectorAll(".unit-number, .comment")) own.remove();
    return copy.textContent.replace(/\s+/g, " ").trim();
  }

  function save() {
    const data = { ...about, reviewer: reviewer.value.trim(), comments: Object.values(kept.comments) };
    const file = new Blob([JSON.stringify(data, null, 2)], { type: "application/json" });
    const link = element("a", { href: URL.createObjectURL(file), download: "comments.json" });
    document.body.append(link);
    link.click();
    link.remove();
    state.textContent = "Saved as comments.json: send this file back.";
  }

  for (const unit of document.querySelectorAll(".unit")) place(unit, comment(unit));
  for (const field of document.querySelectorAll("main input, main select")) field.disabled = true;
  reviewer.value = kept.reviewer;
  reviewer.addEventListener("input", () => {
    kept.reviewer = reviewer.value;
    keep();
  });
  document.getElementById("save").addEventListener("click", save);
  count();
})();
