import type { ConversationId } from '../core/message.ts';
import type { Timer, TimerDraft } from '../core/store.ts';
import { instant } from './instant.ts';
import type { Database } from './schema.ts';

export async function setTimer(tx: Database, conversation: ConversationId, timer: TimerDraft): Promise<void> {
  const { key, kind, payload } = timer;
  const at = instant(timer.at);
  await tx
    .insertInto('timers')
    .values({ conversation, key, at, kind, payload })
    .onConflict((conflict) => conflict.columns(['conversation', 'key']).doUpdateSet({ at, kind, payload }))
    .execute();
}

export async function cancelTimer(tx: Database, conversation: ConversationId, key: string): Promise<void> {
  await tx.deleteFrom('timers').where('conversation', '=', conversation).where('key', '=', key).execute();
}

/** Takes a due timer off. False where it was answered, cancelled or moved in the meantime. */
export async function fireTimer(tx: Database, conversation: ConversationId, key: string, at: string): Promise<boolean> {
  const fired = await tx
    .deleteFrom('timers')
    .where('conversation', '=', conversation)
    .where('key', '=', key)
    .where('at', '<=', instant(at))
    .executeTakeFirst();
  return fired.numDeletedRows === 1n;
}

export async function dueTimers(db: Database, at: string, limit: number): Promise<readonly Timer[]> {
  const rows = await db
    .selectFrom('timers')
    .selectAll()
    .where('at', '<=', instant(at))
    .orderBy('at')
    .orderBy('conversation')
    .orderBy('key')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ ...row, conversation: row.conversation as ConversationId }));
}

export async function nextTimer(db: Database): Promise<string | null> {
  const row = await db.selectFrom('timers').select('at').orderBy('at').limit(1).executeTakeFirst();
  return row?.at ?? null;
}
