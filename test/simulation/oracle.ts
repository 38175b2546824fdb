import type { Receipt } from '../../src/core/channel.ts';
import type { ConversationId, InboundMessage, OutgoingDraft } from '../../src/core/message.ts';
import type { CommitResult, Store, TicketCommit, TurnCommit } from '../../src/core/store.ts';
import type { Ticket, TicketEvent } from '../../src/core/ticket.ts';
import type { Parcel } from './business.ts';
import type { Operation, StoreWatch } from './shaky-store.ts';

/** Knows what was sent, acknowledged and kept, and says what should not have been. */
export interface Oracle extends StoreWatch {
  /** Whose conversation it is. */
  meets(conversation: ConversationId, person: string): void;
  acknowledged(channel: string, id: string): void;
  /** An agent's reply or note was taken by the web desk. */
  agentDid(act: string, ticket: Ticket, id: string): void;
  /** An agent's message in a thread was taken. */
  threadTaken(answer: string, ticket: Ticket): void;
  readonly taken: {
    readonly messages: ReadonlySet<string>;
    readonly replies: ReadonlyMap<string, Ticket>;
    readonly answers: ReadonlyMap<string, Ticket>;
  };
  readonly conversations: ReadonlySet<ConversationId>;
}

export function createOracle(deps: {
  readonly store: Store;
  readonly parcels: readonly Parcel[];
  /** What is wrong, in one sentence. */
  readonly object: (what: string) => void;
}): Oracle {
  const { store, parcels, object } = deps;
  const people = new Map<ConversationId, string>();
  const said = new Map<ConversationId, string>();
  const messages = new Set<string>();
  const replies = new Map<string, Ticket>();
  const answers = new Map<string, Ticket>();
  const conversations = new Set<ConversationId>();
  const received = new Set<string>();
  const settled = new Map<number, string>();
  const lastSettled = new Map<ConversationId, number>();
  const armed = new Set<string>();
  const followed = new Set<string>();
  /** Of the conversation that is about to be changed. */
  let tickets: readonly Ticket[] = [];

  function hears(message: InboundMessage): void {
    conversations.add(message.conversation);
    said.set(message.conversation, `${said.get(message.conversation) ?? ''}\n${message.text}`);
  }

  /** Nothing of a parcel reaches anybody who has not shown that it is theirs; in a group, nobody. */
  function keepsPrivate(conversation: ConversationId, drafts: readonly OutgoingDraft[]): void {
    const group = /^wechat:.+\//.test(conversation);
    for (const { text, from } of drafts) {
      if (from.role !== 'bot') continue;
      for (const { canaries, owner, tail, waybill } of parcels) {
        if (!canaries.some((canary) => text.includes(canary))) continue;
        const proved = people.get(conversation) === owner && (said.get(conversation) ?? '').includes(tail);
        if (group || !proved) object(`${conversation} was told what is private of ${waybill}`);
      }
    }
  }

  function accounts(turn: TurnCommit): void {
    for (const [seq, outcome] of turn.outcomes) {
      if (settled.has(seq)) object(`message ${seq} has two outcomes: ${settled.get(seq)} and ${outcome.kind}`);
      settled.set(seq, outcome.kind);
      if (outcome.kind === 'left_alone') continue;
      if (seq < (lastSettled.get(turn.conversation) ?? 0)) object(`message ${seq} was answered out of order`);
      lastSettled.set(turn.conversation, Math.max(seq, lastSettled.get(turn.conversation) ?? 0));
      const known = [...tickets, ...turn.tickets];
      if (outcome.kind === 'handed' && !known.some(({ id }) => id === outcome.ticket))
        object(`message ${seq} was handed to ${outcome.ticket}, which is not there`);
    }
  }

  function keepsQuiet(turn: TurnCommit): void {
    const held = tickets.find(({ status, owner }) => status !== 'resolved' && owner !== null);
    if (held?.owner == null) return;
    for (const { from, text } of turn.outgoing) {
      // Whoever asks for the agent's number is told it.
      if (from.role === 'bot' && !text.includes(held.owner.agent))
        object(`the bot spoke in ${turn.conversation} while ${held.owner.agent} holds ${held.id}: ${text}`);
    }
  }

  function minds(turn: TurnCommit): void {
    const name = (key: string): string => `${turn.conversation} ${key}`;
    if (turn.firedTimer !== undefined && !armed.delete(name(turn.firedTimer)))
      object(`timer ${name(turn.firedTimer)} went off without being set`);
    for (const key of turn.cancelTimers) armed.delete(name(key));
    for (const { key, kind } of turn.timers) {
      if (kind === 'follow-up' && turn.firedTimer !== key && followed.has(name(key)))
        object(`${name(key)} was set twice`);
      followed.add(name(key));
      armed.add(name(key));
    }
  }

  function opens(turn: TurnCommit): void {
    for (const ticket of turn.tickets) {
      if (ticket.version !== 1) continue;
      const same = tickets.find(
        ({ id, kind, waybill, status }) =>
          id !== ticket.id && status !== 'resolved' && kind === ticket.kind && waybill === ticket.waybill,
      );
      if (same !== undefined) object(`${ticket.id} doubles ${same.id} (${ticket.kind}, ${ticket.waybill ?? ''})`);
    }
  }

  /** A ticket goes from hand to hand only where its history says so, and is always promised for some time. */
  function passes(ticket: Ticket, events: readonly TicketEvent[]): void {
    const before = tickets.find(({ id }) => id === ticket.id);
    const kinds = events.filter((event) => event.ticket === ticket.id).map(({ kind }) => kind);
    const [from, to] = [before?.owner?.agent ?? null, ticket.owner?.agent ?? null];
    if (from !== to && from !== null && !kinds.includes('transferred') && !kinds.includes('reopened'))
      object(`${ticket.id} went from ${from} to ${to ?? 'nobody'} without a word`);
    if (from !== to && to !== null && !kinds.includes('claimed') && !kinds.includes('assigned'))
      object(`${ticket.id} came to ${to} without a claim`);
    if (!(Date.parse(ticket.promised_at) >= Date.parse(ticket.opened_at)))
      object(`${ticket.id} is promised for ${ticket.promised_at}, before it was opened`);
    const renewed = kinds.includes('reopened') || kinds.includes('transferred');
    if (renewed && Date.parse(ticket.promised_at) < Date.parse(ticket.updated_at))
      object(`${ticket.id} was passed on with a promise that is over`);
  }

  function takes(message: InboundMessage, { kind }: Receipt): void {
    const name = `${message.channel} ${message.id}`;
    if (kind === 'new' && received.has(name)) object(`${name} was kept twice`);
    received.add(name);
    if (kind === 'new') hears(message);
  }

  return {
    meets: (conversation, person) => void people.set(conversation, person),
    acknowledged: (channel, id) => void messages.add(`${channel} ${id}`),
    agentDid: (act, ticket, id) => void (act === 'reply' && replies.set(id, ticket)),
    threadTaken: (answer, ticket) => void answers.set(answer, ticket),
    taken: { messages, replies, answers },
    conversations,

    async before(operation: Operation, args) {
      if (operation === 'commitTurn')
        tickets = await store.tickets({ conversation: (args[0] as TurnCommit).conversation });
      if (operation === 'commitTicket')
        tickets = await store.tickets({ conversation: (args[0] as TicketCommit).ticket.conversation });
    },

    after(operation: Operation, args, result) {
      if (operation === 'receive') takes(args[0] as InboundMessage, result as Receipt);
      if (operation === 'receiveAll')
        for (const [nth, message] of (args[0] as readonly InboundMessage[]).entries())
          takes(message, (result as readonly Receipt[])[nth]!);
      if (operation === 'commitTurn' && (result as CommitResult) === 'done') {
        const turn = args[0] as TurnCommit;
        for (const message of turn.forwards ?? []) hears(message);
        keepsPrivate(turn.conversation, turn.outgoing);
        if (turn.outgoing.length > 0 && turn.outcomes.size === 0 && turn.firedTimer === undefined)
          object(`${turn.conversation} was told something without a cause`);
        accounts(turn);
        keepsQuiet(turn);
        minds(turn);
        opens(turn);
        for (const ticket of turn.tickets) passes(ticket, turn.ticketEvents);
      }
      if (operation === 'commitTicket' && (result as CommitResult) === 'done') {
        const { ticket, events, outgoing } = args[0] as TicketCommit;
        keepsPrivate(ticket.conversation, outgoing);
        passes(ticket, events);
      }
      return Promise.resolve();
    },
  };
}
