import { beforeEach, describe, expect, it } from 'vitest';
import type { ConversationId } from '../../src/core/message.ts';
import type { ConversationRecord, Store } from '../../src/core/store.ts';
import type { Ticket } from '../../src/core/ticket.ts';
import { after, alice, bob, message, noon, says, ticket, turn } from '../store/samples.ts';

/** The part of a store's contract that is about work to be done: timers and tickets. */
export function describeStoreWork(current: () => Store): void {
  describe('work', () => {
    let store: Store;
    beforeEach(() => void (store = current()));

    async function read(id: ConversationId): Promise<ConversationRecord> {
      const found = await store.conversation(id);
      if (!found) throw new Error(`no conversation ${id}`);
      return found;
    }

    describe('timers', () => {
      const timer = (at: string) => ({ key: 'k', at, kind: 'x', payload: '' });
      beforeEach(() => store.openConversation(alice, { id: 'c-1' }, false, noon));

      it('moves a timer that is set again, and takes off one that is cancelled', async () => {
        await store.commitTurn(turn(await read(alice), { timers: [timer(after(1))] }));
        await store.commitTurn(turn(await read(alice), { timers: [timer(after(9))] }));
        expect(await store.dueTimers(after(8), 10)).toEqual([]);
        await store.commitTurn(turn(await read(alice), { cancelTimers: ['k'] }));
        expect(await store.dueTimers(after(9), 10)).toEqual([]);
      });

      it('fires once, and not when it was moved', async () => {
        await store.commitTurn(turn(await read(alice), { timers: [timer(after(1))] }));
        const fire = async (at: string) => store.commitTurn(turn(await read(alice), { at, firedTimer: 'k' }));
        expect(await fire(noon)).toBe('stale');
        expect(await fire(after(1))).toBe('done');
        expect(await fire(after(1))).toBe('stale');
      });

      it('keeps equal keys of two conversations apart', async () => {
        await store.openConversation(bob, { id: 'c-2' }, false, noon);
        for (const id of [alice, bob]) await store.commitTurn(turn(await read(id), { timers: [timer(after(1))] }));
        await store.commitTurn(turn(await read(bob), { cancelTimers: ['k'] }));
        expect(await store.dueTimers(after(1), 10)).toMatchObject([{ conversation: alice }]);
      });
    });

    describe('tickets', () => {
      const li = { agent: '1001', name: '李' };
      beforeEach(async () => {
        await store.openConversation(alice, { id: 'c-1' }, false, noon);
        await store.commitTurn(turn(await read(alice), { tickets: [ticket('T-1')] }));
      });

      it('gives of the resolved ones only so many, those opened last', async () => {
        const done = (id: string) => ticket(id, { status: 'resolved', resolved_at: noon });
        await store.commitTurn(turn(await read(alice), { tickets: [done('T-2'), done('T-3'), done('T-4')] }));
        const ids = async (resolved: number) => (await store.tickets({ resolved })).map(({ id }) => id);
        expect(await ids(0)).toEqual(['T-1']);
        expect(await ids(2)).toEqual(['T-1', 'T-3', 'T-4']);
      });

      it('counts what is open', async () => {
        const more = [ticket('T-2'), ticket('T-3', { desk: 'claims', status: 'claimed' })];
        const done = ticket('T-4', { status: 'resolved', resolved_at: noon });
        await store.commitTurn(turn(await read(alice), { tickets: [...more, done] }));
        const of = ({ desk, kind, priority, status }: Ticket) => ({ desk, kind, priority, status });
        const counts = await store.openTickets();
        expect(counts).toHaveLength(2);
        expect(counts).toContainEqual({ ...of(ticket('T-1')), count: 2 });
        expect(counts).toContainEqual({ ...of(more[1]!), count: 1 });
      });

      it('lets one of two agents win, and makes a turn that was being decided stale', async () => {
        const seen = await read(alice);
        const claim = (agent: string) =>
          store.commitTicket({
            ticket: ticket('T-1', { version: 2, status: 'claimed', owner: { agent, name: agent } }),
            events: [{ ticket: 'T-1', kind: 'claimed', at: noon, by: { agent, name: agent } }],
            outgoing: [says(agent)],
          });
        const results = await Promise.all([claim('1001'), claim('1002')]);
        expect(results.sort()).toEqual(['done', 'stale']);
        expect((await store.ticket('T-1'))?.history).toHaveLength(1);
        expect(await store.unsent(noon, 10)).toHaveLength(1);
        expect(await store.commitTurn(turn(seen))).toBe('stale');
      });

      it('tells the whole story of one', async () => {
        await store.receive(message('m-1'), noon);
        await store.commitTurn(turn(await read(alice), { tickets: [ticket('T-2', { opened_at: after(1) })] }));
        const events = [
          { ticket: 'T-1', kind: 'transferred', at: noon, by: li, text: '转理赔', target: 'claims' } as const,
        ];
        await store.commitTicket({ ticket: ticket('T-1', { version: 2, desk: 'claims' }), events, outgoing: [] });
        const story = await store.ticket('T-1');
        expect(story).toMatchObject({ ticket: { desk: 'claims' }, others: [{ id: 'T-2' }] });
        expect(story?.transcript.map((line) => line.id)).toEqual(['m-1']);
        expect(story?.history).toEqual(events);
        expect(await store.ticket('T-9')).toBeNull();
      });

      it('finds them by status, desk and customer, oldest first', async () => {
        const closed = ticket('T-2', { status: 'resolved', desk: 'claims', opened_at: after(-9), resolved_at: noon });
        await store.commitTurn(turn(await read(alice), { tickets: [closed] }));
        const ids = async (filter: Parameters<Store['tickets']>[0]) =>
          (await store.tickets(filter)).map((one) => one.id);
        expect(await ids({})).toEqual(['T-2', 'T-1']);
        expect(await ids({ status: 'open' })).toEqual(['T-1']);
        expect(await ids({ desk: 'claims', customer: 'c-1' })).toEqual(['T-2']);
        expect(await ids({ customer: 'c-9' })).toEqual([]);
        expect((await read(alice)).tickets.map((one) => one.id)).toEqual(['T-1']);
      });

      it('never gives a number twice', async () => {
        const ids = await Promise.all(Array.from({ length: 10 }, () => store.nextTicketId()));
        expect(new Set(ids).size).toBe(10);
        expect(ids).toContain('T-1001');
      });
    });
  });
}
