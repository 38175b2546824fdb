import { afterAll, beforeAll, expect, it } from 'vitest';
import { createInProcessCoordination } from '../../src/coordination/in-process.ts';
import { fixedClock } from '../../src/core/clock.ts';
import { silentLog } from '../../src/core/log.ts';
import type { Records } from '../../src/core/records.ts';
import type { Replier } from '../../src/core/reply.ts';
import type { Store } from '../../src/core/store.ts';
import { createReplier } from '../../src/replying/replier.ts';
import { openSqliteStore } from '../../src/store/open-sqlite.ts';
import { shipped } from '../shipped.ts';

const clock = fixedClock('2026-11-21T10:00:00+08:00');
let store: Store;
let replier: Replier;
let asked: string[] = [];

beforeAll(async () => {
  const { knowledge, records } = await shipped();
  const watched: Records = new Map(
    [...records].map(([name, source]) => [
      name,
      {
        ...source,
        find: (by) => {
          asked.push(`${name} by ${Object.keys(by).join(', ')}`);
          return source.find(by);
        },
      },
    ]),
  );
  const kept = await openSqliteStore({ path: ':memory:' });
  store = {
    ...kept,
    wrongProofs: (...given) => {
      asked.push('wrong proofs');
      return kept.wrongProofs(...given);
    },
    nextTicketId: () => {
      asked.push('ticket id');
      return kept.nextTicketId();
    },
  };
  replier = createReplier({
    store,
    knowledge: () => knowledge,
    records: () => watched,
    coordination: createInProcessCoordination({ clock, concurrency: 1 }),
    clock,
    log: silentLog,
  });
}, 120_000);
afterAll(() => store.close());

/** What was looked up at each turn, in order, and how many things each commit keeps. */
async function workOf(person: string, lines: readonly string[]): Promise<readonly object[]> {
  const work: object[] = [];
  for (const [n, text] of lines.entries()) {
    asked = [];
    const conversation = `webchat:${person}` as const;
    const said = {
      channel: 'webchat',
      id: `${person}-${n}`,
      conversation,
      customer: { id: person },
      group: false,
      text,
    };
    await store.receive({ ...said, attachments: [], sentAt: clock.now().toISOString() }, clock.now().toISOString());
    const record = await store.conversation(conversation);
    if (record === null) throw new Error('no conversation');
    const commit = await replier.reply(record, clock.now());
    expect(await store.commitTurn(commit)).toBe('done');
    const { events, outgoing, tickets, wrongProofs, judged, lookedUp } = commit;
    const kept = [events, outgoing, tickets, wrongProofs].map(({ length }) => length);
    work.push({ asked, kept, judged: judged?.size, audited: lookedUp !== undefined });
    clock.advance(5000);
  }
  return work;
}

const TAILS = ['0001', '0002', '0003', '0004', '0006', '0007', '0008'];

it.each(['{no}到哪了', '我的{no}单号的货款为什么半个月了还没有收到', '{no}谁签收的', '{no}改派送地址'])(
  'a wrong proof takes the same look-ups and writes as an unknown waybill: %s',
  async (question) => {
    const nth = String(asked.length + clock.now().getTime());
    const about = (waybill: string): Promise<readonly object[]> =>
      workOf(`${waybill}-${nth}`, [question.replace('{no}', waybill), ...TAILS]);
    const there = await about('12345678');
    expect(there).toEqual(await about('99999999'));
    expect(JSON.stringify(there)).toContain('order by waybill');
  },
);
