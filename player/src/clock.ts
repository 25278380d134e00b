/**
 * Active time (T16): from a monotonic clock, only while the page is visible and the learner was active not long ago.
 */

/** After this long without a key, a touch or a scroll the learner counts as away. */
const IDLE = 5 * 60 * 1000;

export class ActiveClock {
  private counted = 0;
  private since: number;
  private activeAt: number;

  /** `now`: monotonic milliseconds. */
  constructor(
    private readonly now: () => number,
    private visible = true,
  ) {
    this.since = this.activeAt = now();
  }

  activity(): void {
    this.count();
    this.activeAt = this.since;
  }

  show(visible: boolean): void {
    this.count();
    this.visible = visible;
    if (visible) this.activeAt = this.since;
  }

  /** Of this session, at least 1: some hosts record nothing for a session without time. */
  get seconds(): number {
    this.count();
    return Math.max(1, this.counted / 1000);
  }

  private count(): void {
    const now = this.now();
    const until = Math.min(now, this.activeAt + IDLE);
    if (this.visible && until > this.since) this.counted += until - this.since;
    this.since = now;
  }
}
