import { spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { Kysely, SqliteDialect, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { firstTables } from '../../src/store/migrations/001-first-tables.ts';
import { openSqliteStore } from '../../src/store/open-sqlite.ts';

const folder = mkdtempSync(join(tmpdir(), 'yingsheng-migrate-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;
const newPath = () => join(folder, `${files++}.db`);

/** What a database is: its version and every table, index and column. */
function shapeOf(path: string): { version: number; shape: string } {
  const database = new Sqlite(path);
  try {
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
    const made = database
      .prepare<[], string>('select sql from sqlite_master where sql is not null order by name')
      .pluck();
    const tables = database.prepare<[], string>(`select name from sqlite_master where type = 'table'`).pluck().all();
    const version = tables.includes('schema_versions')
      ? database.prepare<[], number | null>('select max(version) from schema_versions').pluck().get()
      : 0;
    return { version: version ?? 0, shape: made.all().join(';\n') };
  } finally {
    database.close();
  }
}

function migrateInChild(path: string, killedAt = 0): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const script = join(import.meta.dirname, 'migrating-child.ts');
    const child = spawn(process.execPath, [script, path, String(killedAt)], { stdio: ['ignore', 'ignore', 'inherit'] });
    child.on('error', reject);
    child.on('close', resolve);
  });
}

describe('migrations', () => {
  /** A database as the first release left it, with one conversation in it. */
  const first = newPath();
  /** By version: what a database that was never disturbed looks like. */
  const whole = new Map<number, string>();

  beforeAll(async () => {
    const database = new Sqlite(first);
    const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database }) });
    await firstTables(db);
    await sql`create table if not exists schema_versions (version integer primary key)`.execute(db);
    await sql`insert into schema_versions (version) values (1)`.execute(db);
    await sql`insert into conversations (id, channel, customer_id, is_group, opened_at) values ('webchat:a', 'webchat', 'a', 0, '')`.execute(
      db,
    );
    await db.destroy();
    whole.set(1, shapeOf(first).shape);
    const undisturbed = newPath();
    copyFileSync(first, undisturbed);
    await (await openSqliteStore({ path: undisturbed })).close();
    const { version, shape } = shapeOf(undisturbed);
    whole.set(version, shape);
  });

  it('leave the old or the new, never half, wherever they are killed', { timeout: 120_000 }, async () => {
    for (let at = 1; ; at += 3) {
      const path = newPath();
      copyFileSync(first, path);
      const code = await migrateInChild(path, at);
      // A version is whole: whoever sees it first says what it is, every later one must be the same.
      const { version, shape } = shapeOf(path);
      if (!whole.has(version)) whole.set(version, shape);
      expect(shape, `killed at statement ${at}`).toBe(whole.get(version));
      await (await openSqliteStore({ path })).close();
      const after = new Sqlite(path);
      expect(after.prepare('select id from conversations').pluck().all()).toEqual(['webchat:a']);
      after.close();
      expect(shapeOf(path).shape).toBe(whole.get(Math.max(...whole.keys())));
      if (code === 0) {
        expect(version).toBe(Math.max(...whole.keys()));
        // Some were killed between two steps.
        expect(whole.size).toBeGreaterThan(2);
        return;
      }
    }
  });

  it('happen once where several processes start at once', async () => {
    const path = newPath();
    const codes = await Promise.all(Array.from({ length: 4 }, () => migrateInChild(path)));
    expect(codes).toEqual([0, 0, 0, 0]);
    const database = new Sqlite(path);
    const versions = database.prepare<[], number>('select version from schema_versions order by version').pluck().all();
    expect(versions).toEqual(versions.map((_, index) => index + 1));
    expect(database.prepare('select count(*) from counters').pluck().get()).toBe(1);
    database.close();
  });
});
