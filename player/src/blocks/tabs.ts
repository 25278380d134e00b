/**
 * Tabs: of parts under headings one is shown, and their headings become tabs (WAI-ARIA Authoring Practices 1.2, Tabs with
 * automatic activation: all of them are in the page already).
 */

import { element } from "../ui-parts";

const KEYS: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowRight: (at, count) => (at + 1) % count,
  ArrowLeft: (at, count) => (at + count - 1) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
};

let made = 0;

export function tabs(section: HTMLElement): void {
  for (const block of section.querySelectorAll<HTMLElement>("[data-tabs]")) {
    const panels = Array.from(block.children).filter((child): child is HTMLElement => child.matches("[data-panel]"));
    if (panels.length > 1) build(block, panels);
  }
}

/** Opens the tabs and details that an element stands in, so that a link to it leads somewhere. */
export function reveal(target: Element): void {
  for (let box = target.closest("details"); box; box = box.parentElement?.closest("details") ?? null) box.open = true;
  for (let panel = target.closest<HTMLElement>("[role=tabpanel]"); panel; panel = outer(panel)) {
    if (panel.hidden) document.getElementById(panel.getAttribute("aria-labelledby") ?? "")?.click();
  }
}

function outer(panel: Element): HTMLElement | null {
  return panel.parentElement?.closest<HTMLElement>("[role=tabpanel]") ?? null;
}

function build(block: HTMLElement, panels: readonly HTMLElement[]): void {
  const name = `tabs-${(made += 1)}`;
  const list = element("div", { role: "tablist" });
  const title = block.querySelector(":scope > .block-title");
  if (title) list.setAttribute("aria-labelledby", (title.id = `${name}-title`));
  const buttons = panels.map((panel, index) => {
    const heading = panel.querySelector("h2, h3, h4, h5, h6");
    const id = `${name}-${index}`;
    panel.id = `${id}-panel`;
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", id);
    panel.tabIndex = 0;
    heading?.classList.add("visually-hidden");
    return element("button", { type: "button", role: "tab", id, "aria-controls": panel.id }, heading?.textContent?.trim() ?? "");
  });
  const show = (at: number): void => {
    buttons.forEach((button, index) => {
      button.setAttribute("aria-selected", String(index === at));
      button.tabIndex = index === at ? 0 : -1;
      (panels[index] as HTMLElement).hidden = index !== at;
    });
  };
  list.append(...buttons);
  list.addEventListener("click", (event) => {
    const at = buttons.indexOf(event.target as HTMLButtonElement);
    if (at >= 0) show(at);
  });
  list.addEventListener("keydown", (event) => {
    const from = buttons.indexOf(event.target as HTMLButtonElement);
    const to = from < 0 ? undefined : KEYS[turned(event.key, block)]?.(from, buttons.length);
    if (to === undefined) return;
    event.preventDefault();
    show(to);
    buttons[to]?.focus();
  });
  panels[0]?.before(list);
  show(0);
}

/** Where text runs from right to left, so do the tabs. */
function turned(key: string, block: Element): string {
  if (getComputedStyle(block).direction !== "rtl") return key;
  return { ArrowRight: "ArrowLeft", ArrowLeft: "ArrowRight" }[key] ?? key;
}
