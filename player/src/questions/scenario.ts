/**
 * scenario: one scene at a time, with the moves that lead on from it. The response is the way that was taken, as
 * `scene.move` items; a scene that is met again takes back what was done since, so that each stands in it once.
 */

import type { Question, Response } from "../course";
import { pair } from "../response";
import { element, find, goTo, write } from "../ui-parts";
import type { Say } from "../ui-words";
import type { Widget } from "./widget";

export function scenario(root: HTMLElement, question: Question, say: Say): Widget {
  const story = new Story(root, question, say);
  return {
    read: () => (story.ended ? story.path : null),
    show: (response) => story.take(response ?? []),
    lock: (locked) => story.lock(locked),
    order: () => undefined,
    mark: () => undefined,
    feedback: () => [{ key: "debrief", about: "" }],
    first: () => story.heading,
    draft: () => story.path,
    title: (response) => say(`outcome-${story.at(response).dataset["ending"] ?? "none"}`),
    debrief: (response) => story.lookBack(response),
  };
}

class Story {
  path: Response = [];
  private locked = false;
  private readonly scenes: readonly HTMLElement[];
  private readonly form: HTMLFormElement;
  private readonly onwards: HTMLElement;
  private readonly answers: HTMLElement;
  private readonly counters: HTMLElement | null;

  constructor(
    private readonly root: HTMLElement,
    private readonly question: Question,
    private readonly say: Say,
  ) {
    this.scenes = Array.from(root.querySelectorAll<HTMLElement>("[data-scene]"));
    this.form = find<HTMLFormElement>(root, "form");
    this.onwards = find(root, "[data-action=go]");
    this.answers = find(root, "[data-answers]");
    this.counters = root.querySelector("[data-counters]");
    for (const way of root.querySelectorAll<HTMLElement>("[data-way]")) way.hidden = true;
    // Before whoever else listens: while there is a way to go, to submit is to go it.
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.ended || this.locked) return;
      event.stopImmediatePropagation();
      this.move();
    });
  }

  get ended(): boolean {
    return moves(this.at(this.path)).length === 0;
  }

  get heading(): HTMLElement {
    return find(this.at(this.path), ".scene-title");
  }

  /** The scene that a path leads to. */
  at(path: Response): HTMLElement {
    const last = path[path.length - 1];
    const to = last === undefined ? undefined : this.moveOf(last)?.dataset["to"];
    return this.scene(to) ?? (this.scenes[0] as HTMLElement);
  }

  /** Goes a path, as far as it can be gone, without moving the focus. */
  take(path: Response): void {
    const gone: string[] = [];
    for (const item of path) {
      if (pair(item)[0] !== this.at(gone).dataset["scene"] || !this.moveOf(item)) break;
      gone.push(item);
    }
    this.path = gone;
    this.tell();
  }

  lock(locked: boolean): void {
    this.locked = locked;
    for (const input of this.root.querySelectorAll<HTMLInputElement>("[data-go] input")) input.disabled = locked;
    this.tell();
  }

  /** The way that was taken, what each move was worth, and the best way for those who want to see it. */
  lookBack(path: Response): readonly HTMLElement[] {
    const steps = path.map((item) => {
      const scene = this.scene(pair(item)[0]);
      const line = element("li", {}, element("span", { class: "step" }, scene ? title(scene) : ""), " ", this.words(item));
      const worth = this.question.worth?.[item];
      if (worth !== undefined) line.append(" ", this.judged(worth));
      return line;
    });
    const told: HTMLElement[] = [element("h4", {}, this.say("your-way")), element("ol", { class: "way-taken" }, ...steps)];
    const counted = this.counted(path);
    if (counted) told.push(element("p", { class: "counters" }, counted));
    const best = this.answers.querySelector("[data-best]");
    const wanted = this.question.interaction.correct[0] ?? [];
    if (best && wanted.join() !== path.join()) {
      const list = element("ol", { class: "way-taken" }, ...Array.from(best.childNodes, (node) => node.cloneNode(true)));
      told.push(element("details", {}, element("summary", {}, this.say("show-best-way")), list));
    }
    return told;
  }

  private judged(worth: number): HTMLElement {
    const [verdict, words] = worth === 1 ? ["right", "move-best"] : worth > 0 ? ["partly", "move-fair"] : ["wrong", "move-poor"];
    return element("span", { class: "review-verdict", "data-verdict": verdict as string }, this.say(words as string));
  }

  private move(): void {
    const here = this.at(this.path);
    const open = moves(here);
    const chosen = open.find((one) => one.querySelector("input")?.checked) ?? (open.length === 1 ? open[0] : undefined);
    if (!chosen) {
      write(find(this.root, "[data-please]"), this.say("nothing-chosen"));
      open[0]?.querySelector("input")?.focus();
      return;
    }
    const item = `${here.dataset["scene"]}.${chosen.dataset["go"]}`;
    const met = [...this.path, item].findIndex((one) => pair(one)[0] === chosen.dataset["to"]);
    this.path = met < 0 ? [...this.path, item] : this.path.slice(0, met);
    // The next scene is there before the one that has the focus goes.
    this.at(this.path).hidden = false;
    this.consequence(this.at(this.path), item);
    goTo(this.heading);
    this.tell(item);
    this.form.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /** Shows the scene that the path leads to; `last` is the move that led there, if not the path's own last one. */
  private tell(last: string | undefined = this.path[this.path.length - 1]): void {
    const here = this.at(this.path);
    for (const scene of this.scenes) scene.hidden = scene !== here;
    this.consequence(here, last);
    for (const input of here.querySelectorAll<HTMLInputElement>("[data-go] input")) {
      input.checked = moves(here).length === 1;
    }
    this.onwards.hidden = this.ended || this.locked;
    find(this.root, "[data-action=answer]").parentElement?.toggleAttribute("hidden", !this.ended);
    if (this.counters) {
      this.counters.hidden = false;
      write(this.counters, this.counted(this.path));
    }
  }

  /** What came of the move that led to a scene. */
  private consequence(scene: HTMLElement, last: string | undefined): void {
    const box = find(scene, "[data-consequence]");
    box.hidden = last === undefined;
    if (last === undefined) return;
    const said = this.answers.querySelector(`[data-feedback="${last}"]`);
    const chosen = element("p", { class: "said-about" }, this.say("move-chosen", { move: this.words(last) }));
    box.replaceChildren(chosen, ...Array.from(said?.childNodes ?? [], (node) => node.cloneNode(true)));
  }

  /** The counters after a path, in words; empty where there are none. */
  private counted(path: Response): string {
    const names = (this.counters?.dataset["counters"] ?? "").split(" ").filter((name) => name !== "");
    const counts = path.flatMap((item) => (this.moveOf(item)?.dataset["counts"] ?? "").split("; "));
    return names
      .map((name) => {
        const own = counts.filter((count) => count.startsWith(`${name} `));
        const value = own.reduce((sum, count) => sum + Number(count.slice(name.length + 1)), 0);
        return this.say("counter", { name, value });
      })
      .join(" ");
  }

  private words(item: string): string {
    return this.moveOf(item)?.querySelector("label")?.textContent?.trim() ?? "";
  }

  private scene(key: string | undefined): HTMLElement | undefined {
    return this.scenes.find((scene) => scene.dataset["scene"] === key);
  }

  private moveOf(item: string): HTMLElement | undefined {
    const [scene, move] = pair(item);
    const from = this.scene(scene);
    return from && moves(from).find((one) => one.dataset["go"] === move);
  }
}

function moves(scene: HTMLElement): readonly HTMLElement[] {
  return Array.from(scene.querySelectorAll<HTMLElement>("[data-go]"));
}

function title(scene: HTMLElement): string {
  return find(scene, ".scene-title").textContent?.trim() ?? "";
}
