/**
 * A question's rows: one for each option, item or step, named by its key.
 */

export function rowsOf(root: ParentNode): HTMLElement[] {
  return Array.from(root.querySelectorAll<HTMLElement>("[data-option]"));
}

export function keyOf(row: HTMLElement): string {
  return row.dataset["option"] ?? "";
}

/** In the order of their keys; what has none of them comes last, as it stood. */
export function ordered<T>(things: readonly T[], keys: readonly string[], key: (thing: T) => string): T[] {
  const place = (thing: T): number => (keys.includes(key(thing)) ? keys.indexOf(key(thing)) : keys.length);
  return [...things].sort((a, b) => place(a) - place(b));
}
