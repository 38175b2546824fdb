import type { ConversationRecord, TurnCommit } from './store.ts';

/** A turn that changes nothing: what every turn begins from. */
export function emptyTurn(conversation: ConversationRecord, now: Date): TurnCommit {
  return {
    conversation: conversation.id,
    version: conversation.version,
    at: now.toISOString(),
    state: null,
    events: [],
    outcomes: new Map(),
    outgoing: [],
    tickets: [],
    ticketEvents: [],
    timers: [],
    cancelTimers: [],
    wrongProofs: [],
  };
}
