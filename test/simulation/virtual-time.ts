import type { Clock } from '../../src/core/clock.ts';

interface Job {
  readonly at: number;
  readonly order: number;
  run: (() => void) | null;
}

/** Time that passes only where something is to happen: an hour of waiting costs nothing. */
export interface VirtualTime {
  /** What the rest of the world reads off its clocks. */
  now(): Date;
  /** ms of running time since the beginning. */
  elapsed(): number;
  after(ms: number, run: () => void): () => void;
  sleep(ms: number): Promise<void>;
  /** The machine was suspended: the world went on, what waits for running time did not. */
  suspend(ms: number): void;
  /** Somebody sets the machine's clock, forwards or (negative) backwards; the world's stays. */
  setClock(ms: number): void;
  /** The machine's clock. */
  readonly clock: Clock;
  /** Lets everything happen that is to happen in the next `ms` of running time. */
  pass(ms: number): Promise<void>;
}

export function createVirtualTime(start: string): VirtualTime {
  const begin = Date.parse(start);
  const jobs: Job[] = [];
  let [elapsed, suspended, wrong, count] = [0, 0, 0, 0];

  function after(ms: number, run: () => void): () => void {
    const job: Job = { at: elapsed + Math.max(ms, 0), order: count++, run };
    let [low, high] = [0, jobs.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (jobs[middle]!.at <= job.at) low = middle + 1;
      else high = middle;
    }
    jobs.splice(low, 0, job);
    return () => (job.run = null);
  }

  const now = (): Date => new Date(begin + elapsed + suspended);
  return {
    now,
    elapsed: () => elapsed,
    after,
    sleep: (ms) => new Promise((resolve) => void after(ms, resolve)),
    suspend: (ms) => void (suspended += ms),
    setClock: (ms) => void (wrong += ms),
    clock: { now: () => new Date(now().getTime() + wrong), after },
    async pass(ms) {
      const end = elapsed + ms;
      await settled();
      for (let job = jobs[0]; job !== undefined && job.at <= end; job = jobs[0]) {
        jobs.shift();
        if (job.run === null) continue;
        elapsed = Math.max(elapsed, job.at);
        job.run();
        await settled();
      }
      elapsed = end;
    },
  };
}

/** Resolves when nothing more happens of itself: all that was resolved has been answered. */
const settled = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));
