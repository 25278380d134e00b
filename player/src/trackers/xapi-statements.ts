/**
 * Journal entries as xAPI 1.0.3 statements. Activity ids are IRIs below the course's own, without its version, which is
 * the context's `revision` (T50); only what the launch gave names the learner (T53).
 */

import type { Course, Interaction, Part, Question, Response } from "../course";
import { toNumber } from "../grade";
import { PARTS, versions } from "../speaking";
import type { AnsweredEntry, JournalEntry } from "../session";
import { duration, plainNumber } from "./notation";
import { isPrivate } from "./privacy";
import type { Launched } from "./xapi-launch";
import type { Moment } from "./tracker";

export type Statement = Readonly<Record<string, unknown>> & { readonly id: string };
type Properties = Readonly<Record<string, unknown>>;

/** What a session has besides its journal: begun, taken up again, left, ended. */
export type Stage = "initialized" | "resumed" | "suspended" | "terminated";

const VERBS = "http://adlnet.gov/expapi/verbs/";
const TYPES = "http://adlnet.gov/expapi/activities/";

export class StatementWriter {
  private readonly versions: readonly Course[];

  /** `language` says which one the learner reads, where the course has several. */
  constructor(
    private readonly course: Course,
    private readonly launch: Launched,
    private readonly language = (): string => course.language,
  ) {
    this.versions = versions(course);
  }

  stage(stage: Stage, id: string, at: Moment): Statement {
    const result = stage === "initialized" || stage === "resumed" ? {} : { result: { duration: duration(at.seconds) } };
    return this.statement(stage, id, at, this.courseActivity(), result);
  }

  entry(entry: JournalEntry, id: string, at: Moment): Statement {
    switch (entry.kind) {
      case "answered":
        return this.answered(entry, id, at);
      case "experienced":
        return this.statement("experienced", id, at, this.pageActivity(entry.page), {}, [this.launch.activityId]);
      case "attempted": {
        const result = { completion: true, success: entry.passed, score: percent(entry.score) };
        return this.statement("attempted", id, at, this.pageActivity(entry.page), { result }, [this.launch.activityId]);
      }
      case "completed":
        return this.statement("completed", id, at, this.courseActivity(), {
          result: { completion: true, duration: duration(at.seconds) },
        });
      default: {
        const score = entry.score === null ? {} : { score: percent(entry.score) };
        const result = { success: entry.kind === "passed", ...score, duration: duration(at.seconds) };
        return this.statement(entry.kind, id, at, this.courseActivity(), { result });
      }
    }
  }

  private answered(entry: AnsweredEntry, id: string, at: Moment): Statement {
    const { question } = entry;
    const response = isPrivate(question) ? {} : { response: pattern(question, entry.response) };
    const marks = entry.score === null ? {} : { score: { scaled: round(entry.score) }, success: entry.correct === true };
    const sure = entry.confidence === undefined ? {} : { extensions: { [this.iri("extension", "confidence")]: entry.confidence } };
    const time = entry.seconds === null ? {} : { duration: duration(entry.seconds) };
    const objectives = question.objectives.map((objective) => this.iri("objective", objective));
    return this.statement(
      "answered",
      id,
      at,
      this.questionActivity(question),
      { result: { ...response, ...marks, ...time, ...sure } },
      [this.iri("page", question.page)],
      [this.launch.activityId],
      objectives,
    );
  }

  private statement(
    verb: string,
    id: string,
    at: Moment,
    object: Properties,
    more: Properties,
    parents: readonly string[] = [],
    groups: readonly string[] = [],
    others: readonly string[] = [],
  ): Statement {
    const { actor, registration, grouping, platform } = this.launch;
    const contextActivities = {
      ...activities("parent", parents),
      ...activities("grouping", grouping === "" ? groups : [...groups, grouping]),
      ...activities("other", others),
    };
    return {
      id,
      actor,
      verb: { id: VERBS + verb, display: { en: verb } },
      object,
      ...more,
      context: {
        ...(registration === "" ? {} : { registration }),
        revision: this.course.version,
        platform,
        language: this.language(),
        ...(Object.keys(contextActivities).length === 0 ? {} : { contextActivities }),
      },
      timestamp: new Date(at.time).toISOString(),
    };
  }

  private iri(kind: "page" | "question" | "objective" | "extension", id: string): string {
    return `${this.course.id.replace(/\/+$/, "")}/${kind}/${id}`;
  }

  /** A text of the course in all of its languages. */
  private said(text: (course: Course) => string): Properties {
    return Object.fromEntries(this.versions.map((course) => [course.language, text(course)]));
  }

  private courseActivity(): Properties {
    return activity(this.launch.activityId, { type: `${TYPES}course`, name: this.said(({ title }) => title) });
  }

  private pageActivity(id: string): Properties {
    const at = this.course.pages.findIndex((one) => one.id === id);
    const type = this.course.pages[at]?.assessment !== undefined ? "assessment" : "module";
    return activity(this.iri("page", id), { type: TYPES + type, name: this.said(({ pages }) => pages[at]?.title ?? id) });
  }

  /** xAPI Data 2.4.4.1, Interaction Activities. */
  private questionActivity(question: Question): Properties {
    const { interaction, id } = question;
    const place = this.course.questions.findIndex((one) => one.id === id);
    const told = ({ questions }: Course): Interaction => questions[place]?.interaction ?? interaction;
    const description = (course: Course): string => told(course).description || id;
    const list = (part: Part): Properties => {
      const components = interaction[part] ?? [];
      if (components.length === 0) return {};
      return { [part]: components.map(({ key, text }, at) => ({ id: key, description: this.said((course) => (told(course)[part]?.[at]?.text ?? text) || key) })) };
    };
    const correct = interaction.correct.map((accepted) => caseOf(question) + pattern(question, accepted));
    return activity(this.iri("question", id), {
      type: `${TYPES}cmi.interaction`,
      name: this.said((course) => shortened(description(course))),
      description: this.said(description),
      interactionType: interaction.kind,
      ...(correct.length === 0 ? {} : { correctResponsesPattern: correct }),
      ...Object.assign({}, ...PARTS.map(list)),
    });
  }
}

function activity(id: string, definition: Properties): Properties {
  return { objectType: "Activity", id, definition };
}

function activities(name: string, ids: readonly string[]): Properties {
  return ids.length === 0 ? {} : { [name]: ids.map((id) => ({ objectType: "Activity", id })) };
}

/** xAPI Data 2.4.4.1, Characterstring parameters: capitals do not matter unless it is said. */
function caseOf({ interaction, marking }: Question): string {
  return interaction.kind === "fill-in" && marking?.case === true ? "{case_matters=true}" : "";
}

/** A response or an accepted one in xAPI's notation (Data 2.4.4.1, Response Patterns). */
function pattern(question: Question, items: Response): string {
  switch (question.interaction.kind) {
    case "matching":
    case "performance":
      return items.map((item) => item.replace(".", "[.]")).join("[,]");
    case "numeric":
      return numeric(items[0] ?? "");
    default:
      return items.join("[,]");
  }
}

/** A number, or the ends of a range, without the comma that learners may have typed. */
function numeric(text: string): string {
  const value = toNumber(text);
  return value === null ? text.replace(":", "[:]") : plainNumber(value);
}

function percent(score: number): Properties {
  return { scaled: round(score / 100), raw: score, min: 0, max: 100 };
}

function round(value: number): number {
  return Math.round(value * 10000) / 10000;
}

function shortened(text: string): string {
  return text.length <= 200 ? text : `${text.slice(0, 199).trimEnd()}…`;
}
