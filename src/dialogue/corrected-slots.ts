import type { Intent, Slot } from '../knowledge/knowledge.ts';
import type { Entity } from '../understanding/understanding.ts';
import { suitsRole } from './fill.ts';
import type { Session } from './session.ts';
import type { Frame, SlotValue } from './state.ts';

/** `不是成都,是重庆`: of the slots that hold a city, the one that held the old value gets the new one, which is the last named. */
export function correctedSlots(session: Session, intent: Intent, slots: Frame['slots']): Record<string, SlotValue> {
  const { entities } = session.turn.understood;
  const changes: Record<string, SlotValue> = {};
  const used = new Set<Entity>();
  const named = (slot: Slot): boolean =>
    entities.some((entity) => entity.type === slot.fills && entity.value === slots[slot.name]);
  const byNamed = [...intent.slots.values()]
    .filter((slot) => slot.fills !== null)
    .sort((a, b) => Number(named(b)) - Number(named(a)));
  for (const slot of byNamed) {
    const meant = entities.findLast(
      (entity) =>
        entity.type === slot.fills &&
        !used.has(entity) &&
        !Object.values(slots).includes(entity.value) &&
        suitsRole(slot, entity),
    );
    if (meant === undefined) continue;
    used.add(meant);
    changes[slot.name] = meant.value;
  }
  return changes;
}
