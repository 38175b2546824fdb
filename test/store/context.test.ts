import { expect, it } from 'vitest';
import { emptyTurn } from '../../src/core/empty-turn.ts';
import type { InboundMessage } from '../../src/core/message.ts';
import { memoryStore } from './memory-store.ts';

const at = '2026-11-21T02:00:00.000Z';
const asked: InboundMessage = {
  channel: 'wechat',
  id: 'm1',
  conversation: 'wechat:r/zhang',
  customer: { id: 'zhang', name: '张三' },
  group: true,
  text: '12345678到哪了',
  attachments: [],
  context: { room: { id: 'r', topic: '客户群' }, addressed: 'us', ownChat: 'wechat:zhang' },
  sentAt: at,
};

it('keeps what a message was beyond its words, and who a colleague was', async () => {
  const store = await memoryStore();
  await store.receive(asked, at);
  await store.receive(
    { ...asked, id: 'm2', customer: { id: 'mei', name: '小梅' }, text: '我来', context: { answer: 'colleague' } },
    at,
  );
  const conversation = await store.conversation(asked.conversation);
  expect(conversation?.customer).toEqual(asked.customer);
  expect(conversation?.waiting.map(({ context }) => context)).toEqual([asked.context, { answer: 'colleague' }]);
  expect((await store.log(asked.conversation, 0, 9)).map(({ from }) => [from.role, from.name])).toEqual([
    ['customer', '张三'],
    ['agent', '小梅'],
  ]);
});

it('carries a message over in the same transaction as its turn, once, and wakes who answers it', async () => {
  const store = await memoryStore();
  await store.receive(asked, at);
  const conversation = (await store.conversation(asked.conversation))!;
  const carried: InboundMessage = {
    ...asked,
    id: 'm1/private',
    conversation: 'wechat:zhang',
    group: false,
    context: { carried: true },
  };
  const woken: string[] = [];
  store.subscribe((change) => void (change.kind === 'received' && woken.push(change.conversation)));
  const turn = { ...emptyTurn(conversation, new Date(at)), forwards: [carried] };
  expect(await store.commitTurn(turn)).toBe('done');
  expect(await store.commitTurn(turn)).toBe('stale');
  expect(woken).toEqual(['wechat:zhang']);
  expect((await store.conversation('wechat:zhang'))?.waiting.map(({ id, context }) => [id, context])).toEqual([
    ['m1/private', { carried: true }],
  ]);
});
