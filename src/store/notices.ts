import { sql, type Selectable } from 'kysely';
import { GATHERING_MS, type Notice, type NoticeDraft, type NoticedMessage, type NoticePost } from '../core/notice.ts';
import type { ConversationId } from '../core/message.ts';
import { instant } from './instant.ts';
import type { Database, NoticeTable } from './schema.ts';

/** More messages than this are counted elsewhere: nobody reads them one by one. */
const MOST_MESSAGES = 200;
const MOST_NOTICES = 200;

/** As part of a transaction. Messages join the notice of their kind that is still gathering; one that is told of already changes nothing. */
export async function note(tx: Database, { channel, kind, detail = '', about = [] }: NoticeDraft, at: string) {
  const now = instant(at);
  const since = new Date(Date.parse(now) - GATHERING_MS).toISOString();
  const gathering =
    about.length === 0
      ? undefined
      : await tx
          .selectFrom('notices')
          .select('id')
          .where('channel', '=', channel)
          .where('kind', '=', kind)
          .where('at', '>', since)
          .where('last_at', '>', since)
          .orderBy('id', 'desc')
          .executeTakeFirst();
  const { id } =
    gathering ??
    (await tx
      .insertInto('notices')
      .values({ channel, kind, at: now, last_at: now, detail, post_json: null })
      .returning('id')
      .executeTakeFirstOrThrow());
  for (const { conversation, seq } of about) {
    const put = await tx
      .insertInto('notice_messages')
      .values({ notice: id, conversation, seq })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (put.numInsertedOrUpdatedRows === 1n)
      await tx.updateTable('notices').set({ last_at: now }).where('id', '=', id).execute();
  }
}

export async function notices(db: Database, since: string): Promise<readonly Notice[]> {
  const rows = await db
    .selectFrom('notices')
    .selectAll()
    .where('last_at', '>=', instant(since))
    .orderBy('id', 'desc')
    .limit(MOST_NOTICES)
    .execute();
  return Promise.all(rows.map(async (row) => noticeOf(row, await messagesOf(db, row.id))));
}

export async function saveNoticePost(db: Database, id: number, post: NoticePost): Promise<void> {
  await db
    .updateTable('notices')
    .set({ post_json: JSON.stringify(post) })
    .where('id', '=', id)
    .execute();
}

async function messagesOf(db: Database, notice: number): Promise<readonly NoticedMessage[]> {
  const rows = await db
    .selectFrom('notice_messages')
    .select([sql<ConversationId>`conversation`.as('conversation'), 'seq'])
    .where('notice', '=', notice)
    .orderBy('seq')
    .limit(MOST_MESSAGES)
    .execute();
  return rows;
}

function noticeOf(row: Selectable<NoticeTable>, about: readonly NoticedMessage[]): Notice {
  const { post_json, ...rest } = row;
  return { ...rest, about, post: post_json === null ? null : (JSON.parse(post_json) as NoticePost) };
}
