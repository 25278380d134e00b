/**
 * The clock of a test: how much time is left of one that has a limit, with more for whoever asks for it (WCAG 2.2, 2.2.1),
 * and when the next attempt may begin. Nothing happens while the page is out of sight.
 */

import { extension } from "./attempts";
import type { Page } from "./course";
import type { Attempt, Session } from "./session";
import { element, find, write } from "./ui-parts";
import type { Say } from "./ui-words";

/** Seconds before the end at which the learner is warned: of a short limit half of it. */
const WARNING = 120;
/** Seconds to answer when the time is over, before the paper is submitted. */
const PATIENCE = 60;

export class LimitUi {
  private readonly bar: HTMLElement | null;
  private timer = 0;
  private warned = 0;
  private asking = 0;

  /** `submit`: the time is over; `open`: the next attempt may begin. */
  constructor(
    root: HTMLElement,
    private readonly page: Page,
    private readonly session: Session,
    private readonly say: Say,
    private readonly submit: () => void,
    private readonly open: () => void,
  ) {
    this.bar = root.querySelector<HTMLElement>("[data-limit]");
    this.bar?.querySelector("[data-action=more-time]")?.addEventListener("click", () => this.extend());
  }

  /** Shows the time of this attempt, and keeps it up to date while there is anything to wait for. */
  show({ until, opens }: Attempt): void {
    this.stop();
    if (this.bar) this.bar.hidden = until === null;
    this.warned = 0;
    if (until === null && opens === null) return;
    this.timer = window.setInterval(() => this.tick(), 1000);
    this.tick();
  }

  /** Another one keeps the time from now on. */
  stop(): void {
    window.clearInterval(this.timer);
  }

  private tick(): void {
    if (document.hidden || this.asking > 0) return;
    const { until, opens, state } = this.session.attempt(this.page.id);
    if (state === "ready") {
      window.clearInterval(this.timer);
      return this.open();
    }
    if (until === null || this.bar === null) return opens === null ? window.clearInterval(this.timer) : undefined;
    const left = until - Date.now() / 1000;
    const minutes = Math.ceil(left / 60);
    write(find(this.bar, "[data-limit-left]"), left < 60 ? this.say("time-last") : this.say("time-left", { minutes }));
    if (left <= 0) return this.ask();
    if (left > Math.min(WARNING, (this.page.assessment?.timeLimit ?? 0) / 2) || this.warned === until) return;
    this.warned = until;
    this.tell(this.say("time-warning", { minutes }));
  }

  private extend(): void {
    if (!this.session.extendTime(this.page.id)) return;
    this.tell(this.say("time-added", { minutes: extension(this.page.assessment?.timeLimit ?? 0) / 60 }));
    this.tick();
  }

  private tell(words: string): void {
    if (this.bar) write(find(this.bar, "[data-limit-said]"), words);
  }

  /** The time is over: a word is enough for more of it, and without one nothing is lost. */
  private ask(): void {
    const more = element("button", { type: "button", class: "button", autofocus: "" }, this.say("more-time"));
    const submit = element("button", { type: "button", class: "button quiet" }, this.say("time-submit"));
    const text = element("p", {}, this.say("time-over-more", { seconds: PATIENCE }));
    const title = element("h2", {}, this.say("time-over"));
    const dialog = element("dialog", { class: "time-over", "aria-label": this.say("time-over") }, title, text, element("p", { class: "actions" }, more, submit));
    const over = () => dialog.close("submit");
    this.asking = window.setTimeout(over, PATIENCE * 1000);
    more.addEventListener("click", () => dialog.close());
    submit.addEventListener("click", over);
    // Escape too asks for more time: what is done by mistake must not end a test.
    dialog.addEventListener("close", () => {
      window.clearTimeout(this.asking);
      this.asking = 0;
      dialog.remove();
      if (dialog.returnValue === "submit") this.submit();
      else this.extend();
    });
    document.body.append(dialog);
    dialog.showModal();
  }
}
