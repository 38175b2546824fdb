import { sql, type Insertable } from 'kysely';
import { channelOf, type ConversationId } from '../core/message.ts';
import type { ConversationRecord } from '../core/store.ts';
import { inbound, WAITING } from './message-row.ts';
import { inward } from './literals.ts';
import { instant } from './instant.ts';
import type { ConversationTable, Database } from './schema.ts';
import { template } from './template.ts';
import { unresolvedTickets } from './tickets.ts';

/**
 * Creates the conversation, or keeps it as it is: the first customer stays. Two things may be learnt later: a name,
 * and that others can read along; the latter is never unlearnt.
 */
export async function openConversation(
  db: Database,
  id: ConversationId,
  customer: { readonly id: string; readonly name?: string },
  group: boolean,
  at: string,
): Promise<void> {
  await open(db, {
    id,
    channel: channelOf(id),
    customer_id: customer.id,
    customer_name: customer.name ?? null,
    is_group: group ? 1 : 0,
    opened_at: instant(at),
  });
}

const open = template((db, row: Insertable<ConversationTable>) =>
  db
    .insertInto('conversations')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet({
          is_group: sql`max(conversations.is_group, excluded.is_group)`,
          customer_name: sql`coalesce(conversations.customer_name, excluded.customer_name)`,
        })
        // Where there is nothing to learn, nothing is written.
        .where(
          sql<boolean>`excluded.is_group > conversations.is_group or (conversations.customer_name is null and excluded.customer_name is not null)`,
        ),
    ),
);

const rowOf = template((db, { id }: { id: string }) =>
  db
    .selectFrom('conversations')
    .select(['customer_id', 'customer_name', 'is_group', 'state', 'version'])
    .where('id', '=', id),
);

const waitingIn = template((db, { id }: { id: string }) =>
  db
    .selectFrom('messages')
    .select(WAITING)
    .where('conversation', '=', id)
    .where('direction', '=', inward)
    .where('outcome', 'is', null)
    .orderBy('seq'),
);

/** The version is read first: whatever is committed while the rest is read makes the turn stale, not wrong. */
export async function conversation(db: Database, id: ConversationId): Promise<ConversationRecord | null> {
  const [row] = (await rowOf(db, { id })).rows;
  if (!row) return null;
  const waiting = (await waitingIn(db, { id })).rows;
  return {
    id,
    group: row.is_group === 1,
    customer: { id: row.customer_id, ...(row.customer_name === null ? {} : { name: row.customer_name }) },
    state: row.state,
    version: row.version,
    waiting: waiting.map((message) => inbound(message, row.is_group === 1)),
    tickets: await unresolvedTickets(db, id),
  };
}

export async function conversationsOf(
  db: Database,
  channel: string,
  since: string,
): Promise<readonly ConversationId[]> {
  const rows = await db
    .selectFrom('conversations')
    .select('id')
    .where('channel', '=', channel)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('messages')
          .select('seq')
          .whereRef('conversation', '=', 'conversations.id')
          .where('direction', '=', inward)
          .where('at', '>=', instant(since)),
      ),
    )
    .execute();
  return rows.map(({ id }) => id as ConversationId);
}

export async function waiting(db: Database): Promise<readonly ConversationId[]> {
  const rows = await db
    .selectFrom('messages')
    .select('conversation')
    .where('direction', '=', inward)
    .where('outcome', 'is', null)
    .groupBy('conversation')
    .orderBy((eb) => eb.fn.min('seq'))
    .execute();
  return rows.map((row) => row.conversation as ConversationId);
}

export async function noteFailure(db: Database, id: ConversationId): Promise<number> {
  const row = await db
    .updateTable('conversations')
    .set((eb) => ({ failures: eb('failures', '+', 1) }))
    .where('id', '=', id)
    .returning('failures')
    .executeTakeFirst();
  return row?.failures ?? 0;
}
