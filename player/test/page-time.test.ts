// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { encode, decode, type SavedState } from "../src/state";
import { merge } from "../src/merge";
import { Session } from "../src/session";
import { makeCourse } from "./courses";
import { goldenCourse, openPage, words } from "./ui-page";

function timed() {
  const course = makeCourse([{}, { questions: ["choice"] }, {}]);
  return { ...course, pages: course.pages.map((page) => (page.id === "p2" ? { ...page, minTime: 30 } : page)) };
}

describe("a page that asks for some time", () => {
  test("is done once its questions are answered and the time has been spent, in whatever order", () => {
    for (const first of ["answer", "time"]) {
      const session = new Session(timed(), null, 1);
      session.openPage("p2");
      for (const what of first === "answer" ? ["answer", "time"] : ["time", "answer"]) {
        expect(session.page("p2").state).toBe("started");
        if (what === "answer") session.answer("q1", ["a"]);
        else session.spend("p2", 30);
      }
      expect(session.page("p2").state).toBe("done");
    }
  });

  test("counts no more than it asks for, and nothing on pages that ask for nothing", () => {
    const session = new Session(timed(), null, 1);
    session.spend("p2", 500);
    session.spend("p1", 500);
    session.spend("p2", -5);
    expect(session.state().times).toEqual({ p2: 30 });
  });

  test("listeners hear of it only when it is enough", () => {
    const session = new Session(timed(), null, 1);
    let heard = 0;
    session.subscribe(() => (heard += 1));
    for (let second = 0; second < 29; second += 1) session.spend("p2", 1);
    expect([heard, session.timeLeft("p2")]).toEqual([0, 1]);
    session.spend("p2", 1);
    expect(heard).toBe(1);
  });

  test("the time goes on where it was after a pause, on another device, and in whichever copy has more of it", () => {
    const course = timed();
    const session = new Session(course, null, 1);
    session.openPage("p2");
    session.spend("p2", 12.7);
    const { state } = decode(course, encode(course, session.state()).text);
    expect(state?.times).toEqual({ p2: 12 });
    const back = new Session(course, state, 1);
    expect(back.timeLeft("p2")).toBe(18);
    const longer = { ...(state as SavedState), times: { p2: 20 }, counter: 1 };
    expect(merge(course, state as SavedState, longer).times).toEqual({ p2: 20 });
    expect(merge(course, longer, state as SavedState).times).toEqual({ p2: 20 });
  });

  test("a page that is done keeps no time, and one that asks for none any more is done", () => {
    const course = timed();
    const session = new Session(course, null, 1);
    session.answer("q1", ["a"]);
    session.spend("p2", 30);
    expect(encode(course, session.state()).text).toBe(encode(course, { ...session.state(), times: {} }).text);
  });
});

describe("on the page", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test("only the end of it is told, politely", () => {
    const pages = goldenCourse().pages.map((page) => (page.id === "welcome" ? { ...page, minTime: 5 } : page));
    const { session, wait } = openPage({
      course: { pages },
      ready: () => document.querySelector('[data-page="welcome"] h1')?.insertAdjacentHTML("afterend", '<span role="status" data-time></span>'),
    });
    wait(3);
    expect(session.page("welcome").state).toBe("started");
    expect(words("[data-time]")).toBe("");
    wait(3);
    expect(words("[data-time]")).toBe("You have been here long enough.");
    expect(session.page("welcome").state).toBe("done");
    expect(words('[data-page-link="welcome"] [data-page-state]')).toBe("Done");
  });

  test("a page that another one takes over, in another language, counts no more", () => {
    const pages = goldenCourse().pages.map((page) => (page.id === "welcome" ? { ...page, minTime: 5 } : page));
    const { session, wait, stop } = openPage({
      course: { pages },
      ready: () => document.querySelector('[data-page="welcome"] h1')?.insertAdjacentHTML("afterend", '<span role="status" data-time></span>'),
    });
    wait(3);
    stop();
    const left = session.timeLeft("welcome");
    wait(60);
    expect(session.timeLeft("welcome")).toBe(left);
  });
});
