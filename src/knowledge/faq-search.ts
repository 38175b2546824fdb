import { dayOf } from '../core/day.ts';
import { featuresOf } from '../understanding/features.ts';
import { createNearest, learnPostings, type Postings } from '../understanding/nearest.ts';
import { rememberFeatures, rememberNothing, type Remember } from '../understanding/remember.ts';
import { areBelow, areStarts, areTexts, isObject, isPostings, isSpace } from '../understanding/sound.ts';
import { createSpace, createVocabulary, learnSpace, type Space, type Vector } from '../understanding/vectors.ts';
import type { FaqEntry } from './knowledge.ts';

/** What a search needs to know of an entry. */
export type Searchable = Pick<FaqEntry, 'id' | 'question' | 'similar' | 'answer' | 'valid_from' | 'valid_until'>;

export interface Found<E> {
  readonly entry: E;
  /** 0..1; the same question word for word is 1. */
  readonly score: number;
}

/** Words of courtesy and particles that say nothing about what is asked. */
const POLITE =
  /请问一下|请问|麻烦问下|麻烦|您好|你好|你们|您们|咱们|我想问下|我想问|想问一下|想问下|想问|问一下|问下|一下|谢谢|的话|呢|吗|嘛|吧|啊|呀|哦|噢|的|了|please|hello|hi\b/g;
/** An answer that shares words with the question is a hint, never a hit by itself. */
const ANSWER_WEIGHT = 0.2;
/** How much the second nearest wording of an entry adds, where it has several. */
const SECOND_WEIGHT = 0.5;

/** What a search knows of the entries' words. Plain: it can be kept in a file and sent to another thread. */
export interface FaqIndex {
  /** The features by number. */
  readonly features: readonly string[];
  readonly space: Space;
  readonly postings: Postings;
  /** Number of the entry to which each wording belongs. */
  readonly entryOf: Int32Array;
  /** The numbers of each answer's features, ascending, one answer behind the other; `starts` has one more at the end. */
  readonly answers: { readonly starts: Int32Array; readonly places: Int32Array };
}

/** Whether a value that comes from a file is an index, with no number that leads out of it. */
export function isFaqIndex(value: unknown): value is FaqIndex {
  if (!isObject(value)) return false;
  const { features, space, postings, entryOf, answers } = value as Partial<FaqIndex>;
  if (!areTexts(features) || !isObject(answers) || !(entryOf instanceof Int32Array)) return false;
  const { starts, places } = answers;
  return (
    isSpace(space, features.length) &&
    isPostings(postings, entryOf.length, features.length) &&
    starts instanceof Int32Array &&
    areStarts(starts, starts.length - 1) &&
    areBelow(entryOf, starts.length - 1) &&
    areBelow(places, features.length) &&
    places.length === starts.at(-1)
  );
}

export function indexFaq(
  entries: readonly Pick<Searchable, 'question' | 'similar' | 'answer'>[],
  remember: Remember = rememberNothing,
): FaqIndex {
  const featuresOf = rememberFeatures(remember, 'the FAQ');
  const vocabulary = createVocabulary();
  const wordings = entries.flatMap((entry, index) =>
    [entry.question, ...entry.similar].map((text) => ({ index, bag: vocabulary.learn(featuresOf(readingOf(text))) })),
  );
  const bags = wordings.map(({ bag }) => bag);
  const space = learnSpace(bags, vocabulary.size());
  const answers = entries.map(({ answer }) => vocabulary.read(featuresOf(readingOf(answer))).places.sort());
  const starts = new Int32Array(answers.length + 1);
  for (const [index, { length }] of answers.entries()) starts[index + 1] = starts[index]! + length;
  const places = new Int32Array(starts[answers.length]!);
  for (const [index, answer] of answers.entries()) places.set(answer, starts[index]);
  return {
    features: vocabulary.names(),
    space,
    postings: learnPostings(bags.map(createSpace(space)), vocabulary.size()),
    entryOf: Int32Array.from(wordings, ({ index }) => index),
    answers: { starts, places },
  };
}

/**
 * Search over questions and their other wordings by the recogniser's own features: characters, pairs, words, rare ones
 * counting more. A score is the cosine to the nearest wording, less where the question has words that no entry knows.
 * `index` is what was learned from the same entries.
 */
export function createFaqSearch<E extends Searchable>(
  entries: readonly E[],
  { features, space, postings, entryOf, answers }: FaqIndex = indexFaq(entries),
): (text: string, at: Date, limit: number) => readonly Found<E>[] {
  const vocabulary = createVocabulary(features);
  const vectorOf = createSpace(space);
  const likenessOf = createNearest(postings);
  const answerOf = (index: number): Int32Array =>
    answers.places.subarray(answers.starts[index], answers.starts[index + 1]);

  return (text, at, limit) => {
    const vector = vectorOf(vocabulary.read(featuresOf(readingOf(text))));
    const known = Math.sqrt(vector.known);
    const { first, second } = bestByEntry(likenessOf(vector), entryOf, entries.length);
    const day = dayOf(at);
    const found: Found<E>[] = [];
    for (const [index, entry] of entries.entries()) {
      const likeness = first[index]!;
      if (likeness === 0 || !validOn(entry, day)) continue;
      const near = known * likeness;
      const more = SECOND_WEIGHT * known * second[index]! + ANSWER_WEIGHT * shareIn(answerOf(index), vector) * near;
      found.push({ entry, score: Math.min(1, near + (1 - near) * more) });
    }
    return found.sort((a, b) => b.score - a.score || (a.entry.id < b.entry.id ? -1 : 1)).slice(0, limit);
  };
}

/** What a question is compared by: without courtesies, unless there is nothing else. */
function readingOf(text: string): string {
  const plain = text.normalize('NFKC').toLowerCase();
  const short = plain.replace(POLITE, '');
  return /[\p{L}\p{N}]/u.test(short) ? short : plain;
}

/** For each entry the likeness of its nearest wording, and of the next one. */
function bestByEntry(
  likeness: Float32Array,
  entryOf: Int32Array,
  entries: number,
): { first: Float32Array; second: Float32Array } {
  const first = new Float32Array(entries);
  const second = new Float32Array(entries);
  for (let i = 0; i < likeness.length; i++) {
    const entry = entryOf[i]!;
    const one = likeness[i]!;
    if (one > first[entry]!) {
      second[entry] = first[entry]!;
      first[entry] = one;
    } else if (one > second[entry]!) second[entry] = one;
  }
  return { first, second };
}

/** Share of the question's weight, 0..1, that the answer has too. */
function shareIn(answer: Int32Array, { places, values }: Vector): number {
  let share = 0;
  for (let i = 0; i < places.length; i++) if (has(answer, places[i]!)) share += values[i]! * values[i]!;
  return share;
}

/** Whether an ascending list holds the number. */
function has(list: Int32Array, number: number): boolean {
  let from = 0;
  let to = list.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (list[middle]! < number) from = middle + 1;
    else to = middle;
  }
  return list[from] === number;
}

/** Dates are inclusive. */
function validOn({ valid_from: from, valid_until: until }: Searchable, day: string): boolean {
  return (from === undefined || from <= day) && (until === undefined || day <= until);
}
