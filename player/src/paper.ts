/**
 * Which questions an attempt asks and in which order things are shown (T43). Everything comes from the seed and from
 * stable numbers by ranking: a new version of the course that adds or drops a question leaves the others where they were.
 */

import { mix } from "./bits";
import type { Page, Question } from "./course";

const enum Draw {
  Questions = 1,
  Order = 2,
  Options = 3,
}

function ranked<T extends { readonly number: number }>(items: readonly T[], ...seed: readonly number[]): T[] {
  return [...items].sort((a, b) => mix(...seed, a.number) - mix(...seed, b.number) || a.number - b.number);
}

/**
 * The questions of an attempt (counted from 1) in the order to show, section by section. Attempts that ask again what was
 * missed all have the paper of the first, in an order of their own.
 */
export function paper(page: Page, questions: readonly Question[], seed: number, attempt: number): readonly Question[] {
  const { sections, draw = null, retake, shuffleQuestions } = page.assessment ?? {};
  const parts = sections?.map((part) => [questions.filter(({ id }) => part.questions.includes(id)), part.draw] as const);
  const drawn = retake === "missed" ? 1 : attempt;
  return (parts ?? [[questions, draw] as const]).flatMap(([pool, count]) => {
    const kept = new Set(ranked(pool, seed, Draw.Questions, page.number, drawn).slice(0, count ?? pool.length));
    const asked = pool.filter((question) => kept.has(question));
    const mixed = shuffleQuestions === true || drawn < attempt;
    return mixed ? ranked(asked, seed, Draw.Order, page.number, attempt) : asked;
  });
}

/**
 * Option keys in the order to show. What is to be put in order is never shown in the right one; of what is to be matched
 * neither the items nor their matches are ever shown as authored, where each stands with its like.
 */
export function optionOrder(question: Question, shuffle: boolean, seed: number, attempt: number): readonly string[] {
  const { kind, correct, source = [] } = question.interaction;
  const authored = question.options.map((option) => option.key);
  if (!shuffle && kind !== "sequencing" && kind !== "matching") return authored;
  const keys = ranked(question.options, seed, Draw.Options, question.number, attempt).map((option) => option.key);
  if (kind === "sequencing") return notAs(correct, keys);
  if (kind !== "matching") return keys;
  const items = new Set(source.map((item) => item.key));
  const sides = [(key: string) => items.has(key), (key: string) => !items.has(key)];
  return sides.flatMap((side) => notAs([authored.filter(side)], keys.filter(side)));
}

/** The keys in this order, or, where it is one that tells something, with the first at the end. */
export function notAs(telling: readonly (readonly string[])[], keys: readonly string[]): readonly string[] {
  return telling.some((order) => order.join() === keys.join()) ? [...keys.slice(1), ...keys.slice(0, 1)] : keys;
}
