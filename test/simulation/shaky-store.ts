import type { Store, StoreChange } from '../../src/core/store.ts';
import { never, type Life } from './life.ts';
import type { Random } from './random.ts';
import type { VirtualTime } from './virtual-time.ts';
import type { Weather } from './weather.ts';

export type Operation = Exclude<keyof Store, 'subscribe' | 'close'>;

/** Told of everything the real store did, in the order in which it did it. */
export interface StoreWatch {
  before(operation: Operation, args: readonly unknown[]): Promise<void>;
  after(operation: Operation, args: readonly unknown[], result: unknown): Promise<void>;
}

/** One thing at a time, as the database itself has it. */
export type Exclusive = <T>(work: () => Promise<T>) => Promise<T>;

export function createExclusive(): Exclusive {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const done = last.then(work);
    last = done.catch(() => {});
    return done;
  };
}

/** These may find that somebody else was first. */
const CAN_BE_STALE: readonly Operation[] = ['commitTurn', 'commitTicket'];

/**
 * A real store as one life of the program meets it: slow, failing before the work is done or after it (and then nobody is
 * told), stale, or the last thing this life saw.
 */
export function shakyStore(deps: {
  readonly real: Store;
  readonly exclusive: Exclusive;
  readonly watch: StoreWatch;
  readonly life: Life;
  readonly time: VirtualTime;
  readonly random: Random;
  readonly weather: Weather['store'];
  readonly note: (what: string) => void;
}): Store {
  const { real, exclusive, watch, life, time, random, weather, note } = deps;
  const listeners = new Set<(change: StoreChange) => void>();
  let muted = false;
  life.onEnd(
    real.subscribe((change) => {
      if (muted || !life.alive()) return;
      for (const listener of [...listeners]) listener(change);
    }),
  );

  const pause = async (): Promise<void> => {
    if (random.chance(weather.slow)) await time.sleep(random.between(1, weather.slowMs));
  };
  const die = <T>(operation: Operation, when: string): Promise<T> => {
    note(`crash ${when} ${operation}`);
    life.end();
    return never();
  };

  async function call(operation: Operation, args: readonly unknown[]): Promise<unknown> {
    if (!life.alive()) return never();
    await pause();
    if (!life.alive()) return never();
    if (random.chance(weather.crash)) return die(operation, 'before');
    if (random.chance(weather.failBefore)) {
      note(`store fails before ${operation}`);
      throw new Error(`simulated: ${operation} failed`);
    }
    if (CAN_BE_STALE.includes(operation) && random.chance(weather.stale)) {
      note(`store says stale to ${operation}`);
      return 'stale';
    }
    const fails = random.chance(weather.failAfter);
    const result = await exclusive(async () => {
      // Whoever waits behind must get their turn.
      if (!life.alive()) return null;
      await watch.before(operation, args);
      muted = fails;
      const done = await (real[operation] as (...all: readonly unknown[]) => Promise<unknown>)(...args).finally(
        () => (muted = false),
      );
      await watch.after(operation, args, done);
      return done;
    });
    if (!life.alive()) return never();
    if (random.chance(weather.crash)) return die(operation, 'after');
    if (fails) {
      note(`store fails after ${operation}`);
      throw new Error(`simulated: ${operation} failed at its end`);
    }
    await pause();
    return life.alive() ? result : never();
  }

  const operations = Object.keys(real).filter((key) => key !== 'subscribe' && key !== 'close') as Operation[];
  return {
    ...(Object.fromEntries(
      operations.map((operation) => [operation, (...args: readonly unknown[]) => call(operation, args)]),
    ) as unknown as Store),
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: () => Promise.resolve(),
  };
}
