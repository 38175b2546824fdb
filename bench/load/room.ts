import { createInProcessCoordination } from '../../src/coordination/in-process.ts';
import type { Channel } from '../../src/core/channel.ts';
import { systemClock } from '../../src/core/clock.ts';
import { silentLog } from '../../src/core/log.ts';
import { conversationId, keyOf, type InboundMessage } from '../../src/core/message.ts';
import { startInbox } from '../../src/delivery/inbox.ts';
import { createIntake } from '../../src/delivery/intake.ts';
import { startOutbox } from '../../src/delivery/outbox.ts';
import { loadKnowledge } from '../../src/knowledge/load.ts';
import { createRecords } from '../../src/records/records.ts';
import { createReplier } from '../../src/replying/replier.ts';
import { openSqliteStore } from '../../src/store/open-sqlite.ts';
import { expectAnswer, type Connect } from './client.ts';
import { join } from 'node:path';
import type { House } from './house.ts';
import { questionAt } from './questions.ts';

/** Everything between a channel's `receive` and its `send`, in this process: what a gateway would be the limit of otherwise. */
export interface Road {
  /** Somebody in their own chat. */
  readonly connect: Connect;
  /** One room with so many members, who write so many messages a second together, for `ms`. Gives how many were kept and answered, as JSON. */
  flood(members: number, perSecond: number, ms: number): Promise<string>;
  close(): Promise<void>;
}

/** More than so many that are not yet kept are held back. */
const MOST = 500;

export async function openRoad(house: House): Promise<Road> {
  const { knowledge } = await loadKnowledge({ intents: house.intents, knowledge: house.knowledge });
  if (knowledge === null) throw new Error('the knowledge of the bench is broken');
  const [clock, log] = [systemClock, silentLog];
  const store = await openSqliteStore({ path: join(house.data, 'yingsheng.db') });
  const coordination = createInProcessCoordination({ clock, concurrency: 32 });
  const records = createRecords(knowledge.sources, {});
  const replier = createReplier({
    store,
    coordination,
    clock,
    log,
    knowledge: () => knowledge,
    records: () => records,
  });
  const waiting = new Map<string, (text: string) => void>();
  let inRoom = 0;
  const channel: Channel = {
    name: 'wechat',
    start: () => Promise.resolve(),
    send({ conversation, text }) {
      if (keyOf(conversation).startsWith('room')) inRoom++;
      waiting.get(keyOf(conversation))?.(text);
      return Promise.resolve();
    },
    stop: () => Promise.resolve(),
  };
  const inbox = await startInbox({ store, replier, coordination, clock, log });
  const outbox = startOutbox({ store, channels: new Map([['wechat', channel]]), clock, log });
  const intake = createIntake({ store, coordination, clock });
  let nth = 0;
  const receive = (key: string, text: string, room?: string): Promise<unknown> => {
    const at = clock.now().toISOString();
    const message: InboundMessage = {
      channel: 'wechat',
      id: `m-${nth++}`,
      conversation: conversationId('wechat', key),
      customer: { id: key, name: '张三' },
      group: room !== undefined,
      text,
      attachments: [],
      ...(room === undefined ? {} : { context: { room: { id: room, topic: '客户群' } } }),
      sentAt: at,
    };
    return intake(message);
  };

  return {
    connect: (_url, who) =>
      Promise.resolve({
        async ask(text) {
          const answer = expectAnswer();
          waiting.set(`person-${who}`, answer.resolve);
          await receive(`person-${who}`, text);
          return answer.promise;
        },
        close: () => void waiting.delete(`person-${who}`),
      }),
    async flood(members, perSecond, ms) {
      const began = performance.now();
      const before = inRoom;
      const taking = new Set<Promise<void>>();
      let sent = 0;
      for (let passed = 0; passed < ms; passed = performance.now() - began) {
        for (const due = (passed / 1000) * perSecond; sent < due && taking.size < MOST; sent++) {
          const taken = receive(`room-1/${sent % members}`, questionAt(sent), 'room-1').then(() => {
            taking.delete(taken);
          });
          taking.add(taken);
        }
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      await Promise.all(taking);
      return JSON.stringify({ kept: sent, said: inRoom - before });
    },
    async close() {
      await inbox.stop();
      await outbox.stop();
      await store.close();
    },
  };
}
