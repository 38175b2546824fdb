import { calibrate } from './calibration.ts';
import { featuresOf } from './features.ts';
import { trainModel } from './model.ts';
import { createNearest } from './nearest.ts';
import { createSpace, createVocabulary } from './vectors.ts';
import type { Evidence, Judge, Trial } from './calibration.ts';
import type { Sample } from './model.ts';
import type { Guess } from './understanding.ts';

/** Best first, at most `limit`; empty where the text has nothing to go by. Confidence from `floor` on means: asked for. */
export type Recognise = (masked: string, limit: number) => Guess[];

/** Why a text was taken for an intent, or would have been. */
export interface Explanation {
  readonly guesses: readonly Guess[];
  /** What speaks most for the first guess, in the recogniser's terms; and what most against it. */
  readonly features: readonly { readonly feature: string; readonly weight: number }[];
  /** The nearest examples, of any intent (`out-of-scope` for chatter). */
  readonly nearest: readonly { readonly example: string; readonly intent: string; readonly likeness: number }[];
}

export interface Recogniser {
  readonly recognise: Recognise;
  /** Guesses with a lower confidence are out of scope: chosen by cross-validation on examples and chatter. */
  readonly floor: number;
  readonly explain: (masked: string) => Explanation;
}

/** Where guesses begin to be out of scope if there is no chatter to learn it from; and how far learning may move it. */
const FLOOR = 0.45;
const FLOORS = { lowest: 0.3, highest: 0.6 };
/** Share of real requests that may be refused for the sake of refusing chatter. */
const REFUSED = 0.03;
/** So many lines of chatter tell where to draw the line. */
const ENOUGH_CHATTER = 50;
export const OUT_OF_SCOPE = 'out-of-scope';
const silent: Recogniser = {
  floor: FLOOR,
  recognise: () => [],
  explain: () => ({ guesses: [], features: [], nearest: [] }),
};

/** Weights of the evidence before any trial: share, lead, distance from chatter, likeness, known words; bias. */
const PRIOR: readonly number[] = [1, 0.8, 0.7, 3, 1, -1.2];
/** Where there is no chatter to learn from, the weights stay in this proportion and only their scale and the bias are fitted. */
const BLIND: readonly number[] = [1, 1, 0, 0, 2.2];
/** What an example is worth to somebody who writes exactly that. */
const VERBATIM = 0.95;
const FOLDS = 4;
/** Where examples times intents are more, two folds tell enough, or one, and the others would take long. */
const LARGE = { two: 60_000, one: 150_000 };
/** All chatter together weighs this much against all examples together. */
const CHATTER_SHARE = 0.6;
/** A general chatter line this like an example is rather this desk's business. */
const TOO_LIKE = 0.45;
const SHOWN = 8;

/**
 * Trains on masked examples by intent and on chatter. `general` chatter was not written for this desk: lines that
 * resemble its examples are left out. Deterministic; about 50 µs a message.
 */
export function createRecogniser(
  examples: ReadonlyMap<string, readonly string[]>,
  chatter: readonly string[],
  general: boolean,
): Recogniser {
  const intents = [...examples.keys()];
  const own = intents.flatMap((intent, label) => [...new Set(examples.get(intent))].map((text) => ({ text, label })));
  const ours = own.map(({ text }) => text);
  const foreign = (general ? unlike(chatter, ours) : chatter).map((text) => ({ text, label: intents.length }));
  const vocabulary = createVocabulary();
  const samples = [...own, ...foreign]
    .map(({ text, label }): Sample => ({ text, label, bag: vocabulary.learn(featuresOf(text)) }))
    .filter(({ bag }) => bag.places.length > 0);
  if (own.length === 0 || samples[0]?.label === intents.length) return silent;
  const verbatim = new Map([...samples].reverse().map(({ text, label }) => [wordsOf(text), label]));
  const model = trainModel(samples, intents.length, vocabulary.size());
  const { judge, floor } = judgeFrom(samples, intents.length, vocabulary.size());

  const recognise: Recognise = (masked, limit) => {
    const features = featuresOf(masked);
    if (features.size === 0) return [];
    const { shares, best, evidence } = model.judge(vocabulary.read(features));
    const same = verbatim.get(wordsOf(masked));
    const confidence = same === intents.length ? Math.min(judge(evidence), 1 - VERBATIM) : judge(evidence);
    return intents
      .map((intent, label) => {
        const share = confidence * (shares[label]! / shares[best]!);
        return { intent, confidence: label === same ? Math.max(share, VERBATIM) : share };
      })
      .sort((a, b) => b.confidence - a.confidence)
      .slice(0, limit);
  };
  return {
    recognise,
    floor,
    explain(masked) {
      const guesses = recognise(masked, 3);
      const [first] = guesses;
      if (first === undefined) return { guesses, features: [], nearest: [] };
      const reasons = model.explain(vocabulary.read(featuresOf(masked)), intents.indexOf(first.intent));
      const names = vocabulary.names();
      const features = reasons.features.map(([place, weight]) => ({ feature: names[place]!, weight }));
      return {
        guesses,
        features: features.length <= SHOWN ? features : [...features.slice(0, SHOWN - 2), ...features.slice(-2)],
        nearest: reasons.nearest.map(([sample, likeness]) => {
          const { text, label } = samples[sample]!;
          return { example: text, intent: intents[label] ?? OUT_OF_SCOPE, likeness };
        }),
      };
    },
  };
}

/** A text without its blanks and punctuation, with no character more than twice in a row. */
function wordsOf(masked: string): string {
  return masked
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{S}{}]+/gu, '')
    .replace(/(.)\1{2,}/gu, '$1$1');
}

function unlike(lines: readonly string[], examples: readonly string[]): readonly string[] {
  const vocabulary = createVocabulary();
  const bags = examples.map((text) => vocabulary.learn(featuresOf(text)));
  const vectorOf = createSpace(bags, vocabulary.size());
  const likenessOf = createNearest(bags.map(vectorOf), vocabulary.size());
  return lines.filter((line) => {
    const vector = vectorOf(vocabulary.read(featuresOf(line)));
    return Math.max(0, ...likenessOf(vector)) * Math.sqrt(vector.known) < TOO_LIKE;
  });
}

function trialsFor(size: number): number {
  return size > LARGE.one ? 1 : size > LARGE.two ? 2 : FOLDS;
}

/** Tries the recogniser on what it was not shown, by folds, and learns from that how far to trust it. */
function judgeFrom(samples: readonly Sample[], intents: number, dimensions: number): { judge: Judge; floor: number } {
  const seen = new Map<number, number>();
  const folds = samples.map(({ label }) => {
    const nth = seen.get(label) ?? 0;
    seen.set(label, nth + 1);
    return nth % FOLDS;
  });
  const foreign = seen.get(intents) ?? 0;
  const weight = foreign === 0 ? 0 : (CHATTER_SHARE * (samples.length - foreign)) / foreign;
  const trials: (Trial & { readonly foreign: boolean })[] = [];
  for (let fold = 0; fold < trialsFor(samples.length * intents); fold++) {
    const model = trainModel(
      samples.filter((_, i) => folds[i] !== fold),
      intents,
      dimensions,
    );
    for (const [i, { bag, label }] of samples.entries()) {
      if (folds[i] !== fold) continue;
      const { best, evidence } = model.judge(bag);
      trials.push({
        evidence,
        right: best === label,
        weight: label === intents ? weight : 1,
        foreign: label === intents,
      });
    }
  }
  if (foreign > 0) {
    const judge = calibrate(trials, PRIOR);
    return { judge, floor: foreign < ENOUGH_CHATTER ? FLOOR : floorFrom(trials, judge) };
  }
  const weigh = (evidence: Evidence): Evidence => [evidence.reduce((sum, one, i) => sum + one * BLIND[i]!, 0)];
  const judge = calibrate(
    trials.map((trial) => ({ ...trial, evidence: weigh(trial.evidence) })),
    [1, -1.5],
  );
  return { judge: (evidence) => judge(weigh(evidence)), floor: FLOOR };
}

/** The highest line that refuses no more than REFUSED of the examples it was not shown. */
function floorFrom(trials: readonly (Trial & { readonly foreign: boolean })[], judge: Judge): number {
  const own = trials.filter(({ foreign }) => !foreign).map(({ evidence }) => judge(evidence));
  own.sort((a, b) => a - b);
  return Math.max(FLOORS.lowest, Math.min(FLOORS.highest, own[Math.floor(own.length * REFUSED)] ?? FLOOR));
}
