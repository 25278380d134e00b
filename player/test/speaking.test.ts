import { expect, test } from "vitest";

import type { Course, Translation } from "../src/course";
import { merge } from "../src/merge";
import { Session } from "../src/session";
import { versions } from "../src/speaking";
import { decode, encode } from "../src/state";
import { tenPages } from "./courses";

const written = tenPages();
const welsh: Translation = {
  language: "cy",
  title: "Cwrs",
  pages: written.pages.map(({ id }) => [`Tudalen ${id}`, ""] as const),
  objectives: written.objectives.map(({ id }) => `Amcan ${id}`),
  questions: written.questions.map(({ id, interaction }) => ({
    description: `Cwestiwn ${id}`,
    ...(interaction.choices && { choices: interaction.choices.map(({ key }) => `Ateb ${key}`) }),
  })),
  words: { saving: "Yn cadw" },
};

test("a course without translations has one version", () => {
  expect(versions(written)).toEqual([written]);
});

test("another version has other words; ids, numbers and what is right are the same", () => {
  const [same, other] = versions({ ...written, translations: [welsh] });
  expect(same?.title).toBe(written.title);
  expect(other).toMatchObject({ language: "cy", title: "Cwrs", id: written.id, words: { saving: "Yn cadw" } });
  expect(other?.pages.map(({ id, number }) => [id, number])).toEqual(written.pages.map(({ id, number }) => [id, number]));
  expect(other?.pages[0]?.title).toBe(`Tudalen ${written.pages[0]?.id}`);
  for (const [at, question] of written.questions.entries()) {
    const spoken = other?.questions[at];
    expect(spoken?.interaction.description).toBe(`Cwestiwn ${question.id}`);
    expect(spoken?.interaction.correct).toEqual(question.interaction.correct);
    expect(spoken?.interaction.choices?.map(({ key }) => key)).toEqual(question.interaction.choices?.map(({ key }) => key));
  }
});

test("a session that speaks another language keeps what the learner did", () => {
  const all = { ...written, translations: [welsh] };
  const session = new Session(all, null, 7);
  const first = written.pages[0]?.id ?? "";
  session.openPage(first);
  const before = JSON.stringify(session.state());
  session.speak(versions(all)[1] as Course);
  expect(session.course.title).toBe("Cwrs");
  expect(JSON.stringify(session.state())).toBe(before);
  expect(session.page(first).state).not.toBe("new");
});

test("the language that the learner chose goes with their progress, and the later choice counts", () => {
  const all = { ...written, translations: [welsh] };
  const session = new Session(all, null, 7);
  let told = 0;
  session.subscribe(() => (told += 1));
  expect(session.language).toBeUndefined();
  session.speak(versions(all)[1] as Course, true);
  expect([session.language, told]).toEqual(["cy", 1]); // somebody has to save it
  const { state } = decode(all, encode(all, session.state()).text);
  expect(new Session(all, state, 7).language).toBe("cy");
  const before = { ...session.state(), counter: 1 };
  const { language: _, ...silent } = before;
  expect(merge(all, before, { ...silent, counter: 2 }).language).toBe("cy");
  expect(merge(all, before, { ...before, counter: 2, language: "en-GB" }).language).toBe("en-GB");
  expect(encode(written, before).text).toBe(encode(written, silent).text); // one language: nothing to keep
});
