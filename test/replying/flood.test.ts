import { expect, it } from 'vitest';
import { createInProcessCoordination } from '../../src/coordination/in-process.ts';
import { fixedClock } from '../../src/core/clock.ts';
import type { ConversationRecord } from '../../src/core/store.ts';
import { createFlood } from '../../src/replying/flood.ts';
import { alice, message, noon } from '../store/samples.ts';

function waiting(count: number, receivedAt: string): ConversationRecord {
  return {
    id: alice,
    group: false,
    customer: { id: 'c-1' },
    state: null,
    version: 0,
    tickets: [],
    waiting: Array.from({ length: count }, (_, n) => ({ ...message(`m-${n}`), seq: n + 1, receivedAt })),
  };
}

it('is told once a minute, settled together, and over a minute after the last message', async () => {
  const clock = fixedClock(noon);
  const flood = createFlood(createInProcessCoordination({ clock, concurrency: 1 }));
  const now = (): string => clock.now().toISOString();
  expect(await flood.phraseFor(waiting(30, now()), 30)).toBeNull();
  expect(flood.hold(waiting(1, now()), 30, clock.now())).toBe(0);
  expect(await flood.phraseFor(waiting(1, now()), 30)).toBe('flood');
  expect(await flood.phraseFor(waiting(5, now()), 30)).toBe('');
  expect(flood.hold(waiting(1, now()), 30, clock.now())).toBe(1050);
  // More than a minute's worth is no thought that anybody finishes.
  expect(flood.hold(waiting(31, now()), 30, clock.now())).toBe(0);
  clock.advance(60_001);
  expect(flood.hold(waiting(1, now()), 30, clock.now())).toBe(0);
  expect(await flood.phraseFor(waiting(1, now()), 30)).toBeNull();
});

it('asks a room once, and leaves a loud one alone until it has been quiet', async () => {
  const clock = fixedClock(noon);
  const flood = createFlood(createInProcessCoordination({ clock, concurrency: 1 }));
  const said = (id: `wechat:${string}`, count: number): ConversationRecord => {
    const quiet = waiting(count, clock.now().toISOString());
    const context = { room: { id: 'r-1', topic: '' } };
    return { ...quiet, id, waiting: quiet.waiting.map((one) => ({ ...one, context })) };
  };
  expect(await flood.phraseFor(said('wechat:a', 31), 30)).toBe('flood');
  expect(await flood.phraseFor(said('wechat:b', 31), 30)).toBe('');
  const looks = Array.from({ length: 25 }, (_, n) => flood.hold(said(`wechat:m-${n}`, 1), 30, clock.now()));
  expect(looks).toEqual([...Array<number>(10).fill(0), ...Array<number>(15).fill(1050)]);
  clock.advance(9000);
  expect(flood.hold(said('wechat:m-1', 1), 30, clock.now())).toBe(1050);
  clock.advance(1000);
  expect(flood.hold(said('wechat:m-1', 1), 30, clock.now())).toBe(0);
});

it('takes a whole room for a flood, however few messages come from each', async () => {
  const clock = fixedClock(noon);
  const flood = createFlood(createInProcessCoordination({ clock, concurrency: 1 }));
  const context = { room: { id: 'r-1', topic: '' } };
  const phrases: (string | null)[] = [];
  for (let nth = 0; nth < 153; nth++) {
    const { waiting: said, ...rest } = waiting(1, clock.now().toISOString());
    const member = { ...rest, id: `wechat:r-1/${nth}` as const, waiting: said.map((one) => ({ ...one, context })) };
    phrases.push(await flood.phraseFor(member, 30));
  }
  expect(phrases.slice(149)).toEqual([null, 'flood', '', '']);
});
