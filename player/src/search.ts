/**
 * Search: which places of the course hold all of the words, whatever their case and accents. Pure: texts in, places out.
 */

export interface Place {
  /** Where a link to it leads: a page's id, or that of a heading on it. */
  readonly target: string;
  readonly page: string;
  /** The heading that the text stands under; the page's title where it stands under none. */
  readonly heading: string;
  readonly text: string;
}

export interface Find {
  readonly place: Place;
  /** Some of its text; every second piece, from the second on, is one of the words. */
  readonly excerpt: readonly string[];
}

/** Letters that Unicode does not take apart, as they are written where they are missing from a keyboard. */
const SPELT: Readonly<Record<string, string>> = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ı: "i", "’": "'", "‑": "-" };
/** Marks on letters, the Arabic stroke that only lengthens, and places where a word may be broken. */
const IGNORED = /[\p{M}\u0640\u00AD\u200B-\u200F]/gu;
/** Characters of the text around the first word that is found. */
const BEFORE = 60;
const AFTER = 140;

/** A character as it is compared; several, or none, for some. */
function folded(character: string): string {
  const plain = character.normalize("NFD").replace(IGNORED, "").toLowerCase();
  return SPELT[plain] ?? plain;
}

export function fold(text: string): string {
  return Array.from(text, folded).join("");
}

/** What is looked for in a query: its words, each once. */
export function wordsOf(query: string): readonly string[] {
  return [...new Set(fold(query).split(/[^\p{L}\p{N}]+/u).filter(Boolean))];
}

/** The places that hold all of the words, those with a word in the heading first, else in the order of the course. */
export function search(places: readonly Place[], words: readonly string[]): readonly Find[] {
  const found: Find[][] = [[], []];
  for (const place of places) {
    const heading = fold(place.heading);
    const own = `${heading}\n${fold(place.text)}`;
    const all = `${fold(place.page)}\n${own}`;
    // A page's title tells its places apart from others, but is not by itself a reason to list all of them.
    if (!words.every((word) => all.includes(word)) || !words.some((word) => own.includes(word))) continue;
    const rank = words.some((word) => heading.includes(word)) ? 0 : 1;
    found[rank]?.push({ place, excerpt: excerpt(place.text, words) });
  }
  return found.flat();
}

/** A piece of the text around the first of the words, cut where words end. */
export function excerpt(text: string, words: readonly string[]): readonly string[] {
  const characters = Array.from(text);
  // Which character each position of the folded text belongs to.
  const origin: number[] = [];
  let plain = "";
  characters.forEach((character, index) => {
    const one = folded(character);
    for (let at = 0; at < one.length; at += 1) origin.push(index);
    plain += one;
  });
  const hits = words.flatMap((word) => occurrences(plain, word).map((at) => [origin[at] ?? 0, (origin[at + word.length - 1] ?? 0) + 1] as const));
  hits.sort(([a], [b]) => a - b);
  const first = hits[0]?.[0] ?? 0;
  const blank = characters.indexOf(" ", first - BEFORE);
  const from = first <= BEFORE ? 0 : blank === -1 || blank > first ? first : blank + 1;
  const cut = characters.indexOf(" ", first + AFTER);
  const to = cut === -1 ? characters.length : cut;
  const pieces = [from > 0 ? "… " : ""];
  let at = from;
  for (const [begin, end] of hits) {
    if (begin < at || end > to) continue;
    pieces[pieces.length - 1] += characters.slice(at, begin).join("");
    pieces.push(characters.slice(begin, end).join(""), "");
    at = end;
  }
  pieces[pieces.length - 1] += characters.slice(at, to).join("") + (to < characters.length ? " …" : "");
  return pieces;
}

function occurrences(text: string, word: string): readonly number[] {
  const found: number[] = [];
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + word.length)) found.push(at);
  return found;
}
