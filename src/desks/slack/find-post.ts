import { z } from 'zod';
import type { DeskPost } from '../../core/desk-store.ts';
import type { SlackConnection } from './connection.ts';

/** What our messages carry, unseen, so that they can be told from all others: `{ticket, part, by}`, where `by` is our database: another one counts its tickets from the same number. */
export const POST_EVENT = 'yingsheng_ticket';

const page = z.object({
  messages: z
    .array(
      z.object({
        ts: z.string(),
        metadata: z
          .object({ event_type: z.string(), event_payload: z.record(z.string(), z.unknown()) })
          .optional()
          .catch(undefined),
        files: z
          .array(z.object({ id: z.string(), name: z.string().nullish(), title: z.string().nullish() }))
          .optional()
          .catch(undefined),
      }),
    )
    .catch([]),
  has_more: z.boolean().optional(),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

/** Clocks differ: we look from a little before we began. */
const SLACK_OF_CLOCKS = 300;

/** The id of a message (or, as `file:…`, of a file) that was about to be posted; null where it never arrived. */
export async function findPost(
  slack: Pick<SlackConnection, 'call'>,
  post: DeskPost,
  thread: string | null,
  by: string,
): Promise<string | null> {
  const oldest = String(Math.floor(Date.parse(post.at) / 1000) - SLACK_OF_CLOCKS);
  const within = thread === null ? {} : { ts: thread };
  const method = thread === null ? 'conversations.history' : 'conversations.replies';
  let cursor: string | undefined;
  do {
    const answer = await slack.call(
      method,
      {
        channel: post.channel,
        ...within,
        oldest,
        limit: 200,
        include_all_metadata: true,
        ...(cursor !== undefined && { cursor }),
      },
      { lane: post.channel },
    );
    const read = page.parse(answer);
    for (const { ts, metadata, files } of read.messages) {
      const named = metadata?.event_payload;
      if (
        metadata?.event_type === POST_EVENT &&
        named?.['ticket'] === post.ticket &&
        named['part'] === post.part &&
        named['by'] === by
      )
        return ts;
      const mark = `${post.ticket}-${post.part}-`;
      const file = files?.find(({ name, title }) => (name ?? title ?? '').startsWith(mark));
      if (file) return `file:${file.id}`;
    }
    cursor = read.response_metadata?.next_cursor || undefined;
  } while (cursor !== undefined);
  return null;
}
