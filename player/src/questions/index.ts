/**
 * The widgets by question type.
 */

import { choice } from "./choice";
import { categorise, matching } from "./pairs";
import { numeric } from "./numeric";
import { reflection } from "./reflection";
import { typed } from "./typed";
import { sequencing } from "./sequencing";
import { hotspot } from "./hotspot";
import { opinion } from "./opinion";
import { scenario } from "./scenario";
import type { MakeWidget } from "./widget";

export const WIDGETS: Readonly<Record<string, MakeWidget>> = {
  categorise: categorise,
  choice: choice,
  matching: matching,
  multiple: choice,
  scenario: scenario,
  likert: opinion,
  poll: opinion,
  hotspot: hotspot,
  sequencing: sequencing,
  "true-false": choice,
  "fill-in": typed,
  numeric: numeric,
  cloze: typed,
  reflection: reflection,
};
