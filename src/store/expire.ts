import { sql } from 'kysely';
import type { Expired, KeptKind } from '../core/kept.ts';
import { auditHead, expireAudit } from './audit.ts';
import { resolved } from './literals.ts';
import { instant } from './instant.ts';
import type { Database } from './schema.ts';

/** Rows are read in the order in which they came; the first that is young ends it, so young rows cost nothing. */
export function expire(db: Database, kind: KeptKind, before: string, from: number, limit: number): Promise<Expired> {
  const cut = instant(before);
  return db.transaction().execute((tx) => {
    switch (kind) {
      case 'messages':
        return expireMessages(tx, cut, from, limit);
      case 'conversations':
        return expireConversations(tx, cut, from, limit);
      case 'attachments':
        return expireAttachments(tx, cut, from, limit);
      case 'tickets':
        return expireTickets(tx, cut, from, limit);
      case 'proofs':
        return expireSimple(tx, sql`wrong_proofs`, sql`at`, cut, from, limit);
      case 'notices':
        return expireSimple(tx, sql`notices`, sql`last_at`, cut, from, limit);
      case 'audit':
        return expireEntries(tx, cut, limit);
    }
  });
}

interface Aged {
  readonly place: number;
  readonly at: string;
}

/** The old rows of what was read, and where to go on. */
function aged<T extends Aged>(
  rows: readonly T[],
  cut: string,
  limit: number,
): { old: readonly T[]; from: number | null } {
  const young = rows.findIndex(({ at }) => at >= cut);
  const old = young < 0 ? rows : rows.slice(0, young);
  return { old, from: young < 0 && rows.length === limit ? (rows.at(-1)?.place ?? null) : null };
}

async function expireMessages(tx: Database, cut: string, from: number, limit: number): Promise<Expired> {
  const rows = await tx
    .selectFrom('messages')
    .select(['seq as place', 'at', 'conversation', 'direction', 'outcome', 'delivery'])
    .where('seq', '>', from)
    .orderBy('seq')
    .limit(limit)
    .execute();
  const { old, from: next } = aged(rows, cut, limit);
  const busy = await withOpenTickets(tx, old);
  const done = old.filter(
    ({ conversation, direction, outcome, delivery }) =>
      !busy.has(conversation) && delivery !== 'queued' && (direction === 'out' || outcome !== null),
  );
  const seqs = done.map(({ place }) => place);
  const talks = [...new Set(done.map(({ conversation }) => conversation))];
  if (seqs.length > 0) {
    await tx.deleteFrom('events').where('conversation', 'in', talks).where('at', '<', cut).execute();
    await tx.deleteFrom('notice_messages').where('seq', 'in', seqs).execute();
    await tx.deleteFrom('messages').where('seq', 'in', seqs).execute();
  }
  return { deleted: seqs.length, from: next };
}

/** Nothing said, nothing open, nothing to come. */
async function expireConversations(tx: Database, cut: string, from: number, limit: number): Promise<Expired> {
  const { rows } = await sql<Aged & { id: string }>`
    select rowid as place, opened_at as at, id from conversations where rowid > ${from} order by rowid limit ${limit}
  `.execute(tx);
  const { old, from: next } = aged(rows, cut, limit);
  if (old.length === 0) return { deleted: 0, from: next };
  const ids = old.map(({ id }) => id);
  let query = tx.deleteFrom('conversations').where('id', 'in', ids);
  for (const table of ['messages', 'tickets', 'timers', 'attachments', 'wrong_proofs'] as const) {
    query = query.where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom(table)
            .select(sql`1`.as('one'))
            .whereRef('conversation', '=', 'conversations.id'),
        ),
      ),
    );
  }
  const { numDeletedRows } = await query.executeTakeFirst();
  return { deleted: Number(numDeletedRows), from: next };
}

async function expireAttachments(tx: Database, cut: string, from: number, limit: number): Promise<Expired> {
  const { rows } = await sql<Aged & { id: string; conversation: string }>`
    select rowid as place, at, id, conversation from attachments where rowid > ${from} order by rowid limit ${limit}
  `.execute(tx);
  const { old, from: next } = aged(rows, cut, limit);
  const busy = new Set([...(await withOpenTickets(tx, old)), ...(await withWork(tx, old))]);
  const ids = old.filter(({ conversation }) => !busy.has(conversation)).map(({ id }) => id);
  if (ids.length > 0) await tx.deleteFrom('attachments').where('id', 'in', ids).execute();
  return { deleted: ids.length, from: next };
}

async function expireTickets(tx: Database, cut: string, from: number, limit: number): Promise<Expired> {
  const { rows } = await sql<Aged & { id: string; status: string; resolved_at: string | null }>`
    select rowid as place, opened_at as at, id, status, resolved_at from tickets where rowid > ${from} order by rowid limit ${limit}
  `.execute(tx);
  const { old, from: next } = aged(rows, cut, limit);
  const ids = old
    .filter(({ status, resolved_at }) => status === 'resolved' && resolved_at !== null && instant(resolved_at) < cut)
    .map(({ id }) => id);
  if (ids.length > 0) await tx.deleteFrom('tickets').where('id', 'in', ids).execute();
  return { deleted: ids.length, from: next };
}

async function expireSimple(
  tx: Database,
  table: ReturnType<typeof sql>,
  time: ReturnType<typeof sql>,
  cut: string,
  from: number,
  limit: number,
): Promise<Expired> {
  const { rows } = await sql<Aged>`
    select id as place, ${time} as at from ${table} where id > ${from} order by id limit ${limit}
  `.execute(tx);
  const { old, from: next } = aged(rows, cut, limit);
  for (const { place } of old) await sql`delete from ${table} where id = ${place}`.execute(tx);
  return { deleted: old.length, from: next };
}

async function expireEntries(tx: Database, cut: string, limit: number): Promise<Expired> {
  const deleted = await expireAudit(tx, cut, limit);
  const head = await auditHead(tx);
  return { deleted, from: deleted === limit && head !== null ? head.base.id : null };
}

type OfConversation = readonly { readonly conversation: string }[];

async function withOpenTickets(tx: Database, rows: OfConversation): Promise<ReadonlySet<string>> {
  if (rows.length === 0) return new Set();
  const open = await tx
    .selectFrom('tickets')
    .select('conversation')
    .where('status', '<>', resolved)
    .where('conversation', 'in', [...new Set(rows.map(({ conversation }) => conversation))])
    .execute();
  return new Set(open.map(({ conversation }) => conversation));
}

/** Where a message waits for an answer, or to be sent. */
async function withWork(tx: Database, rows: OfConversation): Promise<ReadonlySet<string>> {
  if (rows.length === 0) return new Set();
  const busy = await tx
    .selectFrom('messages')
    .select('conversation')
    .where('conversation', 'in', [...new Set(rows.map(({ conversation }) => conversation))])
    .where((eb) =>
      eb.or([eb('delivery', '=', 'queued'), eb.and([eb('direction', '=', 'in'), eb('outcome', 'is', null)])]),
    )
    .execute();
  return new Set(busy.map(({ conversation }) => conversation));
}
