import type { Clock } from '../../core/clock.ts';
import { messageOf, RefusedError } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import type { Attachment, AttachmentKind, ConversationId } from '../../core/message.ts';
import type { Store } from '../../core/store.ts';
import { oneLine } from '../words.ts';
import type { Heard } from './event.ts';
import type { Files } from './files.ts';
import type { SlackFile } from './platform.ts';

/** How long a message waits for its files before it is kept without their bytes, in ms: Slack wants an answer within 3 s. */
const PATIENCE = 1000;
/** When a late file is tried again, in ms. Later than that, reading history after a restart tries once more. */
const AGAIN = [5_000, 60_000, 600_000, 3_600_000];

export interface Attachments {
  /** Keeps the files of a message. `unreadable`: some were too large, too many, or of a kind we do not keep. */
  collect(
    heard: Heard,
    conversation: ConversationId,
  ): Promise<{ attachments: readonly Attachment[]; unreadable: boolean }>;
  stop(): void;
}

export function createAttachments(deps: {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly files: Files;
  readonly attachmentsPerMessage: () => number;
}): Attachments {
  const { store, clock, log, files } = deps;
  const later = new Set<NodeJS.Timeout>();
  let stopped = false;

  /** The attachment with its bytes in the store; null where it is none that we keep. */
  async function fetchOne(
    file: SlackFile,
    id: string,
    heard: Heard,
    conversation: ConversationId,
  ): Promise<Attachment | null> {
    const kept = await store.attachment(id);
    if (kept !== null) return kept.attachment;
    try {
      const { name, kind, contentType, bytes } = await files.download(file);
      const attachment = { id, kind, contentType, name, size: bytes.length, url: addressOf(id) };
      await store.openConversation(conversation, { id: heard.user }, !heard.direct, clock.now().toISOString());
      await store.putAttachment(conversation, attachment, bytes);
      return attachment;
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      log.warn({ conversation, code: error.code }, 'slack: a file is not kept');
      return null;
    }
  }

  function tryAgain(attempt: number, fetching: () => Promise<unknown>): void {
    const pause = AGAIN[attempt];
    if (stopped || pause === undefined) return;
    const timer = setTimeout(() => {
      later.delete(timer);
      fetching().catch((error: unknown) => {
        log.warn({ error: messageOf(error) }, 'slack: a late file did not arrive');
        tryAgain(attempt + 1, fetching);
      });
    }, pause);
    timer.unref();
    later.add(timer);
  }

  return {
    async collect(heard, conversation) {
      const wanted = heard.files.slice(0, deps.attachmentsPerMessage());
      const found = await Promise.all(
        wanted.map(async (file) => {
          const id = `slack-${heard.channel}-${heard.ts}-${file.id}`;
          const fetching = () => fetchOne(file, id, heard, conversation);
          const arriving = fetching();
          const arrived = arriving.catch((error: unknown) => {
            log.warn({ conversation, error: messageOf(error) }, 'slack: a file comes later');
            tryAgain(0, fetching);
            return declared(file, id);
          });
          return Promise.race([arrived, pause(PATIENCE).then(() => declared(file, id))]);
        }),
      );
      const attachments = found.filter((one) => one !== null);
      return { attachments, unreadable: attachments.length < heard.files.length };
    },
    stop() {
      stopped = true;
      for (const timer of later) clearTimeout(timer);
    },
  };
}

const addressOf = (id: string): string => `/api/attachments/${encodeURIComponent(id)}`;
const pause = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms).unref());

/** What Slack says of a file whose bytes are still on their way. */
function declared({ name, size, mimetype }: SlackFile, id: string): Attachment {
  const kinds: Readonly<Record<string, AttachmentKind>> = { image: 'image', audio: 'voice', video: 'video' };
  const kind = kinds[mimetype.split('/')[0] ?? ''] ?? 'file';
  const contentType = /^[\w.+-]+\/[\w.+-]+$/.test(mimetype) ? mimetype : 'application/octet-stream';
  return { id, kind, contentType, name: oneLine(name, 80) || 'file', size, url: addressOf(id) };
}
