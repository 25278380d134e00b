/**
 * How sure learners are: asked beside the answer with radio buttons, told back with the feedback. It never counts.
 */

import type { Answered } from "./session";
import { CONFIDENCES, type Confidence } from "./state";
import { element } from "./ui-parts";
import type { Say } from "./ui-words";

export class ConfidenceUi {
  private readonly inputs: readonly HTMLInputElement[];

  constructor(root: HTMLElement) {
    this.inputs = Array.from(root.querySelectorAll<HTMLInputElement>("[data-confidence] input"));
  }

  read(): Confidence | null {
    const chosen = this.inputs.findIndex((input) => input.checked);
    return CONFIDENCES[chosen] ?? null;
  }

  show(confidence: Confidence | undefined): void {
    for (const input of this.inputs) input.checked = input.value === String(confidence);
  }

  lock(locked: boolean): void {
    for (const input of this.inputs) input.disabled = locked;
  }
}

/** What there is to say of an answer to a learner who said how sure they were. */
export function toldOf({ confidence, correct }: Answered, say: Say): HTMLElement[] {
  if (confidence === undefined) return [];
  const lines = [say("how-sure-was", { level: say(`sure-${confidence}`) })];
  if (correct === false && confidence === 3) lines.push(say("sure-but-wrong"));
  if (correct === true && confidence === 1) lines.push(say("guessed-right"));
  return lines.map((line) => element("p", { class: "sure" }, line));
}

/** How often the learner was right at each level; empty where they said nothing. */
export function summaryOf(answers: readonly (Answered | null)[], say: Say): (readonly [name: string, words: string])[] {
  return [...CONFIDENCES].reverse().flatMap((level) => {
    const there = answers.filter((one) => one?.confidence === level && one.correct !== null);
    const right = there.filter((one) => one?.correct === true).length;
    return there.length === 0 ? [] : [[say(`sure-${level}`), say("sure-line", { right, all: there.length })] as const];
  });
}
