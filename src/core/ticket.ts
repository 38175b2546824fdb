import type { ConversationId, LoggedMessage } from './message.ts';

export const TICKET_STATUSES = ['open', 'claimed', 'waiting', 'resolved'] as const;
/** open: nobody has it. claimed: an agent works on it. waiting: the agent has answered and waits for the customer. */
export type TicketStatus = (typeof TICKET_STATUSES)[number];

export const PRIORITIES = ['normal', 'high', 'urgent'] as const;
/** 普通, 加急, 紧急 */
export type Priority = (typeof PRIORITIES)[number];

export interface Owner {
  /** 工号 */
  readonly agent: string;
  readonly name: string;
}

/** How many tickets of one kind are not resolved. */
export type OpenTickets = Pick<Ticket, 'desk' | 'kind' | 'priority' | 'status'> & { readonly count: number };

export interface Ticket {
  /** `T-1001`, counting up. */
  readonly id: string;
  readonly desk: string;
  /** The intent it came from, e.g. `payment-lookup`. */
  readonly kind: string;
  readonly status: TicketStatus;
  readonly priority: Priority;
  readonly conversation: ConversationId;
  readonly customer: { readonly id: string; readonly name?: string };
  readonly waybill: string | null;
  readonly summary: string;
  /** What the flow gathered, by slot name: the filled form. */
  readonly form: Readonly<Record<string, string>>;
  readonly owner: Owner | null;
  /** When the customer was promised to hear from us; ISO 8601. */
  readonly promised_at: string;
  readonly opened_at: string;
  readonly updated_at: string;
  readonly resolved_at: string | null;
  /** Grows with each change; two agents at once cannot both win. */
  readonly version: number;
}

/** What a dialogue asks for; the id and the times are filled in when it is opened. */
export interface TicketDraft {
  readonly id: string;
  readonly desk: string;
  readonly kind: string;
  readonly priority: Priority;
  readonly waybill: string | null;
  readonly summary: string;
  readonly form: Readonly<Record<string, string>>;
  readonly promised_at: string;
}

export type TicketEventKind =
  | 'opened'
  | 'joined' // the customer came back with the same matter
  | 'claimed'
  | 'replied'
  | 'edited' // an answer that the customer had already
  | 'customer-replied'
  | 'noted'
  | 'transferred'
  | 'assigned' // given to one person
  | 'nudged' // somebody asks for haste
  | 'resolved'
  | 'reopened'
  | 'revealed'; // an agent looked at a masked field

export interface TicketEvent {
  readonly ticket: string;
  readonly kind: TicketEventKind;
  /** ISO 8601 */
  readonly at: string;
  /** The agent who did it; absent for the bot and the customer. */
  readonly by?: Owner;
  /** Reply, note, reason or result, as the kind has it. */
  readonly text?: string;
  /** transferred: to which desk. assigned: to which 工号. resolved: the cause. revealed: which field. replied, noted, edited: the id its sender gave it, so that a repetition has no second effect. */
  readonly target?: string;
}

export interface TicketStory {
  readonly ticket: Ticket;
  readonly transcript: readonly LoggedMessage[];
  readonly history: readonly TicketEvent[];
  /** The customer's other tickets. */
  readonly others: readonly Ticket[];
}
