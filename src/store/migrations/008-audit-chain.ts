import { sql, type Kysely } from 'kysely';
import { hashOf, newSalt, sealOf, type AuditAction } from '../../core/audit.ts';

interface Row {
  readonly id: number;
  readonly at: string;
  readonly by_agent: string;
  readonly action: AuditAction;
  readonly subject: string;
}

/** Each entry of the audit hashes the one before it. What is there is taken as it is found. */
export async function auditChain(db: Kysely<unknown>): Promise<void> {
  for (const column of ['why', 'salt', 'seal', 'hash']) {
    await sql.raw(`alter table audit add column ${column} text not null default ''`).execute(db);
  }
  let hash = '';
  let last = 0;
  let count = 0;
  const { rows } = await sql<Row>`select id, at, by_agent, action, subject from audit order by id`.execute(db);
  for (const { id, at, by_agent, action, subject } of rows) {
    const salt = newSalt();
    const seal = sealOf(salt, subject);
    hash = hashOf(hash, { id, at, by: by_agent, action, why: '', seal });
    await sql`update audit set salt = ${salt}, seal = ${seal}, hash = ${hash} where id = ${id}`.execute(db);
    last = id;
    count++;
  }
  const head = JSON.stringify({ count, id: last, hash, base: { id: 0, hash: '' } });
  await sql`insert into settings (key, value) values ('audit.head', ${head})`.execute(db);
}
