import { RefusedError, UnreachableError } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import type { OutgoingMessage } from '../../core/message.ts';
import type { Store } from '../../core/store.ts';
import { postsOf } from './blocks.ts';
import { type Call, UnansweredError } from './call.ts';
import type { Files } from './files.ts';
import { createLookUp, EVENT_TYPE, type Sent } from './look-up.ts';
import { placeOf } from './place.ts';

/** What somebody can put right without us: the message waits for it. */
const REPAIRABLE = new Set([
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'missing_scope',
  'not_in_channel',
  'org_login_required',
  'access_denied',
  'accesslimited',
]);

const NOTHING: Sent = { parts: new Map(), files: new Set() };

export interface Sending {
  /** Throws RefusedError or UnreachableError, as a channel's `send`. */
  send(message: OutgoingMessage): Promise<void>;
  /** Changes what was sent to the words it has now. Throws as a channel's `edit`. */
  edit(message: OutgoingMessage): Promise<void>;
}

export async function createSending(deps: {
  readonly store: Store;
  readonly log: Log;
  readonly call: Call;
  readonly files: Files;
  /** Our own user id. */
  readonly self: () => string | null;
}): Promise<Sending> {
  const { store, log, call, files } = deps;
  /** What was written before this program started may have been sent by the one before it. */
  const before = await store.lastSeq();
  const lookUp = await createLookUp(deps);
  /** Tried by this program, and nothing of it can be there. */
  const surelyUnsent = new Set<number>();

  async function sendAll(message: OutgoingMessage, thread: string, there: Sent, onSent: () => void): Promise<void> {
    const { seq, conversation, attachments } = message;
    const { channel } = placeOf(conversation);
    const to = { channel, ...(thread === '' ? {} : { thread_ts: thread }) };
    for (const [part, post] of postsOf(message).entries()) {
      if (there.parts.has(part)) continue;
      const metadata = { event_type: EVENT_TYPE, event_payload: { seq, part, by: lookUp.by } };
      await call('chat.postMessage', { ...to, ...post, metadata }, { lane: channel });
      onSent();
    }
    for (const [index, { id, name }] of attachments.entries()) {
      // Its file name tells it from another of the same title.
      const fileName = `${seq}-${index}-${name || 'file'}`;
      if (there.files.has(fileName)) continue;
      const found = await store.attachment(id);
      if (found === null) log.error({ seq, attachment: id }, 'slack: a file to be sent is not there');
      else
        await files.upload({ channel, thread: thread || undefined }, [
          { name: fileName, title: name, bytes: found.bytes },
        ]);
      onSent();
    }
  }

  /** When it was written; ISO 8601. */
  async function writtenAt({ seq, conversation }: OutgoingMessage): Promise<string> {
    const [written] = await store.log(conversation, seq - 1, 1);
    return written?.at ?? new Date(0).toISOString();
  }

  /** What of it Slack has already. */
  async function look(message: OutgoingMessage, thread: string): Promise<Sent> {
    try {
      const found = await lookUp(message, await writtenAt(message), thread);
      log.info({ seq: message.seq, found: found.parts.size }, 'slack: looked up before sending again');
      return found;
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      // Rather twice than never.
      log.warn({ seq: message.seq, code: error.code }, 'slack: what was sent cannot be looked up');
      return NOTHING;
    }
  }

  return {
    async edit(message) {
      const { channel } = placeOf(message.conversation);
      const { parts } = await lookUp(message, await writtenAt(message), threadOf(message));
      const posts = postsOf(message);
      if (parts.size === 0 || parts.size !== posts.length) {
        throw new RefusedError('cannot-edit', '客户在 Slack 里收到的消息已经改不了了，需要更正时请另发一条。');
      }
      for (const [part, post] of posts.entries()) {
        await call('chat.update', { channel, ts: parts.get(part), ...post }, { lane: channel });
      }
    },

    async send(message) {
      const { seq, attempts } = message;
      let doubtful = !surelyUnsent.delete(seq) && (attempts > 0 || seq <= before);
      const thread = threadOf(message);
      try {
        const there = doubtful ? await look(message, thread) : NOTHING;
        await sendAll(message, thread, there, () => (doubtful = true));
      } catch (error) {
        if (!doubtful && !(error instanceof UnansweredError)) surelyUnsent.add(seq);
        if (error instanceof RefusedError && REPAIRABLE.has(error.code)) throw new UnreachableError(error.message);
        throw error;
      }
    },
  };
}

/** Where it belongs: a conversation may be a thread, and in a direct message customers write in threads now and then. */
function threadOf({ conversation, answeredData, channelData }: OutgoingMessage): string {
  return placeOf(conversation).thread || threadIn(answeredData ?? channelData);
}

function threadIn(channelData: unknown): string {
  const thread: unknown =
    typeof channelData === 'object' && channelData !== null && 'thread' in channelData ? channelData.thread : null;
  return typeof thread === 'string' ? thread : '';
}
