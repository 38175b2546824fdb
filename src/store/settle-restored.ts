import Sqlite from 'better-sqlite3';
import type { Store } from '../core/store.ts';
import { openForReading } from './open-database.ts';
import { openSqliteStore, PULLED } from './open-sqlite.ts';

/** Numbers given out between the backup and its restore are not given out again, as long as there were not more than: */
const TICKETS_SKIPPED = 1000;
const MESSAGES_SKIPPED = 1_000_000;
/** Begins as an ambiguous send does: the desk is told of these messages, and they are not sent again. */
const REASON = 'ambiguous: restored from a backup, it may have been sent since';

/**
 * Makes a restored copy fit to serve again, migrating it on the way. What waited to be sent may have been sent after the
 * backup: it is held back, and the desk is told, unless `sendWaiting`. Gives how many messages were held back.
 */
export async function settleRestored(path: string, sendWaiting: boolean, at: string): Promise<number> {
  const store = await openSqliteStore({ path });
  try {
    skipNumbers(path);
    return sendWaiting ? 0 : await holdBack(store, path, at);
  } finally {
    await store.close();
  }
}

function skipNumbers(path: string): void {
  const database = new Sqlite(path);
  database.prepare(`update counters set value = value + ? where name = 'ticket'`).run(TICKETS_SKIPPED);
  // A page that has seen number 500 asks for what comes after it: what is new must be above whatever it has seen.
  database.prepare(`update sqlite_sequence set seq = seq + ? where name = 'messages'`).run(MESSAGES_SKIPPED);
  database.close();
}

async function holdBack(store: Store, path: string, at: string): Promise<number> {
  const database = openForReading(path);
  const queued = database
    .prepare<[string], number>(
      `select seq from messages where delivery = 'queued' and channel not in (select value from json_each(?))`,
    )
    .pluck()
    .all(JSON.stringify(PULLED));
  database.close();
  for (const seq of queued) await store.markUnsent(seq, REASON, { givenUpAt: at });
  const answers = await store.heldAnswers(null);
  for (const { id, state } of answers) await store.moveHeldAnswer(id, state, { state: 'refused', reason: REASON });
  return queued.length + answers.length;
}
