/**
 * The payload: what the player knows of a course. Python's scormkit/render/payload.py writes it as JSON into
 * `<script type="application/json" id="course">`; the words, feedback and pictures are in the HTML around it.
 */

export interface Course {
  readonly schema: 1;
  /** Permanent IRI; xAPI ids and the key of the local copy hang on it. */
  readonly id: string;
  readonly title: string;
  readonly version: string;
  readonly language: string;
  readonly pages: readonly Page[];
  readonly questions: readonly Question[];
  /** Of which a share has to be played before their page is done; default: none. */
  readonly recordings?: readonly Recording[];
  readonly objectives: readonly Objective[];
  readonly completion: Completion;
  readonly navigation: "free" | "in-order";
  readonly limits: Limits;
  /** What the hosts of the course's profiles want; every field has a default that holds on all of them. */
  readonly host?: Host;
  /** What the player says to learners, by key; `{name}` is filled in. From scormkit/locales/. */
  readonly words: Readonly<Record<string, string>>;
  /** What it says in the other languages of its package. */
  readonly translations?: readonly Translation[];
}

/** The texts of a course in another language, all in the order of the course; ids, numbers and what is right are the same. */
export interface Translation {
  readonly language: string;
  readonly title: string;
  /** Title and section of each page, and the titles of a test's own sections. */
  readonly pages: readonly (readonly string[])[];
  /** What learners confirm, where they declare the course complete. */
  readonly statement?: string;
  readonly objectives: readonly string[];
  readonly questions: readonly ({ readonly description: string } & Readonly<Partial<Record<Part, readonly string[]>>>)[];
  readonly words: Readonly<Record<string, string>>;
}

/** Where an interaction names what can be answered. */
export type Part = "choices" | "scale" | "source" | "target" | "steps";

export interface Page {
  readonly id: string;
  /** Stable number in saved progress (course.lock). */
  readonly number: number;
  readonly title: string;
  readonly section: string;
  /** `pretest`: an offer to skip what one knows; it does not count. */
  readonly type: "page" | "assessment" | "pretest";
  /** Ids of its questions in the authored order. */
  readonly questions: readonly string[];
  readonly objectives: readonly string[];
  /** How it is taken and marked, where it is an assessment or a pre-test. */
  readonly assessment?: Assessment;
  /** All of it must have happened for the page to open. */
  readonly unlock?: readonly Need[];
  /** All of these answers must have been given for the page to be part of this learner's course. */
  readonly showIf?: readonly Wanted[];
  /** Need not be done: it does not count for completion. */
  readonly optional?: boolean;
  /** Active seconds that it takes at least for the page to be done. */
  readonly minTime?: number;
}

export interface Need {
  readonly kind: "done" | "passed" | "answered" | "right";
  /** The pages that must be done or passed, or the page that the question is on. */
  readonly pages: readonly string[];
  /** Title of the section whose pages they are all of. */
  readonly section?: string;
  readonly question?: string;
  /** Per cent that is enough to pass; default: the pass mark. */
  readonly score?: number;
}

/** An answer to an earlier practice question: any of these keys, or one that is right or is not. */
export interface Wanted {
  readonly question: string;
  readonly answers?: readonly string[];
  readonly right?: boolean;
}

export interface Recording {
  /** Its path in the package: the same wherever it stands. */
  readonly id: string;
  /** Stable number in saved progress (course.lock). */
  readonly number: number;
  readonly page: string;
  /** Per cent. */
  readonly share: number;
}

export interface Assessment {
  /** Per cent of the points that passes. */
  readonly passMark: number;
  /** It is the host's, not the course's own; only the player sets this. */
  readonly hostMark?: boolean;
  /** 0: as often as the learner likes. */
  readonly attempts: number;
  readonly score: "best" | "latest";
  /** How many questions a paper has; null: all. */
  readonly draw: number | null;
  readonly shuffleQuestions: boolean;
  readonly shuffleOptions: boolean;
  readonly feedback: "after-each" | "at-end" | "never";
  readonly review: boolean;
  /** Parts with draws, marks and weights of their own; each question belongs to one of them. */
  readonly sections?: readonly Section[];
  /** What it counts for among the course's assessments; default: its points. */
  readonly weight?: number;
  /** `missed`: further attempts ask only what was not right, in a new order; default: everything again. */
  readonly retake?: "missed";
  /** Seconds from the end of an attempt until the next one may begin, at most a day. */
  readonly wait?: number;
  /** Seconds that an attempt may take; the learner can have more, or none of it. */
  readonly timeLimit?: number;
  /** Of a pre-test without sections that say it: the pages that need not be read by who passes. */
  readonly covers?: readonly string[];
}

export interface Section {
  readonly title: string;
  readonly questions: readonly string[];
  /** How many of them a paper has; null: all. */
  readonly draw: number | null;
  /** Per cent of its points that it takes to pass the whole; null: none. */
  readonly passMark: number | null;
  /** What it counts for in the score; null in all sections: its points; null in some: 1. */
  readonly weight: number | null;
  /** Of a pre-test: the pages that need not be read by who reaches the mark. */
  readonly covers?: readonly string[];
}

/** The closed vocabulary that the standards share. */
export type Kind =
  | "true-false" | "choice" | "fill-in" | "long-fill-in" | "matching"
  | "performance" | "sequencing" | "likert" | "numeric" | "other";

export interface Question {
  readonly id: string;
  readonly number: number;
  /** Grows when a change makes earlier answers meaningless; an answer saved under another revision is dropped. */
  readonly revision: number;
  /** The directive's name: which widget it gets. */
  readonly type: string;
  readonly page: string;
  readonly points: number;
  /** Counts towards a score. Questions outside assessments are practice whatever it says. */
  readonly graded: boolean;
  /** 0: as often as the learner likes. In an assessment the attempts of the assessment count instead. */
  readonly tries: number;
  readonly shuffle: boolean;
  readonly scoring: "exact" | "partial" | "per-option" | "none";
  readonly objectives: readonly string[];
  /** The learner is asked how sure they are. */
  readonly confidence?: boolean;
  /** How typed answers are compared; default: whatever the case, spelt exactly. */
  readonly marking?: Marking;
  /** Whether what learners write in their own words may be reported (T53); default: no. */
  readonly reportText?: boolean;
  /** What each `step.answer` of a performance is worth, 0 to 1; those that are not named do not count. */
  readonly worth?: Readonly<Record<string, number>>;
  /** The question on an earlier page that this one asks once more. */
  readonly again?: string;
  /** What can be chosen, in the authored order. */
  readonly options: readonly Option[];
  readonly interaction: Interaction;
}

export interface Option {
  /** Authored letter, as reports show it. */
  readonly key: string;
  /** Stable number in saved progress. */
  readonly number: number;
}

/** See scormkit/model/question.py for the meaning of each kind's items. */
export interface Interaction {
  readonly kind: Kind;
  readonly description: string;
  readonly correct: readonly Response[];
  readonly choices?: readonly Component[];
  readonly scale?: readonly Component[];
  readonly source?: readonly Component[];
  readonly target?: readonly Component[];
  readonly steps?: readonly Component[];
}

export interface Component {
  readonly key: string;
  readonly text: string;
  /** Stable number in saved progress; default: its place, counted from 1. */
  readonly number?: number;
}

/** How typed answers are compared with the accepted ones. */
export interface Marking {
  /** Whether capitals matter. */
  readonly case?: boolean;
  /** How many characters may be wrong, missing or too many. */
  readonly typos?: number;
  /** Regular expressions, one for each gap (or one for all), that the whole answer may match instead. */
  readonly patterns?: readonly string[];
}

/** What a learner answered: component keys, `source.target` pairs, one text, one number, `true` or `false`. */
export type Response = readonly string[];

export interface Objective {
  readonly id: string;
  readonly text: string;
  /** What shows that it is met; default: assessments where one asks about it, else pages. */
  readonly metBy?: "assessment" | "practice" | "pages";
  /** Per cent of the points of its practice questions that meets it, where they do. */
  readonly passMark?: number;
  /** Stable number in saved progress; default: its place, counted from 1. */
  readonly number?: number;
}

export interface Completion {
  readonly rule: "pages" | "assessment" | "pages-and-assessment" | "manual";
  /** How many of the pages that count must be done. */
  readonly pages: number;
  /** Where not all learners have the same pages: how many per cent of theirs, instead. */
  readonly share?: number;
  /** What learners confirm (rule `manual`). */
  readonly statement?: string;
}

export interface Limits {
  /** Characters of saved state that every host of the course's profiles takes. */
  readonly state: number;
  /** Characters of an answer in a report. */
  readonly response: number;
  /** UTF-8 bytes of a typed answer that saved progress keeps; default 48. */
  readonly text?: number;
}

/** Hosts' wishes where the standard leaves a choice; from the target profile. */
export interface Host {
  /** SCORM 1.2 `cmi.core.exit` once the course is finished; default `` (nothing): some hosts roll up only then. */
  readonly exitWhenFinished?: "" | "suspend";
  /**
   * The values of `cmi.core.lesson_status` that work there; default: all. Without `passed` a passed course is reported as
   * completed, without `failed` a failed one stays incomplete (T22).
   */
  readonly statuses?: readonly ("incomplete" | "failed" | "completed" | "passed")[];
  /** The element of SCORM 1.2 with the host's own pass mark, where it can be trusted (T25); default: it is not read. */
  readonly mastery?: string;
  /** Whether numbers below zero may be reported as numeric answers; default: no (they go as fill-in). */
  readonly negativeNumbers?: boolean;
}
