/**
 * The widgets by question type.
 */

import { choice } from "./choice";
import type { MakeWidget } from "./widget";

export const WIDGETS: Readonly<Record<string, MakeWidget>> = {
  choice: choice,
  multiple: choice,
  "true-false": choice,
};
