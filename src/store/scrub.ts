import { setTimeout } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';

const TRIES = 20;
const PAUSE = 50;

/**
 * Empties the write-ahead log, in which deleted words still stand, over a connection of its own. `rebuild`: also writes the
 * whole file anew, so that no page keeps a copy of what was moved before it was deleted; others cannot write meanwhile.
 * False where others were busy with it all the time.
 */
export async function scrubFile(path: string, rebuild = false): Promise<boolean> {
  if (path === ':memory:') return true;
  const database = new Sqlite(path, { fileMustExist: true, timeout: rebuild ? 5000 : 0 });
  try {
    database.pragma('secure_delete = on');
    if (rebuild) database.exec('vacuum');
    for (let i = 0; i < TRIES; i++) {
      const [result] = database.pragma('wal_checkpoint(truncate)') as { busy: number }[];
      if (result?.busy === 0) return true;
      await setTimeout(PAUSE);
    }
    return false;
  } finally {
    database.close();
  }
}
