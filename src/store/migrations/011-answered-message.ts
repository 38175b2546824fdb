import { sql, type Kysely } from 'kysely';

/** Which message the bot's words answer: what stands before them in the log may have come while they were being decided. */
export async function answeredMessage(db: Kysely<unknown>): Promise<void> {
  await sql`alter table messages add column answers integer`.execute(db);
}
