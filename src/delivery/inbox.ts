import type { Clock } from '../core/clock.ts';
import type { Coordination } from '../core/coordination.ts';
import type { Log } from '../core/log.ts';
import type { ConversationId } from '../core/message.ts';
import type { Replier } from '../core/reply.ts';
import type { ConversationRecord, Store } from '../core/store.ts';
import { faultOf, tellStoreFault } from './fault.ts';
import { createNap, type Nap } from './nap.ts';
import { takeTurn, type TurnDeps } from './turn.ts';

export interface Inbox {
  /** Resolves when no conversation waits for anything. */
  idle(): Promise<void>;
  /** Starts nothing new, and resolves when the turns that run have ended. */
  stop(): Promise<void>;
}

/** How many patiences a customer who keeps on writing is listened to before the answer. */
const MOST_PATIENCE = 3;
const DECISION_LIMIT = 60_000;
const STORE_BACK_OFF = 5000;
/** How often it is looked for what waits, in ms: the news of it may have been lost, though it was kept. */
const LOOK_AGAIN = 60_000;
/** Messages that are read again with each one that joins them; beyond, each adds so many ms until the next look. */
const FEW = 3;
const BUSY_MS = 100;
/** Conversations from before the start that are attended to at once: who writes now does not stand behind all of them. */
const CATCHING_UP = 16;

/** A conversation while it is being attended to. */
interface Visit {
  /** Something came in since we last looked. */
  news: boolean;
  /** Listening for more: cut short by news. */
  readonly listening: Nap;
  /** Waiting after a failure: cut short only by the end. */
  readonly pause: Nap;
  /** Resolves when it waits for the first time: for more, or after a failure. */
  readonly rests: PromiseWithResolvers<void>;
  ended: Promise<void>;
}

/**
 * Answers what waits, from before the start too: one turn at a time in a conversation, many conversations at once.
 * `timeLimit`: how long a decision may take, in ms.
 */
export async function startInbox(deps: {
  readonly store: Store;
  readonly replier: Replier;
  readonly coordination: Coordination;
  readonly clock: Clock;
  readonly log: Log;
  readonly timeLimit?: number;
}): Promise<Inbox> {
  const { store, coordination, log } = deps;
  const turnDeps: TurnDeps = { ...deps, timeLimit: deps.timeLimit ?? DECISION_LIMIT };
  const visits = new Map<ConversationId, Visit>();
  let stopped = false;

  function wake(id: ConversationId): void {
    const visit = visits.get(id);
    if (visit) {
      visit.news = true;
      visit.listening.wake();
    } else if (!stopped) {
      const begun: Visit = {
        news: true,
        listening: createNap(deps.clock),
        pause: createNap(deps.clock),
        rests: Promise.withResolvers(),
        ended: Promise.resolve(),
      };
      visits.set(id, begun);
      begun.ended = attend(id, begun);
    }
  }

  async function attend(id: ConversationId, visit: Visit): Promise<void> {
    while (visit.news && !stopped) {
      try {
        const heard = await listen(id, visit);
        if (heard === null || stopped) continue;
        const retryIn = await coordination.inOrder(id, () => takeTurn(turnDeps, id, visit.news ? null : heard));
        if (retryIn === null) continue;
        visit.news = true;
        visit.rests.resolve();
        if (retryIn > 0) await visit.pause.sleep(retryIn);
      } catch (error) {
        visit.news = true;
        tellStoreFault(log, error, { conversation: id }, 'a conversation cannot be read: trying again');
        visit.rests.resolve();
        await visit.pause.sleep(STORE_BACK_OFF);
      }
    }
    // In the same breath as the last look at the news, so that none is told to a visit that has ended.
    visits.delete(id);
  }

  /** Waits until the customer seems to have finished; each new message starts the wait again. Null when nothing waits. */
  async function listen(id: ConversationId, visit: Visit): Promise<ConversationRecord | null> {
    for (let held = false; ;) {
      visit.news = false;
      const conversation = await store.conversation(id);
      if (!conversation || conversation.waiting.length === 0) return null;
      if (held) return conversation;
      const hold = holdingTime(deps, conversation);
      if (hold > 0 && !stopped) {
        visit.rests.resolve();
        await visit.pause.sleep(hold);
        if (!visit.news) return conversation;
        held = true;
        continue;
      }
      const ms = listeningTime(deps, conversation);
      if (ms <= 0 || stopped) return conversation;
      if (visit.news) continue;
      visit.rests.resolve();
      // Who writes faster than it is read is read less often: reading costs as much as there is to read.
      const unread = conversation.waiting.length;
      const pause = unread > FEW ? Math.min(unread * BUSY_MS, ms) : 0;
      if (pause > 0 && (await visit.pause.sleep(pause)) && visit.news) continue;
      if (await visit.listening.sleep(ms - pause)) return conversation;
    }
  }

  /** What waits from before the start, the longest waiting first, a few at a time. */
  async function catchUp(ids: readonly ConversationId[]): Promise<void> {
    const line = ids.values();
    const lane = async (): Promise<void> => {
      for (const id of line) {
        if (stopped) return;
        wake(id);
        const visit = visits.get(id);
        if (visit !== undefined) await Promise.race([visit.rests.promise, visit.ended]);
      }
    };
    await Promise.all(Array.from({ length: CATCHING_UP }, lane));
  }

  const unsubscribe = store.subscribe((change) => {
    if (change.kind === 'received') wake(change.conversation);
  });
  let caughtUp = catchUp(await store.waiting());
  let callOff = deps.clock.after(LOOK_AGAIN, lookAgain);

  function lookAgain(): void {
    caughtUp = caughtUp
      .then(async () => catchUp(await store.waiting()))
      .catch((error: unknown) => tellStoreFault(log, error, {}, 'the store cannot say who waits: trying again'))
      .finally(() => {
        if (!stopped) callOff = deps.clock.after(LOOK_AGAIN, lookAgain);
      });
  }

  const all = () => Promise.all([...visits.values()].map((visit) => visit.ended));
  return {
    async idle() {
      await caughtUp;
      while (visits.size > 0) await all();
    },
    async stop() {
      stopped = true;
      callOff();
      unsubscribe();
      for (const { listening, pause } of visits.values()) {
        listening.end();
        pause.end();
      }
      await Promise.all([caughtUp, all()]);
    },
  };
}

type Timing = Pick<TurnDeps, 'replier' | 'clock' | 'log'>;

function listeningTime(deps: Timing, conversation: ConversationRecord): number {
  const patience = msFrom(deps, 'patience', conversation);
  const { first, last } = waited(deps, conversation);
  const left = Math.min(patience - last, MOST_PATIENCE * patience - first);
  // A clock that was set back must not make anybody wait longer.
  return Math.min(left, patience);
}

function holdingTime(deps: Timing, conversation: ConversationRecord): number {
  const hold = msFrom(deps, 'hold', conversation);
  return Math.min(hold - waited(deps, conversation).first, hold);
}

function msFrom({ replier, clock, log }: Timing, ask: 'patience' | 'hold', conversation: ConversationRecord): number {
  try {
    return replier[ask](conversation, clock.now());
  } catch (error) {
    log.error({ conversation: conversation.id, ...faultOf(error) }, `${ask} failed: answering at once`);
    return 0;
  }
}

/** For how many ms the first and the last message have waited. */
function waited({ clock }: Timing, { waiting }: ConversationRecord): { readonly first: number; readonly last: number } {
  const since = (at: string | undefined): number => clock.now().getTime() - Date.parse(at ?? '');
  return { first: since(waiting[0]?.receivedAt), last: since(waiting.at(-1)?.receivedAt) };
}
