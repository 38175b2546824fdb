import { createHash, randomBytes } from 'node:crypto';

/**
 * - looked-up: the bot read records that hold private fields. disclosed: it told some of them to whoever proved to be the owner.
 * - revealed: an agent uncovered a field. opened: a file that a customer sent was opened at a desk.
 * - exported, deleted: everything about a customer was given out, or forgotten.
 * - expired: what was kept long enough was deleted.
 */
export type AuditAction = 'looked-up' | 'revealed' | 'opened' | 'disclosed' | 'exported' | 'deleted' | 'expired';

export interface AuditEntry {
  /** ISO 8601 */
  readonly at: string;
  /** 工号, `bot`, or who sat at the command line. */
  readonly by: string;
  readonly action: AuditAction;
  /** Whose, and what: it is blanked when the customer is forgotten. */
  readonly subject: string;
  /** What for; never anything private, as it stays. */
  readonly why?: string;
}

/** An entry as it is kept. Each hash covers the one before it; the subject is covered by its seal, so that it can be blanked. */
export interface AuditRow extends Required<AuditEntry> {
  readonly id: number;
  /** Empty, with the subject, once it is blanked. */
  readonly salt: string;
  readonly seal: string;
  readonly hash: string;
}

/** Where the chain begins and ends. What is older than its time is cut off in front: `base` is the last row that was. */
export interface AuditHead {
  readonly count: number;
  readonly id: number;
  readonly hash: string;
  readonly base: { readonly id: number; readonly hash: string };
}

export const EMPTY_HEAD: AuditHead = { count: 0, id: 0, hash: '', base: { id: 0, hash: '' } };

/** How the `why` of a deletion names the rows whose subjects it blanked. */
const BLANKED = /\bblanked ([\d,]+)$/;
export const blankedWords = (ids: readonly number[]): string => (ids.length === 0 ? '' : ` blanked ${ids.join(',')}`);

export function sealOf(salt: string, subject: string): string {
  return digest([salt, subject]);
}

export const newSalt = (): string => randomBytes(12).toString('base64url');

export function hashOf(before: string, row: Omit<AuditRow, 'hash' | 'subject' | 'salt'>): string {
  const { id, at, by, action, why, seal } = row;
  return digest([before, id, at, by, action, why, seal]);
}

const digest = (parts: readonly unknown[]): string => createHash('sha256').update(JSON.stringify(parts)).digest('hex');

/** What does not fit; `row` null where it is the end. */
export interface AuditFault {
  readonly row: number | null;
  readonly what: 'changed' | 'subject' | 'blanked' | 'end' | 'head' | 'noted';
}

/** Reads the rows in order, oldest first; `end` tells the first thing that does not fit, or null. */
export function createAuditCheck(head: AuditHead | null, noted?: { readonly id: number; readonly hash: string }) {
  let before = head?.base.hash ?? '';
  let last = head?.base.id ?? 0;
  let count = 0;
  let fault: AuditFault | null = null;
  const blank = new Set<number>();
  let seen = noted === undefined || noted.id <= last;
  return {
    row(row: AuditRow): void {
      if (fault !== null) return;
      if (row.id <= last || row.hash !== hashOf(before, row)) fault = { row: row.id, what: 'changed' };
      else if (row.salt === '' && row.subject === '') blank.add(row.id);
      else if (sealOf(row.salt, row.subject) !== row.seal) fault = { row: row.id, what: 'subject' };
      if (row.action === 'deleted') {
        for (const id of BLANKED.exec(row.why)?.[1]?.split(',') ?? []) blank.delete(Number(id));
      }
      if (noted?.id === row.id) {
        if (noted.hash === row.hash) seen = true;
        else fault ??= { row: row.id, what: 'noted' };
      }
      before = row.hash;
      last = row.id;
      count++;
    },
    end(): AuditFault | null {
      if (fault !== null) return fault;
      const [unaccounted] = blank;
      if (unaccounted !== undefined) return { row: unaccounted, what: 'blanked' };
      if (head === null) return count === 0 ? null : { row: null, what: 'head' };
      if (head.id !== last || head.hash !== before || head.count !== count) return { row: null, what: 'end' };
      return seen ? null : { row: noted?.id ?? null, what: 'noted' };
    },
  };
}
