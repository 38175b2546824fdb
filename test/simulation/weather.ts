import type { Random } from './random.ts';

/** How often what goes wrong. Each schedule has its own weather, so that some faults meet without the others in the way. */
export interface Weather {
  /** Of calls of the store. */
  readonly store: {
    slow: number;
    readonly slowMs: number;
    failBefore: number;
    failAfter: number;
    stale: number;
    crash: number;
  };
  /** Of look-ups and writes of business records. */
  readonly records: { slow: number; fail: number; failAfter: number; change: number };
  /** Of calls of a platform. */
  readonly platform: { slow: number; fail: number; lost: number; limited: number; crash: number };
  /** Of messages on their way to us. */
  readonly road: { again: number; overtake: number; lostAnswer: number };
  /** How often each happens in a schedule, at random moments. */
  readonly events: { crash: number; stop: number; reload: number; suspend: number; setClock: number };
}

export function drawWeather(random: Random): Weather {
  const some = (share: number, most: number): number => (random.chance(share) ? random.next() * most : 0);
  return {
    store: {
      slow: some(0.7, 0.5),
      slowMs: random.pick([5, 50, 50, 2000]),
      failBefore: some(0.4, 0.08),
      failAfter: some(0.4, 0.06),
      stale: some(0.3, 0.15),
      crash: some(0.3, 0.015),
    },
    records: { slow: some(0.5, 0.5), fail: some(0.4, 0.3), failAfter: some(0.4, 0.3), change: some(0.4, 0.5) },
    platform: {
      slow: some(0.6, 0.6),
      fail: some(0.4, 0.3),
      lost: some(0.4, 0.25),
      limited: some(0.3, 0.1),
      crash: some(0.2, 0.03),
    },
    road: { again: some(0.6, 0.4), overtake: some(0.5, 0.5), lostAnswer: some(0.5, 0.4) },
    events: {
      crash: random.chance(0.4) ? random.between(1, 3) : 0,
      stop: random.chance(0.25) ? 1 : 0,
      reload: random.chance(0.3) ? random.between(1, 3) : 0,
      suspend: random.chance(0.15) ? 1 : 0,
      setClock: random.chance(0.2) ? random.between(1, 2) : 0,
    },
  };
}

/** From now on nothing goes wrong any more: what was promised must come true. */
export function clearUp({ store, records, platform, road }: Weather): void {
  for (const part of [store, records, platform, road] as Record<string, number>[])
    for (const fault of Object.keys(part)) if (fault !== 'slowMs') part[fault] = 0;
}
