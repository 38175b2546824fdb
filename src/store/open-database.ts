import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { codeOf, unfit, unfitFile } from './unfit.ts';

/** In the data folder. */
export const DATABASE_FILE = 'yingsheng.db';

/** How long opening waits for another process, in ms; afterwards the dialect does the waiting. */
const BUSY_WHILE_OPENING = 5000;
const BUSY_STEP = 20;

/**
 * Opens (or makes) a database file for writing, or one in memory for `:memory:`.
 * Throws RefusedError where it cannot be used, or is not ours; a file that is not ours is left as it was.
 */
export async function openDatabase(path: string): Promise<Sqlite.Database> {
  let database: Sqlite.Database | undefined;
  try {
    if (path !== ':memory:') makeFile(path);
    database = new Sqlite(path, { timeout: BUSY_WHILE_OPENING });
    mustBeOurs(database, path);
    await switchToLog(database);
    database.pragma('synchronous = full');
    database.pragma('foreign_keys = on');
    // What is deleted is written over, not only let go.
    database.pragma('secure_delete = on');
    // What a part of a transaction may undo is kept in memory: else copies of pages, with customers' words, go to the disk twice.
    database.pragma('temp_store = memory');
    settleLog(database);
    database.pragma('busy_timeout = 0');
    return database;
  } catch (error) {
    database?.close();
    throw unfitFile(path, error);
  }
}

/** Opens what is there for reading alone. Throws RefusedError where there is nothing, or nothing of ours. */
export function openForReading(path: string): Sqlite.Database {
  let database: Sqlite.Database | undefined;
  try {
    database = new Sqlite(path, { readonly: true, fileMustExist: true, timeout: BUSY_WHILE_OPENING });
    mustBeOurs(database, path);
    return database;
  } catch (error) {
    database?.close();
    throw unfitFile(path, error);
  }
}

/** Readable by its owner alone: it holds what customers wrote. */
function makeFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  closeSync(openSync(path, 'a', 0o600));
}

/** Two processes that make the same new database at once are in each other's way here, and SQLite does not wait for them. */
async function switchToLog(database: Sqlite.Database): Promise<void> {
  for (let waited = 0; ; waited += BUSY_STEP) {
    try {
      database.pragma('journal_mode = wal');
      return;
    } catch (error) {
      if (!codeOf(error).startsWith('SQLITE_BUSY') || waited >= BUSY_WHILE_OPENING) throw error;
      await setTimeout(BUSY_STEP);
    }
  }
}

/**
 * What a process that died left in the write-ahead log may be in the page cache alone: after a sync that failed Linux
 * takes a page for clean. So nothing is built on it before it has been written anew, to the database, and synced.
 */
function settleLog(database: Sqlite.Database): void {
  database.pragma('wal_checkpoint(truncate)');
}

const OURS = ['schema_versions', 'conversations', 'messages', 'counters'];

/** Empty, or made by us (perhaps only begun). */
function mustBeOurs(database: Sqlite.Database, path: string): void {
  const tables = database
    .prepare<[], string>(`select name from sqlite_master where type = 'table' and name not like 'sqlite~_%' escape '~'`)
    .pluck()
    .all();
  const others = tables.filter((name) => name !== 'schema_versions');
  if (others.length === 0 || OURS.every((name) => tables.includes(name))) return;
  throw unfit(
    'not-ours',
    `${path} 是别的程序的数据库：请换一个 DATA_DIR，或把它移开`,
    'that database belongs to another program: choose another DATA_DIR, or move it away',
  );
}
