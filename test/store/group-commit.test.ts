import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kysely } from 'kysely';
import { afterEach, expect, it, vi } from 'vitest';
import { silentLog } from '../../src/core/log.ts';
import { createKeeping } from '../../src/store/keeping.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openDatabase, openForReading } from '../../src/store/open-database.ts';
import type { Schema } from '../../src/store/schema.ts';
import { keepSetting } from '../../src/store/settings.ts';
import { sqliteDialect } from '../../src/store/sqlite-dialect.ts';

const folder = mkdtempSync(join(tmpdir(), 'yingsheng-'));
afterEach(() => rmSync(folder, { recursive: true }));

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
