import type { Vector } from './vectors.ts';

/** For each example its likeness (cosine, 0..1) to a vector. The array is used again by the next call. */
export type Likeness = (vector: Vector) => Float32Array;

/** For each feature the examples that have it and how much it weighs there, one behind the other. Plain: it can be kept and sent. */
export interface Postings {
  /** How many examples there are. */
  readonly size: number;
  /** Where each feature's examples begin; one more at the end. */
  readonly starts: Int32Array;
  readonly examples: Int32Array;
  readonly values: Float32Array;
}

export function createNearest({ size, starts, examples, values }: Postings): Likeness {
  const likeness = new Float32Array(size);
  return (vector) => {
    likeness.fill(0);
    for (let i = 0; i < vector.places.length; i++) {
      const value = vector.values[i]!;
      const end = starts[vector.places[i]! + 1]!;
      for (let j = starts[vector.places[i]!]!; j < end; j++) likeness[examples[j]!]! += values[j]! * value;
    }
    return likeness;
  };
}

/** For each class the likeness of its nearest example. */
export function nearestByClass(likeness: Float32Array, labels: Int32Array, classes: number): Float32Array {
  const best = new Float32Array(classes);
  for (let i = 0; i < likeness.length; i++) {
    const label = labels[i]!;
    if (likeness[i]! > best[label]!) best[label] = likeness[i]!;
  }
  return best;
}

/** Features that more examples than `common` have are left out. */
export function learnPostings(vectors: readonly Vector[], dimensions: number, common = Infinity): Postings {
  const starts = new Int32Array(dimensions + 1);
  for (const { places } of vectors) for (const place of places) starts[place + 1]!++;
  const counts = starts.slice(1).map((count) => (count > common ? 0 : count));
  for (let place = 0; place < dimensions; place++) starts[place + 1] = starts[place]! + counts[place]!;
  const next = starts.slice();
  const examples = new Int32Array(starts[dimensions]!);
  const values = new Float32Array(examples.length);
  for (const [example, vector] of vectors.entries()) {
    for (let i = 0; i < vector.places.length; i++) {
      const place = vector.places[i]!;
      if (counts[place] === 0) continue;
      const at = next[place]!++;
      examples[at] = example;
      values[at] = vector.values[i]!;
    }
  }
  return { size: vectors.length, starts, examples, values };
}
