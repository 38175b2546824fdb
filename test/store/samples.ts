import type { ConversationId, InboundMessage, OutgoingDraft } from '../../src/core/message.ts';
import type { ConversationRecord, TurnCommit } from '../../src/core/store.ts';
import type { Ticket } from '../../src/core/ticket.ts';

/** Things to keep, whole but for what a test names. */
export const alice: ConversationId = 'webchat:alice';
export const bob: ConversationId = 'webchat:bob';
export const noon = '2026-11-21T04:00:00.000Z';

/** `noon` moved by `seconds`. */
export function after(seconds: number): string {
  return new Date(Date.parse(noon) + seconds * 1000).toISOString();
}

export function message(id: string, changes: Partial<InboundMessage> = {}): InboundMessage {
  return {
    channel: 'webchat',
    id,
    conversation: alice,
    customer: { id: 'c-1' },
    group: false,
    text: `text of ${id}`,
    attachments: [],
    sentAt: noon,
    ...changes,
  };
}

export function says(text: string): OutgoingDraft {
  return { from: { role: 'bot' }, text, suggestions: [], attachments: [] };
}

/** A turn on the conversation as given; without `changes` it changes nothing but the version. */
export function turn(on: Pick<ConversationRecord, 'id' | 'version'>, changes: Partial<TurnCommit> = {}): TurnCommit {
  return {
    conversation: on.id,
    version: on.version,
    at: noon,
    state: null,
    events: [],
    outcomes: new Map(),
    outgoing: [],
    tickets: [],
    ticketEvents: [],
    timers: [],
    cancelTimers: [],
    wrongProofs: [],
    ...changes,
  };
}

export function ticket(id: string, changes: Partial<Ticket> = {}): Ticket {
  return {
    id,
    desk: 'payments',
    kind: 'payment-lookup',
    status: 'open',
    priority: 'normal',
    conversation: alice,
    customer: { id: 'c-1' },
    waybill: '12345678',
    summary: '货款逾期',
    form: { waybill: '12345678' },
    owner: null,
    promised_at: '2026-11-21T15:30:00+08:00',
    opened_at: noon,
    updated_at: noon,
    resolved_at: null,
    version: 1,
    ...changes,
  };
}
