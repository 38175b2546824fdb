import type { Receipt, Receive } from '../core/channel.ts';
import type { Clock } from '../core/clock.ts';
import type { Coordination } from '../core/coordination.ts';
import type { InboundMessage } from '../core/message.ts';
import type { Store } from '../core/store.ts';

interface Pending {
  readonly message: InboundMessage;
  readonly kept: PromiseWithResolvers<Receipt>;
}

/** Each commit waits for the disk, and meanwhile nothing else goes on: a chat that has had so many within a second is loud. */
const COMMITS_A_SECOND = 40;
/** What a loud chat says within so many ms is kept together. */
const HOLD = 50;
/** Messages kept in one transaction at most: more would hold up everybody else. */
const MOST = 100;

/**
 * Takes messages in, those of one chat (a room, or one conversation) in the order in which they were given: what comes while the
 * one before is being kept is kept together. Where one is not kept, neither are those of its chat that were given after it
 * and wait, so that whoever gives them again, in their order, loses no order.
 */
export function createIntake(deps: {
  readonly store: Pick<Store, 'receive' | 'receiveAll'>;
  readonly coordination: Pick<Coordination, 'allow'>;
  readonly clock: Clock;
}): Receive {
  const { store, coordination, clock } = deps;
  const lines = new Map<string, Pending[]>();

  async function keepAll(chat: string, line: Pending[]): Promise<void> {
    for (let loud = false; line.length > 0;) {
      const batch = line.splice(0, MOST);
      try {
        await keep(batch);
      } catch (error) {
        for (const { kept } of [...batch, ...line.splice(0)]) kept.reject(error);
      }
      loud ||= !(await coordination.allow(`intake ${chat}`, COMMITS_A_SECOND, 1000));
      if (loud) await new Promise<void>((resolve) => void clock.after(HOLD, resolve));
    }
    lines.delete(chat);
  }

  async function keep(batch: readonly Pending[]): Promise<void> {
    const at = clock.now().toISOString();
    const [first, ...others] = batch.map(({ message }) => message);
    if (first === undefined) return;
    const receipts =
      others.length === 0 ? [await store.receive(first, at)] : await store.receiveAll([first, ...others], at);
    for (const [nth, { kept }] of batch.entries()) kept.resolve(receipts[nth]!);
  }

  return (message) => {
    const chat = message.context?.room?.id ?? message.conversation;
    const kept = Promise.withResolvers<Receipt>();
    const line = lines.get(chat);
    if (line !== undefined) line.push({ message, kept });
    else {
      const begun = [{ message, kept }];
      lines.set(chat, begun);
      void keepAll(chat, begun);
    }
    return kept.promise;
  };
}
