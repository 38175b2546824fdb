import { messageOf, RefusedError, UnreachableError } from '../core/errors.ts';
import { dayOf, startOfDay } from '../core/day.ts';
import type { Records } from '../core/records.ts';
import type { Store } from '../core/store.ts';
import { needKey, type Decision, type Fact, type Need } from '../dialogue/turn.ts';

/** More rounds than any sensible flow needs; a flow that never has enough is a mistake in our code. */
const MOST_ROUNDS = 20;

/** What of a store a decision may ask for. */
export type FactStore = Pick<Store, 'wrongProofs' | 'nextTicketId'>;

/** Decides again and again, each time with what was asked for, until nothing more is needed. */
export async function lookUpFacts(
  sources: { readonly store: FactStore; readonly records: Records },
  now: Date,
  decideWith: (facts: ReadonlyMap<string, Fact>) => Decision,
): Promise<Decision> {
  const facts = new Map<string, Fact>();
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const decision = decideWith(facts);
    if (decision.needs.length === 0) return decision;
    const found = await Promise.all(
      decision.needs.map(async (need) => [needKey(need), await lookUp(sources, need, now)] as const),
    );
    for (const [key, fact] of found) facts.set(key, fact);
  }
  throw new Error('a decision asked for more and more facts');
}

/** Wrong proofs count for the calendar day; ISO 8601. */
export function wrongSince(now: Date): string {
  return startOfDay(dayOf(now)).toISOString();
}

async function lookUp(
  { store, records }: { store: FactStore; records: Records },
  need: Need,
  now: Date,
): Promise<Fact> {
  switch (need.kind) {
    case 'wrong-proofs':
      return { count: await store.wrongProofs(need.waybill, wrongSince(now)) };
    case 'ticket-id':
      return { id: await store.nextTicketId() };
    case 'records':
      return orUnavailable(async () => ({ rows: (await records.get(need.record)?.find(need.by)) ?? [] }));
    case 'call': {
      const source = records.get(need.source);
      if (source === undefined) return { unavailable: `no source ${need.source}` };
      return orUnavailable(async () => ({
        rows: [await source.call(need.operation, need.values, need.idempotencyKey)],
      }));
    }
  }
}

/** A source that is down or says no is a fact the dialogue can speak of; a mistake of ours is not. */
async function orUnavailable(work: () => Promise<Fact>): Promise<Fact> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UnreachableError || error instanceof RefusedError) return { unavailable: messageOf(error) };
    throw error;
  }
}
