import { sql, type Kysely } from 'kysely';

const statements = [
  `create table conversations (
    id text primary key,
    channel text not null,
    customer_id text not null,
    customer_name text,
    is_group integer not null,
    state text,
    version integer not null default 0,
    failures integer not null default 0,
    opened_at text not null
  )`,

  // autoincrement: a place in the log is never given twice, not even after a deletion.
  `create table messages (
    seq integer primary key autoincrement,
    conversation text not null references conversations (id) on delete cascade,
    direction text not null check (direction in ('in', 'out')),
    channel text not null,
    platform_id text,
    role text not null,
    speaker_id text,
    speaker_name text,
    text text not null,
    suggestions_json text,
    attachments_json text,
    channel_data_json text,
    at text not null,
    sent_at text,
    outcome text check (outcome in ('answered', 'merged', 'handed', 'left_alone')),
    outcome_ref text,
    delivery text check (delivery in ('queued', 'sent', 'given_up')),
    attempts integer not null default 0,
    next_at text,
    delivered_at text,
    delivery_error text
  )`,
  `create unique index messages_platform on messages (channel, platform_id) where direction = 'in'`,
  `create index messages_log on messages (conversation, seq)`,
  `create index messages_inbound on messages (conversation, seq) where direction = 'in'`,
  `create index messages_outcome on messages (outcome, outcome_ref) where direction = 'in'`,
  // These two hold only what is still to be done, so finding it costs the same however long the history is.
  `create index messages_waiting on messages (conversation, seq) where direction = 'in' and outcome is null`,
  `create index messages_queued on messages (conversation, seq) where delivery = 'queued'`,

  `create table events (
    id integer primary key autoincrement,
    conversation text not null references conversations (id) on delete cascade,
    at text not null,
    event_json text not null
  )`,
  `create index events_conversation on events (conversation, id)`,

  `create table tickets (
    id text primary key,
    desk text not null,
    kind text not null,
    status text not null check (status in ('open', 'claimed', 'waiting', 'resolved')),
    priority text not null,
    conversation text not null references conversations (id) on delete cascade,
    customer_id text not null,
    customer_name text,
    waybill text,
    summary text not null,
    form_json text not null,
    owner_agent text,
    owner_name text,
    promised_at text not null,
    opened_at text not null,
    updated_at text not null,
    resolved_at text,
    version integer not null
  )`,
  `create index tickets_conversation on tickets (conversation)`,
  `create index tickets_unresolved on tickets (conversation) where status <> 'resolved'`,
  `create index tickets_status on tickets (status, desk)`,
  `create index tickets_customer on tickets (customer_id)`,

  `create table ticket_events (
    id integer primary key autoincrement,
    ticket text not null references tickets (id) on delete cascade,
    kind text not null,
    at text not null,
    by_agent text,
    by_name text,
    text text,
    target text
  )`,
  `create index ticket_events_ticket on ticket_events (ticket, id)`,

  `create table timers (
    conversation text not null references conversations (id) on delete cascade,
    key text not null,
    at text not null,
    kind text not null,
    payload text not null,
    primary key (conversation, key)
  )`,
  `create index timers_at on timers (at)`,

  `create table wrong_proofs (
    id integer primary key autoincrement,
    conversation text not null references conversations (id) on delete cascade,
    waybill text not null,
    at text not null
  )`,
  `create index wrong_proofs_waybill on wrong_proofs (waybill, at)`,

  `create table attachments (
    id text primary key,
    conversation text not null references conversations (id) on delete cascade,
    kind text not null,
    content_type text not null,
    name text not null,
    size integer not null,
    url text not null,
    bytes blob not null
  )`,
  `create index attachments_conversation on attachments (conversation)`,

  `create table audit (
    id integer primary key autoincrement,
    at text not null,
    by_agent text not null,
    action text not null,
    subject text not null
  )`,
  `create table settings (key text primary key, value text not null)`,
  `create table counters (name text primary key, value integer not null)`,
  `insert into counters (name, value) values ('ticket', 1000)`,
];

export async function firstTables(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
