import { conversationId } from '../core/message.ts';
import type { WaitingMessage } from '../core/store.ts';

/** Marks the messages that came from a file or hold no name. */
const ANYONE = 'preview';

/** A line of a file as a message nobody in particular wrote to us alone, at `at` (ISO 8601). */
export function questionFrom(text: string, at: string): WaitingMessage {
  return {
    seq: 1,
    channel: ANYONE,
    id: '1',
    conversation: conversationId(ANYONE, '1'),
    customer: { id: ANYONE },
    group: false,
    text,
    attachments: [],
    sentAt: at,
    receivedAt: at,
  };
}

/** Questions with the same key are answered alike on a fresh conversation. */
export function keyOfQuestion({ text, group, attachments, context, customer }: WaitingMessage): string {
  return JSON.stringify([text, group, attachments.length, context ?? null, customer.name ?? null]);
}
