import type { ConversationId, LoggedMessage } from '../core/message.ts';
import { logged } from './message-row.ts';
import type { Database } from './schema.ts';

export async function log(
  db: Database,
  id: ConversationId,
  afterSeq: number,
  limit: number,
): Promise<readonly LoggedMessage[]> {
  const rows = await db
    .selectFrom('messages')
    .selectAll()
    .where('conversation', '=', id)
    .where('seq', '>', afterSeq)
    .orderBy('seq')
    .limit(limit)
    .execute();
  return rows.map(logged);
}

/** The last `limit` lines of a conversation, oldest first. */
export async function transcript(db: Database, id: ConversationId, limit: number): Promise<readonly LoggedMessage[]> {
  const rows = await db
    .selectFrom('messages')
    .selectAll()
    .where('conversation', '=', id)
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute();
  return rows.reverse().map(logged);
}
