import type { ConversationRecord } from '../core/store.ts';
import type { Ticket, TicketEvent } from '../core/ticket.ts';
import type { Decision } from '../dialogue/turn.ts';
import { joinTicket, openTicket } from '../tickets/opening.ts';
import { customerReplied } from '../tickets/transitions.ts';

/** The tickets a decision opens, joins, or hands the customer's words to. */
export function ticketChanges(
  conversation: ConversationRecord,
  decision: Pick<Decision, 'tickets' | 'events'>,
  now: Date,
): { readonly tickets: readonly Ticket[]; readonly events: readonly TicketEvent[] } {
  const changed = new Map<string, Ticket>();
  const events: TicketEvent[] = [];
  const stored = (id: string): Ticket | undefined => conversation.tickets.find((ticket) => ticket.id === id);

  for (const { joins, ...draft } of decision.tickets) {
    const open = changed.get(draft.id) ?? stored(draft.id);
    const change =
      joins && open !== undefined
        ? joinTicket(open, draft, now)
        : openTicket(draft, { conversation: conversation.id, customer: conversation.customer, now });
    // Several changes in one turn are one step of the version.
    const base = stored(draft.id)?.version ?? 0;
    changed.set(draft.id, { ...change.ticket, version: base + 1 });
    events.push(...change.events);
  }
  for (const event of decision.events) {
    const ticket = event.type === 'relayed' ? stored(event.ticket) : undefined;
    if (ticket === undefined) continue;
    const change = customerReplied(ticket, now);
    if (change.events.length === 0) continue;
    changed.set(ticket.id, change.ticket);
    events.push(...change.events);
  }
  return { tickets: [...changed.values()], events };
}
