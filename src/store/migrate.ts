import { sql, type Kysely } from 'kysely';
import { UsageError } from '../core/errors.ts';
import type { Database } from './schema.ts';
import { deskPosts } from './migrations/003-desk-posts.ts';
import { firstTables } from './migrations/001-first-tables.ts';
import { messageContext } from './migrations/004-message-context.ts';
import { messageChanges } from './migrations/005-message-changes.ts';

/** The n-th brings a database from version n-1 to version n. Never change one that has been released; add another. */
const migrations: readonly ((db: Kysely<unknown>) => Promise<void>)[] = [
  firstTables,
  deskPosts,
  messageContext,
  messageChanges,
];

/**
 * Brings the database to the newest version, each step with its mark in one transaction.
 * Throws UsageError where the database is newer than this program.
 */
export async function migrate(db: Database): Promise<void> {
  await sql`create table if not exists schema_versions (version integer primary key)`.execute(db);
  // One turn too many, so that a database that is newer than the list is met even when nothing is to be done.
  for (let i = 0; i <= migrations.length; i++) {
    await db.transaction().execute(async (tx) => {
      const version = await schemaVersion(tx);
      if (version > migrations.length) {
        throw new UsageError(
          `The database was written by a newer Yingsheng (schema ${version}; this one knows ${migrations.length}): ` +
            'start the newer version, or choose another DATA_DIR.',
        );
      }
      const next = migrations[version];
      if (!next) return;
      await next(tx as unknown as Kysely<unknown>);
      await sql`insert into schema_versions (version) values (${version + 1})`.execute(tx);
    });
  }
}

async function schemaVersion(db: Database): Promise<number> {
  const found = await sql<{ version: number | null }>`select max(version) as version from schema_versions`.execute(db);
  return found.rows[0]?.version ?? 0;
}
