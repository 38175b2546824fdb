import { sql, type Kysely } from 'kysely';

/** What is deleted after its time must know its age; what belongs to one customer must be found. */
const statements = [
  `alter table attachments add column at text not null default ''`,
  // Files that were kept before this are as old as this.
  `update attachments set at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')`,
  `create index conversations_customer on conversations (customer_id)`,
];

export async function timesOfKeeping(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
