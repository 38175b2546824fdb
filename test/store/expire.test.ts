import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fixedClock } from '../../src/core/clock.ts';
import { KEPT_KINDS, type KeptKind } from '../../src/core/kept.ts';
import { silentLog } from '../../src/core/log.ts';
import type { Store } from '../../src/core/store.ts';
import { startRetention } from '../../src/delivery/retention.ts';
import { openSqliteStore } from '../../src/store/open-sqlite.ts';
import { after, alice, bob, message, noon, says, ticket, turn } from './samples.ts';

const DAY = 86_400;
const file = { id: 'f', kind: 'image', contentType: 'image/png', name: 'a.png', size: 1, url: '/a' } as const;

describe('what has been kept long enough', () => {
  let store: Store;
  beforeEach(async () => void (store = await openSqliteStore({ path: ':memory:', pulled: [] })));
  afterEach(() => store.close());

  /** A conversation with one answered message; the answer was sent. */
  async function talk(id: typeof alice, at: string, changes: { open?: boolean } = {}): Promise<void> {
    const { seq } = await store.receive(message(`m-${id}-${at}`, { conversation: id }), at);
    const found = await store.conversation(id);
    await store.commitTurn(
      turn(found ?? { id, version: 0 }, {
        at,
        events: ['{}'],
        outcomes: new Map([[seq, { kind: 'answered' }]]),
        outgoing: [says('好')],
        wrongProofs: ['12345678'],
        tickets: changes.open === true ? [ticket('T-1', { conversation: id })] : [],
      }),
    );
    for (const one of await store.unsent(at, 10)) await store.markSent(one.seq, at);
  }

  async function all(kind: KeptKind, before: string): Promise<number> {
    let deleted = 0;
    for (let from: number | null = 0; from !== null;) {
      const step = await store.expire(kind, before, from, 2);
      deleted += step.deleted;
      from = step.from;
    }
    return deleted;
  }

  it('goes, and what is younger stays', async () => {
    for (let i = 0; i < 5; i++) await talk(alice, after(i * DAY));
    expect(await all('messages', after(3 * DAY))).toBe(6);
    expect(await store.log(alice, 0, 100)).toHaveLength(4);
    expect(await store.events(alice, noon)).toHaveLength(2);
    expect(await all('proofs', after(3 * DAY))).toBe(3);
    expect(await store.wrongProofs('12345678', noon)).toBe(2);
    expect(await all('conversations', after(30 * DAY))).toBe(0);
  });

  it('takes the conversation along when nothing is left in it', async () => {
    await talk(alice, noon);
    await store.openConversation(bob, { id: 'never wrote' }, false, noon);
    await all('messages', after(DAY));
    await all('proofs', after(DAY));
    expect(await all('conversations', after(DAY))).toBe(2);
    expect(await store.conversation(alice)).toBeNull();
  });

  it('stays while it waits to be answered or sent', async () => {
    await store.receive(message('m-1'), noon);
    await store.receive(message('m-2', { conversation: bob }), noon);
    const { seq } = await store.receive(message('m-3', { conversation: bob }), noon);
    await store.commitTurn(
      turn({ id: bob, version: 0 }, { outcomes: new Map([[seq, { kind: 'answered' }]]), outgoing: [says('好')] }),
    );
    expect(await all('messages', after(999 * DAY))).toBe(1);
    expect((await store.log(alice, 0, 9)).length + (await store.log(bob, 0, 9)).length).toBe(3);
    expect(await all('conversations', after(999 * DAY))).toBe(0);
  });

  it('stays while a ticket is open, with its files; goes when the ticket was resolved long ago', async () => {
    await talk(alice, noon, { open: true });
    await store.putAttachment(alice, file, Buffer.from('x'));
    const long = after(20_000 * DAY);
    for (const kind of ['messages', 'attachments', 'tickets'] as const) expect(await all(kind, long)).toBe(0);
    const done = ticket('T-1', { version: 2, status: 'resolved', resolved_at: after(10 * DAY) });
    await store.commitTicket({ ticket: done, events: [{ ticket: 'T-1', kind: 'resolved', at: noon }], outgoing: [] });
    expect(await all('tickets', after(5 * DAY))).toBe(0);
    expect(await all('tickets', after(11 * DAY))).toBe(1);
    expect(await store.ticket('T-1')).toBeNull();
    expect(await all('attachments', long)).toBe(1);
    expect(await all('messages', long)).toBe(2);
  });

  it('goes round by round, and the audit tells figures', async () => {
    for (let i = 0; i < 300; i++) await store.receive(message(`chatter-${i}`), noon);
    const found = await store.conversation(alice);
    const left = new Map(found?.waiting.map(({ seq }) => [seq, { kind: 'left_alone', reason: 'chatter' } as const]));
    await store.commitTurn(turn(found ?? { id: alice, version: 0 }, { outcomes: left }));
    const clock = fixedClock(after(100 * DAY));
    const retention = startRetention({ store, clock, log: silentLog, kept: () => 50 * DAY * 1000 });
    expect(await retention.round()).toEqual({ messages: 300, conversations: 1 });
    expect(await retention.round()).toEqual({});
    await retention.stop();
    const rows = await store.auditTrail(0, 10);
    expect(rows.map(({ by, action, subject }) => [by, action, subject])).toEqual([
      ['retention', 'expired', 'messages 300, conversations 1'],
    ]);
    expect(KEPT_KINDS).toContain('audit');
  });
});
