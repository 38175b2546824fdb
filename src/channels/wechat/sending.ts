import type { Clock } from '../../core/clock.ts';
import { RefusedError, UnreachableError } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import type { OutgoingMessage } from '../../core/message.ts';
import type { Store } from '../../core/store.ts';
import type { Address } from './address.ts';
import type { Connection } from './connection.ts';
import type { FileContent } from './wire.ts';
import { nextSlot, noted, pausedFor, readPace, type Pace, type PacePolicy } from './pacing.ts';

const PACE_KEY = 'wechat.pace';
/** All in ms. A shorter wait is waited for here; a longer one lets the outbox come again. */
const LONGEST_WAIT = 10_000;
const NOT_CONNECTED = 2000;
const TOO_OFTEN = 10 * 60_000;

/** Words, or a file without any. */
export type Words = string | FileContent;

export interface Sending {
  /** `leave` is called at the last moment before it goes. Throws UnreachableError with `retryAfter` where it must wait, RefusedError where it must not be tried again. */
  send(to: Address, what: Words, quiet: string, leave?: () => Promise<void>): Promise<void>;
  /** ms since 1970 until which WeChat has asked us to be quiet; 0 for no pause. */
  pausedUntil(): number;
}

/** Lets messages out one by one at the pace of the policies. Each has its place kept before it goes, so that a restart sends no faster. */
export async function createSending(deps: {
  readonly store: Pick<Store, 'setting' | 'keepSetting'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly connection: Pick<Connection, 'say' | 'status'>;
  readonly pace: () => PacePolicy;
  /** WeChat has just asked us to be quiet. */
  readonly onPause: () => Promise<void>;
  readonly sleep?: (ms: number) => Promise<void>;
}): Promise<Sending> {
  const { store, clock, log, connection } = deps;
  const sleep = deps.sleep ?? ((ms) => new Promise<void>((resolve) => void clock.after(ms, resolve)));
  let pace = readPace(await store.setting(PACE_KEY));
  let gate: Promise<unknown> = Promise.resolve();

  async function keep(next: Pace): Promise<void> {
    // At once, so that nobody who looks meanwhile goes by the old one.
    pace = next;
    await store.keepSetting(PACE_KEY, JSON.stringify(next));
  }

  /** Gives how many ms later the message may go; its place is kept. */
  async function place(to: string, quiet: string): Promise<number> {
    const now = clock.now();
    const slot = nextSlot(pace, to, now, { ...deps.pace(), ...(quiet === '' ? {} : { quiet }) });
    const wait = slot.getTime() - now.getTime();
    if (wait > LONGEST_WAIT) throw new UnreachableError('it is not yet time to write to WeChat', { retryAfter: wait });
    await keep(noted(pace, to, slot));
    return wait;
  }

  return {
    pausedUntil: () => pace.pausedUntil,
    async send(to, what, quiet, leave) {
      if (connection.status().state !== 'online')
        throw new UnreachableError('WeChat is not connected', { retryAfter: NOT_CONNECTED });
      const placed = gate.then(() => place(to.person, quiet));
      gate = placed.catch(() => {});
      await sleep(await placed);
      await leave?.();
      const words = typeof what === 'string' ? { text: what } : { text: '', file: what };
      const failure = await connection.say({ ...to, person: to.person === '' ? null : to.person, ...words });
      if (failure === null) return;
      switch (failure.how) {
        case 'unsent':
          throw new UnreachableError(failure.what, { retryAfter: NOT_CONNECTED });
        case 'too-often':
          await keep(pausedFor(pace, TOO_OFTEN, clock.now()));
          await deps.onPause();
          log.error(
            { pause: TOO_OFTEN },
            'WeChat says we write too often (操作过于频繁): nothing is sent for 10 minutes',
          );
          throw new UnreachableError(failure.what, { retryAfter: TOO_OFTEN });
        case 'refused':
          throw new RefusedError('refused', failure.what);
        case 'unknown':
          // It may have arrived, and nobody can look it up: the desk is told, the customer is not told twice.
          throw new RefusedError('ambiguous', failure.what);
      }
    },
  };
}

/** What a person reads: an agent is named, and words to tap are words to write. */
export function writtenOut({ from, text, suggestions }: OutgoingMessage, room: string | null): string {
  const speaker =
    from.role === 'agent' && from.name !== undefined
      ? `${from.name}${from.id === undefined ? '' : `（工号${from.id}）`}：\n`
      : '';
  const choices = room === null && suggestions.length > 0 ? `\n（可以直接回复：${suggestions.join(' / ')}）` : '';
  return `${speaker}${text}${choices}`;
}
