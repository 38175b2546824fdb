import { RefusedError } from '../core/errors.ts';
import type { Owner, Ticket } from '../core/ticket.ts';
import { changed, mustBeUnresolved, mustNotBeTaken, unchanged } from './change.ts';
import type { EventDraft, TicketChange } from './change.ts';

/**
 * What happens to a ticket between opening and resolving, as pure functions. Each gives the ticket as changed with the
 * events that tell of it, or throws RefusedError: `taken` (the message names who has it) or `wrong-state`.
 *
 *   open ── claim ──> claimed ── reply ──> waiting        any of the three ── resolve ──> resolved
 *    ^                  ^  '───────────────  │                                              │
 *    │                  └── customerReplied ─┘                                              │
 *    └── transfer (from any of the three) ─────────────── reopen ───────────────────────────┘
 */

/** The first claim wins; claiming one's own again changes nothing. */
export function claim(ticket: Ticket, agent: Owner, now: Date): TicketChange {
  mustBeUnresolved(ticket);
  mustNotBeTaken(ticket, agent);
  if (ticket.owner !== null) return unchanged(ticket);
  return changed(ticket, now, { status: 'claimed', owner: agent }, { kind: 'claimed', by: agent });
}

/** Answering an open ticket claims it. `clientId` marks the reply so that a repetition can be recognised. */
export function reply(ticket: Ticket, agent: Owner, text: string, now: Date, clientId?: string): TicketChange {
  mustBeUnresolved(ticket);
  mustNotBeTaken(ticket, agent);
  const event: EventDraft = {
    kind: 'replied',
    by: agent,
    text,
    ...(clientId === undefined ? {} : { target: clientId }),
  };
  return changed(ticket, now, { status: 'waiting', owner: ticket.owner ?? agent }, ...claiming(ticket, agent), event);
}

/** A remark for colleagues: anyone may leave one, at any time. */
export function note(ticket: Ticket, agent: Owner, text: string, now: Date, clientId?: string): TicketChange {
  const event: EventDraft = { kind: 'noted', by: agent, text, ...(clientId === undefined ? {} : { target: clientId }) };
  return changed(ticket, now, {}, event);
}

/** To whom a ticket goes, why, and by when that desk will have answered (ISO 8601). */
export interface Transfer {
  readonly desk: string;
  /** A colleague there who has it from now on. */
  readonly to?: Owner;
  readonly reason: string;
  readonly promised_at: string;
}

/** By the owner, or by anyone while nobody has it. It is open again at the other desk, or in the named colleague's hands. */
export function transfer(ticket: Ticket, agent: Owner, to: Transfer, now: Date): TicketChange {
  mustBeUnresolved(ticket);
  mustNotBeTaken(ticket, agent);
  return changed(
    ticket,
    now,
    { status: to.to ? 'claimed' : 'open', owner: to.to ?? null, desk: to.desk, promised_at: to.promised_at },
    { kind: 'transferred', by: agent, text: to.reason, target: to.desk },
    ...(to.to ? [{ kind: 'assigned' as const, by: agent, text: to.to.name, target: to.to.agent }] : []),
  );
}

/** Asks whoever has it for haste: anyone may, as long as it is not done. */
export function nudge(ticket: Ticket, agent: Owner, text: string, now: Date): TicketChange {
  mustBeUnresolved(ticket);
  return changed(ticket, now, {}, { kind: 'nudged', by: agent, text });
}

/** Resolving an open ticket claims it: the books say who did the work. `cause` is for the company's own eyes. */
export function resolve(ticket: Ticket, agent: Owner, result: string, now: Date, cause?: string): TicketChange {
  mustBeUnresolved(ticket);
  mustNotBeTaken(ticket, agent);
  return changed(
    ticket,
    now,
    { status: 'resolved', owner: ticket.owner ?? agent, resolved_at: now.toISOString() },
    ...claiming(ticket, agent),
    { kind: 'resolved', by: agent, text: result, ...(cause === undefined ? {} : { target: cause }) },
  );
}

/**
 * Back to open with no owner: whoever resolved it may be off duty, and a ticket that looks taken is one that nobody
 * works on. The history tells who had it.
 */
export function reopen(ticket: Ticket, agent: Owner, reason: string, promised_at: string, now: Date): TicketChange {
  if (ticket.status !== 'resolved') {
    throw new RefusedError('wrong-state', `工单 ${ticket.id} 还没有结案，不需要重新打开`);
  }
  return changed(
    ticket,
    now,
    { status: 'open', owner: null, resolved_at: null, promised_at },
    { kind: 'reopened', by: agent, text: reason },
  );
}

/**
 * The customer wrote again. Only a waiting ticket changes: the agent has it in hand again, with a new promise where one
 * is given (ISO 8601).
 */
export function customerReplied(ticket: Ticket, now: Date, promised_at = ticket.promised_at): TicketChange {
  if (ticket.status !== 'waiting') return unchanged(ticket);
  return changed(ticket, now, { status: 'claimed', promised_at }, { kind: 'customer-replied' });
}

/** An answer that the customer has already now reads `text`. */
export function edit(ticket: Ticket, agent: Owner, text: string, now: Date, clientId: string): TicketChange {
  return changed(ticket, now, {}, { kind: 'edited', by: agent, text, target: clientId });
}

/** An agent looked at a masked field. Anyone at the desk may, and it is written down. */
export function reveal(ticket: Ticket, agent: Owner, field: string, now: Date): TicketChange {
  return changed(ticket, now, {}, { kind: 'revealed', by: agent, target: field });
}

function claiming(ticket: Ticket, agent: Owner): readonly EventDraft[] {
  return ticket.owner === null ? [{ kind: 'claimed', by: agent }] : [];
}
