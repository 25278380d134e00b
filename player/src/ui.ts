/**
 * The page: shows what the Session says, and tells it what the learner does. The parts are in ui-*.ts; here is how they
 * hang together, and which page is shown.
 */

import { enliven, reveal } from "./blocks";
import type { Keeper } from "./keeper";
import { Notes } from "./notes";
import type { JournalEntry, Session } from "./session";
import { named } from "./ui-arrival";
import { AssessmentUi } from "./ui-assessment";
import { refreshBeside } from "./ui-beside";
import { showSteps, stepItems } from "./ui-completion";
import { Gates } from "./ui-gates";
import { Menu, pageLink } from "./ui-menu";
import { offerNotes, roomForNotes, showNotes } from "./ui-notes";
import { Notices } from "./ui-notices";
import { element, find, write } from "./ui-parts";
import { QuestionUi } from "./ui-question";
import { showResults, showSaved } from "./ui-results";
import { saveAndExit, showSaving } from "./ui-saving";
import { offerSearch } from "./ui-search";
import { PageTime } from "./ui-time";
import { type Say, day, sayer } from "./ui-words";

/** The last page, which the player fills; scormkit/render/render.py names it. */
const RESULTS = "~results";
/** The page of the learner's notes; a course may be without. */
const NOTES = "~notes";
/** What may be wider than the page, and what it is called. */
const WIDE = [["pre", "code"], [".formula", "formula"], [".table", "table"]] as const;
/** Begins the ids of pages that are not counted: results, glossary. */
const UNCOUNTED = "~";

export class Ui {
  private readonly document: Document;
  private readonly session: Session;
  private readonly say: Say;
  private readonly menu: Menu;
  private readonly notices: Notices;
  private readonly gates: Gates;
  private readonly time: PageTime;
  private readonly notes: Notes;
  private readonly sections: ReadonlyMap<string, HTMLElement>;
  private readonly made = new Map<string, AssessmentUi | readonly QuestionUi[]>();
  private readonly endings: (() => void)[] = [];
  private readonly over = new AbortController();
  private here = "";
  private told = "";

  constructor(
    private readonly view: Window,
    private readonly keeper: Keeper,
  ) {
    this.document = view.document;
    this.session = keeper.session;
    this.say = sayer(this.session.course);
    this.gates = new Gates(this.session, this.say);
    this.time = new PageTime(view, keeper, this.say);
    this.menu = new Menu(this.document, this.session, this.say, (id) => this.gates.first(id), this.over.signal);
    this.notices = new Notices(this.document, this.say);
    this.notes = new Notes(keeper.aside);
    const sections = Array.from(this.document.querySelectorAll<HTMLElement>("[data-page]"));
    this.sections = new Map(sections.map((section) => [section.dataset["page"] ?? "", section]));
  }

  /** Shows the course where the learner left off, and keeps it up to date from then on. */
  start(): void {
    for (const section of this.sections.values()) section.hidden = true;
    const { signal } = this.over;
    this.endings.push(this.session.subscribe((entries) => this.changed(entries)));
    this.view.addEventListener("hashchange", () => this.follow(), { signal });
    this.document.addEventListener("click", (event) => this.clicked(event), { signal });
    find(this.document, "[data-action=exit]").addEventListener("click", () => void saveAndExit(this.view, this.keeper, this.say, () => this.stop()));
    this.endings.push(showSaving(this.document, this.keeper, this.say, () => this.ended()));
    this.endings.push(this.keeper.subscribe(() => showSaved(find(this.document, "[data-course-results]"), this.keeper, this.say)));
    for (const date of this.document.querySelectorAll<HTMLTimeElement>("[data-day]")) {
      write(date, day(this.session.course, Date.parse(date.dateTime), "UTC"));
    }
    offerSearch(this.document, this.session, this.say);
    const notes = this.sections.get(NOTES);
    if (notes) offerNotes(notes, this.session, this.notes, this.say);
    this.tellOfLaunch();
    const wanted = named(this.document, this.view.location.hash);
    const opened = wanted !== null && this.open(wanted.page);
    if (!opened) this.open(this.session.location);
    this.refresh();
    this.settleWays();
    this.document.documentElement.toggleAttribute("data-ready", true);
    if (wanted && !opened) this.refuse(wanted.page);
    else if (wanted?.anchor) this.goTo(wanted.anchor, false);
  }

  /** Another one shows the course from now on, in another language, or nobody does. */
  stop(): void {
    this.over.abort();
    this.time.stop();
    for (const made of this.made.values()) if (made instanceof AssessmentUi) made.stop();
    for (const end of this.endings) end();
  }

  /** The address changed: by a link, by the browser's back and forward, or by hand. */
  private follow(): void {
    const wanted = named(this.document, this.view.location.hash);
    if (!wanted) return;
    if (wanted.page === this.here) return wanted.anchor ? this.goTo(wanted.anchor) : undefined;
    if (!this.open(wanted.page)) {
      this.refuse(wanted.page);
      return;
    }
    this.menu.open(false);
    this.notices.take("locked");
    this.notices.take("resumed");
    this.settleWays();
    if (wanted.anchor) return this.goTo(wanted.anchor);
    this.view.scrollTo(0, 0);
    (this.section.querySelector<HTMLElement>("[data-first]") ?? find(this.section, "h1")).focus({ preventScroll: true });
  }

  /** The focus goes along: the link that led here may be on a page that is out of sight now. */
  private goTo(anchor: HTMLElement, focus = true): void {
    reveal(anchor);
    if (focus) {
      if (anchor.tabIndex < 0) anchor.tabIndex = -1;
      anchor.focus({ preventScroll: true });
    }
    anchor.scrollIntoView?.();
  }

  /** Shows a page; false, and nothing changes, where it may not be opened. */
  private open(id: string): boolean {
    const section = this.sections.get(id);
    const known = this.session.page(id).state === "known"; // to open it may be all that there is to do on it
    if (!section || (!id.startsWith(UNCOUNTED) && !this.session.openPage(id))) return false;
    const left = this.sections.get(this.here);
    this.here = id;
    this.fill(id, section);
    if (left && left !== section) left.hidden = true;
    section.hidden = false;
    this.view.requestAnimationFrame(() => this.scrollers(section));
    this.menu.here(id);
    this.time.here(id, section);
    if (known) this.notices.put("known", this.say("known-offer"));
    else this.notices.take("known");
    const title = find(section, "h1").textContent ?? "";
    this.document.title = this.say("document-title", { page: title, course: this.session.course.title });
    if (named(this.document, this.view.location.hash)?.page !== id) this.view.history.replaceState(this.view.history.state, "", `#/${id}`);
    return true;
  }

  /** What is too wide for the page can be scrolled by keyboard too. */
  private scrollers(section: HTMLElement): void {
    for (const box of section.querySelectorAll<HTMLElement>(".table, pre, .formula")) {
      if (box.scrollWidth <= box.clientWidth) continue;
      box.tabIndex = 0;
      box.setAttribute("role", "group");
      box.setAttribute("aria-label", this.say(WIDE.find(([selector]) => box.matches(selector))?.[1] ?? "table"));
    }
  }

  private get section(): HTMLElement {
    return this.sections.get(this.here) as HTMLElement;
  }

  /** The questions of a page are brought to life when it is first opened. */
  private fill(id: string, section: HTMLElement): void {
    if (id.startsWith(UNCOUNTED)) refreshBeside(section, this.session);
    if (id === NOTES) showNotes(section, this.session, this.notes, this.say);
    if (id === RESULTS) {
      return showResults(find(section, "[data-course-results]"), this.keeper, this.say);
    }
    const page = this.session.course.pages.find((one) => one.id === id);
    if (!page || this.made.has(id)) return;
    enliven(section, this.session, this.keeper.aside, this.say);
    if (this.sections.has(NOTES) && !page.assessment) roomForNotes(section, page, this.notes, this.say);
    const questions = new Map(page.questions.map((question) => [question, this.question(question, section)]));
    if (page.assessment) {
      const made = new AssessmentUi(section, page, page.assessment, questions, this.session, this.say);
      this.made.set(id, made);
      made.show();
    } else {
      this.made.set(id, [...questions.values()]);
      for (const question of questions.values()) question.show("check");
    }
  }

  private question(id: string, section: HTMLElement): QuestionUi {
    const question = this.session.course.questions.find((one) => one.id === id);
    if (!question) throw new Error(`no question ${id}`);
    return new QuestionUi(find(section, `[data-question="${id}"]`), question, this.session, this.say);
  }

  private refresh(): void {
    this.menu.refresh();
    for (const list of this.document.querySelectorAll<HTMLElement>("[data-steps]")) showSteps(list, stepItems(this.session, this.say, RESULTS));
  }

  private changed(entries: readonly JournalEntry[]): void {
    this.refresh();
    this.tellOfWays();
    const made = this.made.get(this.here);
    if (made instanceof AssessmentUi) made.count();
    if (entries.some(({ kind }) => kind === "completed" || kind === "passed") && this.session.snapshot().complete) {
      this.notices.put("complete", this.say("course-complete"), { more: pageLink(RESULTS, this.say("see-results")) });
    }
  }

  /** A locked page is said to be locked before the browser goes there. */
  private clicked(event: Event): void {
    const link = (event.target as Element | null)?.closest?.("a");
    if (!link) return;
    if (link.hash === "#main") {
      event.preventDefault();
      find(this.section, "h1").focus();
    } else if (link.getAttribute("aria-disabled") === "true") {
      event.preventDefault();
      this.refuse(link.hash.slice(2));
    }
  }

  private refuse(id: string): void {
    this.view.history.replaceState(this.view.history.state, "", `#/${this.here}`);
    this.menu.open(false);
    const { words, list } = this.gates.explain(id);
    this.notices.put("locked", words, { warning: true, focus: true, list });
  }

  /** What has been opened, or is part of the course now or no longer, since the learner came to this page. */
  private tellOfWays(): void {
    const list = this.gates.news();
    const told = list?.textContent ?? "";
    if (told === this.told) return;
    this.told = told;
    this.notices.take("locked");
    if (list) this.notices.put("ways", "", { list });
    else this.notices.take("ways");
  }

  private settleWays(): void {
    this.gates.settle();
    this.tellOfWays();
  }

  private tellOfLaunch(): void {
    const { connection, resumed, restored, damaged, secondTab } = this.keeper.launch;
    const local = this.document.documentElement.dataset["tracker"] === "local";
    if (!connection.connected && !local) this.notices.put("not-connected", this.say("not-connected"), { warning: true });
    if (secondTab) this.notices.put("second-tab", this.say("second-tab"), { warning: true });
    if (damaged) this.notices.put("damaged", this.say("damaged"), { warning: true });
    const { mode } = connection;
    if (mode !== "normal") this.notices.put("looking", this.say(mode === "browse" ? "browse-mode" : "review-mode"));
    const first = this.session.course.pages[0];
    if (resumed && first && this.session.location !== first.id) {
      const more = pageLink(first.id, this.say("start-again-from-first"));
      this.notices.put("resumed", this.say(restored ? "restored" : "resumed"), { more });
    }
  }

  /** The page came back after the session was over (T11): it has to be opened again. */
  private ended(): void {
    const more = element("button", { type: "button", class: "button quiet" }, this.say("reopen"));
    more.addEventListener("click", () => this.view.location.reload());
    this.notices.put("ended", this.say("ended"), { warning: true, more });
  }
}
