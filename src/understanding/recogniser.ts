import { calibrate } from './calibration.ts';
import { featuresOf } from './features.ts';
import { trainLinear } from './linear.ts';
import { createNearest } from './nearest.ts';
import { createSpace } from './vectors.ts';
import type { Evidence, Judge, Trial } from './calibration.ts';
import type { Guess } from './understanding.ts';

/** Best first, at most `limit`; empty where the text has nothing to go by. Confidence from FLOOR on means: asked for. */
export type Recognise = (masked: string, limit: number) => Guess[];

/** Guesses below are out of scope: calibration puts the best place to draw the line here. */
export const FLOOR = 0.45;

/** How much the nearest example counts beside the separators. */
const NEARNESS = 0.25;
/** Weights of the evidence before any trial: score, lead, distance from chatter, likeness, known words; bias. */
const PRIOR: readonly number[] = [3, 1.5, 1, 3, 1, -1.2];
/** What an example is worth to somebody who writes exactly that. */
const VERBATIM = 0.95;
const FOLDS = 4;
/** All chatter together weighs this much against all examples together. */
const CHATTER_SHARE = 0.6;
/** A general chatter line this like an example is rather this desk's business. */
const TOO_LIKE = 0.45;

interface Sample {
  readonly features: ReadonlySet<string>;
  /** Number of the intent; `intents.length` for chatter. */
  readonly label: number;
}

interface Verdict {
  readonly scores: Float64Array;
  readonly best: number;
  readonly evidence: Evidence;
}

/**
 * Trains on masked examples by intent and on chatter. `general` chatter was not written for this desk: lines that
 * resemble its examples are left out. Deterministic; about 50 µs a message.
 */
export function createRecogniser(
  examples: ReadonlyMap<string, readonly string[]>,
  chatter: readonly string[],
  general: boolean,
): Recognise {
  const intents = [...examples.keys()];
  const own = intents.flatMap((intent, label) =>
    [...new Set(examples.get(intent))].map((example): Sample => ({ features: featuresOf(example), label })),
  );
  const samples = own.filter(({ features }) => features.size > 0);
  if (samples.length === 0) return () => [];
  const foreign = chatter.map((line): Sample => ({ features: featuresOf(line), label: intents.length }));
  samples.push(...(general ? unlike(foreign, samples, intents.length) : foreign));
  const verbatim = new Map(own.map(({ features, label }) => [keyOf(features), label]));
  const view = learn(samples, intents.length);
  const judge = judgeFrom(samples, intents.length);
  return (masked, limit) => {
    const features = featuresOf(masked);
    if (features.size === 0) return [];
    const { scores, best, evidence } = view(features);
    const confidence = judge(evidence);
    const same = verbatim.get(keyOf(features));
    return intents
      .map((intent, label) => {
        const share = confidence * Math.exp(3 * (scores[label]! - scores[best]!));
        return { intent, confidence: label === same ? Math.max(share, VERBATIM) : share };
      })
      .sort((a, b) => b.confidence - a.confidence)
      .slice(0, limit);
  };
}

function keyOf(features: ReadonlySet<string>): string {
  return [...features].join('\n');
}

function unlike(lines: readonly Sample[], samples: readonly Sample[], classes: number): Sample[] {
  const space = createSpace(samples.map(({ features }) => features));
  const nearest = createNearest(
    samples.map(({ features }) => space.vectorOf(features)),
    samples.map(({ label }) => label),
    classes,
    space.dimensions,
  );
  return lines.filter(({ features }) => {
    const vector = space.vectorOf(features);
    return Math.max(...nearest(vector)) * Math.sqrt(vector.known) < TOO_LIKE;
  });
}

/** The separators and the nearest examples, weighed together. */
function learn(samples: readonly Sample[], intents: number): (features: ReadonlySet<string>) => Verdict {
  const space = createSpace(samples.map(({ features }) => features));
  const vectors = samples.map(({ features }) => space.vectorOf(features));
  const labels = samples.map(({ label }) => label);
  const linear = trainLinear(vectors, labels, intents + 1, space.dimensions);
  const nearest = createNearest(vectors, labels, intents + 1, space.dimensions);
  return (features) => {
    const vector = space.vectorOf(features);
    const likeness = nearest(vector);
    const scores = linear(vector).map((score, label) => score + NEARNESS * likeness[label]!);
    let best = 0;
    let second = -2;
    for (let label = 1; label < intents; label++) if (scores[label]! > scores[best]!) best = label;
    for (let label = 0; label < intents; label++) if (label !== best) second = Math.max(second, scores[label]!);
    const known = Math.sqrt(vector.known);
    const evidence = [
      scores[best]!,
      scores[best]! - second,
      scores[best]! - scores[intents]!,
      likeness[best]! * known,
      known,
    ];
    return { scores, best, evidence };
  };
}

/** Tries the recogniser on what it was not shown, by folds, and learns from that how far to trust it. */
function judgeFrom(samples: readonly Sample[], intents: number): Judge {
  const seen = new Map<number, number>();
  const folds = samples.map(({ label }) => {
    const nth = seen.get(label) ?? 0;
    seen.set(label, nth + 1);
    return nth % FOLDS;
  });
  const foreign = seen.get(intents) ?? 0;
  const weight = foreign === 0 ? 0 : (CHATTER_SHARE * (samples.length - foreign)) / foreign;
  const trials: Trial[] = [];
  // Large sets tell enough in one fold.
  for (let fold = 0; fold < (samples.length > 4000 ? 1 : FOLDS); fold++) {
    const view = learn(
      samples.filter((_, i) => folds[i] !== fold),
      intents,
    );
    for (const [i, { features, label }] of samples.entries()) {
      if (folds[i] !== fold) continue;
      const { best, evidence } = view(features);
      trials.push({ evidence, right: best === label, weight: label === intents ? weight : 1 });
    }
  }
  return calibrate(trials, PRIOR);
}
