/** The same numbers for the same seed. */
export interface Chance {
  /** In [0, n). */
  below(n: number): number;
  /** A whole number in [0, n). */
  whole(n: number): number;
}

export function createChance(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return { below: (n) => next() * n, whole: (n) => Math.floor(next() * n) };
}
