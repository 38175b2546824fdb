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

/** Logistic regression from `prior` (bias last), drawn away from it by the trials. Deterministic. */
export function calibrate(trials: readonly Trial[], prior: readonly number[]): Judge {
  const weights = [...prior];
  const total = trials.reduce((sum, trial) => sum + trial.weight, 0) + BELIEF;
  for (let step = 0; step < STEPS; step++) {
    const slope = weights.map((weight, i) => ((weight - prior[i]!) * BELIEF) / 40);
    for (const { evidence, right, weight } of trials) {
      const miss = (probability(weights, evidence) - (right ? 1 : 0)) * weight;
      for (const [i, value] of evidence.entries()) slope[i]! += miss * value;
      slope[evidence.length]! += miss;
    }
    for (const i of weights.keys()) weights[i]! -= (2 * slope[i]!) / total;
  }
  return (evidence) => probability(weights, evidence);
}

function probability(weights: readonly number[], evidence: Evidence): number {
  let sum = weights[evidence.length]!;
  for (const [i, value] of evidence.entries()) sum += weights[i]! * value;
  return 1 / (1 + Math.exp(-sum));
}
