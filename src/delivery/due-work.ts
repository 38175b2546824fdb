import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import { tellStoreFault } from './fault.ts';

export interface DueWork {
  /** Something may be due earlier than it was. */
  wake(): void;
  /** Resolves when nothing is worked on and nothing more is due now. */
  idle(): Promise<void>;
  /** Starts nothing new, and resolves when what runs has ended. */
  stop(): Promise<void>;
}

/** How long to wait when the store cannot say what is due; how long when all that is due is already worked on; in ms. */
const STORE_BACK_OFF = 5000;
const LOOK_AGAIN = 1000;
/** No rest is longer, in ms: a clock may have been set, the machine have slept, or the news of what is due been lost. */
const LONGEST_REST = 60_000;

/** Does what falls due, each thing once at a time and at most `concurrency` at once. What is to be done is in the store, never here. */
export function startDueWork<T>(options: {
  /** What is due, the first due first. */
  readonly find: (at: string, limit: number) => Promise<readonly T[]>;
  /** When the next thing falls due; ISO 8601. */
  readonly next: () => Promise<string | null>;
  /** Two things with the same name are not worked on at once. */
  readonly nameOf: (thing: T) => string;
  /** Afterwards the thing is done or due later. Must not throw. */
  readonly work: (thing: T) => Promise<void>;
  readonly concurrency: number;
  readonly clock: Clock;
  readonly log: Log;
}): DueWork {
  const { clock, concurrency, log } = options;
  const running = new Map<string, Promise<void>>();
  /** What ended since the last look began: the look may have seen it as it was before. */
  const ended = new Set<string>();
  let looking: Promise<void> | undefined;
  let again = false;
  let stopped = false;
  let callOff = (): void => {};

  function wake(): void {
    if (stopped) return;
    again = true;
    looking ??= look();
  }

  async function look(): Promise<void> {
    callOff();
    let wait = LONGEST_REST;
    while (again && !stopped) {
      again = false;
      try {
        wait = await startWhatIsDue();
      } catch (error) {
        tellStoreFault(log, error, {}, 'the store cannot say what is due: trying again');
        wait = STORE_BACK_OFF;
      }
    }
    looking = undefined;
    if (!stopped) callOff = clock.after(wait, wake);
  }

  /** Gives the ms until the next look. */
  async function startWhatIsDue(): Promise<number> {
    // One `now` for both questions: what is not due by it must not count as being worked on.
    const now = clock.now();
    ended.clear();
    for (const thing of await options.find(now.toISOString(), running.size + concurrency)) {
      if (stopped || running.size >= concurrency) break;
      const name = options.nameOf(thing);
      if (running.has(name) || ended.has(name)) continue;
      const end = (): void => {
        running.delete(name);
        ended.add(name);
        wake();
      };
      running.set(name, options.work(thing).then(end, end));
    }
    const next = await options.next();
    if (next === null) return LONGEST_REST;
    const ms = Date.parse(next) - now.getTime();
    return ms > 0 ? Math.min(ms, LONGEST_REST) : LOOK_AGAIN;
  }

  wake();
  return {
    wake,
    async idle() {
      while (looking || running.size > 0) await Promise.all([looking, ...running.values()]);
    },
    async stop() {
      stopped = true;
      callOff();
      await Promise.all([looking, ...running.values()]);
    },
  };
}
