import { askFor } from './ask.ts';
import { rebind, wait, wordIn, type Flow, type Verdict } from './flow.ts';
import { handToHuman } from './hand-over.ts';
import { evidenceIn, isProved, matchingPhone, ownerSource, provedPhones } from './privacy.ts';
import { proposeRepair } from './repair.ts';
import { plainRequest } from './ticketing.ts';

function proved(flow: Flow, waybill: string, phone: string): void {
  const { session } = flow;
  const until = new Date(session.now.getTime() + session.knowledge.policies.proof.hours * 3_600_000).toISOString();
  session.emit({ type: 'owner-proved', waybill, phone, until });
  rebind(flow);
}

const HOUR = 3_600_000;

/** Whether the person may ask after one more parcel that is not proved to be theirs; the same one again always. */
function maySeek({ session }: Flow, waybill: string): boolean {
  const since = new Date(session.now.getTime() - HOUR).toISOString();
  const sought = new Set(session.current().sought.flatMap((one) => (one.at > since ? [one.waybill] : [])));
  if (sought.has(waybill)) return true;
  if (sought.size >= session.knowledge.policies.proof.parcels_per_hour) return false;
  session.emit({ type: 'parcel-sought', waybill, at: session.now.toISOString() });
  return true;
}

/**
 * `verify: owner`. An unknown waybill and a wrong tail take the same look-ups, the same words and the same count of tries,
 * so that nobody learns which parcels exist.
 */
export function verifyOwner(flow: Flow): Verdict {
  const { session } = flow;
  const owner = ownerSource(session);
  if (owner === undefined) throw new Error('no source names owner_phones, so nobody can prove to be an owner');
  if (flow.frame().slots['waybill'] === undefined) {
    const missing = askFor(flow, ['waybill']);
    if (missing !== null) return missing;
  }
  const waybill = String(flow.frame().slots['waybill']);
  if (session.turn.group) {
    const { ownChat = false, link = null } = session.turn.context ?? {};
    const phrase = ownChat ? 'group.moved' : link === null ? 'group.private' : 'group.link';
    flow.pieces.push(wordIn(flow, phrase, { waybill, ...(phrase === 'group.link' ? { link } : {}) }));
    return { kind: 'ended', how: 'private' };
  }
  if (isProved(session, waybill)) return null;

  const tries = session.fact({ kind: 'wrong-proofs', waybill });
  const rows = session.fact({ kind: 'records', record: owner.record, by: { waybill } });
  if (tries === null || rows === null) return { kind: 'facts' };
  if (!('rows' in rows)) return handToHuman(flow, 'records.unavailable');

  const [row] = rows.rows;
  const known = provedPhones(session).find((phone) => row !== undefined && matchingPhone(owner, row, phone) !== null);
  if (known !== undefined) {
    proved(flow, waybill, known);
    return null;
  }
  if (!maySeek(flow, waybill)) return handToHuman(flow, 'proof.many', { ...plainRequest, together: true });
  const limit = session.knowledge.policies.proof.tries;
  const failedBefore = 'count' in tries ? tries.count : 0;
  if (failedBefore >= limit) return handToHuman(flow, 'proof.locked');

  const repair = proposeRepair(flow, waybill);
  if (repair !== null) return repair;

  const evidence = evidenceIn(session);
  if (evidence === null || session.wrongProofs.includes(waybill)) {
    const again = flow.frame().expecting?.kind === 'proof' && session.missedAnswer ? [wordIn(flow, 'ask.again')] : [];
    return wait(flow, { kind: 'proof', waybill }, [...again, wordIn(flow, 'proof.ask', { waybill })]);
  }
  session.judged.set(waybill, failedBefore);
  const phone = row === undefined ? null : matchingPhone(owner, row, evidence);
  if (phone !== null) {
    proved(flow, waybill, phone);
    return null;
  }
  if (evidence.length > 4) {
    const own = proposeRepair(flow, waybill, evidence);
    if (own !== null) return own;
  }
  session.wrongProofs.push(waybill);
  session.emit({ type: 'proof-failed', waybill });
  if (failedBefore + 1 >= limit) return handToHuman(flow, 'proof.locked');
  return wait(flow, { kind: 'proof', waybill }, [wordIn(flow, 'proof.wrong', { waybill })]);
}
