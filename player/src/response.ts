/**
 * What a learner's response may hold, by kind of interaction: components as they stand in the course, stable numbers
 * for saved progress, and how long a text may be.
 */

import type { Component, Course, Question, Response } from "./course";

const TEXT_BYTES = 48;
export const NUMBER_BYTES = 16;
const LONG_TEXT_BYTES = 2000;

/** What can be named in a response, with its stable number. Sources and steps come first in a pair. */
export interface Numbered {
  readonly key: string;
  readonly number: number;
}

function numbered(components: readonly Component[] | undefined, question: Question): readonly Numbered[] {
  return (components ?? []).map((component, index) => ({
    key: component.key,
    number:
      component.number ?? question.options.find((option) => option.key === component.key)?.number ?? index + 1,
  }));
}

interface Named {
  readonly firsts: readonly Numbered[];
  readonly seconds: readonly Numbered[];
}

const named = new WeakMap<Question, Named>();

function namedBy(question: Question): Named {
  const known = named.get(question);
  if (known !== undefined) return known;
  const { kind, choices, scale, source, target, steps } = question.interaction;
  const lists = { likert: scale ?? choices, matching: source, performance: steps };
  const firsts = kind in lists ? lists[kind as keyof typeof lists] : choices;
  const made = { firsts: numbered(firsts, question), seconds: numbered(target, question) };
  named.set(question, made);
  return made;
}

/** The components that a response lists (choice, sequencing, likert) or that a pair begins with (matching, performance). */
export function components(question: Question): readonly Numbered[] {
  return namedBy(question).firsts;
}

/** What a matching pair ends with. */
export function targets(question: Question): readonly Numbered[] {
  return namedBy(question).seconds;
}

/** Splits `source.target` and `step.answer` at the first full stop. */
export function pair(item: string): readonly [string, string] {
  const at = item.indexOf(".");
  return at < 0 ? [item, ""] : [item.slice(0, at), item.slice(at + 1)];
}

/** UTF-8 bytes that one text of a response may have. Accepted answers always fit. */
function textLimit(course: Course, question: Question): number {
  if (question.interaction.kind === "long-fill-in") return LONG_TEXT_BYTES;
  if (question.interaction.kind === "numeric") return NUMBER_BYTES;
  const longest = Math.max(0, ...question.interaction.correct.flat().map((text) => utf8(text).length));
  return Math.max(course.limits.text ?? TEXT_BYTES, longest);
}

export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** `text` in NFC, on one line unless it is a long text, without control characters, cut to `bytes` between two characters. */
function tidy(text: string, bytes: number, long: boolean): string {
  const control = long ? /[\u0000-\u0009\u000b-\u001f\u007f]/g : /[\u0000-\u001f\u007f]+/g;
  const whole = new TextDecoder().decode(utf8(text)); // half a surrogate pair becomes U+FFFD
  const tidied = whole.normalize("NFC").replace(control, long ? "" : " ").trim();
  if (tidied.length * 3 <= bytes || utf8(tidied).length <= bytes) return tidied;
  let kept = "";
  let size = 0;
  for (const character of tidied) {
    size += utf8(character).length;
    if (size > bytes) break;
    kept += character;
  }
  return kept.trim();
}

/** How many texts a response of this question has at most: the gaps of a cloze, else one. */
export function gaps(question: Question): number {
  return Math.max(1, ...question.interaction.correct.map((accepted) => accepted.length));
}

/**
 * The response as the session keeps it: what the question does not know is dropped, choices stand in the authored
 * order, texts are tidied and cut. Empty where nothing was answered.
 */
export function canonical(course: Course, question: Question, response: Response): Response {
  const items = [...new Set(response)];
  const known = components(question);
  const firsts = new Set(known.map((component) => component.key));
  switch (question.interaction.kind) {
    case "true-false":
      return items.filter((item) => item === "true" || item === "false").slice(0, 1);
    case "choice":
      return known.map((component) => component.key).filter((key) => items.includes(key));
    case "likert":
      return items.filter((item) => firsts.has(item)).slice(0, 1);
    case "sequencing":
      return items.filter((item) => firsts.has(item));
    case "matching": {
      const seconds = new Set(targets(question).map((target) => target.key));
      return items.filter((item) => firsts.has(pair(item)[0]) && seconds.has(pair(item)[1]));
    }
    case "performance":
      return response
        .map((item) => {
          const [step, answer] = pair(item);
          return firsts.has(step) ? `${step}.${tidy(answer, textLimit(course, question), false)}` : "";
        })
        .filter((item) => item !== "")
        .slice(0, 255);
    default: {
      const limit = textLimit(course, question);
      const long = question.interaction.kind === "long-fill-in";
      const texts = response.slice(0, gaps(question)).map((text) => tidy(text, limit, long));
      return texts.some((text) => text !== "") ? texts : [];
    }
  }
}
