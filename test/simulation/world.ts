import type { Store } from '../../src/core/store.ts';
import type { Knowledge } from '../../src/knowledge/knowledge.ts';
import type { Bookings, Parcel } from './business.ts';
import type { SimulatedDesk } from './desk.ts';
import type { Faults } from './faults.ts';
import type { Oracle } from './oracle.ts';
import type { Program } from './program.ts';
import type { Random } from './random.ts';
import type { Exclusive } from './shaky-store.ts';
import type { SlackWorkspace } from './slack-workspace.ts';
import type { VirtualTime } from './virtual-time.ts';
import type { Weather } from './weather.ts';
import type { WechatNetwork } from './wechat-network.ts';

/** All that outlives the program, and whoever has to do with it. */
export interface World {
  readonly desk: SimulatedDesk;
  readonly time: VirtualTime;
  readonly random: Random;
  readonly weather: Weather;
  /** The real store, which nothing disturbs. */
  readonly store: Store;
  readonly exclusive: Exclusive;
  readonly oracle: Oracle;
  /** Whether the agents have Slack beside the web desk. */
  readonly slackDesk: boolean;
  readonly parcels: readonly Parcel[];
  readonly bookings: Bookings;
  readonly slack: SlackWorkspace;
  readonly wechat: WechatNetwork;
  /** Seeded on purpose; none but where the simulation itself is tried. */
  readonly faults: Faults;
  /** The edition in force. */
  knowledge(): Knowledge;
  /** Null while the program is down. */
  program(): Program | null;
  /** Writes a line of the schedule's story. */
  note(what: string): void;
}

export type Answer<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'failed'; readonly error: unknown }
  /** Nobody answered: it may have been done or not. */
  | { readonly kind: 'silence' };

/** Asks the program something from outside, as over a network. */
export function ask<T>(world: World, ms: number, question: (program: Program) => Promise<T>): Promise<Answer<T>> {
  const program = world.program();
  if (program === null || !program.life.alive()) return Promise.resolve({ kind: 'silence' });
  return new Promise((resolve) => {
    const callOff = world.time.after(ms, () => resolve({ kind: 'silence' }));
    question(program).then(
      (value) => {
        callOff();
        resolve({ kind: 'done', value });
      },
      (error: unknown) => {
        callOff();
        resolve({ kind: 'failed', error });
      },
    );
  });
}
