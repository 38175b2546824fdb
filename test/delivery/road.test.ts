import { expect, it } from 'vitest';
import { createInProcessCoordination } from '../../src/coordination/in-process.ts';
import { systemClock } from '../../src/core/clock.ts';
import type { ConversationId } from '../../src/core/message.ts';
import { startInbox } from '../../src/delivery/inbox.ts';
import { startOutbox } from '../../src/delivery/outbox.ts';
import { startTimers } from '../../src/delivery/timers.ts';
import { memoryStore } from '../store/memory-store.ts';
import { message } from '../store/samples.ts';
import { echo, echoing, fakeChannel, recordedLog } from './parts.ts';

it('carries many conversations at once from receipt to sending, with what follows later', async () => {
  const store = await memoryStore();
  const clock = systemClock;
  const { lines, log } = recordedLog();
  const { sent, channels } = fakeChannel();
  const coordination = createInProcessCoordination({ clock, concurrency: 8 });
  const replier = echoing({
    reply: (conversation, now) => {
      const timer = { key: 'later', at: now.toISOString(), kind: 'follow-up', payload: '{}' };
      return Promise.resolve({ ...echo(conversation, now), timers: [timer] });
    },
  });
  const inbox = await startInbox({ store, replier, coordination, clock, log });
  const outbox = startOutbox({ store, channels, clock, log });
  const timers = startTimers({ store, replier, coordination, clock, log });

  const people = Array.from({ length: 30 }, (_, n): ConversationId => `webchat:p${n}`);
  const receive = (conversation: ConversationId, n: number) =>
    store.receive(message(`${conversation}/${n}`, { conversation }), clock.now().toISOString());
  for (const n of [1, 2, 3]) await Promise.all(people.map((id) => receive(id, n)));
  for (const part of [inbox, timers, outbox]) await part.idle();

  for (const id of people) {
    const theirs = sent.filter((text) => text.startsWith(`echo ${id}/`));
    expect(theirs).toEqual([1, 2, 3].map((n) => `echo ${id}/${n}`));
  }
  const expected = await Promise.all(people.map((id) => store.log(id, 0, 100)));
  expect(sent).toHaveLength(expected.flat().filter((line) => line.from.role === 'bot').length);
  expect(sent.filter((text) => text === 'timer later').length).toBeGreaterThanOrEqual(people.length);
  expect(await store.ledger(clock.now().toISOString(), 0)).toMatchObject({ answered: 90, waiting: 0, unaccounted: [] });
  expect(lines).toEqual([]);
  await Promise.all([inbox.stop(), timers.stop(), outbox.stop()]);
  await store.close();
});
