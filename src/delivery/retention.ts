import type { Clock } from '../core/clock.ts';
import { KEPT_KINDS, type KeptKind } from '../core/kept.ts';
import type { Log } from '../core/log.ts';
import type { Store } from '../core/store.ts';
import { faultOf } from './fault.ts';
import { createNap } from './nap.ts';

/** How long each kind is kept, in ms; asked for at each round, so that an edit is live. */
export type Kept = (kind: KeptKind) => number;

export interface Retention {
  /** Does a round now. Gives how many rows of each kind were deleted. */
  round(): Promise<Readonly<Partial<Record<KeptKind, number>>>>;
  stop(): Promise<void>;
}

/** ms from the start to the first round, and between two. */
const FIRST = 60_000;
const EVERY = 3_600_000;
/** Rows looked at in one transaction, and the pause after it in ms, in which others write. */
const BATCH = 200;
const PAUSE = 10;

/** Deletes what has been kept long enough, a little at a time. */
export function startRetention(deps: {
  readonly store: Pick<Store, 'expire' | 'scrub' | 'audit' | 'auditHead'>;
  readonly kept: Kept;
  readonly clock: Clock;
  readonly log: Log;
}): Retention {
  const { store, kept, clock, log } = deps;
  const nap = createNap(clock);
  let stopped = false;

  async function expireKind(kind: KeptKind): Promise<number> {
    const before = new Date(clock.now().getTime() - kept(kind)).toISOString();
    let deleted = 0;
    for (let from: number | null = 0; from !== null && !stopped;) {
      const step = await store.expire(kind, before, from, BATCH);
      deleted += step.deleted;
      from = step.from;
      if (from !== null) await nap.sleep(PAUSE);
    }
    return deleted;
  }

  async function round(): Promise<Readonly<Partial<Record<KeptKind, number>>>> {
    const gone: Partial<Record<KeptKind, number>> = {};
    for (const kind of KEPT_KINDS) {
      const deleted = await expireKind(kind);
      if (deleted > 0) gone[kind] = deleted;
    }
    if (Object.keys(gone).length === 0) return gone;
    const figures = Object.entries(gone).map(([kind, count]) => `${kind} ${count}`);
    await store.audit({
      at: clock.now().toISOString(),
      by: 'retention',
      action: 'expired',
      subject: figures.join(', '),
      why: 'policies.yml',
    });
    const scrubbed = await store.scrub();
    // Whoever keeps the logs elsewhere has a witness of where the chain of the audit was.
    log.info({ gone, scrubbed, audit: await store.auditHead() }, 'what was kept long enough was deleted');
    return gone;
  }

  async function run(): Promise<void> {
    for (let wait = FIRST; !stopped; wait = EVERY) {
      if (!(await nap.sleep(wait))) return;
      await round().catch((error: unknown) => log.error(faultOf(error), 'deleting what is too old failed'));
    }
  }

  const running = run();
  return {
    round,
    async stop() {
      stopped = true;
      nap.end();
      await running;
    },
  };
}
