import { beforeEach, describe, expect, it } from 'vitest';
import type { ConversationId } from '../../src/core/message.ts';
import type { ConversationRecord, Store } from '../../src/core/store.ts';
import { after, alice, bob, message, noon, says, ticket, turn } from '../store/samples.ts';

/** The part of a store's contract that is about what a turn keeps. */
export function describeStoreTurn(current: () => Store): void {
  describe('a turn', () => {
    let store: Store;
    beforeEach(() => void (store = current()));

    async function read(id: ConversationId): Promise<ConversationRecord> {
      const found = await store.conversation(id);
      if (!found) throw new Error(`no conversation ${id}`);
      return found;
    }

    it('keeps state, outcome, words, ticket, timer and proof together', async () => {
      const { seq } = await store.receive(message('m-1'), noon);
      const result = await store.commitTurn(
        turn(await read(alice), {
          state: '{"frames":[]}',
          events: ['{"kind":"asked"}'],
          outcomes: new Map([[seq, { kind: 'handed', ticket: 'T-1' }]]),
          outgoing: [{ ...says('请稍候'), suggestions: ['转人工'] }],
          tickets: [ticket('T-1')],
          ticketEvents: [{ ticket: 'T-1', kind: 'opened', at: noon }],
          timers: [{ key: 'k', at: after(60), kind: 'follow-up', payload: '{}' }],
          wrongProofs: ['12345678'],
        }),
      );
      expect(result).toBe('done');
      expect(await read(alice)).toMatchObject({ state: '{"frames":[]}', version: 1, waiting: [] });
      expect((await read(alice)).tickets).toEqual([ticket('T-1')]);
      expect(await store.unsent(noon, 10)).toMatchObject([{ text: '请稍候', suggestions: ['转人工'], attempts: 0 }]);
      expect(await store.dueTimers(after(60), 10)).toMatchObject([{ conversation: alice, key: 'k' }]);
      expect(await store.wrongProofs('12345678', noon)).toBe(1);
      expect(await store.wrongProofs('12345678', after(1))).toBe(0);
      expect(await store.ledger(noon, 0)).toMatchObject({ handed: 1, waiting: 0, unaccounted: [] });
    });

    it('judges no more proofs than it counted, whoever guesses beside', async () => {
      await store.receive(message('m-1'), noon);
      await store.receive(message('m-2', { conversation: bob }), noon);
      const guess = (seen: ConversationRecord, wrong: number) =>
        store.commitTurn(
          turn(seen, { wrongProofs: ['12345678'], judged: new Map([['12345678', { since: noon, wrong }]]) }),
        );
      const [one, other] = [await read(alice), await read(bob)];
      expect((await Promise.all([guess(one, 0), guess(other, 0)])).sort()).toEqual(['done', 'stale']);
      expect(await store.wrongProofs('12345678', noon)).toBe(1);
    });

    it('is stale when another was first, and leaves nothing behind', async () => {
      const { seq } = await store.receive(message('m-1'), noon);
      const seen = await read(alice);
      const answer = (text: string) =>
        store.commitTurn(turn(seen, { outcomes: new Map([[seq, { kind: 'answered' }]]), outgoing: [says(text)] }));
      const results = await Promise.all([answer('one'), answer('two'), answer('three')]);
      expect(results.sort()).toEqual(['done', 'stale', 'stale']);
      expect(await store.unsent(noon, 10)).toHaveLength(1);
      expect(await store.log(alice, seq, 10)).toHaveLength(1);
    });

    it('is stale as a whole when a ticket was changed meanwhile', async () => {
      const { seq } = await store.receive(message('m-1'), noon);
      await store.commitTurn(turn(await read(alice), { tickets: [ticket('T-1')] }));
      const late = turn(await read(alice), {
        outcomes: new Map([[seq, { kind: 'answered' }]]),
        outgoing: [says('late')],
        tickets: [ticket('T-1', { version: 1, summary: 'overwritten' })],
      });
      expect(await store.commitTurn(late)).toBe('stale');
      expect((await store.ticket('T-1'))?.ticket.summary).toBe('货款逾期');
      expect(await store.unsent(noon, 10)).toEqual([]);
      expect((await read(alice)).waiting).toHaveLength(1);
    });

    it('keeps nothing at all when a part of it cannot be kept', async () => {
      const { seq } = await store.receive(message('m-1'), noon);
      const broken = turn(await read(alice), {
        state: 'new',
        outcomes: new Map([[seq, { kind: 'answered' }]]),
        outgoing: [says('never')],
        ticketEvents: [{ ticket: 'T-unknown', kind: 'noted', at: noon }],
      });
      await expect(store.commitTurn(broken)).rejects.toThrow();
      expect(await read(alice)).toMatchObject({ state: null, version: 0, waiting: [{ id: 'm-1' }] });
      expect(await store.unsent(noon, 10)).toEqual([]);
    });

    it('never changes an outcome, nor one of another conversation', async () => {
      const { seq } = await store.receive(message('m-1'), noon);
      const theirs = await store.receive(message('m-2', { conversation: bob }), noon);
      const end = (outcomes: [number, { kind: 'answered' } | { kind: 'left_alone'; reason: 'chatter' }][]) =>
        read(alice).then((seen) => store.commitTurn(turn(seen, { outcomes: new Map(outcomes) })));
      await end([[seq, { kind: 'answered' }]]);
      await end([
        [seq, { kind: 'left_alone', reason: 'chatter' }],
        [theirs.seq, { kind: 'answered' }],
      ]);
      expect(await store.ledger(noon, 1)).toMatchObject({ answered: 1, left_alone: {}, waiting: 1 });
    });
  });
}
