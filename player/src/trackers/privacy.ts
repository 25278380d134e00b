/**
 * What learners wrote in their own words stays theirs unless the course says otherwise (T53).
 */

import type { Course, Question } from "../course";

/** Whether this question's answers must not be reported; that it was answered may be. */
export function isPrivate(course: Course, question: Question): boolean {
  const { kind, correct } = question.interaction;
  const ownWords = kind === "long-fill-in" || ((kind === "fill-in" || kind === "other") && correct.length === 0);
  return ownWords && course.reportText !== true;
}
