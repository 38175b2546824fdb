import type { Clock } from '../../src/core/clock.ts';

/** One life of the program, from its start to its end. What is dead does nothing more, and nothing more is answered to it. */
export interface Life {
  readonly number: number;
  alive(): boolean;
  end(): void;
  /** Runs once at the end. */
  onEnd(run: () => void): void;
}

export function createLife(number: number): Life {
  let alive = true;
  const ends: (() => void)[] = [];
  return {
    number,
    alive: () => alive,
    end() {
      if (!alive) return;
      alive = false;
      for (const run of ends) run();
    },
    onEnd: (run) => void ends.push(run),
  };
}

export function never<T>(): Promise<T> {
  return new Promise(() => {});
}

/** The clock as one life sees it. */
export function clockOf(clock: Clock, life: Life): Clock {
  return {
    now: () => clock.now(),
    after: (ms, run) =>
      clock.after(ms, () => {
        if (life.alive()) run();
      }),
  };
}
