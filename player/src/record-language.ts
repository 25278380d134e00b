/**
 * The language that the learner chose, where the course has several: its tag, seven bits a character (docs/state.md).
 */

import { BitWriter } from "./bits";
import type { Kept } from "./records";

export const LANGUAGE: Kept = {
  tag: 9,
  first: true,

  write({ translations = [] }, { language = "" }) {
    if (translations.length === 0 || language === "") return null;
    const bits = new BitWriter();
    for (const character of language) bits.put(character.charCodeAt(0), 7);
    return bits;
  },

  read(_course, bits) {
    let language = "";
    while (bits.left >= 7) language += String.fromCharCode(bits.take(7));
    return { language };
  },
};
