/** Waits `ms`, or less when `wake` (e.g. the network came back) is called first. */
export interface Pause {
  wait(ms: number): Promise<void>;
  wake(): void;
}

export function createPause(): Pause {
  let release: (() => void) | null = null;
  return {
    wait: (ms) =>
      new Promise((resolve) => {
        const timer = setTimeout(() => release?.(), ms);
        release = () => {
          clearTimeout(timer);
          release = null;
          resolve();
        };
      }),
    wake: () => release?.(),
  };
}

/** Half a second, doubling to at most `cap`, each shortened at random so that pages do not return all at once. */
export function backoff(attempt: number, cap = 15_000, random: () => number = Math.random): number {
  return Math.round(Math.min(cap, 500 * 2 ** Math.max(0, attempt)) * (0.6 + 0.4 * random()));
}
