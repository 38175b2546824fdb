import type { Generated, Kysely } from 'kysely';
import type { NoticeKind } from '../core/notice.ts';

/**
 * The tables as TypeScript sees them. Times are ISO 8601 in UTC wherever they are compared; truth values are 0 and 1;
 * columns that end in `_json` hold JSON. The migrations make the tables; this file follows the newest of them.
 */
export interface Schema {
  readonly conversations: ConversationTable;
  readonly messages: MessageTable;
  readonly events: EventTable;
  readonly tickets: TicketTable;
  readonly ticket_events: TicketEventTable;
  readonly timers: TimerTable;
  readonly wrong_proofs: { id: Generated<number>; conversation: string; waybill: string; at: string };
  readonly attachments: AttachmentTable;
  readonly audit: AuditTable;
  readonly settings: { key: string; value: string };
  readonly desk_posts: {
    ticket: string;
    channel: string;
    part: string;
    ts: string | null;
    shown: string;
    at: string;
  };
  readonly held_answers: HeldAnswerTable;
  readonly notices: NoticeTable;
  readonly notice_messages: { notice: number; conversation: string; seq: number };
  readonly contacts: ContactTable;
  /** Of texts of the files, by model. */
  readonly vectors: { model: string; hash: string; bytes: Uint8Array };
  readonly counters: { name: string; value: number };
}

export type Database = Kysely<Schema>;

export interface NoticeTable {
  id: Generated<number>;
  channel: string;
  kind: NoticeKind;
  at: string;
  last_at: string;
  detail: string;
  post_json: string | null;
}

interface ContactTable {
  channel: string;
  id: string;
  person: string;
  handle: string;
  remark: string;
  seen_at: string;
}

export interface ConversationTable {
  id: string;
  channel: string;
  customer_id: string;
  customer_name: string | null;
  is_group: number;
  state: string | null;
  version: Generated<number>;
  /** Decisions that threw since the last commit. */
  failures: Generated<number>;
  opened_at: string;
}

/** One log for both directions: `seq` is a message's place among all. */
export interface MessageTable {
  seq: Generated<number>;
  conversation: string;
  direction: 'in' | 'out';
  /** In: with `platform_id` the dedupe key. */
  channel: string;
  platform_id: string | null;
  role: 'customer' | 'bot' | 'agent';
  speaker_id: string | null;
  speaker_name: string | null;
  text: string;
  suggestions_json: string | null;
  attachments_json: string | null;
  channel_data_json: string | null;
  context_json: string | null;
  /** In: what was done to it afterwards. */
  changed_json: string | null;
  /** When we stored it. */
  at: string;
  /** In: when the platform says it was sent. */
  sent_at: string | null;
  /** In: how it ended; null while it waits. `outcome_ref` is the seq, the ticket or the reason, as the kind has it. */
  outcome: 'answered' | 'merged' | 'handed' | 'left_alone' | null;
  outcome_ref: string | null;
  /** Out: where its delivery stands. */
  delivery: 'queued' | 'sent' | 'given_up' | null;
  attempts: Generated<number>;
  next_at: string | null;
  delivered_at: string | null;
  delivery_error: string | null;
  /** Out: seq of the customer's latest message that it answers. */
  answers: number | null;
}

interface EventTable {
  id: Generated<number>;
  conversation: string;
  at: string;
  event_json: string;
}

export interface TicketTable {
  id: string;
  desk: string;
  kind: string;
  status: 'open' | 'claimed' | 'waiting' | 'resolved';
  priority: 'normal' | 'high' | 'urgent';
  conversation: string;
  customer_id: string;
  customer_name: string | null;
  waybill: string | null;
  summary: string;
  form_json: string;
  owner_agent: string | null;
  owner_name: string | null;
  promised_at: string;
  opened_at: string;
  updated_at: string;
  resolved_at: string | null;
  version: number;
}

interface TicketEventTable {
  id: Generated<number>;
  ticket: string;
  kind: string;
  at: string;
  by_agent: string | null;
  by_name: string | null;
  text: string | null;
  target: string | null;
}

/** Two conversations may use the same key. */
interface TimerTable {
  conversation: string;
  key: string;
  at: string;
  kind: string;
  payload: string;
}

export interface AuditTable {
  id: Generated<number>;
  at: string;
  by_agent: string;
  action: string;
  subject: string;
  why: string;
  salt: string;
  seal: string;
  hash: string;
}

interface AttachmentTable {
  id: string;
  /** When it was kept. */
  at: string;
  conversation: string;
  kind: 'image' | 'voice' | 'video' | 'file';
  content_type: string;
  name: string;
  size: number;
  url: string;
  bytes: Uint8Array;
}

export interface HeldAnswerTable {
  id: string;
  ticket: string;
  agent: string;
  agent_name: string;
  text: string;
  attachments_json: string | null;
  at: string;
  due_at: string;
  state: 'held' | 'leaving' | 'left' | 'taken-back' | 'refused';
  reason: string | null;
}
