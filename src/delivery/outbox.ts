import type { Channel } from '../core/channel.ts';
import type { Clock } from '../core/clock.ts';
import { messageOf, RefusedError, UnreachableError } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import { channelOf, type OutgoingMessage } from '../core/message.ts';
import type { Store } from '../core/store.ts';
import { startDueWork, type DueWork } from './due-work.ts';
import { faultOf, tellStoreFault } from './fault.ts';
import { createNap } from './nap.ts';

export type Outbox = Pick<DueWork, 'idle' | 'stop'>;

/** Conversations sent to at once: those that a slow channel holds up must leave room for the others. */
const CONCURRENCY = 64;
/** All in ms. */
const FIRST_RETRY = 1000;
const LONGEST_RETRY = 5 * 60_000;
const SHORTEST_RETRY = 100;
const GIVE_UP_AFTER = 24 * 3_600_000;
const STORE_BACK_OFF = 1000;

/**
 * Sends what the log holds unsent, in order within a conversation, conversations side by side.
 * A channel's `send` must end by itself: only the channel knows whether what took long arrived.
 */
export function startOutbox(deps: {
  readonly store: Store;
  readonly channels: ReadonlyMap<string, Channel>;
  readonly clock: Clock;
  readonly log: Log;
}): Outbox {
  const { store, channels, clock, log } = deps;
  const nap = createNap(clock);

  async function send(message: OutgoingMessage): Promise<void> {
    try {
      const channel = channels.get(channelOf(message.conversation));
      // It may be configured again at the next start.
      if (!channel) throw new UnreachableError('its channel is not configured');
      await channel.send(message);
    } catch (error) {
      await kept(() => putOff(message, error));
      return;
    }
    await kept(() => store.markSent(message.seq, clock.now().toISOString()));
  }

  async function putOff(message: OutgoingMessage, error: unknown): Promise<void> {
    const { seq, conversation } = message;
    const now = clock.now().getTime();
    const facts = { seq, conversation, attempts: message.attempts + 1, ...faultOf(error) };
    if (error instanceof RefusedError) {
      log.error(facts, 'a channel refused a message: given up');
      await store.markUnsent(seq, `${error.code}: ${error.message}`, { givenUpAt: new Date(now).toISOString() });
      return;
    }
    const [line] = await store.log(conversation, seq - 1, 1);
    if (line && now - Date.parse(line.at) >= GIVE_UP_AFTER) {
      log.error(facts, 'a message could not be sent for a day: given up');
      await store.markUnsent(seq, messageOf(error), { givenUpAt: new Date(now).toISOString() });
      return;
    }
    log.warn(facts, 'a message could not be sent: trying again later');
    const retryAt = new Date(now + pauseAfter(message.attempts, error)).toISOString();
    await store.markUnsent(seq, messageOf(error), { retryAt });
  }

  /** What was sent must be marked, or it is sent twice: tries until the store keeps it. */
  async function kept(write: () => Promise<void>): Promise<void> {
    for (;;) {
      try {
        return await write();
      } catch (error) {
        tellStoreFault(log, error, {}, 'a delivery could not be marked: trying again');
        if (!(await nap.sleep(STORE_BACK_OFF))) return;
      }
    }
  }

  const work = startDueWork({
    find: (at, limit) => store.unsent(at, limit),
    next: () => store.nextDue('outgoing'),
    nameOf: (message) => message.conversation,
    work: send,
    concurrency: CONCURRENCY,
    clock,
    log,
  });
  const unsubscribe = store.subscribe((change) => {
    if (change.kind === 'outgoing') work.wake();
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

function pauseAfter(attempts: number, error: unknown): number {
  const asked = error instanceof UnreachableError ? error.retryAfter : undefined;
  if (asked !== undefined) return Math.max(asked, SHORTEST_RETRY);
  return Math.min(FIRST_RETRY * 2 ** attempts, LONGEST_RETRY);
}
