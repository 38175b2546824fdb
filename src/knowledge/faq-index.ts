import { featuresOf } from '../understanding/features.ts';
import { createLexicon, listAt, type Lexicon, type Lists } from '../understanding/lexicon.ts';
import { learnPostings, type Postings } from '../understanding/nearest.ts';
import { areBelow, areStarts, areTexts, isObject, isPostings, isSpace } from '../understanding/sound.ts';
import { createSpace, learnSpace, type Bag, type Space } from '../understanding/vectors.ts';
import type { FaqEntry } from './knowledge.ts';

/** What a search knows of the entries' words. Plain: it can be kept in a file and sent to another thread. */
export interface FaqIndex {
  /** The features by number. */
  readonly features: readonly string[];
  /** In how many entries each feature is. */
  readonly space: Space;
  /** For each feature the entries that have it: an entry is all its wordings together. */
  readonly profiles: Postings;
  /** Where each entry's wordings begin among all, and where the last one's end. */
  readonly entries: Int32Array;
  /** Of each wording its features, and beside them what each weighs in it. */
  readonly wordings: Lists;
  readonly weights: Float32Array;
  /** Of each answer its features, ascending. */
  readonly answers: Lists;
}

/** What several wordings share says more, but not in proportion. */
const REPEATED = 0.7;
/** A feature of more entries than that tells too little for the time it takes. */
const COMMON = { least: 200, share: 1 / 12 };

/** Words of courtesy and particles that say nothing about what is asked. */
const POLITE =
  /请问一下|请问|麻烦问下|麻烦|您好|你好|你们|您们|咱们|我想问下|我想问|想问一下|想问下|想问|问一下|问下|一下|谢谢|的话|呢|吗|嘛|吧|啊|呀|哦|噢|的|了|please|hello|hi\b/g;

/** What a question is compared by: without courtesies, unless there is nothing else. */
export function readingOf(text: string): string {
  const plain = text.normalize('NFKC').toLowerCase();
  const short = plain.replace(POLITE, '');
  return /[\p{L}\p{N}]/u.test(short) ? short : plain;
}

/** Reads what `indexFaq` compares. */
export const createFaqLexicon = (): Lexicon => createLexicon((text) => featuresOf(readingOf(text)));

type Entry = Pick<FaqEntry, 'question' | 'similar' | 'answer'>;

/** What `indexFaq` reads: the wordings of all entries, and then the answers. */
export function textsOf(faq: readonly Entry[]): readonly string[] {
  return [...faq.flatMap(({ question, similar }) => [question, ...similar]), ...faq.map(({ answer }) => answer)];
}

export function indexFaq(faq: readonly Entry[], read: Lexicon = createFaqLexicon()): FaqIndex {
  const { texts, names } = read(textsOf(faq));
  const entries = startsOf(faq.map(({ similar }) => 1 + similar.length));
  const asked = entries[faq.length]!;
  const starts = texts.starts.slice(0, asked + 1);
  const wordings: Lists = { starts, numbers: texts.numbers.slice(0, starts[asked]) };
  // The wordings are read first: what only the answers have is numbered from there on.
  const dimensions = wordings.numbers.reduce((most, number) => Math.max(most, number + 1), 0);
  const wholes = wholesOf(wordings, entries, dimensions);
  const space = learnSpace(wholes, dimensions);
  const vectorOf = createSpace(space);
  const profiles = wholes.map((whole) => {
    const { values } = vectorOf(whole);
    return { places: whole.places, values: repeated(values, whole.times), known: 1 };
  });
  return {
    features: names.slice(0, dimensions),
    space,
    profiles: learnPostings(profiles, dimensions, Math.max(COMMON.least, faq.length * COMMON.share)),
    entries,
    wordings,
    weights: joined(
      Array.from({ length: asked }, (_, i) => vectorOf({ places: listAt(wordings, i), unseen: 0 }).values),
    ),
    answers: listsOf(faq.map((_, i) => known(listAt(texts, asked + i), dimensions).sort())),
  };
}

/** Whether a value that comes from a file is an index, with no number that leads out of it. */
export function isFaqIndex(value: unknown): value is FaqIndex {
  if (!isObject(value)) return false;
  const { features, space, profiles, entries, wordings, weights, answers } = value as Partial<FaqIndex>;
  if (!areTexts(features) || !(entries instanceof Int32Array) || !(weights instanceof Float32Array)) return false;
  const size = entries.length - 1;
  return (
    isSpace(space, features.length) &&
    isPostings(profiles, size, features.length) &&
    areStarts(entries, size) &&
    areLists(wordings, entries[size]!, features.length) &&
    weights.length === wordings.numbers.length &&
    areLists(answers, size, features.length)
  );
}

function areLists(value: unknown, size: number, limit: number): value is Lists {
  if (!isObject(value)) return false;
  const { starts, numbers } = value as Partial<Lists>;
  return areStarts(starts, size) && areBelow(numbers, limit) && numbers.length === starts[size];
}

/** All wordings of an entry together. */
interface Whole extends Bag {
  /** How many of the wordings have each of the features. */
  readonly times: Float32Array;
}

function wholesOf({ starts, numbers }: Lists, entries: Int32Array, dimensions: number): Whole[] {
  const times = new Int32Array(dimensions);
  return Array.from({ length: entries.length - 1 }, (_, entry) => {
    const own = numbers.subarray(starts[entries[entry]!], starts[entries[entry + 1]!]);
    let count = 0;
    for (const place of own) if (times[place]!++ === 0) count++;
    const whole = { places: new Int32Array(count), times: new Float32Array(count), unseen: 0 };
    count = 0;
    for (const place of own) {
      if (times[place] === 0) continue;
      whole.places[count] = place;
      whole.times[count++] = times[place]!;
      times[place] = 0;
    }
    return whole;
  });
}

/** What is repeated weighs more; of length 1 again. */
function repeated(values: Float32Array, times: Float32Array): Float32Array {
  let square = 0;
  for (let i = 0; i < values.length; i++) {
    const raised = values[i]! * (times[i] === 1 ? 1 : times[i]! ** REPEATED);
    values[i] = raised;
    square += values[i]! * values[i]!;
  }
  const length = Math.sqrt(square) || 1;
  for (let i = 0; i < values.length; i++) values[i] = values[i]! / length;
  return values;
}

/** The numbers below `limit`, in an array of their own. */
function known(numbers: Int32Array, limit: number): Int32Array {
  return numbers.filter((number) => number < limit);
}

function startsOf(lengths: readonly number[]): Int32Array {
  const starts = new Int32Array(lengths.length + 1);
  for (const [i, length] of lengths.entries()) starts[i + 1] = starts[i]! + length;
  return starts;
}

function joined(lists: readonly Float32Array[]): Float32Array {
  const starts = startsOf(lists.map(({ length }) => length));
  const all = new Float32Array(starts[lists.length]!);
  for (const [i, list] of lists.entries()) all.set(list, starts[i]);
  return all;
}

function listsOf(lists: readonly Int32Array[]): Lists {
  const starts = startsOf(lists.map(({ length }) => length));
  const numbers = new Int32Array(starts[lists.length]!);
  for (const [i, list] of lists.entries()) numbers.set(list, starts[i]);
  return { starts, numbers };
}
