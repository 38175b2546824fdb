import { dot, lengthOf, type Vector } from './vector.ts';

/** What is known: vectors of one length, and what each stands for; null stands for nothing that is asked for. */
export interface Sample {
  readonly vector: Vector;
  readonly label: string | null;
}

/** Which label the nearest samples have, and how surely: cosine of the nearest of them times their share among the near. */
export interface Near {
  readonly label: string | null;
  readonly score: number;
  /** Cosine of the nearest of that label. */
  readonly likeness: number;
}

export interface Neighbours {
  /** Null where there are no samples of the vector's length. `except`: a sample that is left out. */
  nearest(vector: Vector, except?: number): Promise<Near | null>;
  readonly samples: readonly Sample[];
}

/** So many multiplications at once; then whatever else the process has to do goes first. */
const SLICE = 500_000;

/** Compares with every sample, a slice at a time: nobody waits for it. `near`: how many of the nearest are heard. */
export function createNeighbours(samples: readonly Sample[], near: number): Neighbours {
  const size = samples[0]?.vector.length ?? 0;
  const all = new Int8Array(samples.length * size);
  for (const [i, { vector }] of samples.entries()) all.set(vector, i * size);
  const lengths = Float64Array.from(samples, ({ vector }) => lengthOf(vector));
  let done = 0;

  return {
    samples: samples.map(({ label }, i) => ({ label, vector: all.subarray(i * size, (i + 1) * size) })),
    async nearest(vector, except) {
      if (samples.length === 0 || vector.length !== size) return null;
      const length = lengthOf(vector);
      /** Descending by likeness. */
      const best: { readonly label: string | null; readonly likeness: number }[] = [];
      for (let i = 0; i < samples.length; i++) {
        done += size;
        if (done > SLICE) {
          done = 0;
          await new Promise((resolve) => setImmediate(resolve));
        }
        const likeness = dot(vector, all, i * size) / (length * lengths[i]!);
        if (i === except || (best.length === near && likeness <= best[near - 1]!.likeness)) continue;
        const place = best.findIndex((one) => one.likeness < likeness);
        best.splice(place < 0 ? best.length : place, 0, { label: samples[i]!.label, likeness });
        if (best.length > near) best.pop();
      }
      return heard(best);
    },
  };
}

function heard(best: readonly { readonly label: string | null; readonly likeness: number }[]): Near | null {
  const votes = new Map<string | null, number>();
  for (const { label, likeness } of best) votes.set(label, (votes.get(label) ?? 0) + Math.max(0, likeness));
  let [winner, most, total] = [null as string | null, 0, 0];
  for (const [label, vote] of votes) {
    total += vote;
    if (vote > most) [winner, most] = [label, vote];
  }
  if (most === 0) return null;
  const likeness = best.find(({ label }) => label === winner)?.likeness ?? 0;
  return { label: winner, score: (likeness * most) / total, likeness };
}
