import type { AuditHead, AuditRow } from './audit.ts';
import type { ConversationId } from './message.ts';

/**
 * What is deleted when it has been kept long enough. messages: with what the dialogue noted of them. conversations: those
 * in which nothing is left.
 */
export const KEPT_KINDS = [
  'messages',
  'conversations',
  'attachments',
  'tickets',
  'proofs',
  'notices',
  'audit',
] as const;
export type KeptKind = (typeof KEPT_KINDS)[number];

/** One step of deleting what is too old. `from`: where to go on, null at the end. */
export interface Expired {
  readonly deleted: number;
  readonly from: number | null;
}

/** Who is meant: an id on a channel (or a conversation), or whoever wrote from, proved, or was written down with, this phone. */
export interface PersonQuery {
  readonly customer?: string;
  readonly phone?: string;
}

/** One customer on all channels. */
export interface Person {
  /** Ids on the channels. */
  readonly ids: readonly string[];
  readonly names: readonly string[];
  readonly conversations: readonly ConversationId[];
  readonly tickets: readonly string[];
  /** The phone asked for, digits alone. */
  readonly phone: string | null;
}

/** Rows by table, as they are kept; JSON columns are read, bytes are base64. */
export type Held = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;

/** Looking after what is kept about people: how long, what of one of them, and who looked. */
export interface KeptStore {
  /** Deletes what is older than `before` (ISO 8601), at most `limit` rows at a step. Nothing that waits, and nothing of an open ticket. */
  expire(kind: KeptKind, before: string, from: number, limit: number): Promise<Expired>;
  /** Writes what was deleted over with nothing, in the log of the database too; false where others were busy with it. */
  scrub(): Promise<boolean>;

  findPerson(query: PersonQuery): Promise<Person>;
  /** Everything held about the person. */
  heldAbout(person: Person): Promise<Held>;
  /** Deletes it, blanks it in the audit, and covers the phone where others wrote it. Gives rows by table. */
  forget(person: Person, by: string, at: string): Promise<Readonly<Record<string, number>>>;

  auditHead(): Promise<AuditHead | null>;
  /** Rows behind the one with this id, oldest first. */
  auditTrail(after: number, limit: number): Promise<readonly AuditRow[]>;
}
