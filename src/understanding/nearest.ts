import type { Scorer } from './linear.ts';
import type { Vector } from './vectors.ts';

/** For each class the likeness (cosine, 0..1) of its nearest example. */
export function createNearest(
  vectors: readonly Vector[],
  labels: readonly number[],
  classes: number,
  dimensions: number,
): Scorer {
  const { starts, examples, values } = invert(vectors, dimensions);
  return (vector) => {
    const likeness = new Float64Array(vectors.length);
    for (let i = 0; i < vector.places.length; i++) {
      const place = vector.places[i]!;
      for (let j = starts[place]!; j < starts[place + 1]!; j++)
        likeness[examples[j]!]! += values[j]! * vector.values[i]!;
    }
    const best = new Float64Array(classes);
    for (let i = 0; i < likeness.length; i++) {
      const label = labels[i]!;
      if (likeness[i]! > best[label]!) best[label] = likeness[i]!;
    }
    return best;
  };
}

/** For each feature the examples that have it, one behind the other. */
function invert(
  vectors: readonly Vector[],
  dimensions: number,
): { starts: Int32Array; examples: Int32Array; values: Float32Array } {
  const starts = new Int32Array(dimensions + 1);
  for (const { places } of vectors) for (const place of places) starts[place + 1]!++;
  for (let place = 0; place < dimensions; place++) starts[place + 1]! += starts[place]!;
  const next = starts.slice();
  const examples = new Int32Array(starts[dimensions]!);
  const values = new Float32Array(examples.length);
  for (const [example, vector] of vectors.entries()) {
    for (let i = 0; i < vector.places.length; i++) {
      const at = next[vector.places[i]!]!++;
      examples[at] = example;
      values[at] = vector.values[i]!;
    }
  }
  return { starts, examples, values };
}
