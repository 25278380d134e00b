// @vitest-environment jsdom
import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";

import { enliven } from "../src/blocks";
import { merge } from "../src/merge";
import { SLICES, WHOLE, share, slices } from "../src/recordings";
import { Session } from "../src/session";
import { decode, encode, type SavedState } from "../src/state";
import { makeCourse } from "./courses";
import { the } from "./ui-page";

const FILM = "media/film.mp4";
const course = makeCourse([{}, {}], {
  recordings: [
    { id: "media/talk.mp3", number: 9, page: "p2", share: 100 },
    { id: FILM, number: 2, page: "p1", share: 80 },
  ],
});
const first = (count: number): number => 2 ** count - 1;

describe("what has been played", () => {
  test("is counted by what was played, not by where the learner moved to", () => {
    expect(share(slices([[0, 100]], 100))).toBe(100);
    expect(share(slices([[95, 100]], 100))).toBe(5);
    expect(share(slices([[0, 4.6], [50, 54]], 100))).toBe(5);
    expect(share(slices([[0, 2], [2, 4], [4, 5]], 100))).toBe(5);
  });

  test.each([0, -1, NaN, Infinity])("is nothing where the length is %s", (duration) => {
    expect(slices([[0, 100]], duration)).toBe(0);
  });

  test("grows with every stretch, and never beyond the whole", () => {
    const stretch = fc.tuple(fc.double({ min: 0, max: 60, noNaN: true }), fc.double({ min: 0, max: 60, noNaN: true }));
    fc.assert(
      fc.property(fc.array(stretch), stretch, (played, more) => {
        const sorted = (one: [number, number]): [number, number] => (one[0] < one[1] ? one : [one[1], one[0]]);
        const [before, after] = [slices(played.map(sorted), 60), slices([...played, more].map(sorted), 60)];
        expect(before & after).toBe(before);
        expect(after & ~WHOLE).toBe(0);
      }),
    );
  });
});

describe("a page with a recording that has to be played", () => {
  test("is done when so much of it has been", () => {
    const session = new Session(course, null, 1);
    session.openPage("p1");
    expect(session.watch(FILM, first(15))).toBe(true);
    expect(session.page("p1").state).toBe("started");
    expect(session.watch(FILM, first(3))).toBe(false);
    session.watch(FILM, 1 << 19);
    expect(session.page("p1").state).toBe("done");
    expect(session.snapshot().complete).toBe(false);
  });

  test("is not done by another page's recording, and counts what was played before it was opened", () => {
    const session = new Session(course, null, 1);
    session.watch(FILM, WHOLE);
    expect(session.page("p1").state).toBe("new");
    session.openPage("p2");
    session.openPage("p1");
    expect([session.page("p1").state, session.page("p2").state]).toEqual(["done", "started"]);
  });
});

describe("saved progress", () => {
  const state = (watched: Record<string, number>): SavedState => {
    const session = new Session(course, null, 1);
    for (const [id, mask] of Object.entries(watched)) session.watch(id, mask);
    return session.state();
  };

  test("keeps the slices", () => {
    for (const watched of <Record<string, number>[]>[{ [FILM]: 5 }, { "media/talk.mp3": WHOLE }, { [FILM]: WHOLE, "media/talk.mp3": first(SLICES - 1) }]) {
      const kept = state(watched);
      expect(decode(course, encode(course, kept).text)).toEqual({ state: kept, damaged: false });
      expect(new Session(course, kept, 1).watched(FILM)).toBe(watched[FILM] ?? 0);
    }
    expect(state({})).not.toHaveProperty("watched");
  });

  test("T41: forgets recordings that the course no longer has, and finds others by their numbers", () => {
    const { text } = encode(course, state({ [FILM]: 5, "media/talk.mp3": 9 }));
    const moved = { ...course, recordings: [{ id: "media/new.mp3", number: 9, page: "p1", share: 50 }] };
    expect(decode(moved, text).state?.watched).toEqual({ "media/new.mp3": 9 });
  });

  test("of two devices is put together", () => {
    const [left, right] = [state({ [FILM]: 1 }), state({ [FILM]: 6, "media/talk.mp3": 3 })];
    expect(merge(course, left, right).watched).toEqual({ [FILM]: 7, "media/talk.mp3": 3 });
    expect(merge(course, state({}), state({}))).not.toHaveProperty("watched");
  });
});

describe("a recording on the page", () => {
  let session: Session;
  let played: [number, number][];
  const say = (key: string, values: object = {}): string => `${key} ${Object.values(values).join(" ")}`.trim();

  beforeEach(() => {
    session = new Session(course, null, 1);
    played = [];
    document.body.innerHTML = `<section data-page="p1"><figure><figcaption>Film</figcaption><video></video>
      <p data-watch="${FILM}" data-share="80" tabindex="-1">Told</p>
      <details><button type="button" data-action="transcript-read">Read</button></details></figure></section>`;
    const video = the<HTMLVideoElement>("video");
    Object.defineProperty(video, "duration", { value: 100 });
    Object.defineProperty(video, "played", {
      get: () => ({ length: played.length, start: (at: number) => played[at]?.[0], end: (at: number) => played[at]?.[1] }),
    });
    enliven(the("[data-page]"), session, { read: () => null, write: () => false }, say);
  });

  test("can be played faster and slower", () => {
    const choice = the<HTMLSelectElement>("label.speed select");
    choice.value = "1.5";
    choice.dispatchEvent(new Event("change"));
    expect(the<HTMLVideoElement>("video").playbackRate).toBe(1.5);
    expect(choice.labels?.[0]?.textContent).toContain("speed");
  });

  test("says how much of it has been played, and takes the offer away when that is enough", () => {
    expect(the("[data-watch]").textContent).toBe("played-share 0 80");
    played = [[0, 51]];
    the("video").dispatchEvent(new Event("timeupdate"));
    expect(the("[data-watch]").textContent).toBe("played-share 50 80");
    played = [[0, 90]];
    the("video").dispatchEvent(new Event("ended"));
    expect(the("[data-watch]").textContent).toBe("played-enough");
    expect(the("[data-action=transcript-read]").hidden).toBe(true);
  });

  test("is done with when the transcript was read instead; the focus goes to what that means", () => {
    the("[data-action=transcript-read]").click();
    expect(session.watched(FILM)).toBe(WHOLE);
    expect(document.activeElement).toBe(the("[data-watch]"));
    expect(the("[data-watch]").textContent).toBe("played-enough");
  });
});
