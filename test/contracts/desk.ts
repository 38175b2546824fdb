import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../src/core/store.ts';
import { silentLog } from '../../src/core/log.ts';
import { createActions } from '../../src/desks/actions/actions.ts';
import { announce, directory } from '../desks/floor.ts';
import type { Floor } from '../desks/floor.ts';

export type Act = 'claim' | 'reply' | 'note' | 'transfer' | 'resolve' | 'reopen';

/** A desk with its agents at it: 小李 (8001), 小王 (8002), and somebody who does not belong there. */
export interface DeskUnderTest {
  readonly store: Store;
  readonly floor: Floor;
  /**
   * An agent does it as agents do there: `words` is the answer, the note, the reason or the result; `transfer` goes to
   * the desk `claims`. Resolves when all of it has happened, with what the agent was told where it was refused.
   */
  act(who: '8001' | '8002' | 'stranger', act: Act, ticket: string, words?: string): Promise<string | null>;
  readonly close: () => Promise<void>;
}

/** What any desk owes agents and customers. */
export function deskContract(name: string, open: (between?: (store: Store) => Store) => Promise<DeskUnderTest>): void {
  describe(`${name} keeps the contract of a desk`, () => {
    let under: DeskUnderTest;
    beforeEach(async () => void (under = await open()));
    afterEach(() => under.close());

    const ticket = async (id: string) => (await under.store.ticket(id))!.ticket;
    const said = async () => (await under.floor.said()).slice(2);

    it('lets the first of two who claim at once win, and tells the other who', async () => {
      const { id } = await under.floor.open();
      const told = await Promise.all([under.act('8001', 'claim', id), under.act('8002', 'claim', id)]);
      const { owner, status } = await ticket(id);
      expect(status).toBe('claimed');
      expect(told.filter((one) => one === null)).toHaveLength(1);
      expect(told.find((one) => one !== null)).toContain(`${owner!.name}（工号 ${owner!.agent}）`);
      expect(await said()).toEqual([`bot: claimed ${id} ${owner!.name}`]);
    });

    it('carries an answer to the customer once, with the name and number of who wrote it', async () => {
      const { id } = await under.floor.open();
      expect(await under.act('8001', 'reply', id, '您好，货款明天到账 <b>&amp;')).toBeNull();
      expect(await said()).toEqual(['agent: 您好，货款明天到账 <b>&amp;']);
      const [answer] = (await under.store.ticket(id))!.transcript.slice(-1);
      expect(answer!.from).toEqual({ role: 'agent', id: '8001', name: '小李' });
      expect(await ticket(id)).toMatchObject({ status: 'waiting', owner: { agent: '8001' } });
    });

    it('never carries a note to the customer', async () => {
      const { id } = await under.floor.open();
      expect(await under.act('8002', 'note', id, '财务周一回复')).toBeNull();
      expect(await said()).toEqual([]);
      expect((await under.store.ticket(id))!.history.at(-1)).toMatchObject({ kind: 'noted', text: '财务周一回复' });
      expect(await ticket(id)).toMatchObject({ status: 'open', owner: null });
    });

    it('refuses an answer to a ticket that somebody else has, and says who', async () => {
      const { id } = await under.floor.open();
      await under.act('8002', 'claim', id);
      expect(await under.act('8001', 'reply', id, '您好')).toContain('小王');
      expect((await said()).filter((line) => line.startsWith('agent'))).toEqual([]);
    });

    it('passes a ticket on with its reason and a new promise', async () => {
      const { id } = await under.floor.open();
      await under.act('8001', 'claim', id);
      expect(await under.act('8001', 'transfer', id, '有理赔')).toBeNull();
      expect(await ticket(id)).toMatchObject({
        desk: 'claims',
        status: 'open',
        owner: null,
        promised_at: '2026-11-23T06:00:00.000Z',
      });
      expect((await under.store.ticket(id))!.history.at(-1)).toMatchObject({
        kind: 'transferred',
        text: '有理赔',
        target: 'claims',
      });
    });

    it('resolves and reopens, and the customer hears of both', async () => {
      const { id } = await under.floor.open();
      expect(await under.act('8001', 'resolve', id, '已到账')).toBeNull();
      expect(await ticket(id)).toMatchObject({ status: 'resolved', owner: { agent: '8001' } });
      expect(await under.act('8002', 'reopen', id, '客户仍未收到')).toBeNull();
      expect(await ticket(id)).toMatchObject({ status: 'open', owner: null, resolved_at: null });
      expect(await said()).toEqual([`bot: resolved ${id} 小李`, `bot: reopened ${id} 小王`]);
    });

    it('refuses what the state does not allow, and changes nothing', async () => {
      const { id } = await under.floor.open();
      expect(await under.act('8001', 'reopen', id, '误操作')).toContain('还没有结案');
      await under.act('8001', 'resolve', id, '好了');
      const before = await under.store.ticket(id);
      expect(await under.act('8001', 'reply', id, '在吗')).toContain('已经结案');
      expect(await under.act('8002', 'claim', id)).toContain('已经结案');
      expect(await under.store.ticket(id)).toEqual(before);
    });

    it.each<Act>(['claim', 'reply', 'note', 'transfer', 'resolve', 'reopen'])(
      'lets nobody who does not belong there %s, and says why',
      async (act) => {
        const { id } = await under.floor.open();
        const before = await under.store.ticket(id);
        expect(await under.act('stranger', act, id, '您好')).toMatch(/登录|登记/);
        expect(await under.store.ticket(id)).toEqual(before);
      },
    );

    it('decides anew when the ticket changed between reading and writing', async () => {
      await under.close();
      let faster: (() => Promise<unknown>) | null = null;
      under = await open((store) => ({
        ...store,
        async commitTicket(change) {
          const first = faster;
          faster = null;
          await first?.();
          return store.commitTicket(change);
        },
      }));
      const { id } = await under.floor.open();
      const { store, floor } = under;
      const elsewhere = createActions({ store, directory, announce, clock: floor.clock, log: silentLog });
      faster = () => elsewhere.note(id, { agent: '8002' }, '已电话核实');
      expect(await under.act('8001', 'claim', id)).toBeNull();
      expect((await under.store.ticket(id))!.history.map(({ kind }) => kind)).toEqual(['opened', 'noted', 'claimed']);
      expect(await ticket(id)).toMatchObject({ owner: { agent: '8001' }, version: 3 });
    });
  });
}
