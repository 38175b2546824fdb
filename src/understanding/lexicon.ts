import { featuresOf } from './features.ts';

/** Lists of numbers, one behind the other; `starts` tells where each begins, and at the end where the last ends. */
export interface Lists {
  readonly starts: Int32Array;
  readonly numbers: Int32Array;
}

/** The features of texts by number. */
export interface Reading {
  /** Of each text its features, in the order in which they stand in it. */
  readonly texts: Lists;
  /** The features, in the order in which the texts first have them. */
  readonly names: readonly string[];
}

/** Reads texts, all at once. The same texts give the same, whatever was read before. */
export type Lexicon = (texts: readonly string[]) => Reading;

/** What was read last is remembered, so that a text that stays need not be read again: as numbers, for sets of words take much time and memory. */
export function createLexicon(read: (text: string) => Iterable<string> = featuresOf): Lexicon {
  let before: Reading = { texts: { starts: new Int32Array(1), numbers: new Int32Array(0) }, names: [] };
  let places: ReadonlyMap<string, number> = new Map();
  return (texts) => {
    const { names: named, texts: old } = before;
    const names: string[] = [];
    const numbers = new Map<string, number>();
    const numberOf = (name: string): number => {
      const known = numbers.get(name);
      if (known !== undefined) return known;
      numbers.set(name, names.length);
      return names.push(name) - 1;
    };
    const renumbered = new Int32Array(named.length).fill(-1);
    const starts = new Int32Array(texts.length + 1);
    let all = new Int32Array(Math.max(old.numbers.length, 1024));
    let end = 0;
    const add = (number: number): void => {
      if (end === all.length) all = grown(all);
      all[end++] = number;
    };
    for (const [i, text] of texts.entries()) {
      const place = places.get(text);
      if (place === undefined) for (const name of read(text)) add(numberOf(name));
      else {
        const last = old.starts[place + 1]!;
        for (let at = old.starts[place]!; at < last; at++) {
          const number = old.numbers[at]!;
          if (renumbered[number]! < 0) renumbered[number] = numberOf(named[number]!);
          add(renumbered[number]!);
        }
      }
      starts[i + 1] = end;
    }
    before = { texts: { starts, numbers: all.slice(0, end) }, names };
    places = new Map(texts.map((text, i) => [text, i]));
    return before;
  };
}

function grown(numbers: Int32Array): Int32Array<ArrayBuffer> {
  const more = new Int32Array(2 * numbers.length);
  more.set(numbers);
  return more;
}

/** One of the lists, without a copy. */
export function listAt({ starts, numbers }: Lists, place: number): Int32Array {
  return numbers.subarray(starts[place], starts[place + 1]);
}
