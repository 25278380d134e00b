/**
 * Which tab of this course and learner may write (T15): the first. Web Locks where the browser has them (secure contexts),
 * else BroadcastChannel; a browser with neither cannot tell, and every tab writes.
 */

/** Between two tries for the lock, and how often it is tried. */
const PAUSE = 250;
const TRIES = 4;
/** How long other tabs have to answer; every launch waits for it where there are no Web Locks. */
const PATIENCE = 120;

/** Ends a claim, so that the next tab is the first. */
export type Release = () => void;

/** null where another tab is first. A page that is just being replaced (a reload) may hold on for a moment. */
export async function claim(view: Window, name: string): Promise<Release | null> {
  const locks = view.navigator.locks as LockManager | undefined;
  try {
    if (locks !== undefined) {
      for (let left = TRIES; left > 0; left -= 1) {
        const release = await lock(locks, name);
        if (release !== null) return release;
        await new Promise((resolve) => view.setTimeout(resolve, PAUSE));
      }
      return null;
    }
    const channel = (view as Window & { BroadcastChannel?: typeof BroadcastChannel }).BroadcastChannel;
    return channel === undefined ? () => undefined : await ask(view, new channel(name));
  } catch {
    return () => undefined; // forbidden here: better two writers than none
  }
}

/** Holds the lock until it is released or the page is gone. */
function lock(locks: LockManager, name: string): Promise<Release | null> {
  return new Promise((resolve, reject) => {
    const held = (granted: Lock | null): Promise<void> | undefined => {
      if (granted === null) return void resolve(null);
      return new Promise<void>((release) => resolve(release));
    };
    locks.request(name, { ifAvailable: true }, held).catch(reject);
  });
}

/** Asks whether anybody is there; whoever is first answers from then on. Of two that ask at once the lower number gives way. */
function ask(view: Window, channel: BroadcastChannel): Promise<Release | null> {
  const own = Math.random();
  return new Promise((resolve) => {
    let first: boolean | null = null;
    channel.onmessage = ({ data }: MessageEvent<{ ask?: number; here?: true }>) => {
      if (data.ask !== undefined && (first === true || (first === null && own > data.ask))) channel.postMessage({ here: true });
      if (data.here === true && first === null) first = false;
    };
    channel.postMessage({ ask: own });
    view.setTimeout(() => {
      first ??= true;
      if (!first) channel.close();
      resolve(first ? () => channel.close() : null);
    }, PATIENCE);
  });
}
