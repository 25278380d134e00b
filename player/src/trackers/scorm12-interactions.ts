/**
 * One answer as SCORM 1.2 interaction elements (RTE 3.4.5, CMIFeedback). Only single letters and digits name options;
 * the wording is in the code book (T30, T32).
 */

import type { Course, Question, Response } from "../course";
import { toNumber } from "../grade";
import type { AnsweredEntry } from "../session";
import { decimal, localTime, plainNumber, timespan } from "./notation";
import { isPrivate } from "./privacy";
import type { Moment } from "./tracker";

type Element = readonly [name: string, value: string];

/** CMIString255 and the columns of hosts. */
const LONGEST = 255;
const MOST_CHOICES = 26;
const KEY = /^[a-z0-9]$/;
const PAIR = /^[a-z0-9]\.[a-z0-9]$/;

/** Element names below `cmi.interactions.n.` with their values, `id` first and `type` before what depends on it. */
export function interactionElements(course: Course, entry: AnsweredEntry, at: Moment): readonly Element[] {
  const { question } = entry;
  const type = typeOf(course, question, entry.response);
  const longest = Math.min(LONGEST, course.limits.response);
  const elements: Element[] = [
    ["id", question.id.slice(0, LONGEST)],
    ["type", type],
  ];
  const right = question.interaction.correct[0];
  const pattern = right === undefined ? "" : feedback(type, right, longest);
  if (pattern !== "") elements.push(["correct_responses.0.pattern", pattern]);
  const given = isPrivate(question) ? "" : feedback(type, entry.response, longest);
  if (given !== "") elements.push(["student_response", given]);
  elements.push(["result", resultOf(entry)], ["time", localTime(at.time)]);
  if (entry.seconds !== null) elements.push(["latency", timespan(entry.seconds)]);
  return elements;
}

/** The question's own type where its answers can be written in that type's notation, else the one that takes any text. */
function typeOf(course: Course, question: Question, response: Response): string {
  const { kind, correct } = question.interaction;
  const all = [...correct, response];
  const every = (pattern: RegExp) => all.flat().every((item) => pattern.test(item));
  switch (kind) {
    case "choice":
      return every(KEY) && all.every((items) => items.length <= MOST_CHOICES) ? kind : "performance";
    case "sequencing":
      return every(KEY) ? kind : "performance";
    case "matching":
      return every(PAIR) ? kind : "performance";
    case "numeric": {
      const value = toNumber(response[0] ?? "");
      return value !== null && (value >= 0 || course.host?.negativeNumbers === true) ? kind : "fill-in";
    }
    case "true-false":
    case "likert":
    case "performance":
      return kind;
    default:
      return "fill-in";
  }
}

/** A response or pattern in the notation of its type; empty where it has none. */
function feedback(type: string, response: Response, longest: number): string {
  switch (type) {
    case "true-false":
      return (response[0] ?? "").slice(0, 1);
    case "numeric": {
      const value = toNumber(response[0] ?? "");
      const text = value === null ? "" : plainNumber(value);
      return text.length > longest ? "" : text; // less of its digits would be another number
    }
    case "choice":
    case "sequencing":
    case "matching":
      return wholeItems(response, longest);
    default:
      return cut(response.join(",").replace(/\s+/g, " ").trim(), longest);
  }
}

/** As many items as fit: half an item would be a wrong answer. */
function wholeItems(items: Response, longest: number): string {
  let text = "";
  for (const item of items) {
    const longer = text === "" ? item : `${text},${item}`;
    if (longer.length > longest) break;
    text = longer;
  }
  return text;
}

/** Never half a character. */
function cut(text: string, longest: number): string {
  const end = /[\ud800-\udbff]/.test(text[longest - 1] ?? "") ? longest - 1 : longest;
  return text.length <= longest ? text : text.slice(0, end);
}

function resultOf(entry: AnsweredEntry): string {
  if (entry.score === null) return "neutral";
  if (entry.score === 1) return "correct";
  return entry.score === 0 ? "wrong" : decimal(entry.score);
}
