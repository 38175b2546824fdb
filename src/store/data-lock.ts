import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { codeOf, unfit, unfitFile } from './unfit.ts';

/** An empty file whose lock says that a program serves from, or replaces, the database beside it. */
const LOCK_FILE = 'yingsheng.lock';

/**
 * Takes the data folder for this process alone; gives what lets go of it. The operating system lets go of it too when
 * the process dies, however it dies. Throws RefusedError where another process has it.
 */
export function lockData(dataDir: string): () => void {
  const path = join(dataDir, LOCK_FILE);
  let lock: Sqlite.Database | undefined;
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    closeSync(openSync(path, 'a', 0o600));
    lock = new Sqlite(path, { timeout: 0 });
    // SQLite's locks are the portable ones; nothing is ever written, not even a journal.
    lock.pragma('journal_mode = off');
    lock.exec('begin exclusive');
  } catch (error) {
    lock?.close();
    if (!codeOf(error).startsWith('SQLITE_BUSY')) throw unfitFile(path, error);
    throw unfit(
      'in-use',
      `另一个应声正在使用数据目录 ${dataDir}：请先停掉它，或用另一个 DATA_DIR`,
      'another Yingsheng uses that data folder: stop it first, or choose another DATA_DIR',
    );
  }
  const held = lock;
  return () => void held.close();
}
