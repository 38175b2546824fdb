import { randomUUID } from 'node:crypto';
import type { Activity, TurnContext } from 'botbuilder';
import type { Receive } from '../../core/channel.ts';
import type { Clock } from '../../core/clock.ts';
import { type Attachment, conversationId } from '../../core/message.ts';
import type { Store } from '../../core/store.ts';
import { activityId, BOT_ID, type PostedActivity, shownName, wordsOf } from './activity.ts';
import { createTurnHandler, type DirectLineAdapter, inboundOf, receiptOf } from './adapter.ts';
import { type SentFile, type SniffedFile, sniff } from '../sniffed-file.ts';
import { attachmentPath } from './attachment.ts';
import { badArgument, tooLarge, unavailable, unsupportedType } from './failure.ts';
import type { WebchatLimits } from './limits.ts';
import type { Pass, Passes } from './token.ts';

export interface PostingDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly passes: Passes;
  readonly adapter: DirectLineAdapter;
  /** null until the channel is started. */
  readonly receive: () => Receive | null;
  readonly limits: () => WebchatLimits;
}

/** Takes one activity of a customer through botbuilder's turn into the store. Gives the activity's id: the same for a repeated post. */
export type Post = (pass: Pass, posted: PostedActivity, files: readonly SentFile[]) => Promise<string>;

export function createPost({ store, clock, passes, adapter, receive, limits }: PostingDeps): Post {
  async function keep(pass: Pass, message: string, files: readonly SniffedFile[]): Promise<Attachment[]> {
    const conversation = conversationId('webchat', pass.conversation);
    if (files.length > 0)
      await store.openConversation(conversation, customerOf(pass), false, clock.now().toISOString());
    const kept: Attachment[] = [];
    for (const [index, { kind, contentType, name, bytes }] of files.entries()) {
      const id = passes.attachmentId(message, index);
      const attachment = {
        id,
        kind,
        contentType,
        name,
        size: bytes.length,
        url: attachmentPath(passes, conversation, id),
      };
      await store.putAttachment(conversation, attachment, bytes);
      kept.push(attachment);
    }
    return kept;
  }

  return async (pass, posted, files) => {
    const receiving = receive();
    if (receiving === null) throw unavailable();
    const { messageLength, attachmentMb, attachmentsPerMessage } = limits();
    const sent = [...files, ...embedded(posted)];
    if (sent.length > attachmentsPerMessage) throw tooLarge(`一次最多发送 ${attachmentsPerMessage} 个文件。`);
    if (sent.some(({ bytes }) => bytes.length > attachmentMb * 1024 * 1024))
      throw tooLarge(`文件太大了，单个文件最多 ${attachmentMb} MB。`);
    const sniffed = await Promise.all(sent.map(allowed));

    // The dedupe key: a client's own id, else one of ours; the word between keeps the two kinds apart.
    const own = posted.channelData?.clientActivityID;
    const message = own === undefined ? `${pass.conversation}|new|${randomUUID()}` : `${pass.conversation}|own|${own}`;
    const attachments = posted.type === 'message' ? await keep(pass, message, sniffed) : [];
    const name = pass.name ?? shownName(posted.from?.name);
    const activity = {
      type: posted.type,
      id: message,
      channelId: 'directline',
      timestamp: clock.now(),
      conversation: { id: pass.conversation },
      from: { id: pass.user, ...(name ? { name } : {}), role: 'user' },
      recipient: { id: BOT_ID, name: '', role: 'bot' },
      text: wordsOf(posted, messageLength),
      channelData: { ...posted.channelData, ...(posted.locale ? { locale: posted.locale } : {}) },
      attachments: attachments.map((one) => ({ contentType: one.contentType, name: one.name, content: one })),
    } as Partial<Activity>;
    const handler = createTurnHandler(receiving, (context: TurnContext) => inboundOf(context.activity));
    const context = await adapter.processActivity(activity, (turn) => handler.run(turn));
    const receipt = receiptOf(context);
    return receipt ? activityId(pass.conversation, receipt.seq) : `${pass.conversation}|${randomUUID()}`;
  };
}

/** Throws 415 for what is not on the list. */
async function allowed(file: SentFile): Promise<SniffedFile> {
  const found = await sniff(file);
  if (found === null) throw unsupportedType('暂不支持这种文件，请发送图片、语音、视频、PDF 或 Office 文档。');
  return found;
}

export function customerOf(pass: Pass): { id: string; name?: string } {
  return { id: pass.user, ...(pass.name ? { name: pass.name } : {}) };
}

/** Small files written into the activity itself. An address elsewhere is never fetched: it could be anywhere in our own network. */
function embedded(posted: PostedActivity): SentFile[] {
  return (posted.attachments ?? []).map(({ contentUrl, name }) => {
    const base64 = /^data:[^,]{0,200};base64,/i.exec(contentUrl)?.[0];
    if (base64 === undefined) throw badArgument('attachments: upload the file, or write it as a base64 data: URL');
    return { name: name ?? '', bytes: Buffer.from(contentUrl.slice(base64.length), 'base64') };
  });
}
