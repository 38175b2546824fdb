import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { blankedWords } from '../core/audit.ts';
import type { Person } from '../core/kept.ts';
import { audit, blankSubjects } from './audit.ts';
import { covered, entriesAbout, mentions, namesIn, ofPerson, OWNED, settingsNaming } from './held.ts';
import { instant } from './instant.ts';
import type { Database } from './schema.ts';

/** Everything in one transaction: the person is known wholly, or not at all. Gives rows by table. */
export function forget(
  db: Database,
  person: Person,
  by: string,
  at: string,
): Promise<Readonly<Record<string, number>>> {
  return db.transaction().execute(async (tx) => {
    const gone: Record<string, number> = {};
    const entries = await entriesAbout(tx, person);
    const written = await mentions(tx, person);
    for (const { table, column, row, text } of written) {
      const words = covered(column, text, person.phone ?? '');
      await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${words} where rowid = ${row}`.execute(tx);
    }
    const settings = await settingsNaming(tx, person);
    for (const { key, value } of settings) {
      if (namesIn(person).some((name) => key.includes(name)))
        await tx.deleteFrom('settings').where('key', '=', key).execute();
      else {
        const without = namesIn(person).reduce((rest, name) => rest.replaceAll(name, 'forgotten'), value);
        await tx.updateTable('settings').set({ value: without }).where('key', '=', key).execute();
      }
    }
    await takeNameAway(tx, person);
    // Counted before any is deleted: a conversation takes all that hangs on it along.
    for (const table of OWNED) {
      const { rows } = await sql<{
        n: number;
      }>`select count(*) as n from ${sql.table(table)} where ${ofPerson(table, person)}`.execute(tx);
      gone[table] = rows[0]?.n ?? 0;
    }
    await sql`delete from attachments where ${ofPerson('attachments', person)}`.execute(tx);
    for (const table of OWNED) await sql`delete from ${sql.table(table)} where ${ofPerson(table, person)}`.execute(tx);
    gone['settings'] = settings.length;
    gone['mentions'] = written.length;
    gone['audit'] = entries.length;
    const ids = entries.map(({ id }) => id);
    await blankSubjects(tx, ids);
    const number = randomBytes(4).toString('hex');
    await audit(tx, {
      at: instant(at),
      by,
      action: 'deleted',
      subject: `request ${number}`,
      why: `forget${blankedWords(ids)}`,
    });
    return gone;
  });
}

/** Where the person spoke in somebody else's conversation, earlier versions took the name for that customer's. */
async function takeNameAway(tx: Database, { ids, names, conversations }: Person): Promise<void> {
  if (names.length === 0 || ids.length === 0) return;
  await tx
    .updateTable('conversations')
    .set({ customer_name: null })
    .where('customer_name', 'in', [...names])
    .where('id', 'not in', [...conversations])
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('messages')
        .select('conversation')
        .where('speaker_id', 'in', [...ids]),
    )
    .execute();
}
