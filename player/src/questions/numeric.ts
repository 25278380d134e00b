/**
 * numeric: a field for a number. What cannot be read as one, or in two ways, is not taken for a wrong answer: the learner
 * is asked to write it differently.
 */

import type { Question, Response } from "../course";
import { toNumber } from "../grade";
import { NUMBER_BYTES } from "../response";
import type { Say } from "../ui-words";
import { typed } from "./typed";
import type { Missing, Widget } from "./widget";

/** `1,500` is 1500 to some and 1.5 to others. */
const THOUSANDS = /^[-+]?[1-9]\d{0,2}([,.]\d{3})*,\d{3}$/;

export function numeric(root: HTMLElement, question: Question, say: Say): Widget {
  const widget = typed(root, question, say);
  const unit = root.querySelector<HTMLElement>("[data-unit]")?.dataset["unit"] ?? "";

  return {
    ...widget,
    read(): Response | null {
      const text = bare(widget.read()?.[0] ?? "", unit);
      return toNumber(text) !== null && text.length <= NUMBER_BYTES && !THOUSANDS.test(text) ? [text] : null;
    },
    missing(): Missing {
      const given = widget.read() !== null;
      return { words: given ? "not-a-number" : "nothing-written", given };
    },
  };
}

/** Without blanks, and without the unit before or behind it. */
function bare(text: string, unit: string): string {
  const small = text.toLowerCase();
  const its = unit.toLowerCase();
  if (its !== "" && small.endsWith(its)) text = text.slice(0, -its.length);
  else if (its !== "" && small.startsWith(its)) text = text.slice(its.length);
  return text.replace(/[\s\u00a0\u202f]/g, "").replace(/[\u2212\u2013]/g, "-");
}
