/**
 * The learner's own notes, a text for each page: kept beside the copy of the progress on this device, told to nobody. What
 * they may take is bounded, so that they never take the room of the progress.
 */

import type { Aside } from "./copy";

const NAME = "notes";
/** Characters of a note, and of all notes of a course. */
export const LONGEST_NOTE = 4000;
const LONGEST_NOTES = 100_000;

type Texts = Readonly<Record<string, string>>;

export class Notes {
  /** As they are in this window: all there is, where the device keeps nothing. */
  private texts: Texts;

  constructor(private readonly aside: Aside) {
    this.texts = this.read() ?? {};
  }

  of(page: string): string {
    const text: unknown = this.texts[page];
    return typeof text === "string" ? text : ""; // a page may be called `constructor`
  }

  /** Whether the note lies on the device now; `full`: there is no room for it, and what was there before stays. */
  write(page: string, text: string): "kept" | "not-kept" | "full" {
    // Another window of the course may have written meanwhile.
    const { [page]: _, ...others } = this.read() ?? this.texts;
    const length = Object.values(others).reduce((sum, other) => sum + other.length, text.length);
    if (text.length > LONGEST_NOTE || length > LONGEST_NOTES) return "full";
    this.texts = text.trim() === "" ? others : { ...others, [page]: text };
    return this.save();
  }

  clear(): "kept" | "not-kept" {
    this.texts = {};
    return this.save();
  }

  /** Writes what is there, and says whether the device has it now. */
  save(): "kept" | "not-kept" {
    return this.aside.write(NAME, JSON.stringify(this.texts)) ? "kept" : "not-kept";
  }

  private read(): Texts | null {
    try {
      const found = JSON.parse(this.aside.read(NAME) ?? "null") as unknown;
      if (typeof found !== "object" || found === null) return null;
      return Object.fromEntries(Object.entries(found).filter(([, text]) => typeof text === "string")) as Texts;
    } catch {
      return null;
    }
  }
}
