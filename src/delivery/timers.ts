import type { Clock } from '../core/clock.ts';
import { emptyTurn } from '../core/empty-turn.ts';
import type { Coordination } from '../core/coordination.ts';
import { NotKeptError } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import type { Replier } from '../core/reply.ts';
import type { ConversationRecord, Store, Timer, TurnCommit } from '../core/store.ts';
import { startDueWork, type DueWork } from './due-work.ts';
import { tellStoreFault } from './fault.ts';
import { createNap } from './nap.ts';
import { within } from './within.ts';

export type Timers = Pick<DueWork, 'idle' | 'stop'>;

const CONCURRENCY = 8;
const DECISION_LIMIT = 60_000;
/** How long to wait after the first failure and the second, in ms; after the third the timer is put off by `POSTPONED`. */
const BACK_OFF = [200, 1000];
const POSTPONED = 5 * 60_000;
const STORE_BACK_OFF = 5000;
/** How often in a row somebody else may be first. */
const MOST_STALE = 5;

/** Lets timers that fall due have their effect, once, however often the program was started in between. */
export function startTimers(deps: {
  readonly store: Store;
  readonly replier: Replier;
  readonly coordination: Coordination;
  readonly clock: Clock;
  readonly log: Log;
}): Timers {
  const { store, replier, coordination, clock, log } = deps;
  const nap = createNap(clock);

  async function fire(timer: Timer): Promise<void> {
    for (const pause of [...BACK_OFF, null]) {
      try {
        await answer(timer, (conversation, now) =>
          within(clock, DECISION_LIMIT, replier.onTimer(conversation, timer, now)),
        );
        return;
      } catch (error) {
        tellStoreFault(log, error, { conversation: timer.conversation, timer: timer.kind }, 'a timer failed');
        // A disk that keeps nothing is not the timer's fault: it stays due.
        if (error instanceof NotKeptError) return void (await nap.sleep(STORE_BACK_OFF));
        if (pause !== null && !(await nap.sleep(pause))) return;
      }
    }
    try {
      await answer(timer, (conversation, now) => Promise.resolve(postponed(conversation, timer, now)));
    } catch (error) {
      tellStoreFault(log, error, { conversation: timer.conversation }, 'a timer cannot be put off');
      await nap.sleep(STORE_BACK_OFF);
    }
  }

  /** Somebody else being first is no failure: the timer may be gone, or the conversation have moved on. */
  function answer(timer: Timer, decide: Replier['reply']): Promise<void> {
    return coordination.inOrder(timer.conversation, async () => {
      for (let i = 0; i < MOST_STALE; i++) {
        const conversation = await store.conversation(timer.conversation);
        if (!conversation) return;
        const turn = await decide(conversation, clock.now());
        if ((await store.commitTurn({ ...turn, firedTimer: timer.key })) === 'done') return;
        if (!(await isDue(timer))) return;
      }
      throw new Error('somebody else was always first');
    });
  }

  async function isDue(timer: Timer): Promise<boolean> {
    const due = await store.dueTimers(clock.now().toISOString(), Number.MAX_SAFE_INTEGER);
    return due.some((one) => one.conversation === timer.conversation && one.key === timer.key && one.at === timer.at);
  }

  const work = startDueWork({
    find: (at, limit) => store.dueTimers(at, limit),
    next: () => store.nextDue('timers'),
    nameOf: (timer) => `${timer.conversation} ${timer.key}`,
    work: fire,
    concurrency: CONCURRENCY,
    clock,
    log,
  });
  const unsubscribe = store.subscribe((change) => {
    if (change.kind === 'timer') work.wake();
  });
  return {
    idle: () => work.idle(),
    async stop() {
      unsubscribe();
      nap.end();
      await work.stop();
    },
  };
}

/** Put off in the store and not here, so that one that keeps failing holds up no other. */
function postponed(conversation: ConversationRecord, timer: Timer, now: Date): TurnCommit {
  const { key, kind, payload } = timer;
  const at = new Date(now.getTime() + POSTPONED).toISOString();
  return { ...emptyTurn(conversation, now), timers: [{ key, at, kind, payload }] };
}
