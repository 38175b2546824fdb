import type { Vector } from './vectors.ts';

/** How well each class fits a vector; 1 is well inside, -1 well outside. */
export type Scorer = (vector: Vector) => Float64Array;

/** Price of an example on the wrong side; chosen on held-out examples. */
const PRICE = 1;
/** The examples of a class are few beside all others: each weighs this much more. */
const OWN = 2;
const ROUNDS = 12;
/** Rounds end when no example is further than this from where it should be. */
const TOLERANCE = 0.1;

/**
 * One linear separator for each class against all others: L2-regularised, squared hinge, by dual coordinate descent
 * (Hsieh et al. 2008). Deterministic: the order of the examples is shuffled from a fixed seed.
 */
export function trainLinear(
  vectors: readonly Vector[],
  labels: readonly number[],
  classes: number,
  dimensions: number,
): Scorer {
  const stride = classes;
  const weights = new Float32Array((dimensions + 1) * stride);
  const squares = Float64Array.from(vectors, (vector) => vector.values.reduce((sum, value) => sum + value * value, 1));
  for (let label = 0; label < classes; label++) {
    const separator = separate(vectors, labels, label, dimensions, squares);
    for (let place = 0; place <= dimensions; place++) weights[place * stride + label] = separator[place]!;
  }
  return ({ places, values }) => {
    const scores = new Float64Array(classes);
    for (let label = 0; label < classes; label++) scores[label] = weights[dimensions * stride + label]!;
    for (let i = 0; i < places.length; i++) {
      const row = places[i]! * stride;
      const value = values[i]!;
      for (let label = 0; label < classes; label++) scores[label]! += weights[row + label]! * value;
    }
    return scores;
  };
}

/** Weights of one class against the rest; the last one is the bias. */
function separate(
  vectors: readonly Vector[],
  labels: readonly number[],
  label: number,
  dimensions: number,
  squares: Float64Array,
): Float64Array {
  const weights = new Float64Array(dimensions + 1);
  const duals = new Float64Array(vectors.length);
  const slack = Float64Array.from(labels, (one) => 1 / (2 * PRICE * (one === label ? OWN : 1)));
  const random = sequence(label + 1);
  let active = Int32Array.from(vectors, (_, i) => i);
  let limit = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    shuffle(active, random);
    let furthest = 0;
    let kept = 0;
    for (const i of active) {
      const { places, values } = vectors[i]!;
      const side = labels[i] === label ? 1 : -1;
      let product = weights[dimensions]!;
      for (let j = 0; j < places.length; j++) product += weights[places[j]!]! * values[j]!;
      const gradient = side * product - 1 + duals[i]! * slack[i]!;
      // An example that is safely on its own side is left out of later rounds.
      if (duals[i] === 0 && gradient > limit) continue;
      active[kept++] = i;
      const projected = duals[i] === 0 ? Math.min(gradient, 0) : gradient;
      furthest = Math.max(furthest, Math.abs(projected));
      if (Math.abs(projected) < 1e-10) continue;
      const dual = Math.max(duals[i]! - gradient / (squares[i]! + slack[i]!), 0);
      const change = (dual - duals[i]!) * side;
      duals[i] = dual;
      weights[dimensions]! += change;
      for (let j = 0; j < places.length; j++) weights[places[j]!]! += change * values[j]!;
    }
    active = active.subarray(0, kept);
    limit = furthest;
    if (furthest < TOLERANCE) break;
  }
  return weights;
}

function shuffle(numbers: Int32Array, random: () => number): void {
  for (let i = numbers.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [numbers[i], numbers[j]] = [numbers[j]!, numbers[i]!];
  }
}

/** The same numbers in 0..1 every time (mulberry32). */
export function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
