import { sql, type Kysely } from 'kysely';

/** What a desk shows on its platform, and the answers it holds for a moment. */
const statements = [
  `create table desk_posts (
    ticket text not null references tickets (id) on delete cascade,
    channel text not null,
    part text not null,
    ts text,
    shown text not null,
    at text not null,
    primary key (ticket, channel, part)
  )`,
  `create unique index desk_posts_ts on desk_posts (channel, ts) where ts is not null`,

  `create table held_answers (
    id text primary key,
    ticket text not null references tickets (id) on delete cascade,
    agent text not null,
    agent_name text not null,
    text text not null,
    attachments_json text,
    at text not null,
    due_at text not null,
    state text not null check (state in ('held', 'leaving', 'left', 'taken-back', 'refused')),
    reason text
  )`,
  `create index held_answers_ticket on held_answers (ticket)`,
  `create index held_answers_due on held_answers (due_at) where state in ('held', 'leaving')`,
];

export async function deskPosts(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
