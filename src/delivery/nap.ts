import type { Clock } from '../core/clock.ts';

/** A wait that can be cut short, for any number of sleepers. */
export interface Nap {
  /** True when it lasted its whole time, false when it was cut short; at once after `end`. */
  sleep(ms: number): Promise<boolean>;
  wake(): void;
  /** Cuts every sleep short, now and later. */
  end(): void;
}

export function createNap(clock: Clock): Nap {
  const sleepers = new Set<() => void>();
  let ended = false;
  const wake = (): void => sleepers.forEach((rouse) => rouse());
  return {
    sleep: (ms) =>
      new Promise((resolve) => {
        if (ended) return resolve(false);
        const finish = (whole: boolean): void => {
          callOff();
          sleepers.delete(rouse);
          resolve(whole);
        };
        const rouse = (): void => finish(false);
        const callOff = clock.after(ms, () => finish(true));
        sleepers.add(rouse);
      }),
    wake,
    end: () => {
      ended = true;
      wake();
    },
  };
}
