/**
 * What learners wrote in their own words stays theirs unless the question says otherwise (T53).
 */

import type { Question } from "../course";

/** Whether this question's answers must not be reported; that it was answered may be. */
export function isPrivate(question: Question): boolean {
  const { kind, correct } = question.interaction;
  const ownWords = kind === "long-fill-in" || ((kind === "fill-in" || kind === "other") && correct.length === 0);
  return ownWords && question.reportText !== true;
}
