import type { Insertable } from 'kysely';
import type { Receipt } from '../core/channel.ts';
import type { InboundMessage, MessageChange } from '../core/message.ts';
import { openConversation } from './conversations.ts';
import { readJson, writeJson } from './json.ts';
import { inboundRow } from './message-row.ts';
import { inward } from './literals.ts';
import type { Database, MessageTable } from './schema.ts';
import { template } from './template.ts';

/** A platform may deliver the same message several times; the first one is kept, the others get its seq. */
export async function receive(db: Database, message: InboundMessage, at: string): Promise<Receipt> {
  return db.transaction().execute((tx) => receiveIn(tx, message, at));
}

/** All in one transaction, in this order. */
export async function receiveAll(
  db: Database,
  messages: readonly InboundMessage[],
  at: string,
): Promise<readonly Receipt[]> {
  return db.transaction().execute(async (tx) => {
    const receipts: Receipt[] = [];
    for (const message of messages) receipts.push(await receiveIn(tx, message, at));
    return receipts;
  });
}

/** The same as part of a transaction. */
export async function receiveIn(tx: Database, message: InboundMessage, at: string): Promise<Receipt> {
  const [known] = (await seqOf(tx, { channel: message.channel, id: message.id })).rows;
  if (known) return { kind: 'duplicate', seq: known.seq };
  // Whoever answers in a customer's stead does not give the customer their name.
  const who = message.context?.answer === undefined ? message.customer : { id: message.customer.id };
  await openConversation(tx, message.conversation, who, message.group, at);
  const [added] = (await add(tx, inboundRow(message, at))).rows;
  if (added === undefined) throw new Error('a message was put in, and is not there');
  return { kind: 'new', seq: added.seq };
}

const seqOf = template((db, { channel, id }: { channel: string; id: string }) =>
  db
    .selectFrom('messages')
    .select('seq')
    .where('direction', '=', inward)
    .where('channel', '=', channel)
    .where('platform_id', '=', id),
);

const add = template((db, row: Insertable<MessageTable>) => db.insertInto('messages').values(row).returning('seq'));

/** Changes may come late and out of order: the newest one stays. */
export async function noteChange(db: Database, channel: string, id: string, change: MessageChange): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const known = await tx
      .selectFrom('messages')
      .select(['seq', 'changed_json'])
      .where('direction', '=', inward)
      .where('channel', '=', channel)
      .where('platform_id', '=', id)
      .executeTakeFirst();
    if (!known) return false;
    const noted = readJson(known.changed_json) as MessageChange | undefined;
    if (noted && Date.parse(noted.at) > Date.parse(change.at)) return true;
    await tx
      .updateTable('messages')
      .set({ changed_json: writeJson(change) })
      .where('seq', '=', known.seq)
      .execute();
    return true;
  });
}
