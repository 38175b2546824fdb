import type { Ticket } from '../../core/ticket.ts';
import { fieldsOfTicket } from './fields.ts';

/**
 * Whether a ticket is what an agent looks for: a part of its number, waybill, kind, desk or shown words, or the whole of
 * a hidden piece. A part of a hidden piece finds nothing, else it could be guessed digit by digit without a trace.
 */
export function matches(ticket: Ticket, query: string): boolean {
  const wanted = query.toLowerCase();
  const fields = [...fieldsOfTicket(ticket).values()];
  const shown = [ticket.id, ticket.waybill ?? '', ticket.kind, ticket.desk, ticket.customer.id];
  return (
    [...shown, ...fields.map(({ masked }) => masked.text)].some((text) => text.toLowerCase().includes(wanted)) ||
    fields.some(({ masked }) => masked.hidden.some(({ value }) => value.toLowerCase() === wanted))
  );
}
