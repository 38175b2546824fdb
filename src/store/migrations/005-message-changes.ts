import { sql, type Kysely } from 'kysely';

export async function messageChanges(db: Kysely<unknown>): Promise<void> {
  await sql`alter table messages add column changed_json text`.execute(db);
}
