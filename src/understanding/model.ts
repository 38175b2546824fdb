import { createNearest, learnPostings, nearestByClass } from './nearest.ts';
import { createScorer, trainSoftmax } from './softmax.ts';
import { createSpace, learnSpace } from './vectors.ts';
import type { Evidence } from './calibration.ts';
import type { Postings } from './nearest.ts';
import type { Bag, Space, Vector } from './vectors.ts';

/** How much the nearest example counts beside the trained weights where examples are many; chosen on held-out examples. */
const NEARNESS = 0.8;
/** At so many examples a class the nearest counts half of that: among few it is often of another class. */
const NEARNESS_FROM = 20;

/** So many of the features that speak most for a guess are left out, to see what the others say: a request has more than one sign of it. */
const TELLING = 5;

/** A feature of more examples than that says little of which is near, and would take most of the time. */
const COMMON = { least: 200, share: 1 / 12 };

export interface Sample {
  readonly bag: Bag;
  /** Number of the intent; the number of intents for chatter. */
  readonly label: number;
}

export interface Verdict {
  /** Share of each intent among the intents, 0..1. */
  readonly shares: Float64Array;
  readonly best: number;
  /** What the best is judged by: see `evidenceOf`. */
  readonly evidence: Evidence;
}

export interface Reasons {
  /** Numbers of features and how much each speaks for the intent, most first. */
  readonly features: readonly (readonly [place: number, weight: number])[];
  /** Numbers of samples and how like each is, most first. */
  readonly nearest: readonly (readonly [sample: number, likeness: number])[];
}

export interface Model {
  judge(bag: Bag): Verdict;
  explain(bag: Bag, label: number): Reasons;
}

/** What training leaves. Plain: it can be kept and sent. */
export interface TrainedModel {
  readonly intents: number;
  /** The intents, and one more where there is chatter. */
  readonly classes: number;
  readonly space: Space;
  /** As `trainSoftmax` made them. */
  readonly weights: Float32Array;
  readonly postings: Postings;
  /** Of each sample. */
  readonly labels: Int32Array;
}

export function trainModel(samples: readonly Sample[], intents: number, dimensions: number): TrainedModel {
  const space = learnSpace(
    samples.map(({ bag }) => bag),
    dimensions,
  );
  const vectorOf = createSpace(space);
  const vectors = samples.map(({ bag }) => vectorOf(bag));
  const labels = Int32Array.from(samples, ({ label }) => label);
  const classes = intents + (labels.includes(intents) ? 1 : 0);
  const weights = trainSoftmax(vectors, labels, classes, dimensions);
  const common = Math.max(COMMON.least, samples.length * COMMON.share);
  return { intents, classes, space, weights, postings: learnPostings(vectors, dimensions, common), labels };
}

/** What the trained weights and the nearest examples say together. */
export function createModel({ intents, classes, space, weights, postings, labels }: TrainedModel): Model {
  const vectorOf = createSpace(space);
  const scorer = createScorer(weights, classes);
  const likenessOf = createNearest(postings);
  const foreign = classes > intents;
  const each = labels.length / classes;
  const nearness = (NEARNESS * each) / (each + NEARNESS_FROM);

  function judge(bag: Bag): Verdict {
    const vector = vectorOf(bag);
    const likeness = nearestByClass(likenessOf(vector), labels, classes);
    const scores = scorer.score(vector);
    for (let label = 0; label < classes; label++) scores[label]! += nearness * likeness[label]!;
    let best = 0;
    for (let label = 1; label < intents; label++) if (scores[label]! > scores[best]!) best = label;
    const shares = scores.subarray(0, intents).map((score) => Math.exp(score - scores[best]!));
    const sum = shares.reduce((all, share) => all + share, 0);
    const second = shares.reduce((most, share, label) => (label === best ? most : Math.max(most, share)), 0);
    const known = Math.sqrt(vector.known);
    const reasons = scorer.reasons(vector, best);
    const rest = scorer.score(withoutMost(vector, reasons, TELLING));
    for (let label = 0; label < classes; label++) rest[label]! += nearness * likeness[label]!;
    const evidence = [
      Math.log(1 / sum),
      // Never infinite: the second may have no share at all.
      Math.min(-Math.log(second || 1e-4), 9) / 3,
      foreign ? clamp(scores[best]! - scores[intents]!, 9) / 3 : 0,
      likeness[best]! * known,
      known,
      logShare(rest.subarray(0, intents), best) / 3,
      Math.log(1 + reasons.filter((reason) => reason > 0).length) / 3,
    ];
    return { shares: shares.map((share) => share / sum), best, evidence };
  }

  return {
    judge,
    explain(bag, label) {
      const vector = vectorOf(bag);
      const weights = scorer.reasons(vector, label);
      const likeness = likenessOf(vector);
      return {
        features: [...vector.places].map((place, i) => [place, weights[i]!] as const).sort((a, b) => b[1] - a[1]),
        nearest: [...likeness]
          .map((like, i) => [i, like] as const)
          .sort((a, b) => b[1] - a[1])
          .slice(0, 3),
      };
    },
  };
}

/** A vector without the places whose reasons are strongest. */
function withoutMost({ places, values, known }: Vector, reasons: Float64Array, most: number): Vector {
  const bar = reasons.toSorted().at(-most - 1) ?? -Infinity;
  return {
    places: places.filter((_, i) => reasons[i]! <= bar),
    values: values.filter((_, i) => reasons[i]! <= bar),
    known,
  };
}

/** The logarithm of the share of one score among all, by softmax. */
function logShare(scores: Float64Array, label: number): number {
  const most = Math.max(...scores);
  return scores[label]! - most - Math.log(scores.reduce((sum, score) => sum + Math.exp(score - most), 0));
}

function clamp(value: number, most: number): number {
  return Math.max(-most, Math.min(most, value));
}
