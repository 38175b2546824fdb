import type { Slot } from '../knowledge/knowledge.ts';
import { skipped } from './ask.ts';
import { answerTo, attachmentsIn, wordsBeside, slotsFrom } from './fill.ts';
import { evidenceIn } from './privacy.ts';
import { isInterruption } from './requests.ts';
import type { Session } from './session.ts';
import type { Frame, SlotValue } from './state.ts';

/** `没有`, `跳过`, `不知道`: as a whole message, no answer but a refusal to give one. */
const SHORT_WORD = 5;

/** answered: the turn answers the active flow's question. silent: it does not. */
export type Answered = 'answered' | 'silent';

/** Lets the turn answer what the active flow waits for. */
export function answerQuestion(session: Session): Answered {
  const frame = session.current().frames[0];
  if (frame?.expecting == null) return 'silent';
  fillAttachments(session, frame);
  const result = readAnswer(session, frame);
  if (result === 'answered')
    session.answered = { frame: frame.id, intent: frame.intent, whole: takesAll(session, frame) };
  return result;
}

/** Whether the answer is the whole message: free words and changes to a form name all sorts of things that are no requests. */
function takesAll(session: Session, frame: Frame): boolean {
  const { expecting } = frame;
  if (expecting?.kind === 'confirm' || expecting?.kind === 'change') return true;
  const slot =
    expecting?.kind === 'slot' ? session.knowledge.intents.get(frame.intent)?.slots.get(expecting.slot) : undefined;
  return slot !== undefined && slot.fills === null && slot.choices === undefined;
}

/** A picture counts for the form whenever it comes. */
function fillAttachments(session: Session, frame: Frame): void {
  if (session.turn.attachments === 0) return;
  for (const slot of session.knowledge.intents.get(frame.intent)?.slots.values() ?? []) {
    const asked = frame.expecting?.kind === 'slot' && frame.expecting.slot === slot.name;
    if (slot.fills !== 'attachment' || asked || frame.slots[slot.name] !== undefined) continue;
    session.emit({ type: 'slot-filled', frame: frame.id, slot: slot.name, value: attachmentsIn(session) });
  }
}

function readAnswer(session: Session, frame: Frame): Answered {
  const { expecting } = frame;
  const { understood } = session.turn;
  const intent = session.knowledge.intents.get(frame.intent);
  if (expecting === null || intent === undefined) return 'silent';
  const waybill = understood.entities.findLast((entity) => entity.type === 'waybill')?.value;
  switch (expecting.kind) {
    case 'slot': {
      const slot = intent.slots.get(expecting.slot);
      return slot === undefined ? 'silent' : readSlot(session, frame, slot);
    }
    case 'proof':
      if (waybill !== undefined && waybill !== expecting.waybill) return fill(session, frame, 'waybill', waybill);
      return evidenceIn(session) === null ? 'silent' : 'answered';
    case 'repair': {
      if (waybill !== undefined && waybill !== expecting.given)
        return acceptRepair(session, frame, String(waybill), expecting);
      if (understood.signals.includes('yes') && !understood.signals.includes('no')) {
        return acceptRepair(session, frame, expecting.waybill, expecting);
      }
      if (!understood.signals.includes('no')) return 'silent';
      session.emit({ type: 'slot-cleared', frame: frame.id, slot: 'waybill' });
      session.emit({ type: 'expecting', frame: frame.id, expecting: null });
      session.declined = true;
      return 'answered';
    }
    case 'confirm': {
      const named = Object.entries(slotsFrom(intent, understood, { start: 0, end: understood.text.length }, []));
      const changes = named.some(([slot, value]) => frame.slots[slot] !== value);
      const titled = [...intent.slots.values()].some(
        (slot) => slot.title !== undefined && understood.text.includes(slot.title),
      );
      const spoken = understood.signals.some(
        (signal) => signal === 'yes' || signal === 'no' || signal === 'correction',
      );
      return spoken || (changes && !isInterruption(session, frame)) || titled ? 'answered' : 'silent';
    }
    case 'change':
      return isInterruption(session, frame) || understood.text === '' ? 'silent' : 'answered';
  }
}

function acceptRepair(
  session: Session,
  frame: Frame,
  waybill: string,
  expecting: { readonly waybill: string; readonly proof: string | null },
): Answered {
  const { proof } = expecting;
  if (waybill === expecting.waybill && proof !== null) {
    const until = new Date(session.now.getTime() + session.knowledge.policies.proof.hours * 3_600_000).toISOString();
    session.emit({ type: 'owner-proved', waybill, phone: proof, until });
  }
  session.emit({ type: 'remembered', entity: 'waybill', value: waybill, at: session.now.toISOString() });
  return fill(session, frame, 'waybill', waybill);
}

function fill(session: Session, frame: Frame, slot: string, value: SlotValue): Answered {
  session.emit({ type: 'slot-filled', frame: frame.id, slot, value });
  session.emit({ type: 'expecting', frame: frame.id, expecting: null });
  return 'answered';
}

function readSlot(session: Session, frame: Frame, slot: Slot): Answered {
  const { understood, attachments } = session.turn;
  const free = slot.fills === null || (slot.fills === 'attachment' && attachments === 0);
  // Anything can be a free text, even a question: a clear request for something else is not one.
  if (free && slot.choices === undefined && isInterruption(session, frame)) return 'silent';
  const value = answerTo(slot, session);
  // 跳过: an optional question stays open for ever and is not asked again.
  const passing =
    slot.optional &&
    understood.signals.includes('skip') &&
    (value === undefined || understood.text.length <= SHORT_WORD);
  if (passing) {
    session.emit({ type: 'step-done', frame: frame.id, step: skipped(slot.name), bound: {} });
    session.emit({ type: 'expecting', frame: frame.id, expecting: null });
    return 'answered';
  }
  if (value === undefined) {
    // A full phone helps to repair a waybill of the wrong shape.
    const expecting = frame.expecting;
    const repairs = expecting?.kind === 'slot' && expecting.given !== null && evidenceIn(session) !== null;
    const misshapen = slot.fills === 'waybill' && understood.entities.some((entity) => entity.type === 'waybill-like');
    return repairs || misshapen ? 'answered' : 'silent';
  }
  fill(session, frame, slot.name, value);
  // A sentence may mention a city without meaning the form's; a name alone is what it is.
  if (free && wordsBeside(understood).length > 4) return 'answered';
  const intent = session.knowledge.intents.get(frame.intent);
  const more = intent === undefined ? {} : slotsFrom(intent, understood, { start: 0, end: understood.text.length }, []);
  for (const [name, other] of Object.entries(more)) {
    if (name !== slot.name && frame.slots[name] === undefined)
      session.emit({ type: 'slot-filled', frame: frame.id, slot: name, value: other });
  }
  return 'answered';
}
