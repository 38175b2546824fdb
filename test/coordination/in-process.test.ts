import { setTimeout } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createInProcessCoordination } from '../../src/coordination/in-process.ts';
import { fixedClock } from '../../src/core/clock.ts';
import type { ConversationId } from '../../src/core/message.ts';

const clock = fixedClock('2026-11-21T04:00:00Z');

describe('order', () => {
  it('keeps the order of a key, never runs two of it at once, and never more than allowed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ key: fc.integer({ min: 0, max: 4 }), ms: fc.integer({ min: 0, max: 2 }) }), {
          maxLength: 30,
        }),
        fc.integer({ min: 1, max: 4 }),
        async (jobs, concurrency) => {
          const coordination = createInProcessCoordination({ clock, concurrency });
          const running = new Set<number>();
          const ended = new Map<number, number[]>();
          let most = 0;
          const all = jobs.map(({ key, ms }, n) =>
            coordination.inOrder(`webchat:${key}`, async () => {
              expect(running.has(key)).toBe(false);
              most = Math.max(most, running.add(key).size);
              await setTimeout(ms);
              running.delete(key);
              ended.set(key, [...(ended.get(key) ?? []), n]);
            }),
          );
          await coordination.idle();
          expect([...ended.values()].flat()).toHaveLength(jobs.length);
          for (const order of ended.values()) expect(order).toEqual(order.toSorted((a, b) => a - b));
          expect(most).toBeLessThanOrEqual(concurrency);
          await Promise.all(all);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('runs other conversations while one is stuck', async () => {
    const coordination = createInProcessCoordination({ clock, concurrency: 2 });
    let release = () => {};
    const stuck = coordination.inOrder('webchat:stuck', () => new Promise<void>((resolve) => (release = resolve)));
    const behind = coordination.inOrder('webchat:stuck', () => Promise.resolve('behind'));
    for (const id of ['webchat:a', 'webchat:b'] satisfies ConversationId[]) {
      expect(await coordination.inOrder(id, () => Promise.resolve(id))).toBe(id);
    }
    release();
    await stuck;
    expect(await behind).toBe('behind');
  });

  it('gives a failure to whoever asked, and goes on', async () => {
    const coordination = createInProcessCoordination({ clock, concurrency: 1 });
    const failing = coordination.inOrder('webchat:a', () => Promise.reject(new Error('no')));
    const next = coordination.inOrder('webchat:a', () => Promise.resolve('yes'));
    await expect(failing).rejects.toThrow('no');
    expect(await next).toBe('yes');
    await coordination.idle();
  });
});

describe('rate', () => {
  it('allows as many as the limit in any window, each key for itself', async () => {
    const time = fixedClock('2026-11-21T04:00:00Z');
    const coordination = createInProcessCoordination({ clock: time, concurrency: 1 });
    const ask = async (key: string, ms: number) => {
      time.advance(ms);
      return coordination.allow(key, 2, 1000);
    };
    expect([await ask('a', 0), await ask('a', 400), await ask('a', 400)]).toEqual([true, true, false]);
    expect(await ask('b', 0)).toBe(true);
    // The first of the two is a window old now, the second is not.
    expect([await ask('a', 200), await ask('a', 0)]).toEqual([true, false]);
  });

  it('lets somebody who never stops through at the allowed pace', async () => {
    const time = fixedClock('2026-11-21T04:00:00Z');
    const coordination = createInProcessCoordination({ clock: time, concurrency: 1 });
    let through = 0;
    for (let second = 0; second < 100; second++) {
      if (await coordination.allow('a', 3, 10_000)) through++;
      time.advance(1000);
    }
    expect(through).toBe(30);
  });
});
