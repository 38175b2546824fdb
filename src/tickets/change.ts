import { RefusedError } from '../core/errors.ts';
import type { Owner, Ticket, TicketEvent, TicketEventKind } from '../core/ticket.ts';

/** What an action makes of a ticket. Without events nothing changed, and there is nothing to keep. */
export interface TicketChange {
  readonly ticket: Ticket;
  readonly events: readonly TicketEvent[];
}

/** An event before it knows its ticket and its time. */
export interface EventDraft {
  readonly kind: TicketEventKind;
  readonly by?: Owner;
  readonly text?: string;
  readonly target?: string;
}

/** One change: the version grows by one however many events it takes to tell. */
export function changed(
  ticket: Ticket,
  now: Date,
  fields: Partial<Ticket>,
  ...events: readonly EventDraft[]
): TicketChange {
  const at = now.toISOString();
  return {
    ticket: { ...ticket, ...fields, updated_at: at, version: ticket.version + 1 },
    events: events.map((event) => ({ ticket: ticket.id, at, ...event })),
  };
}

export function unchanged(ticket: Ticket): TicketChange {
  return { ticket, events: [] };
}

/** Throws `wrong-state` unless the ticket is still worked on. */
export function mustBeUnresolved(ticket: Ticket): void {
  if (ticket.status === 'resolved') {
    throw new RefusedError('wrong-state', `工单 ${ticket.id} 已经结案，如需继续处理，请先重新打开`);
  }
}

/** Throws `taken`, naming who has it, when the ticket is somebody else's. */
export function mustNotBeTaken(ticket: Ticket, agent: Owner): void {
  if (ticket.owner !== null && ticket.owner.agent !== agent.agent) {
    const { name, agent: number } = ticket.owner;
    throw new RefusedError('taken', `工单 ${ticket.id} 正由${name}（工号 ${number}）处理，请与其联系或请其转交`);
  }
}

/** Several steps as one change: the store takes a ticket whose version is one above its own, however much happened. */
export function together(ticket: Ticket, ...steps: readonly ((ticket: Ticket) => TicketChange)[]): TicketChange {
  const events: TicketEvent[] = [];
  let latest = ticket;
  for (const step of steps) {
    const change = step(latest);
    latest = change.ticket;
    events.push(...change.events);
  }
  return events.length === 0 ? unchanged(ticket) : { ticket: { ...latest, version: ticket.version + 1 }, events };
}
