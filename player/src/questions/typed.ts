/**
 * fill-in and cloze: fields that learners write in, or lists that they choose from, each a gap with its mark beside it.
 */

import type { Question, Response } from "../course";
import { isRight, sameText } from "../grade";
import { pair } from "../response";
import type { Say } from "../ui-words";
import type { About, Missing, Widget } from "./widget";

export function typed(root: HTMLElement, question: Question, say: Say): Widget {
  const gaps = Array.from(root.querySelectorAll<HTMLElement>("[data-gap]"));
  const field = (gap: HTMLElement): HTMLInputElement | HTMLSelectElement => gap.querySelector("input, select") as HTMLInputElement;
  const given = (): string[] => gaps.map((gap) => field(gap).value.trim());
  const read = (): Response | null => (given().some((text) => text !== "") ? said(question, given()) : null);

  return {
    keeps: true,
    read,
    draft: () => read() ?? [],
    show(response) {
      const texts = filled(question, response ?? []);
      gaps.forEach((gap, index) => (field(gap).value = texts[index] ?? ""));
    },
    lock(locked) {
      for (const gap of gaps) field(gap).disabled = locked;
    },
    order: () => undefined,
    mark(response, everything) {
      const texts = filled(question, response ?? []);
      gaps.forEach((gap, index) => {
        const [marked, words] = response ? mark(question, index, texts[index] ?? "", everything, say) : ["", ""];
        gap.dataset["marked"] = marked;
        const label = gap.querySelector("[data-mark]");
        if (label) label.textContent = words;
      });
    },
    feedback(response): About[] {
      const text = response[0] ?? "";
      const pieces = Array.from(root.querySelectorAll<HTMLElement>("[data-answers] [data-text]"));
      const meant = (typos: number): HTMLElement | undefined =>
        pieces.find((piece) => sameText(piece.dataset["text"] ?? "", text, { ...question.marking, typos }));
      const piece = meant(0) ?? meant(question.marking?.typos ?? 0);
      return piece ? [{ key: piece.dataset["feedback"] ?? "", about: "" }] : [];
    },
    first: () => (gaps[0] ? field(gaps[0]) : null),
    missing: (): Missing => ({ words: root.querySelector("[data-gap] select") ? "nothing-chosen" : "nothing-written", given: false }),
  };
}

/** What stands in the gaps as a response: the texts themselves, or pairs of a gap and what was chosen for it. */
function said({ interaction }: Question, texts: readonly string[]): Response {
  if (interaction.kind !== "matching") return texts;
  return (interaction.source ?? []).map(({ key }, index) => `${key}.${texts[index] ?? ""}`).filter((item) => pair(item)[1] !== "");
}

/** The other way round. */
function filled({ interaction }: Question, response: Response): readonly string[] {
  if (interaction.kind !== "matching") return response;
  return (interaction.source ?? []).map(({ key }) => pair(response.find((item) => pair(item)[0] === key) ?? "")[1]);
}

/** How a gap is marked, and in which words; what would have been right only in a text that has several gaps or lists. */
function mark(question: Question, index: number, text: string, everything: boolean, say: Say): readonly [string, string] {
  const right = rightText(question, index);
  if (text === "" && !everything) return ["", ""];
  if (text !== "" && gapIsRight(question, index, text)) {
    const meant = spelling(question, index, text);
    return ["right", meant ? say("mark-spelt", { text: meant }) : say("review-right")];
  }
  if (everything && question.type === "cloze" && right !== "") return ["wrong", say("mark-instead", { text: right })];
  return ["wrong", say(text === "" ? "review-unanswered" : "review-wrong")];
}

function gapIsRight(question: Question, index: number, text: string): boolean {
  const { kind, source, correct } = question.interaction;
  if (kind !== "matching") return isRight(question, index, text);
  return correct.some((items) => items.includes(`${source?.[index]?.key ?? ""}.${text}`));
}

function rightText({ interaction: { kind, source, target, correct } }: Question, index: number): string {
  if (kind !== "matching") return correct[0]?.[index] ?? "";
  const key = source?.[index]?.key;
  const wanted = correct[0]?.map(pair).find(([gap]) => gap === key)?.[1];
  return target?.find((one) => one.key === wanted)?.text ?? "";
}

/** The right spelling of what was accepted although it is spelt another way; "" where nothing is wrong with it. */
function spelling({ interaction, marking }: Question, index: number, text: string): string {
  if (!marking?.typos) return "";
  const accepted = interaction.correct.map((texts) => texts[index] ?? "");
  const meant = (typos: number): string | undefined => accepted.find((one) => sameText(one, text, { ...marking, typos }));
  return meant(0) === undefined ? (meant(marking.typos) ?? "") : "";
}
