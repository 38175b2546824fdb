import type { Clock } from '../core/clock.ts';
import { forgetOldest } from '../core/bounded-map.ts';

/** Keys that are remembered at most; the one counted longest ago goes first. */
const MOST_KEYS = 100_000;

/**
 * A sliding window: at most `limit` within any `windowMs`. What is refused is not counted, so that somebody
 * who keeps on asking gets through again at the allowed pace.
 */
export function createRate(clock: Clock): (key: string, limit: number, windowMs: number) => boolean {
  /** When each of the latest was counted, oldest first, and when the last of them no longer matters. */
  const counted = new Map<string, { times: number[]; until: number }>();
  let sweptAt = clock.now().getTime();
  let sweepEvery = 0;

  /** At most once a window, so that the cost of a sweep is shared by all that was counted in it. */
  function sweep(now: number): void {
    if (now - sweptAt < sweepEvery && counted.size <= MOST_KEYS) return;
    sweptAt = now;
    for (const [key, { until }] of counted) if (until <= now) counted.delete(key);
    forgetOldest(counted, MOST_KEYS);
  }

  return (key, limit, windowMs) => {
    const now = clock.now().getTime();
    sweepEvery = Math.max(sweepEvery, windowMs);
    sweep(now);
    const times = counted.get(key)?.times ?? [];
    // The oldest stand first: what has left the window is taken off once, and nothing is copied.
    while (times.length > 0 && times[0]! <= now - windowMs) times.shift();
    if (times.length >= limit) return false;
    times.push(now);
    // Deleted first, so that the map's order is that of the latest counting.
    counted.delete(key);
    counted.set(key, { times, until: now + windowMs });
    return true;
  };
}
