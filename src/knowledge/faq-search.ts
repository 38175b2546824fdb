import { createMemo } from '../core/bounded-map.ts';
import { dayOf } from '../core/day.ts';
import { featuresOf } from '../understanding/features.ts';
import { createNearest } from '../understanding/nearest.ts';
import { createSpace, createVocabulary, type Vector } from '../understanding/vectors.ts';
import { indexFaq, readingOf, type FaqIndex } from './faq-index.ts';
import type { FaqEntry } from './knowledge.ts';

/** What a search needs to know of an entry. */
export type Searchable = Pick<FaqEntry, 'id' | 'question' | 'similar' | 'answer' | 'valid_from' | 'valid_until'>;

export interface Found<E> {
  readonly entry: E;
  /** 0..1; the same question word for word is 1. No more than that of the one before. */
  readonly score: number;
}

/** An answer that shares words with the question is a hint, never a hit by itself. */
const ANSWER_WEIGHT = 0.2;
/** How much the second nearest wording of an entry adds, where it has several. */
const SECOND_WEIGHT = 0.5;
/** So many entries of the best profile are compared wording by wording. */
const COMPARED = 50;
/** How much the score counts beside the profile for the order; and from where on it is the question itself, whatever the profile. */
const SCORE_WEIGHT = 0.25;
const SAME = 0.9;
/** A turn is decided several times, each time with more facts, and customers ask the same again and again. */
const ASKED = 500;

/**
 * Search over questions and their other wordings by the recogniser's own features: characters, pairs, words and their
 * kinds, rare ones counting more. What an entry's wordings say together (its profile) gives the order; a score is the
 * cosine to the nearest wording, less where the question has words that no entry knows. `index` is what was learned
 * from the same entries.
 */
export function createFaqSearch<E extends Searchable>(
  entries: readonly E[],
  index: FaqIndex = indexFaq(entries),
): (text: string, at: Date, limit: number, least?: number) => readonly Found<E>[] {
  const read = createVocabulary(index.features);
  const vectorOf = createSpace(index.space);
  const supportOf = createNearest(index.profiles);
  const scoreOf = createScore(index);

  function search(text: string, day: string, limit: number, least: number): readonly Found<E>[] {
    const vector = vectorOf(read(featuresOf(readingOf(text))));
    if (highestScore(vector) < least) return [];
    const support = supportOf(vector);
    const ranked = highest(support, Math.max(COMPARED, limit), (i) => isValidOn(entries[i]!, day))
      .map((i) => ({ entry: entries[i]!, score: scoreOf(i, vector), support: support[i]! }))
      .map((hit) => ({ ...hit, rank: hit.score >= SAME ? 1 + hit.score : hit.support + SCORE_WEIGHT * hit.score }))
      .sort((a, b) => b.rank - a.rank || (a.entry.id < b.entry.id ? -1 : 1))
      .slice(0, limit);
    let lowest = 1;
    return ranked.map(({ entry, score }) => ({ entry, score: (lowest = Math.min(lowest, score)) }));
  }

  const asked = createMemo<string, readonly Found<E>[]>(ASKED);
  return (text, at, limit, least = 0) => {
    const day = dayOf(at);
    return asked(`${day} ${limit} ${least} ${text}`, () => search(text, day, limit, least));
  };
}

/** How like an entry's wordings, 0..1, a vector is. */
function createScore({
  features,
  entries,
  wordings,
  weights,
  answers,
}: FaqIndex): (entry: number, vector: Vector) => number {
  const values = new Float32Array(features.length);
  return (entry, vector) => {
    const { places } = vector;
    for (let i = 0; i < places.length; i++) values[places[i]!] = vector.values[i]!;
    let [first, second] = [0, 0];
    for (let wording = entries[entry]!; wording < entries[entry + 1]!; wording++) {
      let likeness = 0;
      const end = wordings.starts[wording + 1]!;
      for (let i = wordings.starts[wording]!; i < end; i++) likeness += weights[i]! * values[wordings.numbers[i]!]!;
      if (likeness > first) [first, second] = [likeness, first];
      else if (likeness > second) second = likeness;
    }
    let answered = 0;
    const end = answers.starts[entry + 1]!;
    for (let i = answers.starts[entry]!; i < end; i++) answered += values[answers.numbers[i]!]! ** 2;
    for (const place of places) values[place] = 0;
    return scoreFrom(Math.sqrt(vector.known), first, second, answered);
  };
}

/** All but `known` are 0..1 and say how like the two nearest wordings and the answer are. */
function scoreFrom(known: number, first: number, second: number, answered: number): number {
  const near = known * first;
  const more = SECOND_WEIGHT * known * second + ANSWER_WEIGHT * answered * near;
  return Math.min(1, near + (1 - near) * more);
}

/** What an entry made of nothing but the words of the question that are known would have. */
function highestScore({ known }: Vector): number {
  return scoreFrom(Math.sqrt(known), 1, 1, 1);
}

/** The places of the highest numbers above 0 that are wanted, highest first. */
function highest(numbers: Float32Array, count: number, wanted: (place: number) => boolean): readonly number[] {
  const found: number[] = [];
  let least = 0;
  for (let place = 0; place < numbers.length; place++) {
    if (numbers[place]! <= least || !wanted(place)) continue;
    found.push(place);
    // Sorted now and then only: twice as many as are asked for may wait.
    if (found.length < 2 * count) continue;
    found.sort((a, b) => numbers[b]! - numbers[a]!).length = count;
    least = numbers[found[count - 1]!]!;
  }
  return found.sort((a, b) => numbers[b]! - numbers[a]!).slice(0, count);
}

/** Dates are inclusive. */
export function isValidOn(
  { valid_from: from, valid_until: until }: Pick<Searchable, 'valid_from' | 'valid_until'>,
  day: string,
): boolean {
  return (from === undefined || from <= day) && (until === undefined || day <= until);
}
