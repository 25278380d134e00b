/**
 * reflection: a text of the learner's own, kept as soon as they leave the field; the model answer comes when they ask.
 */

import type { Question, Response } from "../course";
import { utf8 } from "../response";
import type { Say } from "../ui-words";
import type { Missing, Widget } from "./widget";

export function reflection(root: HTMLElement, _question: Question, say: Say): Widget {
  const field = root.querySelector("textarea") as HTMLTextAreaElement;
  const paper = root.querySelector("[data-written]") as HTMLElement;
  const print = root.querySelector("[data-action=print]") as HTMLButtonElement;
  const model = root.querySelector('[data-feedback="model"]') !== null;
  const copy = (): void => void (paper.textContent = field.value);
  const tooLong = (): boolean => utf8(field.value.trim()).length > field.maxLength;

  field.addEventListener("input", copy);
  print.addEventListener("click", () => window.print());
  print.hidden = false;

  return {
    keeps: true,
    saves: true,
    read(): Response | null {
      const text = field.value.trim();
      return text !== "" && !tooLong() ? [text] : null;
    },
    draft: () => (tooLong() ? [] : [field.value.trim()]),
    show(response) {
      field.value = response?.[0] ?? "";
      copy();
    },
    lock(locked) {
      field.disabled = locked;
    },
    order: () => undefined,
    mark: () => undefined,
    feedback: () => (model ? [{ key: "model", about: say("model-answer") }] : []),
    first: () => field,
    missing: (): Missing => (tooLong() ? { words: "text-too-long", given: true } : { words: "nothing-written", given: false }),
  };
}
