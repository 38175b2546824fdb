import { mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, expect, it } from 'vitest';
import { openDatabase } from '../../src/store/open-database.ts';

const folder = mkdtempSync(join(tmpdir(), 'yingsheng-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Files that this process holds open though their names are gone, as SQLite's temporary ones are. */
function nameless(): string[] {
  return readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      const target = readlinkSync(`/proc/self/fd/${fd}`);
      return target.endsWith('(deleted)') ? [target] : [];
    } catch {
      // It was open for the listing alone.
      return [];
    }
  });
}

/** Gives the temporary files that a large change, which may be undone, is made with. */
function madeBy(database: Sqlite.Database): string[] {
  const before = nameless();
  database.exec('create table words (text)');
  const insert = database.prepare('insert into words values (?)');
  database.transaction(() => Array.from({ length: 2000 }, () => insert.run('what a customer wrote '.repeat(10))))();
  database.exec(`begin immediate; savepoint part; update words set text = text || '!'`);
  const made = nameless().filter((file) => !before.includes(file));
  database.exec('commit');
  database.close();
  return made;
}

const reason = 'open files can be listed on Linux alone';

it.skipIf(process.platform !== 'linux')(
  `writes nothing outside the data folder (else skipped: ${reason})`,
  async () => {
    const plain = new Sqlite(join(folder, 'plain.db'));
    plain.pragma('journal_mode = wal');
    expect(madeBy(plain)).toHaveLength(1);
    expect(madeBy(await openDatabase(join(folder, 'ours.db')))).toEqual([]);
  },
);
