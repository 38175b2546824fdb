import type { ConversationId, LoggedMessage } from '../core/message.ts';
import { LOGGED, logged } from './message-row.ts';
import type { Database } from './schema.ts';
import { template } from './template.ts';

export async function log(
  db: Database,
  id: ConversationId,
  afterSeq: number,
  limit: number,
): Promise<readonly LoggedMessage[]> {
  return (await behind(db, { id, afterSeq, limit })).rows.map(logged);
}

const behind = template((db, { id, afterSeq, limit }: { id: string; afterSeq: number; limit: number }) =>
  db
    .selectFrom('messages')
    .select(LOGGED)
    .where('conversation', '=', id)
    .where('seq', '>', afterSeq)
    .orderBy('seq')
    .limit(limit),
);

export async function latest(db: Database, id: ConversationId, seq: number): Promise<number> {
  const row = await db
    .selectFrom('messages')
    .select('seq')
    .where('conversation', '=', id)
    .where('seq', '<=', seq)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.seq ?? 0;
}

export async function lastSeq(db: Database): Promise<number> {
  const row = await db.selectFrom('messages').select('seq').orderBy('seq', 'desc').limit(1).executeTakeFirst();
  return row?.seq ?? 0;
}

/** The last `limit` lines of a conversation, oldest first. */
export async function transcript(db: Database, id: ConversationId, limit: number): Promise<readonly LoggedMessage[]> {
  const rows = await db
    .selectFrom('messages')
    .select(LOGGED)
    .where('conversation', '=', id)
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute();
  return rows.reverse().map(logged);
}
