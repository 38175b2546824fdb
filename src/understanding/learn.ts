import { calibrate, createJudge } from './calibration.ts';
import { createModel, trainModel } from './model.ts';
import { createNearest, learnPostings } from './nearest.ts';
import { createLexicon, listAt, type Lexicon } from './lexicon.ts';
import { rememberNothing, type Remember } from './remember.ts';
import { createSpace, learnSpace } from './vectors.ts';
import type { Evidence, Trial } from './calibration.ts';
import type { Sample, TrainedModel } from './model.ts';

/** All that learning leaves. Plain: it can be kept in a file and sent to another thread, and serves there as it does here. */
export interface Learned {
  readonly intents: readonly string[];
  /** Guesses with a lower confidence are out of scope: chosen by cross-validation on examples and chatter. */
  readonly floor: number;
  /** The features by number. */
  readonly features: readonly string[];
  /** The masked examples, those of chatter last; `model.labels` tells whose each is. */
  readonly examples: readonly string[];
  readonly model: TrainedModel;
  /** Weights of the evidence, bias last. */
  readonly trust: Float64Array;
}

/** Where guesses begin to be out of scope if there is no chatter to learn it from; and how far learning may move it. */
export const FLOOR = 0.45;
const FLOORS = { lowest: 0.35, highest: 0.6 };
/** Share of real requests that may be refused for the sake of refusing chatter. */
const REFUSED = 0.03;
/** So many lines of chatter tell where to draw the line. */
const ENOUGH_CHATTER = 50;
/**
 * Weights of the evidence before any trial: share, lead, distance from chatter, likeness, known words, share without
 * what is most telling, number of features that speak for it; bias.
 */
const PRIOR: readonly number[] = [1, 0.8, 0.7, 3, 1, 0, 0, -1.2];
/** How many weights there are. */
export const TRUSTED = PRIOR.length;
/** Where there is no chatter to learn from, the weights stay in this proportion and only their scale and the bias are fitted. */
const BLIND: readonly number[] = [1, 1, 0, 0, 2.2, 1.5, 1];
const FOLDS = 4;
/** Where examples times intents are more, two folds tell enough, or one, and the others would take long. */
const LARGE = { two: 60_000, one: 150_000 };
/** All chatter together weighs this much against all examples together. */
const CHATTER_SHARE = 0.6;
/** A general chatter line this like an example is rather this desk's business. */
const TOO_LIKE = 0.45;

/**
 * Trains on masked examples by intent and on chatter. `general` chatter was not written for this desk: lines that
 * resemble its examples are left out. Null where there is nothing to learn. Deterministic.
 */
export function learn(
  examples: ReadonlyMap<string, readonly string[]>,
  chatter: readonly string[],
  general: boolean,
  remember: Remember = rememberNothing,
): Learned | null {
  const read = lexiconOf(remember);
  const intents = [...examples.keys()];
  const own = intents.flatMap((intent, label) => [...new Set(examples.get(intent))].map((text) => ({ text, label })));
  const ours = own.map(({ text }) => text);
  const foreign = (general ? unlike(chatter, ours, read) : chatter).map((text) => ({
    text,
    label: intents.length,
  }));
  const all = [...own, ...foreign];
  const { texts, names } = read(all.map(({ text }) => text));
  const samples = all
    .map(({ text, label }, i) => ({ text, label, bag: { places: listAt(texts, i), unseen: 0 } }))
    .filter(({ bag }) => bag.places.length > 0);
  if (own.length === 0 || samples[0]?.label === intents.length) return null;
  return {
    intents,
    features: names,
    examples: samples.map(({ text }) => text),
    model: trainModel(samples, intents.length, names.length),
    ...trustIn(samples, intents.length, names.length),
  };
}

/** What reads the examples, and remembers them. */
export function lexiconOf(remember: Remember): Lexicon {
  return remember<Lexicon>('lexicon of the examples')('', () => createLexicon());
}

function unlike(lines: readonly string[], examples: readonly string[], read: Lexicon): readonly string[] {
  const { texts } = read([...examples, ...lines]);
  const bags = examples.map((_, i) => ({ places: listAt(texts, i), unseen: 0 }));
  // The examples are read first: what only the lines have is numbered from there on.
  const dimensions = texts.numbers
    .subarray(0, texts.starts[examples.length])
    .reduce((most, n) => Math.max(most, n + 1), 0);
  const vectorOf = createSpace(learnSpace(bags, dimensions));
  const likenessOf = createNearest(learnPostings(bags.map(vectorOf), dimensions));
  return lines.filter((_, i) => {
    const own = listAt(texts, examples.length + i);
    const places = own.filter((place) => place < dimensions);
    const vector = vectorOf({ places, unseen: own.length - places.length });
    return Math.max(0, ...likenessOf(vector)) * Math.sqrt(vector.known) < TOO_LIKE;
  });
}

function trialsFor(size: number): number {
  return size > LARGE.one ? 1 : size > LARGE.two ? 2 : FOLDS;
}

/** Tries the recogniser on what it was not shown, by folds, and learns from that how far to trust it. */
function trustIn(samples: readonly Sample[], intents: number, dimensions: number): Pick<Learned, 'trust' | 'floor'> {
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
    const others = samples.filter((_, i) => folds[i] !== fold);
    const model = createModel(trainModel(others, intents, dimensions));
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
    const trust = calibrate(trials, PRIOR);
    return { trust, floor: foreign < ENOUGH_CHATTER ? FLOOR : floorFrom(trials, trust) };
  }
  const weigh = (evidence: Evidence): Evidence => [evidence.reduce((sum, one, i) => sum + one * BLIND[i]!, 0)];
  const [scale = 0, bias = 0] = calibrate(
    trials.map((trial) => ({ ...trial, evidence: weigh(trial.evidence) })),
    [1, -1.5],
  );
  return { trust: Float64Array.from([...BLIND.map((one) => one * scale), bias]), floor: FLOOR };
}

/** The highest line that refuses no more than REFUSED of the examples it was not shown. */
function floorFrom(trials: readonly (Trial & { readonly foreign: boolean })[], trust: Float64Array): number {
  const judge = createJudge(trust);
  const own = trials.filter(({ foreign }) => !foreign).map(({ evidence }) => judge(evidence));
  own.sort((a, b) => a - b);
  return Math.max(FLOORS.lowest, Math.min(FLOORS.highest, own[Math.floor(own.length * REFUSED)] ?? FLOOR));
}
