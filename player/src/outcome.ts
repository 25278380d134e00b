/**
 * What an answer is worth, and what the learner may still do and be told: pure functions of the question and its answer.
 */

import { isKept, type Test } from "./attempts";
import type { Question } from "./course";
import { grade } from "./grade";
import type { Answered, Outcome } from "./progress";
import type { SavedAnswer } from "./state";

/** 0 to 1, and whether it is right; null where nothing is right or wrong. */
export function marks(question: Question, { response }: Pick<SavedAnswer, "response">): Pick<Outcome, "score" | "correct"> {
  const score = grade(question, response);
  return { score, correct: score === null ? null : score === 1 };
}

/** An answered practice question. */
export function practised(question: Question, answer: SavedAnswer): Answered {
  const marked = marks(question, answer);
  const triesLeft = question.tries === 0 ? null : Math.max(0, question.tries - answer.tries);
  // A case can be walked through again in other ways, however well it went.
  const over = marked.correct === true && question.interaction.kind !== "performance";
  return { ...answer, ...marked, triesLeft, locked: triesLeft === 0 || over, revealed: true };
}

/** An answered question of a test, of which an attempt is running or not. */
export function tested(question: Question, answer: SavedAnswer, { assessment: { feedback } }: Test, running: boolean): Answered {
  const locked = !running || feedback === "after-each" || isKept(answer);
  const revealed = feedback === "after-each" || (feedback === "at-end" && !running);
  return { ...answer, ...marks(question, answer), triesLeft: locked ? 0 : null, locked, revealed };
}

/** A question without an answer: what the learner may do. `asked`: by the running paper of its test; null: it is practice. */
export function unanswered(question: Question, asked: boolean | null): Outcome {
  const nothing = { score: null, correct: null, revealed: false };
  if (asked === null) return { ...nothing, triesLeft: question.tries === 0 ? null : question.tries, locked: false };
  return { ...nothing, triesLeft: asked ? null : 0, locked: !asked };
}
