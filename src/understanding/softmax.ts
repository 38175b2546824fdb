import { sequence } from './sequence.ts';
import type { Vector } from './vectors.ts';

export interface Scorer {
  /** For each class the logarithm of its probability. */
  score(vector: Vector): Float64Array;
  /** How much the feature at each place of the vector speaks for a class, beside what it says of the classes on average. */
  reasons(vector: Vector, label: number): Float64Array;
}

/** Length of the first step; later ones are shorter. */
const STEP = 2;
/** The bias moves less than what speaks for a class. */
const BIAS_STEP = 0.1;
/** Share of certainty that is never asked for where examples are many: it keeps odd examples from being learned by heart. */
const DOUBT = 0.1;
/** At so many examples a class half of that doubt holds. */
const DOUBT_FROM = 20;
/** About so many examples are looked at in all, within bounds for the rounds. */
const LOOKS = 34_000;
const ROUNDS = { fewest: 6, most: 30 };
/** A class whose probability is this near to what it should be is left as it is. */
const ENOUGH = 0.001;

/**
 * Multinomial logistic regression by stochastic gradient descent. The weights of all classes stand side by side for each
 * feature, so that a step runs through memory in order; the biases come last. Deterministic: examples are shuffled from
 * a fixed seed.
 */
export function trainSoftmax(
  vectors: readonly Vector[],
  labels: Int32Array,
  classes: number,
  dimensions: number,
): Float32Array {
  const weights = new Float32Array((dimensions + 1) * classes);
  const bias = dimensions * classes;
  const scores = new Float64Array(classes);
  const gaps = new Float64Array(classes);
  const wrong = new Int32Array(classes);
  const random = sequence(7);
  const order = Int32Array.from(vectors, (_, i) => i);
  const each = vectors.length / classes;
  const doubt = (DOUBT * each) / (each + DOUBT_FROM);
  const rounds = Math.min(ROUNDS.most, Math.max(ROUNDS.fewest, Math.round(LOOKS / vectors.length)));
  for (let round = 0; round < rounds; round++) {
    shuffle(order, random);
    const step = STEP * (1 - round / rounds);
    for (const i of order) {
      const { places, values } = vectors[i]!;
      score(weights, classes, bias, vectors[i]!, scores);
      let count = 0;
      for (let label = 0; label < classes; label++) {
        const wanted = doubt / classes + (label === labels[i] ? 1 - doubt : 0);
        const gap = Math.exp(scores[label]!) - wanted;
        if (Math.abs(gap) < ENOUGH) continue;
        gaps[count] = gap;
        wrong[count++] = label;
      }
      for (let j = 0; j < places.length; j++) {
        const row = places[j]! * classes;
        const length = step * values[j]!;
        for (let w = 0; w < count; w++) weights[row + wrong[w]!]! -= length * gaps[w]!;
      }
      for (let w = 0; w < count; w++) weights[bias + wrong[w]!]! -= BIAS_STEP * step * gaps[w]!;
    }
  }
  return weights;
}

/** Scores by the weights that `trainSoftmax` made for so many classes. */
export function createScorer(weights: Float32Array, classes: number): Scorer {
  const bias = weights.length - classes;
  return {
    score(vector) {
      const result = new Float64Array(classes);
      score(weights, classes, bias, vector, result);
      return result;
    },
    reasons({ places, values }, label) {
      const result = new Float64Array(places.length);
      for (let i = 0; i < places.length; i++) {
        const row = places[i]! * classes;
        let sum = 0;
        for (let other = 0; other < classes; other++) sum += weights[row + other]!;
        result[i] = (weights[row + label]! - sum / classes) * values[i]!;
      }
      return result;
    },
  };
}

/** Writes the logarithms of the classes' probabilities. */
function score(weights: Float32Array, classes: number, bias: number, vector: Vector, into: Float64Array): void {
  const { places, values } = vector;
  const fours = classes - (classes % 4);
  // Four at a time, so that the sums need not be written down in between.
  for (let label = 0; label < fours; label += 4) {
    let a = weights[bias + label]!;
    let b = weights[bias + label + 1]!;
    let c = weights[bias + label + 2]!;
    let d = weights[bias + label + 3]!;
    for (let i = 0; i < places.length; i++) {
      const at = places[i]! * classes + label;
      const value = values[i]!;
      a += weights[at]! * value;
      b += weights[at + 1]! * value;
      c += weights[at + 2]! * value;
      d += weights[at + 3]! * value;
    }
    into[label] = a;
    into[label + 1] = b;
    into[label + 2] = c;
    into[label + 3] = d;
  }
  for (let label = fours; label < classes; label++) {
    let sum = weights[bias + label]!;
    for (let i = 0; i < places.length; i++) sum += weights[places[i]! * classes + label]! * values[i]!;
    into[label] = sum;
  }
  let highest = -Infinity;
  for (let label = 0; label < classes; label++) if (into[label]! > highest) highest = into[label]!;
  let sum = 0;
  for (let label = 0; label < classes; label++) sum += Math.exp(into[label]! - highest);
  const total = highest + Math.log(sum);
  for (let label = 0; label < classes; label++) into[label]! -= total;
}

function shuffle(numbers: Int32Array, random: () => number): void {
  for (let i = numbers.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [numbers[i], numbers[j]] = [numbers[j]!, numbers[i]!];
  }
}
