import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { openStage, type Played } from '../../src/commands/stage.ts';
import { fixedClock } from '../../src/core/clock.ts';
import type { RecordRow } from '../../src/core/records.ts';
import { replay } from '../../src/dialogue/evolve.ts';
import { shipped } from '../shipped.ts';

const NOW = '2026-11-21T10:00:00+08:00';

/** What customers write, right and wrong, in any order. */
const messages = fc.oneof(
  fc.constantFrom(
    '您好',
    '我的12345678单号的货款为什么半个月了还没有收到',
    '查一下12345678到哪了?还有货款什么时候返',
    '5678',
    '9999',
    '尾号1234',
    '12345687呢',
    '23456789',
    '单号1234567',
    '是的',
    '不是',
    '取消',
    '再说一遍',
    '不是这个单号,是34567890',
    '转人工',
    '你们几点下班',
    '我要投诉 你们司机骂人',
    '箱子破了里面碎了怎么赔',
    '到成都200公斤多少钱',
    '从上海发',
    '明天能来提货吗',
    '3件',
    '破损',
    '没有',
    '太过分了!!!骗子',
    '我要去12315告你们',
    'where is my parcel 12345678',
    '我是她老公 帮我查12345678',
    '13800005678',
    '改地址',
    '成都网点电话',
    '哈哈哈',
    '今天天气不错',
    '',
    '   ',
    '。。。',
    '谢谢再见',
    '仓库着火了',
  ),
  fc.stringMatching(/^[1-9]\d{7}$/),
  fc.stringMatching(/^\d{4}$/),
  fc.string({ maxLength: 60, unit: 'grapheme' }),
);

/** Half of the conversations begin with somebody who proves to be the owner. */
const conversation = fc
  .tuple(
    fc.constantFrom([], ['我的12345678单号的货款为什么半个月了还没有收到', '5678']),
    fc.array(messages, { minLength: 1, maxLength: 7 }),
  )
  .map(([known, rest]) => [...known, ...rest]);

/** Private values of a row that could only come from the record: names, phones, accounts. */
function privateValues(row: RecordRow, fields: readonly string[]): string[] {
  return fields.map((field) => String(row[field] ?? '')).filter((value) => value.length >= 2);
}

describe('any conversation', () => {
  let desk: Awaited<ReturnType<typeof shipped>>;
  let secrets: { readonly waybill: string; readonly values: readonly string[] }[];

  beforeAll(async () => {
    desk = await shipped();
    const rows = (record: string): readonly RecordRow[] => desk.knowledge.sources.get(record)?.rows ?? [];
    secrets = [
      ...rows('order').map((row) => ({
        waybill: String(row['waybill']),
        values: privateValues(row, ['sender_name', 'sender_phone', 'receiver_name', 'receiver_phone', 'signed_by']),
      })),
      ...rows('payment').map((row) => ({
        waybill: String(row['waybill']),
        values: privateValues(row, ['account_name', 'account_tail']),
      })),
    ];
  });

  async function talk(said: readonly string[], group: boolean): Promise<readonly Played[]> {
    const stage = await openStage({ ...desk, clock: fixedClock(NOW), group });
    try {
      const played: Played[] = [];
      for (const message of said) played.push(await stage.play([message]));
      return played;
    } finally {
      await stage.close();
    }
  }

  it('gives each message one outcome, with words or a reason', async () => {
    await fc.assert(
      fc.asyncProperty(conversation, fc.boolean(), async (said, group) => {
        for (const { outcome, replies, decision } of await talk(said, group)) {
          expect(decision.needs).toEqual([]);
          expect(decision.events.filter((event) => event.type === 'fault')).toEqual([]);
          if (outcome.kind === 'left_alone') expect(replies).toEqual([]);
          else expect(replies.map((reply) => reply.text).join('')).not.toBe('');
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is the fold of its events', async () => {
    await fc.assert(
      fc.asyncProperty(conversation, async (said) => {
        const played = await talk(said, false);
        const events = played.flatMap(({ decision }) => decision.events);
        expect(replay(events)).toEqual(played.at(-1)?.decision.state);
      }),
      { numRuns: 60 },
    );
  });

  it('is the same when it is held again', async () => {
    await fc.assert(
      fc.asyncProperty(conversation, async (said) => {
        const texts = async () => (await talk(said, false)).map(({ replies }) => replies.map((reply) => reply.text));
        expect(await texts()).toEqual(await texts());
      }),
      { numRuns: 20 },
    );
  });

  it.each([
    ['tells nothing private to somebody who has proved nothing', false],
    ['tells nothing private in a group', true],
  ])('%s', async (_name, group) => {
    let told = 0;
    await fc.assert(
      fc.asyncProperty(conversation, async (said) => {
        const heard = said.join('\n');
        for (const { replies, decision } of await talk(said, group)) {
          const proved = group ? [] : decision.state.proofs.map((proof) => proof.waybill);
          told += proved.length;
          const text = replies.map((reply) => reply.text).join('\n');
          for (const { waybill, values } of secrets) {
            if (proved.includes(waybill)) continue;
            // A name is private where it stands beside a parcel that nobody has proved; common words are not names.
            const leaked = text.includes(waybill)
              ? values.filter((value) => text.includes(value) && !heard.includes(value))
              : values.filter((value) => value.length >= 11 && text.includes(value) && !heard.includes(value));
            expect(leaked).toEqual([]);
          }
        }
      }),
      { numRuns: 60 },
    );
    // The test means something only where some conversations do get as far as a proof.
    if (!group) expect(told).toBeGreaterThan(0);
  });
});
