import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createInProcessCoordination } from '../../../src/coordination/in-process.ts';
import { fixedClock } from '../../../src/core/clock.ts';
import { silentLog } from '../../../src/core/log.ts';
import type { ConversationId, InboundMessage } from '../../../src/core/message.ts';
import type { RecordRow, RecordSource } from '../../../src/core/records.ts';
import type { Replier } from '../../../src/core/reply.ts';
import type { Store } from '../../../src/core/store.ts';
import { createReplier } from '../../../src/replying/replier.ts';
import { openSqliteStore } from '../../../src/store/open-sqlite.ts';
import { shipped } from '../../shipped.ts';

/** 2,000 for the record, fewer at each change. */
const RUNS = Number(process.env['GROUP_DIALOGUES'] ?? 120);

/** What must never be read in a room: nobody of the talk ever writes it. */
const CANARIES = ['甘丝雀', '甘*', '13955557777', '139****7777', '6543', '6,543', '8642', '翠鸟'];
const PRIVATE: RecordRow = {
  sender_name: '甘丝雀一',
  receiver_name: '甘丝雀二',
  sender_phone: '13955557777',
  receiver_phone: '13955557777',
  signed_by: '甘丝雀三',
  account_name: '甘丝雀四',
  account_tail: '8642',
  amount: 6543.21,
  cod_amount: 6543.21,
  goods: '翠鸟标本',
};

function withCanaries(source: RecordSource): RecordSource {
  const marked = (row: RecordRow): RecordRow =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, PRIVATE[name] ?? value]));
  return {
    ...source,
    find: async (by) => (await source.find(by)).map(marked),
    call: source.call.bind(source),
    close: source.close.bind(source),
  };
}

const waybill = fc.constantFrom('12345678', '23456789', '45678901', '91234560', '99999999');
const request = fc.oneof(
  waybill.map((no) => `${no}到哪了`),
  waybill.map((no) => `我的${no}单号的货款为什么半个月了还没有收到`),
  waybill.map((no) => `查${no} 尾号7777`),
  waybill.map((no) => `${no}谁签收的 手机1395555`),
  waybill.map((no) => `${no}的收件人叫什么 电话多少`),
  waybill.map((no) => `${no}我要投诉 货款多少都不说`),
  waybill.map((no) => `${no}箱子破了怎么赔`),
  waybill.map((no) => no),
  fc.constantFrom(
    '7777',
    '重复一遍',
    '再说一遍',
    '是的',
    '不是',
    '转人工',
    '我的工单到哪一步了',
    '到底多少钱',
    '谢谢',
    '哈哈哈',
    '西安有网点吗',
    '改派送地址',
    '货款打到哪个账户',
    '怎么还不说话',
    '取消',
  ),
);
const step = fc.record({
  person: fc.constantFrom('甲', '乙', '丙'),
  where: fc.constantFrom('room', 'room', 'room', 'other room', 'own chat'),
  text: request,
  called: fc.boolean(),
  friend: fc.boolean(),
  quoted: fc.option(
    waybill.map((no) => `${no}的货款到了吗`),
    { nil: undefined },
  ),
  colleague: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

describe('any talk in groups and own chats', () => {
  const clock = fixedClock('2026-11-21T10:00:00+08:00');
  let store: Store;
  let replier: Replier;
  let run = 0;
  let told = 0;
  beforeAll(async () => {
    const { knowledge, records } = await shipped();
    const marked = new Map([...records].map(([name, source]) => [name, withCanaries(source)] as const));
    store = await openSqliteStore({ path: ':memory:' });
    const coordination = {
      ...createInProcessCoordination({ clock, concurrency: 1 }),
      allow: () => Promise.resolve(true),
    };
    replier = createReplier({
      store,
      knowledge: () => knowledge,
      records: () => marked,
      coordination,
      clock,
      log: silentLog,
    });
  }, 120_000);
  afterAll(() => store.close());

  async function hear(message: InboundMessage): Promise<readonly string[]> {
    await store.receive(message, clock.now().toISOString());
    const inRooms: string[] = [];
    for (let [id] = await store.waiting(); id !== undefined; [id] = await store.waiting()) {
      const conversation = await store.conversation(id);
      if (conversation === null) throw new Error('no conversation');
      const commit = await replier.reply(conversation, clock.now());
      expect(await store.commitTurn(commit)).toBe('done');
      const texts = commit.outgoing.map(({ text }) => text);
      if (conversation.group) inRooms.push(...texts);
      else if (texts.some((text) => text.includes('6543') || text.includes('翠鸟'))) told += 1;
    }
    return inRooms;
  }

  function messageOf({ person, where, text, called, friend, quoted, colleague }: Step, n: number): InboundMessage {
    const own: ConversationId = `wechat:${run}-${person}`;
    const room = where === 'own chat' ? null : `${run}-${where}`;
    return {
      channel: 'wechat',
      id: `${run}-${n}`,
      conversation: room === null ? own : `wechat:${room}/${run}-${person}`,
      customer: { id: `${run}-${person}`, name: person },
      group: room !== null,
      text,
      attachments: [],
      context:
        room === null
          ? {}
          : {
              room: { id: room, topic: where },
              ...(called ? { addressed: 'us' as const } : {}),
              ...(friend ? { ownChat: own } : {}),
              ...(quoted === undefined ? {} : { quoted }),
              ...(colleague ? { answer: 'colleague' as const } : {}),
            },
      sentAt: clock.now().toISOString(),
    };
  }

  it(`tells nothing private in any room (${RUNS} dialogues)`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 9 }), async (steps) => {
        run += 1;
        for (const [n, one] of steps.entries()) {
          clock.advance(20_000);
          const message = messageOf(one, n);
          // A colleague's answer stands in a talk that has begun.
          if (message.context?.answer !== undefined && (await store.conversation(message.conversation)) === null)
            continue;
          const all = (await hear(message)).join('\n');
          for (const canary of CANARIES) expect(all).not.toContain(canary);
        }
      }),
      { numRuns: RUNS },
    );
    const ledger = await store.ledger(clock.now().toISOString(), 0);
    expect(ledger.unaccounted).toEqual([]);
  }, 600_000);

  it('tells it in the own chat of who has shown that the parcel is theirs, so that the test above could fail', async () => {
    const asked: Step = {
      person: '甲',
      where: 'room',
      text: '我的12345678单号的货款为什么半个月了还没有收到',
      called: true,
      friend: true,
      quoted: undefined,
      colleague: false,
    };
    run += 1;
    const before = told;
    await hear(messageOf(asked, 1));
    await hear(messageOf({ ...asked, where: 'own chat', text: '7777' }, 2));
    expect(told).toBeGreaterThan(before);
  });
});
