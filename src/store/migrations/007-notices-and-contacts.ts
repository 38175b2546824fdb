import { sql, type Kysely } from 'kysely';

const statements = [
  `create table notices (
    id integer primary key autoincrement,
    channel text not null,
    kind text not null,
    at text not null,
    last_at text not null,
    detail text not null,
    post_json text
  )`,
  `create index notices_at on notices (last_at)`,
  `create table notice_messages (
    notice integer not null references notices (id) on delete cascade,
    conversation text not null,
    seq integer not null,
    primary key (seq, notice)
  )`,
  `create index notice_messages_notice on notice_messages (notice)`,

  // Who stands behind an id that a platform may change: see ContactRecord.
  `create table contacts (
    channel text not null,
    id text not null,
    person text not null,
    handle text not null,
    remark text not null,
    seen_at text not null,
    primary key (channel, id)
  )`,
  `create index contacts_person on contacts (channel, person)`,
  `create index contacts_handle on contacts (channel, handle) where handle <> ''`,
  `create index contacts_remark on contacts (channel, remark) where remark <> ''`,
];

export async function noticesAndContacts(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
