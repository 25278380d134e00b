/**
 * Small pieces of the DOM that every part of the page is made of.
 */

/** An element with its text and attributes; text is always text, never HTML. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Readonly<Record<string, string>> = {},
  ...content: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...content);
  return made;
}

/** The one element that a template puts there. */
export function find<E extends HTMLElement = HTMLElement>(root: ParentNode, selector: string): E {
  const found = root.querySelector<E>(selector);
  if (!found) throw new Error(`the page has no ${selector}`);
  return found;
}

/** Writes a text only where it differs, so that live regions speak only of changes. */
export function write(target: Element, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}

/** Moves the focus to a heading or panel (tabindex -1) and brings it into sight. */
export function goTo(target: HTMLElement): void {
  target.focus({ preventScroll: true });
  target.scrollIntoView?.({ block: "nearest" });
}

/** All that is shown: what is neither a template, nor data, nor style. */
export function seen(document: Document): Element[] {
  return Array.from(document.body.children).filter((one) => !one.matches("template, script, link"));
}

/** Puts something else in the place of all that is shown. */
export function showInstead(document: Document, other: Node): void {
  for (const node of seen(document)) node.remove();
  document.body.prepend(other);
}
