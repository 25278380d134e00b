/**
 * A course in one of its languages: the same pages, questions, ids and numbers with other words.
 */

import type { Component, Course, Interaction, Page, Part, Question, Translation } from "./course";

export const PARTS: readonly Part[] = ["choices", "scale", "source", "target", "steps"];

/** The course as it is written and in its other languages. */
export function versions(course: Course): readonly Course[] {
  return [course, ...(course.translations ?? []).map((translation) => spoken(course, translation))];
}

function spoken(course: Course, translation: Translation): Course {
  const { language, title, words, statement } = translation;
  const sections = new Map(course.pages.map(({ section }, at) => [section, translation.pages[at]?.[1] ?? section]));
  return {
    ...course,
    language,
    title,
    words,
    pages: course.pages.map((page, at) => named(page, translation.pages[at] ?? [], sections)),
    completion: { ...course.completion, ...(statement && { statement }) },
    objectives: course.objectives.map((objective, at) => ({ ...objective, text: translation.objectives[at] ?? objective.text })),
    questions: course.questions.map((question, at) => asked(question, translation.questions[at])),
  };
}

/** A page with the titles of a translation: its own, that of its section, and those of a test's sections. */
function named(page: Page, [title, section, ...parts]: readonly string[], sections: ReadonlyMap<string, string>): Page {
  const { assessment, unlock } = page;
  return {
    ...page,
    title: title ?? page.title,
    section: section ?? page.section,
    ...(assessment?.sections && {
      assessment: { ...assessment, sections: assessment.sections.map((part, at) => ({ ...part, title: parts[at] ?? part.title })) },
    }),
    ...(unlock && { unlock: unlock.map((need) => ({ ...need, ...(need.section && { section: sections.get(need.section) ?? need.section }) })) }),
  };
}

function asked(question: Question, said: Translation["questions"][number] | undefined): Question {
  if (!said) return question;
  const told: Partial<Record<Part, readonly Component[]>> = {};
  for (const part of PARTS) {
    const components = question.interaction[part];
    if (components) told[part] = components.map((component, at) => ({ ...component, text: said[part]?.[at] ?? component.text }));
  }
  const interaction: Interaction = { ...question.interaction, ...told, description: said.description };
  return { ...question, interaction };
}
