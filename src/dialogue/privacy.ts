import type { RecordRow } from '../core/records.ts';
import type { SourceSpec } from '../knowledge/knowledge.ts';
import type { Session } from './session.ts';

/** Whether the person has shown, and recently enough, that the parcel is theirs. */
export function isProved(session: Session, waybill: string): boolean {
  const now = session.now.toISOString();
  return session.current().proofs.some((proof) => proof.waybill === waybill && proof.until > now);
}

/** Phones the person has proved to own, by way of parcels. */
export function provedPhones(session: Session): readonly string[] {
  const now = session.now.toISOString();
  return [
    ...new Set(
      session
        .current()
        .proofs.filter((proof) => proof.until > now)
        .map((proof) => proof.phone),
    ),
  ];
}

/**
 * The row as conditions and phrases may see it: without its private fields in a group, or until the parcel is proved.
 * What is not there cannot be told, whatever a phrase says.
 */
export function visible(session: Session, spec: SourceSpec, row: RecordRow): RecordRow {
  const hides = [...spec.fields].some(([, field]) => field.private);
  if (!hides) return row;
  const waybill = String(row['waybill'] ?? '');
  if (!session.turn.group && isProved(session, waybill)) {
    session.disclosed.add(waybill);
    return row;
  }
  return Object.fromEntries(Object.entries(row).filter(([name]) => spec.fields.get(name)?.private === false));
}

/** The record whose phones prove who owns a parcel; undefined where the desk has none. */
export function ownerSource(session: Session): SourceSpec | undefined {
  return [...session.knowledge.sources.values()].find((spec) => spec.ownerPhones.length > 0);
}

const digitsOf = (text: unknown): string =>
  typeof text === 'string' || typeof text === 'number' ? String(text).replace(/\D/g, '') : '';

/** The phone of the row that the evidence (a full phone or its last 4 digits) fits, or null. */
export function matchingPhone(spec: SourceSpec, row: RecordRow, evidence: string): string | null {
  const given = digitsOf(evidence);
  if (given.length < 4) return null;
  for (const name of spec.ownerPhones) {
    const phone = digitsOf(row[name]);
    if (phone.length < 7) continue;
    // A country code in front (+86) makes no other phone.
    const fits = given.length === 4 ? phone.endsWith(given) : phone.slice(-11) === given.slice(-11);
    if (fits) return phone;
  }
  return null;
}

/** A full phone or 4 digits that the customer gave in this turn; the full phone is the stronger. */
export function evidenceIn(session: Session): string | null {
  const { entities } = session.turn.understood;
  const entity = entities.find((e) => e.type === 'phone') ?? entities.find((e) => e.type === 'phone-tail');
  return entity === undefined ? null : String(entity.value);
}
