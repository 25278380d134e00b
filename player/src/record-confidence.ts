/**
 * How sure learners were of their answers: for each answer of which it is known, by rising number, the step from the
 * question before and one to three (docs/state.md).
 */

import { BitWriter } from "./bits";
import type { Kept } from "./records";
import { CONFIDENCES } from "./state";
import { table } from "./table";

export const CONFIDENCE: Kept = {
  tag: 1,
  first: true,

  write(course, { answers }) {
    const sure = course.questions.filter(({ id }) => answers[id]?.confidence !== undefined).sort((a, b) => a.number - b.number);
    const bits = new BitWriter();
    let before = 0;
    for (const { id, number } of sure) {
      bits.number(number - before, 3).put(answers[id]?.confidence ?? 0, 2);
      before = number;
    }
    return sure.length > 0 ? bits : null;
  },

  read(course, bits, state) {
    const answers = table(Object.entries(state.answers));
    const ids = new Map(course.questions.map(({ number, id }) => [number, id]));
    for (let number = 0; bits.left > 0; ) {
      number += bits.number(3);
      const confidence = CONFIDENCES[bits.take(2) - 1];
      const id = ids.get(number) ?? "";
      const answer = answers[id];
      // Its answer may have been dropped: another revision (T41), or no room (T42).
      if (answer !== undefined && confidence !== undefined) answers[id] = { ...answer, confidence };
    }
    return { answers };
  },
};
