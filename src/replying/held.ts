import type { ConversationRecord } from '../core/store.ts';
import type { Ticket } from '../core/ticket.ts';

/** The ticket that an agent has, and the conversation with it: the bot is quiet until it is resolved. */
export function heldIn({ tickets }: Pick<ConversationRecord, 'tickets'>): Ticket | undefined {
  return tickets.find((ticket) => ticket.owner !== null);
}
