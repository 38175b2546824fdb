import type { Neighbours } from './neighbours.ts';
import type { Vector } from './vector.ts';

/** One message of which the right answer is known. */
export interface Trial {
  readonly score: number;
  /** null: it was nothing that is asked for, and should have been refused. */
  readonly right: boolean | null;
}

/** Share of what is nothing of ours that may be taken for something, and of what is taken that must be right. */
const TAKEN_WRONGLY = 0.03;
const RIGHT = 0.9;
/** Fewer tell nothing about what is to be refused. */
const ENOUGH = 20;
/** So many of each kind are tried; where there is much to compare with, fewer, for trials take processor time from customers. */
const TRIED = { most: 150, least: 50, comparisons: 1_000_000 };

/** The lowest score from which on answers are to be trusted; null where too little is known to tell. */
export function lineFrom(trials: readonly Trial[]): number | null {
  const outside = trials.filter(({ right }) => right === null).length;
  if (outside < ENOUGH) return null;
  const sorted = trials.toSorted((a, b) => b.score - a.score);
  let [right, wrong, foreign] = [0, 0, 0];
  let line: number | null = null;
  for (const [i, trial] of sorted.entries()) {
    if (trial.right === null) foreign++;
    else if (trial.right) right++;
    else wrong++;
    // Those with the same score are taken together.
    if (sorted[i + 1]?.score === trial.score) continue;
    if (foreign > TAKEN_WRONGLY * outside) break;
    if (right + wrong > 0 && right >= RIGHT * (right + wrong)) line = trial.score;
  }
  return line;
}

/** Tries samples that have a label on all the others, and `outside`, or the samples without a label, as what must be refused. */
export async function tryOut(
  neighbours: Neighbours,
  outside: readonly Vector[] | null,
  signal: AbortSignal,
): Promise<readonly Trial[]> {
  const trials: Trial[] = [];
  const attempt = async (vector: Vector, label: string | null, except?: number): Promise<void> => {
    signal.throwIfAborted();
    const near = await neighbours.nearest(vector, except);
    const score = near === null || near.label === null ? 0 : near.score;
    trials.push({ score, right: label === null ? null : near?.label === label });
  };
  const { samples } = neighbours;
  const most = Math.max(TRIED.least, Math.min(TRIED.most, Math.floor(TRIED.comparisons / samples.length)));
  const known = Map.groupBy(samples.keys(), (i) => samples[i]!.label);
  const several = [...known].flatMap(([label, own]) => (label === null || own.length < 2 ? [] : own));
  for (const i of some(several, most)) await attempt(samples[i]!.vector, samples[i]!.label, i);
  if (outside === null) for (const i of some(known.get(null) ?? [], most)) await attempt(samples[i]!.vector, null, i);
  else for (const vector of some(outside, most)) await attempt(vector, null);
  return trials;
}

/** Evenly from all. */
function some<T>(all: readonly T[], most: number): readonly T[] {
  const step = Math.max(1, all.length / most);
  return Array.from({ length: Math.min(all.length, most) }, (_, i) => all[Math.floor(i * step)]!);
}
