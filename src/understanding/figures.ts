/** One message of a test and what the recogniser made of it. */
export interface Tried {
  /** Null: out of scope. */
  readonly label: string | null;
  readonly intent: string | null;
  /** 0..1 */
  readonly confidence: number;
}

/** Share, 0..1, of messages whose best intent is the right one. */
export function accuracyOf(tried: readonly Tried[]): number {
  return tried.filter(({ label, intent }) => label === intent).length / tried.length;
}

/** The mean over all intents of F1: each counts as much as any other, however rare. */
export function macroF1Of(tried: readonly Tried[]): number {
  const labels = new Set(tried.flatMap(({ label }) => label ?? []));
  let sum = 0;
  for (const one of labels) {
    const found = tried.filter(({ intent }) => intent === one).length;
    const there = tried.filter(({ label }) => label === one).length;
    const right = tried.filter(({ intent, label }) => intent === one && label === one).length;
    sum += (2 * right) / (found + there);
  }
  return sum / labels.size;
}

/** Chance that a message in scope has a higher confidence than one out of scope (area under the ROC curve). */
export function aurocOf(inside: readonly number[], outside: readonly number[]): number {
  const all = [...inside.map((score) => ({ score, in: true })), ...outside.map((score) => ({ score, in: false }))].sort(
    (a, b) => a.score - b.score,
  );
  let ranks = 0;
  for (let from = 0; from < all.length;) {
    let to = from;
    while (to < all.length && all[to]!.score === all[from]!.score) to++;
    // Equal scores share their mean rank.
    for (let i = from; i < to; i++) if (all[i]!.in) ranks += (from + to + 1) / 2;
    from = to;
  }
  return (ranks - (inside.length * (inside.length + 1)) / 2) / (inside.length * outside.length);
}

/** What happens at a threshold: guesses below are refused. Shares, 0..1. */
export interface OperatingPoint {
  readonly threshold: number;
  /** Requests that were refused, or taken for another. */
  readonly in_scope_refused: number;
  readonly in_scope_right: number;
  readonly out_of_scope_refused: number;
}

export function operatingPointAt(
  threshold: number,
  inside: readonly Tried[],
  outside: readonly Tried[],
): OperatingPoint {
  const refused = ({ confidence }: Tried): boolean => confidence < threshold;
  return {
    threshold,
    in_scope_refused: inside.filter(refused).length / inside.length,
    in_scope_right: inside.filter((one) => !refused(one) && one.label === one.intent).length / inside.length,
    out_of_scope_refused: outside.filter(refused).length / outside.length,
  };
}

/** The threshold at which most is right of both kinds, each kind counting half. */
export function bestThreshold(inside: readonly Tried[], outside: readonly Tried[]): number {
  const places = Array.from({ length: 99 }, (_, i) => (i + 1) / 100);
  const worth = (threshold: number): number => {
    const { in_scope_right, out_of_scope_refused } = operatingPointAt(threshold, inside, outside);
    return in_scope_right + out_of_scope_refused;
  };
  return places.reduce((best, one) => (worth(one) > worth(best) ? one : best));
}

/** How far confidence is from how often it is right, over ten bins of confidence (expected calibration error), 0..1. */
export function calibrationErrorOf(tried: readonly Tried[]): number {
  const bins = Map.groupBy(tried, ({ confidence }) => Math.min(9, Math.floor(confidence * 10)));
  let error = 0;
  for (const bin of bins.values()) {
    const said = bin.reduce((sum, { confidence }) => sum + confidence, 0);
    const right = bin.filter(({ label, intent }) => label === intent).length;
    error += Math.abs(said - right);
  }
  return error / tried.length;
}

/** For each query the place of the right answer, from 1; null where it was not found. */
export function retrievalOf(places: readonly (number | null)[]): { top1: number; top3: number; mrr: number } {
  const within = (limit: number): number => places.filter((place) => place !== null && place <= limit).length;
  return {
    top1: within(1) / places.length,
    top3: within(3) / places.length,
    mrr: places.reduce<number>((sum, place) => sum + (place === null ? 0 : 1 / place), 0) / places.length,
  };
}
