/**
 * What every question type's widget is: the DOM of one question's answers, and nothing else. It reads and shows
 * responses; it never grades or saves, and moves the focus only between its own parts. A new type is one module with a
 * `MakeWidget`, and one line in index.ts; its markup is scormkit/questions/<type>.html, inside the frame of
 * scormkit/render/templates/question.html.
 */

import type { Question, Response } from "../course";
import type { Say } from "../ui-words";

export interface Widget {
  /** What the learner has given; null while there is nothing that could be checked. */
  read(): Response | null;
  /** Puts a response into the controls; null empties them. */
  show(response: Response | null): void;
  /** Takes the controls out of the learner's hands, or gives them back. */
  lock(locked: boolean): void;
  /** Puts what can be chosen into this order (keys of `Question.options`). */
  order(keys: readonly string[]): void;
  /**
   * Says of a response, in words beside its parts, what was right and what was not. With `everything` also what would
   * have been right and was not given. `null` takes all marks away.
   */
  mark(response: Response | null, everything: boolean): void;
  /** The keys of the feedback (`[data-feedback]`) that belongs to a response, in the order to tell it, with what it is about. */
  feedback(response: Response): readonly About[];
  /** The control that a learner goes to first. */
  first(): HTMLElement | null;
  /** Why nothing can be read; without it nothing was chosen. Asked only where `read` gives null. */
  missing?(): Missing;
  /** Asks, by a key of the words, for what is left of an answer that can be read but not yet be checked; "" where nothing is. */
  unfinished?(): string;
  /** What has been begun, where there is more to do before it can be checked. */
  draft?(): Response;
  /** What the outcome is called, instead of right or not; "" for what it is called elsewhere. */
  title?(response: Response): string;
  /** What is told of a response before any feedback. */
  debrief?(response: Response): readonly HTMLElement[];
  /** Whoever tries again goes on from what is there, instead of from nothing. */
  readonly keeps?: boolean;
  /** What is there counts as an answer as soon as the learner leaves it: nothing is right or wrong, and nothing gets lost. */
  readonly saves?: boolean;
}

/** What is missing before an answer can be checked: a key of the words; `given` where something is there that is no answer. */
export interface Missing {
  readonly words: string;
  readonly given: boolean;
}

/** One piece of feedback: `key` of its `[data-feedback]`; `about` in words where a response has several parts, else "". */
export interface About {
  readonly key: string;
  readonly about: string;
}

/** `root` is the question's `<section>`. */
export type MakeWidget = (root: HTMLElement, question: Question, say: Say) => Widget;
