import { beforeEach, describe, expect, it } from 'vitest';
import type { ContactRecord } from '../../src/core/contact.ts';
import type { Store, StoreChange } from '../../src/core/store.ts';
import { after, alice, bob, message, noon, says, turn } from '../store/samples.ts';

/** What every store keeps for the desk beside the tickets: words about channels, and who stands behind a contact. */
export function describeNotices(current: () => Store): void {
  describe('words to the desk that belong to no ticket', () => {
    let store: Store;
    beforeEach(() => void (store = current()));

    it('gathers messages of one kind for ten minutes, and tells of none twice', async () => {
      const tell = (seq: number, at: string) =>
        store.note({ channel: 'wechat', kind: 'ambiguous', about: [{ conversation: alice, seq }] }, at);
      await tell(1, noon);
      await tell(2, after(60));
      await tell(2, after(70));
      await store.note({ channel: 'wechat', kind: 'missed', about: [{ conversation: bob, seq: 3 }] }, after(80));
      await tell(4, after(601));
      const found = await store.notices(noon);
      expect(found.map(({ kind, about }) => [kind, about.map(({ seq }) => seq)])).toEqual([
        ['ambiguous', [4]],
        ['missed', [3]],
        ['ambiguous', [1, 2]],
      ]);
      expect(found.at(-1)).toMatchObject({ at: noon, last_at: after(60), detail: '', post: null });
      expect(await store.notices(after(601))).toHaveLength(1);
    });

    it('keeps what is about no message apart, and where it is shown', async () => {
      await store.note({ channel: 'wechat', kind: 'lost', detail: 'no sign of life' }, noon);
      await store.note({ channel: 'wechat', kind: 'lost' }, after(1));
      const [second, first] = await store.notices(noon);
      const post = { channel: 'C1', ts: null, shown: '', at: noon };
      await store.saveNoticePost(first!.id, post);
      expect((await store.notices(noon)).map((one) => one.post)).toEqual([null, post]);
      expect(second!.id).toBeGreaterThan(first!.id);
      expect(first!.detail).toBe('no sign of life');
    });

    it('tells of what is given up, and with a turn, in the same transaction', async () => {
      const heard: StoreChange[] = [];
      store.subscribe((change) => void heard.push(change));
      const { seq } = await store.receive(message('m-1'), noon);
      const { version } = (await store.conversation(alice))!;
      const notices = [{ channel: 'wechat', kind: 'missed' as const, about: [{ conversation: alice, seq }] }];
      const one = turn({ id: alice, version }, { notices, outgoing: [says('一'), says('二')] });
      expect(await store.commitTurn(one)).toBe('done');
      expect(await store.commitTurn(one)).toBe('stale');
      const sent = await store.unsent(noon, 1);
      await store.markUnsent(sent[0]!.seq, 'ambiguous: who knows', { givenUpAt: after(1) });
      await store.markUnsent(sent[0]!.seq, 'ambiguous: who knows', { givenUpAt: after(2) });
      await store.markUnsent(sent[0]!.seq + 1, 'refused: no friend', { givenUpAt: after(3) });
      expect((await store.notices(noon)).map(({ kind, about }) => [kind, about.length])).toEqual([
        ['undelivered', 1],
        ['ambiguous', 1],
        ['missed', 1],
      ]);
      expect(heard.filter(({ kind }) => kind === 'notice')).toHaveLength(3);
    });
  });

  describe('contacts', () => {
    const contact = (id: string, changes: Partial<ContactRecord> = {}): ContactRecord => ({
      channel: 'wechat',
      id,
      person: id,
      handle: '',
      remark: '',
      seen_at: noon,
      ...changes,
    });

    it('are found by id, handle, remark and person; what is empty matches nobody', async () => {
      const store = current();
      await store.keepContact(contact('a', { remark: 'C1024 王' }));
      await store.keepContact(contact('b', { person: 'a', handle: 'wx-1', seen_at: after(5) }));
      await store.keepContact(contact('c'));
      await store.keepContact(contact('c', { remark: '改过', seen_at: after(9) }));
      expect(await store.contact('wechat', 'c')).toEqual(contact('c', { remark: '改过', seen_at: after(9) }));
      expect(await store.contact('slack', 'c')).toBeNull();
      const ids = async (by: Parameters<Store['contacts']>[1]) =>
        (await store.contacts('wechat', by)).map(({ id }) => id);
      expect(await ids({ remark: 'C1024 王', handle: 'wx-1' })).toEqual(['b', 'a']);
      expect(await ids({ person: 'a' })).toEqual(['b', 'a']);
      expect(await ids({ remark: '', handle: '' })).toEqual([]);
    });
  });
}
