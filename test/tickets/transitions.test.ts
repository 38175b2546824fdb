import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RefusedError } from '../../src/core/errors.ts';
import type { Owner, Ticket } from '../../src/core/ticket.ts';
import { together } from '../../src/tickets/change.ts';
import type { TicketChange } from '../../src/tickets/change.ts';
import { joinTicket, openTicket } from '../../src/tickets/opening.ts';
import { rank } from '../../src/tickets/priority.ts';
import {
  claim,
  customerReplied,
  edit,
  note,
  nudge,
  reopen,
  reply,
  resolve,
  reveal,
  transfer,
} from '../../src/tickets/transitions.ts';
import { LI, NOW, WANG, draft, opened, origin } from './sample.ts';

const LATER = '2026-11-24T02:00:00.000Z';
const actions = {
  claim: (ticket: Ticket, agent: Owner) => claim(ticket, agent, NOW),
  reply: (ticket: Ticket, agent: Owner) => reply(ticket, agent, '您好,已为您核实', NOW),
  note: (ticket: Ticket, agent: Owner) => note(ticket, agent, '财务周一回复', NOW),
  transfer: (ticket: Ticket, agent: Owner) =>
    transfer(ticket, agent, { desk: 'claims', reason: '有理赔', promised_at: LATER }, NOW),
  give: (ticket: Ticket, agent: Owner) =>
    transfer(ticket, agent, { desk: 'claims', to: WANG, reason: '有理赔', promised_at: LATER }, NOW),
  nudge: (ticket: Ticket, agent: Owner) => nudge(ticket, agent, '客户又来问了', NOW),
  edit: (ticket: Ticket, agent: Owner) => edit(ticket, agent, '明天到账', NOW, 'k1'),
  resolve: (ticket: Ticket, agent: Owner) => resolve(ticket, agent, '货款已到账', NOW),
  reopen: (ticket: Ticket, agent: Owner) => reopen(ticket, agent, '客户仍未收到', LATER, NOW),
  reveal: (ticket: Ticket, agent: Owner) => reveal(ticket, agent, 'customer.name', NOW),
  customerReplied: (ticket: Ticket) => customerReplied(ticket, NOW),
  join: (ticket: Ticket) => joinTicket(ticket, draft({ priority: 'high' }), NOW),
} as const satisfies Record<string, (ticket: Ticket, agent: Owner) => TicketChange>;
type Action = keyof typeof actions;

const states: Record<string, Ticket> = {
  open: opened(),
  claimed: opened({ status: 'claimed', owner: LI }),
  waiting: opened({ status: 'waiting', owner: LI }),
  resolved: opened({ status: 'resolved', owner: LI, resolved_at: NOW.toISOString() }),
};

/** Status after the action, the events, or the code of the refusal. `+` after a state: somebody else's. */
const TABLE: [from: string, action: Action, agent: Owner, becomes: string, events: string][] = [
  ['open', 'claim', LI, 'claimed', 'claimed'],
  ['open', 'reply', LI, 'waiting', 'claimed replied'],
  ['open', 'note', LI, 'open', 'noted'],
  ['open', 'transfer', LI, 'open', 'transferred'],
  ['open', 'give', LI, 'claimed', 'transferred assigned'],
  ['claimed', 'give', LI, 'claimed', 'transferred assigned'],
  ['claimed', 'give', WANG, 'taken', ''],
  ['resolved', 'give', LI, 'wrong-state', ''],
  ['open', 'nudge', WANG, 'open', 'nudged'],
  ['waiting', 'nudge', WANG, 'waiting', 'nudged'],
  ['resolved', 'nudge', LI, 'wrong-state', ''],
  ['resolved', 'edit', LI, 'resolved', 'edited'],
  ['open', 'resolve', LI, 'resolved', 'claimed resolved'],
  ['open', 'reopen', LI, 'wrong-state', ''],
  ['open', 'reveal', LI, 'open', 'revealed'],
  ['open', 'customerReplied', LI, 'open', ''],
  ['open', 'join', LI, 'open', 'joined'],
  ['claimed', 'claim', LI, 'claimed', ''],
  ['claimed', 'claim', WANG, 'taken', ''],
  ['claimed', 'reply', LI, 'waiting', 'replied'],
  ['claimed', 'reply', WANG, 'taken', ''],
  ['claimed', 'note', WANG, 'claimed', 'noted'],
  ['claimed', 'transfer', LI, 'open', 'transferred'],
  ['claimed', 'transfer', WANG, 'taken', ''],
  ['claimed', 'resolve', LI, 'resolved', 'resolved'],
  ['claimed', 'resolve', WANG, 'taken', ''],
  ['claimed', 'reopen', LI, 'wrong-state', ''],
  ['claimed', 'customerReplied', LI, 'claimed', ''],
  ['waiting', 'claim', LI, 'waiting', ''],
  ['waiting', 'claim', WANG, 'taken', ''],
  ['waiting', 'reply', LI, 'waiting', 'replied'],
  ['waiting', 'transfer', LI, 'open', 'transferred'],
  ['waiting', 'resolve', LI, 'resolved', 'resolved'],
  ['waiting', 'customerReplied', LI, 'claimed', 'customer-replied'],
  ['waiting', 'join', LI, 'claimed', 'joined'],
  ['resolved', 'claim', LI, 'wrong-state', ''],
  ['resolved', 'claim', WANG, 'wrong-state', ''],
  ['resolved', 'reply', LI, 'wrong-state', ''],
  ['resolved', 'transfer', LI, 'wrong-state', ''],
  ['resolved', 'resolve', LI, 'wrong-state', ''],
  ['resolved', 'join', LI, 'wrong-state', ''],
  ['resolved', 'note', WANG, 'resolved', 'noted'],
  ['resolved', 'reveal', WANG, 'resolved', 'revealed'],
  ['resolved', 'customerReplied', LI, 'resolved', ''],
  ['resolved', 'reopen', WANG, 'open', 'reopened'],
];

describe('transitions', () => {
  it.each(TABLE)('%s: %s by %o gives %s, %s', (from, action, agent, becomes, events) => {
    const before = states[from]!;
    const change = attempt(() => actions[action](before, agent));
    if (change instanceof RefusedError) {
      expect([change.code, '']).toEqual([becomes, events]);
    } else {
      expect([change.ticket.status, change.events.map((event) => event.kind).join(' ')]).toEqual([becomes, events]);
    }
  });

  it('names who has a ticket that is taken', () => {
    expect(() => actions.reply(states['claimed']!, WANG)).toThrow(/T-1001.*小李.*8001/);
  });

  it('keeps what was said, by whom and to which desk', () => {
    const change = actions.transfer(states['claimed']!, LI);
    expect(change.ticket).toMatchObject({ desk: 'claims', owner: null, promised_at: LATER, version: 2 });
    expect(change.events).toEqual([
      { ticket: 'T-1001', kind: 'transferred', at: NOW.toISOString(), by: LI, text: '有理赔', target: 'claims' },
    ]);
    expect(reply(states['open']!, LI, '好', NOW, 'k1').events[1]).toMatchObject({ text: '好', target: 'k1' });
  });

  it('gives a ticket into one person’s hands, and notes the cause of a resolved one', () => {
    const { ticket, events } = actions.give(states['claimed']!, LI);
    expect(ticket).toMatchObject({ desk: 'claims', owner: WANG, status: 'claimed', version: 2 });
    expect(events[1]).toMatchObject({ kind: 'assigned', by: LI, text: '小王', target: '8002' });
    expect(resolve(states['claimed']!, LI, '已到账', NOW, '货款结算').events[0]).toMatchObject({
      text: '已到账',
      target: '货款结算',
    });
  });

  it('gives a customer who wrote again a new promise', () => {
    expect(customerReplied(states['waiting']!, NOW, LATER).ticket.promised_at).toBe(LATER);
  });

  it('can be one change for the store, however many steps a turn takes', () => {
    const { ticket, events } = together(
      states['waiting']!,
      (one) => actions.customerReplied(one),
      (one) => actions.join(one),
    );
    expect(ticket).toMatchObject({ status: 'claimed', priority: 'high', version: 2 });
    expect(events.map(({ kind }) => kind)).toEqual(['customer-replied', 'joined']);
    expect(together(states['open']!, (one) => actions.customerReplied(one))).toEqual({
      ticket: states['open'],
      events: [],
    });
  });

  it('keeps its invariants whatever anybody does in whatever order', () => {
    const step = fc.tuple(fc.constantFrom(...(Object.keys(actions) as Action[])), fc.constantFrom(LI, WANG));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let ticket = opened();
        for (const [action, agent] of steps) {
          const change = attempt(() => actions[action](ticket, agent));
          if (change instanceof RefusedError) {
            expect(['taken', 'wrong-state']).toContain(change.code);
            continue;
          }
          const { ticket: after, events } = change;
          expect(after.version).toBe(ticket.version + (events.length > 0 ? 1 : 0));
          expect(after.resolved_at !== null).toBe(after.status === 'resolved');
          expect(after.owner === null).toBe(after.status === 'open');
          expect(rank(after.priority)).toBeGreaterThanOrEqual(rank(ticket.priority));
          expect(events.every((event) => event.ticket === 'T-1001')).toBe(true);
          // Nobody takes a ticket out of somebody else's hands: only who has it may give it away.
          if (ticket.owner && after.owner) {
            expect(after.owner).toEqual(action === 'give' && agent === ticket.owner ? WANG : ticket.owner);
          }
          ticket = after;
        }
      }),
    );
  });
});

describe('opening and joining', () => {
  it('opens a ticket that nobody has yet', () => {
    expect(openTicket(draft(), origin)).toMatchObject({
      ticket: {
        id: 'T-1001',
        status: 'open',
        owner: null,
        version: 1,
        opened_at: NOW.toISOString(),
        resolved_at: null,
      },
      events: [{ kind: 'opened', text: '货款超过15天未到账' }],
    });
  });

  it('merges a second request into the first: priority up, promise not later, form filled in', () => {
    const ticket = opened({ priority: 'high', form: { goods: '瓷砖', phone: '13800138000' } });
    const again = draft({
      priority: 'normal',
      summary: '客户催款',
      form: { goods: '', phone: '13900139000', amount: '800' },
      promised_at: LATER,
    });
    const { ticket: joined, events } = joinTicket(ticket, again, NOW);
    expect(joined).toMatchObject({
      priority: 'high',
      summary: '货款超过15天未到账；客户催款',
      form: { goods: '瓷砖', phone: '13900139000', amount: '800' },
      promised_at: ticket.promised_at,
      version: 2,
    });
    expect(events).toMatchObject([{ kind: 'joined', text: '客户催款' }]);
    const urgent = draft({ priority: 'urgent', promised_at: NOW.toISOString() });
    expect(joinTicket(joined, urgent, NOW).ticket).toMatchObject({
      priority: 'urgent',
      promised_at: NOW.toISOString(),
      summary: joined.summary,
    });
  });

  it('does not let repetition bury the summary', () => {
    let ticket = opened();
    for (let i = 0; i < 200; i += 1) ticket = joinTicket(ticket, draft({ summary: `第${i}次催促` }), NOW).ticket;
    expect(ticket.summary.length).toBeLessThanOrEqual(500);
    expect(ticket.summary).toMatch(/^货款超过15天未到账/);
  });
});

function attempt(act: () => TicketChange): TicketChange | RefusedError {
  try {
    return act();
  } catch (error) {
    if (error instanceof RefusedError) return error;
    throw error;
  }
}
