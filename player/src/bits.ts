/**
 * Bits as text and back: six bits a character, of `A-Z a-z 0-9 - _` (T40).
 */

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const VALUES: Readonly<Record<string, number>> = Object.fromEntries([...ALPHABET].map((letter, value) => [letter, value]));

/** The character for 0 to 63. */
export function letter(value: number): string {
  return ALPHABET[value & 63] as string;
}

/** 0 to 63, or -1 for a character that is none of ours. */
export function value(character: string | undefined): number {
  return character === undefined ? -1 : (VALUES[character] ?? -1);
}

export class BitWriter {
  private readonly sixes: number[] = [];
  /** Bits that do not fill a six yet: their value and how many they are. */
  private rest = 0;
  private resting = 0;

  /** The lowest `width` bits (at most 24) of `value`, the highest of them first. */
  put(value: number, width: number): this {
    this.rest = (this.rest << width) | (value & (2 ** width - 1));
    this.resting += width;
    while (this.resting >= 6) {
      this.resting -= 6;
      this.sixes.push((this.rest >>> this.resting) & 63);
    }
    this.rest &= 2 ** this.resting - 1;
    return this;
  }

  flag(value: boolean): this {
    return this.put(value ? 1 : 0, 1);
  }

  /** A number of any size: groups of `group` bits, the lowest first, each led by a bit that says whether more follow. */
  number(value: number, group: number): this {
    const rest = Math.floor(value / 2 ** group);
    this.flag(rest > 0).put(value % 2 ** group, group);
    return rest > 0 ? this.number(rest, group) : this;
  }

  append(other: BitWriter): this {
    for (const six of other.sixes) this.put(six, 6);
    return this.put(other.rest, other.resting);
  }

  get length(): number {
    return this.sixes.length * 6 + this.resting;
  }

  toString(): string {
    const whole = this.sixes.map(letter).join("");
    return this.resting === 0 ? whole : whole + letter(this.rest << (6 - this.resting));
  }
}

/** Reads what a BitWriter wrote; past the end everything is 0, so that fields added later read as 0 in older states. */
export class BitReader {
  private at = 0;
  private readonly end: number;

  constructor(
    private readonly text: string,
    start = 0,
    end = text.length * 6,
  ) {
    this.at = start;
    this.end = end;
  }

  take(width: number): number {
    let result = 0;
    for (let bit = 0; bit < width; bit += 1) result = result * 2 + this.bit();
    return result;
  }

  flag(): boolean {
    return this.bit() === 1;
  }

  number(group: number): number {
    let result = 0;
    for (let factor = 1; factor <= 2 ** 40; factor *= 2 ** group) {
      const more = this.flag();
      result += this.take(group) * factor;
      if (!more) return result;
    }
    return result;
  }

  /** A reader of the next `width` bits alone; this one goes on behind them. */
  part(width: number): BitReader {
    const start = this.at;
    this.at = Math.min(this.end, start + width);
    return new BitReader(this.text, start, this.at);
  }

  get left(): number {
    return this.end - this.at;
  }

  private bit(): number {
    if (this.at >= this.end) return 0;
    const six = value(this.text[Math.floor(this.at / 6)]);
    const bit = (six >> (5 - (this.at % 6))) & 1;
    this.at += 1;
    return bit;
  }
}

/** 32-bit FNV-1a of the UTF-16 code units. */
export function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** A number from 0 to 2^32 - 1 that looks random, the same for the same numbers (T43). */
export function mix(...numbers: readonly number[]): number {
  let hash = 0x9e3779b9;
  for (const number of numbers) {
    hash = Math.imul(hash ^ number, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    hash ^= hash >>> 16;
  }
  return hash >>> 0;
}
