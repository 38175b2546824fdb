import type { Ledger } from '../core/outcome.ts';
import { instant } from './instant.ts';
import { inward } from './literals.ts';
import type { Database } from './schema.ts';

export async function ledger(db: Database, at: string, patience: number): Promise<Ledger> {
  const since = instant(new Date(Date.parse(at) - patience).toISOString());
  return db.transaction().execute(async (tx) => {
    const kinds = await countOutcomes(tx);
    const open = await tx
      .selectFrom('messages')
      .select(['channel', 'platform_id', 'at'])
      .where('direction', '=', inward)
      .where('outcome', 'is', null)
      .orderBy('seq')
      .execute();
    const late = open.filter((message) => message.at < since);
    return {
      answered: kinds.get('answered') ?? 0,
      merged: kinds.get('merged') ?? 0,
      handed: kinds.get('handed') ?? 0,
      left_alone: await countReasons(tx),
      waiting: open.length - late.length,
      unaccounted: late.map((message) => `${message.channel}/${message.platform_id}`),
    };
  });
}

async function countOutcomes(tx: Database): Promise<ReadonlyMap<string, number>> {
  const rows = await tx
    .selectFrom('messages')
    .select((eb) => ['outcome', eb.fn.countAll<number>().as('n')])
    .where('direction', '=', inward)
    .where('outcome', 'is not', null)
    .groupBy('outcome')
    .execute();
  return new Map(rows.map((row) => [row.outcome ?? '', row.n]));
}

async function countReasons(tx: Database): Promise<Readonly<Record<string, number>>> {
  const rows = await tx
    .selectFrom('messages')
    .select((eb) => ['outcome_ref', eb.fn.countAll<number>().as('n')])
    .where('direction', '=', inward)
    .where('outcome', '=', 'left_alone')
    .groupBy('outcome_ref')
    .orderBy('outcome_ref')
    .execute();
  return Object.fromEntries(rows.map((row) => [row.outcome_ref ?? 'unknown', row.n]));
}
