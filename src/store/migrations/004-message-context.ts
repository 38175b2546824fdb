import { sql, type Kysely } from 'kysely';

export async function messageContext(db: Kysely<unknown>): Promise<void> {
  await sql`alter table messages add column context_json text`.execute(db);
}
