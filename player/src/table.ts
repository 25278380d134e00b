/**
 * Tables by id. A page or a question may be called `constructor`: a plain object would have something under that name.
 */

/** A table with nothing in it but these entries. */
export function table<T>(entries: Iterable<readonly [string, T]> = []): Record<string, T> {
  const made = Object.create(null) as Record<string, T>;
  for (const [id, one] of entries) made[id] = one;
  return made;
}
