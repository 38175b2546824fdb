/** The longest that a timer of the platform can wait, in ms. */
const LONGEST = 2 ** 31 - 1;

export function afterMs(ms: number, run: () => void): NodeJS.Timeout {
  return setTimeout(run, Math.min(Math.max(ms, 0), LONGEST));
}

/** A wait that can be cut short, for any number of sleepers. */
export interface Nap {
  /** True when it lasted its whole time, false when it was cut short; at once after `end`. */
  sleep(ms: number): Promise<boolean>;
  wake(): void;
  /** Cuts every sleep short, now and later. */
  end(): void;
}

export function createNap(): Nap {
  const sleepers = new Set<() => void>();
  let ended = false;
  const wake = (): void => sleepers.forEach((rouse) => rouse());
  return {
    sleep: (ms) =>
      new Promise((resolve) => {
        if (ended) return resolve(false);
        const finish = (whole: boolean): void => {
          clearTimeout(alarm);
          sleepers.delete(rouse);
          resolve(whole);
        };
        const rouse = (): void => finish(false);
        const alarm = afterMs(ms, () => finish(true));
        sleepers.add(rouse);
      }),
    wake,
    end: () => {
      ended = true;
      wake();
    },
  };
}
