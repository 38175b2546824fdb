import type { Entity } from '../understanding.ts';

/** An entity that may yet lose its place to a longer or more certain one. */
export interface Candidate extends Entity {
  /** Decides between candidates of the same length; higher wins. */
  readonly rank: number;
}

/** How certain a kind of find is, where two are equally long. */
export const RANK = { date: 6, namedWaybill: 5, phone: 4, waybill: 3, measure: 3, name: 2, tail: 2, like: 1 } as const;

/** Makes a candidate of `text.slice(start, end)`. */
export function candidate(
  type: string,
  value: string | number,
  rank: number,
  text: string,
  start: number,
  end: number,
): Candidate {
  return { type, value, rank, text: text.slice(start, end), start, end };
}

/** Candidates for every match of a global `pattern` for which `read` gives a value. */
export function matches(
  type: string,
  rank: number,
  text: string,
  pattern: RegExp,
  read: (match: RegExpExecArray) => string | number | null,
): Candidate[] {
  const found: Candidate[] = [];
  for (const match of text.matchAll(pattern)) {
    const value = read(match);
    if (value === null) continue;
    found.push(candidate(type, value, rank, text, match.index, match.index + match[0].trimEnd().length));
  }
  return found;
}

/**
 * The candidates that stand, in order of appearance: longest first, then the more certain, then the earlier.
 * Two names of different types may share one span (a city and the outlet named after it).
 */
export function settle(candidates: readonly Candidate[]): Entity[] {
  const order = [...candidates].sort(
    (a, b) => b.end - b.start - (a.end - a.start) || b.rank - a.rank || a.start - b.start,
  );
  const kept: Candidate[] = [];
  for (const one of order) {
    const rivals = kept.filter((other) => one.start < other.end && other.start < one.end);
    const shared = rivals.every(
      (other) =>
        other.rank === RANK.name &&
        one.rank === RANK.name &&
        other.type !== one.type &&
        other.start === one.start &&
        other.end === one.end,
    );
    if (shared) kept.push(one);
  }
  return kept
    .sort((a, b) => a.start - b.start || a.end - b.end)
    .map(({ type, value, text, start, end }) => ({ type, value, text, start, end }));
}
