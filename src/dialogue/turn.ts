import type { MessageContext, MessageNature } from '../core/message.ts';
import type { Outcome } from '../core/outcome.ts';
import type { RecordRow, RecordValue } from '../core/records.ts';
import type { Ticket, TicketDraft } from '../core/ticket.ts';
import type { Knowledge, Place } from '../knowledge/knowledge.ts';
import type { Understanding } from '../understanding/understanding.ts';
import type { DialogueEvent } from './event.ts';
import type { State } from './state.ts';

/** One or several messages of one person, answered together. */
export interface Turn {
  /** As written; several messages are joined by line breaks. */
  readonly text: string;
  readonly understood: Understanding;
  /** The entry of the FAQ that a second opinion takes it for; counts where the FAQ's own search has no answer. */
  readonly answer?: string;
  /** How many files came along. */
  readonly attachments: number;
  readonly group: boolean;
  /** Absent where the channel tells nothing beyond the words. */
  readonly context?: TurnContext;
}

/** How the turn was meant, as its channel tells. */
export interface TurnContext {
  readonly room: MessageContext['room'];
  readonly addressed: 'us' | 'colleague' | 'member' | null;
  readonly nature: MessageNature | null;
  readonly automatic: boolean;
  /** The customer's own chat can be opened: what is private goes there. */
  readonly ownChat: boolean;
  /** Where the own chat cannot be opened: a one-time address of the page where it can be told; null for none. */
  readonly link: string | null;
  /** The platform's id of who wrote; null where it does not change. */
  readonly contact: string | null;
  /** It was asked in a group, and goes on here. */
  readonly carried: boolean;
  /** How long ago the last of it was said when it reached us, ms. */
  readonly lateMs: number;
}

/** Something the decision must know first. Asked for, looked up outside, and given back as a fact. */
export type Need =
  | { readonly kind: 'records'; readonly record: string; readonly by: Readonly<Record<string, string>> }
  /** Wrong proofs for the waybill today, over all conversations. */
  | { readonly kind: 'wrong-proofs'; readonly waybill: string }
  /** A fresh ticket number; `n` tells several of one turn apart. */
  | { readonly kind: 'ticket-id'; readonly n: number }
  | {
      readonly kind: 'call';
      readonly source: string;
      readonly operation: string;
      readonly values: Readonly<Record<string, RecordValue>>;
      readonly idempotencyKey: string;
    };

export type Fact =
  | { readonly rows: readonly RecordRow[] }
  | { readonly count: number }
  | { readonly id: string }
  /** The source did not answer, or refused. */
  | { readonly unavailable: string };

/** By `needKey`. */
export type Facts = ReadonlyMap<string, Fact>;

export function needKey(need: Need): string {
  return JSON.stringify(need);
}

export interface Context {
  readonly conversation: string;
  readonly customer: { readonly id: string; readonly name?: string };
  /** The conversation's tickets that are not resolved. */
  readonly tickets: readonly Ticket[];
  /** When a desk keeps a promise made at `now`; ISO 8601. Working time of that desk. */
  readonly promise: (desk: string, clock: string, now: Date) => string;
}

export interface Input {
  readonly state: State;
  readonly turn: Turn;
  readonly knowledge: Knowledge;
  readonly facts: Facts;
  readonly context: Context;
  readonly now: Date;
}

export interface Say {
  readonly text: string;
  readonly suggestions: readonly string[];
  /** Keys of the phrases (or `faq:id`) the text is made of. */
  readonly phrases: readonly string[];
}

export interface DraftedTicket extends TicketDraft {
  /** An open ticket on the same matter takes it in: `id` is that ticket's. */
  readonly joins: boolean;
}

export interface FollowUp {
  readonly key: string;
  /** ISO 8601 */
  readonly at: string;
  readonly phrase: string;
  readonly slots: Readonly<Record<string, string | number>>;
}

/** Why an answer was chosen: what `chat --trace` shows. */
export interface Trace {
  readonly what: string;
  readonly place?: Place;
}

export interface Decision {
  /** Not empty: look these up and decide again; nothing else counts. */
  readonly needs: readonly Need[];
  readonly events: readonly DialogueEvent[];
  /** The fold of `events` over the given state. */
  readonly state: State;
  readonly says: readonly Say[];
  readonly tickets: readonly DraftedTicket[];
  readonly followUps: readonly FollowUp[];
  /** Waybills for which a wrong proof was given. */
  readonly wrongProofs: readonly string[];
  /** Waybills for which a proof, right or wrong, was judged, and how many wrong ones there had been today. */
  readonly judged: ReadonlyMap<string, number>;
  /** Waybills whose private fields were told. */
  readonly disclosed: readonly string[];
  /** Names of the intents that were acted on. */
  readonly intents: readonly string[];
  readonly outcome: Exclude<Outcome, { kind: 'merged' }>;
  readonly trace: readonly Trace[];
}
