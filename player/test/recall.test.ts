import { describe, expect, it } from "vitest";
import { Session } from "../src/session";
import { makeCourse, right } from "./courses";

function recalled(kind: "choice" | "sequencing" | "likert" = "choice") {
  const course = makeCourse([{ questions: [kind] }, { questions: [kind], each: { again: "q1", shuffle: kind === "choice" } }]);
  return course;
}

describe("a question that is asked again", () => {
  it("is empty at first and answered by itself", () => {
    const session = new Session(recalled(), null, 1);
    session.answer("q1", ["a"]);
    expect(session.answered("q2")).toBeNull();
    expect(session.page("p2").state).toBe("new");
    session.answer("q2", ["b"]);
    expect(session.answered("q1")?.correct).toBe(true);
    expect(session.answered("q2")?.correct).toBe(false);
  });

  it("shows its answers in another order than the first time, whatever the seed", () => {
    for (let seed = 0; seed < 300; seed += 1) {
      const session = new Session(recalled(), null, seed);
      expect(session.order("q2")).not.toEqual(session.order("q1"));
      expect([...session.order("q2")].sort()).toEqual([...session.order("q1")].sort());
    }
  });

  it("never shows a sequence in the right order, and leaves scales as they are", () => {
    for (let seed = 0; seed < 100; seed += 1) {
      const course = recalled("sequencing");
      expect(new Session(course, null, seed).order("q2")).not.toEqual(right(course.questions[1] as never));
      expect(new Session(recalled("likert"), null, seed).order("q2")).toEqual(["a", "b", "c", "d"]);
    }
  });
});
