import type { Insertable, Selectable } from 'kysely';
import {
  EMPTY_HEAD,
  hashOf,
  newSalt,
  sealOf,
  type AuditAction,
  type AuditEntry,
  type AuditHead,
  type AuditRow,
} from '../core/audit.ts';
import { readJson } from './json.ts';
import type { AuditTable, Database } from './schema.ts';
import { keepSetting, setting } from './settings.ts';
import { template } from './template.ts';

const HEAD = 'audit.head';

/** As part of a transaction: nobody else adds a row between reading the head and moving it. Gives the row's id. */
export async function audit(tx: Database, { at, by, action, subject, why = '' }: AuditEntry): Promise<number> {
  const head = (await auditHead(tx)) ?? EMPTY_HEAD;
  const salt = newSalt();
  const seal = sealOf(salt, subject);
  const [added] = (await add(tx, { at, by_agent: by, action, subject, why, salt, seal, hash: '' })).rows;
  if (added === undefined) throw new Error('an entry was put in, and is not there');
  const { id } = added;
  const hash = hashOf(head.hash, { id, at, by, action, why, seal });
  await chain(tx, { id, hash });
  await keepHead(tx, { ...head, count: head.count + 1, id, hash });
  return id;
}

const add = template((db, row: Insertable<AuditTable>) => db.insertInto('audit').values(row).returning('id'));

const chain = template((db, { id, hash }: { id: number; hash: string }) =>
  db.updateTable('audit').set({ hash }).where('id', '=', id),
);

/** Null where there is none, which never happens by itself. */
export async function auditHead(db: Database): Promise<AuditHead | null> {
  return (readJson(await setting(db, HEAD)) as AuditHead | undefined) ?? null;
}

/** Rows behind the one with this id, oldest first. */
export async function auditTrail(db: Database, after: number, limit: number): Promise<readonly AuditRow[]> {
  const rows = await db.selectFrom('audit').selectAll().where('id', '>', after).orderBy('id').limit(limit).execute();
  return rows.map(auditRow);
}

/** Takes the words out of rows; the chain stays whole. As part of a transaction. */
export async function blankSubjects(tx: Database, ids: readonly number[]): Promise<void> {
  for (const id of ids) await tx.updateTable('audit').set({ subject: '', salt: '' }).where('id', '=', id).execute();
}

/** Cuts off the oldest rows from before `before` (ISO 8601), at most `limit`; gives how many. As part of a transaction. */
export async function expireAudit(tx: Database, before: string, limit: number): Promise<number> {
  const head = await auditHead(tx);
  if (head === null) return 0;
  const rows = await auditTrail(tx, head.base.id, limit);
  const young = rows.findIndex(({ at }) => Date.parse(at) >= Date.parse(before));
  const old = young < 0 ? rows : rows.slice(0, young);
  const last = old.at(-1);
  if (last === undefined) return 0;
  await tx.deleteFrom('audit').where('id', '<=', last.id).execute();
  await keepHead(tx, { ...head, count: head.count - old.length, base: { id: last.id, hash: last.hash } });
  return old.length;
}

function keepHead(tx: Database, head: AuditHead): Promise<void> {
  return keepSetting(tx, HEAD, JSON.stringify(head));
}

function auditRow({ by_agent, action, ...row }: Selectable<AuditTable>): AuditRow {
  return { ...row, by: by_agent, action: action as AuditAction };
}
