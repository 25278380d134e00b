/**
 * What the learner did: taken out of saved progress, changed by the Session alone (T01), and put into saved progress again.
 * What follows from it is not kept here.
 */

import { attemptsAt, hasPassed, isTest, reopened, type Test } from "./attempts";
import type { Course, Page, Question, Response } from "./course";
import type { SavedAnswer, SavedAttempts, SavedState } from "./state";
import { table } from "./table";

/** What is looked up about a course again and again. */
export interface Index {
  readonly pages: ReadonlyMap<string, Page>;
  readonly questions: ReadonlyMap<string, Question>;
  readonly tests: ReadonlyMap<string, Test>;
}

export function indexOf({ pages, questions }: Course): Index {
  return {
    pages: new Map(pages.map((page) => [page.id, page])),
    questions: new Map(questions.map((question) => [question.id, question])),
    tests: new Map(pages.filter(isTest).map((page) => [page.id, page])),
  };
}

export class Deeds {
  readonly opened: Set<string>;
  readonly done: Set<string>;
  /** Pages that a pre-test showed to be known: they count as done. */
  readonly known: Set<string>;
  readonly attempts: Map<string, SavedAttempts>;
  readonly answers: Map<string, SavedAnswer>;
  /** What has been begun and not yet given: saved as an answer without a try. */
  readonly drafts: Map<string, Response>;
  readonly objectives: Map<string, number>;
  /** Active seconds on pages that ask for some time. */
  readonly times: Map<string, number>;
  readonly played: Map<string, number>;
  /** The page where the learner is; an empty text before the first. */
  place: string;
  /** Completion rule `manual`: the learner has said that the course is finished. */
  declared: boolean;
  /** How many answers have been reported. */
  interactions: number;

  /** What the course no longer has is left out. `now`: seconds since 1970, for attempts whose time is over. */
  constructor(
    private readonly index: Index,
    saved: SavedState,
    now: number,
  ) {
    const { pages, questions, tests } = index;
    const of = <T>(values: Readonly<Record<string, T>> = {}, known: { has(id: string): boolean }) => Object.entries(values).filter(([id]) => known.has(id));
    const answers = of(saved.answers, questions);
    this.opened = new Set(saved.opened.filter((id) => pages.has(id)));
    this.done = new Set(saved.done.filter((id) => pages.has(id)));
    this.known = new Set(saved.known?.filter((id) => pages.has(id)));
    this.attempts = new Map(of(saved.attempts, tests).map(([id, one]) => [id, reopened(one, now)]));
    this.answers = new Map(answers.filter(([, { tries }]) => tries > 0));
    this.drafts = new Map(answers.filter(([, { tries }]) => tries === 0).map(([id, { response }]) => [id, response]));
    this.objectives = new Map(Object.entries(saved.objectives));
    this.times = new Map(of(saved.times, pages).filter(([id]) => pages.get(id)?.minTime !== undefined));
    this.played = new Map(Object.entries(saved.watched ?? {}));
    this.place = pages.has(saved.location) ? saved.location : "";
    ({ declared: this.declared, interactions: this.interactions } = saved);
  }

  /** As it is saved: pages in the course's order, and nothing of what there is nothing of. */
  get saved() {
    const inOrder = (some: ReadonlySet<string>) => [...this.index.pages.keys()].filter((id) => some.has(id));
    const { declared, interactions, place, drafts, answers, times, played, known } = this;
    return {
      declared,
      interactions,
      location: place,
      opened: inOrder(this.opened),
      done: inOrder(this.done),
      attempts: table(this.attempts),
      answers: table<SavedAnswer>([...[...drafts].map(([id, response]) => [id, { response, tries: 0 }] as const), ...answers]),
      objectives: table(this.objectives),
      ...(times.size > 0 && { times: table(times) }),
      ...(played.size > 0 && { watched: table(played) }),
      ...(known.size > 0 && { known: inOrder(known) }),
    };
  }

  isDone(page: string): boolean {
    return this.done.has(page) || this.known.has(page);
  }

  /** Pages that count as done. */
  get counted(): ReadonlySet<string> {
    return this.known.size === 0 ? this.done : new Set([...this.done, ...this.known]);
  }

  at(test: string): SavedAttempts {
    return attemptsAt(this.attempts, test);
  }

  /** Whether an attempt at a test has passed. */
  hasPassed(test: string): boolean {
    const page = this.index.tests.get(test);
    return page !== undefined && hasPassed(page, this.at(test));
  }

  /** Keeps the best score of an objective. */
  reach(objective: string, score: number): void {
    this.objectives.set(objective, Math.max(this.objectives.get(objective) ?? 0, score));
  }
}
