import { sql, type Kysely } from 'kysely';

/** What an embedding endpoint made of examples and wordings of the FAQ. */
export async function vectors(db: Kysely<unknown>): Promise<void> {
  await sql`create table vectors (
    model text not null,
    hash text not null,
    bytes blob not null,
    primary key (model, hash)
  )`.execute(db);
}
