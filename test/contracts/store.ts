import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ConversationId } from '../../src/core/message.ts';
import type { ConversationRecord, Store, StoreChange } from '../../src/core/store.ts';
import { describeDeskStore } from './desk-store.ts';
import { describeNotices } from './notices.ts';
import { describeStoreTurn } from './store-turn.ts';
import { describeStoreWork } from './store-work.ts';
import { after, alice, bob, message, noon, says, ticket, turn } from '../store/samples.ts';

/** What every store promises. `open` gives an empty one. */
export function describeStore(name: string, open: () => Promise<Store>): void {
  describe(`${name} as a store`, () => {
    let store: Store;
    beforeEach(async () => void (store = await open()));
    afterEach(() => store.close());

    async function read(id: ConversationId): Promise<ConversationRecord> {
      const found = await store.conversation(id);
      if (!found) throw new Error(`no conversation ${id}`);
      return found;
    }

    async function say(id: ConversationId, ...texts: string[]): Promise<void> {
      expect(await store.commitTurn(turn(await read(id), { outgoing: texts.map(says) }))).toBe('done');
    }

    const sending = async (at: string) => (await store.unsent(at, 10)).map((one) => one.text);

    describe('messages in', () => {
      it('gives a message that comes again the first seq, however often and at once', async () => {
        const receipts = await Promise.all(Array.from({ length: 20 }, () => store.receive(message('m-1'), noon)));
        expect(receipts.filter((one) => one.kind === 'new')).toHaveLength(1);
        expect(new Set(receipts.map((one) => one.seq)).size).toBe(1);
        expect(await store.log(alice, 0, 10)).toHaveLength(1);
      });

      it('takes the same id from two channels as two messages', async () => {
        await store.receive(message('m-1'), noon);
        const other = await store.receive(message('m-1', { channel: 'slack', conversation: 'slack:x' }), noon);
        expect(other.kind).toBe('new');
      });

      it('gives everything back as it came', async () => {
        const sent = message('m-1', {
          customer: { id: 'c-1', name: '王小明' },
          text: '我的12345678单号\u0000"\'; drop table messages; -- 😀',
          attachments: [{ id: 'a', kind: 'image', contentType: 'image/png', name: '破.png', size: 3, url: '/a' }],
          channelData: { serviceUrl: 'http://x', deep: [1, null] },
        });
        const { seq } = await store.receive(sent, noon);
        expect((await read(alice)).waiting).toEqual([{ ...sent, seq, receivedAt: noon }]);
        expect(await store.log(alice, 0, 10)).toEqual([
          {
            seq,
            conversation: alice,
            id: 'm-1',
            at: noon,
            from: { role: 'customer', id: 'c-1', name: '王小明' },
            text: sent.text,
            suggestions: [],
            attachments: sent.attachments,
            channelData: sent.channelData,
          },
        ]);
      });

      it('names the conversations that wait, the longest waiting first', async () => {
        await store.receive(message('m-1', { conversation: bob }), noon);
        await store.receive(message('m-2'), noon);
        const { seq } = await store.receive(message('m-3', { conversation: bob }), noon);
        expect(await store.waiting()).toEqual([bob, alice]);
        const done = new Map([
          [1, { kind: 'merged', into: seq } as const],
          [seq, { kind: 'answered' } as const],
        ]);
        await store.commitTurn(turn(await read(bob), { outcomes: done }));
        expect(await store.waiting()).toEqual([alice]);
      });

      it('never forgets that others can read along, and keeps the first customer', async () => {
        await store.openConversation(alice, { id: 'c-1' }, false, noon);
        await store.receive(message('m-1', { group: true, customer: { id: 'c-2', name: '李' } }), noon);
        await store.receive(message('m-2'), noon);
        expect(await read(alice)).toMatchObject({ group: true, customer: { id: 'c-1', name: '李' } });
      });

      it('notes the newest change of a message, and nothing of one it never had', async () => {
        await store.receive(message('m-1'), noon);
        expect(await store.noteChange('webchat', 'm-1', { kind: 'edited', text: 'newer', at: after(9) })).toBe(true);
        expect(await store.noteChange('webchat', 'm-1', { kind: 'edited', text: 'older', at: after(5) })).toBe(true);
        expect(await store.noteChange('webchat', 'm-2', { kind: 'deleted', text: '', at: noon })).toBe(false);
        const [line] = await store.log(alice, 0, 10);
        expect(line).toMatchObject({ text: 'text of m-1', changed: { kind: 'edited', text: 'newer', at: after(9) } });
        expect(await read(alice)).toMatchObject({ waiting: [{ text: 'text of m-1' }] });
      });

      it('tells the number of the latest message of all', async () => {
        expect(await store.lastSeq()).toBe(0);
        const { seq } = await store.receive(message('m-1'), noon);
        expect(await store.lastSeq()).toBe(seq);
        await say(alice, '您好');
        expect(await store.lastSeq()).toBe(seq + 1);
      });

      it('tells what customers wrote since a moment, the latest where it is too much, answered or not', async () => {
        await store.receive(message('m-1'), noon);
        await store.receive(message('m-2', { conversation: bob, group: true }), after(60));
        await store.receive(message('m-3', { context: { answer: 'colleague' } }), after(61));
        await store.receive(message('m-4'), after(62));
        await say(bob, '您好');
        const ids = async (since: string, limit: number) => (await store.asked(since, limit)).map(({ id }) => id);
        expect(await ids(noon, 10)).toEqual(['m-1', 'm-2', 'm-4']);
        expect(await ids(after(60), 10)).toEqual(['m-2', 'm-4']);
        expect(await ids(noon, 2)).toEqual(['m-2', 'm-4']);
        expect(await store.asked(after(60), 2)).toMatchObject([{ conversation: bob, group: true }, { group: false }]);
      });

      it('tells the events of a conversation since a moment, in order', async () => {
        for (const [index, event] of ['{"n":1}', '{"n":2}'].entries()) {
          await store.receive(message(`m-${index}`), noon);
          await store.commitTurn(turn(await read(alice), { at: after(index), events: [event] }));
        }
        expect(await store.events(alice, noon)).toEqual([
          { at: noon, event: '{"n":1}' },
          { at: after(1), event: '{"n":2}' },
        ]);
        expect(await store.events(alice, after(1))).toHaveLength(1);
        expect(await store.events(bob, noon)).toEqual([]);
      });

      it('knows nothing of a conversation that nobody opened', async () => {
        expect(await store.conversation('webchat:nobody')).toBeNull();
        expect(await store.log('webchat:nobody', 0, 10)).toEqual([]);
      });

      it('counts failures until a turn is kept', async () => {
        await store.receive(message('m-1'), noon);
        expect([await store.noteFailure(alice), await store.noteFailure(alice)]).toEqual([1, 2]);
        await store.commitTurn(turn(await read(alice)));
        expect(await store.noteFailure(alice)).toBe(1);
      });
    });

    describe('messages out', () => {
      it('offers the oldest unsent of each conversation, and the next one when it is sent', async () => {
        await store.receive(message('m-1', { channelData: 'older' }), noon);
        await store.receive(message('m-2', { channelData: 'newest' }), noon);
        await store.openConversation(bob, { id: 'c-2' }, false, noon);
        await say(alice, 'a1', 'a2');
        await say(bob, 'b1');
        const [first] = await store.unsent(noon, 10);
        expect(first).toMatchObject({ text: 'a1', channelData: 'newest' });
        expect(await sending(noon)).toEqual(['a1', 'b1']);
        await store.markSent(first?.seq ?? 0, noon);
        expect(await sending(noon)).toEqual(['a2', 'b1']);
        expect(await store.queued()).toBe(2);
      });

      it('hands on what came with the message that is answered, whatever came after it was heard', async () => {
        await store.receive(message('m-1', { channelData: 'in the thread' }), noon);
        const heard = await read(alice);
        await store.receive(message('m-2', { channelData: 'beside it' }), noon);
        const outcomes = new Map([[heard.waiting[0]?.seq ?? 0, { kind: 'answered' as const }]]);
        expect(await store.commitTurn(turn(heard, { outcomes, outgoing: [says('a1')] }))).toBe('done');
        expect(await store.unsent(noon, 10)).toMatchObject([
          { text: 'a1', channelData: 'beside it', answeredData: 'in the thread' },
        ]);
        expect((await store.log(alice, 0, 9)).map(({ answers }) => answers)).toEqual([undefined, undefined, 1]);
      });

      it('holds what follows a message that is tried again later, and only that conversation', async () => {
        await store.openConversation(alice, { id: 'c-1' }, false, noon);
        await store.openConversation(bob, { id: 'c-2' }, false, noon);
        await say(alice, 'a1', 'a2');
        await say(bob, 'b1');
        const [first] = await store.unsent(noon, 1);
        await store.markUnsent(first?.seq ?? 0, 'busy', { retryAt: after(30) });
        expect(await sending(after(29))).toEqual(['b1']);
        expect(await store.queued()).toBe(3);
        expect(await store.unsent(after(30), 1)).toMatchObject([{ text: 'a1', attempts: 1 }]);
        await store.markUnsent(first?.seq ?? 0, 'blocked', { givenUpAt: noon });
        expect(await sending(after(30))).toEqual(['a2', 'b1']);
        expect(await store.queued()).toBe(2);
      });

      it('knows when the next message or timer falls due', async () => {
        await store.openConversation(alice, { id: 'c-1' }, false, noon);
        expect(await store.nextDue()).toBeNull();
        const timer = { key: 'k', at: '2026-11-21T12:01:40+08:00', kind: 'x', payload: '' };
        await store.commitTurn(turn(await read(alice), { timers: [timer] }));
        expect(await store.nextDue()).toBe(after(100));
        await say(alice, 'a1');
        const [first] = await store.unsent(noon, 1);
        await store.markUnsent(first?.seq ?? 0, 'busy', { retryAt: after(30) });
        expect(await store.nextDue()).toBe(after(30));
        expect(await store.nextDue('timers')).toBe(after(100));
        await store.markSent(first?.seq ?? 0, noon);
        expect(await store.nextDue('outgoing')).toBeNull();
      });

      it('reads a log on from any place', async () => {
        await store.receive(message('m-1'), noon);
        await say(alice, 'one', 'two');
        const all = await store.log(alice, 0, 10);
        expect(all.map((line) => line.text)).toEqual(['text of m-1', 'one', 'two']);
        expect(await store.log(alice, all[0]?.seq ?? 0, 1)).toEqual([all[1]]);
      });
    });

    describeStoreTurn(() => store);
    describeStoreWork(() => store);
    describeDeskStore(() => store);
    describeNotices(() => store);

    describe('the rest', () => {
      it('keeps a file byte for byte', async () => {
        await store.openConversation(alice, { id: 'c-1' }, false, noon);
        const file = { id: 'f', kind: 'image', contentType: 'image/png', name: '破.png', size: 3, url: '/f' } as const;
        await store.putAttachment(alice, file, new Uint8Array([0, 255, 7]));
        const found = await store.attachment('f');
        expect(found).toMatchObject({ attachment: file, conversation: alice });
        expect([...(found?.bytes ?? [])]).toEqual([0, 255, 7]);
        expect(await store.attachment('g')).toBeNull();
      });

      it('keeps the newest value of a setting that may change', async () => {
        await store.keepSetting('k', 'older');
        await store.keepSetting('k', 'newer');
        expect(await store.setting('k')).toBe('newer');
      });

      it('lists the conversations of one channel in which a customer wrote lately', async () => {
        await store.receive(message('m-1'), noon);
        await store.receive(message('m-2', { conversation: bob }), after(60));
        await store.receive(message('m-3', { conversation: 'slack:carol', channel: 'slack' }), after(60));
        await store.openConversation('webchat:dora', { id: 'c-4' }, false, after(60));
        expect(await store.conversationsOf('webchat', after(60))).toEqual([bob]);
        expect([...(await store.conversationsOf('webchat', noon))].sort()).toEqual([alice, bob].sort());
      });

      it('sets a setting once', async () => {
        expect(await store.setting('secret')).toBeNull();
        const given = await Promise.all(['a', 'b', 'c'].map((value) => store.settingOnce('secret', value)));
        expect(new Set(given).size).toBe(1);
        expect(await store.setting('secret')).toBe(given[0]);
      });

      it('keeps vectors by model and text, changes them, and lets go of those of texts that are gone', async () => {
        const kept = async (model: string) =>
          Object.fromEntries(
            [...(await store.vectors(model, ['a', 'b', 'c'])).entries()].map(([hash, bytes]) => [hash, [...bytes]]),
          );
        await store.keepVectors('m', new Map());
        await store.keepVectors(
          'm',
          new Map([
            ['a', Uint8Array.of(1, 255)],
            ['b', Uint8Array.of(2)],
          ]),
        );
        await store.keepVectors('n', new Map([['a', Uint8Array.of(3)]]));
        await store.keepVectors('m', new Map([['b', Uint8Array.of(4)]]));
        expect(await kept('m')).toEqual({ a: [1, 255], b: [4] });
        await store.keepOnlyVectorsOf(['a', 'other']);
        expect([await kept('m'), await kept('n')]).toEqual([{ a: [1, 255] }, { a: [3] }]);
        await store.dropVectors('m');
        expect([await kept('m'), await kept('n')]).toEqual([{}, { a: [3] }]);
      });

      it('tells listeners after the commit, and not of what was not kept', async () => {
        const heard: StoreChange[] = [];
        store.subscribe(() => {
          throw new Error('a listener of its own kind');
        });
        const stop = store.subscribe((change) => void heard.push(change));
        await store.receive(message('m-1'), noon);
        await store.receive(message('m-1'), noon);
        const seen = await read(alice);
        await store.commitTurn(turn(seen, { outgoing: [says('hello')], tickets: [ticket('T-1')] }));
        await store.commitTurn(turn(seen, { outgoing: [says('stale')] }));
        stop();
        await store.receive(message('m-2'), noon);
        expect(heard).toEqual([
          { kind: 'received', conversation: alice },
          { kind: 'outgoing', conversation: alice },
          { kind: 'ticket', ticket: 'T-1', conversation: alice },
        ]);
      });

      it('counts as unaccounted what waits longer than a turn may take', async () => {
        await store.receive(message('old'), noon);
        await store.receive(message('new'), after(50));
        expect(await store.ledger(after(60), 30_000)).toEqual({
          answered: 0,
          merged: 0,
          handed: 0,
          left_alone: {},
          waiting: 1,
          unaccounted: ['webchat/old'],
        });
      });

      it('can be written', async () => {
        await store.ping();
        await store.audit({ at: noon, by: '1001', action: 'revealed', subject: 'T-1' });
      });
    });
  });
}
