import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAuditCheck, type AuditFault } from '../../src/core/audit.ts';
import type { Store } from '../../src/core/store.ts';
import { openSqliteStore } from '../../src/store/open-sqlite.ts';
import { after, alice, message, noon, turn } from './samples.ts';

describe('the chain of the audit', () => {
  let folder: string;
  let path: string;
  let store: Store;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'yingsheng-audit-'));
    path = join(folder, 'yingsheng.db');
    store = await openSqliteStore({ path });
    for (let i = 0; i < 5; i++) {
      await store.audit({ at: after(i), by: '8001', action: 'revealed', subject: `T-${i} form.phone` });
    }
  });
  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });

  async function fault(noted?: { id: number; hash: string }): Promise<AuditFault | null> {
    // What others wrote into the file is seen from the next round on.
    await new Promise((resolve) => setImmediate(resolve));
    const head = await store.auditHead();
    const check = createAuditCheck(head, noted);
    for (const row of await store.auditTrail(head?.base.id ?? 0, 1000)) check.row(row);
    return check.end();
  }
  /** As somebody would who may write the file. */
  function tamper(sql: string): void {
    const database = new Sqlite(path);
    expect(database.prepare(sql).run().changes).toBeGreaterThan(0);
    database.close();
  }

  it('is whole as it was written, by many at once too', async () => {
    const second = await openSqliteStore({ path });
    await Promise.all(
      Array.from({ length: 40 }, (_, i) =>
        (i % 2 === 0 ? store : second).audit({ at: after(i), by: 'bot', action: 'looked-up', subject: `order ${i}` }),
      ),
    );
    await second.close();
    expect(await fault()).toBeNull();
    expect(await store.auditHead()).toMatchObject({ count: 45, id: 45 });
  });

  it.each<[string, string, AuditFault]>([
    ['another name', `update audit set by_agent = '8002' where id = 3`, { row: 3, what: 'changed' }],
    ['another time', `update audit set at = '2020-01-01T00:00:00.000Z' where id = 1`, { row: 1, what: 'changed' }],
    ['another reason', `update audit set why = 'asked to' where id = 2`, { row: 2, what: 'changed' }],
    ['another subject', `update audit set subject = 'T-9' where id = 4`, { row: 4, what: 'subject' }],
    ['a row taken out', `delete from audit where id = 3`, { row: 4, what: 'changed' }],
    ['the first row taken out', `delete from audit where id = 1`, { row: 2, what: 'changed' }],
    ['the end cut off', `delete from audit where id > 3`, { row: null, what: 'end' }],
    ['everything taken out', `delete from audit`, { row: null, what: 'end' }],
    ['a subject blanked', `update audit set subject = '', salt = '' where id = 2`, { row: 2, what: 'blanked' }],
    ['the note of the end taken out', `delete from settings where key = 'audit.head'`, { row: 1, what: 'changed' }],
    ['two rows exchanged', `update audit set id = 9 - id where id in (4, 5)`, { row: 4, what: 'changed' }],
  ])('shows %s', async (what, sql, expected) => {
    if (what === 'two rows exchanged') {
      tamper('update audit set id = 99 where id = 4');
      tamper('update audit set id = 4 where id = 5');
      tamper('update audit set id = 5 where id = 99');
    } else tamper(sql);
    const found = await fault();
    if (what === 'the note of the end taken out') expect(found).toEqual({ row: null, what: 'head' });
    else expect(found).toEqual(expected);
  });

  it('shows that all was written anew, to whoever noted an end before', async () => {
    const head = await store.auditHead();
    if (head === null) throw new Error('no head');
    const noted = { id: head.id, hash: head.hash };
    await store.audit({ at: noon, by: '8001', action: 'revealed', subject: 'T-7 name' });
    expect(await fault(noted)).toBeNull();
    expect(await fault({ id: 3, hash: head.hash })).toEqual({ row: 3, what: 'noted' });
    expect(await fault({ id: 99, hash: head.hash })).toEqual({ row: 99, what: 'noted' });
  });

  it('loses its oldest rows to their time, and stays whole', async () => {
    expect(await store.expire('audit', after(3), 0, 2)).toEqual({ deleted: 2, from: 2 });
    expect(await store.expire('audit', after(3), 2, 2)).toEqual({ deleted: 1, from: null });
    expect(await fault()).toBeNull();
    expect(await store.auditHead()).toMatchObject({ count: 2, base: { id: 3 } });
    tamper(`delete from audit where id = 4`);
    expect(await fault()).toEqual({ row: 5, what: 'changed' });
  });

  it('holds what a turn read and told, in the same transaction', async () => {
    await store.receive(message('m-1'), noon);
    await store.commitTurn(
      turn(
        { id: alice, version: 0 },
        { lookedUp: { what: 'order waybill=12345678', why: 'order-tracking' }, disclosed: ['12345678'] },
      ),
    );
    const [read, told] = await store.auditTrail(5, 10);
    expect(read).toMatchObject({
      by: 'bot',
      action: 'looked-up',
      subject: `${alice} order waybill=12345678`,
      why: 'order-tracking',
    });
    expect(told).toMatchObject({ by: 'bot', action: 'disclosed', subject: `${alice} 12345678`, why: 'order-tracking' });
    const stale = turn({ id: alice, version: 0 }, { lookedUp: { what: 'order waybill=1', why: '' } });
    expect(await store.commitTurn(stale)).toBe('stale');
    expect(await store.auditTrail(7, 10)).toEqual([]);
    expect(await fault()).toBeNull();
  });

  it('takes in what was written before there was a chain', async () => {
    await store.close();
    tamper(`update audit set hash = '', seal = '', salt = ''`);
    const database = new Sqlite(path);
    // As the version before 008 left it.
    for (const column of ['why', 'salt', 'seal', 'hash']) database.exec(`alter table audit drop column ${column}`);
    database.exec(`drop table vectors; alter table messages drop column answers; drop index conversations_customer; alter table attachments drop column at;
      delete from settings where key = 'audit.head'; delete from schema_versions where version > 5`);
    database.close();
    store = await openSqliteStore({ path });
    expect(await fault()).toBeNull();
    expect(await store.auditHead()).toMatchObject({ count: 5, id: 5 });
    expect((await store.auditTrail(0, 1))[0]).toMatchObject({ subject: 'T-0 form.phone', by: '8001' });
  });
});
