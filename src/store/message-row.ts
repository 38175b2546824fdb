import type { Insertable, Selectable } from 'kysely';
import {
  channelOf,
  type Attachment,
  type Delivery,
  type ConversationId,
  type LoggedMessage,
  type MessageChange,
  type MessageContext,
  type OutgoingDraft,
} from '../core/message.ts';
import type { InboundMessage, OutgoingMessage, Speaker } from '../core/message.ts';
import type { WaitingMessage } from '../core/store.ts';
import { instant } from './instant.ts';
import { readJson, readList, writeJson, writeList } from './json.ts';
import type { MessageTable } from './schema.ts';

/** What is read of a row: a message has many columns, and most readers need few of them. */
const SPOKEN = ['seq', 'conversation', 'role', 'speaker_id', 'speaker_name', 'text', 'attachments_json'] as const;
export const WAITING = [
  ...SPOKEN,
  'channel',
  'platform_id',
  'channel_data_json',
  'context_json',
  'changed_json',
  'at',
  'sent_at',
] as const;
export const OUTGOING = [...SPOKEN, 'suggestions_json', 'attempts'] as const;
export const LOGGED = [
  ...SPOKEN,
  'suggestions_json',
  'platform_id',
  'at',
  'channel_data_json',
  'changed_json',
  'delivery',
  'delivered_at',
  'delivery_error',
  'answers',
] as const;

/** A row of the log, and what it is in the program's words. */
type MessageRow = Selectable<MessageTable>;
export type WaitingRow = Pick<MessageRow, (typeof WAITING)[number]>;
export type OutgoingRow = Pick<MessageRow, (typeof OUTGOING)[number]>;
export type LoggedRow = Pick<MessageRow, (typeof LOGGED)[number]>;

export function inboundRow(message: InboundMessage, at: string): Insertable<MessageTable> {
  return {
    conversation: message.conversation,
    direction: 'in',
    channel: message.channel,
    platform_id: message.id,
    role: message.context?.answer === 'colleague' ? 'agent' : 'customer',
    speaker_id: message.customer.id,
    speaker_name: message.customer.name ?? null,
    text: message.text,
    attachments_json: writeList(message.attachments),
    channel_data_json: writeJson(message.channelData),
    context_json: writeJson(message.context),
    at: instant(at),
    sent_at: message.sentAt,
  };
}

/** `pulled`: the customer reads our log, so what is kept is delivered. `answers`: seq of the customer's message, or null. */
export function outgoingRow(
  conversation: ConversationId,
  draft: OutgoingDraft,
  at: string,
  pulled: boolean,
  answers: number | null,
): Insertable<MessageTable> {
  const now = instant(at);
  return {
    conversation,
    direction: 'out',
    channel: channelOf(conversation),
    platform_id: draft.id ?? null,
    role: draft.from.role,
    speaker_id: draft.from.id ?? null,
    speaker_name: draft.from.name ?? null,
    text: draft.text,
    suggestions_json: writeList(draft.suggestions),
    attachments_json: writeList(draft.attachments),
    at: now,
    delivery: pulled ? 'sent' : 'queued',
    next_at: pulled ? null : now,
    delivered_at: pulled ? now : null,
    answers,
  };
}

export function inbound(row: WaitingRow, group: boolean): WaitingMessage {
  return {
    seq: row.seq,
    channel: row.channel,
    id: row.platform_id ?? '',
    conversation: row.conversation as ConversationId,
    customer: { id: row.speaker_id ?? '', ...(row.speaker_name === null ? {} : { name: row.speaker_name }) },
    group,
    text: row.text,
    attachments: readList<Attachment>(row.attachments_json),
    ...context(row.context_json),
    ...channelData(row.channel_data_json),
    ...changed(row.changed_json),
    sentAt: row.sent_at ?? row.at,
    receivedAt: row.at,
  };
}

export function logged(row: LoggedRow): LoggedMessage {
  return {
    ...draft(row),
    seq: row.seq,
    conversation: row.conversation as ConversationId,
    id: row.platform_id ?? `out-${row.seq}`,
    at: row.at,
    ...(row.answers === null ? {} : { answers: row.answers }),
    ...channelData(row.channel_data_json),
    ...changed(row.changed_json),
    ...delivery(row),
  };
}

/** `latest` and `answered`: the `channel_data_json` of the customer's latest message, and of the one that is answered. */
export function outgoing(row: OutgoingRow, latest: string | null, answered: string | null): OutgoingMessage {
  const answeredData = readJson(answered);
  return {
    ...draft(row),
    seq: row.seq,
    conversation: row.conversation as ConversationId,
    attempts: row.attempts,
    ...channelData(latest),
    ...(answeredData === undefined ? {} : { answeredData }),
  };
}

function delivery({ delivery: state, delivered_at, delivery_error }: LoggedRow): { delivery?: Delivery } {
  if (state === null) return {};
  return {
    delivery: {
      state,
      ...(delivered_at === null ? {} : { at: delivered_at }),
      ...(delivery_error === null ? {} : { error: delivery_error }),
    },
  };
}

function draft(row: OutgoingRow | LoggedRow): OutgoingDraft {
  return {
    from: speaker(row),
    text: row.text,
    suggestions: readList<string>(row.suggestions_json),
    attachments: readList<Attachment>(row.attachments_json),
  };
}

function speaker(row: Pick<MessageRow, (typeof SPOKEN)[number]>): Speaker {
  return {
    role: row.role,
    ...(row.speaker_id === null ? {} : { id: row.speaker_id }),
    ...(row.speaker_name === null ? {} : { name: row.speaker_name }),
  };
}

function context(json: string | null): { context?: MessageContext } {
  const value = readJson(json);
  return value === undefined ? {} : { context: value as MessageContext };
}

function channelData(json: string | null): { channelData?: unknown } {
  const value = readJson(json);
  return value === undefined ? {} : { channelData: value };
}

function changed(json: string | null): { changed?: MessageChange } {
  const value = readJson(json);
  return value === undefined ? {} : { changed: value as MessageChange };
}
