import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, afterEach, expect, it, vi } from 'vitest';
import { openSqliteStore } from '../../src/store/open-sqlite.ts';
import { after, alice, message, noon, says, ticket, turn } from './samples.ts';

const folder = mkdtempSync(join(tmpdir(), 'yingsheng-plans-'));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.restoreAllMocks());

it('the road of one message reads no table from end to end, so it costs the same however long the history is', async () => {
  const path = join(folder, 'yingsheng.db');
  const store = await openSqliteStore({ path, pulled: [] });
  const prepared = vi.spyOn(Sqlite.prototype, 'prepare');
  const { seq } = await store.receive(message('m-1'), noon);
  const seen = await store.conversation(alice);
  await store.waiting();
  await store.commitTurn(
    turn(seen ?? { id: alice, version: 0 }, {
      state: '{}',
      events: ['{}'],
      outcomes: new Map([[seq, { kind: 'handed', ticket: 'T-1' }]]),
      outgoing: [says('hello')],
      tickets: [ticket('T-1')],
      ticketEvents: [{ ticket: 'T-1', kind: 'opened', at: noon }],
      timers: [{ key: 'k', at: after(1), kind: 'x', payload: '' }],
      cancelTimers: ['other'],
      wrongProofs: ['12345678'],
    }),
  );
  await store.unsent(noon, 16);
  await store.queued();
  await store.markUnsent(seq + 1, 'busy', { retryAt: noon });
  await store.markSent(seq + 1, noon);
  await store.dueTimers(noon, 16);
  await store.nextDue();
  await store.log(alice, 0, 10);
  await store.latest(alice, 9);
  await store.wrongProofs('12345678', noon);
  await store.commitTicket({ ticket: ticket('T-1', { version: 2 }), events: [], outgoing: [] });
  await store.ticket('T-1');

  const statements = [...new Set(prepared.mock.calls.map(([sql]) => sql))].filter((sql) =>
    /^(select|update|delete)/i.test(sql),
  );
  expect(statements.length).toBeGreaterThan(15);
  // SQLite would plan a statement anew at each use for a place that stands there bare.
  expect(statements.filter((sql) => /(?<!\+)\?/.test(sql))).toEqual([]);
  const database = new Sqlite(path, { readonly: true });
  const scans = statements.flatMap((sql) => {
    const values = Array.from(sql.matchAll(/\?/g), () => 1);
    const plan = database.prepare(`explain query plan ${sql}`).all(values) as { detail: string }[];
    // An index of what is still to be done is short; reading it whole is the point of it.
    const whole = plan.filter(({ detail }) =>
      /^SCAN (?!json_each|.*USING (COVERING )?INDEX (messages_(queued|waiting)|timers_at))/.test(detail),
    );
    return whole.map(({ detail }) => `${detail}: ${sql}`);
  });
  database.close();
  await store.close();
  expect(scans).toEqual([]);
});
