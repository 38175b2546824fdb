import { learnPostings, type Postings } from '../understanding/nearest.ts';
import { rememberFeatures, rememberNothing, type Remember } from '../understanding/remember.ts';
import { areBelow, areStarts, areTexts, isObject, isPostings, isSpace } from '../understanding/sound.ts';
import { createSpace, createVocabulary, learnSpace, type Space, type Vector } from '../understanding/vectors.ts';
import type { FaqEntry } from './knowledge.ts';

/** Lists of numbers, one behind the other; `starts` tells where each begins, and at the end where the last ends. */
export interface Lists {
  readonly starts: Int32Array;
  readonly numbers: Int32Array;
}

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

export function indexFaq(
  entries: readonly Pick<FaqEntry, 'question' | 'similar' | 'answer'>[],
  remember: Remember = rememberNothing,
): FaqIndex {
  const featuresOf = rememberFeatures(remember, 'the FAQ');
  const vocabulary = createVocabulary();
  const bags = entries.map(({ question, similar }) =>
    [question, ...similar].map((text) => vocabulary.learn(featuresOf(readingOf(text)))),
  );
  const dimensions = vocabulary.size();
  const counts = bags.map((own) => countsIn(own.map(({ places }) => places)));
  const wholes = counts.map((count) => ({ places: Int32Array.from(count.keys()), unseen: 0 }));
  const space = learnSpace(wholes, dimensions);
  const vectorOf = createSpace(space);
  const profiles = wholes.map((whole, i) => repeated(vectorOf(whole), counts[i]!));
  const wordings = bags.flat().map(vectorOf);
  return {
    features: vocabulary.names(),
    space,
    profiles: learnPostings(profiles, dimensions, Math.max(COMMON.least, entries.length * COMMON.share)),
    entries: startsOf(bags.map(({ length }) => length)),
    wordings: listsOf(wordings.map(({ places }) => places)),
    weights: joined(wordings.map(({ values }) => values)),
    answers: listsOf(entries.map(({ answer }) => vocabulary.read(featuresOf(readingOf(answer))).places.sort())),
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

/** How many of the bags have each feature. */
function countsIn(bags: readonly Int32Array[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const places of bags) for (const place of places) counts.set(place, (counts.get(place) ?? 0) + 1);
  return counts;
}

/** The vector with what is repeated weighing more, of length 1 again. */
function repeated({ places, values, known }: Vector, counts: ReadonlyMap<number, number>): Vector {
  const raised = values.map((value, i) => value * counts.get(places[i]!)! ** REPEATED);
  const length = Math.hypot(...raised) || 1;
  return { places, values: raised.map((value) => value / length), known };
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
