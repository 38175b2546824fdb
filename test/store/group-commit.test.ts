import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Sqlite from 'better-sqlite3';
import { Kysely } from 'kysely';
import { afterAll, expect, it, vi } from 'vitest';
import { silentLog } from '../../src/core/log.ts';
import { createKeeping } from '../../src/store/keeping.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openDatabase, openForReading } from '../../src/store/open-database.ts';
import type { Schema } from '../../src/store/schema.ts';
import { keepSetting, setting } from '../../src/store/settings.ts';
import { sqliteDialect } from '../../src/store/sqlite-dialect.ts';

const folder = mkdtempSync(join(tmpdir(), 'yingsheng-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('commits what comes within one round together', async () => {
  const path = join(folder, 'together.db');
  const writer = await openDatabase(path);
  const db = new Kysely<Schema>({
    dialect: sqliteDialect(writer, openForReading(path), createKeeping(silentLog)),
  });
  await migrate(db);
  const exec = vi.spyOn(writer, 'exec');
  const keys = Array.from({ length: 50 }, (_, nth) => `key ${nth}`);
  await Promise.all(
    keys.map((key, nth) =>
      nth % 2 === 0
        ? keepSetting(db, key, 'kept')
        : db.transaction().execute(async (tx) => {
            await keepSetting(tx, key, 'kept');
            if (nth === 7) throw new Error('only this one');
          }),
    ),
  ).catch((error: unknown) => expect(String(error)).toContain('only this one'));
  await db.selectFrom('settings').select('key').execute();
  expect(exec.mock.calls.filter(([statement]) => statement === 'commit')).toHaveLength(1);
  const kept = await db.selectFrom('settings').select('key').where('key', 'like', 'key %').execute();
  expect(kept.map(({ key }) => key).sort()).toEqual(keys.filter((key) => key !== 'key 7').sort());
  await db.destroy();
});

it('keeps in smaller parts what a disk refuses together', async () => {
  const path = join(folder, 'parts.db');
  const writer = await openDatabase(path);
  const reader = openForReading(path);
  const db = new Kysely<Schema>({ dialect: sqliteDialect(writer, reader, createKeeping(silentLog)) });
  await migrate(db);
  const count = (of: Sqlite.Database): number =>
    of.prepare<[], number>('select count(*) from settings').pluck().get() ?? 0;
  const exec = writer.exec.bind(writer);
  const groups: number[] = [];
  // A far side that fails: so many new rows never find room.
  vi.spyOn(writer, 'exec').mockImplementation((statement) => {
    const rows = count(writer) - count(reader);
    if (statement !== 'commit') return exec(statement);
    if (rows > 4) throw Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR_WRITE' });
    groups.push(rows);
    return exec(statement);
  });
  let waiting = Array.from({ length: 40 }, (_, nth) => `key ${nth}`);
  for (let round = 0; round < 20 && waiting.length > 0; round++) {
    const tries = await Promise.allSettled(waiting.map((key) => keepSetting(db, key, 'kept')));
    waiting = waiting.filter((_, nth) => tries[nth]?.status === 'rejected');
  }
  expect(waiting).toEqual([]);
  expect(groups.reduce((sum, rows) => sum + rows, 0)).toBe(40);
  expect(Math.max(...groups)).toBeGreaterThan(1);
  await db.destroy();
});

it('reads in one view what is read in one go, until somebody writes', async () => {
  const path = join(folder, 'look.db');
  const writer = await openDatabase(path);
  const db = new Kysely<Schema>({
    dialect: sqliteDialect(writer, openForReading(path), createKeeping(silentLog)),
  });
  await migrate(db);
  const exec = vi.spyOn(writer, 'exec');
  const begun = () => exec.mock.calls.filter(([statement]) => statement === 'begin').length;
  const value = () => setting(db, 'a');
  expect(await Promise.all(Array.from({ length: 20 }, value))).toEqual(Array(20).fill(null));
  expect([await value(), await value()]).toEqual([null, null]);
  expect(begun()).toBe(1);
  await keepSetting(db, 'a', 'kept');
  expect(await value()).toBe('kept');
  expect(begun()).toBe(2);
  // What another program writes is seen by the next who read.
  const other = await openDatabase(path);
  other.exec(`update settings set value = 'theirs' where key = 'a'`);
  other.close();
  await new Promise((resolve) => setImmediate(resolve));
  expect(await value()).toBe('theirs');
  await Promise.all([value(), keepSetting(db, 'a', 'ours'), value()]);
  expect(await value()).toBe('ours');
  await db.destroy();
});
