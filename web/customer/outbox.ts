import { backoff, createPause } from '../browser/pause.ts';
import { postMessage, type Outgoing } from './directline.ts';
import { Failure, kindOf } from './failure.ts';
import type { SessionKeeper } from './session.ts';

/** What became of a message. */
export interface OutboxEvents {
  sending(clientId: string): void;
  progress(clientId: string, part: number): void;
  sent(clientId: string, id: string): void;
  failed(clientId: string, failure: Failure): void;
}

export interface Outbox {
  send(message: Outgoing): void;
  /** Once more what failed, under the same client id. */
  readonly resend: (clientId: string) => void;
  /** Once more all that nobody answered; called when the line is back. */
  resendLost(): void;
}

const TRIES = 3;

/** Sends in the order of writing, one at a time: a later message never overtakes an earlier one. */
export function createOutbox(keeper: SessionKeeper, locale: string, events: OutboxEvents): Outbox {
  const failed = new Map<string, { message: Outgoing; failure: Failure }>();
  const pause = createPause();
  let tail = Promise.resolve();

  const once = async (message: Outgoing): Promise<string> => {
    const session = await keeper.get();
    try {
      return await postMessage(session, message, locale, (part) => events.progress(message.clientId, part));
    } catch (error) {
      if (kindOf(error) === 'gone') keeper.drop(session);
      throw error;
    }
  };

  const deliver = async (message: Outgoing): Promise<void> => {
    for (let tried = 1; ; tried += 1) {
      try {
        events.sent(message.clientId, await once(message));
        return;
      } catch (error) {
        const failure = error instanceof Failure ? error : new Failure('unreachable', String(error));
        if (failure.kind === 'refused' || tried >= TRIES) {
          failed.set(message.clientId, { message, failure });
          events.failed(message.clientId, failure);
          return;
        }
        await pause.wait(backoff(tried - 1));
      }
    }
  };

  const send = (message: Outgoing): void => {
    events.sending(message.clientId);
    tail = tail.then(() => deliver(message));
  };

  const resend = (clientId: string): void => {
    const entry = failed.get(clientId);
    if (entry === undefined) return;
    failed.delete(clientId);
    send(entry.message);
  };

  return {
    send,
    resend,
    resendLost: () => {
      pause.wake();
      for (const [clientId, { failure }] of [...failed]) if (failure.kind !== 'refused') resend(clientId);
    },
  };
}
