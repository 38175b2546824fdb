import type { Receipt } from '../core/channel.ts';
import type { InboundMessage } from '../core/message.ts';
import { openConversation } from './conversations.ts';
import { inboundRow } from './message-row.ts';
import { inward } from './literals.ts';
import type { Database } from './schema.ts';

/** A platform may deliver the same message several times; the first one is kept, the others get its seq. */
export async function receive(db: Database, message: InboundMessage, at: string): Promise<Receipt> {
  return db.transaction().execute((tx) => receiveIn(tx, message, at));
}

/** The same as part of a transaction. */
export async function receiveIn(tx: Database, message: InboundMessage, at: string): Promise<Receipt> {
  const known = await tx
    .selectFrom('messages')
    .select('seq')
    .where('direction', '=', inward)
    .where('channel', '=', message.channel)
    .where('platform_id', '=', message.id)
    .executeTakeFirst();
  if (known) return { kind: 'duplicate', seq: known.seq };
  await openConversation(tx, message.conversation, message.customer, message.group, at);
  const { seq } = await tx
    .insertInto('messages')
    .values(inboundRow(message, at))
    .returning('seq')
    .executeTakeFirstOrThrow();
  return { kind: 'new', seq };
}
