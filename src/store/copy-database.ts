import { closeSync, fsyncSync, openSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { contentsOf, mustBeWhole, type Contents } from './check-database.ts';
import { openForReading } from './open-database.ts';

export interface CopySteps {
  /** Pages copied, of how many. */
  copied(done: number, total: number): void;
  /** All is copied; now every page is read again. */
  checking(): void;
}

const PAGES_AT_ONCE = 2000;

/**
 * Copies the database at `from`, as it is at this moment, into the new file `to`, while others go on reading and writing.
 * Resolves when the copy is whole, checked and on disk. Throws RefusedError for what is no database of ours, or damaged.
 */
export async function copyDatabase(from: string, to: string, steps: CopySteps): Promise<Contents> {
  closeSync(openSync(to, 'wx', 0o600));
  const source = openForReading(from);
  try {
    // A reader that has begun sees nothing of what others write: without it each of their writes would begin the copy anew.
    source.exec('begin');
    source.prepare('select count(*) from sqlite_master').get();
    await source.backup(to, {
      progress({ totalPages, remainingPages }) {
        steps.copied(totalPages - remainingPages, totalPages);
        return PAGES_AT_ONCE;
      },
    });
  } finally {
    source.close();
  }
  steps.checking();
  const contents = seal(to);
  sync(to);
  return contents;
}

/** Makes it one file that needs no other beside it, and reads all of it. */
export function seal(path: string): Contents {
  const copy = new Sqlite(path);
  try {
    copy.pragma('journal_mode = delete');
    mustBeWhole(copy, path);
    return contentsOf(copy);
  } finally {
    copy.close();
  }
}

/** Puts a file, or the names in a folder, on disk. */
export function sync(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
