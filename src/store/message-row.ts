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

/** A row of the log, and what it is in the program's words. */
export type MessageRow = Selectable<MessageTable>;

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

export function outgoingRow(conversation: ConversationId, draft: OutgoingDraft, at: string): Insertable<MessageTable> {
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
    at: instant(at),
    delivery: 'queued',
    next_at: instant(at),
  };
}

export function inbound(row: MessageRow, group: boolean): WaitingMessage {
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

export function logged(row: MessageRow): LoggedMessage {
  return {
    ...draft(row),
    seq: row.seq,
    conversation: row.conversation as ConversationId,
    id: row.platform_id ?? `out-${row.seq}`,
    at: row.at,
    ...channelData(row.channel_data_json),
    ...changed(row.changed_json),
    ...delivery(row),
  };
}

/** `latestData`: the `channel_data_json` of the customer's latest message. */
export function outgoing(row: MessageRow, latestData: string | null): OutgoingMessage {
  return {
    ...draft(row),
    seq: row.seq,
    conversation: row.conversation as ConversationId,
    attempts: row.attempts,
    ...channelData(latestData),
  };
}

function delivery({ delivery: state, delivered_at, delivery_error }: MessageRow): { delivery?: Delivery } {
  if (state === null) return {};
  return {
    delivery: {
      state,
      ...(delivered_at === null ? {} : { at: delivered_at }),
      ...(delivery_error === null ? {} : { error: delivery_error }),
    },
  };
}

function draft(row: MessageRow): OutgoingDraft {
  return {
    from: speaker(row),
    text: row.text,
    suggestions: readList<string>(row.suggestions_json),
    attachments: readList<Attachment>(row.attachments_json),
  };
}

function speaker(row: MessageRow): Speaker {
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
