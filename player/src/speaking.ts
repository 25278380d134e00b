/**
 * A course in one of its languages: the same pages, questions, ids and numbers with other words.
 */

import type { Component, Course, Interaction, Part, Question, Translation } from "./course";

export const PARTS: readonly Part[] = ["choices", "scale", "source", "target", "steps"];

/** The course as it is written and in its other languages. */
export function versions(course: Course): readonly Course[] {
  return [course, ...(course.translations ?? []).map((translation) => spoken(course, translation))];
}

function spoken(course: Course, translation: Translation): Course {
  const { language, title, words } = translation;
  return {
    ...course,
    language,
    title,
    words,
    pages: course.pages.map((page, at) => ({ ...page, title: translation.pages[at]?.[0] ?? page.title, section: translation.pages[at]?.[1] ?? page.section })),
    objectives: course.objectives.map((objective, at) => ({ ...objective, text: translation.objectives[at] ?? objective.text })),
    questions: course.questions.map((question, at) => asked(question, translation.questions[at])),
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
