/**
 * What tests need beyond attempts and scores: sections that were all reached, when an attempt ended or its time is over,
 * and the pages that a pre-test showed to be known (docs/state.md).
 */

import { type BitReader, BitWriter } from "./bits";
import type { Kept } from "./records";
import { table } from "./table";

/** 2026-01-01T00:00:00Z in seconds since 1970: there were no records before. */
const START = 1767225600;

export const ATTEMPTS: Kept = {
  tag: 2,
  first: false,

  write({ pages }, { attempts }) {
    const bits = new BitWriter();
    for (const { id, number } of pages) {
      const { passed = false, ended, until } = attempts[id] ?? {};
      if (passed || ended !== undefined || until !== undefined) putTime(putTime(bits.number(number, 5).flag(passed), ended), until);
    }
    return bits.length > 0 ? bits : null;
  },

  read({ pages }, bits, state) {
    const attempts = table(Object.entries(state.attempts));
    while (bits.left > 0) {
      const number = bits.number(5);
      const passed = bits.flag();
      const [ended, until] = [takeTime(bits), takeTime(bits)];
      const id = pages.find((page) => page.number === number)?.id ?? "";
      const known = attempts[id];
      if (known === undefined) continue;
      attempts[id] = { ...known, ...(passed && { passed }), ...(ended && { ended }), ...(until && { until }) };
    }
    return { attempts };
  },
};

export const KNOWN: Kept = {
  tag: 3,
  first: false,

  write({ pages }, { known = [] }) {
    const numbers = pages.filter(({ id }) => known.includes(id)).map(({ number }) => number).sort((a, b) => a - b);
    const bits = new BitWriter();
    numbers.forEach((number, at) => bits.number(number - (numbers[at - 1] ?? 0), 3));
    return numbers.length > 0 ? bits : null;
  },

  read({ pages }, bits) {
    const numbers = new Set<number>();
    for (let number = 0; bits.left > 0; ) numbers.add((number += bits.number(3)));
    return { known: pages.filter(({ number }) => numbers.has(number)).map(({ id }) => id) };
  },
};

function putTime(bits: BitWriter, time: number | undefined): BitWriter {
  bits.flag(time !== undefined);
  return time === undefined ? bits : bits.number(Math.max(1, time - START), 5);
}

function takeTime(bits: BitReader): number | undefined {
  return bits.flag() ? START + bits.number(5) : undefined;
}
