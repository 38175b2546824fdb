import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { OutgoingMessage } from '../../core/message.ts';
import type { Store } from '../../core/store.ts';
import type { Call } from './call.ts';
import { readPages } from './pages.ts';
import { placeOf } from './place.ts';

export const EVENT_TYPE = 'yingsheng_message';
/** How far Slack's clock may be behind ours, in ms. */
const SKEW = 5 * 60_000;

/** What of one message is there: `ts` by part, and the names of files. */
export interface Sent {
  readonly parts: ReadonlyMap<number, string>;
  readonly files: ReadonlySet<string>;
}

export interface LookUp {
  (message: Pick<OutgoingMessage, 'seq' | 'conversation'>, at: string, thread: string): Promise<Sent>;
  /** Our database's name in the metadata: another one counts its messages from one, too. */
  readonly by: string;
}

const messageSchema = z.object({
  ts: z.string(),
  user: z.string().nullish(),
  bot_id: z.string().nullish(),
  metadata: z
    .object({
      event_type: z.literal(EVENT_TYPE),
      event_payload: z.object({ seq: z.number(), part: z.number(), by: z.string() }),
    })
    .optional()
    .catch(undefined),
  files: z
    .array(z.object({ name: z.string().nullish() }))
    .optional()
    .catch(undefined),
});

/** Finds what of a message Slack has already: by its metadata, which only we set; a file by its name, which begins with the message's seq. */
export async function createLookUp({
  store,
  call,
  self,
}: {
  readonly store: Store;
  readonly call: Call;
  readonly self: () => string | null;
}): Promise<LookUp> {
  const by = await store.settingOnce('slack.sender', randomUUID());

  async function lookUp(
    message: Pick<OutgoingMessage, 'seq' | 'conversation'>,
    at: string,
    thread: string,
  ): Promise<Sent> {
    const { channel } = placeOf(message.conversation);
    const oldest = ((Date.parse(at) - SKEW) / 1000).toFixed(6);
    const where = { channel, oldest, include_all_metadata: true };
    const pages = thread
      ? readPages(call, 'conversations.replies', { ...where, ts: thread }, 'messages')
      : readPages(call, 'conversations.history', where, 'messages');
    const parts = new Map<number, string>();
    const files = new Set<string>();
    for await (const one of pages) {
      const found = messageSchema.safeParse(one).data;
      if (!found || (!found.bot_id && found.user !== self())) continue;
      const payload = found.metadata?.event_payload;
      if (payload?.seq === message.seq && payload.by === by) parts.set(payload.part, found.ts);
      for (const { name } of found.files ?? []) files.add(name ?? '');
    }
    return { parts, files };
  }

  return Object.assign(lookUp, { by });
}
