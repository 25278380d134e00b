/**
 * Pages that ask for some time (`min-time`): counts while the learner is there and active. What is asked stands on the page;
 * only the end of it is told, because a clock that runs takes the eye and the ear off the page.
 */

import type { Keeper } from "./keeper";
import { write } from "./ui-parts";
import type { Say } from "./ui-words";

const EVERY = 1000;

export class PageTime {
  private timer = 0;
  private count: () => void = () => undefined;

  constructor(
    private readonly view: Window,
    private readonly keeper: Keeper,
    private readonly say: Say,
  ) {}

  /** The time on this page is settled, and no more is counted. */
  stop(): void {
    this.count();
    this.count = () => undefined;
    this.view.clearInterval(this.timer);
  }

  /** The learner is on this page from now on. */
  here(id: string, section: HTMLElement): void {
    this.stop();
    const told = section.querySelector<HTMLElement>("[data-time]");
    if (!told) return;
    const { session } = this.keeper;
    let before = this.keeper.activeSeconds;
    this.count = () => {
      const now = this.keeper.activeSeconds;
      session.spend(id, now - before);
      before = now;
      if (session.timeLeft(id) > 0) return;
      this.view.clearInterval(this.timer);
      write(told, this.say("time-taken"));
    };
    this.timer = this.view.setInterval(() => this.count(), EVERY);
    this.count();
  }
}
