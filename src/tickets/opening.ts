import type { Ticket, TicketDraft } from '../core/ticket.ts';
import { changed, mustBeUnresolved } from './change.ts';
import type { TicketChange } from './change.ts';
import type { Origin } from './matter.ts';
import { raise } from './priority.ts';

/** Characters of a summary that joined matters may fill. */
const SUMMARY_LENGTH = 500;

/** A new ticket, version 1, which nobody has yet. */
export function openTicket(draft: TicketDraft, origin: Origin): TicketChange {
  const at = origin.now.toISOString();
  const ticket: Ticket = {
    ...draft,
    status: 'open',
    conversation: origin.conversation,
    customer: origin.customer,
    owner: null,
    opened_at: at,
    updated_at: at,
    resolved_at: null,
    version: 1,
  };
  return { ticket, events: [{ ticket: ticket.id, kind: 'opened', at, text: draft.summary }] };
}

/**
 * The customer came back with the same matter (see sameMatter). The priority only rises, what was promised stands
 * unless the new promise is earlier, new answers of the form replace old ones, empty ones replace nothing.
 * An agent who waited for the customer has the ticket in hand again. Throws `wrong-state` on a resolved ticket.
 */
export function joinTicket(ticket: Ticket, draft: TicketDraft, now: Date): TicketChange {
  mustBeUnresolved(ticket);
  const filled = Object.entries(draft.form).filter(([, value]) => value !== '');
  return changed(
    ticket,
    now,
    {
      status: ticket.status === 'waiting' ? 'claimed' : ticket.status,
      priority: raise(ticket.priority, draft.priority),
      summary: mergeSummaries(ticket.summary, draft.summary),
      form: { ...ticket.form, ...Object.fromEntries(filled) },
      promised_at: earlier(ticket.promised_at, draft.promised_at),
    },
    { kind: 'joined', text: draft.summary },
  );
}

function mergeSummaries(old: string, added: string): string {
  const merged = old.includes(added) ? old : `${old}；${added}`;
  // A customer who comes back often must not bury what the ticket is about; the history keeps every word.
  return merged.length > SUMMARY_LENGTH ? old : merged;
}

function earlier(one: string, other: string): string {
  return Date.parse(other) < Date.parse(one) ? other : one;
}
