import { describe, expect, it } from 'vitest';
import { conversationId } from '../../src/core/message.ts';
import { sameMatter } from '../../src/tickets/matter.ts';
import { byUrgency, raise } from '../../src/tickets/priority.ts';
import { draft, opened, origin } from './sample.ts';

describe('sameMatter', () => {
  it('is the same kind and waybill of the same customer in the same conversation', () => {
    expect(sameMatter(opened(), draft(), origin)).toBe(true);
    expect(sameMatter(opened({ waybill: null }), draft({ waybill: null }), origin)).toBe(true);
  });

  it.each([
    ['another waybill', opened({ waybill: '87654321' })],
    ['no waybill yet', opened({ waybill: null })],
    ['another kind', opened({ kind: 'claim' })],
    ['another customer of the group', opened({ customer: { id: 'u-2' } })],
    ['another conversation', opened({ conversation: conversationId('webchat', 'c-2') })],
    ['resolved', opened({ status: 'resolved' })],
  ])('is not %s', (_, ticket) => {
    expect(sameMatter(ticket, draft(), origin)).toBe(false);
  });
});

describe('priority', () => {
  it('only rises', () => {
    expect([raise('normal', 'high'), raise('urgent', 'normal'), raise('high', 'high')]).toEqual([
      'high',
      'urgent',
      'high',
    ]);
  });

  it('orders a desk: urgent first, then the earliest promise, resolved last with the latest on top', () => {
    const at = (hour: number): string => `2026-11-23T0${hour}:00:00.000Z`;
    const tickets = [
      opened({ id: 'T-1', status: 'resolved', resolved_at: at(1), priority: 'urgent' }),
      opened({ id: 'T-2', status: 'resolved', resolved_at: at(2) }),
      opened({ id: 'T-1000', promised_at: at(3) }),
      opened({ id: 'T-999', promised_at: at(3) }),
      opened({ id: 'T-5', promised_at: at(2) }),
      opened({ id: 'T-6', priority: 'urgent', promised_at: at(9) }),
      opened({ id: 'T-7', priority: 'high', promised_at: at(1) }),
    ];
    expect(tickets.sort(byUrgency).map(({ id }) => id)).toEqual(['T-6', 'T-7', 'T-5', 'T-999', 'T-1000', 'T-2', 'T-1']);
  });
});
