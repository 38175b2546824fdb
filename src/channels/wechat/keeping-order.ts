import type { Receive } from '../../core/channel.ts';
import type { InboundMessage } from '../../core/message.ts';

/** Messages of one chat are kept in the order in which they were given, several at once where they come quickly. */
export interface KeepingOrder {
  /** It will be kept, as long as `insist` goes on. */
  keep(chat: string, message: InboundMessage): void;
  /** Resolves when all that was given of this chat has been kept, or given up. */
  kept(chat: string): Promise<void>;
  /** The same of all chats. */
  idle(): Promise<void>;
}

/** `insist` tries again what throws, for as long as it pays. What was not kept is given again before anything that came later. */
export function createKeepingOrder(
  receive: Receive,
  insist: (work: () => Promise<void>) => Promise<void>,
  onGivenUp: (error: unknown) => void,
): KeepingOrder {
  const lines = new Map<string, { readonly messages: InboundMessage[]; ended: Promise<void> }>();

  async function giveAll(messages: InboundMessage[]): Promise<void> {
    const batch = [...messages];
    const ends = await Promise.allSettled(batch.map((message) => receive(message)));
    messages.splice(0, batch.length, ...batch.filter((_, nth) => ends[nth]?.status === 'rejected'));
    const failure = ends.find((end) => end.status === 'rejected');
    if (failure !== undefined) throw failure.reason;
  }

  async function run(chat: string, messages: InboundMessage[]): Promise<void> {
    try {
      while (messages.length > 0) await insist(() => giveAll(messages));
    } catch (error) {
      onGivenUp(error);
    } finally {
      lines.delete(chat);
    }
  }

  return {
    keep(chat, message) {
      const line = lines.get(chat);
      if (line !== undefined) {
        line.messages.push(message);
        return;
      }
      const begun = { messages: [message], ended: Promise.resolve() };
      lines.set(chat, begun);
      begun.ended = run(chat, begun.messages);
    },
    kept: (chat) => lines.get(chat)?.ended ?? Promise.resolve(),
    idle: async () => void (await Promise.all([...lines.values()].map(({ ended }) => ended))),
  };
}
