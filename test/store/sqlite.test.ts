import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';
import { RefusedError } from '../../src/core/errors.ts';
import type { Store } from '../../src/core/store.ts';
import { openSqliteStore } from '../../src/store/open-sqlite.ts';
import { describeStore } from '../contracts/store.ts';
import { memoryStore } from './memory-store.ts';
import { after, alice, bob, message, noon, says, ticket, turn } from './samples.ts';

const folder = mkdtempSync(join(tmpdir(), 'yingsheng-store-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
const newPath = () => join(folder, `${files++}`, 'yingsheng.db');
const open = (path: string): Promise<Store> => openSqliteStore({ path, pulled: [] });

describeStore('SQLite in memory', memoryStore);
describeStore('SQLite in a file', () => open(newPath()));

describe('a SQLite file', () => {
  it('has everything again after a restart', async () => {
    const path = newPath();
    const before = await open(path);
    const { seq } = await before.receive(message('m-1'), noon);
    await before.commitTurn(
      turn(
        { id: alice, version: 0 },
        {
          state: 'kept',
          outcomes: new Map([[seq, { kind: 'answered' }]]),
          outgoing: [says('hello')],
          tickets: [ticket(await before.nextTicketId())],
          timers: [{ key: 'k', at: after(1), kind: 'x', payload: '' }],
        },
      ),
    );
    await before.close();

    const again = await open(path);
    expect(await again.receive(message('m-1'), noon)).toEqual({ kind: 'duplicate', seq });
    expect(await again.conversation(alice)).toMatchObject({ state: 'kept', version: 1, tickets: [{ id: 'T-1001' }] });
    expect(await again.nextTicketId()).toBe('T-1002');
    expect(await again.nextDue()).toBe(noon);
    expect(await again.dueTimers(after(1), 1)).toHaveLength(1);
    await again.close();
  });

  it('has what is said on the page delivered with its turn, as the page pulls', async () => {
    const store = await openSqliteStore({ path: newPath() });
    const slack = { channel: 'slack', conversation: 'slack:x' } as const;
    await store.receive(message('m-1'), noon);
    await store.receive(message('m-2', slack), noon);
    const heard: unknown[] = [];
    store.subscribe((change) => void heard.push(change));
    await store.commitTurn(turn({ id: alice, version: 0 }, { outgoing: [says('hello')] }));
    await store.commitTicket({ ticket: ticket('T-1', { version: 1 }), events: [], outgoing: [says('there')] });
    await store.commitTurn(turn({ id: slack.conversation, version: 0 }, { outgoing: [says('hi')] }));
    expect(await store.unsent(noon, 9)).toMatchObject([{ text: 'hi' }]);
    const [, ...said] = await store.log(alice, 0, 9);
    expect(said).toMatchObject([
      { text: 'hello', delivery: { state: 'sent', at: noon } },
      { text: 'there', delivery: { state: 'sent', at: noon } },
    ]);
    expect(heard).toEqual([
      { kind: 'delivered', conversation: alice },
      { kind: 'delivered', conversation: alice },
      { kind: 'ticket', ticket: 'T-1', conversation: alice },
      { kind: 'outgoing', conversation: slack.conversation },
    ]);
    await store.close();
  });

  it('is served over two connections at once', async () => {
    const path = newPath();
    const [one, two] = [await open(path), await open(path)];
    const receive = (store: Store, n: number) => store.receive(message(`m-${n % 25}`, { text: `${n}` }), noon);
    const receipts = await Promise.all(Array.from({ length: 50 }, (_, n) => receive(n < 25 ? one : two, n)));
    expect(receipts.filter((receipt) => receipt.kind === 'new')).toHaveLength(25);
    await Promise.all([one.close(), two.close()]);
  });

  it('is read by its owner alone', async () => {
    const path = newPath();
    const store = await open(path);
    await store.receive(message('m-1'), noon);
    expect([path, `${path}-wal`].map((file) => statSync(file).mode & 0o077)).toEqual([0, 0]);
    await store.close();
  });

  it('is refused in one sentence when a newer program wrote it', async () => {
    const path = newPath();
    await (await open(path)).close();
    edit(path, 'insert into schema_versions (version) values (99)');
    await expect(open(path)).rejects.toThrow(RefusedError);
    await expect(open(path)).rejects.toThrow(/newer Yingsheng \(schema 99/);
  });

  it('is refused in one sentence when it is something else', async () => {
    const path = join(folder, 'not-a-database');
    writeFileSync(path, 'a letter, not a database '.repeat(99));
    await expect(open(path)).rejects.toThrow(RefusedError);
    await expect(open(folder)).rejects.toThrow(RefusedError);
  });

  it('gives the other rows when one holds unreadable JSON', async () => {
    const path = newPath();
    const store = await open(path);
    await store.receive(message('m-1', { channelData: { a: 1 } }), noon);
    await store.receive(message('m-2', { channelData: { a: 2 } }), noon);
    await store.receive(message('m-3', { conversation: bob }), noon);
    await store.commitTurn(turn({ id: alice, version: 0 }, { tickets: [ticket('T-1')], outgoing: [says('hello')] }));
    edit(
      path,
      `update messages set channel_data_json = '{', attachments_json = '{}' where platform_id = 'm-1';
       update messages set suggestions_json = 'no' where direction = 'out';
       update tickets set form_json = '['`,
    );
    const read = await store.conversation(alice);
    expect(read?.waiting.map((one) => one.channelData)).toEqual([undefined, { a: 2 }]);
    expect(read?.waiting[0]?.attachments).toEqual([]);
    expect(read?.tickets).toMatchObject([{ id: 'T-1', form: {} }]);
    expect(await store.unsent(noon, 9)).toMatchObject([{ text: 'hello', suggestions: [], channelData: { a: 2 } }]);
    await store.close();
  });
});

/** What another hand did to the file. */
function edit(path: string, sql: string): void {
  const database = new Sqlite(path);
  database.exec(sql);
  database.close();
}
