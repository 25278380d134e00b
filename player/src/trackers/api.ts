/**
 * Finding the object that a SCORM host puts into one of its windows (T02; SCORM 1.2 RTE 3.3).
 */

/** Hosts nest a few frames; the limit is against windows that are their own ancestors. */
const MOST_HOPS = 50;
const PATIENCE = 2000;
const PAUSE = 100;

type Windows = Window & Readonly<Record<string, unknown>>;

/** The API called `name` that has the function `sign`; looked for at once and then for two seconds. null: there is none. */
export async function findApi<T>(view: Window, name: string, sign: string): Promise<T | null> {
  for (let waited = 0; ; waited += PAUSE) {
    const found = look<T>(view, name, sign);
    if (found !== null || waited >= PATIENCE) return found;
    await new Promise((resolve) => view.setTimeout(resolve, PAUSE));
  }
}

/** The window itself and its parents, then the opener and its parents, then the openers of the parents. */
function look<T>(view: Window, name: string, sign: string): T | null {
  const ancestors = [...chain(view)];
  const starts = [view, ...ancestors.flatMap((window) => safely(() => window.opener as Window | null) ?? [])];
  for (const start of starts) {
    for (const window of chain(start)) {
      // A window of another origin throws at any touch; its parents may still be ours.
      const api = safely(() => (window as Windows)[name]) as Readonly<Record<string, unknown>> | null;
      if (safely(() => typeof api?.[sign] === "function") === true) return api as T;
    }
  }
  return null;
}

function* chain(start: Window): Generator<Window> {
  let window: Window | null = start;
  for (let hops = 0; window !== null && hops < MOST_HOPS; hops += 1) {
    yield window;
    const at: Window = window;
    const parent: Window | null = safely(() => at.parent);
    window = parent === at ? null : parent;
  }
}

function safely<T>(read: () => T): T | null {
  try {
    return read() ?? null;
  } catch {
    return null;
  }
}
