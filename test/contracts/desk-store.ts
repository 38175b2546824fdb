import { beforeEach, describe, expect, it } from 'vitest';
import type { DeskPost, HeldAnswer } from '../../src/core/desk-store.ts';
import type { Store } from '../../src/core/store.ts';
import { after, alice, noon, says, ticket } from '../store/samples.ts';

const post = (part: string, changes: Partial<DeskPost> = {}): DeskPost => ({
  ticket: 'T-1',
  channel: 'C1',
  part,
  ts: null,
  shown: '',
  at: noon,
  ...changes,
});
const answer = (id: string, changes: Partial<HeldAnswer> = {}): HeldAnswer => ({
  id,
  ticket: 'T-1',
  agent: { agent: '1001', name: '林晓梅' },
  text: '您好',
  attachments: [],
  at: noon,
  due_at: after(10),
  state: 'held',
  reason: null,
  ...changes,
});

/** What every store remembers for a desk that lives elsewhere, and how far a message has come. */
export function describeDeskStore(current: () => Store): void {
  describe('a desk that lives elsewhere', () => {
    let store: Store;
    beforeEach(async () => {
      store = current();
      await store.openConversation(alice, { id: 'c-1' }, false, noon);
      await store.commitTicket({ ticket: ticket('T-1'), events: [], outgoing: [] });
    });

    it('finds what it shows, by ticket and by place', async () => {
      await store.saveDeskPost(post('card'));
      await store.saveDeskPost(post('card', { ts: '1.1', shown: 'x', at: after(5) }));
      await store.saveDeskPost(post('card', { channel: 'C2', ts: '1.1' }));
      expect(await store.deskPosts('T-1')).toEqual([
        post('card', { ts: '1.1', shown: 'x' }),
        post('card', { channel: 'C2', ts: '1.1' }),
      ]);
      expect(await store.deskPostAt('C1', '1.1')).toMatchObject({ ticket: 'T-1', part: 'card' });
      expect(await store.deskPostAt('C1', '1.2')).toBeNull();
      expect(await store.openDeskPosts('card')).toHaveLength(2);
      await store.dropDeskPosts('T-1', 'C1');
      expect(await store.deskPosts('T-1')).toMatchObject([{ channel: 'C2' }]);
      const { ticket: now } = (await store.ticket('T-1'))!;
      await store.commitTicket({ ticket: { ...now, status: 'resolved', version: 2 }, events: [], outgoing: [] });
      expect(await store.openDeskPosts('card')).toEqual([]);
    });

    it('holds an answer once, and moves it on only from the state it is in', async () => {
      expect(await store.holdAnswer(answer('a'))).toBe(true);
      expect(await store.holdAnswer(answer('a', { text: 'again' }))).toBe(false);
      const moved = await Promise.all([
        store.moveHeldAnswer('a', 'held', { state: 'leaving' }),
        store.moveHeldAnswer('a', 'held', { state: 'taken-back' }),
      ]);
      expect(moved.filter(Boolean)).toHaveLength(1);
      await store.holdAnswer(answer('b', { at: after(1) }));
      expect(await store.moveHeldAnswer('b', 'held', { text: '您好!' })).toBe(true);
      expect(await store.moveHeldAnswer('b', 'held', { state: 'refused', reason: 'taken' })).toBe(true);
      expect(await store.heldAnswers('T-1')).toMatchObject([{ id: 'a' }, { id: 'b', text: '您好!', reason: 'taken' }]);
      expect(await store.heldAnswer('b')).toEqual(
        answer('b', { at: after(1), text: '您好!', state: 'refused', reason: 'taken' }),
      );
      await store.holdAnswer(answer('c'));
      expect((await store.heldAnswers(null)).map(({ id }) => id)).toContain('c');
      expect((await store.heldAnswers(null)).map(({ id }) => id)).not.toContain('b');
    });

    it('keeps the name a writer gave a message, how far it came, and its later words', async () => {
      const { ticket: now } = (await store.ticket('T-1'))!;
      const outgoing = [{ ...says('明天到帐'), id: 'mine' }, says('二')];
      await store.commitTicket({ ticket: { ...now, version: 2 }, events: [], outgoing });
      const [first, second] = await store.log(alice, 0, 10);
      expect(first).toMatchObject({ id: 'mine', delivery: { state: 'queued' } });
      const heard: string[] = [];
      store.subscribe(({ kind }) => void heard.push(kind));
      await store.markSent(first!.seq, after(1));
      await store.markUnsent(second!.seq, 'busy', { retryAt: after(9) });
      await store.markUnsent(second!.seq, 'blocked', { givenUpAt: noon });
      await store.markSent(first!.seq, after(2));
      expect(heard).toEqual(['delivered', 'delivered', 'notice']);
      const amended = { seq: first!.seq, text: '明天到账' };
      await store.commitTicket({ ticket: { ...now, version: 3 }, events: [], outgoing: [], amended });
      expect(await store.log(alice, 0, 10)).toMatchObject([
        { text: '明天到账', delivery: { state: 'sent', at: after(1) } },
        { text: '二', delivery: { state: 'given_up', error: 'blocked' } },
      ]);
    });
  });
}
