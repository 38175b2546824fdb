import { conversationId } from '../../src/core/message.ts';
import type { Ticket, TicketDraft } from '../../src/core/ticket.ts';
import type { Origin } from '../../src/tickets/matter.ts';
import { openTicket } from '../../src/tickets/opening.ts';

export const NOW = new Date('2026-11-23T02:00:00.000Z');
export const LI = { agent: '8001', name: '小李' };
export const WANG = { agent: '8002', name: '小王' };

export const origin: Origin = {
  conversation: conversationId('webchat', 'c-1'),
  customer: { id: 'u-1', name: '韩梅梅' },
  now: NOW,
};

export function draft(fields: Partial<TicketDraft> = {}): TicketDraft {
  return {
    id: 'T-1001',
    desk: 'payments',
    kind: 'payment-lookup',
    priority: 'normal',
    waybill: '12345678',
    summary: '货款超过15天未到账',
    form: {},
    promised_at: '2026-11-23T04:00:00.000Z',
    ...fields,
  };
}

export function opened(fields: Partial<Ticket> = {}): Ticket {
  return { ...openTicket(draft(), origin).ticket, ...fields };
}
