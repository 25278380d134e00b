/**
 * Which tab of this course and learner may write (T15): the first. Web Locks where the browser has them (secure contexts),
 * else BroadcastChannel; a browser with neither cannot tell, and every tab writes.
 */

const PATIENCE = 250;
const TRIES = 4;

/** True when this tab is the only one. A page that is just being replaced (a reload) may hold on for a moment. */
export async function claim(view: Window, name: string): Promise<boolean> {
  const locks = view.navigator.locks as LockManager | undefined;
  try {
    if (locks !== undefined) {
      for (let left = TRIES; left > 0; left -= 1) {
        if (await lock(locks, name)) return true;
        await new Promise((resolve) => view.setTimeout(resolve, PATIENCE));
      }
      return false;
    }
    const channel = (view as Window & { BroadcastChannel?: typeof BroadcastChannel }).BroadcastChannel;
    return channel === undefined || (await ask(view, new channel(name)));
  } catch {
    return true; // forbidden here: better two writers than none
  }
}

/** Holds the lock for as long as the page lives. */
function lock(locks: LockManager, name: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const held = (granted: Lock | null): Promise<void> | undefined => {
      resolve(granted !== null);
      return granted === null ? undefined : new Promise<void>(() => undefined);
    };
    locks.request(name, { ifAvailable: true }, held).catch(reject);
  });
}

/** Asks whether anybody is there; whoever is first answers from then on. Of two that ask at once the lower number gives way. */
function ask(view: Window, channel: BroadcastChannel): Promise<boolean> {
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
      resolve(first);
    }, PATIENCE);
  });
}
