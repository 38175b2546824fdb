import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createInProcessCoordination } from '../../src/coordination/in-process.ts';
import { fixedClock } from '../../src/core/clock.ts';
import { UnreachableError } from '../../src/core/errors.ts';
import { conversationId } from '../../src/core/message.ts';
import type { Records } from '../../src/core/records.ts';
import type { ConversationRecord, Store } from '../../src/core/store.ts';
import { createReplier } from '../../src/replying/replier.ts';
import type { Replier } from '../../src/core/reply.ts';
import { shipped } from '../shipped.ts';
import { memoryStore } from '../store/memory-store.ts';

const ID = conversationId('webchat', 'one');
const clock = fixedClock('2026-11-21T10:00:00+08:00');

let desk: Awaited<ReturnType<typeof shipped>>;
let store: Store;
let logged: string[];

beforeAll(async () => {
  desk = await shipped();
});
beforeEach(async () => {
  clock.set('2026-11-21T10:00:00+08:00');
  store = await memoryStore();
  logged = [];
});
afterEach(() => store.close());

function replierWith(records: Records = desk.records): Replier {
  const note = (facts: object, message: string): void => void logged.push(`${message} ${JSON.stringify(facts)}`);
  return createReplier({
    store,
    knowledge: () => desk.knowledge,
    records: () => records,
    coordination: createInProcessCoordination({ clock, concurrency: 4 }),
    clock,
    log: { debug: note, info: note, warn: note, error: note },
  });
}

let count = 0;
async function hear(...texts: readonly string[]): Promise<ConversationRecord> {
  for (const text of texts) {
    const at = clock.now().toISOString();
    await store.receive(
      {
        channel: 'webchat',
        id: String(++count),
        conversation: ID,
        customer: { id: 'dl_a' },
        group: false,
        text,
        attachments: [],
        sentAt: at,
      },
      at,
    );
  }
  const conversation = await store.conversation(ID);
  if (conversation === null) throw new Error('nothing was kept');
  return conversation;
}

async function answer(replier: Replier, ...texts: readonly string[]) {
  const turn = await replier.reply(await hear(...texts), clock.now());
  expect(await store.commitTurn(turn)).toBe('done');
  return turn;
}

const words = (turn: { outgoing: readonly { text: string }[] }): string =>
  turn.outgoing.map((one) => one.text).join('\n');

describe('replier', () => {
  it('answers several messages as one turn and merges them into the last', async () => {
    const turn = await answer(replierWith(), '您好', '成都网点电话多少');
    expect([...turn.outcomes.values()]).toEqual([
      { kind: 'merged', into: [...turn.outcomes.keys()].at(-1) },
      { kind: 'answered' },
    ]);
    expect(turn.outgoing).toHaveLength(1);
  });

  it('says once, politely, that it is too much, and leaves the rest alone', async () => {
    const replier = replierWith();
    const many = Array.from({ length: 40 }, (_, index) => `第${index}条`);
    const turn = await answer(replier, ...many);
    expect(new Set([...turn.outcomes.values()].map((outcome) => JSON.stringify(outcome)))).toEqual(
      new Set(['{"kind":"left_alone","reason":"flood"}']),
    );
    expect(turn.outgoing).toHaveLength(1);
    expect(words(turn)).toContain('您');
    expect((await answer(replier, '还有')).outgoing).toEqual([]);
    clock.advance(61_000);
    expect(words(await answer(replier, '你们几点下班'))).toContain('08:30');
  });

  it('hands over with a promise when the records cannot be reached', async () => {
    const down: Records = new Map(
      [...desk.records].map(([name, source]) => [
        name,
        { ...source, find: () => Promise.reject(new UnreachableError('no answer')) },
      ]),
    );
    const turn = await answer(replierWith(down), '12345678货款到了没');
    expect([...turn.outcomes.values()]).toEqual([{ kind: 'handed', ticket: 'T-1001' }]);
    expect(turn.tickets[0]).toMatchObject({ id: 'T-1001', waybill: '12345678', kind: 'payment-lookup' });
    expect(words(turn)).toContain('T-1001');
  });

  it('logs nothing a customer said or owns', async () => {
    const replier = replierWith();
    await answer(replier, '12345678货款到了没');
    await answer(replier, '5678');
    expect(logged.join('\n')).not.toMatch(/5678|3860|张伟/);
  });

  it('begins anew with a state it cannot read', async () => {
    const conversation = { ...(await hear('你们几点下班')), state: '{"broken' };
    const turn = await replierWith().reply(conversation, clock.now());
    expect(words(turn)).toContain('08:30');
    expect(logged.join()).toContain('unreadable');
  });

  it('surrenders to a human with a promise, without looking anything up', async () => {
    const turn = await replierWith(new Map()).surrender(await hear('哎', '帮帮我'), clock.now());
    expect(await store.commitTurn(turn)).toBe('done');
    expect(turn.tickets[0]).toMatchObject({
      desk: desk.knowledge.desks.default_desk,
      status: 'open',
      summary: '哎 / 帮帮我',
    });
    expect(words(turn)).toContain(turn.tickets[0]?.id ?? '?');
    expect((await store.ledger(clock.now().toISOString(), 1)).unaccounted).toEqual([]);
  });

  it('is quiet while an agent holds the ticket, and the ticket hears the customer', async () => {
    const replier = replierWith();
    await answer(replier, '转人工');
    const story = await store.ticket('T-1001');
    if (story === null) throw new Error('no ticket');
    const owner = { agent: '1001', name: '林' };
    const at = clock.now().toISOString();
    const held = { ...story.ticket, status: 'waiting' as const, owner, version: story.ticket.version + 1 };
    await store.commitTicket({
      ticket: held,
      events: [{ ticket: 'T-1001', kind: 'replied', at, by: owner, text: '好的' }],
      outgoing: [],
    });
    const turn = await answer(replier, '那12345678呢');
    expect(turn.outgoing).toEqual([]);
    expect([...turn.outcomes.values()]).toEqual([{ kind: 'handed', ticket: 'T-1001' }]);
    expect((await store.ticket('T-1001'))?.ticket.status).toBe('claimed');
    // A second message finds the ticket claimed already: nothing to change, nothing in the way.
    expect((await answer(replier, '还在吗')).outgoing).toEqual([]);
    // The number of whoever serves is told at once, whoever it is.
    expect(words(await answer(replier, '你工号是多少'))).toContain('1001');

    // Nor does a follow-up speak then, or the apology for a failure, or the call to slow down.
    const timer = { key: 'k', conversation: ID, at: clock.now().toISOString(), kind: 'follow-up', payload: '{}' };
    const waited = await replier.onTimer(await hear(), timer, clock.now());
    expect(waited).toMatchObject({
      firedTimer: 'k',
      outgoing: [],
      timers: [{ key: 'k', at: '2026-11-21T02:30:00.000Z' }],
    });
    const given = await replier.surrender(await hear('人呢'), clock.now());
    expect(given).toMatchObject({ outgoing: [], tickets: [] });
    expect([...given.outcomes.values()]).toEqual([{ kind: 'handed', ticket: 'T-1001' }]);
    const flooded = await replier.reply(await hear(...Array.from({ length: 40 }, () => '在吗')), clock.now());
    expect(flooded.outgoing).toEqual([]);
  });

  it('surrenders into the ticket that is open for a human already', async () => {
    const replier = replierWith();
    await store.commitTurn(await replier.surrender(await hear('哎'), clock.now()));
    const again = await replier.surrender(await hear('还在吗'), clock.now());
    expect(await store.commitTurn(again)).toBe('done');
    expect(again.tickets).toMatchObject([{ id: 'T-1001', version: 2, summary: '哎；还在吗' }]);
  });

  it('does not wait for more after a full question, waits a little after a fragment', async () => {
    const replier = replierWith();
    expect(replier.patience(await hear('我的12345678单号的货款为什么半个月了还没有收到'), clock.now())).toBe(0);
    await answer(replier);
    expect(replier.patience(await hear('5678'), clock.now())).toBe(0);
    await answer(replier);
    expect(replier.patience(await hear('想问下'), clock.now())).toBeGreaterThan(0);
  });

  it('says a follow-up when its time has come, and drops one that cannot be worded', async () => {
    const replier = replierWith();
    await answer(replier, '您好');
    const conversation = await hear();
    const timer = { key: 'k', conversation: ID, at: clock.now().toISOString(), kind: 'follow-up' };
    const good = await replier.onTimer(
      conversation,
      { ...timer, payload: JSON.stringify({ phrase: 'noted', slots: {} }) },
      clock.now(),
    );
    expect(good).toMatchObject({ firedTimer: 'k', outgoing: [{ from: { role: 'bot' } }] });
    const bad = await replier.onTimer(conversation, { ...timer, payload: '{"phrase":"no.such"}' }, clock.now());
    expect(bad).toMatchObject({ firedTimer: 'k', outgoing: [] });
  });
});
