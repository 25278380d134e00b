/**
 * likert, poll: radio buttons of which none is right. Whoever changes their mind goes on from what they had chosen.
 */

import type { Question } from "../course";
import type { Say } from "../ui-words";
import { choice } from "./choice";
import type { Widget } from "./widget";

export function opinion(root: HTMLElement, question: Question, say: Say): Widget {
  const labels = choice(root, question, say);
  return {
    ...labels,
    keeps: true,
    feedback: (response) => [...labels.feedback(response), { key: "comment", about: "" }],
  };
}
