import type { RecordRow } from '../core/records.ts';
import { wait, wordIn, type Flow, type Verdict } from './flow.ts';
import { oneSlipApart } from './nearby.ts';
import { ownerSource, provedPhones } from './privacy.ts';
import { button } from './speak.ts';

/**
 * Proposes the customer's own parcel whose number is one slip away from `given`; null where there is none.
 * Own are only parcels of phones that were proved, or of the full phone given now (`proof`): a stranger's
 * number is never proposed. `facts` while they are looked up.
 */
export function proposeRepair(flow: Flow, given: string, proof: string | null = null): Verdict {
  const { session } = flow;
  const owner = ownerSource(session);
  const phones = proof === null ? provedPhones(session) : [proof];
  if (owner === undefined || phones.length === 0 || session.turn.group) return null;

  const parcels: RecordRow[] = [];
  let complete = true;
  for (const phone of phones) {
    for (const field of owner.ownerPhones) {
      const fact = session.fact({ kind: 'records', record: owner.record, by: { [field]: phone } });
      if (fact === null) complete = false;
      else if ('rows' in fact) parcels.push(...fact.rows);
    }
  }
  if (!complete) return { kind: 'facts' };

  const near = [...new Set(parcels.map((row) => String(row['waybill'] ?? '')))].filter((waybill) =>
    oneSlipApart(given, waybill),
  );
  const [waybill] = near;
  // Two parcels that are both one slip away: guessing would be worse than asking.
  if (waybill === undefined || near.length > 1) return null;
  const question = wordIn(flow, 'repair.confirm', { waybill, given }, [button(session, 'yes'), button(session, 'no')]);
  return wait(flow, { kind: 'repair', waybill, given, proof }, [question]);
}
