/**
 * Notes: room for them at the end of each page, and the page that has all of them, with what was written in answer to
 * questions, to print or to keep as a file.
 */

import type { Page } from "./course";
import { LONGEST_NOTE, type Notes } from "./notes";
import type { Session } from "./session";
import { pageLink } from "./ui-menu";
import { element, find, write } from "./ui-parts";
import { type Say, day } from "./ui-words";

interface Written {
  readonly page: Page;
  /** What was asked; empty for a note. */
  readonly prompt: string;
  readonly text: string;
}

/** Puts room for notes at the end of a page; assessments have none. */
export function roomForNotes(section: HTMLElement, page: Page, notes: Notes, say: Say): void {
  const name = say("note");
  const field = element("textarea", { rows: "5", maxlength: String(LONGEST_NOTE), "aria-label": name });
  // Paper shows all of it, however long; a field would be cut off.
  const paper = element("div", { class: "written" });
  const kept = element("p", { class: "kept", role: "status" }, say("notes-kept"));
  const show = (text: string): void => {
    field.value = text;
    paper.textContent = text;
  };
  const box = element("details", { class: "notes details", "data-notes": "" }, element("summary", {}, name), element("div", {}, field, paper, kept));
  box.open = notes.of(page.id) !== "";
  show(notes.of(page.id));
  field.addEventListener("input", () => {
    paper.textContent = field.value;
    write(kept, say(`notes-${notes.write(page.id, field.value)}`));
  });
  // They may have been deleted on their own page meanwhile.
  box.addEventListener("refresh", () => show(notes.of(page.id)));
  const onward = section.querySelector("[data-page-nav]");
  if (onward) onward.before(box);
  else section.append(box);
}

/** The page of notes: what its buttons do. */
export function offerNotes(section: HTMLElement, session: Session, notes: Notes, say: Say): void {
  const { ownerDocument: document } = section;
  find(section, "[data-action=print]").addEventListener("click", () => document.defaultView?.print());
  find(section, "[data-action=save-notes]").addEventListener("click", () => {
    const address = URL.createObjectURL(new Blob([asText(session, notes, say)], { type: "text/plain;charset=utf-8" }));
    element("a", { href: address, download: `${session.course.title.replace(/[^\p{L}\p{N}]+/gu, "-")}.txt` }).click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  });
  find(section, "[data-action=delete-notes]").addEventListener("click", () => {
    notes.clear();
    for (const box of document.querySelectorAll("[data-notes]")) box.dispatchEvent(new Event("refresh"));
    const list = find(section, "[data-written-notes]");
    list.focus();
    showNotes(section, session, notes, say);
  });
}

/** Fills the page of notes, each time that it is opened. */
export function showNotes(section: HTMLElement, session: Session, notes: Notes, say: Say): void {
  const own = ownNotes(session, notes);
  const given = answers(session);
  const list = find(section, "[data-written-notes]");
  list.replaceChildren(element("h2", {}, say("notes-own")));
  list.append(...(own.length ? own.flatMap((one) => shown(one, say)) : [element("p", {}, say("notes-none"))]));
  if (given.length) list.append(element("h2", {}, say("notes-given")), ...given.flatMap((one) => shown(one, say)));
  write(find(section, "[data-kept]"), say(`notes-${notes.save()}`));
  const remove = find<HTMLDetailsElement>(section, "[data-delete]");
  remove.hidden = own.length === 0;
  remove.open = false;
}

function shown({ page, prompt, text }: Written, say: Say): HTMLElement[] {
  const title = element("h3", {}, ...(prompt ? [prompt] : [pageLink(page.id, page.title)]));
  const where = prompt ? [element("p", { class: "resource-from" }, pageLink(page.id, page.title))] : [];
  return [title, ...where, element("p", text ? { class: "note-text" } : {}, text || say("notes-nothing"))];
}

function ownNotes(session: Session, notes: Notes): Written[] {
  return session.course.pages.map((page) => ({ page, prompt: "", text: notes.of(page.id) })).filter(({ text }) => text !== "");
}

/** Texts in the learner's own words, as far as they may be seen now; in assessments only those that were given. */
function answers(session: Session): Written[] {
  const { pages, questions } = session.course;
  return questions.flatMap(({ id, page: on, interaction }) => {
    const page = pages.find((one) => one.id === on);
    const { shown, locked } = session.page(on);
    if (!page || interaction.kind !== "long-fill-in" || locked || !shown) return [];
    const text = (session.answered(id)?.response ?? session.draft(id) ?? []).join("\n");
    return text || !page.assessment ? [{ page, prompt: interaction.description, text }] : [];
  });
}

function asText(session: Session, notes: Notes, say: Say): string {
  const { course } = session;
  const lines = [course.title, day(course, Date.now()), ""];
  for (const [title, all] of [["notes-own", ownNotes(session, notes)], ["notes-given", answers(session)]] as const) {
    if (all.length) lines.push(say(title), "");
    for (const { page, prompt, text } of all) lines.push(page.title, ...(prompt ? [prompt] : []), "", text || say("notes-nothing"), "");
  }
  return lines.join("\r\n");
}
