import type { Slot } from '../knowledge/knowledge.ts';
import { isDone, wait, wordIn, type Flow, type Verdict } from './flow.ts';
import { evidenceIn } from './privacy.ts';
import { proposeRepair } from './repair.ts';

/** What marks an optional question as passed over. */
export function skipped(slot: string): string {
  return `skip ${slot}`;
}

/** Asks for the first empty slot of `names`, if any. */
export function askFor(flow: Flow, names: readonly string[]): Verdict {
  for (const name of names) {
    const slot = flow.intent.slots.get(name);
    if (slot === undefined) throw new Error(`intent ${flow.intent.name} has no slot ${name}`);
    if (flow.frame().slots[name] === undefined && !isDone(flow, skipped(name))) return askSlot(flow, slot);
  }
  return null;
}

function askSlot(flow: Flow, slot: Slot): Verdict {
  const { session } = flow;
  if (session.turn.group && slot.fills === 'waybill' && flow.intent.steps.some((step) => step.kind === 'verify')) {
    // The number would only be asked for to say that the rest is private.
    flow.pieces.push(wordIn(flow, 'group.private'));
    return { kind: 'ended', how: 'private' };
  }
  const before = flow.frame().expecting;
  const repeated = before?.kind === 'slot' && before.slot === slot.name ? before : null;
  const now = slot.fills === 'waybill' ? misshapen(flow) : null;
  const given = now ?? repeated?.given ?? null;
  if (given !== null) {
    const evidence = evidenceIn(session);
    const proposal = proposeRepair(flow, given, evidence !== null && evidence.length > 4 ? evidence : null);
    if (proposal !== null) return proposal;
  }
  const expecting = { kind: 'slot', slot: slot.name, given } as const;
  if (now !== null) {
    const { example } = session.knowledge.policies.waybill;
    return wait(flow, expecting, [wordIn(flow, 'waybill.shape', { given: now, example })]);
  }
  const question = wordIn(
    flow,
    session.declined && slot.fills === 'waybill' ? 'repair.declined' : slot.ask,
    {},
    Object.keys(slot.choices ?? {}),
  );
  const again = repeated !== null && session.missedAnswer ? [wordIn(flow, slot.again ?? 'ask.again')] : [];
  return wait(flow, expecting, [...again, question]);
}

/** A number in this turn that is meant as a waybill but has the wrong shape. */
function misshapen(flow: Flow): string | null {
  const entity = flow.session.turn.understood.entities.find((candidate) => candidate.type === 'waybill-like');
  return entity === undefined ? null : String(entity.value);
}
