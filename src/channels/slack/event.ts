import { z } from 'zod';
import type { SlackFile } from './platform.ts';

/** One thing somebody did with a message, in our words; the text is still Slack's markup. */
export interface Heard {
  readonly kind: 'new' | 'edited' | 'deleted';
  readonly team: string;
  readonly channel: string;
  /** Nobody else reads along. */
  readonly direct: boolean;
  /** `ts` of the thread's first message; null at the top level. */
  readonly thread: string | null;
  readonly ts: string;
  readonly user: string;
  readonly text: string;
  readonly files: readonly SlackFile[];
  /** When it was done; ISO 8601. */
  readonly at: string;
}

const fileSchema = z.object({
  id: z.string(),
  name: z.string().nullish(),
  title: z.string().nullish(),
  mode: z.string().nullish(),
  mimetype: z.string().nullish(),
  size: z.number().nullish(),
  url_private_download: z.string().nullish(),
  url_private: z.string().nullish(),
});
const quotedSchema = z.object({
  is_share: z.boolean().nullish(),
  is_msg_unfurl: z.boolean().nullish(),
  text: z.string().nullish(),
  fallback: z.string().nullish(),
});
const tsSchema = z.string().regex(/^\d{1,12}\.\d{1,6}$/);
/** What is odd in a list costs its entry, not the message. */
const listOf = <T extends z.ZodType>(schema: T) =>
  z
    .array(z.unknown())
    .nullish()
    .catch(null)
    .transform((list) => (list ?? []).flatMap((one) => schema.safeParse(one).data ?? []) as z.output<T>[]);

const saidSchema = z.object({
  subtype: z.string().nullish(),
  user: z.string().nullish(),
  bot_id: z.string().nullish(),
  text: z.string().nullish(),
  ts: tsSchema,
  thread_ts: tsSchema.nullish(),
  files: listOf(fileSchema),
  attachments: listOf(quotedSchema),
  edited: z.object({ ts: tsSchema }).nullish().catch(null),
});
type Said = z.infer<typeof saidSchema>;

const eventSchema = saidSchema.extend({
  type: z.enum(['message', 'app_mention']),
  channel: z.string().min(1),
  channel_type: z.string().nullish(),
  event_ts: tsSchema.nullish(),
  deleted_ts: tsSchema.nullish(),
  message: saidSchema.nullish().catch(null),
  previous_message: saidSchema.nullish().catch(null),
});

const envelopeSchema = z.object({
  team_id: z.string().min(1),
  event: z.looseObject({ type: z.string() }),
  authorizations: z
    .array(z.object({ user_id: z.string(), is_bot: z.boolean().optional() }))
    .nullish()
    .catch(null),
});

/** Subtypes under which a person says something; all others tell of the channel itself. */
const SAYING = new Set(['file_share', 'thread_broadcast', 'me_message']);
const SLACKBOT = 'USLACKBOT';

/** Our own user id, where the envelope tells. */
export function addressee(body: unknown): string | null {
  return envelopeSchema.safeParse(body).data?.authorizations?.find(({ is_bot }) => is_bot)?.user_id ?? null;
}

/** An event's body -> what was done, or null where it is no person's message. */
export function readEvent(body: unknown): Heard | null {
  const envelope = envelopeSchema.safeParse(body).data;
  const event = eventSchema.safeParse(envelope?.event).data;
  if (!envelope || !event) return null;
  const direct = event.channel_type === 'im' || event.channel.startsWith('D');
  const place = { team: envelope.team_id, channel: event.channel, direct };
  const done = event.event_ts ?? event.ts;
  switch (event.subtype) {
    case 'message_changed':
      return readChange(place, event.message ?? null, event.previous_message ?? null, done);
    case 'message_deleted':
      return event.previous_message ? deletion(place, event.previous_message, done) : null;
    default:
      return readSaid(place, event);
  }
}

type Where = Pick<Heard, 'team' | 'channel' | 'direct'>;

/** One message of `conversations.history` or `conversations.replies`. */
export function readHistory(where: Where, message: unknown): Heard | null {
  const said = saidSchema.safeParse(message).data;
  return said ? readSaid(where, said) : null;
}

function readSaid(where: Where, said: Said): Heard | null {
  const author = personOf(said);
  if (author === null || (said.subtype && !SAYING.has(said.subtype))) return null;
  return { ...where, ...told(said, author), kind: 'new', at: timeOf(said.ts) };
}

/** Slack also calls it a change when it has looked a link up, or when somebody answered. */
function readChange(where: Where, now: Said | null, before: Said | null, done: string): Heard | null {
  if (now === null) return null;
  if (now.subtype === 'tombstone') return before ? deletion(where, before, done) : null;
  const author = personOf(now);
  if (author === null || (before !== null && wordsOf(before) === wordsOf(now))) return null;
  return { ...where, ...told(now, author), kind: 'edited', at: timeOf(now.edited?.ts ?? done) };
}

function deletion(where: Where, before: Said, done: string): Heard | null {
  const author = personOf(before);
  if (author === null) return null;
  return { ...where, ...told(before, author), text: '', files: [], kind: 'deleted', at: timeOf(done) };
}

/** Null for programs: those are never answered, or two of them might talk for ever. */
function personOf({ user, bot_id, subtype }: Said): string | null {
  return !user || user === SLACKBOT || bot_id || subtype === 'bot_message' ? null : user;
}

function told(said: Said, user: string) {
  const thread = said.thread_ts && said.thread_ts !== said.ts ? said.thread_ts : null;
  return { user, thread, ts: said.ts, text: wordsOf(said), files: said.files.flatMap(readFile) };
}

/** A forwarded message's words come beside the forwarder's own. */
function wordsOf({ text, attachments }: Said): string {
  const quoted = attachments.filter((one) => one.is_share || one.is_msg_unfurl).map((one) => one.text || one.fallback);
  return [text, ...quoted].filter(Boolean).join('\n');
}

/** `tombstone`: deleted; `hidden_by_limit`: not to be had any more. */
function readFile(file: z.infer<typeof fileSchema>): SlackFile[] {
  const url = file.url_private_download || file.url_private;
  if (!url || file.mode === 'tombstone' || file.mode === 'hidden_by_limit') return [];
  return [
    { id: file.id, name: file.name || file.title || '', size: file.size ?? 0, mimetype: file.mimetype ?? '', url },
  ];
}

export function timeOf(ts: string): string {
  return new Date(Number(ts) * 1000).toISOString();
}
