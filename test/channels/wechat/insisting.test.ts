import { expect, it } from 'vitest';
import type { Connection, ConnectionDeps } from '../../../src/channels/wechat/connection.ts';
import { createWechat } from '../../../src/channels/wechat/wechat.ts';
import type { RawMessage } from '../../../src/channels/wechat/wire.ts';
import { fixedClock } from '../../../src/core/clock.ts';
import { silentLog } from '../../../src/core/log.ts';
import type { Store } from '../../../src/core/store.ts';
import { memoryStore } from '../../store/memory-store.ts';
import { noon } from '../../store/samples.ts';
import { wechatPolicyOf } from '../../../src/wechat-policy.ts';
import { shipped } from '../../shipped.ts';

it('keeps a message that WeChat gives once, whatever of the store fails meanwhile', async () => {
  const { knowledge } = await shipped();
  const store = await memoryStore();
  const failed = new Set<keyof Store>();
  const failOnce = (name: keyof Store): void => {
    if (failed.has(name)) return;
    failed.add(name);
    throw new Error('the disk is busy');
  };
  const shaky: Store = {
    ...store,
    contact: async (...args) => (failOnce('contact'), store.contact(...args)),
    waiting: async () => (failOnce('waiting'), store.waiting()),
    receive: async (...args) => (failOnce('receive'), store.receive(...args)),
  };
  let give: ConnectionDeps['onMessage'] = () => {};
  const online = { state: 'online', qrcode: null, self: { id: 'bot', name: '客服' }, trouble: '', builds: 1 } as const;
  const connection = (deps: ConnectionDeps): Connection => {
    give = (message) => deps.onMessage(message);
    return {
      start: () => {},
      status: () => online,
      say: () => Promise.resolve(null),
      bearers: () => Promise.resolve(null),
      stop: () => Promise.resolve(),
    };
  };
  const clock = { ...fixedClock(noon), after: (_: number, run: () => void) => (queueMicrotask(run), () => {}) };
  const channel = await createWechat({
    ...{ store: shaky, clock, log: silentLog, tell: () => {}, folder: '', env: {} },
    policy: () => wechatPolicyOf(knowledge),
    connect: connection,
  });
  const kept: string[] = [];
  await channel.start(async (message) => {
    const receipt = await shaky.receive(message, noon);
    kept.push(message.text);
    return receipt;
  });
  const message: RawMessage = {
    ...{ id: 'm-1', at: Date.parse(noon), text: '查一下12345678', mentions: ['q'], named: [] },
    talker: { id: 'p', name: '韩梅梅', service: false },
    room: { id: 'r', topic: '客户群', self: online.self },
  };
  give(message);
  await expect.poll(() => kept).toEqual(['查一下12345678']);
  expect([...failed].sort()).toEqual(['contact', 'receive', 'waiting']);
  await channel.stop();
  await store.close();
});
