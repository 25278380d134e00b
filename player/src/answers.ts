/**
 * One answer as bits and back: how often it was answered, then the response in a form of its kind. What stands last
 * takes what is left of the answer's bits, so that nothing needs a length of its own that does not have to.
 */

import { BitReader, BitWriter } from "./bits";
import type { Course, Question, Response } from "./course";
import { canonical, components, pair, targets, utf8, type Numbered } from "./response";
import type { SavedAnswer } from "./state";

const DIGITS = "0123456789.,-+eE";

const encoded = new WeakMap<SavedAnswer, { readonly question: Question; readonly bits: BitWriter }>();

/** The bits of an answer. An answer never changes, so they are made once. */
export function encodeAnswer(question: Question, answer: SavedAnswer, withoutTexts: boolean): BitWriter {
  if (withoutTexts && question.interaction.kind === "long-fill-in") return new BitWriter().number(answer.tries, 2);
  const known = encoded.get(answer);
  if (known?.question === question) return known.bits;
  const bits = answerBits(question, answer);
  encoded.set(answer, { question, bits });
  return bits;
}

function answerBits(question: Question, { tries, response }: SavedAnswer): BitWriter {
  const bits = new BitWriter().number(tries, 2);
  if (response.length === 0) return bits;
  const known = components(question);
  switch (question.interaction.kind) {
    case "true-false":
      return bits.flag(response[0] === "true");
    case "choice":
      return bits.append(shorter(listed(numbersOf(response, known)), masked(numbersOf(response, known))));
    case "likert":
    case "sequencing":
      return bits.append(listed(numbersOf(response, known)));
    case "matching":
      for (const item of response) {
        const [first, second] = pair(item);
        bits.append(listed([...numbersOf([first], known), ...numbersOf([second], targets(question))]));
      }
      return bits;
    case "performance":
      for (const item of response) putStep(bits, item, known);
      return bits;
    case "numeric": {
      const text = response[0] ?? "";
      const plain = [...text].every((character) => DIGITS.includes(character));
      bits.flag(plain);
      if (plain) for (const character of text) bits.put(DIGITS.indexOf(character), 4);
      else putText(bits, text);
      return bits;
    }
    default:
      for (const text of response) putText(bits, text);
      return bits;
  }
}

/** null where the bits do not make an answer to this question. */
export function decodeAnswer(course: Course, question: Question, bits: BitReader): SavedAnswer | null {
  const tries = bits.number(2);
  const known = components(question);
  const response = bits.left <= 0 ? [] : takeResponse(question, bits, known);
  const kept = canonical(course, question, response);
  // Tries without a response: a text that was shed. Anything that was lost on the way is no answer.
  if (kept.length !== response.length) return null;
  return kept.length > 0 || (tries > 0 && question.interaction.kind === "long-fill-in") ? { response: kept, tries } : null;
}

function takeResponse(question: Question, bits: BitReader, known: readonly Numbered[]): Response {
  const response: string[] = [];
  switch (question.interaction.kind) {
    case "true-false":
      return [bits.flag() ? "true" : "false"];
    case "choice":
      return bits.flag() ? unmasked(bits, known) : unlisted(bits, known);
    case "likert":
    case "sequencing":
      return unlisted(bits, known);
    case "matching":
      while (bits.left > 0) response.push(`${keyOf(bits.number(3), known)}.${keyOf(bits.number(3), targets(question))}`);
      return response;
    case "performance":
      while (bits.left > 0) response.push(takeStep(bits, known));
      return response;
    case "numeric": {
      if (!bits.flag()) return [takeText(bits)];
      let text = "";
      while (bits.left > 0) text += DIGITS[bits.take(4)];
      return [text];
    }
    default:
      while (bits.left > 0) response.push(takeText(bits));
      return response;
  }
}

function numbersOf(keys: readonly string[], known: readonly Numbered[]): readonly number[] {
  return keys.map((key) => known.find((item) => item.key === key)?.number ?? 0);
}

function keyOf(number: number, known: readonly Numbered[]): string {
  return known.find((item) => item.number === number)?.key ?? "";
}

function listed(numbers: readonly number[]): BitWriter {
  const bits = new BitWriter();
  for (const number of numbers) bits.number(number, 3);
  return bits;
}

function unlisted(bits: BitReader, known: readonly Numbered[]): Response {
  const keys: string[] = [];
  while (bits.left > 0) keys.push(keyOf(bits.number(3), known));
  return keys;
}

function masked(numbers: readonly number[]): BitWriter {
  const bits = new BitWriter();
  for (let number = 1; number <= Math.max(...numbers); number += 1) bits.flag(numbers.includes(number));
  return bits;
}

function unmasked(bits: BitReader, known: readonly Numbered[]): Response {
  const numbers = new Set<number>();
  for (let number = 1; bits.left > 0; number += 1) if (bits.flag()) numbers.add(number);
  const keys = known.filter((item) => numbers.has(item.number)).map((item) => item.key);
  return [...keys, ...[...numbers].slice(keys.length).map(() => "")];
}

/** A list for few of many, a mask for many of few; one bit says which. */
function shorter(list: BitWriter, mask: BitWriter): BitWriter {
  const useMask = mask.length < list.length;
  return new BitWriter().flag(useMask).append(useMask ? mask : list);
}

/** A step and its answer; an answer of one letter or digit, the usual case, takes six bits. */
function putStep(bits: BitWriter, item: string, known: readonly Numbered[]): void {
  const [step, answer] = pair(item);
  const short = /^[0-9a-z]$/.test(answer);
  bits.append(listed(numbersOf([step], known))).flag(!short);
  if (short) bits.put(parseInt(answer, 36), 6);
  else putText(bits, answer);
}

function takeStep(bits: BitReader, known: readonly Numbered[]): string {
  const step = keyOf(bits.number(3), known);
  return `${step}.${bits.flag() ? takeText(bits) : bits.take(6).toString(36)}`;
}

function putText(bits: BitWriter, text: string): void {
  const bytes = utf8(text);
  bits.number(bytes.length, 5);
  for (const byte of bytes) bits.put(byte, 8);
}

function takeText(bits: BitReader): string {
  const length = Math.min(bits.number(5), Math.floor(bits.left / 8));
  return new TextDecoder().decode(Uint8Array.from({ length }, () => bits.take(8)));
}
