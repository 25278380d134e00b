/**
 * fill-in: fields that learners write in, each a gap with its mark beside it.
 */

import type { Question, Response } from "../course";
import { isRight, sameText } from "../grade";
import type { Say } from "../ui-words";
import type { About, Missing, Widget } from "./widget";

export function typed(root: HTMLElement, question: Question, say: Say): Widget {
  const gaps = Array.from(root.querySelectorAll<HTMLElement>("[data-gap]"));
  const field = (gap: HTMLElement): HTMLInputElement => gap.querySelector("input") as HTMLInputElement;
  const texts = (): string[] => gaps.map((gap) => field(gap).value.trim());

  return {
    keeps: true,
    read(): Response | null {
      return texts().some((text) => text !== "") ? texts() : null;
    },
    show(response) {
      gaps.forEach((gap, index) => (field(gap).value = response?.[index] ?? ""));
    },
    lock(locked) {
      for (const gap of gaps) field(gap).disabled = locked;
    },
    order: () => undefined,
    mark(response, everything) {
      gaps.forEach((gap, index) => {
        const given = response?.[index] ?? "";
        const [marked, words] = response ? mark(given, isRight(question, index, given), everything) : UNMARKED;
        const meant = marked === "right" ? spelling(question, index, given) : "";
        gap.dataset["marked"] = marked;
        const label = gap.querySelector("[data-mark]");
        if (label) label.textContent = meant ? say("mark-spelt", { text: meant }) : words ? say(words) : "";
      });
    },
    feedback(response): About[] {
      const given = response[0] ?? "";
      const pieces = Array.from(root.querySelectorAll<HTMLElement>("[data-answers] [data-text]"));
      const meant = (typos: number): HTMLElement | undefined =>
        pieces.find((piece) => sameText(piece.dataset["text"] ?? "", given, { ...question.marking, typos }));
      const piece = meant(0) ?? meant(question.marking?.typos ?? 0);
      return piece ? [{ key: piece.dataset["feedback"] ?? "", about: "" }] : [];
    },
    first: () => (gaps[0] ? field(gaps[0]) : null),
    missing: (): Missing => ({ words: "nothing-written", given: false }),
  };
}

/** The right spelling of what was accepted although it is spelt another way; "" where nothing is wrong with it. */
function spelling({ interaction, marking }: Question, index: number, given: string): string {
  if (!marking?.typos) return "";
  const accepted = interaction.correct.map((texts) => texts[index] ?? "");
  const meant = (typos: number): string | undefined => accepted.find((text) => sameText(text, given, { ...marking, typos }));
  return meant(0) === undefined ? (meant(marking.typos) ?? "") : "";
}

type Mark = readonly [marked: "right" | "wrong" | "", words: string];

const UNMARKED: Mark = ["", ""];

function mark(given: string, right: boolean, everything: boolean): Mark {
  if (given !== "") return right ? ["right", "review-right"] : ["wrong", "review-wrong"];
  return everything ? ["wrong", "review-unanswered"] : UNMARKED;
}
