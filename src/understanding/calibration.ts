/** What a guess is judged by; see `evidenceOf` in recogniser.ts. Each about 0..1. */
export type Evidence = readonly number[];

export interface Trial {
  readonly evidence: Evidence;
  /** Whether the guess was right; a guess about chatter never is. */
  readonly right: boolean;
  readonly weight: number;
}

/** 0..1: how likely a guess with such evidence is right. */
export type Judge = (evidence: Evidence) => number;

/** How many trials it takes to believe them as much as the weights we start from. */
const BELIEF = 20;
const STEPS = 300;

/** Logistic regression from `prior` (bias last), drawn away from it by the trials: its weights. Deterministic. */
export function calibrate(trials: readonly Trial[], prior: readonly number[]): Float64Array {
  const weights = Float64Array.from(prior);
  const slope = new Float64Array(prior.length);
  const bias = prior.length - 1;
  const total = trials.reduce((sum, trial) => sum + trial.weight, 0) + BELIEF;
  for (let step = 0; step < STEPS; step++) {
    for (let i = 0; i < slope.length; i++) slope[i] = ((weights[i]! - prior[i]!) * BELIEF) / 40;
    for (let t = 0; t < trials.length; t++) {
      const { evidence, right, weight } = trials[t]!;
      const miss = (probability(weights, evidence) - (right ? 1 : 0)) * weight;
      for (let i = 0; i < bias; i++) slope[i]! += miss * evidence[i]!;
      slope[bias]! += miss;
    }
    for (let i = 0; i < slope.length; i++) weights[i]! -= (2 * slope[i]!) / total;
  }
  return weights;
}

/** Judges by the weights that `calibrate` found. */
export function createJudge(weights: Float64Array): Judge {
  return (evidence) => probability(weights, evidence);
}

function probability(weights: Float64Array, evidence: Evidence): number {
  let sum = weights[evidence.length]!;
  for (let i = 0; i < evidence.length; i++) sum += weights[i]! * evidence[i]!;
  return 1 / (1 + Math.exp(-sum));
}
