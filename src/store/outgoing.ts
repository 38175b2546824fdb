import { sql } from 'kysely';
import { channelOf, type ConversationId, type OutgoingMessage } from '../core/message.ts';
import type { Store } from '../core/store.ts';
import { instant } from './instant.ts';
import { inward } from './literals.ts';
import { OUTGOING, outgoing } from './message-row.ts';
import { note } from './notices.ts';
import type { Database } from './schema.ts';
import { template } from './template.ts';

/** Characters of a reason that are kept. */
const REASON_LENGTH = 500;
/** What the reason begins with where nobody knows whether the message arrived. */
const AMBIGUOUS = 'ambiguous';

/** The oldest message of each conversation that is still to be sent: nothing overtakes it. */
const heads = sql<number>`(select min(seq) from messages where delivery = 'queued' group by conversation)`;

export async function unsent(db: Database, at: string, limit: number): Promise<readonly OutgoingMessage[]> {
  const { rows } = await due(db, { at: instant(at), limit });
  return rows.map((row) => outgoing(row, row.latest_data, row.answered_data));
}

const due = template((db, { at, limit }: { at: string; limit: number }) =>
  db
    .selectFrom('messages')
    .select(OUTGOING)
    .select((eb) =>
      eb
        .selectFrom('messages as theirs')
        .select('theirs.channel_data_json')
        .whereRef('theirs.conversation', '=', 'messages.conversation')
        .where('theirs.direction', '=', inward)
        .orderBy('theirs.seq', 'desc')
        .limit(1)
        .as('latest_data'),
    )
    .select((eb) =>
      eb
        .selectFrom('messages as asked')
        .select('asked.channel_data_json')
        .whereRef('asked.seq', '=', 'messages.answers')
        .as('answered_data'),
    )
    .where('messages.seq', 'in', heads)
    .where('messages.next_at', '<=', at)
    .orderBy('messages.seq')
    .limit(limit),
);

export async function queued(db: Database): Promise<number> {
  const { count } = await db
    .selectFrom('messages')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('delivery', '=', sql.lit('queued'))
    .executeTakeFirstOrThrow();
  return count;
}

/** Gives the conversation; null where nothing was to be marked. */
export async function markSent(db: Database, seq: number, at: string): Promise<ConversationId | null> {
  const [row] = (await sent(db, { seq, at: instant(at) })).rows;
  return (row?.conversation as ConversationId | undefined) ?? null;
}

const sent = template((db, { seq, at }: { seq: number; at: string }) =>
  db
    .updateTable('messages')
    .set((eb) => ({ delivery: 'sent', delivered_at: at, attempts: eb('attempts', '+', 1), delivery_error: null }))
    .where('seq', '=', seq)
    .where('delivery', '=', 'queued')
    .returning('conversation'),
);

/** Gives the conversation; null where nothing was to be marked. */
export async function markUnsent(
  db: Database,
  seq: number,
  error: string,
  then: Parameters<Store['markUnsent']>[2],
): Promise<ConversationId | null> {
  const next = 'retryAt' in then ? { next_at: instant(then.retryAt) } : { delivery: 'given_up' as const };
  return db.transaction().execute(async (tx) => {
    const row = await tx
      .updateTable('messages')
      .set((eb) => ({ ...next, attempts: eb('attempts', '+', 1), delivery_error: error.slice(0, REASON_LENGTH) }))
      .where('seq', '=', seq)
      .where('delivery', '=', 'queued')
      .returning('conversation')
      .executeTakeFirst();
    const conversation = (row?.conversation as ConversationId | undefined) ?? null;
    if (conversation !== null && 'givenUpAt' in then) {
      const kind = error.startsWith(AMBIGUOUS) ? 'ambiguous' : 'undelivered';
      await note(tx, { channel: channelOf(conversation), kind, about: [{ conversation, seq }] }, then.givenUpAt);
    }
    return conversation;
  });
}

export async function nextOutgoing(db: Database): Promise<string | null> {
  return (await next(db, {})).rows[0]?.at ?? null;
}

const next = template((db) =>
  db
    .selectFrom('messages')
    .select((eb) => eb.fn.min<string | null>('next_at').as('at'))
    .where('seq', 'in', heads),
);
