import type { AuditEntry } from '../core/store.ts';
import type { Database } from './schema.ts';

export async function audit(db: Database, { at, by, action, subject }: AuditEntry): Promise<void> {
  await db.insertInto('audit').values({ at, by_agent: by, action, subject }).execute();
}
