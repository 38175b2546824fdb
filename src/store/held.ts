import { sql, type RawBuilder } from 'kysely';
import type { Held, Person } from '../core/kept.ts';
import { coverPhone } from '../core/privacy/cover-phone.ts';
import { readJson } from './json.ts';
import type { Database } from './schema.ts';

type Row = Record<string, unknown>;

/** Which rows of a table belong to the person. The order is the one in which they may be deleted. */
export const OWNED = [
  'messages',
  'events',
  'timers',
  'wrong_proofs',
  'attachments',
  'notice_messages',
  'ticket_events',
  'desk_posts',
  'held_answers',
  'tickets',
  'contacts',
  'conversations',
] as const;
export type OwnedTable = (typeof OWNED)[number];

/** SQL that is true for the person's rows of a table. */
export function ofPerson(table: OwnedTable, { ids, conversations, tickets }: Person): RawBuilder<boolean> {
  const inList = (column: string, values: readonly string[]) =>
    values.length === 0 ? sql<boolean>`false` : sql<boolean>`${sql.ref(column)} in (${sql.join([...values])})`;
  switch (table) {
    case 'messages':
      return sql<boolean>`(${inList('conversation', conversations)} or (direction = 'in' and ${inList('speaker_id', ids)}))`;
    case 'tickets':
      return inList('id', tickets);
    case 'ticket_events':
    case 'desk_posts':
    case 'held_answers':
      return inList('ticket', tickets);
    case 'contacts':
      return sql<boolean>`(${inList('id', ids)} or ${inList('person', ids)})`;
    case 'conversations':
      return inList('id', conversations);
    case 'attachments':
      return sql<boolean>`(${inList('conversation', conversations)} or id in (
        select file.value ->> 'id' from messages, json_each(messages.attachments_json) as file
        where messages.attachments_json is not null and ${ofPerson('messages', { ids, conversations, tickets, names: [], phone: null })}))`;
    default:
      return inList('conversation', conversations);
  }
}

export async function heldAbout(db: Database, person: Person): Promise<Held> {
  const held: Record<string, readonly Row[]> = {};
  for (const table of OWNED) held[table] = (await rowsOf(db, table, person)).map(readable);
  held['settings'] = (await settingsNaming(db, person)).map(readable);
  held['audit'] = (await entriesAbout(db, person)).map(readable);
  held['mentions'] = await mentions(db, person);
  return held;
}

async function rowsOf(db: Database, table: OwnedTable, person: Person): Promise<readonly Row[]> {
  const { rows } =
    await sql<Row>`select * from ${sql.table(table)} where ${ofPerson(table, person)} order by rowid`.execute(db);
  return rows;
}

/** Settings are the program's own; a few hold the ids of people. */
export async function settingsNaming(db: Database, person: Person): Promise<readonly { key: string; value: string }[]> {
  const rows = await db.selectFrom('settings').select(['key', 'value']).where('key', 'not like', '%secret%').execute();
  const words = namesIn(person);
  return rows.filter(({ key, value }) => words.some((word) => key.includes(word) || value.includes(word)));
}

export async function entriesAbout(db: Database, person: Person): Promise<readonly (Row & { id: number })[]> {
  const words = [...person.conversations, ...person.tickets, ...person.ids];
  const about = (subject: string): boolean =>
    words.some((word) => ` ${subject} `.replaceAll(/[;,]/g, ' ').split(' ').includes(word));
  const found: (Row & { id: number })[] = [];
  for (let after = 0; ;) {
    const rows = await db
      .selectFrom('audit')
      .select(['id', 'at', 'by_agent', 'action', 'subject', 'why'])
      .where('id', '>', after)
      .orderBy('id')
      .limit(1000)
      .execute();
    found.push(...rows.filter(({ subject }) => about(subject)));
    if (rows.length < 1000) return found;
    after = rows.at(-1)?.id ?? after;
  }
}

/** Long enough not to be a part of something else: an id of a platform, or what stands behind `channel:`. */
export function namesIn({ ids, conversations }: Person): readonly string[] {
  return [...ids, ...conversations.map((id) => id.slice(id.indexOf(':') + 1))].filter((word) => word.length >= 6);
}

/** Where others wrote the person's phone. */
const TEXTS = [
  ['messages', 'text'],
  ['messages', 'context_json'],
  ['messages', 'changed_json'],
  ['messages', 'channel_data_json'],
  ['events', 'event_json'],
  ['conversations', 'state'],
  ['tickets', 'summary'],
  ['tickets', 'form_json'],
  ['ticket_events', 'text'],
  ['timers', 'payload'],
  ['held_answers', 'text'],
  ['attachments', 'name'],
] as const;

interface Mention extends Row {
  readonly table: string;
  readonly column: string;
  readonly row: number;
  readonly text: string;
}

export async function mentions(db: Database, { phone, ...person }: Person): Promise<readonly Mention[]> {
  if (phone === null || phone.length < 7) return [];
  const found: Mention[] = [];
  for (const [table, column] of TEXTS) {
    const likes = DIGITS.map((digits) => sql<boolean>`${sql.ref(column)} like ${pattern(phone, digits)}`);
    const { rows } = await sql<{ row: number; text: string }>`
      select rowid as row, ${sql.ref(column)} as text from ${sql.table(table)}
      where (${sql.join(likes, sql` or `)}) and not ${ofPerson(table, { ...person, phone })}
    `.execute(db);
    for (const { row, text } of rows)
      if (covered(column, text, phone) !== text) found.push({ table, column, row, text });
  }
  return found;
}

/** The text with the phone covered; JSON stays JSON. */
export function covered(column: string, text: string, phone: string): string {
  const value = column.endsWith('_json') || column === 'state' || column === 'payload' ? readJson(text) : undefined;
  if (value === undefined) return coverPhone(text, phone);
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'string' || typeof part === 'number' ? coveredValue(part, phone) : part,
  );
}

function coveredValue(part: string | number, phone: string): string | number {
  const words = coverPhone(String(part), phone);
  return words === String(part) ? part : words;
}

const DIGITS = ['0123456789', '０１２３４５６７８９', '零一二三四五六七八九', '零壹贰叁肆伍陆柒捌玖'];
const pattern = (phone: string, digits: string): string =>
  `%${[...phone].map((digit) => digits[Number(digit)] ?? digit).join('%')}%`;

function readable(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => {
      if (value instanceof Uint8Array) return [`${name}_base64`, Buffer.from(value).toString('base64')];
      if (typeof value !== 'string' || !(name.endsWith('_json') || name === 'state' || name === 'payload'))
        return [name, value];
      return [name.replace(/_json$/, ''), readJson(value) ?? value];
    }),
  );
}
