import { correctedSlots } from './corrected-slots.ts';
import type { Session } from './session.ts';
import type { Frame, SlotValue } from './state.ts';
import type { Work } from './work.ts';

/** 不是这个单号,是…: changes what a flow was told and runs it again; true where it did. */
export function correct(session: Session, work: Work): boolean {
  const { signals } = session.turn.understood;
  const state = session.current();
  const [active] = state.frames;
  // Confirming and repairing listen to a no by themselves.
  if (active?.expecting != null && active.expecting.kind !== 'slot' && active.expecting.kind !== 'proof') return false;
  if (!signals.includes('correction')) return false;

  if (active !== undefined) {
    const changes = changesTo(session, active.intent, active.slots);
    if (changes === null) return false;
    for (const [slot, value] of Object.entries(changes)) {
      session.emit(
        value === null
          ? { type: 'slot-cleared', frame: active.id, slot }
          : { type: 'slot-filled', frame: active.id, slot, value },
      );
    }
    session.emit({ type: 'expecting', frame: active.id, expecting: null });
    session.answered = { frame: active.id, intent: active.intent, whole: true };
    return true;
  }
  const intent = state.last === null ? undefined : session.knowledge.intents.get(state.last.intent);
  const changes = state.last === null ? null : changesTo(session, state.last.intent, state.last.slots);
  if (intent === undefined || state.last === null || changes === null) return false;
  const slots: Record<string, SlotValue> = {};
  for (const [slot, value] of Object.entries({ ...state.last.slots, ...changes }))
    if (value !== null) slots[slot] = value;
  work.start([{ intent, slots, message: session.turn.text }]);
  return true;
}

/** New values by slot; the waybill is emptied (null) where it was called wrong and no other is given. Null: nothing to change. */
function changesTo(
  session: Session,
  intentName: string,
  slots: Frame['slots'],
): Record<string, SlotValue | null> | null {
  const { requests } = session.turn.understood;
  const intent = session.knowledge.intents.get(intentName);
  if (intent === undefined) return null;
  const changes = correctedSlots(session, intent, slots);
  if (Object.keys(changes).length > 0) return changes;
  const elsewhere = requests.some((request) => request.intent !== intentName);
  return slots['waybill'] !== undefined && !elsewhere ? { waybill: null } : null;
}
