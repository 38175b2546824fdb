import { expect, it } from 'vitest';
import { createInProcessCoordination } from '../../src/coordination/in-process.ts';
import type { Receive } from '../../src/core/channel.ts';
import { fixedClock } from '../../src/core/clock.ts';
import { NotKeptError } from '../../src/core/errors.ts';
import type { InboundMessage } from '../../src/core/message.ts';
import type { Store } from '../../src/core/store.ts';
import { createIntake } from '../../src/delivery/intake.ts';
import { memoryStore } from '../store/memory-store.ts';
import { alice, bob, message, noon } from '../store/samples.ts';
import { words } from './parts.ts';

/** An intake over a store that counts its transactions, and fails where it is told to. */
async function intakeOf(fails: (nth: number) => boolean = () => false) {
  const store = await memoryStore();
  const batches: number[] = [];
  async function commit<T>(count: number, work: () => Promise<T>): Promise<T> {
    if (fails(batches.push(count))) throw new NotKeptError('full');
    return work();
  }
  const counting: Pick<Store, 'receive' | 'receiveAll'> = {
    receive: (one, at) => commit(1, () => store.receive(one, at)),
    receiveAll: (many, at) => commit(many.length, () => store.receiveAll(many, at)),
  };
  const clock = fixedClock(noon);
  const coordination = createInProcessCoordination({ clock, concurrency: 1 });
  return { store, batches, receive: createIntake({ store: counting, coordination, clock }) };
}

const several = (receive: Receive, from: number, to: number, changes: Partial<InboundMessage> = {}) =>
  Array.from({ length: to - from }, (_, nth) => receive(message(`m-${from + nth}`, changes)));
const texts = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, nth) => `text of m-${from + nth}`);

it('keeps together, in order, what a chat says while its message before is being kept; others have their own', async () => {
  const { store, batches, receive } = await intakeOf();
  const of = receive(message('of bob', { conversation: bob }));
  const receipts = await Promise.all(several(receive, 0, 10));
  await of;
  expect(batches).toEqual([1, 1, 9]);
  expect(await words(store, alice)).toEqual(texts(0, 10));
  expect(new Set(receipts.map(({ seq }) => seq)).size).toBe(10);
  await store.close();
});

it('takes a room for one chat, and keeps each message in the conversation of its member', async () => {
  const { store, batches, receive } = await intakeOf();
  const context = { room: { id: 'r-1', topic: '' } };
  await Promise.all([
    ...several(receive, 0, 3, { context }),
    ...several(receive, 3, 5, { context, conversation: bob, customer: { id: 'c-2' } }),
  ]);
  expect(batches).toEqual([1, 4]);
  expect(await words(store, alice)).toEqual(texts(0, 3));
  expect(await words(store, bob)).toEqual(texts(3, 5));
  await store.close();
});

it('gives a message that comes twice its one place, within one transaction too', async () => {
  const { store, receive } = await intakeOf();
  const [, first, again] = await Promise.all(['m-0', 'm-1', 'm-1'].map((id) => receive(message(id))));
  expect(first?.kind).toBe('new');
  expect(again).toEqual({ kind: 'duplicate', seq: first?.seq });
  await store.close();
});

it('keeps nothing that came after what it could not keep, until all of it is given again', async () => {
  const { store, receive } = await intakeOf((nth) => nth === 2);
  const ends = await Promise.allSettled(several(receive, 0, 150));
  expect(ends.map(({ status }) => status)).toEqual(['fulfilled', ...Array<string>(149).fill('rejected')]);
  expect(await words(store, alice)).toEqual(texts(0, 1));
  await Promise.all(several(receive, 0, 150));
  expect(await words(store, alice)).toEqual(texts(0, 150));
  await store.close();
});

it('keeps a loud chat in a few transactions, and forgets that it was loud once it is quiet', async () => {
  const { store, batches, receive } = await intakeOf();
  for (let nth = 0; nth < 41; nth++) await receive(message(`quick-${nth}`));
  const before = batches.length;
  const loud: Promise<unknown>[] = [];
  for (let nth = 0; nth < 5; nth++) {
    loud.push(receive(message(`loud-${nth}`)));
    await new Promise((resolve) => setImmediate(resolve));
  }
  await Promise.all(loud);
  expect(batches.slice(before)).toEqual([5]);
  await store.close();
});
