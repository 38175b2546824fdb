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
  expect(flood.patience(waiting(1, now()), 30, clock.now())).toBeNull();
  expect(await flood.phraseFor(waiting(1, now()), 30)).toBe('flood');
  expect(await flood.phraseFor(waiting(5, now()), 30)).toBe('');
  expect(flood.patience(waiting(1, now()), 30, clock.now())).toBe(1000);
  // More than a minute's worth is no thought that anybody finishes.
  expect(flood.patience(waiting(31, now()), 30, clock.now())).toBe(0);
  clock.advance(60_001);
  expect(flood.patience(waiting(1, now()), 30, clock.now())).toBeNull();
  expect(await flood.phraseFor(waiting(1, now()), 30)).toBeNull();
});
