import type { Clock } from '../core/clock.ts';

/** So many failures in a row, and the far side is left alone for `REST` ms; then one call tries whether it is back. */
const FAILURES = 3;
const REST = 30_000;

export interface Breaker {
  /** False: do not call now. */
  ready(): boolean;
  succeeded(): void;
  failed(): void;
}

export function createBreaker(clock: Clock): Breaker {
  let failures = 0;
  let closedUntil = 0;
  return {
    ready() {
      const now = clock.now().getTime();
      if (failures < FAILURES) return true;
      if (now < closedUntil) return false;
      // The one that tries; the others wait for what it finds.
      closedUntil = now + REST;
      return true;
    },
    succeeded: () => void (failures = 0),
    failed() {
      failures += 1;
      closedUntil = clock.now().getTime() + REST;
    },
  };
}
