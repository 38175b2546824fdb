import { sql, type Kysely } from 'kysely';
import type { Database } from './schema.ts';
import { unfit } from './unfit.ts';
import { deskPosts } from './migrations/003-desk-posts.ts';
import { firstTables } from './migrations/001-first-tables.ts';
import { messageContext } from './migrations/004-message-context.ts';
import { messageChanges } from './migrations/005-message-changes.ts';
import { noticesAndContacts } from './migrations/007-notices-and-contacts.ts';
import { auditChain } from './migrations/008-audit-chain.ts';
import { timesOfKeeping } from './migrations/009-times-of-keeping.ts';
import { vectors } from './migrations/010-vectors.ts';
import { answeredMessage } from './migrations/011-answered-message.ts';

/** The n-th brings a database from version n-1 to version n. Never change one that has been released; add another. */
const migrations: readonly ((db: Kysely<unknown>) => Promise<void>)[] = [
  firstTables,
  deskPosts,
  messageContext,
  messageChanges,
  noticesAndContacts,
  auditChain,
  timesOfKeeping,
  vectors,
  answeredMessage,
];

/**
 * Brings the database to the newest version, each step with its mark in one transaction.
 * Killed anywhere, the database is at one version or the next, whole; two processes at once do each step once.
 * Throws RefusedError where the database is newer than this program.
 */
export async function migrate(db: Database): Promise<void> {
  await sql`create table if not exists schema_versions (version integer primary key)`.execute(db);
  // One turn too many, so that a database that is newer than the list is met even when nothing is to be done.
  for (let i = 0; i <= migrations.length; i++) {
    await db.transaction().execute(async (tx) => {
      const version = await schemaVersion(tx);
      mustKnow(version);
      const next = migrations[version];
      if (!next) return;
      await next(tx as unknown as Kysely<unknown>);
      await sql`insert into schema_versions (version) values (${version + 1})`.execute(tx);
    });
  }
}

/** Throws RefusedError where a newer program wrote that version. */
export function mustKnow(version: number): void {
  if (version <= migrations.length) return;
  throw unfit(
    'newer-schema',
    `数据库由更新版本的应声写成（结构 ${version}，本程序只认到 ${migrations.length}）：请用新版本启动，或换一个 DATA_DIR`,
    `the database was written by a newer Yingsheng (schema ${version}; this one knows ${migrations.length}): ` +
      'start the newer version, or choose another DATA_DIR',
  );
}

async function schemaVersion(db: Database): Promise<number> {
  const found = await sql<{ version: number | null }>`select max(version) as version from schema_versions`.execute(db);
  return found.rows[0]?.version ?? 0;
}
