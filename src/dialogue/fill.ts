import type { Intent, Slot } from '../knowledge/knowledge.ts';
import type { Entity, Understanding } from '../understanding/understanding.ts';
import type { Session } from './session.ts';
import type { SlotValue, State } from './state.ts';

/** A part of the text; offsets in the normalised text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

const within = (entity: Entity, span: Span): boolean => entity.start >= span.start && entity.end <= span.end;

/** `from_city` and `from` want where a journey begins, `to_city` and `to` where it ends. */
function wantedRole(slot: Slot): 'from' | 'to' | null {
  const [first] = slot.name.split(/[_-]/);
  return first === 'from' || first === 'to' ? first : null;
}

/** Whether the words around an entity allow it in the slot: 到成都 is nowhere to come from. */
export function suitsRole(slot: Slot, entity: Entity): boolean {
  const role = wantedRole(slot);
  return role === null || entity.role === undefined || entity.role === role;
}

function chosen(slot: Slot, text: string): string | undefined {
  const said = text.toLowerCase();
  let best: { value: string; length: number } | undefined;
  for (const [value, words] of Object.entries(slot.choices ?? {})) {
    for (const word of [value, ...words]) {
      if (said.includes(word.toLowerCase()) && word.length > (best?.length ?? 0)) best = { value, length: word.length };
    }
  }
  return best?.value;
}

/** The entity among `candidates` that suits the slot, or undefined. */
function suited(slot: Slot, candidates: readonly Entity[], taken: ReadonlySet<Entity>): Entity | undefined {
  const ofType = candidates.filter((entity) => entity.type === slot.fills && !taken.has(entity));
  const role = wantedRole(slot);
  if (role === null) return ofType[0];
  const named = ofType.find((entity) => entity.role === role);
  if (named !== undefined) return named;
  const free = ofType.filter((entity) => entity.role === undefined);
  // A lone city is where it goes; of two, the first is where it comes from.
  return role === 'from' ? (free.length > 1 ? free[0] : undefined) : free.at(-1);
}

/** What the message says about the slots of an intent. `span` is the request's own part; the rest helps out. */
export function slotsFrom(
  intent: Intent,
  understood: Understanding,
  span: Span,
  others: readonly Span[],
): Record<string, SlotValue> {
  const own = understood.entities.filter((entity) => within(entity, span));
  const free = understood.entities.filter(
    (entity) => !within(entity, span) && !others.some((other) => within(entity, other)),
  );
  const taken = new Set<Entity>();
  const filled: Record<string, SlotValue> = {};
  for (const slot of intent.slots.values()) {
    if (slot.choices !== undefined) {
      const value = chosen(slot, understood.text.slice(span.start, span.end));
      if (value !== undefined) filled[slot.name] = value;
      continue;
    }
    const entity = suited(slot, own, taken) ?? suited(slot, free, taken) ?? suited(slot, understood.entities, taken);
    if (entity === undefined) continue;
    taken.add(entity);
    filled[slot.name] = entity.value;
  }
  return filled;
}

/** Whether an earlier mention may fill this slot too. */
export function remembers(slot: Slot): boolean {
  return slot.remember ?? slot.fills === 'waybill';
}

/** What was mentioned earlier in the conversation and is still the topic. */
export function slotsRemembered(
  session: Session,
  intent: Intent,
  state: State = session.current(),
): Record<string, SlotValue> {
  const since = session.now.getTime() - session.knowledge.policies.dialogue.context_minutes * 60_000;
  const filled: Record<string, SlotValue> = {};
  // A mistyped number means another parcel than the one we talked about.
  const mistyped = session.turn.understood.entities.some((entity) => entity.type === 'waybill-like');
  for (const slot of intent.slots.values()) {
    if (mistyped && slot.fills === 'waybill') continue;
    const memory = slot.fills === null ? undefined : state.remembered[slot.fills];
    if (remembers(slot) && memory !== undefined && Date.parse(memory.at) >= since) filled[slot.name] = memory.value;
  }
  return filled;
}

/** The files of this turn, as a form says it. */
export function attachmentsIn(session: Session): string {
  return `${session.turn.attachments} 份`;
}

/** What is left of a message when everything it names, and punctuation, is taken away. */
export function wordsBeside({ text, entities }: Understanding): string {
  let rest = text;
  for (const entity of entities) rest = rest.replace(entity.text, '');
  return rest.replace(/[\s\p{P}]/gu, '');
}

const bareNumber = /^\D{0,6}?(\d{1,9}(?:\.\d{1,3})?)\D{0,6}$/;

/** The answer to a slot's own question, read more generously than a mention in passing; undefined where there is none. */
export function answerTo(slot: Slot, session: Session): SlotValue | undefined {
  const { understood, text, attachments } = session.turn;
  if (slot.choices !== undefined) return chosen(slot, understood.text) ?? numberedChoice(slot, understood.text);
  if (slot.fills === null) return understood.text === '' ? undefined : text.trim();
  if (slot.fills === 'attachment') {
    if (attachments > 0) return attachmentsIn(session);
    return understood.text === '' ? undefined : text.trim();
  }
  const role = wantedRole(slot);
  const candidates = understood.entities.filter((entity) => entity.type === slot.fills);
  const entity = candidates.find((candidate) => candidate.role === role) ?? candidates[0];
  if (entity !== undefined) return entity.value;
  if (['money', 'weight', 'volume', 'quantity', 'number'].includes(slot.fills)) {
    // `3个` is no sum of money: what has a unit of its own is not a bare number.
    const otherUnit = understood.entities.some((candidate) => typeof candidate.value === 'number');
    const number = otherUnit ? undefined : bareNumber.exec(understood.text)?.[1];
    if (number !== undefined) return Number(number);
  }
  return undefined;
}

/** `2` picks the second of what was offered. */
function numberedChoice(slot: Slot, text: string): string | undefined {
  const number = /^\s*(\d{1,2})\s*[.、。]?\s*$/.exec(text)?.[1];
  return number === undefined ? undefined : Object.keys(slot.choices ?? {})[Number(number) - 1];
}
