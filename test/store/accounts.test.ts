import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ConversationId } from '../../src/core/message.ts';
import type { Outcome } from '../../src/core/outcome.ts';
import type { ConversationRecord, Store } from '../../src/core/store.ts';
import { memoryStore } from './memory-store.ts';
import { after, message, noon, says, turn } from './samples.ts';

const who = fc.constantFrom<ConversationId>('webchat:a', 'webchat:b', 'webchat:c');
const outcome = fc.constantFrom<Outcome>(
  { kind: 'answered' },
  { kind: 'merged', into: 1 },
  { kind: 'handed', ticket: 'T-1' },
  { kind: 'left_alone', reason: 'chatter' },
  { kind: 'left_alone', reason: 'flood' },
);
/** A customer writes (perhaps what the platform had sent before), somebody reads a conversation, or decides on what was read last. */
const step = fc.oneof(
  fc.record({ do: fc.constant('receive' as const), who, id: fc.integer({ min: 0, max: 12 }) }),
  fc.record({ do: fc.constant('read' as const), who }),
  fc.record({ do: fc.constant('commit' as const), who, outcome, part: fc.boolean() }),
);

describe('any order of what can happen', () => {
  it('gives each message one outcome and one answer, and a ledger that adds up', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const store = await memoryStore();
        const seen = new Map<string, ConversationRecord>();
        const received = new Map<string, number>();
        const settled = new Map<number, Outcome>();
        // Everything at once: the store, not the caller, keeps them apart.
        await Promise.all(
          steps.map(async (one) => {
            if (one.do === 'receive') {
              // The platform's id belongs to one message, so to one conversation.
              const conversation: ConversationId = `webchat:${'abc'[one.id % 3] ?? 'a'}`;
              const { seq } = await store.receive(message(`m-${one.id}`, { conversation }), noon);
              expect(received.get(`m-${one.id}`) ?? seq).toBe(seq);
              received.set(`m-${one.id}`, seq);
            } else if (one.do === 'read') {
              const record = await store.conversation(one.who);
              if (record) seen.set(one.who, record);
            } else {
              await decide(store, seen.get(one.who), one.outcome, one.part, settled);
            }
          }),
        );
        const { left_alone, waiting, unaccounted, ...kinds } = await store.ledger(after(1), 0);
        const count = (kind: string) => [...settled.values()].filter((end) => end.kind === kind).length;
        expect(kinds).toEqual({ answered: count('answered'), merged: count('merged'), handed: count('handed') });
        expect(Object.values(left_alone).reduce((sum, n) => sum + n, 0)).toBe(count('left_alone'));
        expect(waiting).toBe(0);
        expect(unaccounted).toHaveLength(received.size - settled.size);

        const logs = await Promise.all((['a', 'b', 'c'] as const).map((key) => store.log(`webchat:${key}`, 0, 1000)));
        const answers = logs.flat().filter((line) => line.from.role === 'bot');
        expect(answers.map((line) => line.text).sort()).toEqual([...settled.keys()].map((seq) => `to ${seq}`).sort());
        await store.close();
      }),
      { numRuns: 60 },
    );
  });
});

async function decide(
  store: Store,
  seen: ConversationRecord | undefined,
  end: Outcome,
  part: boolean,
  settled: Map<number, Outcome>,
): Promise<void> {
  if (!seen) return;
  const messages = part ? seen.waiting.slice(0, 1) : seen.waiting;
  const outcomes = new Map(messages.map((one): [number, Outcome] => [one.seq, end]));
  const outgoing = messages.map((one) => says(`to ${one.seq}`));
  if ((await store.commitTurn(turn(seen, { outcomes, outgoing }))) === 'stale') return;
  for (const { seq } of messages) {
    expect(settled.has(seq)).toBe(false);
    settled.set(seq, end);
  }
}
