import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Channel } from '../../src/core/channel.ts';
import { fixedClock } from '../../src/core/clock.ts';
import { RefusedError, UnreachableError } from '../../src/core/errors.ts';
import type { ConversationId } from '../../src/core/message.ts';
import type { Store } from '../../src/core/store.ts';
import { startOutbox, type Outbox } from '../../src/delivery/outbox.ts';
import { memoryStore } from '../store/memory-store.ts';
import { after, alice, bob, noon, says, turn } from '../store/samples.ts';
import { fakeChannel, gate, recordedLog } from './parts.ts';

describe('the outbox', () => {
  let store: Store;
  let outbox: Outbox | undefined;
  const clock = fixedClock(noon);
  const { lines, log } = recordedLog();
  beforeEach(async () => {
    clock.set(noon);
    lines.length = 0;
    store = await memoryStore();
    for (const id of [alice, bob]) await store.openConversation(id, { id }, false, noon);
  });
  afterEach(async () => {
    await outbox?.stop();
    outbox = undefined;
    await store.close();
  });

  const start = (channels: ReadonlyMap<string, Channel>) => (outbox = startOutbox({ store, channels, clock, log }));
  async function say(id: ConversationId, ...texts: string[]): Promise<void> {
    const version = (await store.conversation(id))?.version ?? 0;
    await store.commitTurn(turn({ id, version }, { outgoing: texts.map(says) }));
  }

  it('sends what was left over and what comes, in order', async () => {
    const { sent, channels } = fakeChannel((one) => setTimeout(one.text === 'a1' ? 10 : 0));
    await say(alice, 'a1', 'a2');
    await start(channels).idle();
    await say(alice, 'a3');
    await outbox?.idle();
    expect(sent).toEqual(['a1', 'a2', 'a3']);
    expect(await store.nextDue()).toBeNull();
  });

  it('sends to others while one is slow', async () => {
    const slow = gate();
    const { sent, channels } = fakeChannel((one) => (one.conversation === alice ? slow.opened : Promise.resolve()));
    start(channels);
    await say(alice, 'a1');
    await say(bob, 'b1');
    await say(bob, 'b2');
    await expect.poll(() => sent).toEqual(['b1', 'b2']);
    slow.open();
    await outbox?.idle();
    expect(sent).toEqual(['b1', 'b2', 'a1']);
  });

  it('tries again, later each time, and lets nothing overtake', async () => {
    let tries = 0;
    const { sent, channels } = fakeChannel(() =>
      ++tries <= 10 ? Promise.reject(new Error('whatever')) : Promise.resolve(),
    );
    await say(alice, 'a1', 'a2');
    const waits: number[] = [];
    start(channels);
    for (;;) {
      await outbox?.idle();
      const next = await store.nextDue();
      if (next === null) break;
      waits.push((Date.parse(next) - clock.now().getTime()) / 1000);
      clock.set(next);
      await outbox?.stop();
      start(channels);
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300]);
    expect(sent).toEqual(['a1', 'a2']);
  });

  it('waits as long as the far side asks, and wakes by itself', async () => {
    let tries = 0;
    const { sent, channels } = fakeChannel(() =>
      tries++ === 0 ? Promise.reject(new UnreachableError('busy', { retryAfter: 7000 })) : Promise.resolve(),
    );
    await say(alice, 'a1');
    await start(channels).idle();
    expect(await store.nextDue()).toBe(after(7));
    await outbox?.stop();
    clock.set(after(6.98));
    start(channels);
    await outbox?.idle();
    expect(sent).toEqual([]);
    clock.set(after(7));
    await expect.poll(() => sent).toEqual(['a1']);
  });

  it('gives up what is refused, tells why, and goes on with the next', async () => {
    const { sent, channels } = fakeChannel((one) =>
      one.text === 'a1' ? Promise.reject(new RefusedError('blocked', 'the customer left')) : Promise.resolve(),
    );
    await say(alice, 'a1', 'a2');
    await start(channels).idle();
    expect(sent).toEqual(['a2']);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/refused.*blocked: the customer left/);
  });

  it('gives up after a day', async () => {
    const { channels } = fakeChannel(() => Promise.reject(new UnreachableError('nobody there')));
    await say(alice, 'a1');
    clock.set(after(24 * 3600 - 1));
    await start(channels).idle();
    expect(await store.nextDue()).not.toBeNull();
    await outbox?.stop();
    clock.advance(10_000);
    await start(channels).idle();
    expect(await store.nextDue()).toBeNull();
    expect(lines.at(-1)).toContain('given up');
  });

  it('keeps what is for a channel that is not there', async () => {
    await say(alice, 'a1');
    await start(new Map()).idle();
    expect(await store.nextDue()).toBe(after(1));
  });

  it('sends nothing twice when a slow look saw it before it was marked', async () => {
    const marked = gate();
    let looks = 0;
    const slow: Store = {
      ...store,
      async unsent(at, limit) {
        const seen = await store.unsent(at, limit);
        looks += 1;
        if (looks === 2) await marked.opened;
        return seen;
      },
      async markSent(seq, at) {
        while (looks < 2) await setTimeout(1);
        await store.markSent(seq, at);
        void setTimeout(5).then(marked.open);
      },
    };
    const { sent, channels } = fakeChannel();
    await say(alice, 'a1');
    outbox = startOutbox({ store: slow, channels, clock, log });
    await say(bob, 'b1');
    await outbox.idle();
    expect(sent.sort()).toEqual(['a1', 'b1']);
    expect(await store.nextDue()).toBeNull();
  });

  it('looks again within a minute, whatever it was told', async () => {
    const rests: number[] = [];
    const listening = { ...clock, after: (ms: number) => (rests.push(ms), () => {}) };
    outbox = startOutbox({ store, channels: new Map(), clock: listening, log });
    await outbox.idle();
    expect(rests).toEqual([60_000]);
    await say(alice, 'a1');
    await outbox.idle();
    await store.markUnsent((await store.log(alice, 0, 1))[0]!.seq, 'busy', { retryAt: after(3600) });
    await say(bob, 'b1');
    await outbox.idle();
    expect(Math.max(...rests)).toBe(60_000);
  });

  it('marks what was sent before it sends again, when the store has trouble', async () => {
    let trouble = 1;
    const shaky: Store = {
      ...store,
      markSent: (seq, at) => (trouble-- > 0 ? Promise.reject(new Error('disk full')) : store.markSent(seq, at)),
    };
    const { sent, channels } = fakeChannel();
    await say(alice, 'a1');
    outbox = startOutbox({ store: shaky, channels, clock, log });
    await outbox.idle();
    expect(sent).toEqual(['a1']);
    expect(await store.nextDue()).toBeNull();
  });
});
