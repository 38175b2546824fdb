import type { Activity, ActionTypes } from 'botbuilder';
import { z } from 'zod';
import type { Attachment, LoggedMessage, OutgoingDraft } from '../../core/message.ts';
import { clean, fitting, oneLine } from '../words.ts';

/** What we keep of a client's `channelData`, to hand it back with the echo: clients match and draw their own message by it. */
const keptSchema = z
  .object({
    clientActivityID: z.string().min(1).max(256).transform(clean).optional().catch(undefined),
    clientTimestamp: z.string().max(64).transform(clean).optional().catch(undefined),
    attachmentSizes: z.array(z.number()).max(50).optional().catch(undefined),
    postBack: z.boolean().optional().catch(undefined),
    messageBack: z
      .object({ displayText: z.string().max(500).transform(clean).optional() })
      .optional()
      .catch(undefined),
  })
  .optional()
  .catch(undefined);
export type KeptData = NonNullable<z.infer<typeof keptSchema>>;

/** An activity as a client posts it. Unknown keys are dropped; who wrote it is never taken from here. */
export const postedSchema = z.object({
  type: z.string().min(1).max(64),
  text: z.string().nullish(),
  value: z.unknown().optional(),
  locale: z.string().max(35).nullish().catch(undefined),
  from: z
    .object({ name: z.string().optional().catch(undefined) })
    .nullish()
    .catch(undefined),
  channelData: keptSchema,
  attachments: z
    .array(z.object({ contentUrl: z.string(), name: z.string().nullish() }))
    .nullish()
    .catch(undefined),
});
export type PostedActivity = z.infer<typeof postedSchema>;

/** The words of a posted message. A tapped button may carry them in `value` instead. */
export function wordsOf(posted: PostedActivity, limit: number): string {
  const { text, value } = posted;
  if (text?.trim()) return fitting(clean(text), limit);
  if (value === undefined || value === null) return '';
  return fitting(clean(typeof value === 'string' ? value : JSON.stringify(value)), limit);
}

export const activityId = (key: string, seq: number): string => `${key}|${String(seq).padStart(7, '0')}`;

export const BOT_ID = 'yingsheng';
const BOT_NAME = '在线客服';

/** What we say, as an activity without a place: the same for Direct Line and for Bot Framework channels. */
export function spoken(draft: OutgoingDraft, link: (attachment: Attachment) => string): Partial<Activity> {
  const { from, text, suggestions, attachments } = draft;
  const agent = from.role === 'agent';
  return {
    type: 'message',
    from: {
      id: BOT_ID,
      name: agent ? ['客服', from.name, from.id].filter(Boolean).join(' ') : (from.name ?? BOT_NAME),
      role: 'bot',
    },
    text,
    // An agent types plain words: a star or a number sign in them is no formatting.
    textFormat: agent ? 'plain' : 'markdown',
    locale: /\p{Script=Han}/u.test(text) ? 'zh-CN' : 'en-US',
    inputHint: suggestions.length > 0 ? 'expectingInput' : 'acceptingInput',
    ...(agent ? { channelData: { agent: { number: from.id, name: from.name } } } : {}),
    ...(suggestions.length > 0 ? { suggestedActions: { to: [], actions: suggestions.map(tap) } } : {}),
    ...(attachments.length > 0 ? { attachments: attachments.map((one) => linked(one, link)) } : {}),
  };
}

const tap = (title: string) => ({ type: 'imBack' as ActionTypes, title, value: title });
const linked = (one: Attachment, link: (attachment: Attachment) => string) => ({
  contentType: one.contentType,
  contentUrl: link(one),
  name: one.name,
});

export interface View {
  /** Key of the conversation. */
  readonly key: string;
  readonly user: string;
  readonly link: (attachment: Attachment) => string;
}

/** One line of the log as a Direct Line activity. */
export function toActivity(message: LoggedMessage, view: View): Partial<Activity> {
  const placed = {
    id: activityId(view.key, message.seq),
    timestamp: new Date(message.at),
    channelId: 'directline',
    conversation: { id: view.key },
  };
  if (message.from.role !== 'customer') {
    const replies = message.answers === undefined ? {} : { replyToId: activityId(view.key, message.answers) };
    return { ...spoken(message, view.link), ...placed, ...replies } as Partial<Activity>;
  }
  return {
    ...placed,
    type: 'message',
    from: { id: message.from.id ?? view.user, name: message.from.name ?? '', role: 'user' },
    text: message.text,
    textFormat: 'plain',
    channelData: keptSchema.parse(message.channelData) ?? {},
    ...(message.attachments.length > 0
      ? { attachments: message.attachments.map((one) => linked(one, view.link)) }
      : {}),
  } as Partial<Activity>;
}

/** Sent over a stream while a turn is being worked on; never kept. */
export function typing(key: string, nonce: string, at: Date): Partial<Activity> {
  return {
    type: 'typing',
    id: `${key}|typing-${nonce}`,
    timestamp: at,
    channelId: 'directline',
    conversation: { id: key } as Activity['conversation'],
    from: { id: BOT_ID, name: BOT_NAME, role: 'bot' },
  };
}

export const shownName = (name: string | null | undefined): string | undefined =>
  name ? oneLine(name, 50) || undefined : undefined;
