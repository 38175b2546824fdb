/** Chance that comes out the same for the same seed (mulberry32). */
export interface Chance {
  /** 0 <= n < most */
  below(most: number): number;
  of(list: string): string;
  of<T>(list: readonly T[]): T;
  digits(count: number): string;
}

export function chance(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (most: number): number => Math.floor(next() * most);
  return {
    below,
    of: ((list: readonly unknown[] | string) => list[below(list.length)]) as Chance['of'],
    digits: (count) => Array.from({ length: count }, () => below(10)).join(''),
  };
}
