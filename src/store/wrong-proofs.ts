import type { ConversationId } from '../core/message.ts';
import { instant } from './instant.ts';
import type { Database } from './schema.ts';
import { template } from './template.ts';

export async function addWrongProof(
  tx: Database,
  conversation: ConversationId,
  waybill: string,
  at: string,
): Promise<void> {
  await tx
    .insertInto('wrong_proofs')
    .values({ conversation, waybill, at: instant(at) })
    .execute();
}

/** Over all conversations: who guesses does not do so in one. */
export async function wrongProofs(db: Database, waybill: string, since: string): Promise<number> {
  return (await count(db, { waybill, since: instant(since) })).rows[0]?.n ?? 0;
}

const count = template((db, { waybill, since }: { waybill: string; since: string }) =>
  db
    .selectFrom('wrong_proofs')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('waybill', '=', waybill)
    .where('at', '>=', since),
);
