import type { AuditEntry } from './audit.ts';
import type { Receipt } from './channel.ts';
import type { ContactRecord } from './contact.ts';
import type { DeskStore } from './desk-store.ts';
import type { KeptStore } from './kept.ts';
import type {
  Attachment,
  ConversationId,
  InboundMessage,
  LoggedMessage,
  MessageChange,
  OutgoingDraft,
  OutgoingMessage,
} from './message.ts';
import type { Notice, NoticeDraft, NoticePost } from './notice.ts';
import type { Ledger, Outcome } from './outcome.ts';
import type { OpenTickets, Ticket, TicketEvent, TicketStatus, TicketStory } from './ticket.ts';
import type { VectorStore } from './vectors.ts';

/** A message that waits for its turn. */
export interface WaitingMessage extends InboundMessage {
  readonly seq: number;
  /** When we stored it; ISO 8601. */
  readonly receivedAt: string;
  /** The latest thing that was done to it. */
  readonly changed?: MessageChange;
}

/** What one conversation is, when its turn comes. */
export interface ConversationRecord {
  readonly id: ConversationId;
  readonly group: boolean;
  readonly customer: { readonly id: string; readonly name?: string };
  /** The dialogue's state as JSON; null before the first turn. */
  readonly state: string | null;
  /** Grows with each commit. */
  readonly version: number;
  /** Messages without an outcome, oldest first. */
  readonly waiting: readonly WaitingMessage[];
  /** Tickets of this conversation that are not resolved, oldest first. */
  readonly tickets: readonly Ticket[];
}

export interface TimerDraft {
  /** Unique within the conversation: setting a timer with the same key again moves it. */
  readonly key: string;
  /** ISO 8601 */
  readonly at: string;
  readonly kind: string;
  /** JSON */
  readonly payload: string;
}

export interface Timer extends TimerDraft {
  readonly conversation: ConversationId;
}

/** Everything one turn changes; kept in one transaction or not at all. */
export interface TurnCommit {
  readonly conversation: ConversationId;
  /** The version the turn was decided on. */
  readonly version: number;
  /** ISO 8601 */
  readonly at: string;
  /** The dialogue's state as JSON; null leaves it as it is. */
  readonly state: string | null;
  /** Dialogue events as JSON, oldest first. */
  readonly events: readonly string[];
  /** One for each message of the turn, by seq. */
  readonly outcomes: ReadonlyMap<number, Outcome>;
  readonly outgoing: readonly OutgoingDraft[];
  /** New tickets, and tickets as changed (matched by id, guarded by version). */
  readonly tickets: readonly Ticket[];
  readonly ticketEvents: readonly TicketEvent[];
  readonly timers: readonly TimerDraft[];
  readonly cancelTimers: readonly string[];
  /** Wrong proofs of ownership given in this turn, by waybill. */
  readonly wrongProofs: readonly string[];
  /** By waybill: wrong proofs there were since `since` (ISO 8601) when one more was judged; `stale` where there are more by now. */
  readonly judged?: ReadonlyMap<string, { readonly since: string; readonly wrong: number }>;
  /** Records with private fields that were read in this turn, and what for: written into the audit. */
  readonly lookedUp?: { readonly what: string; readonly why: string };
  /** Waybills whose private fields were shown to their owner: written into the audit. */
  readonly disclosed?: readonly string[];
  /** Messages carried over into other conversations of the same customer, as if written there. */
  readonly forwards?: readonly InboundMessage[];
  /** Words to the desk that belong to no ticket. */
  readonly notices?: readonly NoticeDraft[];
  /** A timer this turn answers: taken off in the same transaction; `stale` where it is no longer due at `at`. */
  readonly firedTimer?: string;
}

/** What an agent did: one transaction. */
export interface TicketCommit {
  /** As changed; its `version` is one above the stored one, else the commit is refused (`stale`). */
  readonly ticket: Ticket;
  readonly events: readonly TicketEvent[];
  readonly outgoing: readonly OutgoingDraft[];
  /** An answer that was sent and now has other words. */
  readonly amended?: { readonly seq: number; readonly text: string };
}

/** One dialogue event as it was kept: JSON, and when its turn was committed (ISO 8601). */
export interface KeptEvent {
  readonly at: string;
  readonly event: string;
}

/** `stale`: somebody else committed first, decide again. */
export type CommitResult = 'done' | 'stale';

/**
 * The one place where things are kept. SQL, durable before a promise resolves.
 * Every method is safe to call at once from many conversations.
 */
export interface Store extends DeskStore, KeptStore, VectorStore {
  /** Message row and dedupe mark in one transaction; resolves when it is on disk. `at`: ISO 8601. */
  receive(message: InboundMessage, at: string): Promise<Receipt>;
  /** The same for several, in this order: all of them or none. */
  receiveAll(messages: readonly InboundMessage[], at: string): Promise<readonly Receipt[]>;
  /** Notes what was done to a message that came in; an older change than the one noted is dropped. False where the message is unknown. */
  noteChange(channel: string, id: string, change: MessageChange): Promise<boolean>;
  /** Conversations that have a message without an outcome, the longest waiting first. */
  waiting(): Promise<readonly ConversationId[]>;
  conversation(id: ConversationId): Promise<ConversationRecord | null>;
  commitTurn(turn: TurnCommit): Promise<CommitResult>;
  /** Notes an attempt to decide that threw; gives how many there were for these messages. */
  noteFailure(id: ConversationId): Promise<number>;

  /** What a channel must still send, in order of seq, due at `at`, at most one a conversation (the oldest unsent). */
  unsent(at: string, limit: number): Promise<readonly OutgoingMessage[]>;
  /** How many messages are not sent and not given up, due or not. */
  queued(): Promise<number>;
  markSent(seq: number, at: string): Promise<void>;
  /** To be tried again, or given up: then the desk gets a word (`ambiguous` where the reason begins so). Times are ISO 8601. */
  markUnsent(
    seq: number,
    error: string,
    then: { readonly retryAt: string } | { readonly givenUpAt: string },
  ): Promise<void>;
  /** When the earliest unsent message or timer (or of the one kind named) falls due; null when there is none. */
  nextDue(what?: 'outgoing' | 'timers'): Promise<string | null>;

  dueTimers(at: string, limit: number): Promise<readonly Timer[]>;

  /** The log of a conversation after `afterSeq`, in order, at most `limit`. */
  log(id: ConversationId, afterSeq: number, limit: number): Promise<readonly LoggedMessage[]>;
  /** seq of the latest message of a conversation at or before `seq`; 0 where there is none. */
  latest(id: ConversationId, seq: number): Promise<number>;
  /** seq of the latest message of all, 0 where there is none: unlike a time it tells what was there before, whoever sets the clock. */
  lastSeq(): Promise<number>;
  /** What customers wrote since `since` (ISO 8601), whatever became of it, oldest first; of more than `limit` the latest. */
  asked(since: string, limit: number): Promise<readonly WaitingMessage[]>;
  /** The dialogue events of a conversation since `since` (ISO 8601), oldest first. */
  events(id: ConversationId, since: string): Promise<readonly KeptEvent[]>;
  /** The conversations of a channel in which a customer has written since `since` (ISO 8601), in no order. */
  conversationsOf(channel: string, since: string): Promise<readonly ConversationId[]>;
  /** Creates the conversation, where it is new, so that it can be known before its first message. */
  openConversation(
    id: ConversationId,
    customer: { id: string; name?: string },
    group: boolean,
    at: string,
  ): Promise<void>;

  tickets(filter: {
    status?: TicketStatus;
    desk?: string;
    customer?: string;
    conversation?: ConversationId;
    /** Of the resolved ones only so many, those opened last: what is settled grows for ever, what is to be done does not. */
    resolved?: number;
  }): Promise<readonly Ticket[]>;
  openTickets(): Promise<readonly OpenTickets[]>;
  ticket(id: string): Promise<TicketStory | null>;
  commitTicket(change: TicketCommit): Promise<CommitResult>;
  /** The next ticket number, never given twice. */
  nextTicketId(): Promise<string>;

  /** Wrong proofs for a waybill since `since` (ISO 8601), over all conversations. */
  wrongProofs(waybill: string, since: string): Promise<number>;

  putAttachment(conversation: ConversationId, attachment: Attachment, bytes: Uint8Array): Promise<void>;
  attachment(id: string): Promise<{ attachment: Attachment; conversation: ConversationId; bytes: Uint8Array } | null>;

  /** A word to the desk that belongs to no ticket; the same message is told of once. */
  note(notice: NoticeDraft, at: string): Promise<void>;
  /** Those that something was added to since `since` (ISO 8601), newest first. */
  notices(since: string): Promise<readonly Notice[]>;
  saveNoticePost(id: number, post: NoticePost): Promise<void>;

  contact(channel: string, id: string): Promise<ContactRecord | null>;
  /** All that have this handle or this remark (empty ones match nobody), or belong to this person; the last seen first. */
  contacts(
    channel: string,
    by: Partial<Pick<ContactRecord, 'handle' | 'remark' | 'person'>>,
  ): Promise<readonly ContactRecord[]>;
  /** Puts it in, or changes it (same channel and id). */
  keepContact(record: ContactRecord): Promise<void>;

  audit(entry: AuditEntry): Promise<void>;
  /** A small value kept for the program itself, e.g. a signing secret. */
  setting(key: string): Promise<string | null>;
  /** Sets it unless it is there; gives what is there now. */
  settingOnce(key: string, value: string): Promise<string>;
  /** Sets it whatever was there. */
  keepSetting(key: string, value: string): Promise<void>;

  /** `at`: ISO 8601; a message older than `patience` ms without an outcome is unaccounted. */
  ledger(at: string, patience: number): Promise<Ledger>;
  /** Throws when the database cannot be written. */
  ping(): Promise<void>;
  /** Called after a commit, with what may concern others. Gives a way to stop. */
  subscribe(listener: (change: StoreChange) => void): () => void;
  close(): Promise<void>;
}

export type StoreChange =
  | { readonly kind: 'received'; readonly conversation: ConversationId }
  /** Something is to be sent. */
  | { readonly kind: 'outgoing'; readonly conversation: ConversationId }
  /** A message arrived (where customers read our log: with the commit), or was given up. */
  | { readonly kind: 'delivered'; readonly conversation: ConversationId }
  | { readonly kind: 'ticket'; readonly ticket: string; readonly conversation: ConversationId }
  | { readonly kind: 'notice' }
  | { readonly kind: 'timer' };
