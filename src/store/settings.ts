import type { Database } from './schema.ts';
import { template } from './template.ts';

export async function setting(db: Database, key: string): Promise<string | null> {
  return (await valueOf(db, { key })).rows[0]?.value ?? null;
}

const valueOf = template((db, { key }: { key: string }) =>
  db.selectFrom('settings').select('value').where('key', '=', key),
);

export async function settingOnce(db: Database, key: string, value: string): Promise<string> {
  return db.transaction().execute(async (tx) => {
    await tx
      .insertInto('settings')
      .values({ key, value })
      .onConflict((conflict) => conflict.column('key').doNothing())
      .execute();
    return (await setting(tx, key)) ?? value;
  });
}

export async function keepSetting(db: Database, key: string, value: string): Promise<void> {
  await put(db, { key, value });
}

const put = template((db, { key, value }: { key: string; value: string }) =>
  db
    .insertInto('settings')
    .values({ key, value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value })),
);

/** A write, for a database that can still be read may have no room left, or have lost its right to write. */
export async function ping(db: Database): Promise<void> {
  await db
    .insertInto('counters')
    .values({ name: 'ping', value: 1 })
    .onConflict((conflict) => conflict.column('name').doUpdateSet((eb) => ({ value: eb('counters.value', '+', 1) })))
    .execute();
}
