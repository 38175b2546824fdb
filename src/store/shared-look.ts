import type Sqlite from 'better-sqlite3';

/** One view of the file for all that is read in one go, before the event loop goes on: opening it costs more than most reading does. */
export interface SharedLook {
  /** Whether the database is in a transaction only because of us. */
  readonly isOpen: boolean;
  /** What is read from now on is read in one view, until the promises that are settled have been followed up. Only where no transaction is being written. */
  open(): void;
  /** Before somebody writes, and at the end. */
  close(): void;
}

export function createSharedLook(database: Sqlite.Database): SharedLook {
  let isOpen = false;

  function close(): void {
    if (!isOpen) return;
    isOpen = false;
    // After some errors SQLite has ended it by itself.
    if (database.open && database.inTransaction) database.exec('end');
  }

  return {
    get isOpen() {
      return isOpen;
    },
    open() {
      if (isOpen) return;
      database.exec('begin');
      isOpen = true;
      process.nextTick(close);
    },
    close,
  };
}
