/**
 * matching, categorise: a row for each item, with a list to choose its match from.
 */

import type { Component, Question, Response } from "../course";
import { pair } from "../response";
import { find, write } from "../ui-parts";
import type { Say } from "../ui-words";
import { keyOf, ordered, rowsOf } from "./rows";
import type { About, Widget } from "./widget";

/** The items stand as written, and what they are matched with in another order. */
export function matching(root: HTMLElement, question: Question, say: Say): Widget {
  return pairs(root, question, say, (rows, keys) => {
    for (const row of rows) {
      const list = find<HTMLSelectElement>(row, "select");
      const [none, ...options] = Array.from(list.options);
      list.replaceChildren(...(none ? [none] : []), ...ordered(options, keys, (option) => option.value));
    }
  });
}

/** The groups stand as written, and what is to be sorted in another order. */
export function categorise(root: HTMLElement, question: Question, say: Say): Widget {
  return pairs(root, question, say, (rows, keys) => {
    find(root, "[data-items]").append(...ordered(rows, keys, keyOf));
  });
}

function pairs(root: HTMLElement, question: Question, say: Say, order: (rows: readonly HTMLElement[], keys: readonly string[]) => void): Widget {
  const { source = [], target = [], correct } = question.interaction;
  const rows = rowsOf(root);
  const list = (row: HTMLElement): HTMLSelectElement => find<HTMLSelectElement>(row, "select");
  const shown = (): HTMLElement[] => rowsOf(root);
  const words = (components: readonly Component[], wanted: string): string => components.find((one) => one.key === wanted)?.text ?? "";
  const matched = (response: Response, item: string): string => response.map(pair).find(([first]) => first === item)?.[1] ?? "";
  const right = (item: string): string => matched(correct[0] ?? [], item);

  return {
    keeps: true,
    read() {
      const chosen = new Map(rows.map((row) => [keyOf(row), list(row).value]));
      const given = source.filter((item) => chosen.get(item.key)).map((item) => `${item.key}.${chosen.get(item.key) ?? ""}`);
      return given.length ? given : null;
    },
    unfinished: () => (rows.every((row) => list(row).value) ? "" : "not-all-matched"),
    show(response) {
      for (const row of rows) list(row).value = response ? matched(response, keyOf(row)) : "";
    },
    lock(locked) {
      for (const row of rows) list(row).disabled = locked;
    },
    order: (keys) => order(rows, keys),
    mark(response, everything) {
      for (const row of rows) {
        const given = response ? matched(response, keyOf(row)) : "";
        const marked = response ? mark(given, right(keyOf(row)), everything) : "";
        row.dataset["marked"] = marked;
        const told = marked === "wrong" && everything ? "mark-pair-wrong-is" : `mark-pair-${marked}`;
        write(find(row, "[data-mark]"), marked ? say(told, { match: words(target, right(keyOf(row))) }) : "");
      }
    },
    feedback(response) {
      const wrong = shown().map(keyOf).filter((item) => matched(response, item) !== right(item));
      const items = wrong.map((item): About => ({ key: item, about: words(source, item) }));
      const chosen = new Set(wrong.map((item) => matched(response, item)).filter((match) => match !== ""));
      return [...items, ...[...chosen].map((match): About => ({ key: match, about: words(target, match) }))];
    },
    first: () => shown().map(list).find((one) => one.value === "") ?? shown().map(list)[0] ?? null,
  };
}

function mark(given: string, right: string, everything: boolean): string {
  if (given) return given === right ? "right" : "wrong";
  return everything ? "missed" : "";
}
