import type { Flow, Stop } from './flow.ts';
import { wordIn } from './flow.ts';
import { draftTicket, plainRequest, type TicketRequest } from './ticketing.ts';

/** Opens a ticket for the flow's matter and ends the flow with the words that a human has it. */
export function handToHuman(flow: Flow, phrase: string, request: TicketRequest = plainRequest): Stop {
  const { session, values } = flow;
  const ticket = draftTicket(session, flow.frame(), request, values);
  if (ticket === null) return { kind: 'facts' };
  Object.assign(values, boundTicket(session.knowledge.desks.desks, ticket));
  flow.pieces.push(wordIn(flow, handOverPhrase(phrase, ticket)));
  return { kind: 'ended', how: 'handed' };
}

/** Who asked for a human before is told that their words were added. */
export function handOverPhrase(phrase: string, ticket: { joins: boolean }): string {
  return ticket.joins && phrase === 'handover.done' ? 'handover.joined' : phrase;
}

/** What later steps and phrases see of a ticket. */
export function boundTicket(
  desks: Readonly<Record<string, { title: string }>>,
  ticket: { id: string; promised_at: string; joins: boolean; desk: string },
): Record<string, unknown> {
  return {
    ticket: { id: ticket.id, promised_at: ticket.promised_at, joined: ticket.joins },
    desk: { id: ticket.desk, title: desks[ticket.desk]?.title ?? ticket.desk },
  };
}
