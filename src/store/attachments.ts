import { sql } from 'kysely';
import type { Attachment, ConversationId } from '../core/message.ts';
import type { Database } from './schema.ts';

/** It only tells when a file has been kept long enough. */
const NOW = sql<string>`strftime('%Y-%m-%dT%H:%M:%fZ', 'now')`;

/** The bytes live in a table: one place to keep durable, to back up and to delete from. The same id again changes nothing. */
export async function putAttachment(
  db: Database,
  conversation: ConversationId,
  attachment: Attachment,
  bytes: Uint8Array,
): Promise<void> {
  const { id, kind, contentType, name, size, url } = attachment;
  await db
    .insertInto('attachments')
    .values({ id, conversation, at: NOW, kind, content_type: contentType, name, size, url, bytes })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}

export async function attachment(
  db: Database,
  id: string,
): Promise<{ attachment: Attachment; conversation: ConversationId; bytes: Uint8Array } | null> {
  const row = await db.selectFrom('attachments').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) return null;
  const { kind, name, size, url } = row;
  return {
    attachment: { id, kind, contentType: row.content_type, name, size, url },
    conversation: row.conversation as ConversationId,
    bytes: row.bytes,
  };
}
