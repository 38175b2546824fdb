/** Repeatable chance: the same seed throws the same row (mulberry32). */
export interface Dice {
  readonly below: (limit: number) => number;
  readonly one: <T>(of: readonly T[]) => T;
  readonly digits: (count: number) => string;
  readonly often: (share: number) => boolean;
}

export function createDice(seed: number): Dice {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    one: (of) => {
      const found = of[below(of.length)];
      if (found === undefined) throw new Error('Nothing to choose from.');
      return found;
    },
    digits: (count) => Array.from({ length: count }, () => below(10)).join(''),
    often: (share) => next() < share,
  };
}
