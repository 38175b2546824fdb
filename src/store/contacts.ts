import type { ContactRecord } from '../core/contact.ts';
import { instant } from './instant.ts';
import type { Database } from './schema.ts';

export async function contact(db: Database, channel: string, id: string): Promise<ContactRecord | null> {
  const query = db.selectFrom('contacts').selectAll().where('channel', '=', channel).where('id', '=', id);
  return (await query.executeTakeFirst()) ?? null;
}

/** All that have this handle or this remark (where it is not empty), or belong to this person; the last seen first. */
export async function contacts(
  db: Database,
  channel: string,
  by: Partial<Pick<ContactRecord, 'handle' | 'remark' | 'person'>>,
): Promise<readonly ContactRecord[]> {
  const wanted = Object.entries(by).filter(([, value]) => value !== '') as ['handle' | 'remark' | 'person', string][];
  if (wanted.length === 0) return [];
  return db
    .selectFrom('contacts')
    .selectAll()
    .where('channel', '=', channel)
    .where((eb) => eb.or(wanted.map(([column, value]) => eb(column, '=', value))))
    .orderBy('seen_at', 'desc')
    .execute();
}

export async function keepContact(db: Database, record: ContactRecord): Promise<void> {
  const { person, handle, remark } = record;
  const seen_at = instant(record.seen_at);
  await db
    .insertInto('contacts')
    .values({ ...record, seen_at })
    .onConflict((conflict) => conflict.columns(['channel', 'id']).doUpdateSet({ person, handle, remark, seen_at }))
    .execute();
}
