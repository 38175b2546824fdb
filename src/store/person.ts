import { sql } from 'kysely';
import type { Person, PersonQuery } from '../core/kept.ts';
import type { ConversationId } from '../core/message.ts';
import { readJson, readTexts } from './json.ts';
import type { Database } from './schema.ts';

/** Of a form: the customer's own phone. Other phones of a form (the receiver's) belong to somebody else. */
const OWN_PHONE = /^(?:phone|mobile|tel|contact|contact_phone|customer_phone|联系电话|电话|手机)$/;

/** Gathers all ids under which somebody is known, and what belongs to them, until nothing more is found. */
export async function findPerson(db: Database, { customer, phone }: PersonQuery): Promise<Person> {
  const digits = phone === undefined ? null : phone.replace(/\D/g, '').replace(/^(?:00)?86(?=1\d{10}$)/, '');
  const ids = new Set<string>();
  const conversations = new Set<string>();
  if (customer !== undefined && customer !== '') {
    const named = await db.selectFrom('conversations').select('customer_id').where('id', '=', customer).execute();
    if (named.length > 0) for (const { customer_id } of named) ids.add(customer_id);
    else ids.add(customer);
  }
  if (digits !== null && digits.length >= 7) {
    for (const id of await idsByPhone(db, digits)) ids.add(id);
  }
  ids.delete('');
  for (let before = -1; before !== ids.size + conversations.size;) {
    before = ids.size + conversations.size;
    for (const id of await aliases(db, [...ids])) ids.add(id);
    const found = await db
      .selectFrom('conversations')
      .select('id')
      .where('customer_id', 'in', [...ids])
      .execute();
    for (const { id } of found) conversations.add(id);
  }
  const tickets = await db
    .selectFrom('tickets')
    .select(['id', 'customer_name'])
    .where((eb) => eb.or([eb('customer_id', 'in', [...ids]), eb('conversation', 'in', [...conversations])]))
    .execute();
  const names = await db
    .selectFrom('conversations')
    .select('customer_name')
    .where('id', 'in', [...conversations])
    .execute();
  const written = await db
    .selectFrom('messages')
    .select('seq')
    .where('speaker_id', 'in', [...ids])
    .limit(1)
    .execute();
  const known = conversations.size + tickets.length + written.length > 0;
  return {
    ids: known ? [...ids] : [],
    names: [...new Set([...names, ...tickets].flatMap(({ customer_name }) => customer_name ?? []))],
    conversations: [...conversations] as ConversationId[],
    tickets: tickets.map(({ id }) => id),
    phone: digits,
  };
}

/** Who proved to own the phone, or left it as their own. */
async function idsByPhone(db: Database, phone: string): Promise<readonly string[]> {
  const talks = await db
    .selectFrom('conversations')
    .select(['customer_id', 'state'])
    .where('state', 'like', `%${phone}%`)
    .execute();
  const proved = talks.filter(({ state }) => {
    const value = readJson(state) as { proofs?: readonly { phone?: unknown }[] } | undefined;
    return value?.proofs?.some((proof) => String(proof.phone).endsWith(phone)) === true;
  });
  const tickets = await db
    .selectFrom('tickets')
    .select(['customer_id', 'form_json'])
    .where('form_json', 'like', `%${[...phone].join('%')}%`)
    .execute();
  const left = tickets.filter(({ form_json }) =>
    Object.entries(readTexts(form_json)).some(
      ([slot, value]) => OWN_PHONE.test(slot) && value.replace(/\D/g, '').endsWith(phone),
    ),
  );
  return [...proved, ...left].map(({ customer_id }) => customer_id);
}

/** A platform may give a person another id at each login. */
async function aliases(db: Database, ids: readonly string[]): Promise<readonly string[]> {
  if (ids.length === 0) return [];
  const list = sql.join([...ids]);
  const { rows } = await sql<{ id: string; person: string }>`
    select id, person from contacts where id in (${list}) or person in (${list})
  `.execute(db);
  return rows.flatMap(({ id, person }) => [id, person]);
}
